"""The charts of a page, drawn from an edition, each with the sheet of its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from compendium import words
from compendium.calendar.years import financial_year
from compendium.edition.edition import Breakdown, IndicatorPage, Part, Reading
from compendium.edition.revised import RevisionHistory
from compendium.publish.charts.bars import Bar, Bars
from compendium.publish.charts.dots import Dots, Row
from compendium.publish.charts.line import LEAST, Ahead, Event, Line, Month, Range
from compendium.publish.charts.scale import tick_words, ticks_for
from compendium.publish.html import sheets
from compendium.publish.html.sheets import Sheet


@dataclass(frozen=True)
class Picture:
    """wide and narrow are '' where a table tells it better; sheet holds every figure drawn."""

    title: str
    note: str
    wide: Markup
    narrow: Markup
    sheet: Sheet

    @property
    def is_drawn(self) -> bool:
        return bool(self.narrow)


def of_months(page: IndicatorPage) -> Picture:
    """The line of an indicator's months; a mix is told by the bars of its parts."""
    if page.value_kind == "mix":
        return of_breakdown(page, page.breakdowns[0]) if page.breakdowns else _told(page, "")
    if page.value_kind == "share_gap":
        return of_shares(page)
    line = Line(
        slug=f"{page.id}-months",
        title=page.title,
        description=_description(page),
        kind=page.value_kind,
        months=_months(page, page.series, page.history),
        target=_target(page),
        target_since=page.target.set_on if page.target else None,
        misses_target=page.misses_target,
        ranges=_ranges(page),
        mark=page.judged.strength if page.judged.badge and page.judged.strength != "usual" else "",
        sense=page.judged.sense,
        ahead=_ahead(page),
        events=tuple(Event(each.on, each.title) for each in page.practice.impacts) if page.practice else (),
    )
    if not line.can_be_drawn:
        return _told(page, f"Fewer than {LEAST} months have a figure, so they are listed, not drawn.")
    notes = ["grey: its usual range, pale where chance seldom takes it"] if page.judged.bands else []
    if line.ahead:
        end = words.month(line.ahead[-1].month)
        notes.append(f"the fan, to {end}: 8 in 10 chance, 5 in 10 in its darker part; dotted: the forecast")
    if line.starts_at > 0:
        notes.append(f"scale starts at {tick_words(line.starts_at, page.value_kind)}")
    if any(month.value is None for month in line.months):
        notes.append("a gap is a month without a source or of fewer than 5")
    if any(month.provisional for month in line.months):
        notes.append("a ring may still change")
    if any(month.still for month in line.months):
        notes.append("the pale bar is where months as young have ended up")
    if page.restates == "financial_year":
        notes.append("the line begins anew with each financial year")
    if len({each.definition_version for each in page.series}) > 1:
        notes.append("an upright dashed line is where the definition changed: the two sides are not one series")
    sheet = sheets.months(page, page.series, page.title)
    return Picture(page.title, _note(notes), Markup(line.wide()), Markup(line.narrow()), sheet)


def _ranges(page: IndicatorPage) -> tuple[Range | None, ...]:
    bands = {band.period: Range(band.low, band.inner_low, band.inner_high, band.high) for band in page.judged.bands}
    return tuple(bands.get(each.period) for each in page.series)


def _ahead(page: IndicatorPage) -> tuple[Ahead, ...]:
    months = page.forecast.months if page.forecast else ()
    return tuple(
        Ahead(each.period, each.point, Range(each.low, each.inner_low, each.inner_high, each.high)) for each in months
    )


def _told(page: IndicatorPage, note: str) -> Picture:
    return Picture(page.title, note, Markup(""), Markup(""), sheets.months(page, page.series, page.title))


def of_shares(page: IndicatorPage) -> Picture:
    """Two shares of the county for each area, a dot and a ring. Titles are worded 'Share of A against share of B'."""
    one, _, other = page.title.partition(" against ")
    whole = page.now
    rows = tuple(
        Row(
            part.name,
            "",
            _share(part.now.numerator, whole.numerator),
            part.now.of,
            _share(part.now.denominator, whole.denominator),
        )
        for part in page.areas
    )
    dots = Dots(f"{page.id}-shares", page.title, _listed(page.areas), "percent", rows)
    sheet = sheets.parts(page, page.areas, page.title, "Area")
    if not dots.can_be_drawn:
        return Picture(page.title, "", Markup(""), Markup(""), sheet)
    note = f"Dot: {one.lower()}; ring: {other or 'the share it is set against'}"
    return Picture(page.title, note, Markup(dots.wide()), Markup(dots.narrow()), sheet)


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole * 100 if part is not None and whole else None


def of_areas(page: IndicatorPage) -> list[Picture]:
    """Small charts that share a scale, in the order of the areas; only words where there is too little to draw."""
    shared = _shared(page)
    return [_of_area(page, part, shared) for part in page.areas]


