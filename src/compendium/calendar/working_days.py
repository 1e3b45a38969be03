"""Working days: Monday to Friday, less the bank holidays of England and Wales.

The day a clock starts is day 0, so `elapsed(a, b)` counts the working days d with a < d <= b, and
something is in time when elapsed is at most its limit. Every count is a difference of two running
counts, which is how the engines do it too: `elapsed(a, b) == running_count(b) - running_count(a)` for
all days, weekends and bank holidays included. A date outside 1995 to 2031 is a CalendarError: a
calendar that does not know a day must not call it a working day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from compendium import words
from compendium.calendar.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays
from compendium.errors import CalendarError

FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


def is_working_day(day: date) -> bool:
    """Whether the day is a Monday to Friday and no bank holiday."""
    return _known(day).weekday() < 5 and day not in bank_holidays()


def running_count(day: date) -> int:
    """Working days from the first day of the calendar to the day, both included."""
    return _running_counts()[(_known(day) - FIRST_DAY).days]


def elapsed(start: date, end: date) -> int:
    """Working days d with start < d <= end; with end before start, minus elapsed(end, start).

    Measures elapsed time: 0 on the day itself, and 0 from a Friday to the Sunday after it.
    """
    return running_count(end) - running_count(start)


def due_day(start: date, working_days: int) -> date:
    """The last day in time: the working day with elapsed(start, day) == working_days (1 or more).

    An event may still be in time on the weekend that follows its due day; compare with `elapsed`
    to judge one, and use this to tell people the date.
    """
    if working_days < 1:
        raise ValueError(f"a clock runs for at least one working day, not {working_days}")
    return _nth_working_day(running_count(start) + working_days)


def earliest_in_time(end: date, working_days: int) -> date:
    """The earliest day with elapsed(day, end) == working_days: where a look-back from `end` opens."""
    if working_days < 1:
        raise ValueError(f"a window reaches back at least one working day, not {working_days}")
    return _nth_working_day(running_count(end) - working_days)


@cache
def all_days() -> tuple[tuple[date, int], ...]:
    """Every day of the calendar with its running count: the `days` table of the engines."""
    return tuple((FIRST_DAY + timedelta(days=offset), count) for offset, count in enumerate(_running_counts()))


def _known(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CalendarError(
            f"{words.day(day)} is outside the working-day calendar",
            expected=f"a date from {words.day(FIRST_DAY)} to {words.day(LAST_DAY)}",
            remedy="correct the date, or extend the calendar in compendium/calendar/bank_holidays.py",
        )
    return day


@cache
def _running_counts() -> tuple[int, ...]:
    counts, count = [], 0
    for ordinal in range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1):
        count += is_working_day(date.fromordinal(ordinal))
        counts.append(count)
    return tuple(counts)


@cache
def _working_days() -> tuple[date, ...]:
    return tuple(
        day for day in (FIRST_DAY + timedelta(days=n) for n in range(len(_running_counts()))) if is_working_day(day)
    )


def _nth_working_day(count: int) -> date:
    days = _working_days()
    if not 1 <= count <= len(days):
        raise CalendarError(
            "the clock runs beyond the working-day calendar",
            expected=f"dates from {words.day(FIRST_DAY)} to {words.day(LAST_DAY)}",
        )
    return days[count - 1]
