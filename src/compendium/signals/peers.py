"""What several places' figures say together: their middle, their spread, and their whole where counts are known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

LEAST = 5  # fewer figures than these have no middle worth the name


@dataclass(frozen=True)
class Peers:
    """In the unit of the figures. places: how many were asked after; available: how many of them have a figure."""

    places: int
    available: int
    median: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Within their range, ends included."""
        return self.low <= value <= self.high


def together(figures: Sequence[float | None]) -> Peers | None:
    """Of places, None for one whose figure is suppressed or missing: it counts as a place and is no number.

    None where fewer than five are available. The median gives each place one voice, as England's figure does not.
    """
    known = [each for each in figures if each is not None]
    if len(known) < LEAST:
        return None
    return Peers(len(figures), len(known), median(known), min(known), max(known))


def pooled(counts: Sequence[tuple[int, int] | None]) -> float | None:
    """The share from 0 to 1 of all places' cases together, each by numerator and denominator.

    None unless every one is known: a part of the whole is not the whole.
    """
    known = [each for each in counts if each is not None]
    if not known or len(known) < len(counts):
        return None
    whole = math.fsum(size for _, size in known)
    return math.fsum(number for number, _ in known) / whole if whole else None
