"""The history of one event: what its columns were, since which delivery, until which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compendium.errors import ComputeError
from compendium.record.delivery import DeliveryInfo
from compendium.record.filling import ReadBlob, create, fill
from compendium.record.identity import TABLE as LINKS
from compendium.record.identity import read_links, resolve
from compendium.record.memory import Memory
from compendium.record.tables import TABLES, Table
from compendium.record.unread import BLOB as UNREAD

FILE = "one.parquet"


@dataclass(frozen=True)
class Version:
    """The event as it stood from the day `since` was received until the day `until` was; None: as it stands.

    values: column -> value; empty once it is withdrawn. Twins, which share a key, are one row each.
    """

    since: DeliveryInfo
    until: DeliveryInfo | None
    rows: tuple[Mapping[str, Any], ...]


def history_of(table: str, key: Mapping[str, Any], deliveries: Sequence[DeliveryInfo], read: ReadBlob) -> list[Version]:
    """Oldest first, from the first delivery that told of the event. Deliveries oldest first.

    key: every column of the table's natural key. Each version is the record of its day, made of nothing
    but the rows that share the key's first part (a child's, say). ComputeError for a key that is none.
    """
    if table not in TABLES:
        raise ComputeError(f"there is no table {table!r}", expected=", ".join(TABLES))
    drawn = TABLES[table]
    if set(key) != set(drawn.key):
        raise ComputeError(f"{', '.join(key) or 'nothing'} is not the key of {table}", expected=", ".join(drawn.key))
    ids = _ids(key, deliveries, read) if drawn.key[0] == "person_id" else [key[drawn.key[0]]]
    kept: dict[tuple[str, str], bytes] = {}

    def open_one(delivery_id: str, name: str) -> bytes:
        if name in (LINKS, UNREAD):
            return read(delivery_id, name)
        if (delivery_id, name) not in kept:
            kept[delivery_id, name] = _only(read(delivery_id, name), drawn.key[0], ids)
        return kept[delivery_id, name]

    read_one = ReadBlob(open_one, read.adoptions)

    versions: list[Version] = []
    before: tuple[Mapping[str, Any], ...] = ()
    for number, delivery in enumerate(deliveries, start=1):
        speaks = {*delivery.tables, *(one.table for one in delivery.coverage)}
        if table not in speaks and "lac_episode" not in speaks:
            continue
        rows = _rows(drawn, key, deliveries[:number], read_one)
        if rows != before:
            if versions:
                last = versions[-1]
                versions[-1] = Version(last.since, delivery, last.rows)
            versions.append(Version(delivery, None, rows))
            before = rows
    return versions


def _ids(key: Mapping[str, Any], deliveries: Sequence[DeliveryInfo], read: ReadBlob) -> list[str]:
    """All ids of the child that the key names."""
    memory = Memory(threads=1)
    try:
        create(memory.connection)
        fill(memory, {LINKS}, deliveries, read)
        ends = resolve(read_links(memory.connection, adoptions=read.adoptions))
        return [key["person_id"], *(old for old, new in ends.items() if new == key["person_id"])]
    finally:
        memory.close()


def _only(blob: bytes, column: str, values: list[Any]) -> bytes:
    """The rows of a Parquet file that have one of these values."""
    memory = Memory(threads=1)
    try:
        whole, part = memory.put("whole.parquet", blob), memory.path(FILE)
        rows = f"SELECT * FROM read_parquet('{whole}') WHERE list_contains($values, {column})"
        memory.connection.execute(f"CREATE TABLE rows AS {rows}", {"values": values})
        memory.connection.execute(f"COPY rows TO '{part}' (FORMAT parquet)")
        return memory.get(FILE)
    finally:
        memory.close()


def _rows(
    table: Table, key: Mapping[str, Any], deliveries: Sequence[DeliveryInfo], read: ReadBlob
) -> tuple[Mapping[str, Any], ...]:
    memory = Memory(threads=1)
    try:
        create(memory.connection)
        fill(memory, {table.name, "lac_episode"}, deliveries, read)
        same = " AND ".join(f"{name} IS NOT DISTINCT FROM ${name}" for name in key)
        found = memory.connection.execute(f"SELECT * FROM record.{table.name} WHERE {same} ORDER BY ALL", dict(key))
        return tuple(dict(zip(table.column_names, row, strict=True)) for row in found.fetchall())
    finally:
        memory.close()
