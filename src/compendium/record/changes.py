"""What deliveries changed: the record before them against the record with them, event by event.

An event is added, withdrawn, corrected (a value that stood is another now, or gone), closed (its end is known
now, and was not) or completed (something else that was empty is known now, or a state has moved on: what was so on
the day of one delivery may be otherwise on that of the next). An added event is late when a
delivery before had already spoken of its whole month: it belongs to a month that had been reported. Rows that
repeat a key are paired in the order of their values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import duckdb

from compendium import words
from compendium.record.access import AccessRecord, ChildRows
from compendium.record.delivery import DeliveryInfo
from compendium.record.filling import ReadBlob, create, fill
from compendium.record.identity import TABLE as LINKS
from compendium.record.memory import Memory
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES, Table
from compendium.record.teams import settle_teams

Kind = Literal["added", "completed", "closed", "corrected", "withdrawn"]
Row = tuple[Any, ...]
KINDS: tuple[Kind, ...] = ("added", "completed", "closed", "corrected", "withdrawn")


@dataclass(frozen=True)
class Change:
    """One event of a table. values: column -> what it was and what it is; of an event that was added or withdrawn,
    every column that has a value. late: it was added to a month that had been reported."""

    table: str
    kind: Kind
    key: dict[str, Any]
    values: dict[str, tuple[Any, Any]]
    late: bool = False


@dataclass(frozen=True)
class Counts:
    """How many events of a table changed, and of those added how many are late."""

    added: int = 0
    late: int = 0
    completed: int = 0
    closed: int = 0
    corrected: int = 0
    withdrawn: int = 0


class Changes:
    """counts: table -> how many; tables in which nothing changed are left out. They name no child. assumed_ends: how
    many events have ended on a day that is only assumed, because a list of what is open shows them no more.

    what: the words by which a reading of the rows is recorded.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, counts: dict[str, Counts], assumed_ends: int, what: str
    ) -> None:
        self._connection, self.counts, self.assumed_ends, self._what = connection, counts, assumed_ends, what

    def hand_out(self, *, access: AccessRecord, who: str, why: str) -> ChildRows:
        """A row for every value that changed, once it is on record that they are read.

        Columns: table, change, late (1 or 0), child_id (where the table has one), key, column, was, now.
        """
        rows = [
            {
                "table": table,
                "change": change.kind,
                "late": int(change.late),
                "child_id": change.key.get("person_id"),
                "key": ", ".join(f"{name} {value}" for name, value in change.key.items() if name != "person_id"),
                "column": column,
                "was": was,
                "now": now,
            }
            for table in self.counts
            for change in self.events_changed(table)
            for column, (was, now) in change.values.items()
        ]
        return access.hand_out(
            rows, children=(str(row["child_id"] or "") for row in rows), who=who, what=self._what, why=why
        )

    def events_changed(self, table: str) -> Iterator[Change]:
        """Every event of a table that changed, in the order of its key; no surface takes them from here."""
        drawn = TABLES[table]
        names = [column.name for column in drawn.columns]
        found = self._connection.execute(f"SELECT * EXCLUDE (twin) FROM changes.{table} ORDER BY ALL")
        while batch := found.fetchmany(1000):
            for kind, late, *values in batch:
                was, now = dict(zip(names, values, strict=False)), dict(zip(names, values[len(names) :], strict=True))
                told = was if kind == "withdrawn" else now
                differing = {name: (was[name], now[name]) for name in names if was[name] != now[name]}
                key = {name: told[name] for name in drawn.key}
                yield Change(table, kind, key, differing, late)

    def close(self) -> None:
        self._connection.close()


def changes_between(before: Snapshot, after: Snapshot, tables: Collection[str], children: Collection[str]) -> Changes:
    """Between two records that stand in memory already, of some tables; of those that are kept by child, of some
    children. None of it is told as late."""
    known = {each.delivery_id for each in before.deliveries}
    new = [each for each in after.deliveries if each.delivery_id not in known]
    memory = Memory(threads=1)
    connection = memory.connection
    create(connection)
    connection.execute("CREATE SCHEMA was; CREATE SCHEMA changes")
    counts = {}
    for name in sorted(set(tables) & _touched(new)):
        connection.execute(f"CREATE TABLE was.{name} AS FROM record.{name}")
        kept = _kept(TABLES[name], before, after, children)
        for schema, rows in zip(("was", "record"), kept, strict=True):
            _take(connection, schema, TABLES[name], rows)
        connection.execute(_difference(TABLES[name], None))
        counts[name] = _counted(connection, name)
    memory.lock()
    return Changes(connection, {name: each for name, each in counts.items() if each != Counts()}, 0, _what(new))


def _kept(table: Table, before: Snapshot, after: Snapshot, children: Collection[str]) -> tuple[list[Row], list[Row]]:
    """The rows that may differ: of the children, or where the table is not kept by child, those that only one has."""
    columns = ", ".join(table.column_names)
    both = (before.connection, after.connection)
    if "person_id" in table.key:
        which, one_of = "person_id", [list(children)] * 2
        kind = "VARCHAR"
    else:
        which, kind = f"hash({columns})", "UBIGINT"
        was, now = (
            {one for (one,) in each.execute(f"SELECT {which} FROM record.{table.name}").fetchall()} for each in both
        )
        one_of = [list(was - now), list(now - was)]
    asked = f"SELECT {columns} FROM record.{table.name} WHERE {which} IN (SELECT unnest(?::{kind}[]))"
    was_rows, now_rows = (each.execute(asked, [some]).fetchall() for each, some in zip(both, one_of, strict=True))
    return was_rows, now_rows


