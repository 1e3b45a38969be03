"""Handing the record over to an engine: the canonical tables that are wanted, of one authority or of many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.engine.engine import Engine
from compendium.engine.partition import ALONE, Partition
from compendium.record.memory import Memory
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES

SCHEMA = "record"
BATCH = 10_000  # rows fetched at a time


def empty_duckdb() -> DuckDBEngine:
    """A database in memory, closed to files and network, to which records can be handed over."""
    engine = DuckDBEngine(Memory().lock())
    engine.clear(SCHEMA)
    return engine


def hand_over(
    engine: Engine, snapshots: Mapping[str, Snapshot], tables: Collection[str], partition: Partition = ALONE
) -> None:
    """Copies tables of snapshots; with a partition each row says whose it is, by the snapshots' names."""
    for name in tables:
        columns = dict(TABLES[name].relation)
        if partition.column:
            columns[partition.column] = "text"
        engine.store_rows(SCHEMA, name, columns, rows_of(snapshots, name, named=bool(partition.column)))


def rows_of(snapshots: Mapping[str, Snapshot], table: str, *, named: bool) -> Iterator[tuple[Any, ...]]:
    """The rows of a table of snapshots; named: each with whose it is at its end."""
    columns = ", ".join(f'"{name}"' for name in TABLES[table].column_names)
    for authority, snapshot in snapshots.items():
        cursor = snapshot.connection.cursor()
        try:
            cursor.execute(f'SELECT {columns} FROM record."{table}"')
            while rows := cursor.fetchmany(BATCH):
                yield from ((*row, authority) for row in rows) if named else rows
        finally:
            cursor.close()
