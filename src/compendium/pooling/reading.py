"""Reading a file of month cells. A file that is not exactly what was written is refused whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compendium.calendar.months import month_ends, parse_month
from compendium.errors import CalendarError, DeliveryError, Place
from compendium.indicators.periods import BASES
from compendium.pooling.month_cells import COLUMNS, FORMAT, OPENING, STATUSES, SYNTHETIC, Header, MonthCell, Seal
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import open_delivery

AGAIN = "ask the authority for its file again, as `compendium figures --export` writes it"
TITLE = re.compile(rf"{OPENING}, format (\d+)")
LINES = {
    "authority": re.compile(r"authority: (\w+) (.+)"),
    "cut": re.compile(r"cut: (\d{4}-\d\d-\d\d)"),
    "months": re.compile(r"months: (\d{4}-\d\d) to (\d{4}-\d\d)"),
    "program": re.compile(r"program: (.+)"),
    "catalogue": re.compile(r"catalogue: (\w+)"),
    "rows": re.compile(r"rows: (\d+)"),
    "sha256": re.compile(r"sha256: ([0-9a-f]{64})"),
}
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
WHOLE = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True)
class MonthCells:
    """One authority's file."""

    name: str
    header: Header
    cells: tuple[MonthCell, ...]


def is_month_cells(path: Path) -> bool:
    """By its first line."""
    with open(path, "rb") as stream:
        return OPENING.encode() in stream.read(200)


def read_month_cells(path: Path) -> MonthCells:
    """DeliveryError naming file, row and remedy."""
    delivered = open_delivery(path)
    if delivered.kind != "text":
        raise _refused(path, "it is no text file", expected="a file of month cells, in CSV")
    lines = Delimited(delivered)
    said = _said(path, lines.comments)
    if tuple(lines.header) != COLUMNS:
        raise _refused(path, "its columns are not those of month cells", expected=", ".join(COLUMNS))
    header = _header(path, said, SYNTHETIC in lines.comments)
    seal = Seal.of([COLUMNS])
    rows = []
    for number, fields in lines.rows():
        seal.add(fields)
        if len(fields) != len(COLUMNS):
            raise _refused(path, "it has not one value for each column", row=number, expected=f"{len(COLUMNS)} values")
        rows.append((number, fields))
    if (seal.rows - 1, seal.sha256) != (int(said["rows"][1]), said["sha256"][1]):
        raise _refused(
            path, f"it holds {seal.rows - 1} rows where {said['rows'][1]} were written, or other values in them",
            expected="the file as it was written",
        )  # fmt: skip
    return MonthCells(path.name, header, _cells(path, header, rows))


def _said(path: Path, comments: Sequence[str]) -> dict[str, re.Match[str]]:
    title = TITLE.fullmatch(comments[0]) if comments else None
    if title is None:
        raise _refused(
            path, "it does not begin as a file of month cells does", expected=f"# {OPENING}, format {FORMAT}"
        )
    if int(title[1]) != FORMAT:
        older = int(title[1]) < FORMAT
        raise DeliveryError(
            f"it is of format {title[1]}", where=Place(file=path.name), expected=f"format {FORMAT}",
            remedy=f"{'the authority' if older else 'who pools'} needs a newer version of Compendium",
        )  # fmt: skip
    found = {name: next(filter(None, map(form.fullmatch, comments)), None) for name, form in LINES.items()}
    for name, match in found.items():
        if match is None:
            raise _refused(path, f"the line `# {name}: ...` above its rows is missing or cannot be read")
    return {name: match for name, match in found.items() if match is not None}


