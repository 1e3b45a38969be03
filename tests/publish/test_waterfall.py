"""The waterfall: every step begins where the one before it ended, and nothing written is cut off."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.publish.charts.drawing import NARROW, WIDE, text_width
from compendium.publish.charts.waterfall import PALE, Step, Waterfall

BAR = re.compile(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="[\d.]+" fill="(\S+)" stroke="(\S+)"/>')
TEXT = re.compile(r'<text x="([-\d.]+)" y="[-\d.]+" fill="\S+"([^>]*)>([^<]*)</text>')


def drawn(first: int, steps: list[int], main: int | None = None, sense: str = "neither") -> Waterfall:
    made = tuple(Step(f"Part {at}", Decimal(size), f"{size:+,}", at == main) for at, size in enumerate(steps))
    last = first + sum(steps)
    return Waterfall(
        "slug", "A title", "What is in it.", Step("Expected for January", Decimal(first), f"{first:,}"), made,
        Step("In January 2017", Decimal(last), f"{last:,}"), sense,
    )  # fmt: skip


@given(first=st.integers(1, 6000), steps=st.lists(st.integers(-900, 2500), min_size=1, max_size=6))
def test_each_step_begins_where_the_one_before_ended_on_one_scale_from_0(first: int, steps: list[int]) -> None:
    for text, width in ((drawn(first, steps).wide(), WIDE), (drawn(first, steps).narrow(), NARROW)):
        bars = [(float(x), float(length)) for x, _, length, _, _ in BAR.findall(text)]
        assert len(bars) == len(steps) + 2
        edges = [(0, first), *_edges(first, steps), (0, first + sum(steps))]
        start = bars[0][0]
        longest = max(zip(bars, edges, strict=True), key=lambda each: abs(each[1][1] - each[1][0]))
        unit = longest[0][1] / abs(longest[1][1] - longest[1][0])
        zero = start if first >= 0 else start + bars[0][1]
        for (x, length), (begins, ends) in zip(bars, edges, strict=True):
            assert x == pytest.approx(zero + min(begins, ends) * unit, abs=0.3)
            assert length == pytest.approx(max(abs(ends - begins) * unit, 1), abs=0.3)
        for x, more, words in TEXT.findall(text):
            left = float(x) - (text_width(words, bold=True) if 'text-anchor="end"' in more else 0)
            assert left >= -1 and left + text_width(words, bold="bold" in more or "700" in more) <= width + 1


def _edges(first: int, steps: list[int]) -> list[tuple[int, int]]:
    made, at = [], first
    for step in steps:
        made.append((at, at + step))
        at += step
    return made


@pytest.mark.parametrize(("sense", "strong"), [("worse", "#b34700"), ("better", "#1660b0"), ("neither", "#4a1f73")])
def test_the_main_driver_is_solid_in_the_colour_of_the_verdict_and_the_others_pale_with_an_edge(
    sense: str, strong: str
) -> None:
    bars = BAR.findall(drawn(100, [80, 10, -5], main=0, sense=sense).wide())
    assert [(fill, edge) for *_, fill, edge in bars[1:4]] == [(strong, "none"), *[(PALE[sense], strong)] * 2]
    assert {fill for *_, fill, _ in (bars[0], bars[-1])} & {strong, PALE[sense]} == set()


def test_both_drawings_have_a_title_and_a_description() -> None:
    for text in (drawn(100, [20]).wide(), drawn(100, [20]).narrow()):
        assert "<title" in text and "A title" in text and "What is in it." in text
