"""The county's census in the form of every collection year: valid by that year's schema, and read back as it was."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from compendium.county.world import World
from compendium.county.writers.cin_census import write_census
from tests.sources.desk import Desk

SHAPES = range(2017, 2027)
YEAR = 2016  # of the county, written in every shape
TABLES = (
    "person", "person_disability", "referral", "assessment", "assessment_factor", "s47", "icpc", "cp_plan", "cp_review",
)  # fmt: skip
NEWER = {"5D": 2023, "RC9": 2023, "18C": 2021, "19C": 2021}  # code -> the first collection year that has it

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def written(small_world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    return {shape: write_census(small_world, YEAR, tmp_path_factory.mktemp(str(shape)), shape) for shape in SHAPES}


def read(folder: Path, path: Path) -> Rows:
    desk = Desk(folder)
    desk.load(path.name, path.read_bytes())
    assert desk.ledger("rejected") == desk.ledger("changed") == []
    return {table: desk.rows(table) for table in (*TABLES, "cin_plan")}


@pytest.mark.shared
@pytest.mark.parametrize("shape", SHAPES)
def test_a_return_is_valid_by_the_schema_of_the_year_whose_form_it_has(
    written: dict[int, Path], shared: Path, shape: int
) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "data" / "samples" / "cin_schemas" / f"CIN_schema_{shape}.xsd"))
    assert schema.validate(etree.parse(written[shape])), str(schema.error_log)[:500]


@pytest.mark.shared
def test_a_schema_finds_fault_with_the_form_of_another_time(written: dict[int, Path], shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "data" / "samples" / "cin_schemas" / "CIN_schema_2017.xsd"))
    assert not schema.validate(etree.parse(written[2025]))


@pytest.mark.parametrize("shape", [2021, 2022, 2023, 2025, 2026])
def test_a_return_is_read_alike_in_every_form(
    written: dict[int, Path], tmp_path: Path, shape: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    first, later = read(tmp_path / "first", written[2017]), read(tmp_path / "later", written[shape])
    names = {code for code, since in NEWER.items() if shape >= since}
    for table in TABLES:
        assert len(first[table]) == len(later[table]) > 0
        for before, after in zip(_ordered(first[table]), _ordered(later[table]), strict=True):
            assert before == after or {*after} - {*before} <= names, table
    codes = Counter(value for table in TABLES for row in later[table] for value in row if value in NEWER)
    assert {*codes} == names
    assert (len(later["cin_plan"]) > 0) == (shape >= 2022) and not first["cin_plan"]


def _ordered(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """By what no form changes; a code that one may change goes last, in its older form where it has one."""
    older = {"18C": "18A", "19C": "19A", "5D": "", "RC9": ""}
    return sorted(rows, key=lambda row: (row[:2], [str(older.get(str(each), each)) for each in row]))


def test_the_county_has_unborn_children_who_have_no_other_date_of_birth_and_no_sex(
    small_world: World, tmp_path: Path
) -> None:
    """Not in every year of so small a county."""
    for shape, sex in ((2017, "GenderCurrent"), (2026, "Sex")):
        found = 0
        for year in range(2013, 2018):
            tree = etree.parse(write_census(small_world, year, tmp_path, shape))
            for each in tree.iter("ChildIdentifiers"):
                if each.find("PersonBirthDate") is None:
                    assert each.findtext("ExpectedPersonBirthDate", "") > f"{year}-03-31"
                    assert each.findtext(sex) == {2017: "0", 2026: "U"}[shape]
                    found += 1
        assert found
