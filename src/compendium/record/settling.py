"""The parts of one delivery, settled into one table each: what the delivery says of every event, once.

A delivery may speak of one event in several lists (Annex A's referral in lists 3 and 6). Within one
delivery, which describes one moment, a value beats an empty cell and a later list beats an earlier.
Rows that repeat a key within one list are different events of a dated table (two enquiries begun on
one day) and are told apart by an ordinal in that order; in an undated table (a child, a team)
they describe the same thing, and the last value stands.

A settled table has, beside its columns, `_row` (the source row), `_ordinal` and `_supplies`: one bit
for each set of columns that the row supplies, for an empty value that is supplied counts and one
that is not does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from compendium.record.intake import Part
from compendium.record.tables import Table

PART = 1 << 40  # more than the rows of any list, so that a later list comes after every row of an earlier one


@dataclass(frozen=True)
class Settled:
    """One canonical table of one delivery, as SQL over its parts."""

    table: Table
    columns: tuple[str, ...]  # in the order of the canonical table
    supplies: tuple[tuple[str, ...], ...]  # the first is bit 1 of `_supplies`, the second bit 2, the third bit 4
    query: str
    conflicts: int = 0  # events of which the delivery gives two different values for one column


def settle(connection: duckdb.DuckDBPyConnection, parts: Iterable[Part]) -> list[Settled]:
    """Every table that the parts feed."""
    by_table: dict[str, list[Part]] = {}
    for part in parts:
        if part.written:
            by_table.setdefault(part.table.name, []).append(part)
    return [_settle(connection, each) for each in by_table.values()]


def _settle(connection: duckdb.DuckDBPyConnection, parts: list[Part]) -> Settled:
    table = parts[0].table
    columns = tuple(name for name in table.column_names if any(name in part.columns for part in parts))
    repeats = len(parts) > 1 or _repeats(connection, parts[0])
    if len(parts) == 1 and (table.event or not repeats):
        marks = f"_row, ({_ordinal(parts[0]) if repeats else '1'})::INTEGER AS _ordinal, 1::BIGINT AS _supplies"
        return Settled(table, columns, (columns,), f"SELECT {marks}, {', '.join(columns)} FROM {parts[0].name}")
    # Lists that supply the same columns share a bit.
    sets = list(dict.fromkeys(frozenset(part.columns) for part in parts))
    supplies = tuple(tuple(name for name in columns if name in each) for each in sets)
    rows, key = _union(parts, columns, sets), ", ".join([*(name for name in table.key if name in columns), "_ordinal"])
    # arg_max passes over empty values: within one delivery any value beats none.
    values = ", ".join(name if name in table.key else f"arg_max({name}, _at) AS {name}" for name in columns)
    query = (
        f"SELECT min(_row) AS _row, _ordinal, bit_or(_bit)::BIGINT AS _supplies, {values} FROM ({rows}) GROUP BY {key}"
    )
    return Settled(table, columns, supplies, query, _conflicts(connection, rows, key, set(columns) - set(table.key)))


def _conflicts(connection: duckdb.DuckDBPyConnection, rows: str, key: str, columns: set[str]) -> int:
    differ = " OR ".join(f"min({name}) <> max({name})" for name in sorted(columns)) or "false"
    found = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM ({rows}) GROUP BY {key} HAVING {differ})"
    ).fetchone()
    return int(found[0]) if found else 0


def _keys(part: Part) -> str:
    return ", ".join(name for name in part.table.key if name in part.columns)


def _ordinal(part: Part) -> str:
    """Tells rows that repeat a key apart, in the order in which the reader gave them."""
    return f"row_number() OVER (PARTITION BY {_keys(part)} ORDER BY rowid)"


def _repeats(connection: duckdb.DuckDBPyConnection, part: Part) -> bool:
    found = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {part.name} GROUP BY {_keys(part)} HAVING count(*) > 1)"
    ).fetchone()
    return bool(found and found[0])


def _union(parts: list[Part], columns: tuple[str, ...], sets: list[frozenset[str]]) -> str:
    """All parts under one another: `_at` is a row's place, `_bit` the set of columns it supplies."""
    table = parts[0].table
    pieces = []
    for number, part in enumerate(parts):
        ordinal = _ordinal(part) if table.event else "1"
        values = ", ".join(
            name if name in part.columns else f"NULL::{table.column(name).sql_type} AS {name}" for name in columns
        )
        pieces.append(
            f"SELECT _row, {number}::BIGINT * {PART} + rowid AS _at, ({ordinal})::INTEGER AS _ordinal,"
            f" {1 << sets.index(frozenset(part.columns))} AS _bit, {values} FROM {part.name}"
        )
    return " UNION ALL ".join(pieces)
