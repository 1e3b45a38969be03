"""Published statistics as CSV, of the Department for Education and the Office for National Statistics.

National, regional and authority rows go to `benchmark` and `population` by the column maps of
`published_editions.py`. A symbol that stands for a figure (c, z, x, low ...) stays a symbol; a
percentage that the file does not print is worked out from its counts only when none is a symbol.

Known from: figures of a year ending March, from 1 November after it. The workforce's, as on
30 September, from 1 March after it: a rule of ours, for they come out late in February. A delivery
of published figures whose name has no date counts from the first day on which any of it was known,
so that an edition of an earlier month can show what had been published by then; each row says from
when it may be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from compendium.calendar.years import known_from, year_end
from compendium.record.intake import Intake
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import DeliveredFile
from compendium.sources.published_editions import EDITIONS, MEASURES, Edition, Published
from compendium.words import plural, rounded

NAME = "published statistics"
PLACE = frozenset({"time_period", "geographic_level", "country_code", "region_code", "old_la_code"})
POPULATION = frozenset({"age_group", "population_estimate"})
SYMBOLS = frozenset({"c", "z", "x", "k", "low", "u", ":", "-", "~", "..", "."})
LEVELS = {"National": "national", "Regional": "regional", "Local authority": "authority"}
CHILDREN = "Children aged 0 to 17 years"
FISCAL_MONTHS = (
    ("April", 4), ("May", 5), ("June", 6), ("July", 7), ("August", 8), ("September", 9), ("October", 10),
    ("November", 11), ("December", 12), ("January", 1), ("February", 2), ("March", 3),
)  # fmt: skip

Row = Mapping[str, str]


@dataclass(frozen=True)
class Geography:
    kind: str
    code: str
    name: str


def recognises(delivered: DeliveredFile) -> bool:
    return delivered.kind == "text" and _shape(Delimited(delivered)) is not None


def dated(delivered: DeliveredFile) -> date | None:
    """The day in the file's name, else the first day on which any of it was known."""
    if delivered.named_day is not None:
        return delivered.named_day
    lines = Delimited(delivered)
    shape = _shape(lines)
    if not isinstance(shape, Edition):
        return date(min(_years(lines), default=2011) + 1, 7, 1)  # a mid-year estimate comes out the summer after
    return min((_known(figure, year) for figure in shape.figures for year in _years(lines)), default=None)


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """Every row is kept, or in the ledger."""
    lines = Delimited(delivered)
    if twice := lines.repeating(lines.header):
        raise twice
    shape = _shape(lines)
    if isinstance(shape, Edition):
        _Figures(shape, delivered.name, intake).read(lines)
    else:
        _population(lines, delivered.name, intake)


def _shape(lines: Delimited) -> Edition | str | None:
    """The edition whose columns the file has; 'population' for mid-year estimates; None for anything else."""
    header = frozenset(lines.header)
    if not header >= PLACE:
        return None
    if header >= POPULATION:
        return "population"
    return next((edition for edition in EDITIONS if header >= edition.signature), None)


def _records(lines: Delimited, unit: str, intake: Intake) -> Iterator[tuple[int, Row, Geography]]:
    """Rows of the right width, of a level and place that are known; the others are rejected."""
    width = len(lines.header)
    for number, fields in lines.rows():
        intake.count(unit, read=1)
        if len(fields) != width:
            what = f"the row has {len(fields)} fields, the header {width}"
        else:
            row = dict(zip(lines.header, map(str.strip, fields), strict=True))
            place = _geography(row)
            if place and row["time_period"].isdigit() and len(row["time_period"]) == 4:
                yield number, row, place
                continue
            what = "it has no year of four digits, or no level and code of a place that are known"
        intake.count(unit, rejected=1)
        intake.reject(unit, number, None, what, kind="malformed")


def _geography(row: Row) -> Geography | None:
    kind = LEVELS.get(row["geographic_level"])
    if kind is None:
        return None
    columns = {
        "national": ("country_code", "country_name"),
        "regional": ("region_code", "region_name"),
        "authority": ("old_la_code", "la_name"),
    }[kind]
    place_code, name = (row.get(column, "") for column in columns)
    return Geography(kind, place_code, name) if place_code and place_code not in SYMBOLS else None


def _years(lines: Delimited) -> set[int]:
    at = lines.header.index("time_period")
    return {int(fields[at]) for _, fields in lines.rows() if len(fields) > at and fields[at].isdigit()}


def _known(figure: Published, year: int) -> date:
    return date(year + 1, 3, 1) if "September" in figure.period else known_from(year)


def _ends(figure: Published, year: int) -> date:
    return date(year, 9, 30) if "September" in figure.period else year_end(year)


