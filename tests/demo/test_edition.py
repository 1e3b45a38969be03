"""The demonstration's edition as a reader meets it, and what the disk holds after it."""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot, sqrt
from pathlib import Path
from typing import Any

import pytest

from compendium import words
from compendium.edition.edition import Edition
from compendium.edition.judging import CHARTED
from compendium.indicators.figures import Figures
from compendium.indicators.row_changes import RowChanges
from tests.demo.test_known_truth import JANUARY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(county: Path) -> dict[str, str]:
    return {
        path.name: re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
        for path in (county / "editions" / "2017-01").glob("*.html")
    }


def test_every_page_says_that_it_is_synthetic(pages: dict[str, str]) -> None:
    assert all("Synthetic: describes no real council, child or worker" in page for page in pages.values())


def test_every_core_indicator_has_a_page_and_its_figure_is_on_it(pages: dict[str, str], march: Figures) -> None:
    for indicator in march.catalogue.values():
        page = pages[f"{indicator.id}.html"]
        if indicator.value not in ("mix", "share_gap"):
            assert indicator.written(march.one(indicator.id, JANUARY)) in page, indicator.id


def test_the_ten_points_and_the_recommendation_each_have_a_figure_or_say_what_is_to_come(
    pages: dict[str, str], february: Figures, march: Figures
) -> None:
    page = pages["ten-points.html"]
    sections = re.split(r"<h2", page)
    assert sum(1 for number in range(1, 11) if any(f"{number}. " in part[:200] for part in sections)) == 10
    assert any("Recommendation" in part[:200] for part in sections)
    first, now = february.one("icpc_15wd", JANUARY), march.one("icpc_15wd", JANUARY)
    assert first.value is not None and now.value is not None
    for value in (first.value, now.value):
        assert words.percent(value) in page


def test_the_conferences_verdict_of_february_has_flipped_and_both_pages_say_why(
    pages: dict[str, str], truth: Any
) -> None:
    """All that came late or was corrected had been in time, so the county's own totals tell how many were which."""
    first, now = (truth["conferences_january"][cut] for cut in ("2017-02-03", "2017-03-03"))
    late = now["denominator"] - first["denominator"]
    corrected = now["numerator"] - first["numerator"] - late
    assert late > 0 and corrected > 0
    for page in (pages["index.html"], pages["icpc_15wd.html"]):
        assert f"({now['numerator']} of {now['denominator']}): {late} records late, {corrected} corrected." in page
        assert "The first verdict was “within usual range”, now “signal: better than usual”." in page


def test_the_conferences_page_draws_the_triangle_of_its_thirteen_months(
    pages: dict[str, str], february: Figures, march: Figures
) -> None:
    """January at its first day and now, as the record of each day computes it; the months before moved far less."""
    triangle = pages["icpc_15wd.html"].split("Each month as first published, later and now")[1].split("</table>")[0]
    rows = [re.findall(r">([^<>]+)</t[hd]>", row) for row in triangle.split("<tr")[2:]]
    assert len(rows) == 13
    first, now = (
        figures.catalogue["icpc_15wd"].written(figures.one("icpc_15wd", JANUARY)) for figures in (february, march)
    )
    assert rows[0][:3] == ["January 2017", f"{first} on 3 February 2017", now]
    shares = [[float(cell.split("%")[0]) for cell in row if "%" in cell] for row in rows]  # first published to now
    moves = [abs(share[0] - share[-1]) for share in shares]
    assert re.fullmatch(r"\d+ records late, \d+ corrected", rows[0][-2]), rows[0]
    assert moves[0] > 10 > 5 > max(moves[1:]) > 0
    assert "This month has moved further than any of them." in pages["icpc_15wd.html"]


def test_the_45_day_statement_is_two_tested_sentences_and_december_is_a_third(
    pages: dict[str, str], truth: Any, march: Figures
) -> None:
    """From the county's own totals: Newcombe's interval, worked out here anew from Wilson's two, of as many cases as
    would differ by chance as much as the months before do."""
    before = [each for each in march.series("assessments_45wd") if each.period < JANUARY and each.denominator]
    whole = sum(each.numerator or 0 for each in before) / sum(each.denominator or 0 for each in before)
    scores = [
        ((each.numerator or 0) / each.denominator - whole) / sqrt(whole * (1 - whole) / each.denominator)
        for each in before
        if each.denominator
    ]
    phi = (sum(abs(now - then) for then, now in pairwise(scores)) / (len(scores) - 1) / 1.128) ** 2
    assert phi > 1, "offices have good and bad months"

    def wilson(cases: int, of: int) -> tuple[float, float]:
        x, n = cases / phi, of / phi
        reach = 1.959964 * sqrt(x * (n - x) / n + 0.9603647)
        return (x + 1.9207294 - reach) / (n + 3.8414588), (x + 1.9207294 + reach) / (n + 3.8414588)

    def sentence(month: str) -> str:
        (x, n), (y, m) = (
            (each["numerator"], each["denominator"])
            for each in (truth["assessments_45wd"]["2017-01"], truth["assessments_45wd"][month])
        )
        (low, high), (lower, higher) = wilson(x, n), wilson(y, m)
        size = x / n - y / m
        ends = size - hypot(x / n - low, higher - y / m), size + hypot(high - x / n, y / m - lower)
        if ends[0] < 0 < ends[1]:
            down, up = (words.points(100 * abs(each)) for each in ends)
            return f"The difference is likely to be between {down} lower and {up} higher."
        near, far = sorted(100 * abs(each) for each in ends)
        name = "rise" if size > 0 else "fall"
        return f"The {name} is likely to be between {words.number(near, 1)} and {words.points(far)}."

    for page in (pages["assessments_45wd.html"], pages["ten-points.html"]):
        assert "Test 1, against its own usual range" in page
        after = page.partition("Test 2, against January 2016")[2]
        assert sentence("2016-01") in after[:400]
        assert "One month against one month is a weak test" in after[:400]
        assert sentence("2016-12") in after
    assert "Test 1, signal: better than usual" in pages["assessments_45wd.html"]
    assert "Test 2, clear: better than January 2016" in pages["assessments_45wd.html"]


