"""Scales: where a value lies, and the few round values that are named beside the axis.

Counts and bars start at 0. A percentage may start higher, in steps of 10, and then the picture's
caption says so. There are three to six gridlines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compendium import words

_STEPS = (1, 2, 2.5, 5, 10)
_MOST = 5  # steps between gridlines, so six lines at most


@dataclass(frozen=True)
class Scale:
    """From value to place: `ticks` run from the lowest shown value to the highest."""

    ticks: tuple[float, ...]
    start: float  # the place of the lowest value
    end: float  # the place of the highest

    def at(self, value: float | Decimal) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.start + (float(value) - low) / (high - low) * (self.end - self.start)


def ticks_for(values: Sequence[float], kind: str, *, from_zero: bool = False) -> tuple[float, ...]:
    """Round values that hold all the given ones. kind: percent, count, money, ratio, mean, median, share_gap."""
    high, low = max([*values, 0.0]), min([*values, 0.0])
    if kind == "percent":
        return _percent_ticks(list(values), from_zero)
    step = _step(high - low)
    first = int(low // step) if low < 0 else 0
    last = max(first + 2, -int(-high // step))
    return tuple(round(number * step, 6) for number in range(first, last + 1))


def _percent_ticks(values: list[float], from_zero: bool) -> tuple[float, ...]:
    high = min(100, 10 * -int(-max([*values, 10.0]) // 10))
    low = 0 if from_zero else int(max(0, min(values, default=0) - 3) // 10) * 10
    low = 0 if low <= 20 else min(low, high - 20)
    step = 5 if high - low <= 20 else 10 if high - low <= 50 else 20 if high - low <= 80 else 25
    low = low // step * step
    top = low + -(-(high - low) // step) * step
    return tuple(float(value) for value in range(low, top + 1, step))


def _step(span: float) -> float:
    """The smallest round step that crosses the span in at most five."""
    if span <= 0:
        return 1
    size = 10.0 ** math.floor(math.log10(span / _MOST))
    return next(step * size for step in _STEPS if step * size * _MOST >= span)


def tick_words(value: float, kind: str) -> str:
    """'50%', '1,000', '£200'."""
    decimals = 0 if float(value).is_integer() else 1
    if kind == "percent":
        return words.percent(value, decimals)
    if kind == "money":
        return words.money(value, decimals)
    return words.number(value, decimals)
