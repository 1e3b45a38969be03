"""Whatever happens to a published file: it is refused by name, or every row of it is accounted for."""

from __future__ import annotations

import json
from pathlib import Path

from tests.sources.mutation import Good, prove
from tests.sources.mutators import JSON, TABLE, TEXT, WORKBOOK
from tests.sources.test_mutations import lines
from tests.sources.test_published import BANDS, COUNTY, ENGLAND, table
from tests.sources.test_published_files import HEADER, PAIRS, TEN, Row, opendocument, outturn, parquet

ASSESSMENTS = table(
    f"Assessments_completed,Assessments_completed_rate,{BANDS}",
    (ENGLAND, 2016, "571600,500.1,11000,60000,90000,85000,120000,110000,40000"),
    (COUNTY, 2016, "7611,286.5,187,297,848,822,2034,2298,527"),
    (COUNTY, 2017, "100,3.2,c,10,10,10,10,40,20"),
)
LEAVERS = table(
    "care_leaver_age,breakdown,care_leaver_count,care_leaver_percent",
    (COUNTY, 2017, '19 to 21 years,"Total in education, employment or training",235,56'),
    (COUNTY, 2017, "19 to 21 years,Total,420,100"),
    (COUNTY, 2017, "17 to 18 years,In training or employment,90,z"),
)


def share(full_counts: bool) -> range:
    """Of the copies of a format: the four tables in CSV have 2,000 between them."""
    return range(500 if full_counts else 15)


def test_whatever_happens_to_a_table_of_counts(tmp_path: Path, seed: int, full_counts: bool) -> None:
    prove(Good({"c2.csv": ASSESSMENTS.encode()}, TABLE), tmp_path, seed, full_counts, lines, share(full_counts))


def test_whatever_happens_to_a_table_of_categories(tmp_path: Path, seed: int, full_counts: bool) -> None:
    prove(
        Good({"la_care_leavers_activity.csv": LEAVERS.encode()}, TABLE),
        tmp_path,
        seed,
        full_counts,
        lines,
        share(full_counts),
    )


def test_whatever_happens_to_neighbours(tmp_path: Path, seed: int, full_counts: bool) -> None:
    text = f"LA num,LA Name,LA number,GOInd,GOReg,{PAIRS}\n936,Surrey,936,1,SE,{TEN}\n835,Dorset,835,1,SW,{TEN}\n"
    prove(Good({"sn_2021.csv": text.encode()}, TABLE), tmp_path, seed, full_counts, lines, share(full_counts))


def test_whatever_happens_to_populations(tmp_path: Path, seed: int, full_counts: bool) -> None:
    rows = [(COUNTY, year, f"Children aged 0 to 17 years,25{year}") for year in (2014, 2015, 2016)]
    text = table("age_group,population_estimate", *rows)
    prove(Good({"ons.csv": text.encode()}, TABLE), tmp_path, seed, full_counts, lines, share(full_counts))


def test_whatever_happens_to_a_lookup(tmp_path: Path, seed: int, full_counts: bool) -> None:
    record = {"LTLA21CD": "E07000207", "LTLA21NM": "Elmbridge", "UTLA21CD": "E10000030", "UTLA21NM": "Surrey"}
    content = json.dumps([record, record | {"LTLA21CD": "E07000208"}], indent=2)
    prove(Good({"records.json": content.encode()}, JSON), tmp_path, seed, full_counts)


def test_whatever_happens_to_an_opendocument_workbook(tmp_path: Path, seed: int, full_counts: bool) -> None:
    rows: list[Row] = [
        ["E3620", "E10000030", "Surrey CC", "", "SC", "SC", "Y", 854.0, 298128.33047, "[x]", 5.0, "[note 4]", 7.0],
        ["E1031", "E07000032", "Amber Valley", "M", "SD", "SD", "[x]", *["[x]"] * 6],
    ]
    made = opendocument(tmp_path / "made.ods", outturn(*rows)).read_bytes()
    prove(Good({"RO3.ods": made}, WORKBOOK), tmp_path, seed, full_counts)


def test_whatever_happens_to_a_parquet_file(tmp_path: Path, seed: int, full_counts: bool) -> None:
    rows = ", ".join(
        f"('ReReferral', '', '{year}', 'Surrey', '{year / 100}', 936.0, 'South East')" for year in range(2016, 2026)
    )
    prove(Good({"bds_long_0.parquet": parquet(rows, HEADER)}, TEXT), tmp_path, seed, full_counts)
