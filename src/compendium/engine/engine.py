"""An engine: a database that stores relations and answers questions about them, and how the dialect is written for it.

What differs between databases is in here and in the `Emitter`, so that indicators and model views never name one.
Relations stand in two places: `record` holds the canonical tables, `model` what is made of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from compendium.engine.dialect_reading import Columns
from compendium.engine.emission import Emitter


class Engine(ABC):
    """One connection to a database. ComputeError whenever it refuses; the message quotes no value."""

    emitter: Emitter

    @abstractmethod
    def clear(self, schema: str) -> None:
        """An empty place of that name, whatever stood there before."""

    @abstractmethod
    def store(self, schema: str, table: str, sql: str) -> None:
        """What a query answers, stored under a name, in place of what had it before and the query does not read."""

    @abstractmethod
    def store_rows(self, schema: str, table: str, columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
        """Rows stored under a name. columns: the dialect's type of each."""

    @abstractmethod
    def stand_in(self, schema: str, table: str, columns: Columns, source: str) -> None:
        """What already stands in the database, as SQL names it, under a name of ours: read in place, never changed.

        columns: those that it has, each with the dialect's type, which they are read as.
        """

    @abstractmethod
    def drop(self, schema: str, table: str) -> None:
        """Forgets what is stored under a name, if anything is."""

    @abstractmethod
    def table(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns, and the rows. Whole numbers are int, days are date."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query answers."""
        return self.table(sql)[1]

    def name(self, schema: str, table: str) -> str:
        """How SQL names a stored relation."""
        return ".".join(f'"{part}"' for part in self.emitter.place(schema, table) if part)
