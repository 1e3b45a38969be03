"""What a county's CIN censuses say of a year, counted from their XML alone, with nothing of the project's.

Each census tells of one year. What began in a year is looked up in that year's census; what came before it, for
repeats, in all of them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from lxml import etree

# Bank holidays in England and Wales, from gov.uk, for the years that the censuses reach into.
HOLIDAYS = frozenset(map(date.fromisoformat, re.findall(r"\S+", """
    2010-12-27 2010-12-28 2011-01-03 2011-04-22 2011-04-25 2011-04-29 2011-05-02 2011-05-30 2011-08-29 2011-12-26
    2011-12-27 2012-01-02 2012-04-06 2012-04-09 2012-05-07 2012-06-04 2012-06-05 2012-08-27 2012-12-25 2012-12-26
    2013-01-01 2013-03-29 2013-04-01 2013-05-06 2013-05-27 2013-08-26 2013-12-25 2013-12-26 2014-01-01 2014-04-18
    2014-04-21 2014-05-05 2014-05-26 2014-08-25 2014-12-25 2014-12-26 2015-01-01 2015-04-03 2015-04-06 2015-05-04
    2015-05-25 2015-08-31 2015-12-25 2015-12-28 2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29
    2016-12-26 2016-12-27 2017-01-02
""")))  # fmt: skip

Span = tuple[date, date | None]
Share = tuple[int, int | None]


@dataclass
class Child:
    """One child of one census. Pairs are of the day something began and the day it ended, if it has."""

    referrals: list[tuple[date, date | None, bool]] = field(default_factory=list)  # the flag: no further action
    assessments: list[Span] = field(default_factory=list)
    enquiries: list[Span] = field(default_factory=list)  # to the day of the conference
    plans: list[tuple[date, date | None, int]] = field(default_factory=list)  # the number: of earlier ones


Census = Mapping[str, Child]


def read_census(path: Path) -> tuple[int, Census]:
    """The year, and its children by their ids."""
    tree = etree.parse(str(path))
    year = int(tree.findtext(".//CollectionDetails/Year") or 0)
    children: dict[str, Child] = {}
    for one in tree.iter("Child"):
        child = children.setdefault(one.findtext("ChildIdentifiers/LAchildID") or "", Child())
        for case in one.iter("CINdetails"):
            referred = _day(case, "CINreferralDate")
            assert referred is not None
            nothing_more = case.findtext("ReferralNFA") in ("1", "true")
            child.referrals.append((referred, _day(case, "CINclosureDate"), nothing_more))
            child.assessments += _spans(case, "Assessments", "AssessmentActualStartDate", "AssessmentAuthorisationDate")
            child.enquiries += _spans(case, "Section47", "S47ActualStartDate", "DateOfInitialCPC")
            for plan in case.iter("ChildProtectionPlans"):
                began = _day(plan, "CPPstartDate")
                assert began is not None
                before = int(plan.findtext("NumberOfPreviousCPP") or 0)
                child.plans.append((began, _day(plan, "CPPendDate"), before))
    return year, children


def _day(element: etree._Element, name: str) -> date | None:
    text = element.findtext(name)
    return date.fromisoformat(text) if text else None


def _spans(case: etree._Element, block: str, start: str, end: str) -> Iterator[Span]:
    for each in case.iter(block):
        began = _day(each, start)
        if began is not None:
            yield began, _day(each, end)


def working_days(first: date, last: date) -> int:
    """Those after the first, the last included."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 and day not in HOLIDAYS for day in days)


def a_year_later(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, monthrange(day.year + 1, day.month)[1]))


