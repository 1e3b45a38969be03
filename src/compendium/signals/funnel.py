"""The funnel: how far apart units of different sizes may lie by chance alone, around the one value of all of them.

The limits are those of the score test: centre ± z · σ(size), z = 1.96 (95%) and 3.09 (99.8%), where σ² is
p(1 − p)/size for a proportion and r/size for a rate (a count over its exposure). A proportion's limits are cut off
at 0 and 1, a rate's at 0.

Units differ by more than chance for reasons that no figure holds (how poor a place is, how things are recorded).
φ is the mean of the squared z-scores, of which the outermost tenth on either side is first drawn in to its
neighbours, so that the units the limits are to show do not widen them. Where φ > 1 + 2√(2/k) for k units, every σ is
widened by √φ. (Spiegelhalter, Statistics in Medicine 24 (2005), 1185; 31 (2012), 1 for the threshold.)
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

PROPORTION, RATE = "proportion", "rate"
INNER, OUTER = 0.95, 0.998  # the shares of units that chance alone leaves within
DRAWN_IN = 0.1  # of the z-scores on either side, for φ
FEWEST = 5  # expected to be counted, or not to be: below it the limits say nothing

WITHIN, BEYOND_INNER, BEYOND_OUTER, TOO_FEW = "within", "beyond_95", "beyond_998", "too_few"


class Unit(NamedTuple):
    """number: what was counted; size: of how many, or over which exposure."""

    number: float
    size: float


@dataclass(frozen=True)
class Funnel:
    """centre: the value of all units together; spread: φ; widened: whether the limits allow for it."""

    kind: str
    centre: float
    spread: float = 1.0
    widened: bool = False

    def limits(self, size: float, share: float) -> tuple[float, float]:
        """The lowest and the highest value of a unit of that size within the share."""
        reach = NormalDist().inv_cdf((1 + share) / 2) * self._deviation(size)
        reach *= math.sqrt(self.spread) if self.widened else 1.0
        highest = min(1.0, self.centre + reach) if self.kind == PROPORTION else self.centre + reach
        return max(0.0, self.centre - reach), highest

    def place(self, unit: Unit) -> str:
        """WITHIN, BEYOND_INNER, BEYOND_OUTER or TOO_FEW. On a limit is within it."""
        if self._expected(unit.size) < FEWEST:
            return TOO_FEW
        value = unit.number / unit.size
        for share, name in ((OUTER, BEYOND_OUTER), (INNER, BEYOND_INNER)):
            low, high = self.limits(unit.size, share)
            if not low <= value <= high:
                return name
        return WITHIN

    def z_score(self, unit: Unit) -> float:
        """How many deviations from the centre, before any widening."""
        deviation = self._deviation(unit.size)
        return (unit.number / unit.size - self.centre) / deviation if deviation else 0.0

    def _deviation(self, size: float) -> float:
        left = max(0.0, 1 - self.centre) if self.kind == PROPORTION else 1.0
        return math.sqrt(self.centre * left / size)

    def _expected(self, size: float) -> float:
        share = min(self.centre, 1 - self.centre) if self.kind == PROPORTION else self.centre
        return size * share


def funnel(kind: str, units: Collection[Unit]) -> Funnel | None:
    """The funnel of some units; None where fewer than two have a size."""
    sized = [unit for unit in units if unit.size > 0]
    if len(sized) < 2:
        return None
    plain = Funnel(kind, sum(unit.number for unit in sized) / sum(unit.size for unit in sized))
    spread = _spread([plain.z_score(unit) for unit in sized])
    return Funnel(kind, plain.centre, spread, spread > 1 + 2 * math.sqrt(2 / len(sized)))


def _spread(scores: Sequence[float]) -> float:
    ordered = sorted(scores)
    inward = int(DRAWN_IN * len(ordered))
    low, high = ordered[inward], ordered[-1 - inward]
    return math.fsum(min(max(score, low), high) ** 2 for score in ordered) / len(ordered)