def areas_start_at(page: IndicatorPage) -> str:
    """Where the scale that the areas share starts, in words; '' for nought."""
    start = ticks_for([float(value) for value in _shared(page)], page.value_kind)[0]
    return tick_words(start, page.value_kind) if start else ""


def _shared(page: IndicatorPage) -> tuple[Decimal, ...]:
    months = [month for area in page.areas for month in _months(page, area.series)]
    return tuple(month.value for month in months if month.value is not None)


def _of_area(page: IndicatorPage, part: Part, shared: tuple[Decimal, ...]) -> Picture:
    line = Line(
        slug=f"{page.id}-{part.id.lower()}",
        title=f"{page.title}: {part.name}",
        description=f"{part.name}: {part.now.in_full} in {words.month(part.now.period)}.",
        kind=page.value_kind,
        months=_months(page, part.series),
        scale_with=shared,
    )
    drawn = line.can_be_drawn and not part.now.is_few
    told = part.now.of if drawn else ": ".join(each for each in (part.now.written, part.now.of) if each)
    sheet = sheets.months(page, part.series, line.title)
    return Picture(part.name, told, Markup(""), Markup(line.narrow() if drawn else ""), sheet)


def of_breakdown(page: IndicatorPage, breakdown: Breakdown) -> Picture:
    """Bars for things counted and for the parts of a mix; a table for shares, which do not add up."""
    caption = f"{page.title}: {words.lower_first(breakdown.title)}"
    sheet = sheets.parts(page, breakdown.parts, caption, words.upper_first(breakdown.title.removeprefix("By ")))
    bars = Bars(
        slug=f"{page.id}-{breakdown.name}",
        title=caption,
        description=_listed(breakdown.parts),
        bars=tuple(_bar(part) for part in breakdown.parts),
    )
    if not bars.can_be_drawn or page.value_kind not in ("count", "percent", "mix"):
        return Picture(caption, "", Markup(""), Markup(""), sheet)
    before = f"; upright line: {words.month(page.year_before.period)}" if page.year_before else ""
    note = f"{words.month(page.now.period)}{before}"
    return Picture(caption, note, Markup(bars.wide()), Markup(bars.narrow()), sheet)


def _bar(part: Part) -> Bar:
    """x of n beside every percentage; what is too few has no bar."""
    return Bar(part.name, part.now.value, part.now.in_full, _before(part))


def _before(part: Part) -> Decimal | None:
    """A mark only for what can be compared."""
    before = part.year_before
    return before.value if before is not None and part.now.is_like(before) else None


def of_teams(page: IndicatorPage) -> Picture:
    """A dot for each team, area by area, never in order of rank; counts are told by the table."""
    sheet = sheets.parts(page, page.teams, f"{page.title}: team by team", "Team")
    rows = tuple(Row(part.name, part.group, part.now.value, part.now.in_full) for part in page.teams)
    dots = Dots(
        slug=f"{page.id}-teams",
        title=sheet.caption,
        description=f"{words.plural(len(rows), 'team')} on one scale; the figures are in the table below.",
        kind=page.value_kind,
        rows=rows,
        target=_target(page),
    )
    if not dots.can_be_drawn or page.value_kind == "count":
        return Picture(sheet.caption, "", Markup(""), Markup(""), sheet)
    start = f"; scale starts at {tick_words(dots.starts_at, page.value_kind)}" if dots.starts_at > 0 else ""
    note = f"{words.month(page.now.period)}{start}"
    return Picture(sheet.caption, note, Markup(dots.wide()), Markup(dots.narrow()), sheet)


def _months(
    page: IndicatorPage, series: Sequence[Reading], history: RevisionHistory | None = None
) -> tuple[Month, ...]:
    """A share of too few is a gap, as is a month without a source."""
    still = {each.period: (each.low, each.high) for each in (history.still_to_come if history else ())}
    return tuple(
        Month(
            each.period,
            None if each.is_few else each.value,
            each.written,
            each.is_provisional,
            each.definition_version,
            still.get(each.period),
            financial_year(each.period) if page.restates == "financial_year" else 0,
        )
        for each in series
    )


def _target(page: IndicatorPage) -> tuple[Decimal, str] | None:
    return (page.target.value, f"Target {page.target.written}") if page.target else None


def _description(page: IndicatorPage) -> str:
    """What a reader who cannot see the line is told: its ends, its highest and its lowest."""
    known = [reading for reading in page.series if reading.value is not None]
    if not known:
        return "No month has a figure."
    high = max(known, key=lambda reading: reading.value or Decimal(0))
    low = min(known, key=lambda reading: reading.value or Decimal(0))
    return (
        f"{known[0].written} in {words.month(known[0].period)}, {known[-1].written} in {words.month(known[-1].period)}."
        f" Highest {high.written} in {words.month(high.period)}, lowest {low.written} in {words.month(low.period)}."
    )


def _listed(parts: Sequence[Part]) -> str:
    return "; ".join(f"{part.name}: {part.now.written}" for part in parts) + "."


def _note(notes: list[str]) -> str:
    joined = "; ".join(notes)
    return words.upper_first(joined)
