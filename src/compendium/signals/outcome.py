"""Whether what was expected of a figure came about: met, not met, cannot tell, or not yet due.

A direction is tested as an effect is, in the months since it was expected; where they are more than six, in the six to
the month by which: what came and went before them was not what was expected. A level is held against the month by
which, with what chance allows so many cases or so restless a figure: met when all of that lies on the right side of
the level, not met when all of it lies on the wrong one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import stdev
from typing import Literal

from compendium.signals.action import Expectation
from compendium.signals.chart import Month
from compendium.signals.comparison import widened_count, widened_share, widening
from compendium.signals.effect import FEWEST_BEFORE, MOST_BEFORE, Effect, effect
from compendium.signals.intervals import student
from compendium.signals.stock import carries_over

Verdict = Literal["met", "not_met", "cannot_tell", "not_due"]


@dataclass(frozen=True)
class Outcome:
    """value, low, high: of the month by which, where a level was expected. found: where a direction was."""

    verdict: Verdict
    value: float | None = None
    low: float | None = None
    high: float | None = None
    found: Effect | None = None


def outcome(
    expected: Expectation,
    months: Sequence[Month],
    *,
    is_share: bool,
    is_count: bool,
    is_stock: bool = False,
    seasonal: bool = False,
) -> Outcome:
    """Of months in order, the newest last; one without a value is a gap."""
    if not months or months[-1].period < expected.by_month:
        return Outcome("not_due")
    until = [each for each in months if each.period <= expected.by_month]
    if expected.level is not None:
        return _level(expected, expected.level, until, is_share, is_count, is_stock)
    found = effect(
        until, expected.made_on, is_share=is_share, is_count=is_count, is_stock=is_stock, seasonal=seasonal,
        by=expected.by_month,
    )  # fmt: skip
    if not found.is_told:
        return Outcome("cannot_tell", found=found)
    return Outcome(_judged(expected, 0.0, found.low, found.high), found=found)


def _level(
    expected: Expectation, level: float, until: Sequence[Month], is_share: bool, is_count: bool, is_stock: bool
) -> Outcome:
    month = until[-1]
    if month.period != expected.by_month or month.value is None:
        return Outcome("cannot_tell")
    # What carries over is counted on one day: chance among cases is not what moves it, but its own steps.
    carries = is_stock and carries_over([each.value for each in until[:-1]])
    within = _within(until, is_share and not carries, is_count and not carries)
    if within is None:
        return Outcome("cannot_tell", month.value)
    return Outcome(_judged(expected, level, *within), month.value, *within)


def _judged(expected: Expectation, level: float, low: float, high: float) -> Verdict:
    """At the level is met; without any change is not."""
    aim = 1 if expected.direction == "higher" else -1
    near, far = (low, high) if aim > 0 else (-high, -low)
    reached = near >= aim * level if expected.level is not None else near > 0
    missed = far < aim * level if expected.level is not None else far <= 0
    return "met" if reached else "not_met" if missed else "cannot_tell"


def _within(until: Sequence[Month], is_share: bool, is_count: bool) -> tuple[float, float] | None:
    """Of the last month. Of cases as chance among them allows, wider by as much as the months before differed more
    than that (`comparison.widening`); for values that are no counts as they differed from month to month before."""
    month, past = until[-1], until[:-1]
    if is_share:
        known = [(each.numerator, each.denominator) if each.value is not None else (None, None) for each in past]
        wide = widening([number for number, _ in known], [size for _, size in known]) or 1.0
        share = widened_share((month.numerator or 0, month.denominator or 0), wide)
        return 100 * share.low, 100 * share.high
    if is_count:
        return widened_count(month.value or 0, widening([each.value for each in past]) or 1.0)
    before = [each.value for each in past if each.value is not None][-MOST_BEFORE:]
    if len(before) < FEWEST_BEFORE:
        return None
    steps = [now - then for then, now in pairwise(before)]
    reach = student(len(steps) - 1) * stdev(steps) / math.sqrt(2)
    return (month.value or 0) - reach, (month.value or 0) + reach
