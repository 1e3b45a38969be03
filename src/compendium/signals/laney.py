"""Laney's p′ and u′ charts: shares and rates in time whose number of cases changes from month to month.

Plain limits allow for chance among the cases only, and are five to ten times too narrow where months differ for
other reasons too. Laney (2002) measures how much they do: the mean moving range of the z-scores over 1.128 is σz, by
which every month's own limits are widened. They are never narrowed: σz below 1 counts as 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from compendium.errors import ComputeError

OF_TWO = 1.128  # the mean range of two draws from a standard normal distribution
SIGMAS = 3.0


@dataclass(frozen=True)
class Laney:
    """centre: of all months together. sigma_z: how much wider than chance among the cases. limits: of each month, None
    for one without cases. plain: the same without the widening."""

    centre: float
    sigma_z: float
    limits: tuple[tuple[float, float] | None, ...]
    plain: tuple[tuple[float, float] | None, ...]


def p_prime(numerators: Sequence[float | None], denominators: Sequence[float | None]) -> Laney:
    """Of shares; limits are cut off at 0 and 1. ComputeError without a month of any cases."""
    return _chart(numerators, denominators, lambda centre, size: math.sqrt(centre * (1 - centre) / size), 1.0)


def u_prime(counts: Sequence[float | None], exposures: Sequence[float | None]) -> Laney:
    """Of rates, counts over an exposure; limits are cut off at 0. ComputeError without a month of any exposure."""
    return _chart(counts, exposures, lambda centre, size: math.sqrt(centre / size), math.inf)


def _chart(
    numbers: Sequence[float | None],
    sizes: Sequence[float | None],
    deviation: Callable[[float, float], float],
    most: float,
) -> Laney:
    pairs = [
        None if number is None or not size else (number, size) for number, size in zip(numbers, sizes, strict=True)
    ]
    there = [pair for pair in pairs if pair is not None]
    if not there:
        raise ComputeError("no month has any cases, so there is nothing to chart")
    centre = math.fsum(number for number, _ in there) / math.fsum(size for _, size in there)
    sigmas = [None if pair is None else deviation(centre, pair[1]) for pair in pairs]
    scores = [
        None if pair is None or not sigma else (pair[0] / pair[1] - centre) / sigma
        for pair, sigma in zip(pairs, sigmas, strict=True)
    ]
    ranges = [abs(now - before) for before, now in pairwise(scores) if before is not None and now is not None]
    sigma_z = fmean(ranges) / OF_TWO if ranges else 1.0

    def limits(widened: float) -> tuple[tuple[float, float] | None, ...]:
        reaches = [None if sigma is None else SIGMAS * widened * sigma for sigma in sigmas]
        return tuple(
            None if reach is None else (max(0.0, centre - reach), min(most, centre + reach)) for reach in reaches
        )

    return Laney(centre, sigma_z, limits(max(1.0, sigma_z)), limits(1.0))
