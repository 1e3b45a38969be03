"""What an authority hands to a pool: its month cells, one row an indicator and month, of the whole authority.

The file is CSV under lines that begin with '#', which say whose it is, as at when, for which months, how many rows
there are and the SHA-256 of them all, by which a file that was changed or cut off is known. It holds whole numbers
and the words of definitions: no child, no worker, no single amount. Small numbers are in it as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

FORMAT = 1
OPENING = "compendium month cells"
SYNTHETIC = "synthetic: describes no real council, child or worker"
CAUTION = (
    "Holds small numbers as they are. For the analysts who may have it under the agreement of the pool; "
    "not for publication."
)
COLUMNS = (
    "indicator",  # its id
    "definition_version",
    "fingerprint",  # of what the definition counts
    "rules",  # the local rules in force, as JSON
    "as_at",  # the day to which all it needs is complete
    "month",  # YYYY-MM
    "category",  # of a mix: the part that the numerator counts; its denominator stands in the row without one
    "numerator",  # empty where there is no source: never 0 for that
    "denominator",
    "excluded",  # reason -> how many, as JSON
    "children",  # of ages 0 to 17, where the figure is also given as a rate
    "population",  # which estimate that is
    "sourced",  # the bases on which the period that ends with the month has a source
    "status",  # ok, provisional, no_source or cannot_compute
)
STATUSES = ("ok", "provisional", "no_source", "cannot_compute")


class MonthCell(NamedTuple):
    """One row. month: its last day; None is an empty field."""

    indicator: str
    definition_version: int
    fingerprint: str
    rules: Mapping[str, int | str]
    as_at: date
    month: date
    category: str | None
    numerator: int | None
    denominator: int | None
    excluded: Mapping[str, int]
    children: int | None
    population: str | None
    sourced: tuple[str, ...]
    status: str


@dataclass(frozen=True)
class Header:
    """Whose cells they are. first, last: the last days of the first and last month; catalogue: a hash of it."""

    authority_code: str
    authority_name: str
    cut: date
    first: date
    last: date
    program: str
    catalogue: str
    synthetic: bool = False


class Seal:
    """The number of rows and their SHA-256, whatever ends their lines."""

    def __init__(self) -> None:
        self.rows, self._digest = 0, hashlib.sha256()

    def add(self, fields: Sequence[str]) -> None:
        self.rows += 1
        self._digest.update(("\x1f".join(fields) + "\n").encode())

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    @classmethod
    def of(cls, rows: Iterable[Sequence[str]]) -> Seal:
        made = cls()
        for fields in rows:
            made.add(fields)
        return made
