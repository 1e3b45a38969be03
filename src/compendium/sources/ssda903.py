"""The SSDA903 return of looked-after children: a folder of CSV files, one of them, a workbook or XML.

A table is recognised by its headers, never by its name. The year is settled from the days of the return. A
folder that holds the returns of several years is as many deliveries, by the years in its files' names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from compendium import words
from compendium.record.intake import Intake
from compendium.sources import annex_a, ssda903_xml
from compendium.sources.cells import Memo, day, distant_day, squeezed
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import DeliveredFile
from compendium.sources.ssda903_rows import GivenTable, Readings, TableReader
from compendium.sources.ssda903_tables import RETURN_TABLES, ReturnTable, table_of
from compendium.sources.ssda903_year import ReturnYear, named_years, settle_year

NAME = "SSDA903"
HEADER_ROWS = 10  # of a sheet, among which the header is looked for
OF_A_YEAR = ("OC2", "OC3")  # tables without a day of their own


def recognises(delivered: DeliveredFile) -> bool:
    match delivered.kind:
        case "folder":
            tables = sum(_table(member) is not None for member in delivered.members)
            only_text = all(member.kind == "text" for member in delivered.members)
            return only_text and tables * 2 > len(delivered.members)  # a note may lie beside them, but no other return
        case "text":
            return _table(delivered) is not None
        case "workbook":
            named = any(annex_a.SHEET.match(name) for name in delivered.workbook.sheet_names)
            return not named and next(_sheets(delivered), None) is not None
        case "xml":
            return ssda903_xml.recognises(delivered)
    return False


def dated(delivered: DeliveredFile) -> date | None:
    """The return does not say when it was made."""
    return None


def parts(delivered: DeliveredFile) -> tuple[DeliveredFile, ...]:
    """A folder's returns, the oldest year first: itself, or one for each year that its files are named for."""
    if delivered.kind != "folder":
        return (delivered,)
    tables = {member: table for member in delivered.members if (table := _table(member))}
    if len(set(map(id, tables.values()))) == len(tables):
        return (delivered,)
    by_label: dict[str, list[DeliveredFile]] = {}
    for member in tables:
        by_label.setdefault(" ".join(map(str, named_years(member.name))), []).append(member)
    for members in by_label.values():
        for table in RETURN_TABLES:
            same = [member.name for member in members if tables[member] is table]
            if len(same) > 1:
                raise delivered.refused(
                    f"it holds {words.number(len(same))} files of one table, {table.name}: {words.listing(same[:4])}",
                    expected="one file for each table; or, of several years, the year in the name of every file,"
                    " as in 2017-episodes.csv",
                    remedy="take out what is there twice, or give each year a folder of its own",
                )
    labels = sorted(by_label)
    by_label[labels[0]] += [member for member in delivered.members if member not in tables]  # for its ledger to name
    return tuple(
        replace(delivered, members=tuple(by_label[label]), label=f"({label or 'no year named'})") for label in labels
    )


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """Every table, in the order of RETURN_TABLES. DeliveryError when it holds several years, or none can be told."""
    if len(years := parts(delivered)) > 1:
        raise delivered.refused(
            f"it holds the returns of {len(years)} years",
            expected="the return of one year",
            remedy="load the folder with the command load, which takes each year by itself, or give each year a folder"
            " of its own",
        )
    given = sorted(_given(delivered, intake), key=lambda one: RETURN_TABLES.index(one.table))
    year = _settle(delivered, given, intake)
    intake.head.reference_date = year.ends if year else None
    readings = Readings()
    unaccompanied = _unaccompanied(given, readings)
    for one in given:
        intake.feeds[one.unit] = {one.table.feeds, *one.table.covers}
        kept = TableReader(one, year, unaccompanied, readings, intake).read()
        if not kept:
            intake.note(f"{one.unit} has no row to keep: taken as not supplied, not as nothing having happened")
        elif year is not None:
            _cover(one.table, year, intake)
    if readings.shortened:
        intake.note("whole numbers written with '.0' were read without it, child ids too")


