"""Tables that answer a point: the academy's pipeline, and the months around a dated event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from compendium.calendar.months import month_ends
from compendium.edition.build import build_edition
from compendium.edition.edition import Edition
from compendium.edition.point_table import PointTable
from compendium.engine.drawn import read_drawn
from compendium.indicators.compute import compute
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace
from tests.edition.drawn import JANUARY

NAMES = ("sw_vacancy_rate", "sw_agency_rate", "sw_agency_bookings", "sw_academy", "sw_academy_on_programme",
         "resource_workload", "resource_by_quadrant", "resource_by_quadrant_spend")  # fmt: skip
AREAS = {"NE": "North East", "SE": "South East", "countywide": "Countywide teams"}
COUNTY = Workspace(Path(), "A county", "999", True, AREAS, None, "", Path())
TEAM = """
    team_id  area_id  valid_from
    NE1      NE       2012-04-01
    SE1      SE       2012-04-01
"""
POSTS = """
    month_end   team_id  role           establishment_hundredths  in_post_hundredths  agency_hundredths
    2017-01-31  NE1      social_worker  1000                      750                 200
"""


def edition(tables: Mapping[str, str], first: date = date(2016, 5, 31)) -> Edition:
    rows = {name: read_drawn(table)[0] for name, table in tables.items()}
    snapshot = Snapshot.drawn(rows, date(2017, 3, 3))
    whole = load_catalogue([SHIPPED])
    catalogue = Catalogue({name: whole.require(name) for name in NAMES}, whole.views, whole.rules)
    figures = compute(snapshot, catalogue, COUNTY, list(month_ends(first, JANUARY)))
    return build_edition(figures, COUNTY, JANUARY, snapshot)


def table(made: Edition, number: str, title: str) -> PointTable | None:
    point = next(each for each in made.points if each.number == number)
    return next((each for each in point.tables if each.title.startswith(title)), None)


def test_trainees_are_set_against_vacancies_month_by_month() -> None:
    """Two qualify in March and one in April; gone, in a post and not yet begun are not on the programme."""
    trainees = """
        worker_id  start_date  qualifies_on  converted_on  left_on
        W1         2016-09-05  2017-03-31    -             -
        W2         2016-09-05  2017-03-01    -             -
        W3         2016-09-05  2017-04-03    -             -
        W4         2016-09-05  2017-03-01    -             2017-01-31
        W5         2015-09-07  2016-07-04    2016-07-04    -
        W6         2017-02-01  2018-01-08    -             -
    """
    made = table(edition({"team": TEAM, "establishment": POSTS, "academy_trainee": trainees}), "7", "Vacancies")
    assert made is not None
    assert made.rows == (
        ("February 2017", "0", "0", "2.5", "2.5"),
        ("March 2017", "2", "2", "2.5", "0.5"),
        ("April 2017", "1", "3", "2.5", "0.0"),
    )
    assert made.notes[0].startswith("Vacancies are the full-time posts open on 31 January 2017")


def test_who_is_past_the_planned_day_or_has_none_is_told() -> None:
    trainees = """
        worker_id  start_date  qualifies_on  converted_on
        W1         2016-09-05  2017-01-31    -
        W2         2016-09-05  2017-02-28    2017-02-01
        W3         2016-09-05  -             -
        W4         2014-09-01  2015-07-01    2015-07-01
        W5         2014-09-01  -             -
    """
    made = table(edition({"team": TEAM, "establishment": POSTS, "academy_trainee": trainees}), "7", "Vacancies")
    assert made is not None
    assert made.rows == (("February 2017", "1", "2", "2.5", "0.5"),)
    assert made.notes[2:] == (
        "Past the planned day, and counted from the first month on: 1 trainee.",
        "Without a planned day, and so not here: 2 trainees.",
        "Of the trainees of two years before, 50.0% (1 of 2) had taken a post within 24 months.",
    )


def test_without_trainees_there_is_no_pipeline() -> None:
    assert table(edition({"team": TEAM, "establishment": POSTS}), "7", "Vacancies") is None


BOOKINGS = """
    booking_id  team_id  start_date
    B1          NE1      2016-10-03
    B2          NE1      2016-10-03
    B3          NE1      2016-11-15
    B4          NE1      2016-12-12
