"""Where an authority stands among others: quartiles, bands and ranks, as the department's interactive tool has them.

Quartiles are of all authorities with a value, by linear interpolation. A value on a boundary belongs to the band of
the lower values: so with lower better it is in the better band, with higher better in the worse. The best equal rank
is shared. Without a better side there is neither band nor rank.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower", "neither"]
BANDS = "ABCD"  # best first


@dataclass(frozen=True)
class Standing:
    """quartiles: least, lower, middle, upper, most. band: A (best) to D; rank: 1 is best, of how many."""

    quartiles: tuple[float, float, float, float, float]
    band: str | None
    rank: int | None
    of: int


def standing(values: Sequence[float], own: float, better: Better) -> Standing:
    """Of a value among those of all authorities, its own among them."""
    ordered = sorted(values)
    quartiles = tuple(_quantile(ordered, at / 4) for at in range(5))
    inner = quartiles[1:4]
    if better == "neither":
        return Standing(quartiles, None, None, len(ordered))  # type: ignore[arg-type]
    step = bisect_left(inner, own)  # how many boundaries are below it
    band = BANDS[step] if better == "lower" else BANDS[3 - step]
    rank = 1 + sum(value < own if better == "lower" else value > own for value in ordered)
    return Standing(quartiles, band, rank, len(ordered))  # type: ignore[arg-type]


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
