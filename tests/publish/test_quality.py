"""The data-quality report on paper: pages and workbook say the same, and a child only where it was handed out."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest
from lxml import etree
from python_calamine import load_workbook

from compendium.commands.quality_report import as_text, check_folder, write_report
from compendium.errors import ComputeError
from compendium.publish.html.quality_pages import quality_pages
from compendium.publish.workbook.quality import write_quality_workbook
from compendium.record.checks.judging import FLAGGED
from compendium.record.checks.report import Report
from compendium.record.checks.rule import COULD_NOT_RUN
from compendium.record.checks.trend import Point
from tests.checks.reported import reported

TITLES = {"cin_open": "Children in need"}
MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return reported(tmp_path_factory.mktemp("counts"), children=False)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return reported(tmp_path_factory.mktemp("listed"), children=True)


def sheets(report: Report, folder: Path) -> dict[str, list[list[Any]]]:
    path = folder / "quality.xlsx"
    write_quality_workbook(report, path)
    book = load_workbook(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_surface_tells_the_three_results(counts: Report, tmp_path: Path) -> None:
    index = dict(quality_pages(counts, TITLES))["index.html"]
    rules = sheets(counts, tmp_path)["Rules"]
    text = as_text(counts)
    for told in ("A rule of the test", "A rule that passes", "A rule that cannot run", "no SSDA903 has been delivered"):
        assert told in index
    for told in ("flagged_rule", "A rule of the test", "no SSDA903 has been delivered: unjudged_rule"):
        assert told in text
    assert [(row[0], row[5], row[6], row[7]) for row in rules[4:]] == [
        ("flagged_rule", "flagged", 1, -1),
        ("passed_rule", "passed", 0, 0),
        ("unjudged_rule", "could not run", "not known", "not known"),
    ]
    assert "3 rules: 1 flagged, 1 could not run, 1 passed" in text
    assert "1 fewer" in index


def test_a_flagged_rule_has_a_page_with_its_history_and_what_it_endangers(counts: Report) -> None:
    pages = dict(quality_pages(counts, TITLES))
    assert set(pages) == {"index.html", "rule-flagged-rule.html"}
    page = pages["rule-flagged-rule.html"]
    for told in ("3 April 2017", "3 May 2017", "August 2016", "Children in need", "8805", "No team known"):
        assert told in page


def figures(page: str) -> list[etree._Element]:
    """The charts of a page as those see them who do not see them: by title, description and text."""
    return etree.HTML(page).findall(".//svg[@role='img']")


def test_a_rules_history_is_drawn_as_well_as_told(counts: Report) -> None:
    """Two rows as at April, one as at May: a bar each, drawn once for wide and once for narrow."""
    page = dict(quality_pages(counts, TITLES))["rule-flagged-rule.html"]
    drawn = figures(page)
    assert [each.get("class") for each in drawn] == ["ch w", "ch n"]
    for each in drawn:
        assert each.findtext("title") == "A rule of the test: rows flagged as at each delivery"
        assert each.findtext("desc") == "3 April 2017: 2; 3 May 2017: 1."
        words = [text.text for text in each.findall("text")]
        assert [words.index(day) for day in ("3 April 2017", "3 May 2017")] == [0, 2], "oldest first"
        before, now = (float(bar.get("width", "")) for bar in each.findall("rect"))
        assert before == pytest.approx(2 * now, abs=0.1)
    ids = [each.get("id") for each in etree.HTML(page).iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_one_delivery_has_no_history_to_draw(counts: Report) -> None:
    """Nor has a rule that could not run before: its table says so, and there is no bar of nought."""
    day = date(2017, 5, 3)
    for points, told in (((Point(day, 1),), 0), ((Point(date(2017, 4, 3), None), Point(day, 1)), 1)):
        line = replace(counts.of(FLAGGED)[0], trend=points)
        page = dict(quality_pages(replace(counts, lines=(line,)), TITLES))["rule-flagged-rule.html"]
        assert figures(page) == []
        assert page.count("could not run") == told


def test_the_first_page_draws_what_the_last_delivery_changed(counts: Report) -> None:
    first = dict(quality_pages(counts, TITLES))["index.html"]
    (wide, _) = figures(first)
    assert wide.findtext("desc") == "A rule of the test: 1, 1 fewer."
    heading, _, table = first.partition("What did the last delivery change?")[2].partition("<table")
    assert "Upright line: before the last delivery" in heading
    assert etree.HTML(f"<table{table}").xpath("(.//tbody)[1]/tr/td/text()") == ["1", "2", "1 fewer"]
    same = replace(counts, lines=tuple(replace(line, since_last=0) for line in counts.lines))
    assert "No rule is known to flag more or fewer rows" in dict(quality_pages(same, TITLES))["index.html"]
    of_team = replace(counts, team="NE1", lines=tuple(replace(line, since_last=None) for line in counts.lines))
    assert "last delivery change" not in dict(quality_pages(of_team, TITLES))["index.html"]


def test_the_screen_tells_more_than_two_deliveries_newest_first(counts: Report) -> None:
    told = "Rows as at each delivery, newest first"
    assert told not in as_text(counts), "the change since the last stands beside the count"
    line = counts.of(FLAGGED)[0]
    longer = replace(line, trend=(Point(date(2017, 3, 3), None), *line.trend))
    text = as_text(replace(counts, lines=(longer,)))
    assert told in text
    assert "1 (3 May 2017), 2 (3 April 2017), could not run (3 March 2017)" in text


def test_a_set_none_of_whose_rules_could_run_is_told_by_their_number(counts: Report) -> None:
    (line,) = counts.of(COULD_NOT_RUN)
    others = [replace(line, rule=replace(line.rule, id=name, set="ssda903")) for name in ("ssda903_1", "ssda903_2")]
    text = as_text(replace(counts, lines=(*counts.lines, *others)))
    assert "no SSDA903 has been delivered: unjudged_rule and all 2 of ssda903" in " ".join(text.split())
    assert "ssda903_1" not in text


def test_without_children_no_surface_knows_one(counts: Report, tmp_path: Path) -> None:
    first = write_report(counts, tmp_path / "report", TITLES)
    for path in first.parent.iterdir():
        content = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
        assert b"child-" not in content.replace(b"child-level", b""), path.name
    assert "holds no child’s record" in first.read_text(encoding="utf-8")


def test_with_children_every_surface_says_that_it_holds_personal_data(listed: Report, tmp_path: Path) -> None:
    pages = dict(quality_pages(listed, TITLES))
    assert all("holds personal data" in page for page in pages.values())
    assert '<a href="https://cases.example/child-%3C1%3E">child-&lt;1&gt;</a>' in pages["rule-flagged-rule.html"]
    assert "child" not in pages["index.html"].replace("child’s", "").replace("children", "").replace("describes", "")
    book = sheets(listed, tmp_path)
    assert any("holds personal data" in str(row[0]) for row in book["Cover"])
    assert [row[:3] for row in book["Records"][4:]] == [["child-<1>", "flagged_rule", "referral"]]


def test_the_workbook_is_of_the_form_that_everyone_can_read(listed: Report, tmp_path: Path) -> None:
    names = list(sheets(listed, tmp_path))
    assert names == ["Cover", "Contents", "Notes", "Rules", "Teams_and_months", "Trend", "Records"]
    with zipfile.ZipFile(tmp_path / "quality.xlsx") as archive:
        for number, name in enumerate(names, start=1):
            sheet = etree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            assert sheet.find("m:mergeCells", MAIN) is None, name
            assert sheet.find(".//m:f", MAIN) is None, "no formula"
            tables = sheet.findall(".//m:tablePart", MAIN)
            assert len(tables) == (0 if name in ("Cover", "Notes") else 1), name
    listed_in = [row[0] for row in sheets(listed, tmp_path)["Contents"][3:]]
    assert listed_in == [name for name in names if name not in ("Cover", "Contents")]


def test_no_part_of_a_workbook_lies_in_a_temporary_file(
    listed: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would hold children's ids, and stay there when the command is killed."""

    def refused(*given: object, **named: object) -> NoReturn:
        raise AssertionError("a temporary file was asked for")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    write_quality_workbook(listed, tmp_path / "quality.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["quality.xlsx"]


def test_no_cell_of_a_table_is_empty(listed: Report, tmp_path: Path) -> None:
    for name, rows in sheets(listed, tmp_path).items():
        first = {"Cover": 0, "Notes": 0, "Contents": 2}.get(name, 3)
        assert [row for row in rows[first:] if "" in row] == [], name


def test_a_report_replaces_only_a_report(counts: Report, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    first = write_report(counts, folder, TITLES)
    (folder / "left-over.html").write_text("old", encoding="utf-8")
    assert write_report(counts, folder, TITLES) == first
    assert not (folder / "left-over.html").exists()
    other = tmp_path / "other"
    other.mkdir()
    check_folder(other)
    (other / "letter.docx").write_bytes(b"dear")
    with pytest.raises(ComputeError, match="the folder holds something else"):
        write_report(counts, other, TITLES)
    assert [path.name for path in other.iterdir()] == ["letter.docx"]