"""


def test_bookings_are_told_by_month_around_the_freeze() -> None:
    """From the first of a month, that month is since; the six months before hold two bookings, the three since two."""
    freeze = """
        event_id  kind           start_date
        E1        agency_freeze  2016-11-01
        E2        agency_freeze  2017-02-01
    """
    tables = {"team": TEAM, "establishment": POSTS, "agency_booking": BOOKINGS, "local_event": freeze}
    made = table(edition(tables), "7", "New agency bookings")
    assert made is not None
    assert [row[:3] for row in made.rows[-4:]] == [
        ("October 2016", "not yet", "2"),
        ("November 2016", "in force", "1"),
        ("December 2016", "in force", "1"),
        ("January 2017", "in force", "0"),
    ]
    assert made.rows[-1][3:] == ("2", "2.5")
    assert "New bookings a month: 0.3 in the 6 months before, 0.7 in the 3 months since." in made.notes[0]


def test_the_month_in_which_a_freeze_begins_is_neither_before_nor_since() -> None:
    freeze = """
        event_id  kind           start_date
        E1        agency_freeze  2016-11-14
    """
    tables = {"team": TEAM, "establishment": POSTS, "agency_booking": BOOKINGS, "local_event": freeze}
    made = table(edition(tables), "7", "New agency bookings")
    assert made is not None
    assert made.rows[-3][:3] == ("November 2016", "began in this month", "1")
    assert "0.3 in the 6 months before, 0.5 in the 2 months since." in made.notes[0]


def test_without_a_freeze_there_is_nothing_before_or_since_it() -> None:
    assert table(edition({"team": TEAM, "establishment": POSTS, "agency_booking": BOOKINGS}), "7", "New") is None


def test_each_area_is_told_before_the_hub_and_now() -> None:
    """The South East had one of two cases in September, and in January two of three; the worker there is the same."""
    tables = {
        "team": TEAM,
        "local_event": """
            event_id  kind         start_date
            E1        mash_opened  2016-10-03
        """,
        "referral": """
            person_id  referral_date
            A          2016-06-01
            B          2016-06-01
            C          2016-12-01
        """,
        "worker": """
            worker_id  role         team_id  fte_hundredths  start_date
            W1         case_holder  NE1      100             2015-01-05
            W2         case_holder  SE1      100             2015-01-05
        """,
        "involvement": """
            person_id  worker_id  team_id  role         start_date
            A          W1         NE1      case_holder  2016-06-02
            B          W2         SE1      case_holder  2016-06-02
            C          W2         SE1      case_holder  2016-12-01
        """,
        "service_spend": """
            month_end   area_id  service   kind    amount_pence
            2016-05-31  NE       staffing  actual  100
            2016-05-31  SE       staffing  actual  100
        """,
    }
    made = table(edition(tables), "9", "Resources")
    assert made is not None
    assert made.headings[1:3] == (
        "Open cases for each worker, September 2016",
        "Open cases for each worker, January 2017",
    )
    rows = {row[0]: row[1:] for row in made.rows}
    assert rows["South East"] == ("1.0", "2.0", "no gap", "16.7 points over", "no gap", "16.7 points over")
    assert rows["North East"] == ("1.0", "1.0", "no gap", "16.7 points under", "no gap", "16.7 points under")


def test_an_edition_with_tables_is_written_and_read_back() -> None:
    trainees = """
        worker_id  start_date  qualifies_on
        W1         2016-09-05  2017-03-31
    """
    made = edition({"team": TEAM, "establishment": POSTS, "academy_trainee": trainees})
    assert Edition.from_json(made.to_json()) == made
