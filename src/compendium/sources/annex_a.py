"""Ofsted's Annex A workbook (.xlsx or .xls): the child-level lists 1 to 11, as far as they are in it.

The header row is found by content among the first ten rows of a sheet. Every row below it that is
not blank is kept or rejected in the ledger. Lists 1 and 3 to 5 are complete for the six months before
the extract; lists 2 and 6 to 8 give each child's latest; list 9 is the state on the day. A list without
rows is taken as not supplied: it would otherwise say that nothing happened.

The day of the extract is the ISO date in the file's name, if it is not after the day received; else the
day received, unless the newest contact, referral or visit in it is more than two weeks older than that.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from compendium import words
from compendium.calendar.months import add_months
from compendium.errors import DeliveryError
from compendium.record.intake import Intake
from compendium.record.tables import TABLES
from compendium.sources.annex_a_lists import LISTS, AnnexList
from compendium.sources.annex_a_rows import ListReader, Readings, header_key
from compendium.sources.cells import Memo, day, text
from compendium.sources.delivered import DeliveredFile
from compendium.sources.extract_day import extract_day

NAME = "Annex A"
SHEET = re.compile(r"^\s*list[\s_\-]*0*(\d{1,2})(?!\d)", re.IGNORECASE)
HEADER_ROWS, FEWEST_HEADERS = 10, 5
MONTHS = 6
DAILY = {1: "contact_date", 3: "referral_date", 6: "last_seen", 7: "visit_date"}

Rows = list[list[Any]]


@dataclass(frozen=True)
class ListSheet:
    """A sheet that holds a list. header: the index of its header row."""

    name: str
    shape: AnnexList
    header: int
    rows: Rows


def recognises(delivered: DeliveredFile) -> bool:
    if delivered.kind != "workbook":
        return False
    names = delivered.workbook.sheet_names
    return any(SHEET.match(name) for name in names) or next(_sheets(delivered, None), None) is not None


def dated(delivered: DeliveredFile) -> date | None:
    """A workbook says nothing of the day it was made."""
    return None


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """Every list in turn. DeliveryError when no sheet holds a list, or none a row."""
    assert intake.received_on is not None
    extracted = extract_day(
        intake,
        delivered.named_day,
        lambda by: max((each for each in _event_days(delivered) if each <= by), default=None),
        "put the day of the extract into the file's name, as in annex_a_2017-01-03.xlsx",
    )
    intake.head.extracted_on = intake.head.reference_date = extracted
    readings = Readings()
    read_any = False
    for name in delivered.workbook.sheet_names:
        if shape := _named_list(name):
            intake.count(shape.unit)  # so that the lists are reported in the workbook's order
    for sheet in _sheets(delivered, intake):
        read_any = True
        intake.feeds[sheet.shape.unit] = {feed.table for feed in sheet.shape.feeds}
        kept = ListReader(sheet.shape, sheet.name, extracted, intake, readings).read(sheet.rows, sheet.header)
        if kept:
            _cover(sheet.shape, extracted, intake)
        else:
            intake.note(f"{sheet.shape.unit} has no row to keep: taken as not supplied, not as nothing having happened")
    if not read_any:
        raise unknown(delivered)
    if not any(count.read for count in intake.units.values()):
        raise delivered.refused(
            "none of its lists has a row: it is empty",
            expected="at least one list with rows below its header",
            remedy="export it again; nothing was loaded",
        )


def unknown(delivered: DeliveredFile) -> DeliveryError:
    """The refusal of a workbook in which no list can be found."""
    names = delivered.workbook.sheet_names
    shown = words.listing([f"'{name[:30]}'" for name in names[:6]]) if names else "none"
    return delivered.refused(
        f"no sheet of the workbook holds a list of Annex A; its sheets are {shown}{' and more' if names[6:] else ''}",
        expected=f"sheets named 'List 1' to 'List 11', with a header such as '{LISTS[0].columns[0].headers[0]}'"
        f" among the first {HEADER_ROWS} rows",
        remedy="keep Ofsted's headers, or save the table as CSV with the headers of one of Compendium's own tables",
    )


def _sheets(delivered: DeliveredFile, intake: Intake | None) -> Iterator[ListSheet]:
    """The lists of the workbook. List 9 comes first: whoever holds a case by lists 6 to 8 goes before it."""
    named = [(name, _named_list(name)) for name in delivered.workbook.sheet_names]
    for name, shape in sorted(named, key=lambda pair: _place(pair[1])):
        rows = delivered.sheet(name)
        found = _find_header(rows, shape)
        if found:
            yield ListSheet(name, found[0], found[1], rows)
        elif shape and intake:
            intake.note(f"sheet {name} has no header row that is known; it was not read", remedy=_nearest(rows, shape))


def _place(shape: AnnexList | None) -> tuple[bool, int]:
    return (True, 99) if shape is None else (shape.number != 9, shape.number)


def _named_list(sheet: str) -> AnnexList | None:
    found = SHEET.match(sheet)
    return next((shape for shape in LISTS if found and shape.number == int(found[1])), None)


def _find_header(rows: Rows, shape: AnnexList | None) -> tuple[AnnexList, int] | None:
    """The first row in which five headers are known: of the list that the sheet is named for, or of the nearest.

    A sheet that is not named for a list must have what the list cannot do without: Ofsted's own sheet
    of codes has the headers of half of them.
    """
    for index, row in enumerate(rows[:HEADER_ROWS]):
        keys = {header_key(cell) for cell in row if isinstance(cell, str)}
        possible = [shape] if shape else [one for one in LISTS if _has_key(one, keys)]
        best = max(possible, key=lambda one: len(keys & _headers(one)) / len(one.columns), default=None)
        if best and len(keys & _headers(best)) >= FEWEST_HEADERS:
            return best, index
    return None


def _has_key(shape: AnnexList, keys: set[str]) -> bool:
    """Whether the columns that the list's first table requires are among the headers."""
    feed = shape.feeds[0]
    needed = {
        source
        for column, source in zip(feed.columns, feed.sources, strict=True)
        if column in TABLES[feed.table].required
    }
    columns = [column for column in shape.columns if column.name in needed]
    return all(any(header_key(header) in keys for header in column.headers) for column in columns)


