"""Financial years: 1 April to 31 March, named by the calendar year in which they end (2017 is 2016/17)."""

from __future__ import annotations

from datetime import date


def financial_year(day: date) -> int:
    """The year ending March in which the day falls: 1 April 2016 to 31 March 2017 -> 2017."""
    return day.year + (day.month >= 4)


def year_start(year: int) -> date:
    """1 April on which the year ending March `year` began."""
    return date(year - 1, 4, 1)


def year_end(year: int) -> date:
    """31 March of the year."""
    return date(year, 3, 31)


def year_label(year: int) -> str:
    """2017 -> '2016/17', 2000 -> '1999/00'."""
    return f"{year - 1}/{year % 100:02d}"


def population_year(year: int) -> int:
    """The mid-year population estimate that rates of the year ending March use: mid-(Y-1)."""
    return year - 1


def known_from(year: int) -> date:
    """When figures of the year ending March count as published: 1 November after it.

    The department's releases come out between late October and mid-November; a comparator is shown
    only in editions cut on or after this day.
    """
    return date(year, 11, 1)
