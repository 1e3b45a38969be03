"""The dialect on DuckDB, the embedded default."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

from compendium.engine.dialect_reading import Columns
from compendium.engine.emission import SQL_TYPES, Emitter
from compendium.engine.engine import Engine
from compendium.errors import ComputeError


class DuckDBEmitter(Emitter):
    dialect = DuckDB

    def months_after(self, day: exp.Expression, months: exp.Expression) -> exp.Expression:
        return _later(day, "TO_MONTHS", months)

    def days_after(self, day: exp.Expression, days: exp.Expression) -> exp.Expression:
        return _later(day, "TO_DAYS", days)

    def days_between(self, earlier: exp.Expression, later: exp.Expression) -> exp.Expression:
        return exp.Anonymous(this="DATE_DIFF", expressions=[exp.Literal.string("day"), earlier, later])

    def seconds_between(self, earlier: exp.Expression, later: exp.Expression) -> exp.Expression:
        return exp.Anonymous(this="DATE_DIFF", expressions=[exp.Literal.string("second"), earlier, later])


class DuckDBEngine(Engine):
    """A connection on which catalogue SQL may run: in memory, spilling nowhere, reading no file, its settings fixed."""

    emitter = DuckDBEmitter()

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        external, locked, spill = self.rows(
            "SELECT current_setting('enable_external_access'), current_setting('lock_configuration'), "
            "current_setting('temp_directory')"
        )[0]
        if external or not locked or spill:
            raise ComputeError(
                "catalogue SQL runs only on a connection that is locked down",
                expected="temp_directory = '', enable_external_access = false, lock_configuration = true",
            )

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """ComputeError when the database refuses."""
        self._ask(sql, values)

    def clear(self, schema: str) -> None:
        self.run(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE; CREATE SCHEMA "{schema}"')

    def store(self, schema: str, table: str, sql: str) -> None:
        self.run(f"CREATE OR REPLACE TABLE {self.name(schema, table)} AS {sql}")

    def store_rows(self, schema: str, table: str, columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
        values = [list(each) for each in zip(*rows, strict=True)] or [[] for _ in columns]
        lists = ", ".join(f'UNNEST(?::{SQL_TYPES[kind]}[]) AS "{name}"' for name, kind in columns.items())
        self.run(f"CREATE OR REPLACE TABLE {self.name(schema, table)} AS SELECT {lists}", values)

    def stand_in(self, schema: str, table: str, columns: Columns, source: str) -> None:
        typed = ", ".join(f'CAST("{name}" AS {SQL_TYPES[kind]}) AS "{name}"' for name, kind in columns.items())
        self.run(f"CREATE OR REPLACE VIEW {self.name(schema, table)} AS SELECT {typed} FROM {source}")

    def drop(self, schema: str, table: str) -> None:
        self.run(f"DROP TABLE IF EXISTS {self.name(schema, table)}")

    def table(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        return self._ask(sql, ())

    def _ask(self, sql: str, values: Sequence[Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        try:
            made = self._connection.execute(sql, list(values)) if values else self._connection.execute(sql)
            return [column[0] for column in made.description or ()], made.fetchall()
        except duckdb.Error as fault:
            # The database's own words may quote a child's value, so only their kind is told.
            raise ComputeError(f"the database refused the query ({type(fault).__name__})") from fault


def _later(day: exp.Expression, unit: str, count: exp.Expression) -> exp.Expression:
    span = exp.Anonymous(this=unit, expressions=[exp.cast(count, "integer")])
    return exp.cast(exp.Add(this=day, expression=span), "date")
