"""Calendar months: clamping, anniversaries, windows and how a month is written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.calendar.months import (
    add_months,
    month_end,
    month_ends,
    month_start,
    months_between,
    parse_month,
    window_start,
    within_months,
)
from compendium.errors import CalendarError

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
months = st.integers(-600, 600)


def naive_add_one_month(day: date, anniversary: int) -> date:
    """Walk to the first of the next month, then on to the anniversary or the month's last day."""
    walk = day
    while walk.month == day.month:
        walk += timedelta(days=1)
    next_month = walk.month
    while walk.day < anniversary and (walk + timedelta(days=1)).month == next_month:
        walk += timedelta(days=1)
    return walk


@given(days, st.integers(0, 40))
def test_adding_months_is_walking_month_by_month_to_the_anniversary(day: date, count: int) -> None:
    walked = day
    for _ in range(count):
        walked = naive_add_one_month(walked, day.day)
    assert add_months(day, count) == walked


@given(days, months)
def test_the_month_is_right_and_the_day_never_later(day: date, count: int) -> None:
    moved = add_months(day, count)
    assert months_between(day, moved) == count
    assert moved.day == min(day.day, month_end(moved).day)


@given(days)
def test_a_month_ends_on_the_day_before_the_next_begins(day: date) -> None:
    assert month_start(day) <= day <= month_end(day)
    assert month_end(day) + timedelta(days=1) == month_start(day, 1)
    assert month_start(day).day == 1


@given(days, days, st.integers(1, 36))
def test_within_months_is_the_anniversary_and_no_day_more(earlier: date, later: date, count: int) -> None:
    assert within_months(earlier, later, count) == (earlier <= later <= add_months(earlier, count))
    assert within_months(earlier, add_months(earlier, count), count)
    assert not within_months(earlier, add_months(earlier, count) + timedelta(days=1), count)


@pytest.mark.parametrize(
    ("end", "count", "start"),
    [
        (date(2017, 1, 31), 1, date(2017, 1, 1)),
        (date(2017, 1, 31), 3, date(2016, 11, 1)),
        (date(2017, 1, 31), 12, date(2016, 2, 1)),
        (date(2016, 2, 29), 12, date(2015, 3, 1)),
        (date(2017, 1, 31), 36, date(2014, 2, 1)),
    ],
)
def test_where_a_window_of_whole_months_starts(end: date, count: int, start: date) -> None:
    assert window_start(end, count) == start
    assert len(list(month_ends(start, end))) == count


def test_the_same_month_a_year_before_ends_on_its_own_last_day() -> None:
    assert month_end(date(2017, 2, 28), -12) == date(2016, 2, 29)
    assert month_end(date(2016, 2, 29), -12) == date(2015, 2, 28)


def test_month_ends_oldest_first() -> None:
    assert list(month_ends(date(2016, 11, 15), date(2017, 2, 1))) == [
        date(2016, 11, 30),
        date(2016, 12, 31),
        date(2017, 1, 31),
        date(2017, 2, 28),
    ]
    assert list(month_ends(date(2017, 2, 1), date(2016, 11, 15))) == []


def test_a_month_is_named_by_its_last_day() -> None:
    assert parse_month("2017-01") == date(2017, 1, 31)
    assert parse_month("2016-02") == date(2016, 2, 29)


@pytest.mark.parametrize("text", ["2017-13", "2017-00", "2017-1", "201701", "January 2017", "", "2017-01-31"])
def test_what_is_not_a_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(CalendarError, match="such as 2017-01"):
        parse_month(text)


@pytest.mark.parametrize("text", ["0001-01", "1994-12", "2032-01"])
def test_a_month_outside_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match="outside the calendar"):
        parse_month(text)


def test_months_beyond_all_dates_are_refused() -> None:
    with pytest.raises(CalendarError, match="is not a date"):
        add_months(date(9999, 12, 1), 1)
