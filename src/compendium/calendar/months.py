"""Calendar months: a month is named by its last day, and adding months clamps to the month's end.

Rules of twelve months, two years or six months are calendar months with the anniversary included:
`later <= add_months(earlier, 12)`. The other way round, taking months off the later date, is not the
same rule (both clamp) and is not offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from compendium.calendar.bank_holidays import FIRST_YEAR, LAST_YEAR
from compendium.errors import CalendarError

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def add_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier, when negative), at most the end of that month.

    29 February 2024 and 12 months is 28 February 2025; 30 November and 3 months is the end of February.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        raise CalendarError(f"{months} months from {day.isoformat()} is not a date")
    return date(years, month + 1, min(day.day, days_in_month(years, month + 1)))


def within_months(earlier: date, later: date, months: int) -> bool:
    """Whether `later` falls from `earlier` to its anniversary so many months on, both included."""
    return earlier <= later <= add_months(earlier, months)


def month_start(day: date, months: int = 0) -> date:
    """The first day of the month of `day`, or of the month so many months from it."""
    return add_months(day.replace(day=1), months)


def month_end(day: date, months: int = 0) -> date:
    """The last day of the month of `day`, or of the month so many months from it.

    `month_end(m, -12)` is the same month a year before, whatever the lengths of the two Februaries.
    """
    return month_start(day, months + 1) - timedelta(days=1)


def last_month_over(day: date) -> date:
    """The last day of the newest month that is over by the end of a day."""
    return day if day == month_end(day) else month_end(day, -1)


def window_start(end: date, months: int) -> date:
    """The first day of the so many whole months that end with the month of `end` (12: rolling year)."""
    return month_start(end, 1 - months)


def month_ends(first: date, last: date) -> Iterator[date]:
    """The last day of every month from that of `first` to that of `last`, oldest first."""
    for months in range(months_between(first, last) + 1):
        yield month_end(first, months)


def months_between(first: date, last: date) -> int:
    """How many months the month of `last` comes after that of `first`: 0 for the same month."""
    return (last.year - first.year) * 12 + last.month - first.month


def parse_month(text: str) -> date:
    """'2017-01' -> 31 January 2017. Raises CalendarError."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise CalendarError(f"“{text}” is not a month", expected="YYYY-MM, such as 2017-01")
    if not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise CalendarError(f"“{text}” lies outside the calendar", expected=f"a month of {FIRST_YEAR} to {LAST_YEAR}")
    return month_end(date(int(found[1]), int(found[2]), 1))