class Year:
    """The counts of a year ending in March, of its census and those before it."""

    def __init__(self, year: int, censuses: Mapping[int, Census]) -> None:
        self.first, self.last = date(year - 1, 4, 1), date(year, 3, 31)
        self.children = censuses[year]
        self._earlier = [censuses[each] for each in censuses if each <= year]

    def _within(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def _referrals(self) -> Iterator[tuple[str, date, bool]]:
        for name, child in self.children.items():
            yield from ((name, day, nothing) for day, _, nothing in child.referrals if self._within(day))

    def referrals(self) -> Share:
        return sum(1 for _ in self._referrals()), None

    def without_further_action(self) -> Share:
        found = [nothing for _, _, nothing in self._referrals()]
        return sum(found), len(found)

    def re_referrals(self) -> Share:
        """An earlier referral of the child lies at most a year back, its anniversary included."""
        again = total = 0
        for name, day, _ in self._referrals():
            days = {earlier for census in self._earlier if name in census for earlier, *_ in census[name].referrals}
            again += any(earlier < day <= a_year_later(earlier) for earlier in days)
            total += 1
        return again, total

    def assessments(self) -> Share:
        return sum(1 for _ in self._completed()), None

    def assessments_in_time(self) -> Share:
        took = [working_days(first, last) for first, last in self._completed()]
        return sum(days <= 45 for days in took), len(took)

    def _completed(self) -> Iterator[tuple[date, date]]:
        for child in self.children.values():
            yield from ((first, last) for first, last in child.assessments if last and self._within(last))

    def enquiries(self) -> Share:
        found = (first for child in self.children.values() for first, _ in child.enquiries)
        return sum(map(self._within, found)), None

    def _conferences(self) -> Iterator[tuple[date, date]]:
        """Each with the first of the enquiries that led to it."""
        for child in self.children.values():
            for held in {held for _, held in child.enquiries if held and self._within(held)}:
                yield min(first for first, last in child.enquiries if last == held), held

    def conferences(self) -> Share:
        return sum(1 for _ in self._conferences()), None

    def conferences_in_time(self) -> Share:
        took = [working_days(first, held) for first, held in self._conferences()]
        return sum(days <= 15 for days in took), len(took)

    def plans_started(self) -> Share:
        return sum(1 for _ in self._started()), None

    def repeat_plans(self) -> Share:
        earlier = [before > 0 for _, before in self._started()]
        return sum(earlier), len(earlier)

    def _started(self) -> Iterator[tuple[date, int]]:
        for child in self.children.values():
            yield from ((began, before) for began, _, before in child.plans if self._within(began))

    def plans_ended(self) -> Share:
        return sum(self._within(ended) for child in self.children.values() for _, ended, _ in child.plans), None

    def plans_open(self) -> Share:
        return sum(1 for _ in self._open()), None

    def plans_open_two_years(self) -> Share:
        """730 days or more, the first and the last counted."""
        days = [(self.last - began).days + 1 for began in self._open()]
        return sum(each >= 730 for each in days), len(days)

    def _open(self) -> Iterator[date]:
        for child in self.children.values():
            yield from (began for began, ended, _ in child.plans if began <= self.last and not _over(ended, self.last))

    def in_need(self) -> Share:
        """Children with an open case that was not closed as needing nothing more."""
        return sum(
            any(
                day <= self.last and not _over(closed, self.last) and not nothing
                for day, closed, nothing in each.referrals
            )
            for each in self.children.values()
        ), None


def _over(ended: date | None, day: date) -> bool:
    return ended is not None and ended <= day


# Indicator -> how the XML is counted for it.
COUNTED: Mapping[str, Callable[[Year], Share]] = {
    "referrals": Year.referrals,
    "referral_nfa_pct": Year.without_further_action,
    "rereferrals_12m": Year.re_referrals,
    "assessments_completed": Year.assessments,
    "assessments_45wd": Year.assessments_in_time,
    "s47_started": Year.enquiries,
    "icpc_held": Year.conferences,
    "icpc_15wd": Year.conferences_in_time,
    "cp_plans_started": Year.plans_started,
    "cp_repeat_ever": Year.repeat_plans,
    "cp_plans_ended": Year.plans_ended,
    "cp_plans_open": Year.plans_open,
    "cp_open_2yrs": Year.plans_open_two_years,
    "cin_open": Year.in_need,
}


def count(paths: Sequence[Path]) -> Mapping[int, Year]:
    censuses = dict(map(read_census, paths))
    return {year: Year(year, censuses) for year in censuses}
