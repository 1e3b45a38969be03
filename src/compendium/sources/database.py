"""A council's own database, read as it stood at one moment and never written to.

One transaction that cannot write sees all tables as of its beginning, whatever is changed meanwhile; rows
come in chunks from a cursor on the server, so that memory stays flat; only the columns asked for are fetched,
each as text, so that a cell reads as it would in a file. What the driver says of an error is never shown: it
may quote a value or the connection. PostgreSQL by psycopg; SQL Server by pyodbc, through the same code.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from compendium.errors import DeliveryError, Place
from compendium.workspace import Database

CHUNK = 5_000  # rows fetched at a time
PATIENCE = 15  # seconds to wait for a connection
SQLSTATE = re.compile(r"[0-9A-Z]{5}")
# Beginnings of an SQLSTATE, words of the driver (in small letters): what that means, and what to do.
FAULTS: Sequence[tuple[tuple[str, ...], tuple[str, ...], str, str]] = (
    (("28",), ("password", "authentication", "login failed", "pg_hba"), "the database does not let this user in",
     "check the user in connection, and the password in the variable that password_variable names"),
    (("42501",), ("permission",), "this user may not read what is needed",
     "ask for SELECT on the tables of the dataset for this user"),
    (("3D", "3F"), ("does not exist",), "what connection or schema names is not there", "check both settings"),
    (("08", "HYT", "57"), ("refused", "timeout", "timed out", "could not", "no such file", "closed", "terminat"),
     "the database cannot be reached, or ended the connection",
     "check host and port in connection, and that the database is running; then load again"),
    (("25", "40"), ("snapshot",), "the database cannot show all tables as of one moment",
     "SQL Server needs ALLOW_SNAPSHOT_ISOLATION; otherwise load again when nobody changes the tables"),
)  # fmt: skip


class Driver(Protocol):
    """What a kind of database needs of its own. mark: of a parameter. own_schema: SQL for the user's."""

    mark: str
    own_schema: str
    errors: type[Exception]

    def connect(self, database: Database, password: str | None) -> Any: ...
    def cursor(self, connection: Any) -> Any: ...
    def as_text(self, column: str, kind: str) -> str: ...


class PostgreSQL:
    mark, own_schema = "%s", "current_schema()"

    def __init__(self) -> None:
        import psycopg

        self._driver: Any = psycopg
        self.errors: type[Exception] = psycopg.Error

    def _opened(self, database: Database, password: str | None) -> Any:
        extra: dict[str, Any] = {"password": password} if password else {}
        if "connect_timeout" not in database.connection:
            extra["connect_timeout"] = PATIENCE
        return self._driver.connect(database.connection, application_name="compendium", **extra)

    def connect(self, database: Database, password: str | None) -> Any:
        connection = self._opened(database, password)
        connection.isolation_level = self._driver.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.execute("SET LOCAL datestyle TO ISO")
        return connection

    def connect_to_count(self, database: Database, password: str | None) -> Any:
        """A connection in which temporary tables may be made."""
        return self._opened(database, password)

    def cursor(self, connection: Any) -> Any:
        return connection.cursor(name="compendium")  # a named cursor stays on the server

    def as_text(self, column: str, kind: str) -> str:
        return f'{column}::text COLLATE "C"'


class SQLServer:
    """Written to the same interface; there has been no SQL Server to prove it on."""

    mark, own_schema = "?", "SCHEMA_NAME()"

    def __init__(self) -> None:
        import pyodbc

        self._driver: Any = pyodbc
        self.errors: type[Exception] = pyodbc.Error

    def connect(self, database: Database, password: str | None) -> Any:
        secret = f";PWD={{{password.replace('}', '}}')}}}" if password else ""
        connection = self._driver.connect(database.connection + secret, timeout=PATIENCE, readonly=True)
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL SNAPSHOT")
        return connection

    def cursor(self, connection: Any) -> Any:
        return connection.cursor()  # reads forward only, as rows arrive

    def as_text(self, column: str, kind: str) -> str:
        if "date" in kind or "time" in kind:
            return f"CONVERT(nvarchar(33), {column}, 126)"  # ISO 8601
        if kind in ("float", "real"):
            return f"CONVERT(nvarchar(33), {column}, 3)"  # every digit
        return f"CAST({column} AS nvarchar(max))"


DRIVERS: Mapping[str, tuple[type[Driver], str]] = {
    "postgresql": (PostgreSQL, "postgres"), "sqlserver": (SQLServer, "mssql"),
}  # fmt: skip


