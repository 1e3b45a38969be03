"""Nothing in the county names or resembles a real council, person or place."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from compendium.county.settings import SETTINGS
from tests.conftest import SHARED

POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
NO_POSTCODE = {"ZZ99 9ZZ"}


def texts(county: Path) -> dict[str, str]:
    """Every text file but the department's own tables, which name England and its region."""
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in county.rglob("*")
        if path.suffix in {".csv", ".xml", ".json"} and not re.match(r"[bcd]\d_", path.name)
    }


def test_there_is_no_postcode(small_county: Path) -> None:
    for name, text in texts(small_county).items():
        if not name.startswith(("placement", "lac_")):
            assert set(POSTCODE.findall(text)) <= NO_POSTCODE, name


def test_children_and_workers_have_numbers_only(small_county: Path) -> None:
    for path in (small_county / "deliveries").glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(line for line in file if not line.startswith("#")):
                assert re.fullmatch(r"WM\d{6}|", row.get("person_id") or "")
                assert re.fullmatch(r"[PT]\d{5}|", row.get("worker_id") or "")


def test_the_published_tables_hold_england_and_the_region_only(small_county: Path) -> None:
    for path in (small_county / "deliveries").glob("[bcd][0-9]_*.csv"):
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert {row["geographic_level"] for row in rows} == {"National", "Regional"}
        assert max(row["time_period"] for row in rows) == "2016"


@pytest.mark.shared
def test_no_real_council_is_named_nor_its_code_used(small_county: Path) -> None:
    with (SHARED / "codes" / "local_authorities.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    everything = "\n".join([*texts(small_county).values(), SETTINGS])
    assert [name for row in rows if re.search(rf"\b{re.escape(name := row['la_name'])}\b", everything)] == []
    assert "999" not in {row["dfe_la_code"] for row in rows}


def test_the_councils_like_it_are_invented_and_one_of_them_sent_no_return(small_county: Path) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        path = small_county / "deliveries" / f"{name}_2016-11-03.csv"
        return list(csv.DictReader(line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"))

    near = [row["neighbour_code"] for row in rows("statistical_neighbour")]
    assert near == [str(code) for code in range(981, 991)]
    figures = rows("benchmark")
    assert {row["geography_code"] for row in figures} == set(near) - {"989"}
    for row in figures:
        assert (row["value"] == "") == (row["symbol"] == "c"), "withheld, or a figure"
        if row["denominator"] and row["value"]:
            share = 100 * int(row["numerator"]) / int(row["denominator"])
            assert float(row["value"]) == pytest.approx(share, abs=0.05)
