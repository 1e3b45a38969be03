"""Working days against a naive day-by-day count, over every day that the calendar knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.calendar.working_days import (
    FIRST_DAY,
    LAST_DAY,
    all_days,
    due_day,
    earliest_in_time,
    elapsed,
    is_working_day,
    running_count,
)
from compendium.errors import CalendarError

days = st.dates(FIRST_DAY, LAST_DAY)
inner_days = st.dates(date(2011, 1, 1), date(2030, 12, 31))  # where a clock of 200 working days stays inside
limits = st.integers(1, 200)
ONE_DAY = timedelta(days=1)


def naive_elapsed(start: date, end: date) -> int:
    """Walk from the day after the start to the end, and count."""
    count, day = 0, start
    while day < end:
        day += ONE_DAY
        count += is_working_day(day)
    return count


@given(days, days)
def test_elapsed_is_the_naive_count(one: date, other: date) -> None:
    start, end = sorted((one, other))
    assert elapsed(start, end) == naive_elapsed(start, end)


@given(days, days)
def test_elapsed_backwards_is_the_same_count_below_nought(one: date, other: date) -> None:
    assert elapsed(one, other) == -elapsed(other, one)


@given(days, days, days)
def test_elapsed_adds_up(a: date, b: date, c: date) -> None:
    assert elapsed(a, b) + elapsed(b, c) == elapsed(a, c)


@given(days, days)
def test_the_running_count_carries_every_clock(start: date, end: date) -> None:
    assert elapsed(start, end) == running_count(end) - running_count(start)


@given(inner_days, limits)
def test_the_due_day_is_the_first_on_which_the_count_reaches_the_limit(start: date, limit: int) -> None:
    due = due_day(start, limit)
    assert is_working_day(due)
    assert naive_elapsed(start, due) == limit
    assert naive_elapsed(start, due - ONE_DAY) == limit - 1


@given(inner_days, limits)
def test_a_look_back_opens_on_the_earliest_day_in_time(end: date, limit: int) -> None:
    opens = earliest_in_time(end, limit)
    assert naive_elapsed(opens, end) == limit
    assert naive_elapsed(opens - ONE_DAY, end) == limit + 1


def test_all_days_is_the_whole_calendar_and_each_day_counts_itself() -> None:
    table = list(all_days())
    assert [day for day, _ in table] == [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    before = 0
    for day, count in table:
        assert count - before == is_working_day(day)
        before = count


def test_friday_to_sunday_and_monday() -> None:
    friday = date(2017, 1, 6)
    assert elapsed(friday, date(2017, 1, 8)) == 0
    assert elapsed(friday, date(2017, 1, 9)) == 1
    assert elapsed(date(2017, 1, 9), friday) == -1


@pytest.mark.parametrize("day", [date(1994, 12, 31), date(2032, 1, 1), date(1917, 1, 31)])
def test_a_date_outside_the_calendar_is_an_error_and_never_without_holidays(day: date) -> None:
    for ask in (is_working_day, running_count, lambda d: elapsed(d, date(2017, 1, 31)), lambda d: due_day(d, 45)):
        with pytest.raises(CalendarError, match="outside the working-day calendar"):
            ask(day)


def test_a_clock_that_runs_past_the_calendar_is_an_error() -> None:
    with pytest.raises(CalendarError, match="beyond the working-day calendar"):
        due_day(date(2031, 12, 1), 45)
    with pytest.raises(CalendarError, match="beyond the working-day calendar"):
        earliest_in_time(date(1995, 1, 8), 10)


@pytest.mark.parametrize("ask", [due_day, earliest_in_time])
def test_a_limit_of_no_days_is_a_fault_of_the_caller(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ValueError, match="at least one working day"):
        ask(date(2017, 1, 31), 0)
