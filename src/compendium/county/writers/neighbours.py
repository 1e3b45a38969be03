"""Ten councils like the county, as invented as it is, and what they would have published of the year to March 2016.

Each keeps to the region's own figures, a little above or below; the smallest has its smallest figure withheld, and
one sent no return. Both tables are the council's own, so that nobody takes them for the department's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from io import StringIO
from pathlib import Path

from compendium.county.chance import stream
from compendium.county.writers.codes import AUTHORITY, SYNTHETIC
from compendium.county.writers.published import RECEIVED, RELEASE

NAMES = ("Ashmere", "Brackenfold", "Coldbrook", "Dunmarsh", "Elderwick", "Fenmoor", "Larkshire", "Millbeck",
         "Oxhollow", "Thornsea")  # fmt: skip
FIRST_CODE = 981  # the department has given none of these
SILENT = "Oxhollow"
CLOSENESS = ("very close",) * 4 + ("close",) * 6
# measure -> the published table, its columns that are added up, and the column of the whole
SHARES = {
    "rereferrals_percent": ("c1", ("Re_referrals",), "Referrals"),
    "referrals_nfa_percent": ("c1", ("No_Further_Action",), "Referrals"),
    "referrals_not_in_need_percent": ("c1", ("Not_in_Need",), "Referrals"),
    "assessments_45wd_percent": (
        "c2",
        ("Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days"),
        "Assessments_completed",
    ),
    "icpc_15wd_percent": ("c4", ("Duration_0-10_days", "Duration_11-15_days"), "ICPC"),
    "cp_subsequent_percent": ("d3", ("CPP_subsequent",), "CPP_start"),
    "cp_open_2yrs_percent": ("d5", ("2_years_or_more",), "CPP_At31"),
}
RATES = {"referrals_rate": ("c1", "Referrals_rate"), "assessments_rate": ("c2", "Assessments_completed_rate")}
OF_ONE_DAY = ("cp_open_2yrs_percent",)
SINCE = "2012-04-01"
SMALL = 5  # counts of fewer are withheld, as the department withholds them


def write_neighbours(folder: Path, seed: int) -> list[Path]:
    """Who they are, and their figures: two files."""
    near = [
        (RELEASE, AUTHORITY, rank, FIRST_CODE + rank - 1, closeness)
        for rank, closeness in enumerate(CLOSENESS, start=1)
    ]
    return [
        _write(folder, "statistical_neighbour", "set_version,authority_code,rank,neighbour_code,closeness", near),
        _write(
            folder, "benchmark",
            "measure,period_end,basis,geography_type,geography_code,geography_name,numerator,denominator,value,symbol,"
            "known_from",
            _figures(seed),
        ),
    ]  # fmt: skip


def _figures(seed: int) -> Iterator[tuple[object, ...]]:
    chance = stream(seed, "neighbours")
    for number, name in enumerate(NAMES):
        size, place = chance.uniform(0.02, 0.09), ("authority", FIRST_CODE + number, name)
        for measure, (table, above, whole) in SHARES.items():
            region = _region(table)
            denominator = round(float(region[whole]) * size)
            share = sum(float(region[each]) for each in above) / float(region[whole])
            numerator = min(denominator, round(denominator * share * chance.uniform(0.85, 1.15)))
            if name != SILENT:
                yield measure, *_when(measure), *place, *_told(numerator, denominator), f"{RELEASE}-11-01"
        for measure, (table, column) in RATES.items():
            rate = round(float(_region(table)[column]) * chance.uniform(0.75, 1.25), 1)
            if name != SILENT:
                yield measure, *_when(measure), *place, "", "", rate, "", f"{RELEASE}-11-01"


def _when(measure: str) -> tuple[str, str]:
    return f"{RELEASE}-03-31", "snapshot" if measure in OF_ONE_DAY else "year"


def _told(numerator: int, denominator: int) -> tuple[object, ...]:
    """Numerator, denominator, value and symbol."""
    if 0 < numerator <= SMALL:
        return "", denominator, "", "c"
    return numerator, denominator, round(100 * numerator / denominator, 1), ""


def _region(table: str) -> dict[str, str]:
    text = files("compendium.county").joinpath(f"figures/published_{table}.csv").read_text(encoding="utf-8")
    return next(
        row
        for row in csv.DictReader(StringIO(text))
        if row["time_period"] == str(RELEASE) and row["geographic_level"] == "Regional"
    )


def _write(folder: Path, table: str, columns: str, rows: Iterable[Sequence[object]]) -> Path:
    path = folder / f"{table}_{RECEIVED}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {SYNTHETIC}\n# authority: {AUTHORITY}\n# complete: {SINCE} to {RECEIVED}\n{columns}\n")
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
