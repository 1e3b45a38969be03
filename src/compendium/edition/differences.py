"""Which test suits two figures of an indicator, and what it finds. Unit and history decide, never the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from compendium import words
from compendium.edition import comparison_words as told
from compendium.edition.edition import Reading
from compendium.indicators.periods import SNAPSHOT, period_start
from compendium.indicators.shape import Indicator
from compendium.signals.comparison import (
    FEW_CASES,
    FEW_EVENTS,
    Difference,
    beside_rate,
    beside_share,
    of_counts,
    of_shares,
    widening,
)
from compendium.signals.intervals import wilson
from compendium.signals.stock import carries_over
from compendium.signals.verdict import sense_of

Pair = tuple[float, float]


@dataclass(frozen=True)
class Tested:
    """unit: points or per_cent. difference None: not tested, and `why` says why; is_few: because of too few cases."""

    unit: str
    difference: Difference | None
    why: str = ""
    is_few: bool = False

    @property
    def answer(self) -> str:
        return self.difference.answer if self.difference else ""


@dataclass(frozen=True)
class Differences:
    """Of one indicator. earlier: its single months, or month ends, before the newest, oldest first; none of a figure
    that is given for longer periods only."""

    indicator: Indicator
    earlier: Sequence[Reading]

    def between(self, now: Reading, before: Reading) -> Tested:
        """Two figures on one basis that may be compared."""
        unit = "points" if self.indicator.value == "percent" else "per_cent"
        if self.indicator.restates:
            return Tested(unit, None, told.RESTATED[self.indicator.restates])
        if _share_months(now, before):
            return Tested(unit, None, told.OVERLAP)
        if self.indicator.value == "percent":
            return self._shares(now, before)
        if self.indicator.value not in ("count", "rate"):
            return Tested(unit, None, told.NOT_TESTED)
        if self._widening is None:
            return Tested(unit, None, self._too_little)
        both = _number(now.numerator) + _number(before.numerator)
        if not both:
            return Tested(unit, None, told.NONE)
        if both < FEW_EVENTS:
            return Tested(unit, None, told.TOO_FEW, is_few=True)
        if self._carries_over(now):
            return Tested(unit, None, told.SAME_CASES)
        exposures = (1.0, 1.0) if self.indicator.value == "count" else (_exposure(now), _exposure(before))
        found = of_counts(_number(now.numerator), _number(before.numerator), self._widening, exposures)
        return Tested(unit, found, "" if found else told.NOT_TESTED)

    def beside(self, own: Reading, published: Decimal) -> Tested:
        """Our figure beside another place's, which is taken as it stands. published: in per cent or per 10,000."""
        if self.indicator.restates:
            return Tested("points", None, told.RESTATED[self.indicator.restates])
        if self.indicator.value == "percent":
            if _number(own.denominator) < FEW_CASES:
                return Tested("points", None, told.TOO_FEW_BESIDE, is_few=True)
            why = self._no_share_test
            found = None if why else beside_share(_pair(own), float(published) / 100, self._apart(own) or 1.0)
            return Tested("points", found, why or ("" if found else told.NOT_TESTED))
        if own.rate is None or not own.rate:
            return Tested("per_cent", None, told.NOT_TESTED)
        number = _number(own.numerator)
        expected = number * float(published / own.rate)
        wide = self._apart(own)
        if wide is None:
            return Tested("per_cent", None, self._too_little)
        found = beside_rate(number, expected, wide)
        return Tested("per_cent", found, "" if found else told.NOT_TESTED)

    def sense(self, answer: str) -> str:
        """What a clear answer is: better, worse or neither."""
        return sense_of({"higher": 1, "lower": -1}.get(answer, 0), self.indicator.polarity)

    def _shares(self, now: Reading, before: Reading) -> Tested:
        if self._no_share_test:
            return Tested("points", None, self._no_share_test)
        if min(_number(now.denominator), _number(before.denominator)) < FEW_CASES:
            return Tested("points", None, told.TOO_FEW, is_few=True)
        if self._carries_over(now):
            return Tested("points", None, told.SAME_CASES)
        found = of_shares(_pair(now), _pair(before), self._widening or 1.0)
        return Tested("points", found, "" if found else told.NOT_TESTED)

    @property
    def _no_share_test(self) -> str:
        """Why it cannot be tested; '' when it can. Sums of money and of time are no cases: how much their months differ
        only a history can show."""
        return self._too_little if self._widening is None and self.indicator.scale != (1, 1) else ""

    @property
    def _too_little(self) -> str:
        """Why its months cannot say how much it comes and goes."""
        return told.SHORT if self.earlier else told.NO_MONTHS

    def _carries_over(self, now: Reading) -> bool:
        """Whether most of those who are counted on one day were counted a month before: then two days are no two
        samples, and the chance among their cases is not what moves them."""
        return now.basis == SNAPSHOT and self._is_alike

    @cached_property
    def _is_alike(self) -> bool:
        return carries_over([None if each.value is None else float(each.value) for each in self.earlier])

    def _apart(self, own: Reading) -> float | None:
        """By how much our cases differ more than single ones beside those of another place, which are others. Months
        that hold mostly the same cases cannot say: then each is taken by itself. None where too few are known."""
        return 1.0 if self._carries_over(own) else self._widening

    @cached_property
    def _widening(self) -> float | None:
        known = [None if each.value is None or each.is_provisional else _pair(each) for each in self.earlier]
        numerators = [each and each[0] for each in known]
        if self.indicator.value != "percent":
            return widening(numerators)
        return widening(numerators, [each and each[1] for each in known])


def true_share(numerator: Decimal, denominator: Decimal) -> str:
    """Within what a share of few is likely to lie; '' where nothing is, or sums of money stand for cases."""
    if not 0 <= numerator <= denominator or not denominator:
        return ""
    low, high = wilson(float(numerator), float(denominator))
    return told.true_share(*(words.percent(100 * each, 0) for each in (low, high)))


def _share_months(now: Reading, before: Reading) -> bool:
    return now.basis != SNAPSHOT and period_start(now.basis, now.period) <= before.period


def _pair(reading: Reading) -> Pair:
    return _number(reading.numerator), _number(reading.denominator)


def _exposure(reading: Reading) -> float:
    """What a rate is of, in tens of thousands."""
    return _number(reading.numerator) / float(reading.rate) if reading.rate else 0.0


def _number(amount: Decimal | None) -> float:
    return float(amount or 0)
