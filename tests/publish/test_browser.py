"""Every kind of page in a real browser, wide and narrow: axe-core's rules, no sideways scroll, readable charts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WIDTHS = (1200, 375, 320)
PAGES = (
    "index", "all-figures", "ten-points", "practice", "data-and-definitions", "chapter-front-door", "contacts",
    "eh_open", "sw_caseload_avg", "audit_grade_mix", "resource_by_quadrant",
)  # fmt: skip

CLASHES = """
  [...document.querySelectorAll('svg.ch')].filter(each => each.getClientRects().length).flatMap(svg => {
    const frame = svg.getBoundingClientRect()
    const boxes = [...svg.querySelectorAll('text')].map(each => [each.textContent, each.getBoundingClientRect()])
    const cut = boxes
      .filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
      .map(([text]) => 'cut: ' + text)
    const meet = (a, b) =>
      a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 5 && b.top < a.bottom - 5
    const over = boxes.flatMap(([one, a], i) =>
      boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => one + ' on ' + other))
    return [...cut, ...over]
  })
"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def opened(page: Page, site: Path, name: str, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((site / f"{name}.html").as_uri())
    return page


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.0 to 2.2 A and AA and its best practices, with every table open."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(found => found.violations)")
    return [f"{each['id']}: {each['help']} ({each['nodes'][0]['html'][:120]})" for each in found]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, site: Path, name: str, width: int) -> None:
    opened(page, site, name, width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["index", "rule-flagged-rule"])
def test_the_data_quality_pages_keep_to_the_same(page: Page, quality_site: Path, name: str, width: int) -> None:
    opened(page, quality_site, name, width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["index", "shares", "mixes"])
def test_the_pages_of_a_pool_keep_to_the_same(page: Page, pool_site: Path, name: str, width: int) -> None:
    opened(page, pool_site, name, width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_is_awake(page: Page) -> None:
    page.set_content("<html><body><img src='x'></body></html>")
    assert any(found.startswith("image-alt") for found in violations(page))


@pytest.mark.parametrize("width", [*WIDTHS, 1000, 781])
@pytest.mark.parametrize("name", ["index", "contacts", "sw_caseload_avg"])
def test_chart_text_is_never_smaller_than_16_px(page: Page, site: Path, name: str, width: int) -> None:
    opened(page, site, name, width)
    heights = page.evaluate(
        """[...document.querySelectorAll('svg.ch')].filter(each => each.getClientRects().length)
           .map(each => each.getBoundingClientRect().width / each.viewBox.baseVal.width)"""
    )
    assert heights
    assert min(heights) >= 0.999


@pytest.mark.parametrize("width", [1200, 320])
def test_no_word_of_a_chart_is_cut_or_lies_upon_another(page: Page, site: Path, width: int) -> None:
    for name in ("contacts", "cp_visits_10wd", "sw_caseload_avg", "resource_by_quadrant", "mash_timeliness", "eh_open"):
        opened(page, site, name, width)
        clashes = page.evaluate(CLASHES)
        assert clashes == [], name


def test_the_keyboard_reaches_the_way_past_the_navigation_first(page: Page, site: Path) -> None:
    opened(page, site, "index", 1200)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_on_paper_every_table_of_an_indicator_is_open(page: Page, site: Path) -> None:
    opened(page, site, "contacts", 1200)
    page.emulate_media(media="print")
    rows = page.locator("details table tr")
    assert rows.count() > 30
    assert all(box["height"] > 0 for box in (rows.nth(number).bounding_box() for number in (0, 10, 30)) if box)
    assert rows.nth(10).is_visible()
