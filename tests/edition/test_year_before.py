"""Every difference from a year before says whether it is clear, not clear, or was never tested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from compendium.edition.build import build_edition
from compendium.edition.edition import Edition, Stand
from compendium.edition.year_before_words import HOW_TESTED, stands
from compendium.indicators.figures import Figure
from compendium.publish.html.pages import pages
from tests.edition.drawn import JANUARY, DrawnFigures, changed, snapshot, workspace

YEAR_BEFORE = date(2016, 1, 31)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Stand("4.2 points higher", True), "4.2 points higher than in January 2016 (60.2%)"),
        (Stand("4.2 points higher", False), "4.2 points higher than in January 2016 (60.2%), not tested"),
        (Stand("no clear change", True), "no clear change from January 2016 (60.2%)"),
        (Stand("too few to compare", True), "too few to compare with January 2016 (60.2%)"),
        (Stand("the same", False), "the same as in January 2016 (60.2%)"),
    ],
)
def test_what_is_not_said_to_be_untested_is_clear(found: Stand, told: str) -> None:
    assert stands(found.words, found.is_tested, YEAR_BEFORE, "60.2%") == told
    beside = stands(found.words, found.is_tested)
    assert beside == told.replace(" (60.2%)", "").replace("in January 2016", "a year before").replace(
        "January 2016", "a year before"
    )


def test_a_page_and_its_strip_never_disagree(drawn_edition: Edition) -> None:
    kinds = set()
    for page in drawn_edition.pages:
        cell = next((each for each in page.comparisons if each.name == "Same month last year"), None)
        if cell is None or page.stands is None:
            continue
        clear = page.stands.is_tested and page.stands.words.endswith(("higher", "lower"))
        assert clear == cell.is_clear, page.id
        assert (page.stands.words == "no clear change") == (cell.answer == "no_clear_change"), page.id
        kinds.add((page.stands.is_tested, clear))
    assert {(True, True), (True, False), (False, False)} == kinds


def area(now: int, before: int, name: str = "SE") -> str:
    """What the first point says of one area's contacts; in all other months they come and go between 900 and 1,100."""

    def drawn(figure: Figure) -> Figure:
        if figure.area != name or figure.basis != "month":
            return figure
        usual = 1000 + 100 * (1, -1, 0)[figure.period.month % 3]
        number = {JANUARY: now, YEAR_BEFORE: before}.get(figure.period, usual)
        return replace(figure, numerator=number, value=Decimal(number))

    edition = build_edition(DrawnFigures(change=changed(contacts=drawn)), workspace(), JANUARY, snapshot())
    return next(each.detail for each in edition.points[0].figures if each.name.endswith(": South East"))


def test_an_area_is_called_higher_only_where_its_own_test_is_clear() -> None:
    """By how much its own months differ: a hundred more or fewer are nothing, twice as many are."""
    assert area(1100, 1000) == "no clear change from January 2016 (1,000)"
    assert area(2000, 1000) == "100% higher than in January 2016 (1,000)"
    assert area(4, 5) == "too few to compare with January 2016 (5)"


def test_what_has_no_test_says_so_beside_other_figures_and_in_the_points() -> None:
    """An average caseload is a ratio; nobody knows how much it would vary by chance."""

    def more(figure: Figure) -> Figure:
        if figure.period != JANUARY or figure.area or figure.team or figure.breakdown:
            return figure
        return replace(figure, numerator=2190, value=Decimal(20))

    edition = build_edition(DrawnFigures(change=changed(sw_caseload_avg=more)), workspace(), JANUARY, snapshot())
    told = next(each.detail for each in edition.points[3].figures if each.indicator == "sw_caseload_avg")
    assert told.endswith("; 12% higher than in January 2016 (17.8), not tested")
    beside = edition.page("resource_by_quadrant").counterweight
    assert beside is not None and beside.sentence.endswith(": 20.0. That is 12% higher than a year before, not tested.")


def test_the_points_say_how_to_read_a_difference(drawn_edition: Edition) -> None:
    assert HOW_TESTED in dict(pages(drawn_edition))["ten-points.html"]
    assert HOW_TESTED in drawn_edition.rule
