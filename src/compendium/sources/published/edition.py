"""What a published table is described by: the shape of its file, and which column of it holds which measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from compendium.calendar.years import known_from, year_end

Period = Literal[
    "year to March", "31 March", "months to March", "30 September", "year to September", "year to August",
    "year to December", "financial year",
]  # fmt: skip
YEAR: Period = "year to March"
MARCH: Period = "31 March"
MONTHS: Period = "months to March"
SEPTEMBER: Period = "30 September"
TO_SEPTEMBER: Period = "year to September"
TO_AUGUST: Period = "year to August"
TO_DECEMBER: Period = "year to December"
FINANCIAL: Period = "financial year"


@dataclass(frozen=True)
class Published:
    """One measure of a file.

    value: the column as published; None where the file prints only the counts, and then it is 100 x
    numerator / denominator. numerator: columns, added up. where: the rows that hold it. of_all: the
    rows that hold the denominator, when it is not in the same row. breakdown: the part of the whole
    that it is about. spelt: the file writes years:months ('01:10'), which is read as months.
    """

    measure: str
    period: Period
    value: str | None = None
    numerator: tuple[str, ...] = ()
    denominator: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    of_all: Mapping[str, str] = field(default_factory=dict)
    breakdown: str | None = None
    spelt: bool = False

    @property
    def columns(self) -> frozenset[str]:
        """Every column of the file that it looks at."""
        named = {self.value, self.denominator, *self.numerator, *self.where, *self.of_all}
        return frozenset(name for name in named if name)

    @property
    def is_month(self) -> bool:
        return self.period == "months to March"


@dataclass(frozen=True)
class Edition:
    """One published table in one shape. name: its release, and the table. signature: columns that only it has.

    compiled: it repeats what other tables say. England's own tables do; where they differ, the local one stands.
    """

    name: str
    signature: frozenset[str]
    figures: tuple[Published, ...]
    compiled: bool = False

    @property
    def release(self) -> str:
        """The department's release that it belongs to, without its year."""
        return self.name.partition(":")[0]


def count(measure: str, period: Period, column: str) -> Published:
    """A number of children or events: its own numerator."""
    return Published(measure, period, column, (column,))


def rate(measure: str, period: Period, column: str, of: str) -> Published:
    """A rate as printed, with the number behind it."""
    return Published(measure, period, column, (of,))


def share(
    measure: str, period: Period, numerator: str | tuple[str, ...], denominator: str, printed: str | None = None
) -> Published:
    """A percentage: as printed, or of the two counts of one row."""
    columns = (numerator,) if isinstance(numerator, str) else numerator
    return Published(measure, period, printed, columns, denominator)


def shares(
    measure: str, period: Period, denominator: str, parts: Mapping[str, str], printed: str = ""
) -> tuple[Published, ...]:
    """The percentages of a whole's parts: breakdown -> column. printed: what a printed one's column ends in."""
    return tuple(
        replace(
            share(measure, period, column, denominator, f"{column}{printed}" if printed else None), breakdown=breakdown
        )
        for breakdown, column in parts.items()
    )


def row_share(
    measure: str, period: Period, where: Mapping[str, str], of_all: Mapping[str, str], column: str,
    printed: str | None = None, breakdown: str | None = None,
) -> Published:  # fmt: skip
    """A percentage whose count and total stand in one column of two rows."""
    return Published(measure, period, printed, (column,), column, where, of_all, breakdown)


def ends(period: Period, year: int) -> date:
    """The last day of the period of a year."""
    if "September" in period:
        return date(year, 9, 30)
    if period == "year to August":
        return date(year, 8, 31)
    return date(year, 12, 31) if period == "year to December" else year_end(year)


def published(period: Period, year: int) -> date:
    """The first day on which a figure of that period counts as published: a rule of ours.

    Social care comes out in late October or November, spending in January, the workforce late in February, and
    what is known of pupils and of youth justice in March.
    """
    if period in ("year to March", "31 March", "months to March"):
        return known_from(year)
    month = {"financial year": 2, "30 September": 3, "year to September": 3}.get(period, 4)
    return date(year + 1, month, 1)


def basis(period: Period) -> str:
    """What the record calls it."""
    if period == "months to March":
        return "month"
    return "snapshot" if period in ("31 March", "30 September") else "year"
