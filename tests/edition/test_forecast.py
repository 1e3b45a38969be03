"""The months ahead on a page: of stocks only, in chances and ranges, with how they did, and whether there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compendium import words
from compendium.calendar.months import month_end, month_ends, month_start
from compendium.edition.build import build_edition
from compendium.edition.edition import Edition
from compendium.edition.forecast import Forecast
from compendium.edition.forecast_words import NOT_ALL_HOLD, chance
from compendium.edition.point_table import PointTable
from compendium.engine.drawn import read_drawn
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figure
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace
from tests.edition.drawn import JANUARY, DrawnFigures, changed, snapshot, workspace
from tests.edition.test_words_of_an_edition import too_long

NAMES = ("cin_open", "referrals", "rereferrals_12m", "referral_nfa_pct", "sw_fte_inpost", "sw_agency_rate",
         "sw_vacancy_rate", "sw_caseload_avg")  # fmt: skip
COUNTY = Workspace(Path(), "A county", "999", True, {"NE": "North East", "countywide": "Countywide"}, None, "", Path())
TEAM = """
    team_id  area_id  valid_from
    NE1      NE       2012-04-01
"""


def test_only_a_stock_is_foretold(drawn_edition: Edition) -> None:
    """Contacts arrive, early help is open, a caseload is a ratio."""
    told = {page.id for page in drawn_edition.pages if page.forecast is not None}
    assert told == {"eh_open"}


def test_six_months_have_ranges_and_three_a_figure(drawn_edition: Edition) -> None:
    page = drawn_edition.page("eh_open")
    assert page.forecast is not None
    months = page.forecast.months
    assert [each.period for each in months] == [month_end(JANUARY, ahead) for ahead in range(1, 7)]
    assert [each.point for each in months] == [page.now.value] * 3 + [None] * 3
    assert all(each.low <= each.inner_low <= each.inner_high <= each.high for each in months)
    low, high = (f"{each:,}" for each in (months[2].low, months[2].high))
    assert page.forecast.sentences[0] == f"There is an 8 in 10 chance of between {low} and {high} on 30 April 2017."


def test_too_short_a_history_gives_the_last_years_range_only() -> None:
    class Short(DrawnFigures):
        def __init__(self) -> None:
            super().__init__()
            self.months = self.months[-20:]

    made = build_edition(Short(), workspace(), JANUARY, snapshot()).page("eh_open").forecast
    assert made == Forecast(
        (
            "There is no forecast: it takes 36 months with a figure to make one.",
            "In the last 12 months it was 2,400 to 2,455.",
        )
    )


def test_what_is_small_is_not_foretold() -> None:
    def small(figure: Figure) -> Figure:
        return replace(figure, numerator=59, value=Decimal(59))

    made = build_edition(DrawnFigures(change=changed(eh_open=small)), workspace(), JANUARY, snapshot())
    assert made.page("eh_open").forecast is None


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.05, "less than 10"), (0.1, "10 to 33"), (0.5, "33 to 67"), (0.67, "67 to 90"), (0.95, "more than 90")],
)
def test_a_chance_is_told_in_bands(probability: float, said: str) -> None:
    assert chance(probability) == f"{said} in 100"


# Room and what if, from drawn records -----------------------------------------------------------------------------


def children(first: date, always: int, of_month: Sequence[int]) -> list[dict[str, str]]:
    """So many children open throughout, and others for one month each, so many by the month's place."""
    rows = [{"person_id": f"A{number}", "referral_date": "2012-05-01", "nfa": "0"} for number in range(always)]
    for at, end in enumerate(month_ends(first, JANUARY)):
        span = {"referral_date": str(month_start(end)), "close_date": str(month_start(end, 1)), "nfa": "0"}
        rows += [{"person_id": f"B{at}_{number}", **span} for number in range(of_month[at % len(of_month)])]
    return rows


