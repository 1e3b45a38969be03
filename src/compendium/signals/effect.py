"""Whether a figure changed after a dated action, beyond what was to be expected had nothing happened.

| figure | expected of the months after |
|---|---|
| declared seasonal, with three years before | the prediction of each, from months before the action only (`season`) |
| a stock most of which carries over from month to month | the last month before, and its average step carried on |
| anything that drifted steadily before, with two years | the same line, carried on |
| all others | their average of up to three years before; of shares the pooled one |

Months hang together: a high one is followed by a high one. Their spread is widened by how much they did before, which
is what keeps a wandering figure from having "effects". A share's spread is never less than that of so many cases, nor
a count's than chance allows it. The first six whole months after are looked at, for later ones have other causes.

In simulated figures in which nothing happened about 5 of 100 have an effect nevertheless; up to 12 where months hang
together closely or fewer than two years came before. Such a change is no proof that the action brought it about:
`rivals` names what else could have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from compendium.calendar.months import month_end, month_start
from compendium.calendar.working_days import elapsed
from compendium.signals import season
from compendium.signals.chart import SHARE_LANEY, Month
from compendium.signals.stock import carries_over

Found = Literal["effect", "none", "too_soon", "few_before", "few_cases"]
Method = Literal["season", "steps", "line", "average", ""]
FEWEST_AFTER, MOST_AFTER = 3, 6
FEWEST_BEFORE, LONG_BEFORE, MOST_BEFORE = 12, 24, 36
CONFIDENCE = 0.95
COUNT_LEAST = 20  # events in all before: of fewer nothing can be said


@dataclass(frozen=True)
class Effect:
    """expected, observed: the mean of the months after, or their pooled share. change: the one less the other, and
    within what it lies in 95 of 100 such cases. first: the first whole month after. extreme: 1 where the last month
    before was unusually high, -1 unusually low."""

    found: Found
    first: date
    before: int
    after: int
    method: Method = ""
    expected: float = 0.0
    observed: float = 0.0
    change: float = 0.0
    low: float = 0.0
    high: float = 0.0
    extreme: int = 0

    @property
    def is_told(self) -> bool:
        """Whether there is a change to tell, found or not."""
        return self.found in ("effect", "none")


def effect(
    months: Sequence[Month],
    on: date,
    *,
    is_share: bool,
    is_count: bool,
    is_stock: bool = False,
    seasonal: bool = False,
) -> Effect:
    """Of months in order; one without a value is a gap. on: the first day of the action. is_stock: it counts what is
    there at the month's end."""
    first = first_whole_month(on)
    known = [each for each in months if each.value is not None and (not is_share or each.denominator)]
    before = [each for each in known if each.period < month_start(on)][-MOST_BEFORE:]
    after = [each for each in known if first <= each.period <= month_end(first, MOST_AFTER - 1)]
    lengths = len(before), len(after)
    if lengths[1] < FEWEST_AFTER:
        return Effect("too_soon", first, *lengths)
    if lengths[0] < FEWEST_BEFORE:
        return Effect("few_before", first, *lengths)
    if _are_few(before, after, is_share, is_count):
        return Effect("few_cases", first, *lengths)
    if seasonal and (made := _seasonal(known, after, first, month_start(on))) is not None:
        return made
    if is_stock and carries_over([each.value for each in before]):
        return _steps(before, after, first, is_share)
    return _level(before, after, first, is_share, is_count)


def first_whole_month(on: date) -> date:
    """By its last day: the month itself where no working day of it came before, else the next."""
    start = month_start(on)
    return month_end(on, 0 if elapsed(start - timedelta(days=1), on - timedelta(days=1)) == 0 else 1)


def _are_few(before: Sequence[Month], after: Sequence[Month], is_share: bool, is_count: bool) -> bool:
    if is_share:
        return min(sum(each.denominator or 0 for each in part) for part in (before, after)) < SHARE_LANEY
    return is_count and sum(each.value or 0 for each in before) < COUNT_LEAST


