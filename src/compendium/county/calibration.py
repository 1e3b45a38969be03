"""The published figures that the county keeps to, and the assumptions where nothing is published.

`figures/calibration.csv` holds what the Department for Education and ONS published for one authority
(the calibration authority), with the table each figure comes from. Before April 2012 the county
repeats the year ending March 2013; after the last published figure it carries on as in the last year.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from compendium.county.days import FIRST_MONTH, month, year_ending

FIRST_YEAR, LAST_YEAR = 2013, 2018
LAST_PUBLISHED = month("2017-07")  # of the months kept in the file


@cache
def published() -> dict[tuple[str, str], float]:
    """(measure, period) -> value."""
    text = files("compendium.county").joinpath("figures/calibration.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {(row["measure"], row["period"]): float(row["value"]) for row in rows}


@cache
def yearly(measure: str, year: int) -> float:
    """A published figure of the year ending that March, or of the nearest year published."""
    figures = published()
    nearest = min(
        (there for there in range(FIRST_YEAR, LAST_YEAR + 1) if (measure, str(there)) in figures),
        key=lambda there: abs(there - year),
    )
    return figures[measure, str(nearest)]


@dataclass(frozen=True)
class Calibration:
    """The same figures at the county's size: 1 is the full county, tests use a small part of it."""

    size: float = 1.0

    def referrals(self, in_month: int) -> int:
        while in_month < FIRST_MONTH:
            in_month += 12
        while in_month > LAST_PUBLISHED:
            in_month -= 12
        name = f"{in_month // 12}-{in_month % 12 + 1:02d}"
        return max(2, round(published()["referrals_in_month", name] * self.size))

    def year(self, measure: str, year: int) -> float:
        return yearly(measure, year) * self.size

    def share(self, part: str, whole: str, year: int) -> float:
        return yearly(part, year) / yearly(whole, year)

    def monthly(self, measure: str, in_month: int) -> float:
        """A year's flow laid on its months as its referrals were."""
        year = year_ending(in_month)
        return self.year(measure, year) * self.referrals(in_month) / self.year_of_referrals(year)

    def delayed(self, measure: str, in_month: int) -> float:
        """A year's flow laid on its months as the referrals of some three weeks before were."""
        year = year_ending(in_month)
        first = month(f"{year - 1}-04")
        whole = sum(self._before(each) for each in range(first, first + 12))
        return self.year(measure, year) * self._before(in_month) / whole

    @cache  # noqa: B019
    def _before(self, in_month: int) -> float:
        return 0.3 * self.referrals(in_month) + 0.7 * self.referrals(in_month - 1)

    @cache  # noqa: B019  one calibration lives as long as its county
    def year_of_referrals(self, year: int) -> int:
        first = month(f"{year - 1}-04")
        return sum(self.referrals(each) for each in range(first, first + 12))

    @cache  # noqa: B019
    def season(self, calendar_month: int) -> float:
        """How a calendar month (0 is January) usually compares with the mean month: school holidays show."""
        years = range(2013, 2018)
        shares = []
        for year in years:
            first = month(f"{year - 1}-04")
            there = next(each for each in range(first, first + 12) if each % 12 == calendar_month)
            shares.append(12 * self.referrals(there) / self.year_of_referrals(year))
        return sum(shares) / len(shares)
