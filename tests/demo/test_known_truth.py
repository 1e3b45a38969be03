"""The scrutiny board's points on the county, each against the county's known truth.

The truth is counted from the simulated world; the figures go through the census files, the
workbooks, the local tables, the encrypted record and the catalogue. They must be the same integers.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compendium.calendar.months import month_end
from compendium.indicators.figures import Figure, Figures

JANUARY, DECEMBER, JANUARY_BEFORE = date(2017, 1, 31), date(2016, 12, 31), date(2016, 1, 31)

pytestmark = pytest.mark.slow


def share(figure: Figure) -> tuple[int | None, int | None]:
    assert figure.status == "ok"
    return figure.numerator, figure.denominator


def known(share: dict[str, int]) -> tuple[int, int]:
    return share["numerator"], share["denominator"]


def by_area(figures: Figures, indicator: str, month: date = JANUARY) -> dict[str | None, Figure]:
    return {figure.area: figure for figure in figures.by(indicator, month, "area")}


def test_1_contacts_in_every_month_and_in_january_by_area_and_by_who_made_them(march: Figures, truth: Any) -> None:
    for named, count in truth["contacts"]["by_month"].items():
        assert march.one("contacts", month_end(date.fromisoformat(f"{named}-01"))).numerator == count, named
    areas = {area: figure.numerator for area, figure in by_area(march, "contacts").items()}
    assert areas == truth["contacts"]["by_area"]
    police = next(each for each in march.by("contacts", JANUARY, "source") if each.breakdown == ("source", "Police"))
    assert police.numerator == truth["contacts"]["by_source_code"]["6"]


def test_1_january_is_far_above_its_season_because_of_one_quadrant_while_referrals_are_not(
    march: Figures, truth: Any
) -> None:
    januaries = [march.one("contacts", date(year, 1, 31)).numerator or 0 for year in (2013, 2014, 2015, 2016)]
    january = march.one("contacts", JANUARY).numerator or 0
    assert january >= 1.7 * sum(januaries) / len(januaries)
    before, after = by_area(march, "contacts", JANUARY_BEFORE), by_area(march, "contacts")
    more = {area: (after[area].numerator or 0) - (before[area].numerator or 0) for area in after}
    assert more["SE"] > 0.9 * (january - januaries[-1])
    for named, count in truth["referrals"]["by_month"].items():
        assert march.one("referrals", month_end(date.fromisoformat(f"{named}-01"))).numerator == count, named


def test_1_re_referrals_rose(march: Figures, truth: Any) -> None:
    for named, counted in truth["re_referrals"].items():
        month = month_end(date.fromisoformat(f"{named}-01"))
        assert share(march.one("rereferrals_12m", month)) == known(counted), named
    assert (march.one("rereferrals_12m", JANUARY).value or 0) > (march.one("rereferrals_12m", DECEMBER).value or 0)


def test_2_conferences_as_first_known_and_as_the_march_extract_shows_them(
    february: Figures, march: Figures, truth: Any
) -> None:
    first, now = february.one("icpc_15wd", JANUARY), march.one("icpc_15wd", JANUARY)
    assert share(first) == known(truth["conferences_january"]["2017-02-03"])
    assert share(now) == known(truth["conferences_january"]["2017-03-03"])
    assert first.value is not None and now.value is not None and now.value - first.value > 10


def test_3_child_protection_visits_due_and_overdue(march: Figures, truth: Any) -> None:
    whole = march.one("cp_visits_10wd", JANUARY)
    assert share(whole) == known(truth["visits_10wd"]["all"])
    assert whole.excluded == {"not yet due": truth["visits_10wd"]["not_yet_due"]}
    areas = by_area(march, "cp_visits_10wd")
    assert {area: share(figure) for area, figure in areas.items()} == {
        area: known(counted) for area, counted in truth["visits_10wd"]["by_area"].items()
    }


def test_4_caseloads_of_the_county_and_of_each_team(march: Figures, truth: Any) -> None:
    whole = march.one("sw_caseload_avg", JANUARY)
    assert share(whole) == (truth["caseload"]["cases"], truth["caseload"]["fte_hundredths"])
    teams = {
        figure.team: (figure.numerator, figure.denominator)
        for figure in march.by("sw_caseload_avg", JANUARY, "team")
        if figure.denominator
    }
    assert teams == {team: (one["cases"], one["fte_hundredths"]) for team, one in truth["caseload"]["by_team"].items()}


def test_6_audits_by_grade(march: Figures, truth: Any) -> None:
    mix = {f.breakdown[1]: f.numerator for f in march.by("audit_grade_mix", JANUARY, "category") if f.breakdown}
    assert {grade: count for grade, count in mix.items() if count} == truth["audits"]["by_grade"]
    assert mix["requires_improvement"] + mix["inadequate"] == truth["audits"]["requires_improvement_or_inadequate"]  # type: ignore[operator]
    assert share(march.one("audit_actions_overdue", JANUARY)) == (
        truth["audits"]["actions_overdue"],
        truth["audits"]["actions_open"],
    )


def test_7_vacancies_and_agency_workers_every_month(march: Figures, truth: Any) -> None:
    for named, posts in truth["posts"].items():
        month = month_end(date.fromisoformat(f"{named}-01"))
        assert share(march.one("sw_vacancy_rate", month)) == (posts["vacant"], posts["vacant"] + posts["in_post"])
        assert share(march.one("sw_agency_rate", month)) == (posts["agency"], posts["agency"] + posts["in_post"])


def test_9_the_south_east_holds_more_of_the_cases_than_of_the_workers(march: Figures, truth: Any) -> None:
    areas = by_area(march, "resource_by_quadrant")
    assert {area: share(figure) for area, figure in areas.items()} == {
        area: (one["cases"], one["fte_hundredths"]) for area, one in truth["cases_and_workers"].items()
    }
    assert (areas["SE"].value or 0) > 3


def test_9_enquiries_of_the_hub_before_and_since_central_collation(march: Figures, truth: Any) -> None:
    def four(months: tuple[date, ...]) -> tuple[int, int]:
        shares = [share(march.one("mash_timeliness", month)) for month in months]
        return sum(n or 0 for n, _ in shares), sum(d or 0 for _, d in shares)

    before = tuple(month_end(date(2016, month, 1)) for month in (6, 7, 8, 9))
    since = tuple(month_end(each) for each in (date(2016, 10, 1), date(2016, 11, 1), date(2016, 12, 1), JANUARY))
    assert four(before) == known(truth["mash"]["four_months_before"])
    assert four(since) == known(truth["mash"]["four_months_since"])


def test_10_assessments_are_down_on_december_and_still_far_above_january_before(march: Figures, truth: Any) -> None:
    for named, counted in truth["assessments_45wd"].items():
        month = month_end(date.fromisoformat(f"{named}-01"))
        assert share(march.one("assessments_45wd", month)) == known(counted), named
    values = [march.one("assessments_45wd", month).value for month in (DECEMBER, JANUARY, JANUARY_BEFORE)]
    december, january, before = (value or 0 for value in values)
    assert january < december and january - before > 10


@pytest.mark.parametrize(
    ("indicator", "name"),
    [("cin_open", "children_in_need"), ("cp_plans_open", "plans_open"), ("cla_total", "looked_after")],
)
def test_children_in_need_on_plans_and_looked_after(march: Figures, truth: Any, indicator: str, name: str) -> None:
    assert march.one(indicator, JANUARY).numerator == truth[name]


def test_every_core_indicator_has_a_source_and_its_areas_add_up(march: Figures) -> None:
    assert not march.problems
    for indicator in march.catalogue.values():
        if indicator.value in ("mix", "median") or indicator.count or indicator.denominator_count:
            continue
        whole = march.one(indicator.id, JANUARY)
        parts = march.by(indicator.id, JANUARY, "area")
        assert whole.status in ("ok", "provisional"), indicator.id
        assert sum(part.numerator or 0 for part in parts) == whole.numerator, indicator.id
        if whole.denominator is not None:
            assert sum(part.denominator or 0 for part in parts) == whole.denominator, indicator.id