class Connection:
    """One moment of a database. Made by `connected`."""

    def __init__(self, database: Database, driver: Driver, connection: Any) -> None:
        self._database, self._driver, self._connection = database, driver, connection
        self._schema: str | None = None
        self._kinds: dict[tuple[str, str], str] = {}

    def tables(self, names: Collection[str]) -> dict[str, list[str]]:
        """Of the tables named, those that are there and may be read, by their names there -> their columns."""
        mark = self._driver.mark
        schema = mark if self._database.schema else self._driver.own_schema
        found = self._all(
            f"SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns WHERE"
            f" table_schema = {schema} ORDER BY table_name, ordinal_position",
            [self._database.schema] if self._database.schema else [],
        )
        tables: dict[str, list[str]] = {}
        for schema_name, table, column, kind in found:
            if table.lower() in names:
                self._schema = schema_name
                self._kinds[table, column] = kind.lower()
                tables.setdefault(table, []).append(column)
        return tables

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
        """Every row, in an order that depends on the rows alone."""
        texts = [self._driver.as_text(_quoted(column), self._kinds[table, column]) for column in columns]
        order = ", ".join(str(place) for place in range(1, len(columns) + 1))
        with self._told():
            cursor = self._driver.cursor(self._connection)
            cursor.execute(f"SELECT {', '.join(texts)} FROM {self._named(table)} ORDER BY {order}")
        try:
            while chunk := self._fetch(cursor):
                yield from map(tuple, chunk)
        finally:
            cursor.close()

    def count(self, table: str) -> int:
        ((rows,),) = self._all(f"SELECT count(*) FROM {self._named(table)}", [])
        return int(rows)

    def _named(self, table: str) -> str:
        return f"{_quoted(self._schema or '')}.{_quoted(table)}"

    def _all(self, query: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with self._told():
            cursor = self._connection.cursor()
            cursor.execute(query, values)
            return list(map(tuple, cursor.fetchall()))

    def _fetch(self, cursor: Any) -> list[Any]:
        with self._told():
            return list(cursor.fetchmany(CHUNK))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except self._driver.errors as fault:
            raise _refused(self._database, fault) from None


@contextmanager
def connected(database: Database) -> Iterator[Connection]:
    """DeliveryError when the driver is not installed, or the database cannot be reached or does not let us in."""
    driver = _driver(database)
    with _open(database, driver, driver.connect) as connection:
        yield Connection(database, driver, connection)


@contextmanager
def counting_in(database: Database) -> Iterator[Any]:
    """A connection of psycopg's to a PostgreSQL database, to count in. DeliveryError as above, or for another kind."""
    driver = _driver(database)
    if not isinstance(driver, PostgreSQL):
        raise DeliveryError(
            f"figures cannot be counted in a {database.driver} database",
            where=Place(file=f"database {database.name}"),
            remedy='name one with driver = "postgresql"',
        )
    with _open(database, driver, driver.connect_to_count) as connection:
        yield connection


def _driver(database: Database) -> Driver:
    kind, extra = DRIVERS[database.driver]
    try:
        return kind()
    except ImportError:
        raise DeliveryError(
            f"what reads a {database.driver} database is not installed",
            where=Place(file=f"database {database.name}"),
            remedy=f"install Compendium with it: compendium[{extra}]",
        ) from None


@contextmanager
def _open(database: Database, driver: Driver, connect: Callable[[Database, str | None], Any]) -> Iterator[Any]:
    try:
        connection = connect(database, _password(database))
    except driver.errors as fault:
        raise _refused(database, fault) from None
    try:
        yield connection
    finally:
        connection.close()  # nothing was changed, so there is nothing to commit


def _password(database: Database) -> str | None:
    if database.password_variable is None:
        return None
    password = os.environ.get(database.password_variable)
    if not password:
        raise DeliveryError(
            f"the environment variable {database.password_variable} is not set",
            where=Place(file=f"database {database.name}"),
            expected="the password of the database's user, as its settings say",
            remedy="set it for whoever runs this command, or take password_variable out of the settings",
        )
    return password


def _refused(database: Database, fault: Exception) -> DeliveryError:
    """In our own words: the driver's may quote a value, or the connection."""
    given = getattr(fault, "sqlstate", None) or (fault.args[0] if fault.args else "")
    state = given if isinstance(given, str) and SQLSTATE.fullmatch(given) else ""
    said = "" if state else str(fault).lower()
    what, remedy = next(
        (
            (what, remedy)
            for states, hints, what, remedy in FAULTS
            if (state.startswith(states) if state else any(hint in said for hint in hints))
        ),
        ("the database answered with an error", "ask whoever runs the database"),
    )
    return DeliveryError(
        f"{what}{f' (SQLSTATE {state})' if state else ''}",
        where=Place(file=f"database {database.name}"),
        remedy=f"{remedy}; nothing was loaded",
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
