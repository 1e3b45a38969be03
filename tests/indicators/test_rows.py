"""The list behind a figure is the figure; and reading it is on record before it is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.errors import ComputeError
from compendium.indicators.rows import rows_behind
from compendium.record.access import AccessRecord, ChildRows
from compendium.record.keys import make_key
from compendium.workspace import Workspace
from tests.indicators.drawn import AREAS, JANUARY, catalogue_of, snapshot_of

SHARE = """
value: percent
place: recorded
by: [source]
needs: {contact: month}
rows: |
  SELECT c.person_id AS child_id, c.team_id, c.contact_date AS on_date,
         CASE WHEN c.outcome = 'referral' THEN 1 ELSE 0 END AS numerator, 1 AS denominator,
         CASE WHEN c.outcome IS NULL THEN 'undecided' END AS excluded, c.source_code AS by_source
  FROM contact AS c
"""
TWO = """
value: ratio
place: recorded
needs: {referral: month, contact: month}
numerator_rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator FROM referral AS r
denominator_rows: |
  SELECT c.person_id AS child_id, c.team_id, c.contact_date AS on_date, 1 AS denominator FROM contact AS c
"""
TABLES = {
    "contact": """
        person_id  contact_date  team_id  outcome   source_code
        A          2017-01-10    NE1      referral  6
        B          2017-01-05    SW1      nfa       6
        C          2017-01-05    SW1      -         -
        D          2016-12-31    NE1      referral  6
    """,
    "referral": "person_id  referral_date  team_id\nA  2017-01-11  NE1",
}


@pytest.fixture
def county(tmp_path: Path) -> Workspace:
    folder = tmp_path / "county"
    folder.mkdir()
    make_key(tmp_path / "county.key")
    return Workspace(folder, "A county", "999", True, AREAS, None, "", tmp_path / "county.key")


def listed(tmp_path: Path, county: Workspace, indicator: str = "share", **asked: Any) -> ChildRows:
    catalogue = catalogue_of(tmp_path, share=SHARE, two=TWO)
    access = AccessRecord.open(county)
    return rows_behind(snapshot_of(TABLES), catalogue, county, indicator, JANUARY, asked.pop("basis", None),
                       access=access, who="jo", why=asked.pop("why", "audit of January"), **asked)  # fmt: skip


def test_the_rows_of_a_figure_are_those_of_its_period_with_their_place(tmp_path: Path, county: Workspace) -> None:
    rows = listed(tmp_path, county)
    assert [(row["child_id"], row["numerator"], row["excluded"], row["area"], row["team"]) for row in rows] == [
        ("B", 0, None, "SW", "SW1"), ("C", 0, "undecided", "SW", "SW1"), ("A", 1, None, "NE", "NE1"),
    ]  # fmt: skip
    assert list(rows[0]) == ["child_id", "on_date", "numerator", "denominator", "excluded", "area", "team", "source"]
    assert rows[0]["on_date"] == date(2017, 1, 5)
    assert [row["child_id"] for row in listed(tmp_path, county, basis="year_to_date", area="NE")] == ["D", "A"]
    assert [row["child_id"] for row in listed(tmp_path, county, team="SW1")] == ["B", "C"]


def test_two_row_sets_say_in_which_a_row_counts(tmp_path: Path, county: Workspace) -> None:
    rows = listed(tmp_path, county, "two", area="NE")
    assert [(row["counts_in"], row["child_id"]) for row in rows] == [("numerator", "A"), ("denominator", "A")]


def test_each_reading_is_on_record_with_how_many_and_why(tmp_path: Path, county: Workspace) -> None:
    listed(tmp_path, county, area="SW")
    entry = AccessRecord.open(county).entries()[-1]
    assert (entry.who, entry.why, entry.how_many) == ("jo", "audit of January", 2)
    assert entry.what == "share, 2017-01, month, area SW"


def test_the_record_says_whose_rows_were_read(tmp_path: Path, county: Workspace) -> None:
    listed(tmp_path, county, area="SW")
    listed(tmp_path, county, "two", area="NE", why="a complaint")
    access = AccessRecord.open(county)
    assert [[entry.why for entry in access.about(child)] for child in "ABD"] == [
        ["a complaint"],
        ["audit of January"],
        [],
    ]


def test_without_a_reason_nothing_is_read(tmp_path: Path, county: Workspace) -> None:
    with pytest.raises(ComputeError, match="the reason is empty"):
        listed(tmp_path, county, why=" ")
    with pytest.raises(ComputeError, match="not given on the basis"):
        listed(tmp_path, county, basis="snapshot")
    assert AccessRecord.open(county).entries() == []


def test_only_those_that_miss_the_numerator(tmp_path: Path, county: Workspace) -> None:
    """Not those put aside: they count nowhere."""
    assert [row["child_id"] for row in listed(tmp_path, county, missed=True)] == ["B"]
    with pytest.raises(ComputeError, match="no row of two can miss its numerator"):
        listed(tmp_path, county, "two", missed=True)


def test_only_a_part_of_a_breakdown(tmp_path: Path, county: Workspace) -> None:
    assert [row["child_id"] for row in listed(tmp_path, county, part=("source", "Not recorded"))] == ["C"]
    with pytest.raises(ComputeError, match="did you mean source"):
        listed(tmp_path, county, part=("sauce", "6"))


def test_a_column_that_is_there_for_the_list_goes_by_its_own_name(tmp_path: Path, county: Workspace) -> None:
    text = SHARE.replace("AS by_source", "AS by_source, c.contact_date AS show_asked_on")
    catalogue = catalogue_of(tmp_path, share=text)
    access = AccessRecord.open(county)
    rows = rows_behind(snapshot_of(TABLES), catalogue, county, "share", JANUARY, access=access, who="me", why="a test")
    assert [(row["child_id"], row["asked_on"]) for row in rows if row["child_id"] == "A"] == [("A", date(2017, 1, 10))]
