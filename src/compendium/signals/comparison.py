"""One figure beside another: is the difference more than chance would make, and how large may it be?

| figures | test | the difference is in |
|---|---|---|
| two shares of cases | Newcombe's interval of their difference, widened as its months are | points |
| two counts, or two rates | the odds of the one among both, by Wilson, widened as its months are | per cent |
| a share beside a published one | Wilson's interval of the own share, widened likewise | points |
| a count or rate beside a published one | Byar's interval of the own count, widened likewise | per cent |

Each interval holds 95%. A difference is clear when its interval excludes nought; nothing else allows a verb. Means,
medians, ratios and money have no test here: what varies behind them is not known from their months.

Households and schools refer children together, and offices have good and bad months, so figures differ from month to
month by more than single cases would: the widening is Laney's σz of the earlier months, and never less than 1. A share
widened by φ is tested as one of φ² times fewer cases.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from compendium.signals.intervals import Interval, count, newcombe, wilson
from compendium.signals.laney import p_prime, u_prime

Answer = Literal["higher", "lower", "no_clear_change"]
FEWEST = 13  # months from which the coming and going of a series can be told
FEW_CASES = 6  # of a share; of fewer nothing is said
FEW_EVENTS = 10  # of two counts together
POINTS = 100.0

Pair = tuple[float, float]


@dataclass(frozen=True)
class Difference:
    """size: the one less the other, in points or per cent; interval: where it is likely to lie, in the same unit."""

    size: float
    interval: Interval

    @property
    def answer(self) -> Answer:
        if self.interval.low > 0:
            return "higher"
        return "lower" if self.interval.high < 0 else "no_clear_change"


def of_shares(now: Pair, before: Pair, widening: float = 1.0) -> Difference | None:
    """Two shares, each by its numerator and denominator. None where one of them is of no cases, or is no part."""
    if not (_is_part(now) and _is_part(before)):
        return None
    low, high = newcombe(_of_fewer(now, widening), _of_fewer(before, widening))
    size = now[0] / now[1] - before[0] / before[1]
    return Difference(POINTS * size, Interval(POINTS * low, POINTS * high))


def of_counts(now: float, before: float, widening: float = 1.0, exposures: Pair = (1.0, 1.0)) -> Difference | None:
    """Two counts, or two rates over exposures. None where there is nothing to be a part of.

    Given both together the one is a binomial part of them, and the odds of that part are the ratio of the two.
    """
    if before <= 0 or min(exposures) <= 0:
        return None
    phi = max(1.0, widening) ** 2
    part = wilson(now / phi, (now + before) / phi)
    scale = exposures[1] / exposures[0]
    low, high = (_odds(each) * scale for each in part)
    return Difference(_per_cent(now / before * scale), Interval(_per_cent(low), _per_cent(high)))


def beside_share(own: Pair, published: float, widening: float = 1.0) -> Difference | None:
    """An own share beside a published one from 0 to 1, which is taken as it stands. None where it is no part."""
    if not _is_part(own):
        return None
    low, high = widened_share(own, widening)
    return Difference(
        POINTS * (own[0] / own[1] - published), Interval(POINTS * (low - published), POINTS * (high - published))
    )


def beside_rate(number: float, expected: float, widening: float = 1.0) -> Difference | None:
    """An own count beside what it would be at the published rate. None where that would be nothing."""
    if expected <= 0:
        return None
    low, high = (each / expected for each in widened_count(number, widening))
    return Difference(_per_cent(number / expected), Interval(_per_cent(low), _per_cent(high)))


def widened_share(share: Pair, widening: float) -> Interval:
    """Wilson's of a share, from 0 to 1, as of fewer cases."""
    return wilson(*_of_fewer(share, widening))


def widened_count(number: float, widening: float) -> Interval:
    """Byar's of a count, or the exact one, as of fewer events."""
    phi = max(1.0, widening) ** 2
    return Interval(*(phi * each for each in count(number / phi)))


def widening(numerators: Sequence[float | None], denominators: Sequence[float | None] | None = None) -> float | None:
    """How many times more the months of a series differ than single cases would make them; at least 1.

    A month that is missing is None. denominators: of shares; None for counts. None with fewer than 13 months known.
    """
    sizes = [1.0] * len(numerators) if denominators is None else denominators
    known = sum(number is not None and bool(size) for number, size in zip(numerators, sizes, strict=True))
    if known < FEWEST:
        return None
    made = u_prime(numerators, sizes) if denominators is None else p_prime(numerators, sizes)
    return max(1.0, made.sigma_z)


def _of_fewer(share: Pair, widening: float) -> Pair:
    """The same share of as many cases as would differ by chance as much as its months do."""
    phi = max(1.0, widening) ** 2
    return share[0] / phi, share[1] / phi


def _is_part(share: Pair) -> bool:
    """Sums of money may be below nought, or above what they are set against."""
    return 0 <= share[0] <= share[1] and share[1] > 0


def _odds(part: float) -> float:
    return part / (1 - part) if part < 1 else math.inf


def _per_cent(ratio: float) -> float:
    return 100 * (ratio - 1)
