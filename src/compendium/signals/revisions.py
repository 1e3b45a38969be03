"""How a figure changed after it was first published: the triangle of its months and what it usually comes to.

A row of the triangle is a month, a column an age: what was known of it on the day it was first published, and one,
three and twelve months later. A revision is a later figure less the earlier one: in points for a share, in per cent of
the earlier figure for anything else (ONS and OECD practice). The mean revision tells a bias, if there is one; the mean
absolute revision how far a new figure is to be trusted.

Revisions of neighbouring months are seldom independent: one late delivery revises several. So the standard error of
their mean is Newey and West's (1987), with Bartlett's weights, and fewer than twelve months prove nothing. It only
ever widens the plain one: of twelve revisions in which nothing lies, the narrower would call 9 in 100 a bias, not 5.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from compendium.signals.intervals import student

AGES = (0, 1, 3, 12)  # months since a figure was first published
FEWEST = 12  # revisions, to call their mean a bias
FEWEST_SHOWN = 6  # revisions, to say what is usual


@dataclass(frozen=True)
class Row:
    """One month. values: as known at each of AGES, None where that day is yet to come or nothing was known by it.
    now: as known today, so many whole months after it was first published."""

    month: date
    values: tuple[float | None, ...]
    now: float | None
    months_since: int

    @property
    def first(self) -> float | None:
        return self.values[0]


@dataclass(frozen=True)
class Revisions:
    """Of so many months, in points or per cent. mean: the bias; low, high: the range. error: of the mean, None for
    fewer than two. is_biased: that the mean lies further from nought than chance would take it."""

    months: int
    mean: float
    mean_absolute: float
    low: float
    high: float
    error: float | None
    is_biased: bool


def revision(earlier: float | None, later: float | None, *, in_points: bool) -> float | None:
    """None where either is not known, or where there is nothing to take a percentage of."""
    if earlier is None or later is None:
        return None
    if in_points:
        return later - earlier
    return (later - earlier) / earlier * 100 if earlier else None


def to_age(rows: Sequence[Row], age: int, *, in_points: bool) -> list[float]:
    """From the first publication to one of AGES, for each month that is as old, oldest first."""
    at = AGES.index(age)
    found = (revision(row.first, row.values[at], in_points=in_points) for row in rows)
    return [each for each in found if each is not None]


def from_age(rows: Sequence[Row], age: int, *, in_points: bool) -> list[float]:
    """From one of AGES to what is known today: what a figure as old as that is still to go through. A month that is no
    older yet tells nothing."""
    at = AGES.index(age)
    found = (revision(row.values[at], row.now, in_points=in_points) for row in rows if row.months_since > age)
    return [each for each in found if each is not None]


def usual(revisions: Sequence[float]) -> Revisions | None:
    """What revisions, in the order of their months, come to. None without any."""
    if not revisions:
        return None
    mean, error = fmean(revisions), standard_error(revisions)
    return Revisions(
        months=len(revisions),
        mean=mean,
        mean_absolute=fmean(map(abs, revisions)),
        low=min(revisions),
        high=max(revisions),
        error=error,
        is_biased=len(revisions) >= FEWEST and error is not None and _is_far(mean, error, len(revisions)),
    )


def standard_error(values: Sequence[float]) -> float | None:
    """Of the mean of values in order, of which neighbours may go together (Newey and West). None for fewer than two.

    Never less than the plain s / √n, which it is without lags.
    """
    size = len(values)
    if size < 2:
        return None
    mean = fmean(values)
    away = [value - mean for value in values]
    lags = lags_for(size)
    plain = total = math.fsum(each * each for each in away)
    for lag in range(1, lags + 1):
        together = math.fsum(now * before for now, before in zip(away[lag:], away, strict=False))
        total += 2 * (1 - lag / (lags + 1)) * together
    return math.sqrt(max(plain, total) / (size * (size - 1)))


def lags_for(size: int) -> int:
    """How many neighbours on either side may go together: the rule of Newey and West (1994), 2 for 5 to 27 months."""
    return min(size - 1, int(4 * (size / 100) ** (2 / 9)))


def _is_far(mean: float, error: float, size: int) -> bool:
    """By Student's t. The same revision every month, and never nought, is a bias beyond doubt."""
    return abs(mean) > student(size - 1) * error
