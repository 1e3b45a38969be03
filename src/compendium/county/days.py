"""Days as whole numbers (proleptic ordinals), for speed; working days come from the one calendar.

A month is the number year * 12 + month - 1.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from compendium.calendar.working_days import all_days

_COUNTS = {day.toordinal(): count for day, count in all_days() if day.year < 2019}
_NTH: dict[int, int] = {}
for _day, _count in _COUNTS.items():
    _NTH.setdefault(_count, _day)  # the first day with a count is the working day itself


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@cache
def iso(number: int) -> str:
    return date.fromordinal(number).isoformat()


@cache
def month_of(number: int) -> int:
    there = date.fromordinal(number)
    return there.year * 12 + there.month - 1


@cache
def first_of(month: int) -> int:
    return date(month // 12, month % 12 + 1, 1).toordinal()


def last_of(month: int) -> int:
    return first_of(month + 1) - 1


def month(text: str) -> int:
    """'2017-01'."""
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def year_ending(month: int) -> int:
    """The financial year, by the March in which it ends."""
    return month // 12 + (month % 12 >= 3)


def months_on(number: int, months: int) -> int:
    """The same day so many months later, at most the end of that month."""
    there = month_of(number) + months
    return min(first_of(there) + date.fromordinal(number).day - 1, last_of(there))


def working(number: int) -> bool:
    return _NTH.get(_COUNTS[number]) == number


def elapsed(start: int, end: int) -> int:
    """Working days d with start < d <= end."""
    return _COUNTS[end] - _COUNTS[start]


def after(start: int, working_days: int) -> int:
    """The working day so many working days after the start; the next one for 0 on a day off."""
    return start if working_days == 0 and working(start) else _NTH[_COUNTS[start] + max(working_days, 1)]


FIRST_MONTH = month("2012-04")  # history that the county delivers
WARM_UP = month("2011-04")  # a year before it, so that cases are open and referrals have predecessors
LAST_MONTH = month("2017-06")
END = day("2017-07-03")  # the last extract; nothing after it is ever known
MASH_OPENS = day("2016-10-03")
AGENCY_FREEZE = day("2016-11-01")
