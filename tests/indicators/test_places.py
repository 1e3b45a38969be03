"""Where a row belongs: its team as it was on the row's day, the team's area, or countywide."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.indicators.loading import Catalogue
from tests.indicators.drawn import JANUARY, catalogue_of, figures_of

COUNT = """
value: count
place: {place}
needs: {{referral: month}}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator FROM referral AS r
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return catalogue_of(tmp_path, recorded=COUNT.format(place="recorded"), held=COUNT.format(place="holder"))


def test_a_row_of_an_unknown_or_absent_team_is_countywide(catalogue: Catalogue) -> None:
    figures = figures_of(catalogue, {"referral": """
        person_id  referral_date  team_id
        A          2017-01-10     NE1
        B          2017-01-10     Old team
        C          2017-01-10     -
        D          2017-01-10     HUB
    """})  # fmt: skip
    assert [(figure.area, figure.numerator) for figure in figures.by("recorded", JANUARY, "area")] == [
        ("NE", 1), ("SW", 0), ("countywide", 3),
    ]  # fmt: skip
    assert {figure.team: figure.numerator for figure in figures.by("recorded", JANUARY, "team")} == {
        "HUB": 1, "NE1": 1, "SW1": 0,
    }  # fmt: skip


def test_a_team_has_figures_while_it_exists(catalogue: Catalogue) -> None:
    referrals = {"referral": "person_id  referral_date  team_id\nA  2016-09-30  NE2\nB  2016-10-01  NE2"}
    months = [date(2016, 9, 30), date(2016, 10, 31)]
    figures = figures_of(catalogue, referrals, months=months)
    assert [figure.status for figure in figures.series("recorded", team="NE2")] == ["ok", "no_source"]
    assert [figure.numerator for figure in figures.series("recorded", "year_to_date", team="NE2")] == [1, 1]
    assert "NE2" not in {figure.team for figure in figures.by("recorded", months[1], "team")}
    # On 1 October the team was no more, so that day's referral has no team.
    assert [figure.numerator for figure in figures.series("recorded", area="NE")] == [1, 0]
    assert [figure.numerator for figure in figures.series("recorded", area="countywide")] == [0, 1]


def test_a_team_that_changed_area_counts_where_it_was_on_the_day(catalogue: Catalogue) -> None:
    figures = figures_of(catalogue, {
        "team": """
            team_id  team_name  area_id  valid_from  valid_to
            T        Team       NE       2015-01-01  -
            T        Team       SW       2017-01-15  -
        """,
        "referral": "person_id  referral_date  team_id\nA  2017-01-14  T\nB  2017-01-15  T\nC  2017-01-16  T",
    })  # fmt: skip
    assert [figures.one("recorded", JANUARY, area=area).numerator for area in ("NE", "SW")] == [1, 2]
    assert figures.one("recorded", JANUARY, team="T").numerator == 3
    assert (figures.teams["T"].name, figures.teams["T"].area_id) == ("Team", "SW")


def test_a_holder_is_looked_up_on_the_row_s_day(catalogue: Catalogue) -> None:
    figures = figures_of(catalogue, {
        "referral": "person_id  referral_date  team_id\nA  2017-01-10  NE1\nA  2017-01-20  NE1\nB  2017-01-20  NE1",
        "involvement": """
            person_id  worker_id  team_id  role         start_date  end_date
            A          w1         NE1      case_holder  2017-01-01  2017-01-20
            A          w2         SW1      case_holder  2017-01-20  -
        """,
    })  # fmt: skip
    assert [figures.one("held", JANUARY, area=area).numerator for area in ("NE", "SW", "countywide")] == [1, 1, 1]
    assert [figures.one("recorded", JANUARY, area=area).numerator for area in ("NE", "SW", "countywide")] == [3, 0, 0]
