"""What the scrutiny board asked about is in the county's data, with its causes."""

from __future__ import annotations

from typing import Any

import pytest

from compendium.county.front_door import NOTICES
from compendium.county.truth import truth_of
from compendium.county.world import World

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def truth(whole_world: World) -> dict[str, Any]:
    return truth_of(whole_world)


def test_contacts_leap_in_january_because_of_police_in_one_quadrant(truth: dict[str, Any]) -> None:
    contacts = truth["contacts"]
    assert contacts["times_usual"] >= 1.7
    unexpected = contacts["january_2017"] - contacts["mean_of_four_januaries_before"]
    others = sum(count for area, count in contacts["police_by_area"].items() if area != "SE") / 4
    assert contacts["police_by_area"]["SE"] - others > 0.9 * unexpected
    assert contacts["january_2017"] - contacts["by_month"]["2016-12"] > 0.9 * NOTICES["2017-01"]


def test_referrals_do_not_follow(truth: dict[str, Any]) -> None:
    months = truth["referrals"]["by_month"]
    assert months["2017-01"] < months["2016-12"] < months["2016-11"]


def test_re_referrals_rise(truth: dict[str, Any]) -> None:
    share = {month: each["percent"] for month, each in truth["re_referrals"].items()}
    assert share["2016-10"] < share["2016-12"] < share["2017-01"]


def test_late_minutes_improve_januarys_conferences(truth: dict[str, Any]) -> None:
    first, second = truth["conferences_january"].values()
    assert 62 <= first["percent"] <= 70
    assert 77 <= second["percent"] <= 85
    assert second["denominator"] > first["denominator"]


def test_visits_are_some_four_in_five_and_fewest_in_the_south_east(truth: dict[str, Any]) -> None:
    by_area = {area: each["percent"] for area, each in truth["visits_10wd"]["by_area"].items() if area != "countywide"}
    assert 75 <= truth["visits_10wd"]["all"]["percent"] <= 84
    assert min(by_area, key=lambda area: by_area[area]) == "SE"


def test_the_south_east_has_more_of_the_cases_than_of_the_workers(truth: dict[str, Any]) -> None:
    areas = truth["cases_and_workers"]

    def share(what: str) -> float:
        return 100.0 * int(areas["SE"][what]) / sum(int(area[what]) for area in areas.values())

    assert 29 <= share("cases") <= 33
    assert 24 <= share("fte_hundredths") <= 27


def test_assessments_fall_on_december_and_are_far_above_last_january(truth: dict[str, Any]) -> None:
    share = {month: each["percent"] for month, each in truth["assessments_45wd"].items()}
    assert share["2017-01"] < share["2016-12"] - 2
    assert share["2017-01"] > share["2016-01"] + 12
    december, january = (truth["assessments_45wd"][month]["by_area"]["SE"] for month in ("2016-12", "2017-01"))
    assert january["percent"] < december["percent"]


def test_eighteen_of_twenty_two_audits_require_improvement_or_worse(truth: dict[str, Any]) -> None:
    audits = truth["audits"]
    assert (audits["requires_improvement_or_inadequate"], audits["completed"]) == (18, 22)
    assert (audits["sampling"], audits["themes"], audits["voice_of_child_thin"]) == (["random"], ["assessment"], 14)
    assert 0 < audits["actions_overdue"] < audits["actions_open"]


def test_vacancies_and_agency(truth: dict[str, Any]) -> None:
    january = truth["posts"]["2017-01"]
    assert january["posts"] == 32600
    assert january["vacant"] == pytest.approx(6400, abs=100)
    assert january["agency"] == pytest.approx(7800, abs=100)
    assert max(january["vacant_by_area"], key=lambda area: january["vacant_by_area"][area]) == "SE"
    begun = truth["agency_bookings_begun"]
    assert max(begun[month] for month in ("2016-11", "2016-12", "2017-01")) <= 5 < 10 <= begun["2016-10"]


def test_the_hub_answers_sooner_than_four_front_doors_did(truth: dict[str, Any]) -> None:
    assert truth["mash"]["four_months_since"]["percent"] > truth["mash"]["four_months_before"]["percent"] + 10
