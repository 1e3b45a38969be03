"""Bank holidays of England and Wales, 1995 to 2031: by rule, plus what was proclaimed for one year.

Rules: Banking and Financial Dealings Act 1971, schedule 1, with Good Friday and Christmas Day (common
law) and the days appointed each year since (New Year's Day, early May). A holiday that falls on a
weekend is taken on the next weekday that is not one already. One-offs: gov.uk/bank-holidays.
The years before 2010 are there because open cases and periods of care reach back that far.
A later proclamation needs one line here; until it is written, a clock that crosses the day reads one
working day long.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

FIRST_YEAR, LAST_YEAR = 1995, 2031

MOVED = {
    date(1995, 5, 1): date(1995, 5, 8),
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
ONE_OFFS = {
    date(1999, 12, 31): "Millennium",
    date(2002, 6, 3): "Golden Jubilee",
    date(2011, 4, 29): "Royal Wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State Funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}


@cache
def bank_holidays() -> Mapping[date, str]:
    """Every bank holiday from FIRST_YEAR to LAST_YEAR with its name, oldest first."""
    days = dict(ONE_OFFS)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        days |= {MOVED.get(day, day): name for day, name in _by_rule(year).items()}
    return MappingProxyType(dict(sorted(days.items())))


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (the anonymous computus of 1876, Meeus chapter 8)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap, rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon_shift + 15) % 30
    to_sunday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _by_rule(year: int) -> dict[date, str]:
    easter = easter_sunday(year)
    days = {
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        _first_monday(year, 5): "Early May bank holiday",
        _last_monday(year, 5): "Spring bank holiday",
        _last_monday(year, 8): "Summer bank holiday",
    }
    fixed = {
        date(year, 1, 1): "New Year's Day",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Boxing Day",
    }
    # Weekdays keep their own day first: when Christmas is a Sunday, Monday is Boxing Day itself and the
    # substitute for Christmas Day is Tuesday.
    days |= {day: name for day, name in fixed.items() if day.weekday() < 5}
    for day, name in fixed.items():
        if day.weekday() < 5:
            continue
        substitute = day
        while substitute.weekday() >= 5 or substitute in days:
            substitute += timedelta(days=1)
        days[substitute] = f"{name} (substitute)"
    return days


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())
