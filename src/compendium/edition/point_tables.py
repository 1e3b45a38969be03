"""Tables that answer a point where one figure cannot: the academy's pipeline, and the months around a dated event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from compendium import words
from compendium.calendar.months import month_end, month_ends, month_start
from compendium.edition.academy import planned_days
from compendium.edition.edition import IndicatorPage, Reading
from compendium.edition.point_table import PointTable
from compendium.record.snapshot import Snapshot

MONTHS_BEFORE = 6  # of those before an event
FURTHEST = 24  # months ahead
NONE = "no source"
_EVENT = "SELECT max(start_date) FROM record.local_event WHERE kind = $kind AND start_date <= $day"

Pages = Mapping[str, IndicatorPage]


def point_tables(
    pages: Sequence[IndicatorPage], snapshot: Snapshot, month: date
) -> Mapping[str, tuple[PointTable, ...]]:
    """By the number of the point; what has no source has no table."""
    by_id = {page.id: page for page in pages}
    freeze, hub = (_newest(snapshot, kind, month) for kind in ("agency_freeze", "mash_opened"))
    found = {
        "7": (academy_pipeline(by_id, snapshot, month), around_freeze(by_id, freeze, month)),
        "9": (around_hub(by_id, hub, month),),
    }
    return {number: tuple(each for each in tables if each is not None) for number, tables in found.items()}


def academy_pipeline(pages: Pages, snapshot: Snapshot, month: date) -> PointTable | None:
    """Month by month, who qualifies of those on the programme, against the vacancies that are open now."""
    vacancies = pages["sw_vacancy_rate"].now.numerator if "sw_vacancy_rate" in pages else None
    days = planned_days(snapshot, month)
    planned = sorted(day for day in days if day is not None)
    if vacancies is None or not planned:
        return None
    rows = []
    first = month_end(month, 1)
    for end in month_ends(first, min(max(month_end(planned[-1]), first), month_end(month, FURTHEST))):
        qualifying = sum(month_start(end) <= day <= end for day in planned)
        by_then = sum(day <= end for day in planned)
        rows.append(
            (words.month(end), words.number(qualifying), words.number(by_then), words.number(vacancies, 1),
             words.number(max(vacancies - by_then, Decimal(0)), 1))
        )  # fmt: skip
    notes = [
        f"Vacancies are the full-time posts open on {words.day(month)}; nobody else is taken to come or go.",
        "Each trainee on the programme that day is taken to qualify as planned and to fill one full-time post.",
    ]
    if (late := sum(day <= month for day in planned)) > 0:
        notes.append(f"Past the planned day, and counted from the first month on: {words.plural(late, 'trainee')}.")
    if len(planned) < len(days):
        notes.append(f"Without a planned day, and so not here: {words.plural(len(days) - len(planned), 'trainee')}.")
    taken = pages["sw_academy"].now if "sw_academy" in pages else None
    if taken is not None and taken.denominator:
        notes.append(f"Of the trainees of two years before, {taken.in_full} had taken a post within 24 months.")
    headings = ("Month", "Trainees who qualify", "Qualified by then", "Vacancies now", "Vacancies left")
    return PointTable("Vacancies that the academy will fill, by month", headings, tuple(rows), tuple(notes))


def around_freeze(pages: Pages, start: date | None, month: date) -> PointTable | None:
    """New agency bookings of each month before and since a freeze, beside who is at work and what is vacant."""
    if start is None or "sw_agency_bookings" not in pages:
        return None
    columns = [pages.get(name) for name in ("sw_agency_bookings", "sw_agency_rate", "sw_vacancy_rate")]
    first_whole = month_end(start) if start == month_start(start) else month_end(start, 1)
    before: list[Decimal] = []
    since: list[Decimal] = []
    rows = []
    found = {
        end: [_numerator(page, end) for page in columns] for end in month_ends(month_end(start, -MONTHS_BEFORE), month)
    }
    decimals = [
        0 if all(each is None or _is_whole(each) for each in column) else 1
        for column in zip(*found.values(), strict=True)
    ]
    for end, counts in found.items():
        state = "in force" if end >= first_whole else "began in this month" if end == month_end(start) else "not yet"
        rows.append((words.month(end), state, *map(_written, counts, decimals)))
        if counts[0] is not None and state != "began in this month":
            (since if end >= first_whole else before).append(counts[0])
    if not before or not since:
        return None
    means = [words.number(sum(each, Decimal(0)) / len(each), 1) for each in (before, since)]
    notes = (
        f"The freeze began on {words.day(start)}. New bookings a month: {means[0]} in the"
        f" {words.plural(len(before), 'month')} before, {means[1]} in the {words.plural(len(since), 'month')} since.",
        "Fewer new bookings need not mean fewer agency workers: those who are here may stay longer.",
    )
    headings = ("Month", "Freeze", "New bookings", "Agency workers, full-time posts", "Vacancies, full-time posts")
    return PointTable("New agency bookings before and since the freeze", headings, tuple(rows), notes)


def around_hub(pages: Pages, start: date | None, month: date) -> PointTable | None:
    """Each area's resources on the last month end before the hub opened, and now."""
    names = ("resource_workload", "resource_by_quadrant", "resource_by_quadrant_spend")
    if start is None or any(name not in pages for name in names):
        return None
    then = month_end(start, -1)
    rows = []
    for area in pages["resource_workload"].areas:
        cells = [area.name]
        for name in names:
            part = next((each for each in pages[name].areas if each.id == area.id), None)
            series = part.series if part else ()
            cells += [_value(series, then), _value(series, month)]
        rows.append(tuple(cells))
    if all(cell == NONE for row in rows for cell in row[1::2]):
        return None
    pairs = [(said, f"{said}, {words.month(when)}") for said in _COMPARED for when in (then, month)]
    notes = (
        f"The safeguarding hub opened on {words.day(start)}; its own teams serve the whole county.",
        "A share of cases above the share of workers or of spending means more children than means. What changed since"
        " need not have changed because of the hub.",
    )
    headings = ("Area", *(heading for _, heading in pairs))
    return PointTable("Resources in each area before and since the safeguarding hub", headings, tuple(rows), notes)


_COMPARED = ("Open cases for each worker", "Cases against workers", "Cases against spending")


def _newest(snapshot: Snapshot, kind: str, month: date) -> date | None:
    found = snapshot.connection.execute(_EVENT, {"kind": kind, "day": month}).fetchone()
    return found[0] if found else None


def _numerator(page: IndicatorPage | None, end: date) -> Decimal | None:
    reading = _of(page.series, end) if page else None
    return reading.numerator if reading else None


def _written(count: Decimal | None, decimals: int) -> str:
    """Every month of a column with as many decimals."""
    return NONE if count is None else words.number(count, decimals)


def _is_whole(count: Decimal) -> bool:
    return count == count.to_integral_value()


def _value(series: Sequence[Reading], end: date) -> str:
    reading = _of(series, end)
    return reading.written if reading else NONE


def _of(series: Sequence[Reading], end: date) -> Reading | None:
    return next((each for each in series if each.period == end), None)
