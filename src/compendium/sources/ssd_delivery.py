"""One delivery of the Standard Safeguarding Dataset, whatever it came in: its tables in turn, and their coverage.

The dataset is written anew as a whole, from a window of six years unless the council has set another: events
of those days are all there, and before them only what was still open, or ended, within the window. So a
table is complete from the window's beginning, or from its own first event where that is later, to the day of
the extract. An event that was there once and is no longer, within those days, has been withdrawn.

The window begins six years before that day, or later where the tables that are cut off by the event's day alone
(contacts, visits) do. No mistyped day decides this: a table begins to be written in its first month after which no
two months running are thin, which is to have under a tenth of the rows of the month in which its middling row
lies. Of the other tables, which may have few rows, the oldest twentieth of the days with an event does not decide
where more than a year of nothing follows. Nothing before is withdrawn, and nothing before is nought.

What lasts is also known to have been open on the day of the extract: what was open in an earlier one and is
not there now has ended. Where nothing that ended is left of what began before the window (the published SQL
cuts referrals so), what was open on a past day is known for the last weeks alone, as far as it matters.

A table without a row says nothing. Visits come from three tables; without any one of them, days without a
visit may be days without a record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise

from compendium import words
from compendium.calendar.months import add_months
from compendium.record.intake import Intake
from compendium.sources.extract_day import extract_day
from compendium.sources.ssd_care import Care
from compendium.sources.ssd_columns import GivenTable
from compendium.sources.ssd_links import Links
from compendium.sources.ssd_rows import TableReader
from compendium.sources.ssd_tables import TABLES

NAME = "Standard Safeguarding Dataset"
YEARS = 6
THIN = 10  # times fewer rows than in the month of the middling row
FEW, ALONE = 20, timedelta(days=366)  # one in so many days, with nothing for so long after it, is taken for mistyped
LATELY = timedelta(days=35)  # so that monthly extracts follow one another without a gap
VISITS = ("ssd_cin_visits", "ssd_cp_visits", "ssd_cla_visits")
WINDOWED = frozenset(shape.name for shape in TABLES if shape.windowed)
# Known, and nothing is taken from them: no indicator asks for what they hold, or it says where a child lives.
UNUSED: Mapping[str, str] = {
    "ssd_address": "addr", "ssd_cla_convictions": "clac", "ssd_cla_immunisations": "clai",
    "ssd_cla_substance_misuse": "clas", "ssd_ehcp_active_plans": "ehcp", "ssd_ehcp_assessment": "ehca",
    "ssd_ehcp_named_plan": "ehcn", "ssd_ehcp_requests": "ehcr", "ssd_linked_identifiers": "link",
    "ssd_mother": "moth", "ssd_s251_finance": "s251", "ssd_sen_need": "senn", "ssd_send": "send",
    "ssd_voice_of_child": "voch",
}  # fmt: skip
# What a column of each table begins with.
PREFIXES: Mapping[str, str] = {
    **{shape.values[0].columns[0][0].partition("_")[0]: shape.name for shape in TABLES},
    **{prefix: name for name, prefix in UNUSED.items()},
}


def table_named(columns: Sequence[str]) -> str | None:
    """The table that a header is of: two columns at least, and half of all, begin as its columns do."""
    found = [PREFIXES.get(column.partition("_")[0], "") for column in columns]
    best = max(PREFIXES.values(), key=found.count)
    return best if found.count(best) >= 2 and found.count(best) * 2 >= len(columns) else None


def read_tables(
    given: Mapping[str, GivenTable], unused: Mapping[str, Callable[[], int]], intake: Intake, named: date | None,
    remedy: str,
) -> None:  # fmt: skip
    """given: the tables, by name. unused: those of UNUSED that are there, with a count of their rows.

    named: the day of the extract, where the delivery's name gives it; remedy: how to give it.
    """
    care = Care()
    links = Links(intake, care, list(given))
    readers: dict[str, TableReader] = {}
    for shape in TABLES:
        if shape.name not in given:
            continue
        intake.feeds[shape.name] = {*shape.covers, *(feed.table for feed in shape.feeds)}
        extracted = _extracted(readers, intake, named, remedy) if shape is TABLES[-1] else None
        reader = readers[shape.name] = TableReader(shape, given[shape.name], intake, links, care, extracted)
        reader.read()
        if not reader.kept:
            intake.note(f"{shape.name} has no row to keep: taken as not supplied, not as nothing having happened")
    care.feed(intake, list(given), links.is_uasc)
    extracted = intake.head.extracted_on or _extracted(readers, intake, named, remedy)
    _cover(readers, extracted, intake)
    for name, count in unused.items():
        intake.note(f"{name}: {words.plural(count(), 'row')}; nothing is taken from this table")
    missing = [shape.name for shape in TABLES if shape.name not in given]
    if missing and len(given) > 1:
        intake.note(f"not in this delivery: {words.listing(missing)}")


def _extracted(readers: Mapping[str, TableReader], intake: Intake, named: date | None, remedy: str) -> date:
    def newest(by: date) -> date | None:
        days = (day for shape in TABLES if shape.daily and shape.name in readers for day in readers[shape.name].days)
        return max((date.fromisoformat(day) for day in days if day <= by.isoformat()), default=None)

    day = extract_day(intake, named, newest, remedy)
    intake.head.extracted_on = intake.head.reference_date = day
    return day


def _cover(readers: Mapping[str, TableReader], extracted: date, intake: Intake) -> None:
    begins, why = _window(readers, extracted)
    shapes = [shape for shape in TABLES if shape.name in readers and readers[shape.name].kept]
    unknown = []
    for table in dict.fromkeys(name for shape in shapes for name in shape.covers):
        feeding = [shape for shape in shapes if table in shape.covers and readers[shape.name].days]
        if table == "care_leaver_status":
            intake.cover(table, extracted, extracted, "snapshot")
            continue
        if table == "visit" and (missing := [name for name in VISITS if name not in {each.name for each in feeding}]):
            intake.note(
                f"visits are not taken as complete, for there is no row of {words.listing(missing)}",
                remedy="fill those tables, or say with a local table visit.csv which days are complete",
            )
            continue
        first = _first([readers[shape.name] for shape in feeding], begins, extracted)
        if first is None:
            continue
        cut = any(_cut_by_start(readers[shape.name], begins) for shape in feeding)
        intake.cover(table, first, extracted, "begun" if cut else "event")
        if any(shape.ends for shape in feeding):
            intake.cover(table, max(first, extracted - LATELY) if cut else extracted, extracted, "snapshot")
        unknown += [table] if cut else []
    intake.note(
        f"taken as complete from {words.day(begins)}, {why}, to {words.day(extracted)}; a table that begins later,"
        " from its first row"
    )
    if unknown:
        intake.note(
            f"of what began before {words.day(begins)} only what is still open is there ({words.listing(unknown)}):"
            f" what was open on a day is known for the last {LATELY.days} days only"
        )


def _cut_by_start(reader: TableReader, begins: date) -> bool:
    """Whether nothing that ended, but for a day mistyped, is left of what began before the window."""
    before = [day for day in reader.days if day < begins.isoformat()]
    return reader.lasts and bool(before) and len(reader.ended_days.intersection(before)) * FEW < len(before)


def _window(readers: Mapping[str, TableReader], extracted: date) -> tuple[date, str]:
    """The first day of which everything is there, and why it is taken for that."""
    widest = add_months(extracted, -12 * YEARS)
    first = _written_from([reader for name, reader in readers.items() if name in WINDOWED], extracted)
    if first and first > widest:
        return first, "when the contacts or visits in it begin"
    return widest, f"{words.number(YEARS)} years before the extract"


def _first(feeding: Sequence[TableReader], begins: date, extracted: date) -> date | None:
    """The first day from which what these tables tell is complete; None where there is none by the extract's day."""
    if all(reader.name in WINDOWED for reader in feeding):
        first = _written_from(feeding, extracted)
        return first and max(begins, first)
    each = {date.fromisoformat(day) for reader in feeding for day in reader.days if day <= extracted.isoformat()}
    days = sorted(max(day, begins) for day in each)
    alone = [at for at in range(len(days) // FEW) if days[at + 1] - days[at] > ALONE]
    return days[alone[-1] + 1 if alone else 0] if days else None


def _written_from(readers: Sequence[TableReader], extracted: date) -> date | None:
    """The first day that tables cut off by the event's day hold in the months that they were written throughout."""
    written: dict[date, str] = {}  # month -> the first day with an event
    for reader in readers:
        days = {day: count for day, count in reader.days.items() if day <= extracted.isoformat()}
        rows = Counter[date]()
        for day, count in days.items():
            rows[date.fromisoformat(day).replace(day=1)] += count
        sizes = sorted(rows.values())
        half = (size for size, upto in zip(sizes, accumulate(sizes), strict=True) if upto * 2 >= rows.total())
        middling = next(half, 0)
        enough = {month for month, count in rows.items() if count * THIN >= middling}
        for day in days:
            if (month := date.fromisoformat(day).replace(day=1)) in enough:
                written[month] = min(written.get(month, day), day)
    months = sorted(written, reverse=True)
    later = [month for month, before in pairwise(months) if before < add_months(month, -2)]
    return date.fromisoformat(written[later[0] if later else months[-1]]) if months else None
