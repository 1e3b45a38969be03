"""Draws rows of any canonical table from the drawing of its columns, so that no table is ever left empty."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from compendium.record.codes import codes
from compendium.record.tables import Column, Table
from tests.catalogue.drawing.draw import FAMILIES, WORKERS, Draw
from tests.catalogue.naive.history import AREAS, Row

ROWS = 30
WORD = re.compile(r"\b[a-z][a-z_]+\b(?=,| or |$)")  # what a column's words list as its values


def rows_of(draw: Draw, table: Table) -> list[Row]:
    """Some rows; of two with the same key the last stays."""
    made: dict[tuple[Any, ...], Row] = {}
    for number in range(ROWS):
        row: Row = {}
        for column in table.columns:
            row[column.name] = _value(draw, table, column, row, number)
            if row[column.name] is None and (column.required or column.name in table.key):
                row[column.name] = _value(draw, table, column, row, number, always=True)
        made[tuple(row[name] for name in table.key)] = row
    return list(made.values())


def _value(draw: Draw, table: Table, column: Column, row: Row, number: int, *, always: bool = False) -> Any:
    if not always and draw.often(0.1):
        return None
    match column.type:
        case "date" | "timestamp":
            return _day(draw, table, column, row)
        case "flag":
            return draw.one(0, 1)
        case "integer" | "pence" | "hundredths" | "millionths":
            return draw.one(0, 1, 2, 5, 100, 1000)
        case "team":
            return draw.one("NE1", "NE2", "NW1", "SE1", "SW1", "CW1")
        case "worker":
            return draw.one(*WORKERS)
    if column.code_set:
        return draw.one(*codes(column.code_set))
    return _text(draw, table, column, number)


def _day(draw: Draw, table: Table, column: Column, row: Row) -> date | datetime:
    """The event somewhere in the last months, and the others after it."""
    if column.name == "month_end":
        return draw.month_end(14)
    event = row.get(table.event or "")
    start = event if isinstance(event, date) else next((each for each in row.values() if isinstance(each, date)), None)
    if isinstance(start, datetime):
        start = start.date()
    day = draw.recent() if start is None else draw.one(draw.after(start, 0, 5, 10, 60), draw.months_after(start, 6))
    if column.name in ("end_date", "valid_to", "close_date") and start is not None:
        day = max(draw.one(day, draw.month), start)
    return draw.moment(day) if column.type == "timestamp" else day


def _text(draw: Draw, table: Table, column: Column, number: int) -> str | None:
    if column.name == "person_id":
        return draw.one(*draw.children)
    if column.name == "area_id":
        return draw.one(*AREAS, "countywide")
    if column.name == "family_id":
        return draw.one(*filter(None, FAMILIES))
    if column.name in table.key and column.name.endswith("_id"):
        return str(number)
    if column.name.endswith("_id"):
        return str(draw.rng.randrange(ROWS))
    listed = [word for word in WORD.findall(column.says) if word not in ("or", "and", "as")]
    return draw.one(*listed) if listed else draw.one("a", "b")