def _settle(delivered: DeliveredFile, given: Sequence[GivenTable], intake: Intake) -> ReturnYear | None:
    """The year, from what episodes say of days, or else from what the other tables do."""
    episodes = [one for one in given if one.table.name == "Episodes"]
    read_day, read_birth = Memo(day), Memo(distant_day)
    days = [
        value
        for one in episodes or given
        for name in one.table.days
        for cell in one.column(name)
        if isinstance(value := read_day[cell], str)
    ]
    births = [
        value
        for one in given
        if one.table.name == "OC3"
        for cell in one.column("DOB")
        if isinstance(value := read_birth[cell], str)
    ]
    stated = [int(text) for one in given for cell in one.column("YEAR") if (text := str(cell).strip()).isdecimal()]
    names = [delivered.name, *(member.name for member in delivered.members)]
    year = settle_year(days, births, [each for each in stated if 2000 < each < 2100], names, intake)
    if year is None and (needing := [one for one in given if one.table.name in OF_A_YEAR]):
        raise delivered.refused(
            f"nothing in it says of which year it is, and {needing[0].table.name} has no day of its own",
            expected="the files of one return together: the days of the episodes tell the year",
            remedy="load the folder with all files of the return",
        )
    return year


def _unaccompanied(given: Sequence[GivenTable], readings: Readings) -> set[str] | None:
    """Whom the return names as unaccompanied asylum-seeking children; None when it has no such table."""
    tables = [one for one in given if one.table.name == "UASC"]
    if not tables:
        return None
    read = readings["child"]
    return {value for one in tables for cell in one.column("CHILD") if isinstance(value := read[cell], str)}


def _cover(table: ReturnTable, year: ReturnYear, intake: Intake) -> None:
    """All that happened in the year; of what a return tells only in part, no more than that it tells something."""
    for name in table.covers:
        intake.cover(name, year.begins, year.ends, "event")
    for name in table.partly:
        intake.cover(name, year.begins, year.ends, "annual")


def _table(member: DeliveredFile) -> ReturnTable | None:
    """The table that a text file holds."""
    return table_of(Delimited(member).header) if member.kind == "text" else None


def _given(delivered: DeliveredFile, intake: Intake) -> Iterator[GivenTable]:
    if delivered.kind == "xml":
        yield from ssda903_xml.tables(delivered, intake)
    elif delivered.kind == "workbook":
        yield from _sheets(delivered, intake)
    else:
        for member in delivered.members or (delivered,):
            if given := _lines(member):
                yield given
            else:
                intake.note(f"the file {member.name} is no table of the return; it was not read")


def _lines(member: DeliveredFile) -> GivenTable | None:
    table = _table(member)
    if table is None:
        return None
    lines = Delimited(member)
    known = [squeezed(name) for name in table.headers]
    if twice := lines.repeating([squeezed(name) or None for name in lines.header], known):
        raise twice
    return GivenTable(table, member.name, None, lines.header, lines.rows)


def _sheets(delivered: DeliveredFile, intake: Intake | None = None) -> Iterator[GivenTable]:
    """The tables of a workbook, each once: of two sheets with the same, the first."""
    found: set[str] = set()
    for name in delivered.workbook.sheet_names:
        rows = delivered.sheet(name)
        for at, header in enumerate(rows[:HEADER_ROWS]):
            table = table_of(header)
            if table is None:
                continue
            if table.name in found:
                raise delivered.refused(
                    f"a second sheet holds {table.name}",
                    expected="one sheet for each table",
                    remedy="take out the one that is not meant",
                    sheet=name,
                )
            found.add(table.name)
            yield GivenTable(table, table.name, name, header, partial(_filled, rows, at))
            break
        else:
            if intake:
                intake.note(f"sheet {name} holds no table of the return; it was not read")


def _filled(rows: list[list[Any]], header: int) -> Iterator[tuple[int, list[Any]]]:
    """(row, cells) of every row below the header that is not blank."""
    return (
        (number, cells)
        for number, cells in enumerate(rows[header + 1 :], header + 2)
        if any(not isinstance(cell, str) or cell.strip() for cell in cells)
    )
