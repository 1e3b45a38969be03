"""Whether a figure changed after a dated action, beyond what was to be expected had nothing happened.

| figure | expected of the months after |
|---|---|
| declared seasonal, with three years before | the prediction of each, from months before the action only (`season`) |
| a stock most of which carries over from month to month | the last month before, and its average step carried on |
| all others | their level just before it, from up to three years |

A level is the mean of all months before where none carries over into the next, the last month alone where each goes on
from the one before, and mostly something between: the share that is carried on is the one that would have foretold
the months best (exponential smoothing). The further a figure wanders by itself the wider its interval. A share's
spread is never less than that of so many cases, nor a count's than chance allows it. The first six whole months after
are looked at, for later ones have other causes.

In simulated figures in which nothing happened 2 to 6 of 100 have an effect nevertheless, most of those that wander.
Such a change is no proof that the action brought it about: `rivals` names what else could have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np

from compendium.calendar.months import month_end, month_start, months_between
from compendium.calendar.working_days import elapsed
from compendium.signals import season
from compendium.signals.chart import SHARE_LANEY, Month
from compendium.signals.intervals import student
from compendium.signals.stock import carries_over

Found = Literal["effect", "none", "too_soon", "few_before", "few_cases"]
Method = Literal["season", "steps", "level", ""]
FEWEST_AFTER, MOST_AFTER = 3, 6
FEWEST_BEFORE, MOST_BEFORE = 12, 36
LEARNING = 5  # months before the back-test of a level begins
CARRIED = np.linspace(0, 1, 21)
COUNT_LEAST = 20  # events in all before: of fewer nothing can be said


@dataclass(frozen=True)
class Effect:
    """expected, observed: the mean of the months after, or their pooled share. change: the one less the other, and
    within what it lies in 95 of 100 such cases. first: the first month looked at, mostly the first whole one after.
    extreme: 1 where the last month before was unusually high, -1 unusually low. rests_on: a month after without which
    no effect would be found."""

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
    rests_on: date | None = None

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
    by: date | None = None,
) -> Effect:
    """Of months in order; one without a value is a gap. on: the first day of the action. is_stock: it counts what is
    there at the month's end. by: the last of the months to look at, by its last day; then it is the six to that month,
    and not the first six."""
    begun = first_whole_month(on)
    first = begun if by is None else max(begun, month_end(by, 1 - MOST_AFTER))
    passed = months_between(begun, first)
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

    carries = is_stock and carries_over([each.value for each in before])

    def made(since: Sequence[Month]) -> Effect:
        if seasonal and (against := _seasonal(known, since, first, month_start(on))) is not None:
            return against
        if carries:
            return _steps(before, since, first, passed, is_share)
        return _level(before, since, first, passed, is_share, is_count)

    found = made(after)
    if found.found != "effect":
        return found
    without = [(each.period, made([other for other in after if other is not each])) for each in after]
    way = 1 if found.change > 0 else -1
    alone = [
        period
        for period, rest in without
        if way * rest.change < abs(found.change) / 2 and not (rest.found == "effect" and way * rest.change > 0)
    ]
    return replace(found, rests_on=alone[-1] if alone else None)


def first_whole_month(on: date) -> date:
    """By its last day: the month itself where no working day of it came before, else the next."""
    start = month_start(on)
    return month_end(on, 0 if elapsed(start - timedelta(days=1), on - timedelta(days=1)) == 0 else 1)


def _are_few(before: Sequence[Month], after: Sequence[Month], is_share: bool, is_count: bool) -> bool:
    if is_share:
        return min(sum(each.denominator or 0 for each in part) for part in (before, after)) < SHARE_LANEY
    return is_count and sum(each.value or 0 for each in before) < COUNT_LEAST


def _steps(before: Sequence[Month], after: Sequence[Month], first: date, passed: int, is_share: bool) -> Effect:
    """By the steps of the months before: the mean of m months later is as far off as so many steps may take it.
    passed: how many months lie between the action and the first of those looked at."""
    values, _ = _numbers(before, is_share)
    then, _ = _numbers(after, is_share)
    steps, count = np.diff(values), len(then)
    away = passed + (count + 1) / 2
    along = passed + (count + 1) * (2 * count + 1) / (6 * count)
    variance = float(steps.var(ddof=1)) * (along + away**2 / len(steps))
    reach = student(len(steps) - 1) * math.sqrt(variance)
    expected, observed = float(values[-1] + away * steps.mean()), float(then.mean())
    change = observed - expected
    found: Found = "effect" if abs(change) > reach else "none"
    told = (expected, observed, change, change - reach, change + reach)
    return Effect(found, first, len(before), count, "steps", *told)


def _level(
    before: Sequence[Month], after: Sequence[Month], first: date, passed: int, is_share: bool, is_count: bool
) -> Effect:
    """Weighted by its cases a share's mean is the pooled share."""
    values, weights = _numbers(before, is_share)
    then, its = _numbers(after, is_share)
    mean = float(np.average(values, weights=weights))
    floor = mean * (100 - mean) if is_share else mean if is_count else 0.0
    known = _smoothed(values, weights)
    variance = max(known.variance, floor)
    # What each later month takes its own way is carried on into those after it, as far as months carry over.
    rest = np.cumsum(its[::-1])[::-1] - its
    shares = (its + known.carried * rest) / its.sum()
    along = passed * known.carried**2 / float(its.mean())  # the months passed over are carried on into all of them
    error = math.sqrt(variance * (float(np.sum(shares**2 / its)) + along + 1 / float(weights.sum())))
    reach = student(known.freedom) * error
    expected, observed = known.level, float(np.average(then, weights=its))
    change = observed - expected
    found: Found = "effect" if abs(change) > reach else "none"
    told = (expected, observed, change, change - reach, change + reach)
    out = known.last * known.last * float(weights[-1]) > 4 * variance
    extreme = int(out) * (1 if known.last > 0 else -1)
    return Effect(found, first, len(before), len(after), "level", *told, extreme)


@dataclass(frozen=True)
class _Smoothed:
    """level: after the last month. carried: the share of a month's own way that stays. variance: of what a month was
    off by, for a weight of one. last: by what the last one was off."""

    level: float
    carried: float
    variance: float
    freedom: int
    last: float


def _smoothed(values: np.ndarray, weights: np.ndarray) -> _Smoothed:
    """Exponential smoothing, with the share that would have foretold the months best, and a little more: in few months
    it is found too small. A share of nought is their plain mean."""
    total, levels = float(weights[0]), np.full(len(CARRIED), values[0])
    errors = []
    for value, weight in zip(values[1:], weights[1:], strict=True):
        off = value - levels
        total += float(weight)
        levels = levels + np.maximum(CARRIED, float(weight) / total) * off
        errors.append(off)
    off_by, heavy = np.array(errors[LEARNING:]), weights[LEARNING + 1 :, None]
    squares = np.sum(heavy * off_by**2, axis=0)
    best = min(int(np.argmin(squares)) + 1, len(CARRIED) - 1)
    freedom = len(off_by) - 1
    return _Smoothed(
        float(levels[best]), float(CARRIED[best]), float(squares[best]) / freedom, freedom, float(off_by[-1, best])
    )


def _numbers(months: Sequence[Month], is_share: bool) -> tuple[np.ndarray, np.ndarray]:
    """Values, and weights: the cases behind a share."""
    values = [100 * (each.numerator or 0) / (each.denominator or 1) if is_share else each.value for each in months]
    weights = [each.denominator if is_share else 1.0 for each in months]
    return np.array(values, dtype=float), np.array(weights, dtype=float)


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
