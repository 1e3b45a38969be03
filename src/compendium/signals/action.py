"""What people did about a figure, and what they expected of it: dated, and signed by a role.

Entries are kept elsewhere, in a workspace's file or in a conversation; here they are only what arithmetic needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["audit", "workshop", "freeze", "opening", "other"]
Direction = Literal["higher", "lower"]


@dataclass(frozen=True)
class Action:
    """on: its first day. by: whose it is, as a role. indicators: the figures it was meant to change."""

    id: str
    title: str
    kind: Kind
    on: date
    by: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Expectation:
    """That an indicator would be higher or lower by a month (its last day) than before it was made; with a level, that
    it would then be at least (higher) or at most (lower) at the level, in the unit of a figure's value.

    action: the id of the one that was to bring it about, or ''.
    """

    id: str
    indicator: str
    direction: Direction
    by_month: date
    made_on: date
    by: str
    level: float | None = None
    action: str = ""
