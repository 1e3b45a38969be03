"""The department's tables in CSV, into `benchmark`: one line a place and year, with columns that differ by release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from compendium.errors import DeliveryError
from compendium.record.intake import Intake
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import DeliveredFile
from compendium.sources.published import symbols
from compendium.sources.published.edition import Edition, Published, basis, ends, published
from compendium.sources.published.editions import EDITIONS
from compendium.sources.published.places import Geography, of_row
from compendium.words import listing, plural

LINE = frozenset({"time_period", "geographic_level", "country_code"})
PLACES = frozenset({
    *LINE, "time_identifier", "country_name", "region_code", "region_name", "old_la_code", "new_la_code", "la_name",
})  # fmt: skip
FISCAL_MONTHS = (
    ("April", 4), ("May", 5), ("June", 6), ("July", 7), ("August", 8), ("September", 9), ("October", 10),
    ("November", 11), ("December", 12), ("January", 1), ("February", 2), ("March", 3),
)  # fmt: skip
COLUMNS = (
    "measure", "period_end", "basis", "geography_type", "geography_code", "geography_name", "breakdown", "numerator",
    "denominator", "value", "symbol", "known_from", "release", "released_on", "compiled", "source",
)  # fmt: skip

UNDATED = 1990  # the year of a file none of whose rows can be kept, for want of a year

Row = Mapping[str, str]
Values = tuple[int | None, int | None, str | None, str | None]  # numerator, denominator, value, symbol


def recognises(delivered: DeliveredFile) -> bool:
    return delivered.kind == "text" and edition_of(Delimited(delivered)) is not None


def dated(delivered: DeliveredFile) -> date | None:
    """The first day on which any of it was known."""
    lines = Delimited(delivered)
    edition = edition_of(lines)
    figures = edition.figures if edition else ()
    return min((published(figure.period, year) for figure in figures for year in years(lines)), default=None)


def read(delivered: DeliveredFile, intake: Intake) -> None:
    lines = Delimited(delivered)
    if twice := lines.repeating(lines.header, lines.header):
        raise twice
    edition = edition_of(lines)
    assert edition is not None
    Reading(edition, delivered.name, lines, intake).read()


def edition_of(lines: Delimited) -> Edition | None:
    """The edition whose columns the file has."""
    header = frozenset(lines.header)
    return next((edition for edition in EDITIONS if header >= LINE | edition.signature), None)


def unknown(delivered: DeliveredFile) -> DeliveryError | None:
    """The refusal of a table of the department's whose columns are those of no release; None for any other file."""
    header = frozenset(Delimited(delivered).header)
    if not header >= LINE:
        return None
    nearest = max(EDITIONS, key=lambda each: len(header & each.signature) / len(each.signature))
    what = "it is a published table, but its columns are those of no release that is known"
    if header & nearest.signature:
        missing = sorted(nearest.signature - header)
        what += f"; the nearest is '{nearest.name}', of which it lacks {listing([f'{name!r}' for name in missing])}"
    return delivered.refused(
        what,
        expected="a table of a release up to 2025, with its columns as published",
        remedy="where the department has renamed columns, load an earlier release until this one is read",
    )


def records(lines: Delimited, unit: str, intake: Intake) -> Iterator[tuple[int, Row, Geography]]:
    """Rows of the right width, of a level and place that are known; the others are rejected."""
    width = len(lines.header)
    for number, fields in lines.rows():
        intake.count(unit, read=1)
        if len(fields) != width:
            what = f"the row has {len(fields)} fields, the header {width}"
        else:
            row = dict(zip(lines.header, map(str.strip, fields), strict=True))
            place = of_row(row)
            if place and _is_year(row["time_period"]):
                yield number, row, place
                continue
            what = "it has no year of four digits, or no level and code of a place that are known"
        intake.count(unit, rejected=1)
        intake.reject(unit, number, None, what, kind="malformed")


def years(lines: Delimited) -> set[int]:
    at = lines.header.index("time_period")
    return {int(fields[at].strip()) for _, fields in lines.rows() if len(fields) > at and _is_year(fields[at].strip())}


def _is_year(written: str) -> bool:
    return len(written) == 4 and written.isascii() and written.isdigit() and UNDATED <= int(written) <= 2099


@dataclass(frozen=True)
class Told:
    """Which release says so, and since when: the closing columns of a row."""

    release: str
    released_on: date
    compiled: int
    source: str


