"""Figures whose months restate one year or one term: told beside the right month, and never judged one by one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from compendium.calendar.months import month_end, month_ends
from compendium.edition import sentences
from compendium.edition.actions_file import FILE, read_actions
from compendium.edition.build import build_edition
from compendium.edition.edition import Edition, IndicatorPage
from compendium.engine.drawn import read_drawn
from compendium.errors import WorkspaceError
from compendium.indicators.compute import compute
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.publish.html.pictures import of_months
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace
from tests.edition.drawn import JANUARY
from tests.edition.test_words_of_an_edition import texts, too_long

COUNTY = Workspace(Path(), "A county", "999", True, {"NE": "North East", "countywide": "Countywide"}, None, "", Path())
FIRST = date(2013, 4, 30)
MONEY = ("budget_variance", "budget_variance_amount")
TERMS = {date(2016, 7, 22): 60, date(2016, 12, 16): 40}  # half-days attended of 100 by each of two children


def over_budget(end: date) -> int:
    """In thousands of pounds: nothing in April, 100 more in each month, and from nothing again in the next April."""
    return (end.month - 4) % 12 * 100


def ledger(end: date) -> dict[str, str]:
    budget = 60_000_000_00
    forecast = budget + over_budget(end) * 1000_00
    return {"month_end": str(end), "area_id": "countywide", "service": "staffing",
            "budget_pence": str(budget), "forecast_pence": str(forecast)}  # fmt: skip


def edition(newest: date) -> Edition:
    whole = load_catalogue([SHIPPED])
    names = (*MONEY, "agency_spend_share", "partner_school_attendance_cp")
    catalogue = Catalogue({name: whole.require(name) for name in names}, whole.views, whole.rules)
    months = list(month_ends(FIRST, newest))
    rows = {
        "budget_forecast": [ledger(end) for end in months],
        "service_spend": [
            {"month_end": str(end), "area_id": "countywide", "service": service, "kind": kind, "amount_pence": pence}
            for end in months
            for service, kind, pence in (("agency", "actual", "1234500"), ("staffing", "budget", "10000000"))
        ],
        "cp_plan": read_drawn("person_id  start_date\nA          2016-01-01\nB          2016-01-01")[0],
        "school_attendance": [
            {"person_id": child, "term_end": str(end), "attended_sessions": str(attended), "possible_sessions": "100"}
            for end, attended in TERMS.items()
            for child in "AB"
        ],
    }
    record = Snapshot.drawn(rows, month_end(newest, 1))
    return build_edition(compute(record, catalogue, COUNTY, months), COUNTY, newest, record)


@pytest.fixture(scope="module")
def january() -> Edition:
    return edition(JANUARY)


def cell(page: IndicatorPage, name: str) -> tuple[str, str]:
    found = next(each for each in page.comparisons if each.name == name)
    assert (found.answer, found.badge) == ("", "")
    return found.headline, " ".join(found.sentences)


@pytest.mark.parametrize("name", MONEY)
def test_a_forecast_of_the_year_is_no_news_month_by_month(january: Edition, name: str) -> None:
    """By its months alone it would be out of the usual each winter, and each spring the other way."""
    page = january.page(name)
    assert (page.judged.badge, page.judged.bands, page.drivers, page.forecast) == ("", (), None, None)
    assert page.judged.sentences == (sentences.RESTATES["financial_year"],)
    assert name not in {each.indicator for each in january.findings}


def test_it_stands_beside_the_same_month_a_year_before_untested(january: Edition) -> None:
    headline, told = cell(january.page("budget_variance"), "Same month last year")
    assert headline == "1.5%"
    assert told.endswith("Each tells of a whole financial year, so the difference is not tested.")
    assert cell(january.page("budget_variance"), "Last month")[0] == "1.3%"


def test_april_is_not_set_beside_march() -> None:
    page = edition(date(2016, 4, 30)).page("budget_variance_amount")
    headline, told = cell(page, "Last month")
    assert headline == "Not compared"
    assert told == "For March 2016 it is £1,100,000, of the financial year before. The two are not compared."


def test_its_line_begins_anew_with_each_financial_year(january: Edition) -> None:
    picture = of_months(january.page("budget_variance"))
    assert "The line begins anew with each financial year" in picture.note
    years = {2015, 2016, 2017}  # of 34 months to January 2017
    assert len(re.findall("<polyline", picture.wide)) == len(years)


def test_a_term_is_told_again_until_the_next_has_ended(january: Edition) -> None:
    """Four months of one term are one figure, and would make a run of themselves."""
    page = january.page("partner_school_attendance_cp")
    known = [each.written for each in page.series if each.value is not None]
    assert known == ["60.0%"] * 5 + ["40.0%"] * 2
    assert page.judged.sentences == (sentences.RESTATES["school_term"],)


def test_sums_of_money_are_told_in_pounds(january: Edition) -> None:
    assert january.page("budget_variance").now.of == "£900,000 of £60,000,000"
    assert january.page("agency_spend_share").now.of == "£123,450 of £1,000,000"
    assert january.page("partner_school_attendance_cp").now.of == "80 of 200"


def test_no_effect_of_an_action_is_looked_for_in_it(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        '[[action]]\nid = "a"\ntitle = "A"\nkind = "other"\non = 2016-10-03\nby = "the board"\n'
        'indicators = ["budget_variance"]\n',
        encoding="utf-8",
    )
    where = Workspace(tmp_path, "A county", "999", True, {}, None, "", Path())
    with pytest.raises(WorkspaceError, match="the months of budget_variance restate one financial year"):
        read_actions(where, load_catalogue([SHIPPED]))


def test_its_sentences_are_short(january: Edition) -> None:
    assert [part for _, text in texts(january.pages) for part in too_long(text)] == []
