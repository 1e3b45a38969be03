"""What was revised as its page shows it: the sentences, the triangle, the marks, and the pale bar of a young month."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from compendium.edition.edition import Edition
from compendium.edition.revised import Verdicts
from compendium.publish.charts.line import Line
from compendium.publish.html.pages import pages
from tests.publish.test_charts import line, shapes


@pytest.fixture(scope="module")
def page(site: Path) -> html.HtmlElement:
    return html.fromstring((site / "icpc_15wd.html").read_text(encoding="utf-8"))


def table(page: html.HtmlElement, caption: str) -> dict[str, list[str]]:
    """Its rows by their headings."""
    found = next(each for each in page.iter("table") if caption in each.findtext("caption", ""))
    rows = {}
    for row in found.findall("tbody/tr"):
        name, *cells = (" ".join(cell.text_content().split()) for cell in row)
        rows[name] = cells
    return rows


def test_the_triangle_stands_on_the_page(page: html.HtmlElement) -> None:
    rows = table(page, "Each month as first published")
    verdict = "Within usual range; now worth a look: may be better"
    assert rows["January 2017"] == ["66.7% on 3 February 2017", "81.3%", "81.3%", "not told", verdict]
    assert rows["December 2016"][-1] == "stands"
    assert len(rows) == 13


def test_a_month_that_was_revised_is_marked_in_the_table_under_the_chart(page: html.HtmlElement) -> None:
    rows = table(page, "[r] is revised since first published")
    assert rows["January 2017"] == ["81.3% [r]", "100 of 123"]
    assert "[r]" not in " ".join(rows["December 2016"])


def test_how_late_records_come_is_told_team_by_team(page: html.HtmlElement) -> None:
    assert table(page, "How late each team’s records come") == {"South East assessment": ["6", "35"]}


def test_the_first_page_leads_to_what_changed(site: Path) -> None:
    front = (site / "index.html").read_text(encoding="utf-8")
    assert re.search(r"Changed since first published<.*?icpc_15wd.html#revised", front, re.DOTALL)
    assert 'id="revised"' in (site / "icpc_15wd.html").read_text(encoding="utf-8")


def test_it_says_how_many_figures_were_judged_again(site: Path) -> None:
    """So that nobody takes the list for that of all figures."""
    edition = Edition.from_json((site / "edition.json").read_text(encoding="utf-8"))
    (icpc,) = [each for each in edition.pages if each.id == "icpc_15wd"]
    assert icpc.history is not None
    january, december, *rest = icpc.history.months
    flip = replace(december, verdicts=Verdicts("Within usual range", "Worth a look: may be better"))
    history = replace(icpc.history, months=(january, flip, *rest))
    others = [replace(each, history=history) if each is icpc else each for each in edition.pages]
    again = sum(each.history is not None for each in others)
    front = dict(pages(replace(edition, pages=tuple(others))))["index.html"]
    section = front.partition("Verdicts on earlier months that no longer stand")[2]
    assert f"The earlier months of {again} figure" in section[:200] and 0 < again < len(others)
    assert "1 verdict on earlier months, of 1 figure, does not stand." in section
    assert "0 of them are signals that came or went." in section
    assert "no longer stand" not in (site / "index.html").read_text(encoding="utf-8"), "where none has flipped"


def young(low: int, high: int) -> Line:
    drawn = line([50, 60] * 8)
    newest = replace(drawn.months[-1], provisional=True, still=(Decimal(low), Decimal(high)))
    return replace(drawn, months=(*drawn.months[:-1], newest))


def test_a_young_month_has_a_bar_behind_its_ring() -> None:
    plain, drawn = line([50, 60] * 8), young(55, 75)
    assert shapes(plain.wide(), "rect") == []
    (bar,) = shapes(drawn.wide(), "rect")
    ring = shapes(drawn.wide(), "circle")[-1]
    top, height = float(bar.get("y") or 0), float(bar.get("height") or 0)
    assert top < float(ring.get("cy") or 0) < top + height
    assert drawn.wide().index("<rect") < drawn.wide().rindex("<circle")


def test_the_scale_has_room_for_it() -> None:
    assert max(young(55, 140).values) == 140
