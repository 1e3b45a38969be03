"""The rows of all deliveries of one table, under one another in memory, as the table `staged`.

Beside the columns of the table each row has `_at`, its place in the whole record (its delivery's order, then
its place in the delivery), `_ordinal`, and `_supplies`: one bit for each set of columns that a row supplies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from compendium.record.delivery import DeliveryInfo, TableManifest
from compendium.record.tables import Table

ORDER = 1 << 40  # a row's place in the whole record: its delivery's order times this, plus its place in the delivery


@dataclass(frozen=True)
class Teller:
    """A delivery that has rows of a table. order: its place among all deliveries, oldest first."""

    order: int
    received_on: date
    tells_until: date
    source_format: str

    @classmethod
    def of(cls, order: int, delivery: DeliveryInfo) -> Teller:
        return cls(order, delivery.received_on, delivery.tells_until, delivery.source_format)


@dataclass(frozen=True)
class Contribution:
    """Rows of a table, as SQL can read them, and the sets of columns that they supply.

    at: SQL for a row's place in the whole record, different for every row. tellers: whose rows they are. made: of
    rows staged before, so that a child has one id in them already.
    """

    relation: str
    at: str
    columns: tuple[str, ...]
    supplies: tuple[tuple[str, ...], ...]
    tellers: tuple[Teller, ...]
    made: bool = False

    @classmethod
    def delivered(cls, teller: Teller, path: str, stored: TableManifest) -> Contribution:
        """What one delivery has of a table: a Parquet file in memory."""
        relation = f"read_parquet('{path}', file_row_number = true)"
        at = f"{teller.order}::BIGINT * {ORDER} + file_row_number"
        return cls(relation, at, stored.columns, stored.supplies, (teller,))


def stage(table: Table, contributions: Sequence[Contribution], *, linked: bool = False) -> str:
    """SQL that makes `staged`. linked: a child's ids are told as the table `links` says (see `identity`)."""
    linked = linked and "person_id" in table.column_names and table.name != "person_link"
    sets = column_sets(contributions)
    told: list[str] = []
    made: list[str] = []
    for one in contributions:
        at, relation, person = one.at, one.relation, "person_id"
        if linked and not one.made and person in one.columns:
            # Within a delivery what is told under the standing id is newer than what is told under another.
            at = f"{at} + CASE WHEN new_id IS NULL THEN {ORDER // 4} ELSE 0 END"
            relation = f"{relation} AS told LEFT JOIN links ON links.old_id = told.person_id"
            person = "coalesce(new_id, person_id) AS person_id"
        values = ", ".join(
            f"NULL::{column.sql_type} AS {column.name}"
            if column.name not in one.columns
            else person
            if column.name == "person_id"
            else column.name
            for column in table.columns
        )
        bits = " | ".join(
            f"(((_supplies >> {own}) & 1) << {sets.index(frozenset(supplied))})"
            for own, supplied in enumerate(one.supplies)
        )
        rows = f"SELECT {at} AS _at, _ordinal, {bits} AS _supplies, {values} FROM {relation}"
        (made if one.made else told).append(rows)
    if linked and told:
        told = [_joined(table, " UNION ALL ".join(told))]
    return f"CREATE OR REPLACE TEMP TABLE staged AS {' UNION ALL '.join(told + made)}"


def _joined(table: Table, rows: str) -> str:
    """Of a child with several ids, what one delivery tells of one event in several rows as one: a value beats none."""
    values = ", ".join(name if name in table.key else f"arg_max({name}, _at) AS {name}" for name in table.column_names)
    return (
        f"(WITH told AS ({rows}) SELECT * FROM told"
        " WHERE person_id IS NULL OR person_id NOT IN (SELECT new_id FROM links)"
        f" UNION ALL SELECT max(_at) AS _at, _ordinal, bit_or(_supplies) AS _supplies, {values} FROM told"
        f" WHERE person_id IN (SELECT new_id FROM links) GROUP BY _at // {ORDER}, {event_key(table)})"
    )


def made_at(orders: Sequence[int]) -> str:
    """SQL for the place of a row made of rows of several deliveries, `told` being the place of the newest of them.

    orders: the place of each delivery among all, by its place among those that `told` counts, oldest first. A
    return is at least as new as those of earlier times. The upper half of a delivery's places is free.
    """
    newest = list(accumulate(orders, max))
    return f"{newest}[told // {ORDER} + 1]::BIGINT * {ORDER} + {ORDER // 2} + row_number() OVER (ORDER BY told)"


def by_teller(contributions: Sequence[Contribution]) -> list[tuple[Teller, tuple[str, ...]]]:
    """The deliveries that tell of the table, oldest first, with the columns that they have of it."""
    told = [(teller, one.columns) for one in contributions for teller in one.tellers]
    return sorted(told, key=lambda each: each[0].order)


def column_sets(contributions: Sequence[Contribution]) -> list[frozenset[str]]:
    """The sets of columns that come together; the place of each is its bit of `_supplies`."""
    return list(dict.fromkeys(frozenset(supplied) for one in contributions for supplied in one.supplies))


def bits_of(column: str, sets: Sequence[frozenset[str]]) -> int:
    """The bits of the sets that the column is in: a row supplies it when it has one of them."""
    return sum(1 << bit for bit, supplied in enumerate(sets) if column in supplied)


def event_key(table: Table) -> str:
    """What tells one event from another, for GROUP BY."""
    return ", ".join([*table.key, "_ordinal"])


def same_event(table: Table, one: str, other: str) -> str:
    """The condition that two rows describe one event; an empty part of the key is a part of it."""
    parts = [
        f"{one}.{name} {'=' if name in table.required else 'IS NOT DISTINCT FROM'} {other}.{name}" for name in table.key
    ]
    return " AND ".join([*parts, f"{one}._ordinal = {other}._ordinal"])
