"""Names of teams, settled by the team that bore them on the day."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.record.snapshot import Snapshot
from compendium.record.teams import UnknownTeam
from tests.record.drawn import held, rows

TEAMS = """
    team_id team_name  area_id valid_from valid_to
    T01     Duty-North NE      2012-04-01 2015-04-01
    T02     Duty-North NW      2015-04-01 -
    T03     Disability SE      2014-04-01 -
    T04     Shared     SE      2012-04-01 -
    T05     Shared     SW      2012-04-01 -
"""


def settled(day: str, name: str) -> Snapshot:
    columns, drawn = rows(TEAMS)
    return Snapshot.drawn(
        {
            "team": [dict(zip(columns, row, strict=True)) for row in drawn],
            "referral": [{"person_id": "a", "referral_date": day, "team_id": name}],
        },
        date(2017, 2, 3),
    )


@pytest.mark.parametrize(
    ("day", "name", "team"),
    [
        ("2016-01-01", "T02", "T02"),
        ("2016-01-01", "t02", "T02"),
        ("2016-01-01", "Duty-North", "T02"),
        ("2016-01-01", " duty - NORTH ", "T02"),
        ("2015-03-31", "Duty-North", "T01"),
        ("2015-04-01", "Duty-North", "T02"),
        # An id is an id on any day; a name is settled outside its days only where one team alone has ever borne it.
        ("2011-01-01", "T02", "T02"),
        ("2013-01-01", "Disability", "T03"),
    ],
)
def test_a_name_is_settled(day: str, name: str, team: str) -> None:
    snapshot = settled(day, name)
    assert held(snapshot, "referral", "team_id") == [(team,)]
    assert snapshot.unknown_teams == ()


@pytest.mark.parametrize(
    ("day", "name"),
    [("2016-01-01", "Adolescents"), ("2016-01-01", "Shared"), ("2011-01-01", "Duty-North")],
    ids=["no team's", "two teams' at once", "two teams' in turn, on neither's day"],
)
def test_a_name_that_no_single_team_bears_stays_and_is_listed(day: str, name: str) -> None:
    snapshot = settled(day, name)
    assert held(snapshot, "referral", "team_id") == [(name,)]
    assert snapshot.unknown_teams == (UnknownTeam("referral", name, 1),)


def test_settling_neither_loses_nor_doubles_a_row() -> None:
    columns, drawn = rows(TEAMS)
    names = ["Duty-North", "Shared", "T03", "nobody", None]
    snapshot = Snapshot.drawn(
        {
            "team": [dict(zip(columns, row, strict=True)) for row in drawn],
            "visit": [
                {"person_id": "a", "kind": "cp", "visit_date": f"2016-01-0{day}", "team_id": name}
                for day in range(1, 4)
                for name in names
            ],
        },
        date(2017, 2, 3),
    )
    assert len(held(snapshot, "visit")) == 15
    assert [one.rows for one in snapshot.unknown_teams] == [3, 3]


def test_a_worker_is_settled_on_the_first_day_of_the_row() -> None:
    columns, drawn = rows(TEAMS)
    snapshot = Snapshot.drawn(
        {
            "team": [dict(zip(columns, row, strict=True)) for row in drawn],
            "worker": [{"worker_id": "w_1", "start_date": "2014-01-01", "team_id": "Duty-North"}],
        },
        date(2017, 2, 3),
    )
    assert held(snapshot, "worker", "team_id") == [("T01",)]
