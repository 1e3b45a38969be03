"""The whole county keeps to the published years: counted from its census returns, not from its own sums."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from compendium.county import days
from compendium.county.calibration import Calibration, yearly
from compendium.county.world import World
from compendium.county.writers.cin_census import write_census

pytestmark = pytest.mark.slow
YEARS = range(2014, 2018)
MARGIN = 0.03


@pytest.fixture(scope="module")
def returns(whole_world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Counter[str]]:
    """Counts from each return, and months of its referrals."""
    folder = tmp_path_factory.mktemp("returns")
    return {year: count(write_census(whole_world, year, folder), year) for year in range(2013, 2018)}


def count(path: Path, year: int) -> Counter[str]:
    first, last = f"{year - 1}-04-01", f"{year}-03-31"
    found: Counter[str] = Counter()
    for _, episode in etree.iterparse(path, tag="CINdetails"):
        referred = str(episode.findtext("CINreferralDate"))
        if referred >= first:
            found["referrals"] += 1
            found[referred[:7]] += 1
        for plan in episode.iter("ChildProtectionPlans"):
            start, end = str(plan.findtext("CPPstartDate")), plan.findtext("CPPendDate")
            found["cp_plans_started"] += start >= first
            found["cp_plans_ended"] += end is not None
            found["cp_plans_at_31_march"] += end is None
        for done in episode.iter("AssessmentAuthorisationDate"):
            found["assessments_completed"] += first <= str(done.text) <= last
        for enquiry in episode.iter("Section47"):
            held = enquiry.findtext("DateOfInitialCPC")
            found["s47"] += str(enquiry.findtext("S47ActualStartDate")) >= first
            found["icpc"] += held is not None and held >= first
        episode.clear()
    return found


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("measure", ["referrals", "cp_plans_started", "cp_plans_ended", "cp_plans_at_31_march"])
def test_a_year_is_as_published(returns: dict[int, Counter[str]], measure: str, year: int) -> None:
    assert returns[year][measure] == pytest.approx(yearly(measure, year), rel=MARGIN)


@pytest.mark.parametrize("year", range(2015, 2018))
def test_assessments_are_as_published(returns: dict[int, Counter[str]], year: int) -> None:
    assert returns[year]["assessments_completed"] == pytest.approx(yearly("assessments_completed", year), rel=MARGIN)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("measure", ["s47", "icpc"])
def test_enquiries_and_conferences_are_about_as_published(
    returns: dict[int, Counter[str]], measure: str, year: int
) -> None:
    assert returns[year][measure] == pytest.approx(yearly(measure, year), rel=0.05)


def test_every_month_has_the_referrals_published_for_it(returns: dict[int, Counter[str]]) -> None:
    published = Calibration()
    for year in range(2013, 2018):
        first = days.month(f"{year - 1}-04")
        for month in range(first, first + 12):
            name = f"{month // 12}-{month % 12 + 1:02d}"
            assert returns[year][name] == pytest.approx(published.referrals(month), rel=0.01), name


@pytest.mark.parametrize("year", YEARS)
def test_the_share_of_re_referrals_is_as_published(whole_world: World, year: int) -> None:
    again = every = 0
    for child in whole_world.service.people.children:
        for before, day in zip([None, *child.referrals], child.referrals, strict=False):
            if days.day(f"{year - 1}-04-01") <= day <= days.day(f"{year}-03-31"):
                every += 1
                again += before is not None and day <= days.months_on(before, 12)
    assert again / every == pytest.approx(yearly("re_referrals", year) / yearly("referrals", year), rel=MARGIN)
