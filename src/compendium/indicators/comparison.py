"""Whether two engines counted alike: every whole number of every indicator, and why one has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from compendium.indicators.figures import Figures


@dataclass
class Comparison:
    """numbers: how many were compared. differences: what differs, in words; none when all is equal."""

    indicators: set[str] = field(default_factory=set)
    numbers: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, one: Mapping[str, Figures], other: Mapping[str, Figures]) -> None:
        """The figures of authorities by their names, from one engine and from another."""
        for name in one.keys() | other.keys():
            if name not in one or name not in other:
                self.differences.append(f"{name} was counted on one engine only")
                continue
            for indicator in one[name].catalogue:
                self._compare(f"{indicator} ({name})" if name else indicator, indicator, one[name], other[name])
        self.indicators |= {indicator for each in one.values() for indicator in each.catalogue}

    def _compare(self, what: str, indicator: str, one: Figures, other: Figures) -> None:
        reasons = one.problems.get(indicator), other.problems.get(indicator)
        if reasons[0] != reasons[1]:
            self.differences.append(f"{what}: {reasons[0] or 'was counted'}; {reasons[1] or 'was counted'}")
            return
        first, second = one.numbers(indicator), other.numbers(indicator)
        cells = first.keys() | second.keys()
        self.numbers += len(cells)
        for cell in sorted((cell for cell in cells if first.get(cell) != second.get(cell)), key=repr):
            self.differences.append(f"{what}, {_named(cell)}: {first.get(cell, 0)} and {second.get(cell, 0)}")


def _named(cell: tuple[object, ...]) -> str:
    """('numerator', ('area', 'NE'), 24204) as 'numerator, area NE, 2017-01'; what follows it is told as it is."""
    measure, key, *rest = cell
    place = " ".join(map(str, key)) if isinstance(key, tuple) and key else "whole authority"
    return ", ".join([str(measure), place, *map(_month, rest)])


def _month(part: object) -> str:
    return f"{part // 12}-{part % 12 + 1:02}" if isinstance(part, int) and part > 12_000 else str(part)
