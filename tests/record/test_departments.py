"""Departments of the case system, explained by the council's own list of teams."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.record.snapshot import Snapshot
from tests.record.drawn import held, rows

TEAMS = """
    team_id team_name  service    area_id valid_from valid_to
    NORTH   NorthHub   assessment NE      2012-04-01 2015-04-01
    NORTH   NorthHub   assessment NW      2015-04-01 -
    T07     Disability disability SE      2014-04-01 -
    T08     Shared     assessment SE      2012-04-01 -
    T09     Shared     assessment SW      2012-04-01 -
"""
DEPARTMENTS = """
    department_id department_name parent_id
    1             NorthHub        -
    2             Duty            1
    3             DutyOne         2
    4             disability      1
    5             Other           99
    6             Round           7
    7             Rounder         6
    8             Shared          -
    9             UnderTeam       T07
"""


def snapshot(**tables: str) -> Snapshot:
    drawn = {}
    for name, text in tables.items():
        columns, found = rows(text)
        drawn[name] = [dict(zip(columns, row, strict=True)) for row in found]
    return Snapshot.drawn(drawn, date(2017, 2, 3))


def referrals(*teams: str) -> str:
    return "person_id referral_date team_id\n" + "\n".join(f"a{n} 2016-01-01 {team}" for n, team in enumerate(teams))


@pytest.mark.parametrize(
    ("department", "team", "why"),
    [
        ("1", "NORTH", "it has the name of a team"),
        ("2", "2", "it stays itself, of the area of the one above it"),
        ("3", "3", "the one above that one explains it"),
        ("4", "T07", "its own name comes before the one above it"),
        ("9", "9", "the one above it is named by the team's id"),
    ],
)
def test_a_department_is_explained(department: str, team: str, why: str) -> None:
    made = snapshot(team=TEAMS, department=DEPARTMENTS, referral=referrals(department))
    assert held(made, "referral", "team_id") == [(team,)], why
    assert made.unknown_teams == ()


@pytest.mark.parametrize("department", ["5", "6", "7", "8"], ids=["no parent", "a circle", "a circle", "two teams"])
def test_a_department_that_nothing_explains_is_listed(department: str) -> None:
    made = snapshot(team=TEAMS, department=DEPARTMENTS, referral=referrals(department))
    assert [(one.table, one.name, one.rows) for one in made.unknown_teams] == [("referral", department, 1)]


def test_a_department_below_a_team_is_of_its_area_at_all_times() -> None:
    made = snapshot(team=TEAMS, department=DEPARTMENTS)
    assert [row for row in held(made, "team", "team_id", "area_id", "valid_from", "valid_to") if row[0] == "3"] == [
        ("3", "NE", "2012-04-01", "2015-04-01"),
        ("3", "NW", "2015-04-01", "-"),
    ]


def test_without_a_list_of_teams_departments_explain_nothing() -> None:
    made = snapshot(department=DEPARTMENTS, referral=referrals("1", "2"))
    assert [one.name for one in made.unknown_teams] == ["1", "2"]
