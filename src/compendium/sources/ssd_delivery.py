"""One delivery of the Standard Safeguarding Dataset, whatever it came in: its tables in turn, and their coverage.

The dataset is written anew as a whole, from a window of six years unless the council has set another: events
of those days are all there, and before them only what was still open, or ended, within the window. So a
table is complete from the window's beginning, or from its own first event where that is later, to the day of
the extract. The window begins six years before that day, or with the first row of the tables that are cut
off by the event's day alone (contacts, visits), where all of them begin later. An event that was there once
and is no longer, within those days, has been withdrawn.

What lasts is also known to have been open on the day of the extract: what was open in an earlier one and is
not there now has ended. Where nothing that ended is left of what began before the window (the published SQL
cuts referrals so), what was open on a past day is known for the last weeks alone, as far as it matters.

A table without a row says nothing. Visits come from three tables; without any one of them, days without a
visit may be days without a record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from compendium import words
from compendium.calendar.months import add_months
from compendium.record.intake import Intake
from compendium.sources.extract_day import extract_day
from compendium.sources.ssd_care import Care
from compendium.sources.ssd_columns import GivenTable
from compendium.sources.ssd_links import Links
from compendium.sources.ssd_rows import TableReader
from compendium.sources.ssd_tables import TABLES, SsdTable

NAME = "Standard Safeguarding Dataset"
YEARS = 6
LATELY = timedelta(days=35)  # so that monthly extracts follow one another without a gap
VISITS = ("ssd_cin_visits", "ssd_cp_visits", "ssd_cla_visits")
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
        days = {day for shape in feeding for day in readers[shape.name].days}
        first = max(begins, date.fromisoformat(min(days, default=date.max.isoformat())))
        if first > extracted:
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
    """Whether nothing that ended is left of what began before the window."""
    before = {day for day in reader.days if day < begins.isoformat()}
    return reader.lasts and bool(before) and not before & reader.ended_days


def _window(readers: Mapping[str, TableReader], extracted: date) -> tuple[date, str]:
    """The first day of which everything is there, and why it is taken for that."""
    widest = add_months(extracted, -12 * YEARS)
    firsts = [min(readers[shape.name].days) for shape in _windowed(readers)]
    if firsts and date.fromisoformat(min(firsts)) > widest:
        return date.fromisoformat(min(firsts)), "the first contact or visit in it"
    return widest, f"{words.number(YEARS)} years before the extract"


def _windowed(readers: Mapping[str, TableReader]) -> list[SsdTable]:
    return [shape for shape in TABLES if shape.windowed and shape.name in readers and readers[shape.name].days]
