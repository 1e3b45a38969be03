"""Scales: where a value lies, and the few round values that are named beside the axis.

Counts and bars start at 0. A percentage may start higher, in steps of 10, and then the picture's
caption says so. Counts are named in whole numbers. There are three to six gridlines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from compendium import words

_STEPS = (1, 2, 2.5, 5)
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


def ticks_for(values: Sequence[float], kind: str) -> tuple[float, ...]:
    """Round values that hold all the given ones. kind: percent, count, money, ratio, mean, median, share_gap."""
    high, low = max([*values, 0.0]), min([*values, 0.0])
    if kind == "percent":
        return _percent_ticks(values)
    step = next(
        step
        for step in _steps(high - low)
        if math.ceil(high / step) - math.floor(low / step) <= _MOST and (kind != "count" or step % 1 == 0)
    )
    first = math.floor(low / step)
    last = max(first + 2, math.ceil(high / step))
    return tuple(round(number * step, 6) for number in range(first, last + 1))


def _percent_ticks(values: Sequence[float]) -> tuple[float, ...]:
    high = min(100, 10 * -int(-max([*values, 10.0]) // 10))
    low = int(max(0, min(values, default=0) - 3) // 10) * 10
    low = 0 if low <= 20 else min(low, high - 20)
    step = 5 if high - low <= 20 else 10 if high - low <= 50 else 20 if high - low <= 80 else 25
    low = low // step * step
    top = low + -(-(high - low) // step) * step
    return tuple(float(value) for value in range(low, top + 1, step))


def _steps(span: float) -> Iterator[float]:
    """Round steps from the first that may cross the span in five; a span of next to nothing takes steps of one."""
    size = 10.0 ** math.floor(math.log10(span / _MOST)) if span > 0.01 else 1.0
    while True:
        yield from (step * size for step in _STEPS)
        size *= 10


def tick_words(value: float, kind: str) -> str:
    """'50%', '1,000', '£200'."""
    decimals = 0 if float(value).is_integer() else 1
    if kind == "percent":
        return words.percent(value, decimals)
    if kind == "money":
        return words.money(value, decimals)
    return words.number(value, decimals)
