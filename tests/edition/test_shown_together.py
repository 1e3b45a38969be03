"""The cost of early help is never told without what came of it: not on a page, in a finding, a point or a command."""

from __future__ import annotations

from datetime import date

from compendium.calendar.months import month_ends
from compendium.commands.figures import together
from compendium.edition.build import build_edition
from compendium.edition.edition import Edition
from compendium.indicators.compute import compute
from compendium.indicators.loading import SHIPPED, load_catalogue
from tests.edition.drawn import workspace
from tests.indicators.drawn import JANUARY, snapshot_of

COST, OUTCOME, LATER = "eh_cost_per_closed_family", "eh_closed_needs_met", "eh_rereferral_after_closure"
CATALOGUE = load_catalogue([SHIPPED])
SPEND = """
    month_end   area_id     service     kind    amount_pence
    2016-04-30  countywide  early_help  actual  100000
    2017-01-31  countywide  early_help  actual  50000
"""
HELPED = """
    person_id  family_id  start_date  end_date    end_reason
    A          F          2016-03-01  2016-04-10  needs_met
    B          G          2016-03-01  2017-01-10  needs_met
    C          H          2016-03-01  2017-01-10  disengaged
"""
REFERRED = "person_id  referral_date\nB  2017-01-20"


def edition() -> Edition:
    snapshot = snapshot_of(
        {"service_spend": SPEND, "early_help_episode": HELPED, "referral": REFERRED}, date(2017, 3, 3)
    )
    months = list(month_ends(date(2016, 1, 31), JANUARY))
    county = workspace(targets={})
    figures = compute(snapshot, CATALOGUE, county, months, [COST, OUTCOME, LATER])
    return build_edition(figures, county, JANUARY, snapshot)


def test_the_page_of_the_cost_tells_outcomes_and_later_referrals_among_its_own_sentences() -> None:
    page = edition().page(COST)
    assert page.now.written == "£750"
    assert "Early help closed with needs met: 50.0%." in page.sentences
    assert "Referred to social care within six months of early help: 50.0%." in page.sentences
    assert set(page.besides) >= set(page.sentences[-2:])


def test_the_point_about_early_help_gives_all_three() -> None:
    point = next(each for each in edition().points if each.number == "8")
    assert {COST, OUTCOME, LATER} <= {figure.indicator for figure in point.figures}


def test_who_asks_for_the_cost_gets_all_three_and_each_once() -> None:
    assert together([CATALOGUE[COST]], CATALOGUE) == [COST, OUTCOME, LATER]
    assert together([CATALOGUE[OUTCOME], CATALOGUE[COST]], CATALOGUE) == [OUTCOME, COST, LATER]
    assert together([CATALOGUE["contacts"]], CATALOGUE) == ["contacts"]
