"""Fills the tables of the schema `record` from deliveries: each staged, settled against the others, and merged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from compendium.record import vanishing
from compendium.record.adoptions import make_adoptions
from compendium.record.behind import take_over
from compendium.record.coverage import Coverage
from compendium.record.delivery import DeliveryInfo
from compendium.record.episodes import MADE, begin_before, made_columns, make, trace
from compendium.record.identity import TABLE as LINKS
from compendium.record.identity import Link, link_rows, read_links, resolve, store_links
from compendium.record.memory import Memory
from compendium.record.merging import merge
from compendium.record.staging import Contribution, Teller, stage
from compendium.record.tables import TABLES, Table
from compendium.record.unread import Unread, store_unread


@dataclass(frozen=True)
class ReadBlob:
    """Opens the blobs of a record. adoptions: whether links between the ids of an adopted child apply in it."""

    open: Callable[[str, str], bytes]  # of a delivery, by its id, the blob of a name
    adoptions: bool = False

    def __call__(self, delivery_id: str, name: str) -> bytes:
        return self.open(delivery_id, name)


# A return tells a time missing by its day, so from midnight; told with its hour beside it, it is one time, not two.
TOLD_BY_DAY = """DELETE FROM record.missing_episode AS m WHERE m.started_at = m.started_on::TIMESTAMP
    AND m.rhi_offered_at IS NULL AND m.rhi_completed_at IS NULL AND EXISTS (
      SELECT 1 FROM record.missing_episode AS t
      WHERE t.person_id = m.person_id AND t.started_on = m.started_on AND t.started_at > m.started_at)"""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables of the schema `record`, empty."""
    statements = [
        f"CREATE TABLE record.{table.name} ({', '.join(f'{each.name} {each.sql_type}' for each in table.columns)})"
        for table in TABLES.values()
    ]
    assumed = "CREATE TABLE merging.assumed_end (table_name VARCHAR, person_id VARCHAR, began DATE, assumed DATE)"
    schemas = ("CREATE SCHEMA record", "CREATE SCHEMA merging", assumed)
    connection.execute(";".join(["BEGIN", *schemas, *statements, "COMMIT"]))


def fill(memory: Memory, wanted: Collection[str], deliveries: Sequence[DeliveryInfo], read: ReadBlob) -> set[str]:
    """Fills the tables wanted from the deliveries, oldest first; the names of those that any delivery feeds."""
    fed = {name for delivery in deliveries for name in delivery.tables}.intersection({*wanted, LINKS})
    linked = LINKS in fed
    if linked:
        _fill_one(memory, TABLES[LINKS], deliveries, read)
        store_links(memory.connection, resolve(read_links(memory.connection, adoptions=read.adoptions)))
    if "adoption_decision" in fed:
        _fill_one(memory, TABLES["adoption_decision"], deliveries, read, None, linked)
    made = _make_of_episodes(memory, wanted, deliveries, read, linked) if "lac_episode" in fed else {}
    for name in sorted((fed | made.keys()) - {"lac_episode", "adoption_decision", LINKS}):
        _fill_one(memory, TABLES[name], deliveries, read, made.get(name), linked)
    if "missing_episode" in fed:
        memory.connection.execute(TOLD_BY_DAY)
    return fed


def told_links(deliveries: Sequence[DeliveryInfo], read: ReadBlob) -> dict[Link, date | None]:
    """The links between ids, whether they agree or not, each with the day it was undone."""
    if not any(LINKS in delivery.tables for delivery in deliveries):
        return {}
    memory = Memory(threads=1)
    try:
        create(memory.connection)
        _fill_one(memory, TABLES[LINKS], deliveries, read)
        return link_rows(memory.connection)
    finally:
        memory.close()


def _fill_one(
    memory: Memory,
    table: Table,
    deliveries: Sequence[DeliveryInfo],
    read: ReadBlob,
    made: Contribution | None = None,
    linked: bool = False,
) -> None:
    """made: rows that are made of another table's. linked: whether there are links between ids."""
    connection = memory.connection
    contributions, coverage, unread = _stage(memory, table, list(enumerate(deliveries)), read, linked, made)
    if made is not None:
        connection.execute(begin_before(table, made))
    for statement in take_over(table, contributions):
        connection.execute(statement)
    shown = vanishing.lists(contributions, coverage, unread)
    withdrawn, ended = vanishing.withdrawn(table, contributions, shown), vanishing.ended(table, contributions, shown)
    for name, query in (("withdrawn", withdrawn), ("ended", ended)):
        if query is not None:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
    given = {"withdrawn": withdrawn is not None, "ended": ended is not None}
    query = merge(table, contributions, coverage, unread, **given)
    connection.execute(f"CREATE OR REPLACE TABLE record.{table.name} AS {query}")
    if ended is not None:
        connection.execute(vanishing.note_ended(table))
    connection.execute("DROP TABLE staged")


def _stage(
    memory: Memory,
    table: Table,
    deliveries: Sequence[tuple[int, DeliveryInfo]],
    read: ReadBlob,
    linked: bool,
    made: Contribution | None = None,
) -> tuple[list[Contribution], list[tuple[int, Coverage]], Unread]:
    """Deliveries come with their order, by which their rows are newer or older."""
    contributions, coverage = [], []
    for order, delivery in deliveries:
        coverage += [(order, one) for one in delivery.coverage if one.table == table.name]
        stored = delivery.tables.get(table.name)
        if stored is not None:
            path = memory.put(f"{order}.parquet", read(delivery.delivery_id, table.name))
            contributions.append(Contribution.delivered(Teller.of(order, delivery), path, stored))
    if made is not None:
        contributions.append(made)
    memory.connection.execute(stage(table, contributions, linked=linked))
    memory.clear()
    return contributions, coverage, store_unread(memory.connection, table.name, deliveries, read, linked=linked)


def _make_of_episodes(
    memory: Memory, wanted: Collection[str], deliveries: Sequence[DeliveryInfo], read: ReadBlob, linked: bool
) -> dict[str, Contribution]:
    """Fills the table of episodes, and makes of them what is wanted. The return of the later time is believed."""
    orders = sorted(range(len(deliveries)), key=lambda at: (deliveries[at].tells_until, at))
    by_time = [(place, deliveries[order]) for place, order in enumerate(orders)]
    contributions, coverage, unread = _stage(memory, TABLES["lac_episode"], by_time, read, linked)
    episodes = merge(TABLES["lac_episode"], contributions, coverage, unread)
    memory.connection.execute(f"CREATE OR REPLACE TABLE record.lac_episode AS {episodes}")
    memory.connection.execute(trace(contributions, coverage, unread))
    tellers = [Teller.of(order, one) for order, one in enumerate(deliveries) if "lac_episode" in one.tables]
    made = {}
    supplied = frozenset(name for one in contributions for name in one.columns)
    for name in sorted(MADE.keys() & wanted):
        if name == "adoption":
            query, made[name] = make_adoptions(orders, tellers)
        else:
            query, made[name] = make(name, made_columns(name, supplied), orders, tellers)
        memory.connection.execute(query)
    memory.connection.execute("DROP TABLE staged")
    return made
