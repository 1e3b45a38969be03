"""The funnel of a pooled figure, with the sheet of all its parts."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from compendium import words
from compendium.indicators.shape import NOT_RECORDED
from compendium.pooling.pooled import Part, Pooled
from compendium.publish import pool_words
from compendium.publish.charts import funnel as chart
from compendium.publish.charts.scale import tick_words
from compendium.publish.html import pool_sheets as sheets
from compendium.publish.html.pictures import Picture
from compendium.signals.funnel import BEYOND_INNER, BEYOND_OUTER, INNER, OUTER, TOO_FEW, Funnel

SHAPES = {BEYOND_OUTER: chart.FILLED, BEYOND_INNER: chart.OPEN, TOO_FEW: chart.RING}
STEPS = 40  # points along each limit


def picture(pooled: Pooled, slug: str, title: str) -> Picture:
    """A table alone where there is nothing to compare, or only one authority."""
    sheet = sheets.parts(pooled, title)
    units = tuple(
        chart.Unit(part.name, size, value, SHAPES.get(pooled.place(part) or "", chart.DOT))
        for part in pooled.parts
        if (size := pooled.size(part)) and (value := pooled.compared(part)) is not None
    )
    if len(units) < 2 or pooled.centre is None:
        return Picture(title, "", Markup(""), Markup(""), sheet)
    drawn = chart.Funnel(
        slug=slug,
        title=title,
        description=_description(pooled),
        kind=_kind(pooled),
        size_words=_size_words(pooled),
        units=units,
        centre=(pooled.centre, f"Together {pool_words.value(pooled, pooled.centre)}"),
        limits=_limits(pooled, float(max(unit.size for unit in units))),
    )
    start = f"; scale starts at {tick_words(drawn.starts_at, drawn.kind)}" if drawn.starts_at > 0 else ""
    ground = _ground(pooled.funnel)
    return Picture(title, f"{ground}{start}.", Markup(drawn.wide()), Markup(drawn.narrow()), sheet)


def _kind(pooled: Pooled) -> str:
    if pooled.definition.rate:
        return "ratio"
    return "percent" if pooled.definition.value == "mix" else pooled.definition.value


def _size_words(pooled: Pooled) -> str:
    return "Children aged 0 to 17" if pooled.definition.rate else "Out of how many"


def _ground(funnel: Funnel | None) -> str:
    if funnel is None:
        return "No limits: totals do not tell how far single values lie apart"
    said = "Dark grey: where chance leaves 95 of 100 authorities; pale grey: 998 of 1,000"
    return f"{said}, allowing for how far apart they lie" if funnel.widened else said


def _limits(pooled: Pooled, largest: float) -> tuple[chart.Limit, ...]:
    """In the unit in which the figure is written, more closely where the funnel bends."""
    funnel = pooled.funnel
    if funnel is None:
        return ()
    scale = 10_000 if pooled.definition.rate else 100 if _kind(pooled) == "percent" else 1
    sizes = [largest * ((step + 1) / STEPS) ** 2 for step in range(STEPS)]
    made = []
    for size in sizes:
        (low, high), (lowest, highest) = funnel.limits(size, INNER), funnel.limits(size, OUTER)
        made.append(chart.Limit(size, (scale * lowest, scale * low, scale * high, scale * highest)))
    return tuple(made)


def _description(pooled: Pooled) -> str:
    """What a reader who cannot see the picture is told."""
    named = [f"{part.name} {sheets.side(pooled, part)}" for part in beyond(pooled)]
    many = words.plural(len(pooled.parts), "authority", "authorities")
    said = f"{many}; together {pool_words.value(pooled, pooled.centre)}."
    if pooled.funnel is None:
        return f"{said} The table below gives each."
    return f"{said} Beyond the 99.8% limits: {words.listing(named) or 'none'}. The table below gives each."


def beyond(pooled: Pooled) -> list[Part]:
    return [part for part in pooled.parts if pooled.place(part) == BEYOND_OUTER]


def category_words(category: str) -> str:
    return category if category == NOT_RECORDED else words.upper_first(category.replace("_", " "))


def expected_by_chance(count: int) -> str:
    """'0.3': so many of that many authorities lie beyond 99.8% by chance alone."""
    return words.number(Decimal(str(1 - OUTER)) * count, 1)