def test_councils_like_it_are_told_with_how_many_are_available(pages: dict[str, str]) -> None:
    assert "Their median in the year to 31 March 2016; 9 of 10 available." in pages["rereferrals_12m.html"]
    assert "Their median on 31 March 2016; 8 of 10 available." in pages["cp_open_2yrs.html"]


def test_no_sentence_of_the_first_page_claims_what_needs_a_test(pages: dict[str, str]) -> None:
    text = re.sub(r"<[^>]+>", " ", pages["index.html"]).lower()
    for claim in ("spike", "improvement", "improved", "increased", "decreased", "trend", "significant"):
        assert claim not in text, claim


CHILD = re.compile(rb"WM\d{6}")


def test_no_child_of_the_county_stands_on_the_disk_in_the_clear(county: Path) -> None:
    children = set()
    census = next((county / "deliveries").glob("cin_census_2016*.xml"))
    for found in re.finditer(rb"<LAchildID>([^<]+)</LAchildID>", census.read_bytes()):
        children.add(found.group(1))
        if len(children) == 200:
            break
    assert len(children) == 200 and all(CHILD.fullmatch(child) for child in children)
    for folder in ("record", "editions"):
        for path in (county / folder).rglob("*"):
            if path.is_file():
                assert children.isdisjoint(CHILD.findall(path.read_bytes())), path.name


def test_what_the_county_did_is_told_with_what_came_of_it_and_with_what_did_not(
    pages: dict[str, str], march: Figures
) -> None:
    """The hub answers more in time and the freeze lets few agency workers begin: both are planted. That the twelve
    posts of August brought more visits is not, and no effect of them is found. The audit and the workshop come late."""
    told = pages["practice.html"]
    for title, badge in (
        ("Safeguarding hub enquiries completed in time", "Effect found: better"),
        ("New bookings of agency social workers", "Effect found: better"),
        ("Children on a plan visited in the last 10 working days", "No effect found"),
        ("Re-referrals within 12 months", "Too soon to say"),
        ("Areas of practice below good", "Not begun"),
    ):
        assert re.search(rf">{title}</a></h3> <div class=\"tags\"><span class=\"badge [^>]*>.{{0,200}}{badge}", told), (
            title
        )
    assert "Safeguarding hub opened" in pages["mash_timeliness.html"]
    again = told.partition(">Re-referrals within 12 months</a>")[2].partition("</article>")[0]
    contacts = words.number(march.one("contacts", JANUARY).numerator or 0)
    assert re.search(rf"Contacts[^<]*: {contacts} in January 2017, a signal: higher than usual\.", again)
    alone = told.partition("Expected, of no one action")[2]
    assert "Expected: First conferences held within 15 working days" in alone
    assert "Expected by the scrutiny board on 24 January 2017: higher by March 2017." in alone


def test_every_figure_that_is_judged_on_a_chart_says_how_its_months_were_revised_and_by_what(county: Path) -> None:
    edition = Edition.from_json((county / "editions" / "2017-01" / "edition.json").read_text(encoding="utf-8"))
    charted = [each for each in edition.pages if each.has_headline and each.now.basis in CHARTED and each.judged.badge]
    assert len(charted) > 50 and all(each.history is not None for each in charted)
    months = [month for page in charted if page.history for month in page.history.months]
    assert any(each.is_revised for each in months) and any(each.has_flipped for each in months)
    assert [each for each in months if each.is_revised and (each.why is None or each.why == RowChanges())] == []


def test_the_open_cases_have_months_ahead_and_a_word_on_room(pages: dict[str, str]) -> None:
    told = pages["cin_open.html"]
    assert re.search(r"There is an 8 in 10 chance of between [\d,]+ and [\d,]+ on 30 April 2017\.", told)
    assert "Is there room for the open cases?" in told and "Scenario, no forecast" in told
