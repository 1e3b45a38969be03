"""Each delivery holds what was known on its day and nothing more; every file says that it is synthetic."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from compendium.record.tables import TABLES

SAYING = "Synthetic: describes no real council, child or worker"
AHEAD = {"due_date", "qualifies_on", "expected_dob", "period_to"}  # days that are set before they come
PUBLISHED = re.compile(r"^[bcd]\d_")


def local_files(county: Path) -> Iterator[tuple[Path, date, list[str], list[dict[str, str]]]]:
    """Each local table: its file, the day it was received, the lines on top, its rows."""
    for path in sorted((county / "deliveries").glob("*.csv")):
        if PUBLISHED.match(path.name):
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        top = [line for line in lines if line.startswith("#")]
        yield path, date.fromisoformat(path.stem[-10:]), top, list(csv.DictReader(lines[len(top) :]))


def test_a_local_table_has_the_canonical_columns(small_county: Path) -> None:
    for path, _, _, rows in local_files(small_county):
        table = TABLES[path.stem[:-11]]
        if rows:
            assert set(rows[0]) <= set(table.column_names), path.name
            assert set(table.required) <= set(rows[0]), path.name


def test_no_local_row_speaks_of_a_day_after_its_delivery(small_county: Path) -> None:
    for path, received, _, rows in local_files(small_county):
        dated = [
            c.name for c in TABLES[path.stem[:-11]].columns if c.type in ("date", "timestamp") and c.name not in AHEAD
        ]
        if path.name.startswith("team_"):
            dated.remove("valid_from")  # an opening is announced
        for row in rows:
            late = {name: row[name] for name in dated if row.get(name, "")[:10] > received.isoformat()}
            assert not late, f"{path.name}: {late}"


def test_every_event_of_a_local_table_lies_before_the_end_of_its_coverage(small_county: Path) -> None:
    for path, _, top, rows in local_files(small_county):
        event = TABLES[path.stem[:-11]].event
        until = next(line for line in top if "complete:" in line).split(" to ")[1]
        assert all(row[event] <= until for row in rows if event), path.name


def test_between_deliveries_the_past_changes_only_by_late_records_and_withdrawn_duplicates(small_county: Path) -> None:
    deliveries = [each for each in local_files(small_county) if each[0].name.startswith("contact_2")]
    for (_, earlier, _, before), (path, _, top, after) in pairwise(deliveries):
        since = next(line for line in top if "complete:" in line).split(": ")[1].split(" to ")[0]
        old = {row["contact_id"]: row for row in before if since <= row["contact_date"] < earlier.isoformat()}
        new = {row["contact_id"]: row for row in after if since <= row["contact_date"] < earlier.isoformat()}
        added = [new[each] for each in new.keys() - old.keys()]
        gone = [old[each] for each in old.keys() - new.keys()]
        assert all(row["recorded_on"] > earlier.isoformat() for row in added), path.name
        still = Counter((row["person_id"], row["contact_date"], row["source_code"]) for row in new.values())
        assert all(still[row["person_id"], row["contact_date"], row["source_code"]] for row in gone), path.name
        for contact_id in old.keys() & new.keys():
            changed = {name for name in old[contact_id] if old[contact_id][name] != new[contact_id][name]}
            assert changed <= {"decision_date", "outcome"}, path.name


def test_a_workbook_holds_no_day_after_its_extract(small_county: Path) -> None:
    for path in sorted((small_county / "deliveries").glob("annex_a_*.xlsx")):
        extract = date.fromisoformat(path.stem[-10:])
        book = CalamineWorkbook.from_path(path)
        assert book.sheet_names == ["Front_Sheet", *(f"List_{n}" for n in range(1, 12))]
        assert SAYING in str(book.get_sheet_by_name("Front_Sheet").to_python())
        for number in range(1, 12):
            title, headers, *rows = book.get_sheet_by_name(f"List_{number}").to_python()
            assert str(title[0]).startswith(f"List {number}: ")
            births = {n for n, header in enumerate(headers) if header == "Date of Birth"}
            days = [
                value.date() if isinstance(value, datetime) else value
                for row in rows
                for n, value in enumerate(row)
                if n not in births and isinstance(value, date)
            ]
            assert all(day <= extract for day in days), f"{path.name} list {number}"


def test_there_is_a_workbook_at_the_start_of_every_month(small_county: Path) -> None:
    found = sorted(path.stem[-10:] for path in (small_county / "deliveries").glob("annex_a_*.xlsx"))
    assert found == [f"{year}-{month:02d}-03" for year in (2016, 2017) for month in range(1, 13)][3:19]


@pytest.mark.parametrize("year", range(2013, 2018))
def test_a_census_return_ends_with_its_year(small_county: Path, year: int) -> None:
    path = small_county / "deliveries" / f"cin_census_{year}_{year}-07-14.xml"
    tree = etree.parse(path)
    assert tree.findtext(".//ReferenceDate") == f"{year}-03-31"
    assert str(tree.findtext(".//DateTime")).startswith(f"{year}-07-14")
    assert tree.findtext(".//LEA") == "999"
    planned = {"ExpectedPersonBirthDate", "InitialCPCtarget", "AssessmentInternalReviewDate", "DateTime"}
    later = [
        (element.tag, element.text)
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in planned
        and re.fullmatch(r"\d{4}-\d\d-\d\d", element.text or "")
        and str(element.text) > f"{year}-03-31"
    ]
    assert later == []


def test_every_file_says_that_it_is_synthetic_or_is_really_published(small_county: Path) -> None:
    for path in (small_county / "deliveries").iterdir():
        if path.suffix != ".xlsx" and not PUBLISHED.match(path.name):
            assert SAYING in path.read_text(encoding="utf-8")[:200], path.name
    assert SAYING in (small_county / "truth.json").read_text(encoding="utf-8")