class Reading:
    """One published file."""

    def __init__(self, edition: Edition, file_name: str, lines: Delimited, intake: Intake) -> None:
        self._edition, self._file, self._lines, self._intake = edition, file_name, lines, intake
        self._add = intake.appender("benchmark", COLUMNS)
        self._totals: dict[tuple[int, str, str], str] = {}
        newest = max(years(lines), default=UNDATED)
        released = max(published(figure.period, newest) for figure in edition.figures)
        source = f"{edition.name}: {file_name}"
        self._told = Told(f"{edition.release} {newest}", released, int(edition.compiled), source)

    def read(self) -> None:
        rows = list(records(self._lines, self._file, self._intake))
        self._find_totals(rows)
        unused: Counter[str] = Counter()
        for number, row, place in rows:
            if self._row(number, row, place) or self._is_total(row):
                self._intake.count(self._file, kept=1)
            else:
                self._intake.count(self._file, rejected=1)
                unused[" / ".join(filter(None, (row.get(name) for name in self._told_apart())))] += 1
            self._intake.breathe()
        for what, count in sorted(unused.items()):
            text = f"{plural(count, 'row')} of '{what}': no measure of Compendium's is taken from them"
            self._intake.reject(self._file, None, None, text, kind="unused", rows=count)
        self._tell_columns()

    def _find_totals(self, rows: list[tuple[int, Row, Geography]]) -> None:
        """The denominators that stand in rows of their own."""
        for at, figure in enumerate(self._edition.figures):
            if figure.of_all and figure.denominator:
                for _, row, place in rows:
                    if _matches(row, figure.of_all):
                        self._totals[at, row["time_period"], place.code] = row.get(figure.denominator, "")

    def _is_total(self, row: Row) -> bool:
        return any(_matches(row, each.of_all) for each in self._edition.figures if each.of_all)

    def _told_apart(self) -> list[str]:
        return sorted({name for figure in self._edition.figures for name in figure.where})

    def _tell_columns(self) -> None:
        used = PLACES.union(*(figure.columns for figure in self._edition.figures))
        if any(figure.is_month for figure in self._edition.figures):
            used |= {name for name, _ in FISCAL_MONTHS}
        if left := [name for name in self._lines.header if name and name not in used]:
            self._intake.note(f"no measure is taken from {listing([f'{name!r}' for name in left])}")

    def _row(self, number: int, row: Row, place: Geography) -> bool:
        used = False
        for at, figure in enumerate(self._edition.figures):
            if _matches(row, figure.where):
                used = True
                if figure.is_month:
                    self._months(number, row, place, figure)
                else:
                    self._figure(number, row, place, at, figure)
        return used

    def _figure(self, number: int, row: Row, place: Geography, at: int, figure: Published) -> None:
        year = row["time_period"]
        counts = [row.get(column, "") for column in figure.numerator]
        of_all = (
            self._totals.get((at, year, place.code), "") if figure.of_all else row.get(figure.denominator or "", "")
        )
        if figure.value is None:
            value, symbol = symbols.percentage(counts, of_all)
        else:
            value, symbol = self._value(number, figure.value, row.get(figure.value, ""), figure.spelt)
        values = (symbols.total(counts), symbols.count(of_all), value, symbol)
        self._append(number, figure, ends(figure.period, int(year)), place, int(year), values)

    def _months(self, number: int, row: Row, place: Geography, figure: Published) -> None:
        year = int(row["time_period"])
        for name, month in FISCAL_MONTHS:
            value, symbol = self._value(number, name, row.get(name, ""))
            first = date(year if month <= 3 else year - 1, month, 1)
            following = date(first.year + month // 12, month % 12 + 1, 1)
            last = date.fromordinal(following.toordinal() - 1)
            self._append(number, figure, last, place, year, (symbols.count(value or ""), None, value, symbol))

    def _value(self, number: int, column: str, written: str, spelt: bool = False) -> tuple[str | None, str | None]:
        """The figure as published, or the symbol that stands for it."""
        value, symbol = (symbols.months if spelt else symbols.figure)(written)
        if symbol is not None and not symbols.is_known(symbol):
            what = "it is neither a figure nor a known symbol"
            self._intake.change(self._file, number, column, what, value=written, kind="unreadable")
        return value, symbol

    def _append(
        self, number: int, figure: Published, last: date, place: Geography, year: int, values: Values
    ) -> None:  # fmt: skip
        known = published(figure.period, year)
        self._add(
            line(number, figure.measure, last, basis(figure.period), place, figure.breakdown, values, known, self._told)
        )


def line(
    number: int, measure: str, last: date, on_basis: str, place: Geography, breakdown: str | None, values: Values,
    known: date, told: Told,
) -> tuple[Any, ...]:  # fmt: skip
    """A row of `benchmark`, in the order of COLUMNS."""
    return (
        number, measure, last.isoformat(), on_basis, place.kind, place.code, place.name, breakdown, *values,
        known.isoformat(), told.release, told.released_on.isoformat(), told.compiled, told.source,
    )  # fmt: skip


def _matches(row: Row, where: Mapping[str, str]) -> bool:
    return all(row.get(column) == value for column, value in where.items())
