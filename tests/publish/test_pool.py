"""A pool on paper: pages, workbook and JSON say the same, of every authority, and rank nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import etree, html
from python_calamine import load_workbook

from compendium.commands.pool_report import as_text, check_folder, write_report
from compendium.errors import ComputeError
from compendium.indicators.loading import Catalogue
from compendium.pooling.pool import Pool
from compendium.pooling.reading import read_month_cells
from compendium.pooling.report import as_json
from compendium.publish.charts import funnel as chart
from compendium.publish.charts.placing import Label
from tests.pooling.drawn import JANUARY, catalogue, drawn_cells, pool_of, written

NAMES = ("Xshire", "Ambleton", "Mereham")


def drawn_pool(folder: Path) -> Pool:
    """Three authorities in no order, one of them by another definition of the shares; a fourth is missing."""
    paths = []
    for at, name in enumerate(NAMES):
        cells = [
            cell._replace(sourced=catalogue()[cell.indicator].bases, status="ok",
                          numerator=None if cell.category is None and cell.indicator == "mixes" else 10 * at + 5,
                          denominator=None if cell.category or cell.indicator == "counts" else 100 * (at + 1))
            for cell in drawn_cells(Random(at))
        ]  # fmt: skip
        if name == "Mereham":
            cells = [cell._replace(definition_version=2) if cell.indicator == "shares" else cell for cell in cells]
        paths.append(written(folder, f"10{at}", cells, name=name))
    expected = {**{f"10{at}": name for at, name in enumerate(NAMES)}, "109": "Silentford"}
    return pool_of(*paths, expected=expected)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Pool:
    return drawn_pool(tmp_path_factory.mktemp("cells"))


@pytest.fixture(scope="module")
def folder(pool: Pool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(pool, list(pool.figures()), tmp_path_factory.mktemp("pool") / "out").parent


def page(folder: Path, name: str) -> html.HtmlElement:
    return html.fromstring((folder / f"{name}.html").read_text(encoding="utf-8"))


def table(found: html.HtmlElement, caption: str) -> list[list[str]]:
    (one,) = found.xpath(f"//table[caption[contains(., '{caption}')]]")
    return [[cell.text_content().strip() for cell in row.xpath("./th|./td")] for row in one.xpath(".//tbody/tr")]


def sheets(folder: Path) -> dict[str, list[list[Any]]]:
    book = load_workbook(str(folder / "pool.xlsx"))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_who_is_missing_and_who_counts_otherwise_is_told_on_every_surface(pool: Pool, folder: Path) -> None:
    index, text = page(folder, "index"), as_text(pool, list(pool.figures()))
    assert table(index, "Authorities that are missing") == [["Silentford", "109", "sent no month cells"]]
    (left_out,) = table(index, "Not added up")
    assert left_out[:2] == ["Mereham", "its definition is version 2, not 1"]
    assert "MISSING: Silentford (109): sent no month cells" in text
    assert "NOT ADDED: Mereham, its definition is version 2, not 1: shares" in text
    told = json.loads((folder / "pool.json").read_text(encoding="utf-8"))
    assert [each["authority"] for each in told["missing"]] == ["109"]
    assert [row[:3] for row in sheets(folder)["Missing"][4:]] == [["109", "Silentford", "sent no month cells"]]
    assert {row[5] for row in sheets(folder)["Left_out"][4:]} == {"Mereham"}


def test_an_indicator_has_a_page_with_each_authority_by_name_and_all_others_beside_it(folder: Path) -> None:
    rows = table(page(folder, "shares"), "A title, in the month")
    # Xshire 5 of 100, Ambleton 15 of 200.
    assert [row[:4] for row in rows] == [
        ["Ambleton", "7.5%", "15 of 200", "5.0%"],
        ["Xshire", "5.0%", "5 of 100", "7.5%"],
    ]


def test_the_same_figures_stand_in_the_workbook_and_in_the_json(folder: Path) -> None:
    rows = [row for row in sheets(folder)["Authorities"][4:] if row[0] == "shares" and row[3] == "month"]
    assert [(row[5], row[7], row[8], row[10]) for row in rows] == [("Ambleton", 15, 200, 7.5), ("Xshire", 5, 100, 5)]
    told = json.loads((folder / "pool.json").read_text(encoding="utf-8"))
    (month,) = [each for each in told["figures"] if each["indicator"] == "shares" and each["basis"] == "month"]
    assert (month["numerator"], month["denominator"]) == (20, 300)
    assert [(each["authority"], each["value"], each["rest"]) for each in month["parts"]] == [
        ("101", 7.5, 5.0), ("100", 5.0, 7.5),
    ]  # fmt: skip


def test_what_is_never_added_is_told(folder: Path) -> None:
    never = {row[0] for row in table(page(folder, "index"), "Figures that are never added up")}
    assert never == {"Heads", "Middles"}
    assert {row[0] for row in sheets(folder)["Never_added"][4:]} == {"heads", "middles"}


def test_every_page_says_what_it_may_be_used_for(folder: Path) -> None:
    names = {path.stem for path in folder.glob("*.html")}
    assert names == {"index", "shares", "counts", "means", "mixes", "stocks", "turnover"}
    for name in names:
        assert "not for publication" in page(folder, name).xpath("string(//footer)")


def test_a_pool_replaces_only_a_pool(pool: Pool, tmp_path: Path) -> None:
    first = write_report(pool, list(pool.figures(["shares"])), tmp_path / "out")
    assert write_report(pool, list(pool.figures(["counts"])), tmp_path / "out") == first
    assert not (tmp_path / "out" / "shares.html").exists()
    (tmp_path / "other").mkdir()
    check_folder(tmp_path / "other")
    (tmp_path / "other" / "letter.docx").write_bytes(b"dear")
    with pytest.raises(ComputeError, match="the folder holds something else"):
        write_report(pool, [], tmp_path / "other")


def many(count: int) -> chart.Funnel:
    """Names that would lie upon one another if all were written."""
    units = [chart.Unit(f"Authority number {at}", Decimal(900 + at % 7), Decimal(60 + at % 5), chart.FILLED)
             for at in range(count)]  # fmt: skip
    units.append(chart.Unit("Smallville", Decimal(20), Decimal(52), chart.RING))
    limits = tuple(chart.Limit(size, (0, 20, 80, 100)) for size in (1.0, 1000.0))
    return chart.Funnel(
        "f", "A title", "What it shows.", "percent", "Out of", tuple(units), (Decimal(50), "All"), limits
    )


def shapes(svg: str, tag: str) -> list[etree._Element]:
    return etree.fromstring(svg).findall(f".//{tag}")


@pytest.mark.parametrize("count", [1, 20, 150])
def test_a_funnel_has_a_mark_for_each_authority_and_no_name_upon_another(count: int) -> None:
    for svg, is_wide in ((many(count).wide(), True), (many(count).narrow(), False)):
        assert len([each for each in shapes(svg, "polygon") if each.get("stroke")]) == count
        assert len(shapes(svg, "circle")) == 1
        names = [each for each in shapes(svg, "text") if (each.text or "").startswith("Authority")]
        assert 0 < len(names) <= count if is_wide else names == []
        boxes = [Label(each.text or "", float(each.get("x", 0)), float(each.get("y", 0))) for each in names]
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_limits_stay_within_the_frame() -> None:
    spots = [spot for line in shapes(many(5).wide(), "polyline") for spot in line.get("points", "").split()]
    heights = [float(spot.split(",")[1]) for spot in spots]
    assert min(heights) >= 16 and max(heights) <= 400 - 56


def test_one_authority_alone_is_told_by_a_table(tmp_path: Path) -> None:
    cells = [
        cell._replace(numerator=5, denominator=100, sourced=catalogue()[cell.indicator].bases, status="ok")
        for cell in drawn_cells(Random(1))
        if cell.indicator == "shares"
    ]
    alone = pool_of(written(tmp_path, "100", cells, name="Xshire"))
    folder = write_report(alone, list(alone.figures()), tmp_path / "out").parent
    assert not page(folder, "shares").xpath("//svg")
    assert table(page(folder, "shares"), "A title, in the month") == [
        ["Xshire", "5.0%", "5 of 100", "none", "no limits"]
    ]


def test_what_is_read_beside_a_figure_and_by_which_rules_is_told_on_every_surface(tmp_path: Path) -> None:
    whole = catalogue()
    shares = replace(whole["shares"], counterweight="stocks")
    heads = replace(whole["stocks"], counterweight="heads")
    chosen = Catalogue({**whole, "shares": shares, "stocks": heads}, whole.views, whole.rules)
    cells = [
        cell._replace(sourced=chosen[cell.indicator].bases, status="ok", numerator=3, denominator=10)
        for cell in drawn_cells(Random(1), indicators=[shares, heads])
    ]
    pool = Pool(chosen, {"stocks": {"days": 12}}, JANUARY, [
        read_month_cells(written(tmp_path, "100", [
            cell._replace(rules={"days": 12}) if cell.indicator == "stocks" else cell for cell in cells
        ]))
    ])  # fmt: skip
    figures = list(pool.figures(["shares", "stocks"]))
    told = "A title, at the month’s end: 30.0% (3 of 10)".replace("’", "'")
    never = "A title: never added up, for it counts children once each"
    rule = "Limit days: 12 (set here; the default is 10)"
    text = as_text(pool, figures)
    assert f"  shares: {told}" in text.replace("’", "'") and f"  stocks: {never}" in text and f"  {rule}" in text
    made = write_report(pool, figures, tmp_path / "out").parent
    assert f"Read beside it: {told}." in page(made, "shares").text_content().replace("’", "'")
    assert rule in page(made, "stocks").text_content()
    row = next(row for row in sheets(made)["Figures"][4:] if row[0] == "stocks")
    assert row[-2].startswith(never) and row[-1] == rule
    (one,) = [each for each in as_json(pool, figures)["figures"] if each["indicator"] == "stocks"]
    assert one["counterweight"] == "heads" and one["rules"] == {"days": {"value": 12, "default": 10}}


def test_a_name_that_would_run_somewhere_is_shown_as_it_is_written(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://x")<script>alert(1)</script>'
    cells = [
        cell._replace(sourced=catalogue()[cell.indicator].bases, status="ok")
        for cell in drawn_cells(Random(1))
        if cell.indicator == "counts"
    ]
    paths = [written(tmp_path, code, cells, name=f"{name} {code}") for code in ("100", "200")]
    pool = pool_of(*paths)
    made = write_report(pool, list(pool.figures(["counts"])), tmp_path / "out").parent
    for each in made.glob("*.html"):
        assert "<script>" not in each.read_text(encoding="utf-8")
    assert name in page(made, "counts").text_content()
    assert any(row[5] == f"{name} 100" for row in sheets(made)["Authorities"][4:])


def test_beside_every_percentage_of_the_first_page_stands_of_how_many(folder: Path) -> None:
    told = page(folder, "index").text_content()
    assert "6.7% (20 of 300)" in told
    assert told.count("% (") == told.count("%") - told.count("99.8%")


def test_without_a_list_of_who_is_expected_nobody_is_said_to_be_missing(tmp_path: Path) -> None:
    pool = pool_of(written(tmp_path, "100", drawn_cells(Random(1))))
    made = write_report(pool, list(pool.figures(["counts"])), tmp_path / "out").parent
    assert "missing" not in page(made, "index").xpath("string(//div[@class='counts'])")
