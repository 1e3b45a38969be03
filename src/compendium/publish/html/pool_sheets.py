"""The tables of the pool's pages. Authorities stand by their names, never in order of rank."""

from __future__ import annotations

from collections.abc import Sequence

from compendium import words
from compendium.indicators.periods import BASES
from compendium.pooling.pool import Pool
from compendium.pooling.pooled import Part, Pooled
from compendium.publish.html.sheets import Cell, Row, Sheet, row
from compendium.publish.pool_words import amount, beside, fraction, together, value
from compendium.signals.funnel import BEYOND_INNER, BEYOND_OUTER, TOO_FEW

PLACES = {BEYOND_OUTER: "beyond 99.8%", BEYOND_INNER: "beyond 95%", TOO_FEW: "too few to say"}


def page_of(indicator: str) -> str:
    return f"{indicator.replace('_', '-')}.html"


def out_of(pooled: Pooled, part: Part) -> str:
    """'638 of 804', '30 among 20,000 children'; a count without either says nothing."""
    numerator = part.numbers.numerator
    if pooled.definition.rate:
        among = words.number(part.children) if part.children else "not known"
        return f"{amount(numerator, pooled.definition.scale[0])} among {among} children"
    return fraction(pooled, numerator, part.numbers.denominator)


def side(pooled: Pooled, part: Part) -> str:
    own, centre = pooled.compared(part), pooled.centre
    return "above" if own is not None and centre is not None and own > centre else "below"


def place(pooled: Pooled, part: Part) -> str:
    """'within', 'beyond 99.8%, above', 'too few to say'."""
    found = pooled.place(part)
    if found is None:
        return "no limits"
    if found in (BEYOND_INNER, BEYOND_OUTER):
        return f"{PLACES[found]}, {side(pooled, part)}"
    return PLACES.get(found, "within")


def parts(pooled: Pooled, caption: str) -> Sheet:
    """Each authority, what it is out of, and the rest of them together; a plain count is given as it stands."""
    compares = pooled.definition.rate is not None or pooled.definition.has_denominator
    if not compares:
        rows = [row(part.name, value(pooled, pooled.value_of(part))) for part in pooled.parts]
        return Sheet(caption, ("Authority", "Figure"), tuple(rows), (1,))
    rows = [
        row(
            part.name,
            value(pooled, pooled.compared(part)) + (" (provisional)" if part.provisional else ""),
            out_of(pooled, part),
            value(pooled, pooled.rest(part)),
            place(pooled, part),
        )
        for part in pooled.parts
    ]
    return Sheet(caption, ("Authority", "Figure", "Out of", "All others", "Limits"), tuple(rows), (1, 2, 3))


def members(pool: Pool) -> Sheet:
    rows = [
        row(
            each.name,
            each.code,
            words.day(each.header.cut),
            f"{words.month(each.header.first)} to {words.month(each.header.last)}",
            each.header.program,
        )
        for each in pool.members.values()
    ]
    headings = ("Authority", "Code", "Records received by", "Months", "Written by")
    return Sheet("Month cells received", headings, tuple(rows), css="dates")


def missing(pool: Pool) -> Sheet:
    rows = [row(each.name, each.code, each.why) for each in pool.missing]
    return Sheet("Authorities that are missing", ("Authority", "Code", "Why"), tuple(rows), css="dates")


def left_out(pool: Pool, figures: Sequence[Pooled]) -> Sheet:
    """One row for each authority and reason, with the figures it is left out of."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for pooled in figures:
        for code, why in pooled.left_out.items():
            found.setdefault((pool.members[code].name, why), {})[pooled.definition.title] = None
    rows = [row(name, why, "; ".join(titles)) for (name, why), titles in sorted(found.items())]
    return Sheet("Not added up", ("Authority", "Why", "Figures"), tuple(rows), css="dates")


def left_out_of(pool: Pool, figures: Sequence[Pooled]) -> Sheet:
    """Of one indicator: authority, basis and why."""
    rows = [
        row(pool.members[code].name, BASES[pooled.basis], why)
        for pooled in figures
        if pooled.category in (None, figures[0].category)
        for code, why in pooled.left_out.items()
    ]
    return Sheet("Not in these figures", ("Authority", "Figure", "Why"), tuple(rows), css="dates")


def never_added(pool: Pool, titles: dict[str, str]) -> Sheet:
    rows = [row(titles[name], why) for name, why in pool.not_added.items()]
    rows += [
        row(name, f"only in the catalogue of {words.listing(holders)}")
        for name, holders in sorted(pool.unknown.items())
    ]
    return Sheet("Figures that are never added up", ("Figure", "Why"), tuple(rows), css="dates")


def chapter(pool: Pool, found: Sequence[Pooled], caption: str) -> Sheet:
    """The pooled figures of a theme; of a mix, each category under its title."""
    rows = []
    for pooled in found:
        beyond = sum(pooled.place(part) == BEYOND_OUTER for part in pooled.parts)
        title = pooled.definition.title + (f": {pooled.category}" if pooled.category else "")
        rows.append(
            Row(
                (
                    Cell(title, page_of(pooled.definition.id)),
                    Cell(BASES[pooled.basis]),
                    Cell(together(pooled)),
                    Cell(str(len(pooled.parts))),
                    Cell(str(beyond) if pooled.funnel else "no limits"),
                    Cell(beside(pool, pooled.definition) or "nothing"),
                )
            )
        )
    headings = ("Figure", "Period", "Together", "Authorities in it", "Beyond 99.8%", "Read beside it")
    return Sheet(caption, headings, tuple(rows), (2, 3, 4))
