"""One pooled figure: the sum of its parts, each part beside the rest of them, and the funnel around them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from compendium.indicators.numbers import Numbers, valued
from compendium.indicators.shape import Indicator
from compendium.indicators.values import rate_of
from compendium.signals.funnel import PROPORTION, RATE, Funnel, Unit, funnel


@dataclass(frozen=True)
class Part:
    """One authority's numbers. children: of how many its rate is; None where it is no rate or not known."""

    code: str
    name: str
    numbers: Numbers
    children: int | None = None
    provisional: bool = False


@dataclass(frozen=True)
class Pooled:
    """numbers: of all parts together. left_out: code -> why, of the members whose numbers are not in it."""

    definition: Indicator
    month: date
    basis: str
    category: str | None
    numbers: Numbers
    parts: tuple[Part, ...]
    left_out: Mapping[str, str]

    @cached_property
    def rate(self) -> Decimal | None:
        """Per 10,000 children, of the parts whose children are known."""
        return self._rate(self.parts) if self.definition.rate else None

    @cached_property
    def without_children(self) -> list[str]:
        """The parts that no rate can hold, by name."""
        return [part.name for part in self.parts if not part.children] if self.definition.rate else []

    def rate_of(self, part: Part) -> Decimal | None:
        return self._rate([part]) if self.definition.rate else None

    @property
    def value(self) -> Decimal | None:
        """Of all together; of a figure that is nothing but a rate, the rate."""
        return self.rate if self.definition.value == "rate" else self.numbers.value

    def value_of(self, part: Part) -> Decimal | None:
        """Of one of them."""
        return self.rate_of(part) if self.definition.value == "rate" else part.numbers.value

    def compared(self, part: Part) -> Decimal | None:
        """The value that stands in the funnel: the rate where there is one."""
        return self.rate_of(part) if self.definition.rate else part.numbers.value

    def rest(self, part: Part) -> Decimal | None:
        """The same value of all other parts together."""
        others = [each for each in self.parts if each is not part]
        if self.definition.rate:
            return self._rate(others)
        return _sum(self.definition, others).value if others else None

    @property
    def centre(self) -> Decimal | None:
        return self.rate if self.definition.rate else self.numbers.value

    @cached_property
    def kind(self) -> str:
        """Which limits a value of its kind has: PROPORTION, RATE, or '' where totals do not tell how values vary."""
        definition = self.definition
        if definition.rate or definition.value == "ratio":
            return RATE
        one_set = "denominator_rows" not in definition.row_sets
        of_money = any("_pence" in query.sql for query in definition.row_sets.values())
        return PROPORTION if definition.value in ("percent", "mix") and one_set and not of_money else ""

    @cached_property
    def funnel(self) -> Funnel | None:
        """None too where one counted less than nothing, or more than there was to count: no chance does that."""
        units = [unit for part in self.parts if (unit := self.unit(part))]
        most = [unit.size if self.kind == PROPORTION else unit.number for unit in units]
        if not self.kind or not all(0 <= unit.number <= size for unit, size in zip(units, most, strict=True)):
            return None
        return funnel(self.kind, units)

    def unit(self, part: Part) -> Unit | None:
        """The part as the funnel knows it, in whole units; None without a size."""
        numerator, denominator = part.numbers.numerator, self.size(part)
        if numerator is None or not denominator:
            return None
        return Unit(numerator / self.definition.scale[0], float(denominator))

    def size(self, part: Part) -> Decimal | None:
        """What the value is of: children, or the denominator in whole units."""
        if self.definition.rate:
            return None if part.children is None else Decimal(part.children)
        denominator = part.numbers.denominator
        return None if denominator is None else Decimal(denominator) / self.definition.scale[1]

    def place(self, part: Part) -> str | None:
        """Where the part lies in the funnel."""
        unit = self.unit(part)
        return self.funnel.place(unit) if self.funnel and unit else None

    def _rate(self, parts: Sequence[Part]) -> Decimal | None:
        known = [(part.numbers.numerator or 0, part.children) for part in parts if part.children]
        children = sum(count for _, count in known)
        return rate_of(self.definition, sum(number for number, _ in known), children)


def add_up(
    definition: Indicator, month: date, basis: str, category: str | None, parts: Sequence[Part],
    left_out: Mapping[str, str],
) -> Pooled:  # fmt: skip
    numbers = _sum(definition, parts) if parts else Numbers("no_source")
    return Pooled(definition, month, basis, category, numbers, tuple(parts), left_out)


def _sum(definition: Indicator, parts: Sequence[Part]) -> Numbers:
    excluded: Counter[str] = Counter()
    for part in parts:
        excluded.update(part.numbers.excluded)
    status = "provisional" if any(part.provisional for part in parts) else "ok"
    numerators = [part.numbers.numerator for part in parts]
    denominators = [part.numbers.denominator for part in parts]
    return valued(definition, _whole(numerators), _whole(denominators), dict(sorted(excluded.items())), status)


def _whole(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
