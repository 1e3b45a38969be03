"""Ages in completed years, the unborn included.

A person born on 29 February is a year older on 1 March of a common year, as English practice has it.
"""

from __future__ import annotations

from datetime import date

from compendium.calendar.months import days_in_month

UNBORN = -1

# The bands of the department's children in need release, with the last age in each.
_BANDS = (
    (-1, "Unborn"),
    (0, "Under 1"),
    (4, "1 to 4"),
    (9, "5 to 9"),
    (15, "10 to 15"),
)
_OLDEST = "16 and over"
AGE_BANDS = (*(name for _, name in _BANDS), _OLDEST)


def age_at(birth: date, day: date) -> int:
    """Completed years on the day; UNBORN (-1) before the birth, when `birth` is the expected date."""
    if day < birth:
        return UNBORN
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def birthday(birth: date, age: int) -> date:
    """The first day on which age_at(birth, day) is `age`."""
    year = birth.year + age
    if birth.day > days_in_month(year, birth.month):
        return date(year, 3, 1)
    return birth.replace(year=year)


def age_band(age: int) -> str:
    """One of AGE_BANDS for an age in completed years."""
    return next((name for last, name in _BANDS if age <= last), _OLDEST)
