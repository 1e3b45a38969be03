"""The history of a child in one table: what each value was, since which delivery, until which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compendium.errors import ComputeError
from compendium.record.delivery import DeliveryInfo
from compendium.record.episodes import MADE
from compendium.record.filling import ReadBlob, create, fill, told_links
from compendium.record.identity import TABLE as LINKS
from compendium.record.identity import Link, read_links, resolve
from compendium.record.memory import Memory
from compendium.record.tables import TABLES, Table
from compendium.record.teams import settle_teams

FILE = "one.parquet"
CHILD = "person_id"

Event = tuple[Any, ...]  # the key of one, in its order


@dataclass(frozen=True)
class Value:
    """What a column of an event was from the day `since` was received until the day `until` was; None: it still is.

    key: the event's, without the child. value: of twins, which share a key, all that they say.
    """

    child_id: str
    key: Mapping[str, Any]
    column: str
    value: Any
    since: DeliveryInfo
    until: DeliveryInfo | None

    def as_row(self) -> dict[str, Any]:
        """For a surface; deliveries by the numbers that `compendium ledger` lists."""
        return {
            "child_id": self.child_id,
            "key": ", ".join(f"{name} {value}" for name, value in self.key.items()),
            "column": self.column,
            "value": self.value,
            "since": self.since.received_on,
            "since_delivery": self.since.sequence,
            "since_format": self.since.source_format,
            "until": self.until and self.until.received_on,
            "until_delivery": self.until and self.until.sequence,
        }


def history_of(table: str, child: str, deliveries: Sequence[DeliveryInfo], read: ReadBlob) -> list[Value]:
    """Every value told of a child under any of its ids, by event and column, oldest first. Deliveries oldest first.

    The record after each delivery is made of nothing but the child's rows and what settles the names of teams.
    ComputeError for a table that is not about children.
    """
    if table not in TABLES or CHILD not in TABLES[table].column_names:
        about = [each.name for each in TABLES.values() if CHILD in each.column_names]
        raise ComputeError(f"there is no table {table!r} about children", expected=", ".join(about))
    drawn = TABLES[table]
    wanted = {table, "team", "department"} | ({"lac_episode", "adoption_decision"} if table in MADE else set())
    read_theirs = _theirs(wanted, _ever(child, told_links(deliveries, read)), read)
    ids = _now(child, deliveries, read)
    told: list[Value] = []
    standing: dict[tuple[Event, str], tuple[Any, DeliveryInfo]] = {}
    for number, delivery in enumerate(deliveries, start=1):
        if not any(delivery.speaks_of(name) for name in (*wanted, LINKS)):
            continue
        values = _values(drawn, ids, wanted, deliveries[:number], read_theirs)
        for at, (value, since) in list(standing.items()):
            if values.get(at) != value:
                told.append(_value(drawn, at, value, since, delivery))
                del standing[at]
        for at, value in values.items():
            standing.setdefault(at, (value, delivery))
    told += [_value(drawn, at, value, since, None) for at, (value, since) in standing.items()]
    columns = drawn.column_names
    return sorted(told, key=lambda one: (_place(one), one.child_id, columns.index(one.column), one.since.order))


def _place(one: Value) -> list[str]:
    """The key as text, in which days are in order and an empty part can stand beside one that is not."""
    return [str(part) for part in one.key.values()]


def _value(table: Table, at: tuple[Event, str], value: Any, since: DeliveryInfo, until: DeliveryInfo | None) -> Value:
    (child, *event), column = at
    return Value(child, dict(zip(_key(table), event, strict=True)), column, value, since, until)


def _key(table: Table) -> list[str]:
    return [name for name in table.key if name != CHILD]


def _ever(child: str, links: Mapping[Link, Any]) -> list[str]:
    """The ids that were ever linked with the child's, in any number of steps."""
    ids, before = {child}, 0
    while len(ids) > before:
        before = len(ids)
        ids |= {one for link in links if not ids.isdisjoint(link) for one in link}
    return sorted(ids)


def _now(child: str, deliveries: Sequence[DeliveryInfo], read: ReadBlob) -> list[str]:
    """The ids that are the child's as far as is known today."""
    memory = Memory(threads=1)
    try:
        create(memory.connection)
        fill(memory, {LINKS}, deliveries, read)
        ends = resolve(read_links(memory.connection, adoptions=read.adoptions))
    finally:
        memory.close()
    end = ends.get(child, child)
    return sorted({child, end, *(old for old, new in ends.items() if new == end)})


def _theirs(wanted: set[str], ids: list[str], read: ReadBlob) -> ReadBlob:
    """Reads of the tables wanted that are keyed by the child only the rows of some ids; the others whole, for an event
    with a key of its own may have been told of another child before."""
    kept: dict[tuple[str, str], bytes] = {}

    def open_one(delivery_id: str, name: str) -> bytes:
        if name not in wanted or TABLES[name].key[0] != CHILD:
            return read(delivery_id, name)
        if (delivery_id, name) not in kept:
            kept[delivery_id, name] = _only(read(delivery_id, name), ids)
        return kept[delivery_id, name]

    return ReadBlob(open_one, read.adoptions)


def _only(blob: bytes, ids: list[str]) -> bytes:
    """The rows of a Parquet file that have one of these ids."""
    memory = Memory(threads=1)
    try:
        whole, part = memory.put("whole.parquet", blob), memory.path(FILE)
        rows = f"SELECT * FROM read_parquet('{whole}') WHERE list_contains($ids, {CHILD})"
        memory.connection.execute(f"CREATE TABLE rows AS {rows}", {"ids": ids})
        memory.connection.execute(f"COPY rows TO '{part}' (FORMAT parquet)")
        return memory.get(FILE)
    finally:
        memory.close()


def _values(
    table: Table, ids: list[str], wanted: set[str], deliveries: Sequence[DeliveryInfo], read: ReadBlob
) -> dict[tuple[Event, str], Any]:
    """What the record of these deliveries says of each event and column, where it says something."""
    memory = Memory(threads=1)
    try:
        create(memory.connection)
        settle_teams(memory.connection, fill(memory, wanted, deliveries, read))
        found = memory.connection.execute(
            f"SELECT * FROM record.{table.name} WHERE list_contains($ids, {CHILD}) ORDER BY ALL", {"ids": ids}
        ).fetchall()
    finally:
        memory.close()
    said: dict[tuple[Event, str], list[Any]] = {}
    for row in found:
        for at, value in _cells(table, dict(zip(table.column_names, row, strict=True))):
            if value not in said.setdefault(at, []):
                said[at].append(value)
    return {at: each[0] if len(each) == 1 else " and ".join(map(str, each)) for at, each in said.items()}


def _cells(table: Table, row: Mapping[str, Any]) -> Iterator[tuple[tuple[Event, str], Any]]:
    """The values of a row. The child stands beside each; it is one of them only where there is nothing else to tell
    that the row was there."""
    event = (row[CHILD], *(row[name] for name in _key(table)))
    for name, value in row.items():
        if value is not None and (name != CHILD or table.key == (CHILD,)):
            yield (event, name), value