def _level(before: Sequence[Month], after: Sequence[Month], first: date, is_share: bool, is_count: bool) -> Effect:
    """Weighted by its cases a share's mean is the pooled share."""
    values, weights = _numbers(before, is_share)
    then, its_weights = _numbers(after, is_share)
    mean = float(np.average(values, weights=weights))
    floor = mean * (100 - mean) if is_share else mean if is_count else 0.0
    place = np.array([_place(each.period) for each in before], dtype=float)
    line = _line(place, values, weights, floor) if len(before) >= LONG_BEFORE else None
    observed = float(np.average(then, weights=its_weights))
    own = _scatter(values - mean, weights, 1, floor)
    extreme = _extreme(values[-1] - mean, own.variance / weights[-1])
    if line is not None and line.is_clear:
        at = float(np.average([_place(each.period) for each in after], weights=its_weights)) - line.middle
        expected, scatter, more = mean + line.slope * at, line.scatter, at * at / line.width
    else:
        expected, scatter, more = mean, own, 0.0
    # Months that hang together are worth fewer; but no fewer than one.
    ours, theirs = (max(float(each.sum()) / scatter.hangs, float(each.mean())) for each in (weights, its_weights))
    error = math.sqrt(scatter.variance * (1 / ours + more * scatter.hangs + 1 / theirs))
    reach = float(stdtrit(scatter.freedom, (1 + CONFIDENCE) / 2)) * error
    method: Method = "line" if line is not None and line.is_clear else "average"
    change = observed - expected
    found: Found = "effect" if abs(change) > reach else "none"
    return Effect(
        found,
        first,
        len(before),
        len(after),
        method,
        expected,
        observed,
        change,
        change - reach,
        change + reach,
        extreme,
    )


def _steps(before: Sequence[Month], after: Sequence[Month], first: date, is_share: bool) -> Effect:
    """By the steps of the months before: the mean of m months later is as far off as so many steps may take it."""
    values, _ = _numbers(before, is_share)
    then, _ = _numbers(after, is_share)
    steps, count = np.diff(values), len(then)
    away = (count + 1) / 2
    variance = float(steps.var(ddof=1)) * ((count + 1) * (2 * count + 1) / (6 * count) + away**2 / len(steps))
    reach = float(stdtrit(len(steps) - 1, (1 + CONFIDENCE) / 2)) * math.sqrt(variance)
    expected, observed = float(values[-1] + away * steps.mean()), float(then.mean())
    change = observed - expected
    found: Found = "effect" if abs(change) > reach else "none"
    told = (expected, observed, change, change - reach, change + reach)
    return Effect(found, first, len(before), count, "steps", *told)


@dataclass(frozen=True)
class _Scatter:
    """variance: of one month, for a weight of one. hangs: how many times as many months it takes to know as much as
    from months that do not hang together. freedom: of the t distribution."""

    variance: float
    hangs: float
    freedom: float


@dataclass(frozen=True)
class _Line:
    """slope: a month. width: the weighted sum of squares of its months' distances from the middle one."""

    slope: float
    middle: float
    width: float
    scatter: _Scatter
    is_clear: bool


def _scatter(rest: np.ndarray, weights: np.ndarray, terms: int, floor: float) -> _Scatter:
    """What is left of months once their mean or line is taken away."""
    number = len(rest)
    variance = max(float(np.sum(weights * rest**2)) / (number - terms), floor)
    scaled = rest * np.sqrt(weights)
    whole = float(np.sum(scaled**2))
    near = float(np.sum(scaled[1:] * scaled[:-1])) / whole if whole else 0.0
    hangs = season.hanging(near, number)
    return _Scatter(variance, hangs, max(number / hangs - terms, 2.0))


def _line(place: np.ndarray, values: np.ndarray, weights: np.ndarray, floor: float) -> _Line:
    middle = float(np.average(place, weights=weights))
    away = place - middle
    width = float(np.sum(weights * away**2))
    mean = float(np.average(values, weights=weights))
    slope = float(np.sum(weights * away * (values - mean))) / width
    scatter = _scatter(values - mean - slope * away, weights, 2, floor)
    error = math.sqrt(scatter.variance * scatter.hangs / width)
    is_clear = abs(slope) > float(stdtrit(scatter.freedom, (1 + CONFIDENCE) / 2)) * error
    return _Line(slope, middle, width, scatter, is_clear)


def _extreme(away: float, variance: float) -> int:
    """Which way the last month before was out of the usual: what follows such a month is mostly nearer the middle."""
    return 0 if away * away <= 4 * variance else 1 if away > 0 else -1


def _numbers(months: Sequence[Month], is_share: bool) -> tuple[np.ndarray, np.ndarray]:
    """Values, and weights: the cases behind a share."""
    values = [100 * (each.numerator or 0) / (each.denominator or 1) if is_share else each.value for each in months]
    weights = [each.denominator if is_share else 1.0 for each in months]
    return np.array(values, dtype=float), np.array(weights, dtype=float)


def _place(month: date) -> int:
    return month.year * 12 + month.month


def _seasonal(known: Sequence[Month], after: Sequence[Month], first: date, start: date) -> Effect | None:
    """On the logarithm, as the prediction is; None where too few months came before for one."""
    before = [(each.period, each.value) for each in known if each.period < start]
    made = season.together(before, [(each.period, each.value) for each in after])
    if made is None:
        return None
    low, high = (made.expected * (ratio - 1) for ratio in made.within)
    change = made.observed - made.expected
    found: Found = "none" if low <= 0 <= high else "effect"
    return Effect(found, first, made.months, len(after), "season", made.expected, made.observed, change, low, high)
