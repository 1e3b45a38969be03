"""A drawing board: one database for drawn rows, wiped and used again, since making one takes longer than drawing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb

from compendium.errors import ComputeError
from compendium.record.filling import create
from compendium.record.memory import Memory
from compendium.record.tables import TABLES, Table
from compendium.record.teams import UnknownTeam, settle_teams

BATCH = 200  # drawn rows inserted by one statement
DEPARTMENTS = ("department", "team")  # of a department that is drawn, a team is made


class Board:
    """connection: closed to files and network; it holds what was drawn last."""

    def __init__(self) -> None:
        memory = Memory()
        create(memory.connection)
        self.connection = memory.lock()
        self._drawn: set[str] = set()

    def draw(self, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> tuple[UnknownTeam, ...]:
        """In place of what was there; the names of teams that no row of `team` explains.

        ComputeError for a table or column that does not exist, or a value that its column cannot hold.
        """
        for name in self._drawn:
            self.connection.execute(f"DELETE FROM record.{name}")
        self._drawn = set(DEPARTMENTS)
        for name, rows in tables.items():
            if name not in TABLES:
                raise ComputeError(f"there is no table {name!r}", expected=_nearest(name, TABLES))
            self._drawn.add(name)
            _insert(self.connection, TABLES[name], list(rows))
        return settle_teams(self.connection, tables)


def _insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        for name in row:
            if name not in table.column_names:
                raise ComputeError(
                    f"the table {table.name} has no column {name!r}", expected=_nearest(name, table.column_names)
                )
    one = f"({', '.join('?' * len(table.columns))})"
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        values = [row.get(name) for row in batch for name in table.column_names]
        try:
            connection.execute(f"INSERT INTO record.{table.name} VALUES {', '.join([one] * len(batch))}", values)
        except duckdb.Error as fault:
            said = str(fault).partition("\n")[0]
            raise ComputeError(
                f"a drawn row of {table.name} does not fit its columns: {said}", expected="a day as 2017-01-31"
            ) from fault


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=3)
    return f"did you mean {' or '.join(near)}?" if near else f"one of {', '.join(known)}"
