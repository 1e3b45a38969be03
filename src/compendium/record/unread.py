"""Of whom a delivery had rows that could not be read: what it does not show of them may have stood there.

A row that was rejected, or whose day was set aside, is not kept, but it was in the delivery. So of the child and
the tables it was about, the delivery withdraws and ends nothing; where nobody can say whose it was, nothing of the
tables at all. The children are in a blob of the delivery, sealed as the rest; the manifest has the tables only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

import duckdb

from compendium.record.delivery import DeliveryInfo
from compendium.record.tables import TABLES

BLOB = "unread"


@dataclass(frozen=True)
class Unread:
    """Of one table. nameless: the orders of the deliveries with a row that may be any child's. named: whether the
    table `unread` has children of the others."""

    nameless: frozenset[int]
    named: bool


def unread_blob(unread: Mapping[str, Set[str | None]]) -> bytes:
    """Table -> its children; None: one that is not known."""
    return json.dumps({table: sorted(whose, key=lambda child: child or "") for table, whose in unread.items()}).encode()


def lacks_any(table: str, delivery: DeliveryInfo, read: Callable[[str, str], bytes]) -> bool:
    """Whether a row of the table that could not be read may have been of any child."""
    return table in delivery.unread and None in _children(table, delivery, read)


def store_unread(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    deliveries: Sequence[tuple[int, DeliveryInfo]],
    read: Callable[[str, str], bytes],
    *,
    linked: bool,
) -> Unread:
    """Makes the table `unread`, of deliveries given with their order: which of them (`list`), and of which child.

    linked: a child's ids are told as the table `links` says (see `identity`).
    """
    whose = {order: _children(table, delivery, read) for order, delivery in deliveries if table in delivery.unread}
    nameless = frozenset(order for order, children in whose.items() if None in children)
    pairs = [(order, child) for order, children in whose.items() if order not in nameless for child in children]
    child, join = "person_id", ""
    if linked:
        child, join = "coalesce(new_id, person_id)", " LEFT JOIN links ON old_id = person_id"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE unread AS SELECT DISTINCT list, {child} AS person_id FROM"
        f" (SELECT unnest($lists::BIGINT[]) AS list, unnest($children::VARCHAR[]) AS person_id){join}",
        {"lists": [order for order, _ in pairs], "children": [child for _, child in pairs]},
    )
    return Unread(nameless, bool(pairs))


def _children(table: str, delivery: DeliveryInfo, read: Callable[[str, str], bytes]) -> set[str | None]:
    """Of whom it could not read rows; of a table that is not of children, a child says nothing of which rows."""
    if "person_id" not in TABLES[table].column_names:
        return {None}
    return set(json.loads(read(delivery.delivery_id, BLOB))[table])
