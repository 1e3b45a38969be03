"""What came of each action and each expectation, from an indicator's months and the workspace's entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypedDict

from compendium import words
from compendium.calendar.months import month_end
from compendium.edition import practice_words as said
from compendium.edition.actions_file import Entries
from compendium.edition.edition import Reading
from compendium.edition.judging import CHARTED, charted_month
from compendium.edition.practice import HeldExpectation, Impact, Practice, TakenAction
from compendium.edition.reading import readings
from compendium.indicators.figures import Figures
from compendium.indicators.periods import SNAPSHOT
from compendium.indicators.shape import Indicator
from compendium.signals.action import Action, Expectation
from compendium.signals.chart import Month
from compendium.signals.effect import FEWEST_AFTER, FEWEST_BEFORE, MOST_AFTER, Effect, effect, first_whole_month
from compendium.signals.outcome import Outcome, outcome
from compendium.signals.rivals import rivals
from compendium.signals.verdict import sense_of


def actions_taken(entries: Entries, found: Sequence[Practice], cut: date) -> tuple[TakenAction, ...]:
    """Newest first; with what was found of each on every figure."""
    impacts = [each for practice in found for each in practice.impacts]
    expectations = [each for practice in found for each in practice.expectations]
    return tuple(
        TakenAction(
            each.id,
            each.title,
            each.on,
            said.signed(each.kind, each.on, each.by, cut),
            tuple(one for one in impacts if one.action == each.id),
            tuple(one for one in expectations if one.action == each.id),
        )
        for each in sorted(entries.actions, key=lambda action: action.on, reverse=True)
    )


@dataclass(frozen=True)
class Impacts:
    """Of one month's figures. cut: expectations made later are not known yet."""

    figures: Figures
    entries: Entries
    cut: date
    month: date

    def on(self, indicator: Indicator) -> Practice | None:
        """None where nobody did or expected anything."""
        actions = [each for each in self.entries.actions if indicator.id in each.indicators]
        expected = [
            each for each in self.entries.expectations if each.indicator == indicator.id and each.made_on <= self.cut
        ]
        if not actions and not expected:
            return None
        basis = next(each for each in indicator.bases if each in CHARTED)
        tested = _Tested(indicator, readings(indicator, self.figures, self.month, basis), basis)
        changed = [each.since for each in indicator.changes if each.since is not None]
        return Practice(
            tuple(
                tested.impact(each, self.entries.actions, changed, self.month)
                for each in sorted(actions, key=lambda action: action.on)
            ),
            tuple(tested.held(each) for each in expected),
        )


class _Kind(TypedDict):
    """As `signals` asks for it."""

    is_share: bool
    is_count: bool
    is_stock: bool
    seasonal: bool


