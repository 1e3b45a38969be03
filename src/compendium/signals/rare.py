"""Charts of what happens too seldom to be counted by the month: the time, or the opportunities, between two events.

t-chart: days between events, made nearly normal by the power 1/3.6 (Nelson 1994), charted by moving ranges, and taken
back.
g-chart: opportunities between events, a geometric distribution (Benneyan): mean ± 3√(mean (mean + 1)).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from compendium.errors import ComputeError
from compendium.signals.laney import OF_TWO, SIGMAS
from compendium.signals.patterns import running

POWER = 3.6


@dataclass(frozen=True)
class Between:
    """centre, low, high: in days or opportunities. mean: of the gaps as they are. Half of the gaps are shorter than the
    centre."""

    centre: float
    low: float
    high: float
    mean: float

    def longer_than_usual(self, open_gap: float) -> bool:
        """Whether the time since the last event, which is not over, is already beyond the upper limit. That it is
        still short says nothing."""
        return open_gap > self.high

    def running(self, gaps: Sequence[float], open_gap: float = 0.0) -> int:
        """How many gaps up to the newest lie on the same side of the centre as it does: above nought longer ones, below
        it shorter ones. The time since the last event is a longer one as soon as it is beyond the centre."""
        told = [*gaps, open_gap] if open_gap > self.centre else gaps
        sides = [(gap > self.centre) - (gap < self.centre) for gap in told]
        return running(sides) * sides[-1] if sides else 0


def t_chart(days: Sequence[float]) -> Between:
    """Of whole gaps in days. ComputeError for fewer than two, or where all are equal."""
    _check(days)
    nearly_normal = [day ** (1 / POWER) for day in days]
    mean, moving_range = fmean(nearly_normal), fmean(abs(now - before) for before, now in pairwise(nearly_normal))
    if moving_range == 0:
        raise ComputeError("all gaps are equal, so there is no usual coming and going")
    reach = SIGMAS / OF_TWO * moving_range
    return Between(mean**POWER, max(0.0, mean - reach) ** POWER, (mean + reach) ** POWER, fmean(days))


def g_chart(opportunities: Sequence[float]) -> Between:
    """Of whole gaps in opportunities. ComputeError for fewer than two."""
    _check(opportunities)
    mean = fmean(opportunities)
    reach = 3 * math.sqrt(mean * (mean + 1))
    return Between(median(opportunities), max(0.0, mean - reach), mean + reach, mean)


def _check(gaps: Sequence[float]) -> None:
    if len(gaps) < 2:
        raise ComputeError("fewer than two gaps between events", expected="at least three events")
    if min(gaps) < 0:
        raise ComputeError("a gap between events is negative", expected="events in order")
