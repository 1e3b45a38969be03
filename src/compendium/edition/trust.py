"""How far the records behind an edition can be trusted: what the data-quality rules say of them, in counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FlaggedRule:
    """rows: at fault in the whole record; in_month: those of the edition's month. endangers: ids of indicators."""

    title: str
    severity: str
    rows: int
    in_month: int
    endangers: tuple[str, ...]


@dataclass(frozen=True)
class Unjudged:
    """How many rules could not run, and why."""

    why: str
    rules: int


@dataclass(frozen=True)
class FaultyRows:
    """How many rows of a team are at fault, in the whole record and in the edition's month."""

    team: str
    rows: int
    in_month: int


@dataclass(frozen=True)
class Trust:
    """at_fault: the rules that are flagged. at_fault, teams: the most rows first."""

    month: date
    passed: int
    at_fault: tuple[FlaggedRule, ...]
    unjudged: tuple[Unjudged, ...]
    teams: tuple[FaultyRows, ...]

    @property
    def could_not_run(self) -> int:
        return sum(each.rules for each in self.unjudged)

    @property
    def rules(self) -> int:
        return self.passed + len(self.at_fault) + self.could_not_run
