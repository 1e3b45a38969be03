"""Where a stock is likely to be one to six months ahead, by how far it has moved in as many months before.

Of the methods tried nothing foretells an open caseload better than its last value, so that is the forecast, and the
work goes into how wrong it may be. Each range is made of the series' own past errors at the same distance, drift and
all. All of them are widened alike, until such ranges would have held often enough from each earlier month, seen with
what was known then; never narrowed, and a month further ahead never has a narrower one. Three months ahead is the
furthest that a single figure is given.

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
DISTANCES = range(1, FURTHEST + 1)
INNER, OUTER = 0.5, 0.8
SLACK = 0.02  # a range of 80% must have held at least 78 of 100 times
FEWEST_ERRORS = 18  # behind a range that the back-test looks at
LOOKED_BACK = 24  # months from which forecasts are made again, for the record of how they did
RECENT = 12

Range = tuple[float, float]


@dataclass(frozen=True)
class Ahead:
    """One month ahead of a series, in its unit. point: None past the third. inner, outer: 50% and 80%.
    outcomes: where the past errors, widened as the outer range is, would put it, in order."""

    months: int
    point: float | None
    inner: Range
    outer: Range
    outcomes: tuple[float, ...]

    def holds(self, value: float) -> bool:
        return self.outer[0] <= value <= self.outer[1]

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
    history = _History(values, floor)
    newest = len(values) - 1
    step = _mean([abs(error) for _, error in history.errors[1]])
    again = {months: _again(history, months) for months in DISTANCES}
    past = [
        Past(months, then.outer, then.holds(value)) for months, made in again.items() for value, _, then in made[-1:]
    ]
    return Forecast(
        history.fan(newest),
        tuple(past),
        tuple(_track(made, months, step) for months, made in again.items()),
        within,
    )


def fans(values: Sequence[float | None], origins: Sequence[int], *, floor: float = 0.0) -> list[tuple[Ahead, ...]]:
    """The months ahead as seen from each of some months, by their places, with what was known then. Whatever the
    series is like: each of those months must have a value, and so must one before it at every distance."""
    history = _History(values, floor)
    return [history.fan(origin) for origin in origins]


class _History:
    """What can be learnt from a series at each of its months, by what was known then.

    errors: by distance, how far each month lay from the one so many months before. needed: for each share, how many
    times wider a range had to be to hold. Both with the place of the month in which that became known, in its order.
    """

    def __init__(self, values: Sequence[float | None], floor: float) -> None:
        self.values, self.floor = values, floor
        self.errors = {months: list(_errors(values, months)) for months in DISTANCES}
        self.needed = {
            share: sorted(each for months in DISTANCES for each in _needed(self.errors[months], months, share))
            for share in (INNER, OUTER)
        }

    def fan(self, origin: int) -> tuple[Ahead, ...]:
        last = self.values[origin]
        assert last is not None
        inner_factor, factor = (self._factor(share, origin) for share in (INNER, OUTER))
        made: list[Ahead] = []
        inner_half = half = 0.0
        for months in DISTANCES:
            errors = sorted(error for known, error in self.errors[months] if known <= origin)
            inner_middle, inner_wide = _spread(errors, INNER)
            middle, wide = _spread(errors, OUTER)
            inner_half, half = max(inner_half, inner_wide * inner_factor), max(half, wide * factor)
            outer = self._within(last + middle, half)
            low, high = self._within(last + inner_middle, inner_half)
            stretch = half / wide if wide else 1.0
            made.append(
                Ahead(
                    months,
                    last if months <= FURTHEST_POINT else None,
                    (max(low, outer[0]), min(high, outer[1])),
                    outer,
                    tuple(max(self.floor, last + middle + stretch * (error - middle)) for error in errors),
                )
            )
        return tuple(made)

    def _within(self, middle: float, half: float) -> Range:
        return max(self.floor, middle - half), max(self.floor, middle + half)

    def _factor(self, share: float, origin: int) -> float:
        """By how much the ranges of earlier months had to be wider for enough of them to hold; never below one."""
        known = sorted(ratio for when, ratio in self.needed[share] if when <= origin)
        return max(1.0, known[math.ceil((share - SLACK) * len(known)) - 1]) if known else 1.0


def _errors(values: Sequence[float | None], months: int) -> Iterator[tuple[int, float]]:
    for at, (before, now) in enumerate(zip(values, values[months:], strict=False), start=months):
        if before is not None and now is not None:
            yield at, now - before


def _needed(errors: Sequence[tuple[int, float]], months: int, share: float) -> Iterator[tuple[int, float]]:
    """Each error by the half width of the range that was made, from errors known by then, when it was foretold."""
    ordered: list[float] = []
    waiting = iter(errors)
    earlier = next(waiting, None)
    for known, error in errors:
        while earlier is not None and earlier[0] <= known - months:
            insort(ordered, earlier[1])
            earlier = next(waiting, None)
        if len(ordered) < FEWEST_ERRORS:
            continue
        middle, wide = _spread(ordered, share)
        if wide > 0:
            yield known, abs(error - middle) / wide


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


def _again(history: _History, months: int) -> list[tuple[float, float, Ahead]]:
    """The forecasts that would have been made of each of the last two years' months: its value, the value so many
    months before it, and the forecast made then."""
    values, made = history.values, []
    for at in range(max(len(values) - LOOKED_BACK, FEWEST), len(values)):
        value, start = values[at], values[at - months]
        enough = sum(each is not None for each in values[: at - months + 1]) >= FEWEST - FURTHEST
        if value is not None and start is not None and enough:
            made.append((value, start, history.fan(at - months)[months - 1]))
    return made


def _track(made: Sequence[tuple[float, float, Ahead]], months: int, step: float) -> Track:
    error = _mean([abs(value - start) for value, start, _ in made])
    inner = sum(each.inner[0] <= value <= each.inner[1] for value, _, each in made)
    outer = sum(each.holds(value) for value, _, each in made)
    return Track(months, len(made), inner, outer, error, error / step if step else 0.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