def _take(connection: duckdb.DuckDBPyConnection, schema: str, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        lists = ", ".join(f"unnest(?::{column.sql_type}[])" for column in table.columns)
        values = [list(each) for each in zip(*rows, strict=True)]
        connection.execute(f"INSERT INTO {schema}.{table.name} SELECT {lists}", values)


def changes_of(before: Sequence[DeliveryInfo], after: Sequence[DeliveryInfo], read: ReadBlob) -> Changes:
    """Between two records, each given by its deliveries, oldest first."""
    new = [each for each in after if each not in before]
    touched = _touched(new)
    wanted = touched | {"team", "department"}
    memory = Memory()
    connection = memory.connection
    create(connection)
    connection.execute("CREATE SCHEMA was; CREATE SCHEMA changes")
    settle_teams(connection, fill(memory, wanted, before, read))
    for name in wanted:
        connection.execute(f"CREATE TABLE was.{name} AS FROM record.{name}; TRUNCATE record.{name}")
    connection.execute("CREATE TABLE was.assumed_end AS FROM merging.assumed_end; TRUNCATE merging.assumed_end")
    settle_teams(connection, fill(memory, wanted, after, read))
    reported = _reported(before)
    counts = {}
    for name in sorted(touched):
        connection.execute(_difference(TABLES[name], reported.get(name)))
        counts[name] = _counted(connection, name)
    assumed = "SELECT count(*) FROM (FROM merging.assumed_end EXCEPT FROM was.assumed_end)"
    ((assumed_ends,),) = connection.execute(assumed).fetchall()
    memory.lock()
    told = {name: each for name, each in counts.items() if each != Counts()}
    return Changes(connection, told, assumed_ends, _what(new))


def _touched(new: Sequence[DeliveryInfo]) -> set[str]:
    """The tables that new deliveries may have changed, with those that are made of episodes."""
    touched = {name for each in new for name in (*each.tables, *(one.table for one in each.coverage))}
    if LINKS in touched:  # what was told of one child may be another's now
        touched |= {table.name for table in TABLES.values() if "person_id" in table.column_names}
    return touched | ({"lac_period", "placement", "legal_status"} if "lac_episode" in touched else set())


def _what(new: Sequence[DeliveryInfo]) -> str:
    if len(new) == 1:
        return f"what delivery {new[0].sequence} changed"
    return f"what {words.plural(len(new), 'delivery', 'deliveries')} changed"


def _reported(deliveries: Sequence[DeliveryInfo]) -> dict[str, date]:
    """Table -> the last day of which a delivery speaks."""
    reported: dict[str, date] = {}
    for one in (coverage for delivery in deliveries for coverage in delivery.coverage):
        reported[one.table] = max(one.complete_to, reported.get(one.table, date.min))
    return reported


def _difference(table: Table, reported: date | None) -> str:
    """SQL that makes `changes.<table>`: kind, late, the columns as they were, the columns as they are."""
    key = [*table.key, "twin"]
    twin = f"row_number() OVER (PARTITION BY {', '.join(table.key)} ORDER BY {', '.join(table.column_names)}) AS twin"
    sides = {schema: f"(SELECT *, {twin} FROM {schema}.{table.name})" for schema in ("was", "record")}
    differs = {name: f"was.{name} IS DISTINCT FROM now.{name}" for name in table.column_names if name not in table.key}
    stood = [f"(was.{name} IS NOT NULL AND {differ})" for name, differ in differs.items() if name not in table.states]
    corrected = " OR ".join(stood) or "false"
    closed = f"was.{table.ends} IS NULL AND now.{table.ends} IS NOT NULL" if table.ends else "false"
    late = f"last_day(now.{table.event}) <= DATE '{reported}'" if table.event and reported else "false"
    values = ", ".join(f"{side}.{name} AS {side}_{name}" for side in ("was", "now") for name in table.column_names)
    same = " AND ".join(f"was.{name} IS NOT DISTINCT FROM now.{name}" for name in key)
    return (
        f"CREATE TABLE changes.{table.name} AS SELECT CASE WHEN was.twin IS NULL THEN 'added'"
        f" WHEN now.twin IS NULL THEN 'withdrawn' WHEN {corrected} THEN 'corrected' WHEN {closed} THEN 'closed'"
        " ELSE 'completed'"
        f" END AS kind, was.twin IS NULL AND coalesce({late}, false) AS late, {values},"
        f" coalesce(was.twin, now.twin) AS twin FROM {sides['was']} AS was FULL JOIN {sides['record']} AS now ON {same}"
        f" WHERE was.twin IS NULL OR now.twin IS NULL OR {' OR '.join(differs.values()) or 'false'}"
    )


def _counted(connection: duckdb.DuckDBPyConnection, table: str) -> Counts:
    counted = ", ".join(f"count(*) FILTER (WHERE kind = '{kind}')" for kind in KINDS)
    found = connection.execute(f"SELECT {counted}, count(*) FILTER (WHERE late) FROM changes.{table}").fetchall()[0]
    return Counts(late=found[-1], **dict(zip(KINDS, found, strict=False)))