def _header(path: Path, said: Mapping[str, re.Match[str]], synthetic: bool) -> Header:
    try:
        first, last = map(parse_month, said["months"].groups())
        cut = date.fromisoformat(said["cut"][1])
    except (ValueError, CalendarError):
        raise _refused(path, "a day or month above its rows is none") from None
    if first > last:
        raise _refused(path, "its months end before they begin")
    if last > cut:
        what = "its last month was not over when its records were received"
        raise _refused(path, what, expected=f"a month over by {cut}")
    code, name = said["authority"].groups()
    return Header(code, name, cut, first, last, said["program"][1], said["catalogue"][1], synthetic)


def _cells(path: Path, header: Header, rows: Sequence[tuple[int, list[str]]]) -> tuple[MonthCell, ...]:
    held = {f"{month:%Y-%m}": month for month in month_ends(header.first, header.last)}
    definitions: dict[str, tuple[Any, ...]] = {}
    seen: dict[tuple[Any, ...], int] = {}
    cells = []
    for number, fields in rows:
        cell = _cell(path, number, dict(zip(COLUMNS, fields, strict=True)), held)
        before = seen.setdefault((cell.indicator, cell.month, cell.category), number)
        if before != number:
            raise _refused(path, f"the same indicator, month and category as in row {before}", row=number)
        definition = (cell.definition_version, cell.fingerprint, cell.rules, cell.as_at)
        if definitions.setdefault(cell.indicator, definition) != definition:
            raise _refused(path, f"{cell.indicator} has another definition than in the rows above", row=number)
        cells.append(cell)
    for name in definitions:
        lacking = [text for text, month in held.items() if (name, month, None) not in seen]
        if lacking:
            raise _refused(path, f"{name} has no row for {', '.join(lacking)}")
    return tuple(cells)


def _cell(path: Path, row: int, field: Mapping[str, str], held: Mapping[str, date]) -> MonthCell:
    def wrong(column: str, expected: str) -> DeliveryError:
        return _refused(path, f"the value of {column} cannot be read", row=row, column=column, expected=expected)

    def whole(column: str) -> int | None:
        if field[column] and not WHOLE.fullmatch(field[column]):
            raise wrong(column, "a whole number, or nothing where there is no source")
        return int(field[column]) if field[column] else None

    if not IDENTIFIER.fullmatch(field["indicator"]):
        raise wrong("indicator", "the id of an indicator")
    if field["month"] not in held:
        raise wrong("month", f"a month from {min(held)} to {max(held)}, as said above the rows")
    if field["status"] not in STATUSES:
        raise wrong("status", ", ".join(STATUSES))
    sourced = tuple(field["sourced"].split())
    if not set(sourced) <= BASES.keys():
        raise wrong("sourced", ", ".join(BASES))
    definition_version = whole("definition_version")
    if definition_version is None:
        raise wrong("definition_version", "a whole number")
    try:
        as_at = date.fromisoformat(field["as_at"])
    except ValueError:
        raise wrong("as_at", "a day, such as 2017-03-03") from None
    numbers = {column: whole(column) for column in ("numerator", "denominator", "children")}
    if (numbers["children"] or 0) < 0:
        raise wrong("children", "a whole number from 0")
    rules, excluded = _object(field["rules"]), _object(field["excluded"])
    if rules is None:
        raise wrong("rules", 'a JSON object, such as {"days": 10}')
    if excluded is None or not all(type(each) is int and each >= 0 for each in excluded.values()):
        raise wrong("excluded", 'a JSON object of whole numbers, such as {"not yet due": 3}')
    return MonthCell(
        field["indicator"], definition_version, field["fingerprint"], rules, as_at, held[field["month"]],
        field["category"] or None, numbers["numerator"], numbers["denominator"], excluded, numbers["children"],
        field["population"] or None, sourced, field["status"],
    )  # fmt: skip


def _object(text: str) -> dict[str, Any] | None:
    if not text:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _refused(
    path: Path, what: str, *, row: int | None = None, column: str | None = None, expected: str = ""
) -> DeliveryError:
    return DeliveryError(what, where=Place(file=path.name, row=row, column=column), expected=expected, remedy=AGAIN)
