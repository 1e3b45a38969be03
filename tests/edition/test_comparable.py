"""What is not alike is not compared: a provisional month, and months that two versions of a definition counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from compendium.edition.build import build_edition
from compendium.edition.edition import Edition, IndicatorPage
from compendium.indicators.figures import Figure
from compendium.publish.html.pages import pages
from compendium.publish.html.pictures import of_months
from tests.edition.drawn import JANUARY, DrawnFigures, changed, snapshot, workspace

Change = Callable[[Figure], Figure]


def page_of(change: Change, name: str = "rereferrals_12m") -> IndicatorPage:
    return edition_of(change, name).page(name)


def edition_of(change: Change, name: str = "rereferrals_12m") -> Edition:
    return build_edition(DrawnFigures(change=changed(**{name: change})), workspace(), JANUARY, snapshot())


def provisional(figure: Figure) -> Figure:
    return replace(figure, status="provisional") if figure.period == JANUARY else figure


def changed_since(first: date) -> Change:
    return lambda figure: replace(figure, definition_version=2) if figure.period >= first else figure


BREAK = changed_since(date(2016, 6, 30))


def cells(page: IndicatorPage) -> dict[str, tuple[str, bool]]:
    return {cell.name: (cell.headline, cell.is_there) for cell in page.comparisons}


def test_final_figures_of_one_version_are_compared() -> None:
    there = cells(page_of(lambda figure: figure))
    assert there["Last month"][1] and there["Same month last year"][1]


def test_a_provisional_month_is_compared_with_nothing() -> None:
    page = page_of(provisional)
    there = cells(page)
    assert there["Last month"] == there["Same month last year"] == ("Not compared", False)
    assert page.comparisons[0].sentences[0].endswith("A provisional figure is not compared.")
    assert not any("it was" in sentence for sentence in page.sentences)
    assert page.judged.badge == ""


def test_a_figure_is_not_compared_across_a_break_but_within_one_version_it_is() -> None:
    page = page_of(BREAK)
    there = cells(page)
    assert there["Same month last year"] == ("Not compared", False)
    assert "by an earlier definition" in page.comparisons[1].sentences[0]
    assert there["Last month"][1]
    assert not any("January 2016" in sentence for sentence in page.sentences)


def test_no_finding_is_made_of_a_move_across_a_break() -> None:
    def found(change: Change) -> bool:
        return "contacts" in {finding.indicator for finding in edition_of(change, "contacts").findings}

    assert found(lambda figure: figure)
    assert not found(changed_since(JANUARY))


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_line_is_broken_where_the_definition_changed_and_the_break_is_named(size: str) -> None:
    whole, broken = of_months(page_of(lambda figure: figure)), of_months(page_of(BREAK))
    before, after = getattr(whole, size), getattr(broken, size)
    assert after.count("<polyline") == before.count("<polyline") + 1
    assert (before.count("Definition changed"), after.count("Definition changed")) == (0, 1)
    assert "the two sides are not one series" in broken.note


def test_tables_name_the_version_of_what_was_counted_otherwise() -> None:
    sheet = of_months(page_of(BREAK)).sheet
    told = {row.cells[0].text: row.cells[1].text for row in sheet.rows}
    assert "(by an earlier definition)" in told["May 2016"] and "earlier" not in told["June 2016"]


def test_the_two_stand_together_wherever_one_stands() -> None:
    edition = edition_of(lambda figure: figure)
    beside = edition.page("referrals").counterweight
    assert beside is not None
    written = dict(pages(edition))
    for name in ("referrals.html", "chapter-front-door.html", "all-figures.html"):
        assert beside.sentence in written[name], name


def test_an_edition_names_the_version_that_it_used_and_gives_itself_back() -> None:
    edition = edition_of(BREAK)
    page = edition.page("rereferrals_12m")
    assert (page.definition_version, page.now.definition_version) == (2, 2)
    assert Edition.from_json(edition.to_json()) == edition
