"""Local tables in CSV, for what no return holds: one reader for every canonical table.

A file is recognised by its headers: all of them columns of the table, every required one among
them. Where the headers fit more than one table, the file's name must contain the table's. FTE and
pounds may be given as such: `fte` for `fte_hundredths`, `amount_gbp` for `amount_pence`.

Lines before the header may say `# complete: 2012-04-01 to 2017-02-02` (every event of those days is
in the file, so that one which is not has been withdrawn), `# authority: 999`, or anything else. Without
the first, the file is taken as complete from the first day of the month of its earliest event to the
day of its latest, but withdraws nothing: it may be one part of several.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from compendium import words
from compendium.calendar.months import month_end
from compendium.errors import DeliveryError
from compendium.record.intake import Intake
from compendium.record.ledger import Kind
from compendium.record.tables import TABLES, Column, Table
from compendium.sources.cells import (
    Memo,
    Odd,
    Reading,
    code,
    day,
    distant_day,
    flag,
    hundredths,
    identifier,
    millionths,
    moment,
    shown_header,
    text,
    whole,
)
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import FORMATS, DeliveredFile

NAME = "local table"
READINGS: dict[str, Reading] = {
    "text": text, "team": text, "worker": text, "date": distant_day, "timestamp": moment, "integer": whole,
    "flag": flag, "pence": whole, "hundredths": whole,
    "millionths": whole,
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A column as the file gives it. scaled: in pounds or whole units, where the table holds parts of them."""

    column: Column
    header: str
    scaled: bool
    dated: bool  # of a table of events, whose days a clock may be set by

    @property
    def reading(self) -> Reading:
        if self.dated and self.column.type == "date":
            return day
        if self.column.code_set:
            return code(self.column.code_set)
        if self.scaled:
            return millionths if self.column.type == "millionths" else hundredths
        return (
            identifier
            if self.column.name.endswith("_id") and self.column.type == "text"
            else READINGS[self.column.type]
        )


def recognises(delivered: DeliveredFile) -> bool:
    return delivered.kind == "text" and len(_candidates(delivered)) == 1


def dated(delivered: DeliveredFile) -> date | None:
    """A local table does not say when it was made; its name may."""
    return None


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """Every row is kept, or rejected in the ledger."""
    lines = Delimited(delivered)
    table = _candidates(delivered)[0]
    given = _given(table, lines.header)
    assert given is not None
    if delivered.encoding not in ("utf-8", "utf-8-sig"):
        intake.note(f"the file is written in {delivered.encoding}, not in UTF-8; it was read as such")
    intake.head.la_code = lines.authority
    stated = lines.complete("without it, only the months that have an event count as covered")
    days = _rows(table, given, lines, f"{table.name}.csv", intake)
    _cover(table, stated, days, intake)


def unknown(delivered: DeliveredFile) -> DeliveryError:
    """The refusal of a text file that no reader knows, or that fits several tables."""
    candidates = _candidates(delivered)
    if candidates:
        names = words.listing([table.name for table in candidates], "or")
        return delivered.refused(
            f"its headers fit more than one table: {names}",
            expected="a file name that contains the name of its table",
            remedy=f"call it {candidates[0].name}.csv, say, or add a column that only one of them has",
        )
    lines = Delimited(delivered)
    header = lines.header
    table = max(TABLES.values(), key=lambda each: _alike(each, header))
    columns = [_column(table, name) for name in header]
    if twice := lines.repeating([found.column.name if found else None for found in columns], table.column_names):
        return twice
    strange = [_suggested(table, place, name) for place, name in enumerate(header, 1) if _column(table, name) is None]
    missing = [name for name in table.required if name not in {_key(each) for each in header}]
    what = ["it is no file that is known"]
    if _alike(table, header):
        what.append(f"the nearest is the local table {table.name}")
    if strange and _alike(table, header):
        what.append(f"which has no column {words.listing(strange[:6])}")
    if missing and _alike(table, header):
        what.append(f"and needs {words.listing(missing)}")
    return delivered.refused(
        ", ".join(what),
        expected=f"the headers {', '.join(table.column_names)}" if _alike(table, header) else FORMATS,
        remedy="rename the columns as the table's, and leave out the others"
        if _alike(table, header)
        else "see the documentation for the formats that are read",
    )


