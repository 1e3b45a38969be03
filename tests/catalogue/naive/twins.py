"""A naive twin: the rows that an indicator counts, and what they come to in a period and a place.

A twin is registered under the name of its function, which is the indicator's id. It says what kind of figure it
makes ("count", "share", "mix", "median"; a mean is a share of the sum over the rows), whether its rows have dates
of their own or are those of a month's end, and whether a `who` is counted once in the period.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from compendium.calendar.months import month_start, window_start
from compendium.calendar.years import financial_year, year_start
from tests.catalogue.naive.history import AREAS, History, Line, Row, area

Lines = Callable[[History, date], Iterator[Line]]  # (history, the day it is complete to, or the month's end)
AUTHORITY = "999"  # its code among the populations
ROLLING = {"rolling_3_months": 3, "rolling_12_months": 12, "rolling_36_months": 36}


@dataclass(frozen=True)
class Rows:
    """One set of rows. once: each `who` counts once, however many of its rows there are."""

    lines: Lines
    at_month_end: bool
    once: bool = False


@dataclass(frozen=True)
class Twin:
    """over: where the denominator has rows of its own."""

    kind: str
    rows: Rows
    over: Rows | None = None

    @property
    def is_divided(self) -> bool:
        return self.kind != "count"


TWINS: dict[str, Twin] = {}


def in_period(kind: str, *, once: bool = False, over: Rows | None = None) -> Callable[[Lines], Lines]:
    """Registers rows that have dates of their own."""
    return _registered(kind, at_month_end=False, once=once, over=over)


def at_month_end(kind: str, *, once: bool = False, over: Rows | None = None) -> Callable[[Lines], Lines]:
    """Registers rows of one month's end."""
    return _registered(kind, at_month_end=True, once=once, over=over)


def _registered(kind: str, *, at_month_end: bool, once: bool, over: Rows | None) -> Callable[[Lines], Lines]:
    def register(lines: Lines) -> Lines:
        name = lines.__name__
        assert name not in TWINS, name
        TWINS[name] = Twin(kind, Rows(lines, at_month_end, once), over)
        return lines

    return register


@dataclass(frozen=True)
class Numbers:
    """What a figure must be; parts: the rows of each category, or of each amount."""

    numerator: int
    denominator: int
    excluded: Mapping[str, int]
    parts: Mapping[str | int, int] = field(default_factory=dict)


class Counting:
    """Counts twins over one history, as known at the end of a day."""

    def __init__(self, history: History, as_at: date) -> None:
        self.history, self.as_at = history, as_at
        self._placed: dict[tuple[Lines, date], list[tuple[Line, str]]] = {}

    def numbers(self, name: str, basis: str, month: date, place: str | None = None) -> Numbers:
        """place: an area; None is the whole county."""
        twin = TWINS[name]
        rows = self._rows(twin.rows, basis, month, place)
        kept = [line for line in rows if line.excluded is None]
        over = rows if twin.over is None else self._rows(twin.over, basis, month, place)
        measured = [line for line in over if line.excluded is None]
        aside = rows if twin.over is None else [*rows, *over]
        excluded = Counter(line.excluded for line in aside if line.excluded is not None)
        parts: Counter[str | int] = Counter()
        if twin.kind == "mix":
            for line in kept:
                parts[line.category or "Not recorded"] += line.numerator
        elif twin.kind == "median":
            return Numbers(0, 0, dict(excluded), Counter[str | int](line.numerator for line in kept))
        once = twin.over.once if twin.over else twin.rows.once
        divided = _total(measured, "denominator", once) if twin.is_divided else 0
        if twin.kind == "mix" and twin.over is None:
            divided = sum(parts.values())
        return Numbers(_total(kept, "numerator", twin.rows.once), divided, dict(excluded), parts)

    def rate(self, numerator: int, month: date, place: str | None) -> Decimal | None:
        """Per 10,000 children, as they were estimated for the middle of the year before the financial year's end."""
        last = financial_year(month) - 1
        code = place or AUTHORITY
        known = {row["geography_code"]: row for row in self._children(last, (code,))}
        if not known and place is None:
            known = {row["geography_code"]: row for row in self._children(last, (*AREAS, "countywide"))}
        children = sum(row["persons"] for row in known.values())
        return 10_000 * Decimal(numerator) / children if children else None

    def _children(self, last: int, codes: tuple[str, ...]) -> list[Row]:
        """Of each place the newest estimate that is no later than a year."""
        rows = [row for row in self.history["population"] if row["mid_year"] <= last and row["geography_code"] in codes]
        return sorted(rows, key=lambda row: int(row["mid_year"]))

    def _rows(self, rows: Rows, basis: str, month: date, place: str | None) -> list[Line]:
        first = month if rows.at_month_end else first_day(basis, month)
        return [
            line
            for line, there in self._lines(rows, month if rows.at_month_end else self.as_at)
            if first <= line.on <= month and place in (None, there)
        ]

    def _lines(self, rows: Rows, day: date) -> list[tuple[Line, str]]:
        if (rows.lines, day) not in self._placed:
            lines = [_nobody_aside(line, rows.once) for line in rows.lines(self.history, day)]
            self._placed[rows.lines, day] = [(line, area(self.history, line)) for line in lines]
        return self._placed[rows.lines, day]


def first_day(basis: str, month: date) -> date:
    """Of the period that ends with a month."""
    if basis in ROLLING:
        return window_start(month, ROLLING[basis])
    if basis == "year_to_date":
        return year_start(financial_year(month))
    if basis == "quarter":
        return month_start(month, -((month.month - 1) % 3))
    return month_start(month)


def _nobody_aside(line: Line, once: bool) -> Line:
    """Where each is counted once, a row of nobody in particular cannot be."""
    if once and line.excluded is None and line.who is None:
        return Line(line.on, excluded="nobody to count", child=line.child, team=line.team, area=line.area)
    return line


def _total(lines: Iterable[Line], what: str, once: bool) -> int:
    counted = [(getattr(line, what), line.who) for line in lines]
    return len({who for number, who in counted if number}) if once else sum(number for number, _ in counted)
