"""The whole numbers of one indicator: month cells from its rows, distinct counts by period, value counts.

Everything an engine gives is here, and it is integers only. Periods and the whole of areas and teams are
made from month cells; distinct counts, which do not add up, from cells of a month and the month before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from compendium import words
from compendium.engine.dialect import Query
from compendium.indicators.model import SCHEMA, Model
from compendium.indicators.placing import NO_TEXT, Detail, date_column, has_part, month_number, placed, puts_aside
from compendium.indicators.shape import NOT_RECORDED, Indicator
from compendium.indicators.tally import NEVER, WHOLE, AmountTally, Cell, DistinctTally, Key, MonthTally, Tally

MEASURES = ("numerator", "denominator", "amount", "category")
PLACED = "placed rows"


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

    def numbers(self) -> Mapping[Cell, int]:
        """Every whole number, by what it counts: what engines must agree on."""
        tallies = {"numerator": self.numerator, "denominator": self.denominator, "amounts": self.amounts}
        tallies |= {f"excluded: {reason}": tally for reason, tally in self.excluded.items()}
        return {
            (name, *cell): number
            for name, tally in tallies.items()
            if tally is not None
            for cell, number in tally.numbers().items()
        }


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
    as_at: Mapping[str, date],
    parameters: Mapping[str, int | str],
    detail: Detail = "parts",
) -> tuple[dict[str, Cells], dict[str, str]]:
    """All whole numbers of an indicator by authority, and why one has none: its rows are not what its file promises.

    Crossed, a breakdown within an area has a key such as ('area', 'NE', 'source', 'Police'). ComputeError when there
    are none for any.
    """
    cells = {authority: Cells() for authority in model.authorities}
    doubled: Counter[str] = Counter()
    for name, query in indicator.row_sets.items():
        sql = model.emitted(query, as_at, parameters)
        counted = indicator.counted_once(name)
        kept = dict.fromkeys([*MEASURES, *indicator.one_row_per, *([counted] if counted else [])])
        rows = placed(model, indicator, query, sql, (window.first, window.last), window.ends, kept, counted, detail)
        source = f"({rows})"
        if counted:  # read more than once
            model.engine.store(SCHEMA, PLACED, rows)
            _count_distinct(model, indicator, name, query, counted, cells, detail)
            source = f"(SELECT r.* FROM {model.own(PLACED)} AS r WHERE r.excluded IS NOT NULL)"
        doubled += _add_months(model, indicator, name, query, window, cells, source, counted, detail)
        if counted:
            model.engine.drop(SCHEMA, PLACED)
    by = " and ".join(indicator.one_row_per)
    wrong = {name: f"more than one row for {words.plural(found, 'value')} of {by}" for name, found in doubled.items()}
    return {authority: each for authority, each in cells.items() if authority not in wrong}, wrong


def _add_months(
    model: Model,
    indicator: Indicator,
    name: str,
    query: Query,
    window: Window,
    cells: Mapping[str, Cells],
    source: str,
    counted: str | None,
    detail: Detail,
) -> Counter[str]:
    """Month cells by team, added up to areas and the whole; and by each part of the whole. All in one question.

    counted: what is counted once each, elsewhere: then the source holds nothing but rows that are put aside. Returns
    by authority how many values there are more than one row of, though one is promised.
    """
    stock = date_column(query) == "month_end"
    months = month_number(window.first), month_number(window.last)
    adders = {
        authority: _Adder(indicator, name, query, each, *months, stock, counted) for authority, each in cells.items()
    }
    some = next(iter(adders.values()))
    of, sums = model.partition.of("r"), "".join(f', SUM(CAST(r."{column}" AS BIGINT))' for column in some.summed)
    own = ", ".join(['r."month"', *some.aside, *some.extra])
    place, by = 'r."place area", r."place team"', [part for part in indicator.by if has_part(part, query)]
    parts = [f'r."part {part}"' for part in by]
    within = [f'r."place area", {part}' for part in parts] if detail == "crossed" and not counted else []
    sets = [f"({of}{each}, {own})" for each in (place, *parts, *within)]
    if detail == "headline":
        place, by, parts, sets = f"{NO_TEXT}, {NO_TEXT}", [], [], [f"({of}{own})"]
    having = ""
    if indicator.one_row_per:  # one more set, which has no month and of which only what is there twice is answered
        keys = [f'r."{key}"' for key in indicator.one_row_per]
        sets.append(f"({of}{', '.join(keys)})")
        having = ' HAVING r."month" IS NOT NULL OR COUNT(*) > 1'
    which, value = _of_the_part_there(parts, range(len(parts))), _of_the_part_there(parts, parts)
    doubled: Counter[str] = Counter()
    for authority, *answer in model.engine.rows(
        f"SELECT {model.partition.told('r')}{which}, {value}, {place}, {own}, COUNT(*){sums} FROM {source} AS r "
        f"GROUP BY GROUPING SETS ({', '.join(sets)}){having}"
    ):
        at, found, area, team, *cell = answer
        if cell[0] is None:
            doubled[authority] += 1
            continue
        key: Key = (by[at], found) if at is not None else ()
        keys_of: tuple[Key, ...]
        if key:
            keys_of = (key,) if area is None else (("area", area, *key),)  # a part of the whole has no area
        else:
            at_place = (("area", area), ("team", team))
            keys_of = (WHOLE, *(each for each in at_place if each[1] is not None))
        adders[authority].add(keys_of, cell)
    return doubled


def _of_the_part_there(parts: Sequence[str], told: Iterable[object]) -> str:
    """SQL for what is told of the one part by which a row of the answer is grouped; NULL where it is by none."""
    branches = "".join(f" WHEN {part} IS NOT NULL THEN {each}" for part, each in zip(parts, told, strict=True))
    return f"CASE{branches} END" if parts else NO_TEXT


class _Adder:
    """Puts the cells of one row set where they belong: numerator, denominator, amounts or a reason."""

    def __init__(
        self,
        indicator: Indicator,
        name: str,
        query: Query,
        cells: Cells,
        start: int,
        end: int,
        stock: bool,
        counted: str | None,
    ) -> None:
        self.cells, self.value = cells, indicator.value
        self._start, self._end, self._stock = start, end, stock
        self.aside = ["r.excluded"] if puts_aside(query, counted) else []
        self.extra = [f'r."{each}"' for each in ("category", "amount") if each in query.columns]
        if self.value == "mean":
            self.extra = []
        self.summed = [
            each
            for each in ("numerator", "denominator", "amount")
            if each in query.columns.keys() - query.ones and not (each == "amount" and self.value == "median")
        ]
        self._ones = query.ones
        self.numerator: MonthTally | None = None
        self.denominator: MonthTally | None = None
        if counted is not None:  # counted elsewhere: what comes here is put aside
            return
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

    def add(self, keys: Sequence[Key], cell: Sequence[Any]) -> None:
        """One cell of the answer, under every key that it is a part of."""
        month, *rest = cell
        excluded = rest.pop(0) if self.aside else None
        extra, (count, *sums) = rest[: len(self.extra)], rest[len(self.extra) :]
        if excluded is not None:
            tally = self.cells.excluded.get(excluded)
            if tally is None:
                tally = self.cells.excluded[excluded] = self._new()
            assert isinstance(tally, MonthTally)
            tally.add(keys, month, count)
            return
        total = dict.fromkeys(self._ones, count)
        total |= {name: number or 0 for name, number in zip(self.summed, sums, strict=True)}
        if self.value == "mix" and self.numerator is not None:
            category = NOT_RECORDED if extra[0] is None else extra[0]
            number = total.get("numerator", count)
            self.numerator.add([(*key, "category", category) for key in keys], month, number)
            if self.denominator is not None:
                self.denominator.add(keys, month, number)
        elif self.value == "median":
            assert self.cells.amounts is not None
            if extra[0] is not None:
                self.cells.amounts.add(keys, month, extra[0], count)
        elif self.value == "mean":
            assert self.numerator is not None and self.denominator is not None
            self.numerator.add(keys, month, total["amount"])
            self.denominator.add(keys, month, count)
        else:
            if self.numerator is not None:
                self.numerator.add(keys, month, total["numerator"])
            if self.denominator is not None:
                self.denominator.add(keys, month, total["denominator"])


def _count_distinct(
    model: Model, indicator: Indicator, name: str, query: Query, key: str, cells: Mapping[str, Cells], detail: Detail
) -> None:
    """Distinct children, families or workers: of each month those that a row tells of, by the month they were told of
    before. Those told of before a period began are not yet counted in it, which gives every period from one question.
    """
    wanted = [each for each in ("numerator", "denominator") if each in query.columns]
    tallies = {(authority, each): DistinctTally() for authority in cells for each in wanted}
    for (authority, each), tally in tallies.items():
        if not (each == "denominator" and name != "denominator_rows" and "denominator_rows" in indicator.row_sets):
            setattr(cells[authority], each, tally)
    of, rows = model.partition.of, model.own(PLACED)
    for kind, column in _dimensions(indicator, detail):
        place = f"r.{column}, " if column else ""
        told = " UNION ALL ".join(
            f"""SELECT DISTINCT {of("r")}{place}r."month", r."{key}", '{each}' AS measure FROM {rows} AS r """
            f'WHERE r.excluded IS NULL AND r."{each}" <> 0'
            for each in wanted
        )
        before = (
            f'LAG(r."month") OVER (PARTITION BY {of("r")}{place}r.measure, r."{key}" ORDER BY r."month") AS "before"'
        )
        by = f'{of("s")}s.measure, s."month", s."before"{f", s.{column}" if column else ""}'
        for authority, *answer in model.engine.rows(
            f"SELECT {model.partition.told('s')}{by.removeprefix(of('s'))}, COUNT(*) "
            f"FROM (SELECT r.*, {before} FROM ({told}) AS r) AS s GROUP BY {by}"
        ):
            measure, month, earlier, *places, number = answer
            if None not in places:
                at: Key = (kind, *places) if kind else WHOLE
                tallies[authority, measure].add(at, month, NEVER if earlier is None else earlier, number)


def _dimensions(indicator: Indicator, detail: Detail) -> Iterator[tuple[str, str]]:
    yield "", ""
    if detail == "headline":
        return
    yield "area", '"place area"'
    yield "team", '"place team"'
    for part in indicator.by:
        yield part, f'"part {part}"'
