"""The periods a figure may speak of. A period is named by its basis and its last month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from compendium.calendar.months import month_start, months_between, window_start
from compendium.calendar.years import financial_year, year_start

SNAPSHOT = "snapshot"
USUAL = ("month", "year_to_date", "rolling_12_months")

# Basis -> how people say it.
BASES: Mapping[str, str] = {
    "month": "in the month",
    "quarter": "in the quarter to date",
    "year_to_date": "in the financial year to date",
    "rolling_3_months": "in the three months ending with it",
    "rolling_12_months": "in the twelve months ending with it",
    "rolling_36_months": "in the three years ending with it",
    SNAPSHOT: "at the month's end",
}
_ROLLING = {"rolling_3_months": 3, "rolling_12_months": 12, "rolling_36_months": 36}


@cache
def period_start(basis: str, month_end: date) -> date:
    """The first day of the period that ends with a month.

    A quarter is one of the financial year (from April, July, October, January) and, in its first two
    months, the quarter to date. A snapshot is of one evening; its month is the period it belongs to.
    """
    if basis in _ROLLING:
        return window_start(month_end, _ROLLING[basis])
    if basis == "year_to_date":
        return year_start(financial_year(month_end))
    if basis == "quarter":
        return month_start(month_end, -((month_end.month - 1) % 3))
    return month_start(month_end)


def length(basis: str, month_end: date) -> int:
    """How many months the period has."""
    return months_between(period_start(basis, month_end), month_end) + 1


def longest(basis: str) -> int:
    """The most months such a period can have."""
    return _ROLLING.get(basis, {"year_to_date": 12, "quarter": 3}.get(basis, 1))
