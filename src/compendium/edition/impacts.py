"""What came of each action and each expectation, from an indicator's months and the workspace's entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypedDict

from compendium import words
from compendium.calendar.months import month_end, month_start
from compendium.edition import practice_words as said
from compendium.edition.actions_file import Entries
from compendium.edition.edition import NO_HEADLINE, Judged, Reading
from compendium.edition.judging import charted_basis, charted_month, judged, rebased_by
from compendium.edition.practice import HeldExpectation, Impact, Practice, TakenAction
from compendium.edition.reading import readings
from compendium.indicators.figures import Figures
from compendium.indicators.periods import SNAPSHOT
from compendium.indicators.shape import Indicator
from compendium.signals.action import Action, Expectation
from compendium.signals.chart import Month
from compendium.signals.effect import FEWEST_AFTER, FEWEST_BEFORE, MOST_AFTER, Effect, effect, first_whole_month
from compendium.signals.outcome import Outcome, outcome
from compendium.signals.rivals import Beside, Rival, rivals, window
from compendium.signals.verdict import sense_of
from compendium.workspace import Rebasing, Workspace


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


def expected_alone(found: Sequence[Practice]) -> tuple[HeldExpectation, ...]:
    """What was expected of a figure by a month, and not of an action."""
    return tuple(each for practice in found for each in practice.expectations if not each.action)


@dataclass(frozen=True)
class Impacts:
    """Of one month's figures. cut: expectations made later are not known yet."""

    figures: Figures
    entries: Entries
    workspace: Workspace
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
        tested = self._tested(indicator.id)
        assert tested is not None  # an entry of what has no months of its own is refused
        beside = [each for name in indicator.read_with if (each := self._tested(name)) is not None]
        return Practice(
            tuple(
                tested.impact(each, self.entries.actions, beside, self.month)
                for each in sorted(actions, key=lambda action: action.on)
            ),
            tuple(tested.held(each) for each in expected),
        )

    def _tested(self, name: str) -> _Tested | None:
        """None of what has no one figure for months that stand alone, or is no indicator."""
        indicator = self.figures.catalogue.get(name)
        if indicator is None or indicator.value in NO_HEADLINE:
            return None
        basis = charted_basis(indicator)
        if basis is None:
            return None
        known = readings(indicator, self.figures, self.month, basis)
        return _Tested(indicator, known, basis, rebased_by(self.workspace, name, self.cut))


def looked_at(entries: Entries, catalogue: Mapping[str, Indicator]) -> list[str]:
    """The indicators that entries speak of, and those that are read with them."""
    named = [each for name in entries.indicators for each in (name, *catalogue[name].read_with)]
    return [each for each in dict.fromkeys(named) if each in catalogue]


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
    rebased: Sequence[Rebasing] = ()

    @cached_property
    def months(self) -> list[Month]:
        return [charted_month(each) for each in self.known]

    def impact(self, action: Action, actions: Sequence[Action], beside: Sequence[_Tested], newest: date) -> Impact:
        found = self._effect(action.on)
        which = "planned" if action.on > newest else found.found
        sign = (found.change > 0) - (found.change < 0)
        sense = sense_of(sign, self.indicator.polarity) if which == "effect" else "neither"
        told = self._told(found, which, action.on)
        days = window(found, action)
        others = rivals(
            found,
            action,
            others=actions,
            seasonal=self.indicator.seasonal,
            changed=[each.since for each in self.indicator.changes if each.since is not None],
            is_incomplete=any(each.is_provisional for each in self.known if each.period >= found.first),
            beside=[each.beside(action.on, *days) for each in beside],
            ratio=self.indicator.id if self.indicator.value == "ratio" else "",
        )
        figures = {each.indicator.id: each for each in (self, *beside)}
        told_others = said.others(others, lambda rival: figures[rival.figure].as_rival(rival, action.on))
        named = told_others if which in ("effect", "none", "too_soon") else ()
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

    def beside(self, on: date, earliest: date, latest: date) -> Beside:
        """As a figure that is read with another, on which there was an action; earliest, latest: where to look."""
        months = [each.period for each in self.known if earliest <= each.period <= latest]
        return Beside(self.indicator.id, self._effect(on), tuple(each for each in months if self._judged(each).is_new))

    def as_rival(self, rival: Rival, on: date) -> str:
        """What it tells against an action, on another figure or on itself."""
        found = self._effect(on)
        if rival.kind == "parts":
            return self._parts(found, on)
        if rival.kind == "moved":
            is_stock = self.basis == SNAPSHOT
            return said.moved(self.indicator.title, self._since(found), self._level(found.expected), is_stock=is_stock)
        assert rival.on is not None
        month = next(each for each in self.known if each.period == rival.on)
        return said.stood_out(self.indicator.title, month.in_full, rival.on, self._judged(rival.on).badge)

    def _parts(self, found: Effect, on: date) -> str:
        """What it was of before and since, one thing over another."""
        before = [each for each in self.months if each.value is not None and each.period < month_start(on)][-1]
        since = self._after(found)
        parts = [
            (getattr(before, name) or 0.0, sum(getattr(each, name) or 0 for each in since) / len(since))
            for name in ("numerator", "denominator")
        ]
        then, now = (" divided by ".join(words.amount(words.rounded(part[at], 1)) for part in parts) for at in (0, 1))
        return said.made_of(then, before.period, now)

    def _effect(self, on: date) -> Effect:
        return effect(self.months, on, **self._kind)

    def _judged(self, month: date) -> Judged:
        """As it was judged when the month was the newest."""
        return judged(self.indicator, [each for each in self.known if each.period <= month], self.rebased)

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
        to = month_end(found.first, MOST_AFTER - 1) if found.first > first_whole_month(on) else None
        is_stock = self.basis == SNAPSHOT
        observed, usual = self._since(found), self._level(found.expected)
        told = [said.since(found.after, observed, usual, is_stock=is_stock, to=to, by_action=by_action)]
        if is_stock and self.indicator.value == "percent":
            last = self._after(found)[-1]
            written = self._with_cases(last.value or 0.0, last.numerator, last.denominator)
            told.append(said.newest(last.period, written))
        lower, higher = ("fewer", "more") if self.indicator.value == "count" else ("lower", "higher")
        near, far = sorted((found.low, found.high), key=abs)
        if which == "effect":
            word = higher if found.change > 0 else lower
            unit = f"points {word}" if self.indicator.value == "percent" else word
            return *told, said.likely(self._amount(near), self._amount(far), unit)
        return *told, said.anything(self._difference(found.low), lower, self._difference(found.high), higher)

    def _after(self, found: Effect) -> list[Month]:
        end = month_end(found.first, MOST_AFTER - 1)
        return [month for month in self.months if month.value is not None and found.first <= month.period <= end]

    def _since(self, found: Effect) -> str:
        """What it was in the months looked at: a share with x of n, but for one of days that hold the same cases."""
        is_stock = self.basis == SNAPSHOT
        counted = [] if is_stock else self._after(found)
        cases = [sum(getattr(month, part) or 0 for month in counted) for part in ("numerator", "denominator")]
        each_month = "" if is_stock or self.indicator.value not in ("count", "money") else " a month"
        return self._with_cases(found.observed, cases[0], cases[1]) + each_month

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
