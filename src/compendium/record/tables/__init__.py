"""The canonical tables: what is held as true, in one vocabulary, whatever format it came from.

Each table is drawn as text, one column a line: name, type, what it says. A `!` after the type
means that a row without it cannot be kept. The drawing is the definition, the documentation and
the format of the local CSV file of the same name (`<table>.csv`, the same headers).

Types: text, date, timestamp (local time, no zone, whole seconds), integer, flag (0/1, empty = not
supplied), pence, hundredths, millionths (integers: pounds x 100, FTE or days x 100, FTE x 1,000,000 where
a return gives six decimals), code:<set> (a code of `record/codes`), team (a team's id or name; names are
settled against `team` when the record is built), worker (stored as a keyed pseudonym, never the name or
number itself).

A date says that something has happened, unless it is one of those planned ahead; an empty one, that
it had not by the delivery's reference date. A `*_reason` goes with the `*_date` of its name. Columns
named as states say what was so on the reference date, and change as time goes by.
"""

from __future__ import annotations

from dataclasses import dataclass

SQL_TYPES = {
    "text": "VARCHAR", "team": "VARCHAR", "worker": "VARCHAR", "date": "DATE", "timestamp": "TIMESTAMP",
    "integer": "BIGINT", "flag": "INTEGER", "pence": "BIGINT", "hundredths": "BIGINT",
    "millionths": "BIGINT",
}  # fmt: skip

# What the closed dialect takes a column for; whatever is not named is text to it.
DIALECT_TYPES = {
    "date": "date", "timestamp": "timestamp", "integer": "integer", "flag": "integer", "pence": "integer",
    "hundredths": "integer", "millionths": "integer",
}  # fmt: skip


ENDS = ("end_date", "close_date", "auth_date")
# Days that are set before they come: an empty one says that there is none, whatever day it would be.
PLANNED = frozenset({
    "due_date", "expected_dob", "icpc_target", "internal_review_date", "period_to", "qualifies_on", "review_due_date", "valid_to",
})  # fmt: skip


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    says: str
    required: bool

    @property
    def code_set(self) -> str | None:
        return self.type.removeprefix("code:") if self.type.startswith("code:") else None

    @property
    def sql_type(self) -> str:
        return SQL_TYPES.get(self.type, "VARCHAR")

    @property
    def happens(self) -> bool:
        """Whether it is the day or time of something that has happened: empty while it has not."""
        return self.type in ("date", "timestamp") and self.name not in PLANNED


@dataclass(frozen=True)
class Table:
    """One canonical table.

    key: the natural key by which deliveries describe the same row; rows that repeat a key within
    one delivery are told apart by an ordinal. event: the date column whose day a delivery's
    coverage speaks of (None: the table is not dated and the newest delivery of a row stands).
    states: columns that say what was so on a delivery's reference date.
    """

    name: str
    says: str
    key: tuple[str, ...]
    event: str | None
    columns: tuple[Column, ...]
    states: tuple[str, ...] = ()

    @property
    def ends(self) -> str | None:
        """The column with the day on which an event that lasts ended; empty while it lasts."""
        return next((name for name in ENDS if name in self.column_names and self.event is not None), None)

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def relation(self) -> dict[str, str]:
        """Its columns as a query of the closed dialect sees them."""
        return {column.name: DIALECT_TYPES.get(column.type, "text") for column in self.columns}

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def draw(name: str, says: str, *, key: str, event: str | None, columns: str, states: str = "") -> Table:
    """A table from its drawing."""
    parsed = []
    for line in columns.strip().splitlines():
        column, kind, words = line.split(maxsplit=2)
        parsed.append(Column(column, kind.rstrip("!"), words.strip(), kind.endswith("!")))
    return Table(name, says, tuple(key.split()), event, tuple(parsed), tuple(states.split()))


from compendium.record.tables import (  # noqa: E402
    activity,
    exploitation,
    finance,
    front_door,
    looked_after,
    organisation,
    partners,
    people,
    published,
    quality,
    savings,
)

# The order in which they are documented.
MODULES = (
    organisation, people, front_door, partners, activity, looked_after, exploitation, quality, finance, savings, published,
)  # fmt: skip
TABLES: dict[str, Table] = {table.name: table for module in MODULES for table in module.TABLES}
