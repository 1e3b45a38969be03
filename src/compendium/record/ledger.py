"""The ledger: everything of a delivery that was dropped, changed or taken on trust, and why.

It lies in the encrypted store and may hold values; what is printed says where, and never a child's id.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from compendium.errors import Place

Severity = Literal["rejected", "changed", "noted"]
# What is wrong, for a data-quality rule to ask by: nothing where something must stand; a code of no set; what is no
# date or number; a day outside the calendar; what was read leniently and kept; what stands there twice; what stands
# in the wrong place; a row that is no row; a row that nothing is taken from.
Kind = Literal[
    "missing", "unknown_code", "unreadable", "out_of_calendar", "lenient", "repeated", "misplaced", "malformed",
    "unused", "other",
]  # fmt: skip

# Why a row is rejected that takes no event with it: the event stands beside it, or nothing is to be taken from it.
NOTHING_LOST: frozenset[Kind] = frozenset({"repeated", "unused"})


@dataclass
class Count:
    """Rows of one unit of a delivery (a list, an element, a file): read == kept + rejected."""

    read: int = 0
    kept: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class Finding:
    """One entry. `what` may quote a code or a date that was refused, never an id; `value` may hold anything.

    person_id: the child concerned, where the reader knows, for those who may see it; never printed. rows: how
    many rows it speaks of, where rows that nothing is taken from are told together.
    """

    severity: Severity
    unit: str
    what: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    remedy: str = ""
    kind: Kind = "other"
    person_id: str | None = None
    rows: int = 1

    def in_words(self) -> str:
        """For a screen: place, what is wrong and what to do; not the value."""
        where = str(Place(file=self.unit or None, sheet=self.sheet, row=self.row, column=self.column))
        text = f"{self.severity}: {where}: {self.what}" if where else f"{self.severity}: {self.what}"
        return f"{text} ({self.remedy})" if self.remedy else text

    def as_json(self) -> dict[str, Any]:
        """Without what is empty, for there may be many."""
        return {
            name: value
            for name, value in asdict(self).items()
            if value not in (None, "") and (name, value) not in (("kind", "other"), ("rows", 1))
        }

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Finding:
        return cls(**{"unit": "", **given})
