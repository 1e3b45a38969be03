"""The Local Authority Interactive Tool: every measure the department compiles, by area and year, in one Parquet file.

It repeats what the releases say, with rates worked out anew from later populations, percentages that may be
rounded otherwise, and '-' for whatever is not shown. So its rows are marked as compiled, and stand back
where the release itself is there.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal

from compendium.record.intake import Intake
from compendium.sources.delivered import DeliveredFile
from compendium.sources.published import symbols
from compendium.sources.published.edition import basis, ends, published
from compendium.sources.published.figures import COLUMNS, Told, line
from compendium.sources.published.interactive_measures import TAKEN, Taken
from compendium.sources.published.places import ENGLAND, REGIONS, Geography
from compendium.words import listing, plural

RELEASE = "Local Authority Interactive Tool"
HEADER = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number")
YEAR = re.compile(r"(\d{4})(?:[-/](\d\d))?(?: \(\w+\))?")  # 2024, 2023/24, 2023-24 (OT), 2025 (Rev)
AREAS = {
    970: ENGLAND, 980: "E12000001", 981: "E12000002", 982: "E12000003", 983: "E12000004", 984: "E12000005",
    985: "E12000006", 986: "E12000007", 987: "E13000001", 988: "E13000002", 989: "E12000008", 990: "E12000009",
}  # fmt: skip
OLDEST = date(2016, 11, 1)  # when figures of the year ending March 2016 were published
PLACES = 10  # decimals beyond which the tool's own arithmetic leaves only noise: 515.70000000000005


def recognises(delivered: DeliveredFile) -> bool:
    """By the names of the columns, which stand in the clear in a Parquet file's footer."""
    return delivered.kind == "parquet" and all(name.encode() in delivered.footer for name in HEADER)


def dated(delivered: DeliveredFile) -> date | None:
    return OLDEST


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """The rows of the measures that are taken; of the others, how many there are of each."""
    path = intake.memory.put("delivered", delivered.data)
    try:
        _Reading(path, delivered.name, intake).read()
    except ValueError:
        raise delivered.refused(
            "the Parquet file is damaged, or its columns are not those of the Local Authority Interactive Tool",
            expected=f"the columns {listing(list(HEADER))}",
            remedy="download it again",
        ) from None
    finally:
        intake.memory.drop("delivered")


class _Reading:
    def __init__(self, path: str, file_name: str, intake: Intake) -> None:
        self._path, self._file, self._intake = path, file_name, intake
        self._add = intake.appender("benchmark", COLUMNS)

    def read(self) -> None:
        periods = self._periods()
        dates = (published(TAKEN[name].period, year) for (name, _), (year, _) in periods.items() if year)
        newest = max(dates, default=OLDEST)
        told = Told(f"{RELEASE} {newest.year}", newest, 1, f"{RELEASE}: {self._file}")
        names = ", ".join(f"'{name}'" for name in TAKEN)
        rows = (
            'SELECT file_row_number + 1, "Short Desc", Years, try_cast("LA Number" AS INTEGER), "LA and Regions",'
            " CAST(Values AS VARCHAR)"
            f" FROM read_parquet('{self._path}', file_row_number = true) WHERE \"Short Desc\" IN ({names})"
        )
        left: Counter[str] = Counter()
        found: Counter[tuple[str, str]] = Counter()
        for batch in self._intake.memory.query(rows):
            for number, name, years, area, place_name, value in batch:
                found[name, years] += 1
                place, year = _place(area, place_name), periods.get((name, years), (None, 0))[0]
                if place is None or year is None:
                    what = (
                        f"'{name}', of no area that is known" if place is None else f"'{name}', of the year '{years}'"
                    )
                    left[what] += 1
                else:
                    self._row(number, TAKEN[name], year, place, value or "", told)
                    self._intake.breathe()
        if found != {period: count for period, (_, count) in periods.items()}:
            raise ValueError("its statistics, by which rows are passed over, are not those of its rows")
        self._tell(left)

    def _periods(self) -> dict[tuple[str, str], tuple[int | None, int]]:
        """(measure, years as written) -> the year and how many rows, of the measures that are taken; the others go to
        the ledger."""
        counted = f"SELECT \"Short Desc\", Years, count(*) FROM read_parquet('{self._path}') GROUP BY ALL ORDER BY ALL"
        periods: dict[tuple[str, str], tuple[int | None, int]] = {}
        left: Counter[str] = Counter()
        for batch in self._intake.memory.query(counted):
            for name, years, count in batch:
                self._intake.count(self._file, read=count)
                if name in TAKEN:
                    periods[name, years] = _year(years), count
                else:
                    left[f"'{name}'"] += count
        self._tell(left)
        return periods

    def _tell(self, left: Counter[str]) -> None:
        for what, count in sorted(left.items()):
            text = f"{plural(count, 'row')} of {what}: no measure of Compendium's is taken from them"
            self._intake.count(self._file, rejected=count)
            self._intake.reject(self._file, None, None, text, kind="unused", rows=count)

    def _row(self, number: int, taken: Taken, year: int, place: Geography, written: str, told: Told) -> None:
        value, symbol = symbols.figure(written.strip())
        if value is not None:
            value = _plain(value)
        elif symbol is not None and not symbols.is_known(symbol):
            what = "it is neither a figure nor a known symbol"
            self._intake.change(self._file, number, "Values", what, value=written, kind="unreadable")
        numerator = symbols.count(value or "") if taken.is_count else None
        values = (numerator, None, value, symbol)
        last, known = ends(taken.period, year), published(taken.period, year)
        self._add(line(number, taken.measure, last, basis(taken.period), place, taken.breakdown, values, known, told))
        self._intake.count(self._file, kept=1)


def _year(written: str | None) -> int | None:
    """The year in which a period ends; None for '0', for three years together, for anything else."""
    found = YEAR.fullmatch(written or "")
    if found is None:
        return None
    year = int(found[1])
    if found[2] and (year + 1) % 100 != int(found[2]):
        return None
    return year + 1 if found[2] else year


def _place(area: int | None, name: str | None) -> Geography | None:
    if area is None or not 200 <= area <= 999:
        return None
    if area in AREAS:
        code = AREAS[area]
        return Geography("national", code, "England") if code == ENGLAND else Geography("regional", code, REGIONS[code])
    return Geography("authority", str(area), name or "") if area < 960 else None


def _plain(value: str) -> str:
    """The number without the noise of binary arithmetic: 515.70000000000005 is 515.7."""
    shortest = format(round(Decimal(value), PLACES).normalize(), "f")
    return "0" if shortest in ("-0", "") else shortest
