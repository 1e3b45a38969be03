"""The list behind visits to children on a plan tells a manager who is due, who is overdue and whose case it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.indicators.rows import rows_behind
from compendium.record.access import AccessRecord
from compendium.record.keys import make_key
from compendium.workspace import Workspace
from tests.catalogue.county import catalogue
from tests.indicators.drawn import AREAS, JANUARY, snapshot_of

TABLES = {
    "cp_plan": """
        person_id  start_date
        A          2016-11-01
        B          2016-11-01
        C          2016-11-01
        D          2017-01-24
    """,
    "visit": """
        person_id  kind  visit_date  seen
        A          cp    2017-01-17  1
        B          cp    2017-01-10  1
        B          cp    2017-01-24  0
        B          cp    2017-01-26  0
    """,
    "involvement": """
        person_id  worker_id  team_id  role         start_date
        A          W1         NE1      case_holder  2016-11-01
        B          W2         SW1      case_holder  2016-11-01
    """,
}
KEPT = ("child_id", "team", "case_holder", "last_seen", "first_tried_since", "next_due", "working_days_overdue")


@pytest.fixture
def county(tmp_path: Path) -> Workspace:
    folder = tmp_path / "county"
    folder.mkdir()
    make_key(tmp_path / "county.key")
    return Workspace(folder, "A county", "999", True, AREAS, None, "", tmp_path / "county.key")


def listed(county: Workspace, indicator: str, **asked: Any) -> list[Mapping[str, Any]]:
    access = AccessRecord.open(county)
    rows = rows_behind(snapshot_of(TABLES), catalogue(), county, indicator, JANUARY, access=access, who="jo",
                       why="who is overdue", **asked)  # fmt: skip
    return sorted(rows, key=lambda row: (row["child_id"], str(row.get("on_date"))))


def test_the_list_says_when_each_child_was_last_seen_and_is_due_and_how_late_that_is(county: Workspace) -> None:
    found = [tuple(row[name] for name in KEPT) for row in listed(county, "cp_visits_10wd")]
    assert found == [
        ("A", "NE1", "W1", date(2017, 1, 17), None, date(2017, 1, 31), 0),
        ("B", "SW1", "W2", date(2017, 1, 10), date(2017, 1, 24), date(2017, 1, 24), 5),
        ("C", None, None, None, None, date(2016, 11, 15), 52),
        ("D", None, None, None, None, date(2017, 2, 7), 0),
    ]


def test_only_those_who_miss_the_figure_are_listed_when_asked_for(county: Workspace) -> None:
    assert [row["child_id"] for row in listed(county, "cp_visits_10wd", missed=True)] == ["B", "C"]


def test_each_visit_that_fell_due_says_how_late_it_was_or_is(county: Workspace) -> None:
    rows = listed(county, "cp_visits_due_ontime", basis="month", missed=True)
    told = [(row["child_id"], row["on_date"], row["clock_began"], row["visited"], row["days_late"]) for row in rows]
    assert told == [
        ("A", date(2017, 1, 31), date(2017, 1, 17), None, 0),  # due that very night, and not made
        ("B", date(2017, 1, 24), date(2017, 1, 10), None, 7),
    ]
