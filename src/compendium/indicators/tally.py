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
NEVER = -1  # the month before of those told of for the first time


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

    def add(self, keys: Iterable[Key], month: int, number: int) -> None:
        for key in keys:
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


class DistinctTally:
    """How many different children, families or workers a period tells of, which is not the sum of its months.

    Of a month it holds how many were told of in it, by the month in which they were told of before: in a period those
    are new whose month before lies before its beginning.
    """

    def __init__(self) -> None:
        self._numbers: dict[Key, dict[int, dict[int, int]]] = {}  # by month and month before

    def add(self, key: Key, month: int, before: int, number: int) -> None:
        self._numbers.setdefault(key, {}).setdefault(month, {})[before] = number

    def total(self, key: Key, basis: str, first: int, last: int) -> int:
        months = self._numbers.get(key, {})
        return sum(
            number
            for month in range(first, last + 1)
            for before, number in months.get(month, {}).items()
            if before < first
        )

    def keys(self) -> Iterable[Key]:
        return self._numbers.keys()

    def numbers(self) -> Mapping[Cell, int]:
        return {
            (key, month, before): number
            for key, months in self._numbers.items()
            for month, told in months.items()
            for before, number in told.items()
        }


class AmountTally:
    """How often each amount occurred, a month; for medians."""

    def __init__(self) -> None:
        self._counts: dict[Key, dict[int, dict[int, int]]] = {}  # by month and amount

    def add(self, keys: Iterable[Key], month: int, amount: int, count: int) -> None:
        for key in keys:
            months = self._counts.get(key)
            if months is None:
                months = self._counts[key] = {}
            counts = months.get(month)
            if counts is None:
                counts = months[month] = {}
            counts[amount] = counts.get(amount, 0) + count

    def counts(self, key: Key, first: int, last: int) -> Counter[int]:
        made: Counter[int] = Counter()
        months = self._counts.get(key, {})
        for month in range(first, last + 1):
            made.update(months.get(month, {}))
        return made

    def keys(self) -> Iterable[Key]:
        return self._counts.keys()

    def numbers(self) -> Mapping[Cell, int]:
        return {
            (key, month, amount): number
            for key, months in self._counts.items()
            for month, counts in months.items()
            for amount, number in counts.items()
            if number
        }
