"""Intervals: within what a share, a count, or the difference of two shares may lie, given how few cases there are.

Wilson's score interval for a share; Byar's for a count, and the exact one (from the gamma distribution)
below ten, as public health practice has it; Newcombe's (method 10) for a difference of shares.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

from scipy.special import gammaincinv, stdtrit

EXACT_BELOW = 10
SHOWN = 0.95  # beside a figure
DIFFERENT = 0.998  # for saying "different"


class Interval(NamedTuple):
    """In the unit of what it is of: a share from 0 to 1, a count, a difference of shares from -1 to 1."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Ends included."""
        return self.low <= value <= self.high


def wilson(numerator: float, denominator: float, confidence: float = SHOWN) -> Interval:
    """Of a share. With no cases anything is possible: 0 to 1."""
    if denominator <= 0:
        return Interval(0.0, 1.0)
    z = z_of(confidence)
    share = numerator / denominator
    middle = 2 * numerator + z * z
    reach = z * math.sqrt(z * z + 4 * numerator * (1 - share))
    under = 2 * (denominator + z * z)
    low = 0.0 if numerator <= 0 else (middle - reach) / under
    high = 1.0 if numerator >= denominator else (middle + reach) / under
    return Interval(max(0.0, low), min(1.0, high))


def count(number: float, confidence: float = SHOWN) -> Interval:
    """Of a count of events: exact below ten, Byar's from there."""
    return exact_poisson(number, confidence) if number < EXACT_BELOW else byar(number, confidence)


def byar(number: float, confidence: float = SHOWN) -> Interval:
    """Of a count, approximately."""
    z = z_of(confidence)
    low = 0.0 if number <= 0 else number * (1 - 1 / (9 * number) - z / (3 * math.sqrt(number))) ** 3
    above = number + 1
    return Interval(max(0.0, low), above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3)


def exact_poisson(number: float, confidence: float = SHOWN) -> Interval:
    """Of a count, exactly."""
    tail = (1 - confidence) / 2
    low = 0.0 if number <= 0 else float(gammaincinv(number, tail))
    return Interval(low, float(gammaincinv(number + 1, 1 - tail)))


def newcombe(now: tuple[float, float], before: tuple[float, float], confidence: float = SHOWN) -> Interval:
    """Of the difference of two shares, each given by its numerator and denominator: the first less the second."""
    (low_now, high_now), (low_before, high_before) = wilson(*now, confidence), wilson(*before, confidence)
    if now[1] <= 0 or before[1] <= 0:
        return Interval(-1.0, 1.0)
    share_now, share_before = now[0] / now[1], before[0] / before[1]
    difference = share_now - share_before
    return Interval(
        difference - math.hypot(share_now - low_now, high_before - share_before),
        difference + math.hypot(high_now - share_now, share_before - low_before),
    )


def z_of(confidence: float) -> float:
    """How many deviations either side of the middle hold that share of a normal distribution."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def student(freedom: float, confidence: float = SHOWN) -> float:
    """As many deviations of Student's distribution, where the deviation itself is only estimated."""
    return float(stdtrit(freedom, (1 + confidence) / 2))
