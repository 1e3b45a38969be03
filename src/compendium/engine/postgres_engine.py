"""The dialect on PostgreSQL: in temporary tables of one session, which no other sees and which end with it.

Texts are compared byte by byte (COLLATE "C"), as the other engines do, whatever the database's own order is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from psycopg.adapt import Loader
from sqlglot import exp
from sqlglot.dialects.postgres import Postgres

from compendium.engine.dialect_reading import Columns
from compendium.engine.emission import SQL_TYPES, Emitter
from compendium.engine.engine import Engine
from compendium.errors import ComputeError

BYTES = '"C"'  # the collation that compares bytes
SETTINGS = (
    "SET datestyle TO ISO",
    "SET temp_buffers TO '256MB'",
    "SET work_mem TO '128MB'",
    "SET jit TO off",  # its compiling takes longer than these queries
)


class PostgresEmitter(Emitter):
    dialect = Postgres

    def months_after(self, day: exp.Expression, months: exp.Expression) -> exp.Expression:
        span = exp.Anonymous(this="MAKE_INTERVAL", expressions=[exp.Literal.number(0), exp.cast(months, "int")])
        return exp.cast(exp.Add(this=day, expression=span), "date")

    def days_after(self, day: exp.Expression, days: exp.Expression) -> exp.Expression:
        return exp.paren(exp.Add(this=exp.cast(day, "date"), expression=exp.cast(days, "int")), copy=False)

    def days_between(self, earlier: exp.Expression, later: exp.Expression) -> exp.Expression:
        return exp.paren(exp.Sub(this=exp.cast(later, "date"), expression=exp.cast(earlier, "date")), copy=False)

    def seconds_between(self, earlier: exp.Expression, later: exp.Expression) -> exp.Expression:
        span = exp.paren(exp.Sub(this=exp.cast(later, "timestamp"), expression=exp.cast(earlier, "timestamp")))
        return exp.cast(exp.Extract(this=exp.Var(this="EPOCH"), expression=span), "bigint")

    def field_of(self, name: str, day: exp.Expression) -> exp.Expression:
        return exp.cast(super().field_of(name, day), "int")

    def literal_text(self, literal: exp.Expression) -> exp.Expression:
        return exp.Collate(this=literal.copy(), expression=exp.to_identifier("C", quoted=True))

    def place(self, schema: str, table: str) -> tuple[str, str]:
        return "pg_temp", f"{schema}.{table}"


class PostgresEngine(Engine):
    """An open connection of psycopg's. Everything happens in one transaction, which `close` takes back."""

    emitter = PostgresEmitter()

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._stored: dict[tuple[str, str], str] = {}  # whether each is a TABLE or a VIEW
        connection.autocommit = False
        connection.prepare_threshold = None  # a name may come to stand for rows of other types
        connection.adapters.register_loader("numeric", _WholeLoader)
        for setting in SETTINGS:
            self._run(setting)

    def close(self) -> None:
        """Nothing remains in the database. The connection stays open."""
        self._connection.rollback()
        self._stored.clear()

    def clear(self, schema: str) -> None:
        for place, table in list(self._stored):
            if place == schema:
                self.drop(place, table)

    def store(self, schema: str, table: str, sql: str) -> None:
        self._make("TABLE", schema, table, f"AS {sql}")
        self._run(f"ANALYZE {self.name(schema, table)}")  # or the planner takes it for small

    def store_rows(self, schema: str, table: str, columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
        typed = ", ".join(f'"{name}" {_type(kind)}' for name, kind in columns.items())
        self._make("TABLE", schema, table, f"({typed})")
        try:
            with (
                self._connection.transaction(),
                self._connection.cursor() as cursor,
                cursor.copy(f"COPY {self.name(schema, table)} FROM STDIN".encode()) as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        except psycopg.Error as fault:
            raise _refused(fault) from None
        self._run(f"ANALYZE {self.name(schema, table)}")

    def stand_in(self, schema: str, table: str, columns: Columns, source: str) -> None:
        typed = ", ".join(f'{_typed(name, kind)} AS "{name}"' for name, kind in columns.items())
        self._make("VIEW", schema, table, f"AS SELECT {typed} FROM {source}")

    def drop(self, schema: str, table: str) -> None:
        kind = self._stored.pop((schema, table), None)
        if kind is not None:
            self._run(f"DROP {kind} {self.name(schema, table)} CASCADE")

    def table(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        return self._run(sql)

    def _make(self, kind: str, schema: str, table: str, what: str) -> None:
        self.drop(schema, table)
        self._run(f"CREATE TEMP {kind} {self.name(schema, table)} {what}")
        self._stored[schema, table] = kind

    def _run(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Within a savepoint, so that one query that is refused does not end the transaction."""
        try:
            with self._connection.transaction(), self._connection.cursor() as cursor:
                cursor.execute(sql.encode())
                names = [column.name for column in cursor.description or ()]
                return names, cursor.fetchall() if names else []
        except psycopg.Error as fault:
            raise _refused(fault) from None


class _WholeLoader(Loader):
    """Sums of bigint are numeric to PostgreSQL; every number of ours is whole."""

    def load(self, data: Any) -> int:
        return int(bytes(data))


def _type(kind: str) -> str:
    return f"TEXT COLLATE {BYTES}" if kind == "text" else SQL_TYPES[kind]


def _typed(name: str, kind: str) -> str:
    collated = f" COLLATE {BYTES}" if kind == "text" else ""
    return f'CAST("{name}" AS {SQL_TYPES[kind]}){collated}'


def _refused(fault: psycopg.Error) -> ComputeError:
    # The database's own words may quote a child's value, so only their kind is told.
    return ComputeError(f"the database refused the query ({type(fault).__name__})")