def held(cases: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """By five workers in turn."""
    return [
        {"person_id": case["person_id"], "worker_id": f"H{at % 5}", "team_id": "NE1", "role": "case_holder",
         "start_date": case["referral_date"]} | ({"end_date": case["close_date"]} if "close_date" in case else {})
        for at, case in enumerate(cases)
    ]  # fmt: skip


HOURS = """
    worker_id  role         team_id  fte_hundredths  is_agency  start_date
    H0         case_holder  NE1      100             0          2012-04-01
    H1         case_holder  NE1      100             0          2012-04-01
    H2         case_holder  NE1      100             0          2012-04-01
    H3         case_holder  NE1      60              1          2012-04-01
    H4         case_holder  NE1      60              0          2012-04-01
    H5         case_holder  NE1      100             0          2012-04-01
    H6         manager      NE1      80              0          2012-04-01
"""


def staff(first: date) -> list[dict[str, str]]:
    posts = {"establishment_hundredths": "600", "in_post_hundredths": "500", "agency_hundredths": "100"}
    return [
        {"month_end": str(end), "team_id": "NE1", "role": "social_worker", **posts}
        for end in month_ends(first, JANUARY)
    ]


TRAINEES = """
    worker_id  start_date  qualifies_on  converted_on  left_on
    W1         2016-09-05  2017-03-31    -             -
    W2         2016-09-05  2017-04-03    -             -
    W3         2016-09-05  2018-01-08    -             -
"""


def foretell(**more: Sequence[Mapping[str, str | None]]) -> Forecast:
    first = date(2013, 2, 28)
    cases = children(first, 90, [8, 9, 10, 9, 8, 7, 6, 7])
    rows: dict[str, Sequence[Mapping[str, str | None]]] = {
        "team": read_drawn(TEAM)[0],
        "referral": cases,
        "involvement": held(cases),
        "establishment": staff(first),
        "academy_trainee": read_drawn(TRAINEES)[0],
    }
    whole = load_catalogue([SHIPPED])
    catalogue = Catalogue({name: whole.require(name) for name in NAMES}, whole.views, whole.rules)
    record = Snapshot.drawn(rows | more, date(2017, 3, 3))
    figures = compute(record, catalogue, COUNTY, list(month_ends(first, JANUARY)))
    made = build_edition(figures, COUNTY, JANUARY, record).page("cin_open").forecast
    assert made is not None
    return made


@pytest.fixture(scope="module")
def foretold() -> Forecast:
    """The hours of no worker are known."""
    return foretell()


def table(made: Forecast, title: str) -> PointTable:
    return next(each for each in made.tables if each.title.startswith(title))


def test_where_nobody_knows_who_holds_cases_room_is_everyone_times_the_ceiling(foretold: Forecast) -> None:
    """Five own and one agency worker, 18 cases each, and 12 for the one trainee whom the one vacancy has place for."""
    made = table(foretold, "Is there room for")
    assert [row[1:3] for row in made.rows[:3]] == [("6.0", "108"), ("6.0 to 7.0", "108 to 120"),
                                                   ("6.0 to 7.0", "108 to 120")]  # fmt: skip
    assert "18 cases" in made.notes[0]
    at = next(at for at, told in enumerate(foretold.sentences) if told.startswith("Workers have room for 108 to 120"))
    # Beside the chance, and not among the notes: fewer hold cases than are in post.
    assert foretold.sentences[at + 1].startswith("The chance that more are open is ")
    assert foretold.sentences[at + 2] == NOT_ALL_HOLD
    areas = table(foretold, "Is there room in each area?")
    assert areas.headings[-1] == "Chance of more on 30 April 2017"
    assert areas.rows == (("North East", "97", "6.0", "108", "less than 10 in 100"),)


@pytest.fixture(scope="module")
def by_holders() -> Forecast:
    """4.2 of the six at work hold cases; a newcomer and a manager hold none."""
    return foretell(worker=read_drawn(HOURS)[0])


def test_room_is_those_who_hold_cases_times_the_ceiling(by_holders: Forecast) -> None:
    """4.2 times 18 are 75.6; the trainee comes on top with 12."""
    made = table(by_holders, "Is there room for")
    assert [row[1:3] for row in made.rows[:2]] == [("4.2", "76"), ("4.2 to 5.2", "76 to 88")]
    assert {row[3] for row in made.rows} == {"more than 90 in 100"}
    assert made.notes[1].endswith("4.2 of the 6 full-time workers on 31 January 2017.")
    assert NOT_ALL_HOLD not in by_holders.sentences


def test_fewer_of_the_councils_own_staff_are_fewer_who_hold_cases() -> None:
    """In their worst quarter four of five were left, so 5 of 6 at work may be, and 4.2 hold cases as 6 are there."""
    posts = staff(date(2013, 2, 28))
    for at, each in enumerate(posts):
        each["in_post_hundredths"] = "400" if at % 12 < 6 and at < 46 else "500"
    made = table(foretell(worker=read_drawn(HOURS)[0], establishment=posts), "Is there room for")
    assert made.rows[5][1].split(" to ")[0] == words.number(4.2 * 5 / 6, 1)


def test_each_areas_room_is_of_those_who_hold_cases_there(by_holders: Forecast) -> None:
    made = table(by_holders, "Is there room in each area")
    assert made.rows == (("North East", "97", "4.2", "76", "more than 90 in 100"),)


def test_workers_with_cases_but_without_hours_are_told(by_holders: Forecast) -> None:
    """As many cases with fewer known hours would look like less room."""
    made = table(foretell(worker=read_drawn(HOURS)[0][1:]), "Is there room for")
    told = "1 worker with cases but no recorded hours is not counted."
    assert told in made.notes and told not in table(by_holders, "Is there room for").notes


def test_each_area_has_months_ahead_of_its_own(foretold: Forecast) -> None:
    areas = table(foretold, "The areas")
    assert [(row[0], row[1]) for row in areas.rows] == [("North East", "97"), ("Countywide", "0")]
    assert areas.rows[1][2] == "too few cases"


def test_an_area_is_foretold_by_the_months_in_which_cases_have_a_team() -> None:
    """Of the first months nobody knows who held the cases: the area seems to grow, and what has no team to shrink."""
    cases = children(date(2013, 2, 28), 90, [8, 9, 10, 9, 8, 7, 6, 7])
    since = "2014-03-15"
    late = [row | {"start_date": max(row["start_date"], since)} for row in held(cases)]
    told = foretell(involvement=[row for row in late if row.get("end_date", since) >= since])
    made = table(told, "The areas")
    assert made.rows[0][1:] == ("97", "too few months", "too few months")
    assert made.notes == (
        "Until February 2014 more than 5 in 100 cases had no team on record, and so no area.",
        "An area is foretold by the months since then only, and it takes 36.",
    )
    assert [row[-1] for row in table(told, "Is there room in each area").rows] == ["too few months"]


def test_forecasts_made_before_are_told_with_whether_they_held(foretold: Forecast) -> None:
    made = table(foretold, "What would have been said of January 2017")
    assert [row[0] for row in made.rows][:2] == ["in December 2016", "in November 2016"]
    assert {row[2] for row in made.rows} <= {"Yes", "No: missed"}
    again = table(foretold, "How such forecasts did")
    assert [row[1].split(" of ")[1] for row in again.rows] == ["12"] * 6


def test_a_scenario_is_no_forecast_and_needs_what_it_is_made_of(foretold: Forecast) -> None:
    """Nobody was referred again, so a tenth more is nobody."""
    assert foretold.scenarios[0].startswith("Scenario, no forecast: 10% more children referred again, about 0 more")


def test_every_sentence_is_short(foretold: Forecast, by_holders: Forecast) -> None:
    for made in (foretold, by_holders):
        told = [*made.sentences, *made.scenarios, *(note for each in made.tables for note in each.notes)]
        assert [part for text in told for part in too_long(text)] == []
