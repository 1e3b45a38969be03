"""Of which year an SSDA903 return is: the files do not say, so their days decide, and names only where they cannot.

What happened within the year makes up much of a return: episodes that ended, children who came. So the year is
the latest with at least one in twenty of the days; a day or two of another year are mistakes. An end on 1 April
belongs to the year before, for the first day on which a child is no longer there counts as the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from compendium import words
from compendium.calendar.years import financial_year, year_end, year_label, year_start
from compendium.record.intake import Intake

SHARE, FEWEST = 20, 10  # one in so many; below so many days, one will do
NAMED_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:[-_/ ]?(\d\d|20\d\d))?(?!\d)")
BIRTHDAYS = range(17, 22)  # of whom OC3 tells
SPARSE, SILENT = 100, timedelta(days=60)  # with so many days, a return that is silent for so long stops before its end


@dataclass(frozen=True)
class ReturnYear:
    """ends: the last day told of, 31 March or an earlier one. first: the first year, where there are several."""

    year: int
    first: int
    ends: date

    @property
    def begins(self) -> date:
        return year_start(self.first)

    @property
    def closes(self) -> str:
        """31 March of the year."""
        return year_end(self.year).isoformat()


def settle_year(
    days: Sequence[str], births: Sequence[str], stated: Iterable[int], names: Sequence[str], intake: Intake
) -> ReturnYear | None:
    """days: of what happened. births: of care leavers. stated: years that rows name. names: of the files.

    The ledger says how it was settled. None when nothing tells it.
    """
    counted = Counter(_year_of(day) for day in days)
    told = sorted(set(stated))
    named = {year: name for name in names for year in named_years(name)}
    if told:
        year, why = told[-1], "as its rows say under YEAR"
    elif counted:
        year, why = _of_days(counted), "as the days in it show"
    elif births and (of_births := _of_births(births, named)):
        year, why = of_births, "as the birthdays of the care leavers show"
    else:
        return None
    if told and counted and _of_days(counted) != year:
        intake.note(f"its days are of the year ending March {_of_days(counted)}, but its rows say YEAR {year}")
    said = f"a return of the year from 1 April {year - 1} to 31 March {year}, {why}"
    intake.note(f"{said}{_of_the_name(year, named)}")
    first = told[0] if told else year
    return ReturnYear(year, first, _last_day(year, days, intake))


def named_years(name: str) -> list[int]:
    """The years in a file's name, however it means them: by their start or by their end."""
    years = []
    for found in NAMED_YEAR.finditer(re.sub(r"\d{4}-\d\d-\d\d", "", name)):
        begins, rest = int(found[1]), found[2]
        follows = rest and int(rest) % 100 == (begins + 1) % 100
        years.append(begins + 1 if follows else begins)
    return years


def _year_of(day: str) -> int:
    """An end on 1 April is of the year before."""
    return financial_year(date.fromisoformat(day) - timedelta(days=day.endswith("-04-01")))


def _of_days(counted: Counter[int]) -> int:
    total = counted.total()
    enough = [year for year, count in counted.items() if count * SHARE >= total and (count > 1 or total < FEWEST)]
    return max(enough, default=counted.most_common(1)[0][0])


def _of_births(births: Sequence[str], named: Iterable[int]) -> int | None:
    """The year in which the most of them are 17 to 21; of several, that which a name may mean."""
    fitting = Counter(financial_year(date.fromisoformat(born)) + age for born in births for age in BIRTHDAYS)
    most = max(fitting.values())
    years = [year for year, count in fitting.items() if count == most]
    meant = [year for year in years if year in named or year - 1 in named]
    if len(years) == 1:
        return years[0]
    return meant[0] if len(meant) == 1 else None


def _of_the_name(year: int, named: dict[int, str]) -> str:
    if not named or year in named:
        return ""
    if year - 1 in named:
        return f"; the name '{year - 1}' is that of the year in which it begins"
    years = words.listing([str(each) for each in sorted(named)])
    return f"; that contradicts the name, which says {years}"


def _last_day(year: int, days: Sequence[str], intake: Intake) -> date:
    """31 March, unless the return was made before, or falls silent long before."""
    closes = year_end(year)
    received = intake.received_on
    if received is not None and year_start(year) <= received < closes:
        intake.note(f"received before the year {year_label(year)} was over: it tells the days until then")
        return received
    newest = max((date.fromisoformat(day) for day in days if day <= closes.isoformat()), default=closes)
    if len(days) >= SPARSE and year_start(year) <= newest < closes - SILENT:
        intake.note(f"nothing in it is newer than {words.day(newest)}: taken as telling the days until then")
        return newest
    return closes
