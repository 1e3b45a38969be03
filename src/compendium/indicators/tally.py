"""Whole numbers by place and month, and their totals over periods.

A key says what a number is of: () the whole authority, ('area', 'NE'), ('team', 'NE1'), or a part such
as ('source', 'Police'); a mix adds its category at the end. Months are counted as year * 12 + month - 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any, Protocol

Key = tuple[str, ...]
Cell = tuple[Any, ...]  # a key, and of which month or period
WHOLE: Key = ()


class Tally(Protocol):
    """Totals by key and period. numbers: every whole number it is made of, but for noughts."""

    def total(self, key: Key, basis: str, first: int, last: int) -> int: ...

    def keys(self) -> Iterable[Key]: ...

    def numbers(self) -> Mapping[Cell, int]: ...


class MonthTally:
    """One number a month; a period is the sum of its months, or of a stock the number of its last month."""

    def __init__(self, start: int, end: int, stock: bool = False) -> None:
        self._start, self._months, self._stock = start, end - start + 1, stock
        self._numbers: dict[Key, list[int]] = {}
        self._running: dict[Key, list[int]] = {}

    def add(self, key: Key, month: int, number: int) -> None:
        numbers = self._numbers.get(key)
        if numbers is None:
            numbers = self._numbers[key] = [0] * self._months
        numbers[month - self._start] += number

    def total(self, key: Key, basis: str, first: int, last: int) -> int:
        numbers = self._numbers.get(key)
        if numbers is None:
            return 0
        if self._stock or first == last:
            return numbers[last - self._start]
        running = self._running.get(key)
        if running is None:
            running = self._running[key] = [0, *accumulate(numbers)]
        return running[last - self._start + 1] - running[max(first - self._start, 0)]

    def keys(self) -> Iterable[Key]:
        return self._numbers.keys()

    def numbers(self) -> Mapping[Cell, int]:
        return {
            (key, self._start + at): number
            for key, numbers in self._numbers.items()
            for at, number in enumerate(numbers)
            if number
        }


class PeriodTally:
    """One number a period, for what cannot be added up over months: distinct children, families, workers."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Key, str, int], int] = {}
        self._keys: dict[Key, None] = {}

    def add(self, key: Key, basis: str, last: int, number: int) -> None:
        self._numbers[key, basis, last] = number
        self._keys[key] = None

    def total(self, key: Key, basis: str, first: int, last: int) -> int:
        return self._numbers.get((key, basis, last), 0)

    def keys(self) -> Iterable[Key]:
        return self._keys

    def numbers(self) -> Mapping[Cell, int]:
        return {cell: number for cell, number in self._numbers.items() if number}


class AmountTally:
    """How often each amount occurred, a month; for medians."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Key, int], Counter[int]] = {}
        self._keys: dict[Key, None] = {}

    def add(self, key: Key, month: int, amount: int, count: int) -> None:
        self._counts.setdefault((key, month), Counter())[amount] += count
        self._keys[key] = None

    def counts(self, key: Key, first: int, last: int) -> Counter[int]:
        made: Counter[int] = Counter()
        for month in range(first, last + 1):
            found = self._counts.get((key, month))
            if found:
                made.update(found)
        return made

    def keys(self) -> Iterable[Key]:
        return self._keys

    def numbers(self) -> Mapping[Cell, int]:
        return {
            (*cell, amount): number
            for cell, counts in self._counts.items()
            for amount, number in counts.items()
            if number
        }
