"""Bank holidays: the rules, the substitutes and the days proclaimed for one year."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from compendium.calendar.bank_holidays import FIRST_YEAR, LAST_YEAR, MOVED, ONE_OFFS, bank_holidays, easter_sunday


def test_eight_a_year_and_the_one_offs_besides() -> None:
    a_year = Counter(day.year for day in bank_holidays())
    extra = Counter(day.year for day in ONE_OFFS)
    assert a_year == Counter({year: 8 + extra[year] for year in range(FIRST_YEAR, LAST_YEAR + 1)})


def test_all_are_weekdays_and_in_order() -> None:
    assert all(day.weekday() < 5 for day in bank_holidays())
    assert list(bank_holidays()) == sorted(bank_holidays())


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(1995, 5, 8), "Early May bank holiday"),
        (date(1999, 12, 31), "Millennium"),
        (date(2002, 6, 3), "Golden Jubilee"),
        (date(2002, 6, 4), "Spring bank holiday"),
        (date(2011, 4, 29), "Royal Wedding"),
        (date(2012, 6, 4), "Spring bank holiday"),
        (date(2012, 6, 5), "Diamond Jubilee"),
        (date(2020, 5, 8), "Early May bank holiday"),
        (date(2022, 6, 2), "Spring bank holiday"),
        (date(2022, 6, 3), "Platinum Jubilee"),
        (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), "Coronation of King Charles III"),
    ],
)
def test_days_moved_or_proclaimed(day: date, name: str) -> None:
    assert bank_holidays()[day] == name


@pytest.mark.parametrize("day", [date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)])
def test_a_moved_holiday_leaves_its_usual_day(day: date) -> None:
    assert day in MOVED
    assert day not in bank_holidays()


@pytest.mark.parametrize(
    ("christmas_falls_on", "expected"),
    [
        ("Friday", {date(2015, 12, 25): "Christmas Day", date(2015, 12, 28): "Boxing Day (substitute)"}),
        ("Saturday", {date(2021, 12, 27): "Christmas Day (substitute)", date(2021, 12, 28): "Boxing Day (substitute)"}),
        ("Sunday", {date(2016, 12, 26): "Boxing Day", date(2016, 12, 27): "Christmas Day (substitute)"}),
        ("Wednesday", {date(2013, 12, 25): "Christmas Day", date(2013, 12, 26): "Boxing Day"}),
    ],
)
def test_christmas_and_its_substitutes(christmas_falls_on: str, expected: dict[date, str]) -> None:
    year = min(expected).year
    assert date(year, 12, 25).strftime("%A") == christmas_falls_on
    found = {day: name for day, name in bank_holidays().items() if (day.year, day.month) == (year, 12)}
    assert found == expected


@pytest.mark.parametrize(
    "day",
    [date(2010, 4, 4), date(2011, 4, 24), date(2016, 3, 27), date(2017, 4, 16), date(2019, 4, 21), date(2031, 4, 13)],
)
def test_easter(day: date) -> None:
    assert easter_sunday(day.year) == day
    assert day - timedelta(days=2) in bank_holidays()
    assert day + timedelta(days=1) in bank_holidays()


@pytest.mark.shared
def test_every_day_agrees_with_the_published_list(shared: Path) -> None:
    with (shared / "codes" / "bank_holidays_england.csv").open(encoding="utf-8", newline="") as file:
        published = [date.fromisoformat(row["date"]) for row in csv.DictReader(file)]
    assert [day for day in bank_holidays() if day.year >= 2010] == published  # the list begins in 2010
