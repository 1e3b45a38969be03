"""What every page promises, read from the pages themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from compendium.edition.build import build_edition
from compendium.edition.edition import Unlisted
from compendium.indicators.figures import Figure
from compendium.publish.html.pages import MANY, chapter_file, pages
from compendium.publish.html.write import STYLE
from tests.edition.drawn import JANUARY, DrawnFigures, changed, snapshot, workspace

BANNER = "Synthetic: describes no real council, child or worker"


def read(site: Path) -> dict[str, html.HtmlElement]:
    return {path.name: html.fromstring(path.read_text(encoding="utf-8")) for path in sorted(site.glob("*.html"))}


@pytest.fixture(scope="module")
def read_pages(site: Path) -> dict[str, html.HtmlElement]:
    return read(site)


def test_there_is_a_page_for_each_chapter_and_indicator_and_four_besides(site: Path) -> None:
    names = {path.name for path in site.glob("*.html")}
    assert {"index.html", "all-figures.html", "ten-points.html", "data-and-definitions.html"} <= names
    assert {"contacts.html", "icpc_15wd.html", "chapter-front-door.html", "chapter-workforce.html"} <= names


def test_each_page_has_one_first_heading_a_title_a_language_and_a_way_past_the_navigation(
    read_pages: dict[str, html.HtmlElement],
) -> None:
    titles = set()
    for name, page in read_pages.items():
        assert len(page.xpath("//h1")) == 1, name
        assert page.get("lang") == "en-GB", name
        assert page.xpath("//main[@id='main']") and page.xpath("//a[@class='skip'][@href='#main']"), name
        titles.add(page.findtext(".//title"))
    assert len(titles) == len(read_pages)


def test_no_heading_skips_a_level(read_pages: dict[str, html.HtmlElement]) -> None:
    for name, page in read_pages.items():
        levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_every_page_says_that_it_is_synthetic(read_pages: dict[str, html.HtmlElement]) -> None:
    for name, page in read_pages.items():
        assert BANNER in page.xpath("string(//header)"), name
        assert BANNER in page.xpath("string(//footer)"), name


def test_a_real_council_is_not_called_synthetic() -> None:
    edition = build_edition(DrawnFigures(), workspace(synthetic=False), JANUARY, snapshot())
    assert all("Synthetic" not in text for _, text in pages(edition))


def test_every_chart_has_a_title_a_description_and_the_table_of_its_figures(
    read_pages: dict[str, html.HtmlElement],
) -> None:
    charts = 0
    for name, page in read_pages.items():
        for figure in page.xpath("//figure"):
            for picture in figure.xpath(".//*[local-name()='svg']"):
                charts += 1
                told = [page.get_element_by_id(each).text for each in picture.get("aria-labelledby").split()]
                assert len(told) == 2 and all(told), name
            tables = figure.xpath("(following::details)[1]//table | ancestor::div[1]/details//table")
            assert tables, f"{name}: {figure.xpath('string(figcaption)')}"
        assert page.xpath("//img") == [], name
    assert charts > 50


def test_marks_that_decorate_are_hidden_from_those_who_listen(read_pages: dict[str, html.HtmlElement]) -> None:
    for name, page in read_pages.items():
        for picture in page.xpath("//*[local-name()='svg'][not(@aria-labelledby)]"):
            assert picture.get("aria-hidden") == "true", name


def test_no_id_stands_twice_on_a_page(read_pages: dict[str, html.HtmlElement]) -> None:
    for name, page in read_pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name


def test_every_link_leads_somewhere_within_the_edition(site: Path, read_pages: dict[str, html.HtmlElement]) -> None:
    for name, page in read_pages.items():
        for target in page.xpath("//@href"):
            file, _, part = target.partition("#")
            assert (site / file).is_file() if file else True, f"{name}: {target}"
            if part:
                assert read_pages[file or name].xpath(f"//*[@id='{part}']"), f"{name}: {target}"


def test_nothing_comes_from_elsewhere_and_nothing_runs(site: Path) -> None:
    for path in site.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|@import|url\(", text), path.name
        assert "<script" not in text and "javascript:" not in text, path.name


def test_every_table_has_a_caption_and_its_cells_name_their_column(read_pages: dict[str, html.HtmlElement]) -> None:
    for name, page in read_pages.items():
        for table in page.xpath("//table"):
            assert table.findtext("caption"), name
            assert all(cell.get("data-label") for cell in table.xpath(".//td")), name
            assert all((cell.text_content()).strip() for cell in table.xpath(".//td|.//th")), name


def test_no_type_is_smaller_than_16_px(site: Path) -> None:
    sizes = re.findall(r"font(?:-size)?:\s*([\d.]+)(rem|px|pt|em|%)?", STYLE.read_text(encoding="utf-8"))
    smallest = {"rem": 1.0, "px": 16.0, "pt": 12.0, "em": 1.0, "%": 100.0}
    assert len(sizes) > 20
    assert [size for size in sizes if size[1] and float(size[0]) < smallest[size[1]]] == []
    for path in site.glob("*.html"):
        drawn = re.findall(r'font-size="([\d.]+)"', path.read_text(encoding="utf-8"))
        assert all(float(size) >= 16 for size in drawn), path.name


def test_a_team_of_fewer_than_five_is_given_no_percentage(read_pages: dict[str, html.HtmlElement]) -> None:
    rows = {
        row.xpath("string(th)"): [cell.text_content() for cell in row.xpath("td")]
        for row in read_pages["icpc_15wd.html"].xpath("//h2[.='Team by team']/following::table[1]//tr[td]")
    }
    assert rows["Family support"][0] == "too few"
    assert rows["Assessment"][0].endswith("%")


def test_polarity_stands_in_words(read_pages: dict[str, html.HtmlElement]) -> None:
    assert "Higher is worse here" in read_pages["rereferrals_12m.html"].text_content()
    assert "Higher is better here" in read_pages["icpc_15wd.html"].text_content()
    assert "Neither higher nor lower is better here" in read_pages["contacts.html"].text_content()


def test_a_percentage_never_stands_alone(read_pages: dict[str, html.HtmlElement]) -> None:
    text = " ".join(read_pages["icpc_15wd.html"].xpath("string(//div[@class='headline'])").split())
    assert text.startswith("81.3% 100 of 123 in January 2017.")


def test_a_chapter_gives_x_of_n_beside_each_of_its_percentages(read_pages: dict[str, html.HtmlElement]) -> None:
    cells = [
        " ".join(cell.text_content().split())
        for name, page in read_pages.items()
        if name == "all-figures.html" or name.startswith("chapter-")
        for cell in page.xpath("//table[contains(@class, 'glance')]//td[position() < 4]")
    ]
    shares = [each for each in cells if "%" in each]
    assert shares and all(re.match(r"[\d.]+% \([\d,.]+ of [\d,.]+\)", each) for each in shares)


def test_x_of_n_stands_beside_every_percentage_of_a_part() -> None:
    def few(figure: Figure) -> Figure:
        if figure.breakdown != ("age_band", "Under 1"):
            return figure
        return replace(figure, numerator=1, denominator=4, value=Decimal(25))

    edition = build_edition(DrawnFigures(change=changed(rereferrals_12m=few)), workspace(), JANUARY, snapshot())
    page: Any = html.fromstring(dict(pages(edition))["rereferrals_12m.html"])
    drawn = page.xpath("//figure[contains(string(figcaption), 'by age')]//*[local-name()='text']/text()")
    assert "too few" in drawn
    percentages = [text for text in drawn if "%" in text]
    assert percentages and all(re.fullmatch(r"[\d.]+% \([\d,]+ of [\d,]+\)", text) for text in percentages)


def test_a_chapter_and_an_indicator_of_the_same_title_are_told_apart() -> None:
    drawn = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot())
    chapter = drawn.chapters[0]
    named = replace(drawn, pages=tuple(replace(page, title=chapter.title) for page in drawn.pages))
    written = dict(pages(named))
    titles = [
        html.fromstring(written[name]).findtext(".//title")
        for name in (chapter_file(chapter), f"{chapter.indicators[0]}.html")
    ]
    assert titles == [
        f"Chapter: {chapter.title} - Compendium, January 2017",
        f"{chapter.title} - Compendium, January 2017",
    ]


@pytest.mark.parametrize(("points", "said"), [(80, "1 target missed"), (50, "2 targets missed")])
def test_one_is_not_many(points: int, said: str) -> None:
    def worse(figure: Figure) -> Figure:
        return replace(figure, value=Decimal(points))

    figures = DrawnFigures(
        change=changed(assessments_45wd=worse, sw_vacancy_rate=lambda each: replace(each, value=None))
    )
    page: Any = html.fromstring(dict(pages(build_edition(figures, workspace(), JANUARY, snapshot())))["index.html"])
    counts = " ".join(page.xpath("//div[@class='counts']")[0].xpath(".//text()"))
    assert said in " ".join(counts.split())


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        ([], None),
        ([Unlisted("Night", 3)], "1 team name is not in the list of teams; its cases count as countywide."),
        (
            [Unlisted("Away", 1), Unlisted("Night", 3)],
            "2 team names are not in the list of teams; their cases count as countywide.",
        ),
    ],
)
def test_team_names_that_are_not_known_are_told_where_the_data_are(teams: list[Unlisted], said: str | None) -> None:
    edition = replace(build_edition(DrawnFigures(), workspace(), JANUARY, snapshot()), unlisted_teams=tuple(teams))
    page: Any = html.fromstring(dict(pages(edition))["data-and-definitions.html"])
    assert bool(page.xpath("//h2[.='Which teams are not known?']")) is (said is not None)
    if said:
        assert said in page.xpath("//main//p/text()")
        rows = page.xpath("//table[contains(caption, 'Team names')]//tr[td]")
        assert [[cell.text_content() for cell in row] for row in rows] == [
            [each.name, str(each.rows)] for each in teams
        ]


@pytest.mark.parametrize(("many", "paragraphs"), [(MANY, 4), (MANY + 1, 1)])
def test_many_exceptions_are_each_told_in_one_paragraph(many: int, paragraphs: int) -> None:
    edition = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot())
    finding = replace(edition.findings[0], sentences=("One.", "Two.", "Three.", "Four."))
    page: Any = html.fromstring(dict(pages(replace(edition, findings=(finding,) * many)))["index.html"])
    told = page.xpath("(//article)[1]/div[1]/p[not(a)]")
    assert len(told) == paragraphs
    assert " ".join(each.text_content() for each in told) == "One. Two. Three. Four."
