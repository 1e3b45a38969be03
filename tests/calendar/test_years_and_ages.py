"""Financial years, and ages from the unborn to the grown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.calendar.ages import AGE_BANDS, UNBORN, age_at, age_band, birthday
from compendium.calendar.years import financial_year, known_from, population_year, year_end, year_label, year_start

births = st.dates(date(1990, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("day", "year", "label"),
    [
        (date(2016, 3, 31), 2016, "2015/16"),
        (date(2016, 4, 1), 2017, "2016/17"),
        (date(2017, 1, 31), 2017, "2016/17"),
        (date(2017, 3, 31), 2017, "2016/17"),
        (date(1999, 12, 31), 2000, "1999/00"),
    ],
)
def test_a_financial_year_is_named_by_the_march_that_ends_it(day: date, year: int, label: str) -> None:
    assert financial_year(day) == year
    assert year_label(year) == label
    assert year_start(year) <= day <= year_end(year)


@given(births)
def test_every_day_lies_in_exactly_one_year(day: date) -> None:
    year = financial_year(day)
    assert year_start(year) <= day <= year_end(year)
    assert year_end(year) + timedelta(days=1) == year_start(year + 1)


def test_rates_of_a_year_use_the_population_of_the_middle_of_the_year_before() -> None:
    assert population_year(2017) == 2016


def test_a_year_is_known_from_the_first_of_november_after_it() -> None:
    assert known_from(2016) == date(2016, 11, 1)
    assert known_from(2016) <= date(2017, 2, 3) < known_from(2017)


@given(births, st.integers(0, 30), st.integers(-3, 3))
def test_an_age_is_reached_on_its_birthday_and_not_before(birth: date, age: int, off: int) -> None:
    day = birthday(birth, age) + timedelta(days=off)
    assert (age_at(birth, day) >= age) == (off >= 0)


@given(births, births)
def test_age_is_the_number_of_birthdays_passed(birth: date, day: date) -> None:
    passed = sum(birthday(birth, age) <= day for age in range(60))
    assert age_at(birth, day) == passed - 1


def test_born_on_the_29th_of_february_is_older_on_the_1st_of_march() -> None:
    birth = date(2000, 2, 29)
    assert age_at(birth, date(2017, 2, 28)) == 16
    assert age_at(birth, date(2017, 3, 1)) == 17
    assert age_at(birth, date(2016, 2, 29)) == 16
    assert birthday(birth, 17) == date(2017, 3, 1)
    assert birthday(birth, 16) == date(2016, 2, 29)


def test_before_the_expected_date_of_birth_a_child_is_unborn() -> None:
    expected = date(2017, 2, 14)
    assert age_at(expected, date(2017, 1, 31)) == UNBORN == -1
    assert age_at(expected, expected) == 0


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (UNBORN, "Unborn"),
        (0, "Under 1"),
        (1, "1 to 4"),
        (4, "1 to 4"),
        (5, "5 to 9"),
        (9, "5 to 9"),
        (10, "10 to 15"),
        (15, "10 to 15"),
        (16, "16 and over"),
        (25, "16 and over"),
    ],
)
def test_age_bands(age: int, band: str) -> None:
    assert age_band(age) == band
    assert band in AGE_BANDS
