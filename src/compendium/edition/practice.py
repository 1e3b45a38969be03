"""What was done about figures and what came of it: actions with their effects, and expectations held against time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Impact:
    """One action on one figure.

    found: effect, none, too_soon, few_before, few_cases or planned (it has not begun); sense: better, worse or neither.
    brief: the finding in one line, without the figure's name. rivals: what else could have changed it.
    """

    action: str
    title: str
    on: date
    indicator: str
    name: str
    found: str
    sense: str
    badge: str
    sentences: tuple[str, ...]
    brief: str
    rivals: tuple[str, ...]


@dataclass(frozen=True)
class HeldExpectation:
    """verdict: met, not_met, cannot_tell or not_due. aim: 'at least 85.0% by January 2017'."""

    id: str
    action: str
    indicator: str
    name: str
    aim: str
    verdict: str
    badge: str
    sentences: tuple[str, ...]

    @property
    def heading(self) -> str:
        """Two may be of one figure, and differ by their aims."""
        return f"Expected: {self.name}, {self.aim}"


@dataclass(frozen=True)
class Practice:
    """Of one figure."""

    impacts: tuple[Impact, ...] = ()
    expectations: tuple[HeldExpectation, ...] = ()


@dataclass(frozen=True)
class TakenAction:
    """An action with everything that came of it. signed: when it began and whose it is."""

    id: str
    title: str
    on: date
    signed: str
    impacts: tuple[Impact, ...]
    expectations: tuple[HeldExpectation, ...]
