"""Where a stock is likely to be one to six months ahead, by how far it has moved in as many months before.

Of the methods tried nothing foretells an open caseload better than its last value, so that is the forecast, and the
work goes into how wrong it may be. Each range is made of the series' own past errors at the same distance, drift and
all, and is widened until it would have held often enough from each earlier month, seen with what was known then. It
is never narrowed. Three months ahead is the furthest that a single figure is given.

The ranges hold numbers of cases and of workers. They say nothing of any one child.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

FEWEST = 36  # months of history; with fewer only the recent range is told
LEAST = 60  # open cases: of fewer, one family more or less would decide
FURTHEST, FURTHEST_POINT = 6, 3  # months ahead
INNER, OUTER = 0.5, 0.8
SLACK = 0.02  # a range of 80% must have held at least 78 of 100 times
FEWEST_ERRORS = 18  # behind a range that the back-test looks at
LOOKED_BACK = 24  # months from which forecasts are made again, for the record of how they did
RECENT = 12

Range = tuple[float, float]


@dataclass(frozen=True)
class Ahead:
    """One month ahead of a series, in its unit. point: None past the third. inner, outer: 50% and 80%. widened: how
    many times wider the back-test made the outer range. outcomes: where the past errors, so widened, would put it."""

    months: int
    point: float | None
    inner: Range
    outer: Range
    widened: float
    outcomes: tuple[float, ...]

    def above(self, level: float) -> float:
        """The probability that the month lies above a level, from nought to one."""
        return (len(self.outcomes) - bisect_right(self.outcomes, level) + 0.5) / (len(self.outcomes) + 1)


@dataclass(frozen=True)
class Past:
    """What would have been said of the newest month so many months before it, and whether it held."""

    months: int
    outer: Range
    held: bool


@dataclass(frozen=True)
class Track:
    """How forecasts of one distance did when made again from each of the last two years, by what was known then.

    error: the mean distance from the last value; scaled: as a multiple of the mean change in one month (MASE).
    """

    months: int
    made: int
    held_inner: int
    held: int
    error: float
    scaled: float


@dataclass(frozen=True)
class Forecast:
    """ahead is empty where no forecast is made, and why_not says why; recent is the range of the last year."""

    ahead: tuple[Ahead, ...]
    past: tuple[Past, ...]
    tracks: tuple[Track, ...]
    recent: Range | None
    why_not: Literal["", "no_value", "few_months", "few_cases", "flat"] = ""


def forecast(values: Sequence[float | None], *, floor: float = 0.0, least: float = LEAST) -> Forecast:
    """Of a stock at month ends, oldest first; None is a month without a source. floor: below which it cannot lie."""
    known = [each for each in values if each is not None]
    recent = [each for each in values[-RECENT:] if each is not None]
    within = (min(recent), max(recent)) if recent else None
    if not values or values[-1] is None:
        return Forecast((), (), (), within, "no_value")
    if len(known) < FEWEST:
        return Forecast((), (), (), within, "few_months")
    if values[-1] < least:
        return Forecast((), (), (), within, "few_cases")
    if min(known) == max(known):
        return Forecast((), (), (), within, "flat")
    distances = range(1, FURTHEST + 1)
    again = {months: _again(values, months, floor) for months in distances}
    step = _mean([abs(each) for each in _errors(values, 1)])
    return Forecast(
        tuple(_ahead(values, months, floor) for months in distances),
        tuple(each for months, made in again.items() for each in _past(made, months)),
        tuple(_track(made, months, step) for months, made in again.items()),
        within,
    )


def ranges(values: Sequence[float | None], months: int, *, floor: float = 0.0) -> tuple[Range, Range]:
    """The ranges of 50% and 80% so many months after the last of the values, which must be known."""
    made = _ahead(values, months, floor)
    return made.inner, made.outer


def _ahead(values: Sequence[float | None], months: int, floor: float) -> Ahead:
    last = values[-1]
    assert last is not None
    errors = sorted(_errors(values, months))
    around, wide = _spread(errors, OUTER)
    factor = _factor(values, months, OUTER)
    outer = _within(last + around, wide * factor, floor)
    inner_around, inner_wide = _spread(errors, INNER)
    low, high = _within(last + inner_around, inner_wide * _factor(values, months, INNER), floor)
    inner = (max(low, outer[0]), min(high, outer[1]))
    outcomes = tuple(max(floor, last + around + factor * (error - around)) for error in errors)
    return Ahead(months, last if months <= FURTHEST_POINT else None, inner, outer, factor, outcomes)


def _within(middle: float, half: float, floor: float) -> Range:
    return max(floor, middle - half), max(floor, middle + half)


def _errors(values: Sequence[float | None], months: int) -> Iterator[float]:
    """How far each month lay from the one so many months before, in the order in which that became known."""
    for before, now in zip(values, values[months:], strict=False):
        if before is not None and now is not None:
            yield now - before


def _spread(ordered: Sequence[float], share: float) -> tuple[float, float]:
    """The middle and the half width of what holds such a share of the errors; of few errors a little more than so."""
    low, high = _quantile(ordered, (1 - share) / 2), _quantile(ordered, (1 + share) / 2)
    return (low + high) / 2, (high - low) / 2


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Of n + 1 places between n values, so that the next one is as likely to fall into any of them."""
    place = min(max(share * (len(ordered) + 1) - 1, 0.0), len(ordered) - 1.0)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _factor(values: Sequence[float | None], months: int, share: float) -> float:
    """By how much the ranges of earlier months had to be wider for enough of them to hold; never below one."""
    needed: list[float] = []
    ordered: list[float] = []  # the errors that were known at the month looked from
    for at in range(months, len(values) - months):
        before, start, then = values[at - months], values[at], values[at + months]
        if start is None:
            continue
        if before is not None:
            insort(ordered, start - before)
        if then is None or len(ordered) < FEWEST_ERRORS:
            continue
        around, wide = _spread(ordered, share)
        if wide > 0:
            needed.append(abs(then - start - around) / wide)
    if not needed:
        return 1.0
    needed.sort()
    return max(1.0, needed[math.ceil((share - SLACK) * len(needed)) - 1])


def _again(values: Sequence[float | None], months: int, floor: float) -> list[tuple[float, float, Ahead]]:
    """The forecasts that would have been made of each of the last two years' months: its value, the value so many
    months before it, and the forecast made then."""
    made = []
    for at in range(max(len(values) - LOOKED_BACK, FEWEST), len(values)):
        before, value = values[: at - months + 1], values[at]
        start = before[-1]
        enough = sum(each is not None for each in before) >= FEWEST - FURTHEST
        if value is not None and start is not None and enough:
            made.append((value, start, _ahead(before, months, floor)))
    return made


def _track(made: Sequence[tuple[float, float, Ahead]], months: int, step: float) -> Track:
    error = _mean([abs(value - start) for value, start, _ in made])
    inner, outer = (
        sum(low <= value <= high for (value, _, _), (low, high) in zip(made, found, strict=True))
        for found in ([each.inner for _, _, each in made], [each.outer for _, _, each in made])
    )
    return Track(months, len(made), inner, outer, error, error / step if step else 0.0)


def _past(made: Sequence[tuple[float, float, Ahead]], months: int) -> list[Past]:
    """Of the newest month, which is the last of those made again."""
    if not made:
        return []
    value, _, then = made[-1]
    return [Past(months, then.outer, then.outer[0] <= value <= then.outer[1])]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
