"""Statistical neighbours: the ten authorities most like each, by the department's models of 2021 and 2025.

As CSV (one line an authority, SN1 with its closeness SNP, or SN_1 with SN_1P) or as the workbook of the Local
Authority Interactive Tool. The version is the year in the file's name, for nothing within it says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from compendium import words
from compendium.record.intake import Intake
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import DeliveredFile
from compendium.sources.published.sheets import SheetTable, plain, tables

WORKBOOK = frozenset({"LA num", "SN1", "SN10"})
WIDE = frozenset({"old_la_code", "SN_1", "SN_10", "SN_10P"})
OWN = frozenset({"LA num", "old_la_code"})  # the authority's own code
NEIGHBOURS = 10
NEIGHBOUR = re.compile(r"SN_?(\d{1,2})")
VERSION = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
MONTHS = [name[:3].lower() for name in words.MONTHS]
MONTH = re.compile(f"({'|'.join(MONTHS)})[a-z]*[_ -]?20")
CODE = re.compile(r"\d{3}")
NONE = frozenset({"", "-"})
COLUMNS = ("set_version", "authority_code", "rank", "neighbour_code", "closeness", "source")


def recognises(delivered: DeliveredFile) -> bool:
    if delivered.kind == "text":
        header = frozenset(Delimited(delivered).header)
        return header >= WORKBOOK or header >= WIDE
    return delivered.kind == "workbook" and next(tables(delivered, WORKBOOK), None) is not None


def dated(delivered: DeliveredFile) -> date | None:
    """The first of the month in its name (sn_may_2025), or of its year."""
    version, month = VERSION.search(delivered.name), MONTH.search(delivered.name.lower())
    if version is None:
        return None
    return date(int(version[1]), MONTHS.index(month[1]) + 1 if month else 1, 1)


def read(delivered: DeliveredFile, intake: Intake) -> None:
    version = VERSION.search(delivered.name)
    if version is None:
        raise delivered.refused(
            "nothing says of which year these statistical neighbours are",
            expected="the year of the model in the file's name, as in sn_may_2025.xlsx",
            remedy="put the year into the name and load it again",
        )
    add = intake.appender("statistical_neighbour", COLUMNS)
    unit = delivered.name
    for number, header, cells in _lines(delivered):
        intake.count(unit, read=1)
        if len(cells) != len(header):
            what = f"the row has {len(cells)} fields, the header {len(header)}"
            intake.count(unit, rejected=1)
            intake.reject(unit, number, None, what, kind="malformed")
            continue
        own = next(cell for name, cell in zip(header, cells, strict=True) if name in OWN)
        pairs = list(_neighbours(header, cells))
        if not CODE.fullmatch(own):
            intake.count(unit, rejected=1)
            intake.reject(unit, number, None, "it has no code of an authority", kind="malformed")
            continue
        found = [(rank, code, closeness) for rank, code, closeness in pairs if CODE.fullmatch(code)]
        if not found:
            what = f"authority {own} has no neighbours in this version"
            intake.count(unit, rejected=1)
            intake.reject(unit, number, None, what, kind="unused" if _is_bare(pairs) else "malformed")
            continue
        if len(found) < NEIGHBOURS:
            what = f"authority {own} has {len(found)} neighbours that can be read, not {NEIGHBOURS}"
            intake.change(unit, number, None, what, kind="missing")
        for rank, code, closeness in found:
            add((number, version[1], own, rank, code, closeness.lower() or None, unit))
        intake.count(unit, kept=1)


def _lines(delivered: DeliveredFile) -> Iterator[tuple[int, Sequence[str], list[str]]]:
    """(row, header, cells as text) of every row that is not blank."""
    if delivered.kind == "text":
        lines = Delimited(delivered)
        for number, fields in lines.rows():
            yield number, lines.header, [field.strip() for field in fields]
        return
    table: SheetTable = next(tables(delivered, WORKBOOK))
    for number, cells in enumerate(table.body, start=table.at + 1):
        written = [plain(cell) for cell in cells]
        if any(written):
            yield number, table.header, written


def _neighbours(header: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """(rank, code, closeness): the closeness stands in the column after the code."""
    for at, name in enumerate(header):
        found = NEIGHBOUR.fullmatch(name)
        if found and 1 <= int(found[1]) <= NEIGHBOURS and at < len(cells):
            yield int(found[1]), cells[at], cells[at + 1] if at + 1 < len(cells) else ""


def _is_bare(pairs: Sequence[tuple[int, str, str]]) -> bool:
    """An authority made since the model: it has a line, and no neighbours."""
    return all(code in NONE for _, code, _ in pairs)
