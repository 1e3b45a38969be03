"""The triangle of an indicator's revisions: each month as first published, later and now, and whether its verdict of
then still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import dropwhile

from compendium import words
from compendium.calendar.months import add_months, month_end, months_between
from compendium.edition import revision_words
from compendium.edition.edition import Reading
from compendium.edition.judging import judged
from compendium.edition.moves import IN_POINTS
from compendium.edition.reading import reading
from compendium.edition.revised import MonthRevised, RevisionHistory, StillToCome, UsualRevision, Verdicts
from compendium.edition.revisions import redefinitions
from compendium.edition.vintages import Past, months_of
from compendium.indicators.row_changes import RowChanges
from compendium.indicators.shape import Indicator
from compendium.signals.revisions import AGES, FEWEST_SHOWN, Row, from_age, to_age, usual
from compendium.workspace import Rebasing

BACKLOG = 2  # months after its end within which a month must have been known for its revisions to count


def history(indicator: Indicator, past: Past, month: date, rebased: Sequence[Rebasing] = ()) -> RevisionHistory | None:
    """rebased: decided by now. None where nothing is known."""
    cut = past.now.as_at
    known = [_Known.of(each, cut, past.told.get(each, ())) for each in months_of(month)]
    there = [each for each in known if each is not None]
    if not there:
        return None
    series = [reading(indicator, each) for each in past.now.series(indicator.id) if each.period <= month]
    months = tuple(_told(indicator, each, there, series, rebased, past.why) for each in reversed(there))
    if not any(each.was_revised for each in there):
        return RevisionHistory(months, (), (revision_words.never(len(there), there[-1].month),), (), past.lateness)
    in_points = indicator.value in IN_POINTS
    rows = [each.row for each in there if not each.is_late]
    spread = tuple(_usual(rows, age, in_points) for age in AGES[1:])
    return RevisionHistory(
        months=months,
        usual=tuple(each for each in spread if each is not None),
        sentences=(*revision_words.usually(rows, month, in_points=in_points), *revision_words.all_told(months)),
        still_to_come=tuple(
            found for each in there if (found := _still_to_come(indicator, each, rows, in_points)) is not None
        ),
        lateness=past.lateness,
    )


class _Known:
    """What was known of one month: when first, and at each age."""

    def __init__(self, month: date, cut: date, told: Sequence[tuple[date, Reading]]) -> None:
        self.month, self.cut, self.told, self.first_on = month, cut, told, told[0][0]
        ages = [add_months(self.first_on, age) for age in AGES]
        self.at_ages = [self.as_at(day) if day <= cut else None for day in ages]
        since = months_between(self.first_on, cut)
        self.months_since = since if add_months(self.first_on, since) <= cut else since - 1
        self.now = told[-1][1]

    @classmethod
    def of(cls, month: date, cut: date, told: Sequence[tuple[date, Reading]]) -> _Known | None:
        known = list(dropwhile(lambda each: each[1].value is None, told))
        return cls(month, cut, known) if known else None

    def as_at(self, day: date) -> Reading:
        return next(each for on, each in reversed(self.told) if on <= day)

    def on(self, day: date) -> Reading:
        """As at a day; a gap where nothing was known by it."""
        return self.as_at(day) if day >= self.first_on else replace(self.now, value=None, status="no_source")

    @property
    def was_revised(self) -> bool:
        return len({each.written for _, each in self.told}) > 1

    @property
    def is_late(self) -> bool:
        return self.first_on > month_end(self.month, BACKLOG)

    @property
    def row(self) -> Row:
        values = tuple(None if each is None or each.value is None else float(each.value) for each in self.at_ages)
        now = None if self.now.value is None else float(self.now.value)
        return Row(self.month, values, now, self.months_since)

    @property
    def age(self) -> int:
        """The oldest of the ages that it has reached."""
        return max(age for age in AGES if age <= self.months_since)


def _told(
    indicator: Indicator,
    known: _Known,
    all_known: Sequence[_Known],
    series: Sequence[Reading],
    rebased: Sequence[Rebasing],
    why: Mapping[date, RowChanges],
) -> MonthRevised:
    return MonthRevised(
        month=known.month,
        first_on=known.first_on,
        at_ages=tuple("" if each is None else each.written for each in known.at_ages),
        now=known.now.written,
        is_revised=known.told[0][1].written != known.now.written,
        is_late=known.is_late,
        verdicts=_verdicts(indicator, known, all_known, series, rebased),
        why=why.get(known.month),
        is_redefined=bool(redefinitions(indicator, known.first_on, known.cut, known.month)),
    )


def _verdicts(
    indicator: Indicator,
    known: _Known,
    all_known: Sequence[_Known],
    series: Sequence[Reading],
    rebased: Sequence[Rebasing],
) -> Verdicts | None:
    """Then, from what was known on the day it was first published; months older than the triangle's as they stand now,
    which is a year after they were first told."""
    version = known.now.definition_version
    now = [each for each in series if each.period <= known.month and each.definition_version == version]
    told = {each.month: each for each in all_known}
    then = [told[each.period].on(known.first_on) if each.period in told else each for each in now]
    if [(each.value, each.status) for each in then] == [(each.value, each.status) for each in now]:
        badge = judged(indicator, now, rebased).badge
        return Verdicts(badge, badge) if badge else None
    badges = judged(indicator, then, rebased).badge, judged(indicator, now, rebased).badge
    return Verdicts(*badges) if all(badges) else None


def _usual(rows: Sequence[Row], age: int, in_points: bool) -> UsualRevision | None:
    found = usual(to_age(rows, age, in_points=in_points))
    if found is None:
        return None
    mean, low, high = (revision_words.signed(each, in_points=in_points) for each in (found.mean, found.low, found.high))
    either_way = revision_words.size(found.mean_absolute, in_points=in_points)
    return UsualRevision(age, found.months, mean, either_way, low, high, revision_words.one_way(found))


def _still_to_come(indicator: Indicator, known: _Known, rows: Sequence[Row], in_points: bool) -> StillToCome | None:
    """Of a month that is provisional, or that has only just been published: the range in which months of its age have
    moved since. The figure itself is not raised by their mean."""
    if known.now.value is None or not (known.now.is_provisional or known.age == 0):
        return None
    past = from_age(rows, known.age, in_points=in_points)
    if len(past) < FEWEST_SHOWN:
        return None
    value = float(known.now.value)
    low, high = (value + each if in_points else value * (1 + each / 100) for each in (min(past), max(past)))
    if indicator.value == "percent":
        high = min(100.0, high)
    return StillToCome(known.month, words.rounded(Decimal(str(max(0.0, low))), 3), words.rounded(Decimal(str(high)), 3))
