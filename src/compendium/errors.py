"""What can go wrong, as a tree.

    CompendiumError                 shown to its reader without a traceback; exit status 2
    ├── CalendarError               a date outside the calendar, an impossible month
    ├── WorkspaceError              compendium.toml is missing or wrong
    ├── StoreError                  the encrypted store: key missing, wrong or damaged blob
    ├── DeliveryError               a delivered file is refused whole; the record is as it was
    ├── RuleError                   faults of data-quality rule files, all of them at once
    ├── IndicatorError              faults of indicator or view files, all of them at once
    └── ComputeError                a question that the record cannot answer

Everything else that is raised is a fault of the program: its kind and the lines it went through are told, and its
traceback, which may quote a child's row, only where COMPENDIUM_DEBUG is set.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where something is: any part may be unknown. Rows and lines count from 1, as people do."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file or ""]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(part for part in parts if part)


class CompendiumError(Exception):
    """What is wrong, where, what would be right and what to do: in words for the person concerned."""

    def __init__(self, what: str, *, where: Place | None = None, expected: str = "", remedy: str = "") -> None:
        self.what, self.where, self.expected, self.remedy = what, where or Place(), expected, remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = str(self.where)
        lines = [f"{place}: {self.what}" if place else self.what]
        if self.expected:
            lines.append(f"  Expected: {self.expected}")
        if self.remedy:
            lines.append(f"  To do: {self.remedy}")
        return "\n".join(lines)


class CalendarError(CompendiumError):
    """A date outside the calendar, or a month that does not exist."""


class WorkspaceError(CompendiumError):
    """The workspace or its compendium.toml is missing or wrong."""


class StoreError(CompendiumError):
    """The encrypted store cannot be read or written."""


class DeliveryError(CompendiumError):
    """A delivered file is refused whole."""


class RuleError(CompendiumError):
    """One or more data-quality rule files are wrong."""


class IndicatorError(CompendiumError):
    """One or more indicator or view files are wrong."""


class ComputeError(CompendiumError):
    """The record cannot answer the question asked."""