@dataclass(frozen=True)
class _Tested:
    """One indicator's months, and how its figures and their differences are written."""

    indicator: Indicator
    known: Sequence[Reading]
    basis: str

    @cached_property
    def months(self) -> list[Month]:
        return [charted_month(each) for each in self.known]

    def impact(self, action: Action, actions: Sequence[Action], changed: Sequence[date], newest: date) -> Impact:
        found = effect(self.months, action.on, **self._kind)
        which = "planned" if action.on > newest else found.found
        sign = (found.change > 0) - (found.change < 0)
        sense = sense_of(sign, self.indicator.polarity) if which == "effect" else "neither"
        told = self._told(found, which, action.on)
        others = rivals(
            found,
            action,
            others=actions,
            seasonal=self.indicator.seasonal,
            changed=changed,
            is_incomplete=any(each.is_provisional for each in self.known if each.period >= found.first),
        )
        named = said.others(others) if which in ("effect", "none") else ()
        return Impact(
            action.id,
            action.title,
            action.on,
            self.indicator.id,
            self.indicator.title,
            which,
            sense,
            said.badge(which, sense, sign),
            told,
            told[-1],
            named or ((said.NO_RIVAL,) if which == "effect" else ()),
        )

    def held(self, expected: Expectation) -> HeldExpectation:
        made = outcome(expected, self.months, **self._kind)
        level = None if expected.level is None else self._level(expected.level)
        aim = said.aim(expected.direction, level, expected.by_month)
        return HeldExpectation(
            expected.id,
            expected.action,
            self.indicator.id,
            self.indicator.title,
            aim,
            made.verdict,
            said.VERDICTS[made.verdict],
            (said.expected(expected.by, expected.made_on, aim), *self._outcome(expected, made)),
        )

    @property
    def _kind(self) -> _Kind:
        return {
            "is_share": self.indicator.value == "percent",
            "is_count": self.indicator.value == "count" and self.indicator.scale == (1, 1),
            "is_stock": self.basis == SNAPSHOT,
            "seasonal": self.indicator.seasonal,
        }

    def _outcome(self, expected: Expectation, made: Outcome) -> tuple[str, ...]:
        if made.verdict == "not_due":
            return (said.not_due(expected.by_month),)
        if made.found is not None:
            return self._told(made.found, made.found.found, expected.made_on, by_action=bool(expected.action))
        if made.value is None or made.low is None or made.high is None:
            return (said.NO_VALUE,)
        newest = next(month for month in self.months if month.period == expected.by_month)
        value = self._with_cases(made.value, newest.numerator, newest.denominator)
        return (said.reached(expected.by_month, value, self._level(made.low), self._level(made.high)),)

    def _told(self, found: Effect, which: str, on: date, *, by_action: bool = True) -> tuple[str, ...]:
        match which:
            case "planned":
                return (said.planned(on),)
            case "too_soon":
                return (said.too_soon(found.after, FEWEST_AFTER, found.first),)
            case "few_before":
                return (said.few_before(found.before, FEWEST_BEFORE),)
            case "few_cases":
                return (said.FEW_CASES,)
        end = month_end(found.first, MOST_AFTER - 1)
        after = [month for month in self.months if month.value is not None and found.first <= month.period <= end]
        to = end if found.first > first_whole_month(on) else None
        is_stock = self.basis == SNAPSHOT
        counted = [] if is_stock else after
        cases = [sum(getattr(month, part) or 0 for month in counted) for part in ("numerator", "denominator")]
        each_month = "" if is_stock or self.indicator.value not in ("count", "money") else " a month"
        observed = self._with_cases(found.observed, cases[0], cases[1]) + each_month
        usual = self._level(found.expected)
        told = [said.since(found.after, observed, usual, is_stock=is_stock, to=to, by_action=by_action)]
        if is_stock and self.indicator.value == "percent":
            last = after[-1]
            written = self._with_cases(last.value or 0.0, last.numerator, last.denominator)
            told.append(said.newest(last.period, written))
        lower, higher = ("fewer", "more") if self.indicator.value == "count" else ("lower", "higher")
        near, far = sorted((found.low, found.high), key=abs)
        if which == "effect":
            word = higher if found.change > 0 else lower
            unit = f"points {word}" if self.indicator.value == "percent" else word
            return *told, said.likely(self._amount(near), self._amount(far), unit)
        return *told, said.anything(self._difference(found.low), lower, self._difference(found.high), higher)

    def _with_cases(self, value: float, numerator: float | None, denominator: float | None) -> str:
        written = self._level(value)
        if self.indicator.value != "percent" or not denominator:
            return written
        cases = self.indicator.out_of(Decimal(str(numerator or 0)), Decimal(str(denominator)))
        return f"{written} ({cases})"

    def _level(self, value: float) -> str:
        return self.indicator.write(_rounded(value))

    def _amount(self, value: float) -> str:
        """Without its sign."""
        size = abs(_rounded(value))
        return words.number(size, 1) if self.indicator.value == "percent" else self.indicator.write(size)

    def _difference(self, value: float) -> str:
        return words.points(_rounded(value)) if self.indicator.value == "percent" else self._amount(value)


def _rounded(value: float) -> Decimal:
    """To as many digits as an average of months deserves."""
    return words.rounded(value, 0 if abs(value) >= 100 else 1)