def _rows(table: Table, given: list[Given], lines: Delimited, unit: str, intake: Intake) -> list[str]:
    """Appends the rows; the days of their events."""
    names = [each.column.name for each in given]
    add = intake.appender(table.name, names)
    memos = [Memo(each.reading) for each in given]
    required = [names.index(name) for name in table.required]
    workers = [place for place, each in enumerate(given) if each.column.type == "worker"]
    event = names.index(table.event) if table.event else None
    who = names.index("person_id") if "person_id" in names else None
    width, read, kept = len(given), 0, 0
    days: set[str] = set()
    for number, fields in lines.rows():
        read += 1
        if len(fields) != width:
            intake.reject(unit, number, None, f"the row has {len(fields)} fields, the header {width}", kind="malformed")
            continue
        values: list[Any] = [memo[field] for memo, field in zip(memos, fields, strict=True)]
        odd = [(place, value) for place, value in enumerate(values) if value.__class__ is Odd]
        for place, value in odd:
            values[place] = value.value
        lacking = next((place for place in required if values[place] is None), None)
        if lacking is not None:
            raw = memos[lacking][fields[lacking]]
            what = raw.what if isinstance(raw, Odd) else f"{given[lacking].header} is empty"
            cell = raw.cell if isinstance(raw, Odd) else None
            kind: Kind = raw.kind if isinstance(raw, Odd) else "missing"
            person = None if who is None else values[who]
            intake.reject(unit, number, given[lacking].header, what, value=cell, kind=kind, person=person)
            continue
        for place, value in odd:
            what = value.what if value.value is not None else f"{value.what}; it was set aside"
            person = None if who is None else values[who]
            intake.change(unit, number, given[place].header, what, value=value.cell, kind=value.kind, person=person)
        for place in workers:
            values[place] = intake.worker(values[place])
        if event is not None:
            days.add(values[event])
        add((number, *values))
        kept += 1
        intake.breathe()
    intake.count(unit, read, kept, read - kept)
    return sorted(days)


def _cover(table: Table, stated: tuple[date, date] | None, days: list[str], intake: Intake) -> None:
    if table.event is None:
        return
    if stated:
        intake.cover(table.name, *stated, "event")
        return
    # Months without an event may be months without a record: they are left without a source, not at nought.
    months = sorted({date.fromisoformat(each).replace(day=1) for each in days})
    for begins in months:
        intake.cover(table.name, begins, min(month_end(begins), date.fromisoformat(days[-1])), "assumed")
    if months:
        first, last = months[0].isoformat(), days[-1]
        intake.note(
            f"taken as complete for the {words.plural(len(months), 'month')} that have an event, from"
            f" {words.day(months[0])} to {words.day(date.fromisoformat(last))}; what other files have of these days"
            " stays",
            remedy="if the file is the whole truth for these days, add a line before the header:"
            f" # complete: {first} to {last}",
        )


def _candidates(delivered: DeliveredFile) -> list[Table]:
    """The tables that the headers fit; where several do, those of them that the file is named for."""
    if delivered.kind != "text":
        return []
    header = Delimited(delivered).header
    fitting = [table for table in TABLES.values() if _given(table, header) is not None]
    if len(fitting) < 2:
        return fitting
    stem = _key(delivered.path.stem)
    named = [table for table in fitting if re.search(rf"(?<![a-z]){table.name}(?![a-z])", stem)]
    longest = max((len(table.name) for table in named), default=0)
    return [table for table in named if len(table.name) == longest] or fitting


def _given(table: Table, header: list[str]) -> list[Given] | None:
    """The file's columns as the table's, or None when they are not."""
    found = [_column(table, name) for name in header]
    if not found or None in found:
        return None
    given = [each for each in found if each is not None]
    names = [each.column.name for each in given]
    return given if len(set(names)) == len(names) and set(table.required) <= set(names) else None


def _column(table: Table, header: str) -> Given | None:
    """The column that a header names: by its own name, or by its unit where the table holds parts of it."""
    key = _key(header)
    for column in table.columns:
        if key == column.name:
            return Given(column, header, scaled=False, dated=table.event is not None)
        stem = re.sub(r"_(hundredths|millionths|pence)$", "", column.name)
        units = {stem, f"{stem}_fte"} if column.type != "pence" else {f"{stem}_gbp", stem}
        if column.type in ("hundredths", "millionths", "pence") and key in units:
            return Given(column, header, scaled=True, dated=table.event is not None)
    return None


def _key(header: str) -> str:
    return re.sub(r"[\s\-]+", "_", header.strip().lower())


def _alike(table: Table, header: list[str]) -> int:
    return sum(_column(table, name) is not None for name in header)


def _suggested(table: Table, place: int, name: str) -> str:
    near = difflib.get_close_matches(_key(name), table.column_names, 1)
    shown = shown_header(name, table.column_names, f"such as the file's number {place}")
    return f"{shown} (did you mean {near[0]}?)" if near else shown