def _headers(shape: AnnexList) -> set[str]:
    return {header_key(header) for column in shape.columns for header in column.headers}


def _nearest(rows: Rows, shape: AnnexList) -> str:
    """What to do about a sheet without a known header: the first row that could be one, and what it should say."""
    wanted = [column.headers[0] for column in shape.columns]
    for row in rows[:HEADER_ROWS]:
        for cell in row:
            if isinstance(cell, str) and (near := difflib.get_close_matches(cell, wanted, 1, 0.75)):
                return f"did you mean '{near[0]}'?"
    return f"its header should begin '{wanted[0]}', '{wanted[1]}', '{wanted[2]}'"


def _event_days(delivered: DeliveredFile) -> Iterator[date]:
    """The days of what is done every day: contacts, referrals, children seen, visits."""
    read = Memo(day)
    for name in delivered.workbook.sheet_names:
        shape = _named_list(name)
        if shape is None or shape.number not in DAILY:
            continue
        rows = delivered.sheet(name)
        if not (found := _find_header(rows, shape)):
            continue
        event = next(column for column in shape.columns if column.name == DAILY[shape.number])
        keys = [header_key(text(cell)) for cell in rows[found[1]]]
        at = next((keys.index(header_key(each)) for each in event.headers if header_key(each) in keys), None)
        if at is not None:
            yield from (
                date.fromisoformat(value) for row in rows[found[1] + 1 :] if isinstance(value := read[row[at]], str)
            )


def _cover(shape: AnnexList, extracted: date, intake: Intake) -> None:
    begins = add_months(extracted, -MONTHS)
    for table in shape.covers:
        if shape.grain == "snapshot":
            intake.cover(table, extracted, extracted, "snapshot")
        elif shape.grain == "event":
            intake.cover(table, begins, extracted, "event")
        else:
            intake.cover(table, begins, extracted, "latest_only")
    if shape.number in ListReader.HOLDS:
        intake.cover("allocation_seen", extracted, extracted, "snapshot")
