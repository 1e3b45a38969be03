"""The whole numbers of one indicator: month cells from its rows, distinct counts by period, value counts.

Everything an engine gives is here, and it is integers only. Periods and the whole of areas and teams are
made from month cells; only distinct counts, which do not add up, are asked for period by period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from compendium import words
from compendium.engine.dialect import Query
from compendium.errors import ComputeError
from compendium.indicators.model import Model
from compendium.indicators.periods import period_start
from compendium.indicators.placing import date_column, month_number, placed
from compendium.indicators.shape import NOT_RECORDED, Indicator
from compendium.indicators.tally import WHOLE, AmountTally, Key, MonthTally, PeriodTally, Tally

MEASURES = ("numerator", "denominator", "amount", "category")


@dataclass
class Cells:
    """numerator, denominator: totals by place and part; excluded: the same by reason; amounts: for medians."""

    numerator: Tally | None = None
    denominator: Tally | None = None
    excluded: dict[str, Tally] = field(default_factory=dict)
    amounts: AmountTally | None = None

    def part_values(self, dimension: str) -> list[str]:
        """The values a breakdown or category ever took."""
        at = -1 if dimension == "category" else 1
        found: dict[str, None] = {}
        for tally in (self.numerator, self.denominator, self.amounts):
            for key in tally.keys() if tally is not None else ():
                if key and (key[0] == dimension or (dimension == "category" and key[-2] == "category")):
                    found[key[at]] = None
        return list(found)


@dataclass(frozen=True)
class Window:
    """The months in play: `ends` are reported; rows are read from `first` on, where their periods begin."""

    first: date
    ends: Sequence[date]

    @property
    def last(self) -> date:
        return self.ends[-1]


def compute_cells(
    model: Model,
    indicator: Indicator,
    window: Window,
    areas: Sequence[str],
    as_at: date,
    limits: Mapping[str, int | str],
) -> Cells:
    """All whole numbers of an indicator. ComputeError when its rows are not what its file promises."""
    cells = Cells()
    for name, query in indicator.row_sets.items():
        sql = model.engine.emitter.emit(query, model.stored, as_at, limits)
        counted = indicator.denominator_count or indicator.count if name == "denominator_rows" else indicator.count
        kept = dict.fromkeys([*MEASURES, *indicator.one_row_per, *([counted] if counted else [])])
        rows = placed(model, indicator, query, sql, (window.first, window.last), areas, window.ends, kept, counted)
        model.engine.run(f"CREATE OR REPLACE TEMP TABLE placed_rows AS {rows}")
        _check_one_row(model, indicator, query)
        if counted:
            _count_distinct(model, indicator, name, query, counted, window, cells)
        else:
            _add_months(model, indicator, name, query, window, cells)
    model.engine.run("DROP TABLE IF EXISTS placed_rows")
    return cells


def _check_one_row(model: Model, indicator: Indicator, query: Query) -> None:
    if not indicator.one_row_per:
        return
    keys = ", ".join(f'"{key}"' for key in indicator.one_row_per)
    doubled = model.engine.rows(
        f"SELECT COUNT(*) FROM (SELECT {keys} FROM placed_rows GROUP BY {keys} HAVING COUNT(*) > 1) AS doubled"
    )[0][0]
    if doubled:
        raise ComputeError(
            f"more than one row for {words.plural(doubled, 'value')} of {' and '.join(indicator.one_row_per)}",
            remedy="look for a join that finds two rows where one was meant",
        )


def _add_months(model: Model, indicator: Indicator, name: str, query: Query, window: Window, cells: Cells) -> None:
    """Month cells by team, added up to areas and the whole; and by each part of the whole."""
    stock = date_column(query) == "month_end"
    adder = _Adder(indicator, name, query, cells, month_number(window.first), month_number(window.last), stock)
    extra = adder.extra
    sums = ", ".join(f'SUM(CAST("{column}" AS BIGINT))' for column in adder.summed)
    measured = f"COUNT(*){', ' + sums if sums else ''}"
    by = ", ".join(['"month"', "excluded", *extra])
    for area, team, *cell in model.engine.rows(
        f'SELECT "place area", "place team", {by}, {measured} FROM placed_rows '
        f'GROUP BY "place area", "place team", {by}'
    ):
        adder.add(WHOLE, cell)
        adder.add(("area", area), cell)
        if team is not None:
            adder.add(("team", team), cell)
    for part in indicator.by:
        for value, *cell in model.engine.rows(
            f'SELECT "part {part}", {by}, {measured} FROM placed_rows GROUP BY "part {part}", {by}'
        ):
            if value is not None:
                adder.add((part, value), cell)


class _Adder:
    """Puts the cells of one row set where they belong: numerator, denominator, amounts or a reason."""

    def __init__(
        self, indicator: Indicator, name: str, query: Query, cells: Cells, start: int, end: int, stock: bool
    ) -> None:
        self.cells, self.value = cells, indicator.value
        self._start, self._end, self._stock = start, end, stock
        self.extra = [f'"{each}"' for each in ("category", "amount") if each in query.columns]
        if self.value == "mean":
            self.extra = []
        self.summed = [
            each
            for each in ("numerator", "denominator", "amount")
            if each in query.columns and not (each == "amount" and self.value == "median")
        ]
        self.numerator: MonthTally | None = None
        self.denominator: MonthTally | None = None
        if name != "denominator_rows" and self.value != "median":
            self.numerator = cells.numerator = self._new()
        if (
            indicator.has_denominator
            and self.value != "median"
            and (name == "denominator_rows" or "denominator_rows" not in indicator.row_sets)
        ):
            self.denominator = cells.denominator = self._new()
        if self.value == "median":
            cells.amounts = AmountTally()

    def _new(self) -> MonthTally:
        return MonthTally(self._start, self._end, self._stock)

    def add(self, key: Key, cell: Sequence[Any]) -> None:
        month, excluded, *rest = cell
        extra, (count, *sums) = rest[: len(self.extra)], rest[len(self.extra) :]
        if excluded is not None:
            tally = self.cells.excluded.setdefault(excluded, self._new())
            assert isinstance(tally, MonthTally)
            tally.add(key, month, count)
            return
        total = {name: number or 0 for name, number in zip(self.summed, sums, strict=True)}
        if self.value == "mix" and self.numerator is not None:
            category = NOT_RECORDED if extra[0] is None else extra[0]
            self.numerator.add((*key, "category", category), month, total.get("numerator", count))
            if self.denominator is not None:
                self.denominator.add(key, month, total.get("numerator", count))
        elif self.value == "median":
            assert self.cells.amounts is not None
            if extra[0] is not None:
                self.cells.amounts.add(key, month, extra[0], count)
        elif self.value == "mean":
            assert self.numerator is not None and self.denominator is not None
            self.numerator.add(key, month, total["amount"])
            self.denominator.add(key, month, count)
        else:
            if self.numerator is not None:
                self.numerator.add(key, month, total["numerator"])
            if self.denominator is not None:
                self.denominator.add(key, month, total["denominator"])


def _count_distinct(
    model: Model, indicator: Indicator, name: str, query: Query, key: str, window: Window, cells: Cells
) -> None:
    """Distinct children, families or workers of each period: rows stored once, then joined to periods."""
    wanted = [each for each in ("numerator", "denominator") if each in query.columns]
    tallies = {each: PeriodTally() for each in wanted}
    for each, tally in tallies.items():
        if not (each == "denominator" and name != "denominator_rows" and "denominator_rows" in indicator.row_sets):
            setattr(cells, each, tally)
    stock = date_column(query) == "month_end"
    measured = ", ".join(f'COUNT(DISTINCT CASE WHEN r."{each}" <> 0 THEN r."{key}" END)' for each in wanted)
    for kind, column in _dimensions(indicator):
        by = f"p.basis, p.last, r.excluded{f', r.{column}' if column else ''}"
        for basis, last, reason, *parts in model.engine.rows(
            f"SELECT {by}, COUNT(*), {measured} "
            f"FROM placed_rows AS r JOIN ({_periods(indicator, window, stock)}) AS p "
            f'ON r."month" BETWEEN p.first AND p.last GROUP BY {by}'
        ):
            place: Key = (kind, parts.pop(0)) if kind else WHOLE
            count, *numbers = parts
            if None in place:
                continue
            if reason is not None:
                aside = cells.excluded.setdefault(reason, PeriodTally())
                assert isinstance(aside, PeriodTally)
                aside.add(place, basis, last, count)
                continue
            for each, number in zip(wanted, numbers, strict=True):
                tallies[each].add(place, basis, last, number)


def _dimensions(indicator: Indicator) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield "area", '"place area"'
    yield "team", '"place team"'
    for part in indicator.by:
        yield part, f'"part {part}"'


def _periods(indicator: Indicator, window: Window, stock: bool) -> str:
    rows = [
        f"('{basis}', {month_number(end) if stock else month_number(period_start(basis, end))}, {month_number(end)})"
        for basis in indicator.bases
        for end in window.ends
    ]
    return f"SELECT * FROM (VALUES {', '.join(rows)}) AS v(basis, first, last)"