class _Figures:
    """One published file into `benchmark`."""

    COLUMNS = (
        "measure", "period_end", "basis", "geography_type", "geography_code", "geography_name", "numerator",
        "denominator", "value", "symbol", "known_from", "source",
    )  # fmt: skip

    def __init__(self, edition: Edition, file_name: str, intake: Intake) -> None:
        self._edition, self._file, self._intake = edition, file_name, intake
        self._add = intake.appender("benchmark", self.COLUMNS)
        self._totals: dict[tuple[str, str, str], str] = {}

    def read(self, lines: Delimited) -> None:
        records = list(_records(lines, self._file, self._intake))
        for figure in self._edition.figures:
            if figure.of_all and figure.denominator:
                for _, row, place in records:
                    if _matches(row, figure.of_all):
                        self._totals[figure.measure, row["time_period"], place.code] = row[figure.denominator]
        unused: Counter[str] = Counter()
        for number, row, place in records:
            if self._row(number, row, place) or any(
                _matches(row, each.of_all) for each in self._edition.figures if each.of_all
            ):
                self._intake.count(self._file, kept=1)
            else:
                self._intake.count(self._file, rejected=1)
                unused[" / ".join(row[name] for name in self._told_apart())] += 1
        for what, count in sorted(unused.items()):
            text = f"{plural(count, 'row')} of '{what}': no measure of Compendium's is taken from them"
            self._intake.reject(self._file, None, None, text, kind="unused")

    def _told_apart(self) -> list[str]:
        return sorted({name for figure in self._edition.figures for name in figure.where})

    def _row(self, number: int, row: Row, place: Geography) -> bool:
        used = False
        for figure in self._edition.figures:
            if _matches(row, figure.where):
                used = True
                if figure.period == "months to March":
                    self._months(number, row, place, figure)
                else:
                    self._figure(number, row, place, figure)
        return used

    def _figure(self, number: int, row: Row, place: Geography, figure: Published) -> None:
        year = row["time_period"]
        counts = [row.get(column, "") for column in figure.numerator]
        if figure.of_all:
            total = self._totals.get((figure.measure, year, place.code), "")
        else:
            total = row.get(figure.denominator or "", "")
        numerator = _sum(counts)
        denominator = _count(total)
        if figure.value is None:
            value, symbol = _share(numerator, denominator, [*counts, total])
        else:
            value, symbol = self._value(number, figure.value, row.get(figure.value, ""))
            if figure.value and not figure.numerator:
                numerator = _count(value or "")
        basis = "snapshot" if figure.period in ("31 March", "30 September") else "year"
        self._append(
            number, figure, _ends(figure, int(year)), basis, place, int(year), (numerator, denominator, value, symbol)
        )

    def _months(self, number: int, row: Row, place: Geography, figure: Published) -> None:
        year = int(row["time_period"])
        for name, month in FISCAL_MONTHS:
            value, symbol = self._value(number, name, row.get(name, ""))
            first = date(year if month <= 3 else year - 1, month, 1)
            ends = date(first.year + month // 12, month % 12 + 1, 1)
            last = date.fromordinal(ends.toordinal() - 1)
            self._append(number, figure, last, "month", place, year, (_count(value or ""), None, value, symbol))

    def _value(self, number: int, column: str, written: str) -> tuple[str | None, str | None]:
        """The figure as published, or the symbol that stands for it."""
        if not written:
            return None, None
        plain = written.replace(",", "")
        if _decimal(plain) is not None:
            return plain, None
        if written.lower() not in SYMBOLS:
            self._intake.change(
                self._file,
                number,
                column,
                "it is neither a figure nor a known symbol",
                value=written,
                kind="unreadable",
            )
        return None, written[:20]

    def _append(
        self,
        number: int,
        figure: Published,
        ends: date,
        basis: str,
        place: Geography,
        year: int,
        values: tuple[Any, ...],
    ) -> None:
        source = f"{self._edition.name}: {self._file}"
        known = _known(figure, year).isoformat()
        self._add((
            number, figure.measure, ends.isoformat(), basis, place.kind, place.code, place.name, *values, known, source,
        ))  # fmt: skip


def _population(lines: Delimited, file_name: str, intake: Intake) -> None:
    add = intake.appender("population", ("mid_year", "geography_code", "age_from", "age_to", "persons", "vintage"))
    vintage = f"ONS mid-year estimates to {max(_years(lines), default=0)}"
    for number, row, place in _records(lines, file_name, intake):
        persons = _count(row["population_estimate"])
        if row["age_group"] == CHILDREN and persons is not None:
            add((number, int(row["time_period"]), place.code, 0, 17, persons, vintage))
            intake.count(file_name, kept=1)
        else:
            intake.count(file_name, rejected=1)
            intake.reject(
                file_name, number, "population_estimate", "it is no number of children aged 0 to 17", kind="unused"
            )


def _matches(row: Row, where: Mapping[str, str]) -> bool:
    return all(row.get(column) == value for column, value in where.items())


def _decimal(written: str) -> Decimal | None:
    try:
        value = Decimal(written)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _count(written: str) -> int | None:
    """A whole number; None for a symbol or a figure with decimals."""
    value = _decimal(written.replace(",", ""))
    return int(value) if value is not None and value == int(value) else None


def _sum(written: list[str]) -> int | None:
    counts = [_count(each) for each in written]
    return sum(each for each in counts if each is not None) if counts and None not in counts else None


def _share(numerator: int | None, denominator: int | None, written: list[str]) -> tuple[str | None, str | None]:
    """100 x numerator / denominator to one decimal, as the department prints it; else the first symbol in its way."""
    if numerator is not None and denominator:
        return str(rounded(Decimal(100 * numerator) / denominator, 1)), None
    return None, next((each for each in written if each and _count(each) is None), None)


__all__ = ["MEASURES", "NAME", "dated", "read", "recognises"]
