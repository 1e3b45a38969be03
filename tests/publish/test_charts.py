"""Charts: three kinds, each to its rules of drawing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from compendium.calendar.months import month_end
from compendium.publish.charts import palette
from compendium.publish.charts.bars import Bar, Bars
from compendium.publish.charts.dots import Dots, Row
from compendium.publish.charts.drawing import text_width
from compendium.publish.charts.line import LEAST, Ahead, Event, Line, Month, Range
from compendium.publish.charts.placing import Label
from compendium.publish.charts.scale import Scale, ticks_for

JANUARY = date(2017, 1, 31)


def line(values: Sequence[int | None], kind: str = "count", **more: object) -> Line:
    months = tuple(
        Month(month_end(JANUARY, number + 1 - len(values)), None if value is None else Decimal(value), str(value))
        for number, value in enumerate(values)
    )
    return replace(Line("it", "A title", "A description.", kind, months), **more)  # type: ignore[arg-type]


def shapes(svg: str, tag: str) -> list[etree._Element]:
    return etree.fromstring(svg).findall(f".//{tag}")


def words(svg: str) -> list[str]:
    return [each.text or "" for each in shapes(svg, "text")]


def test_a_line_starts_at_nought_for_counts() -> None:
    assert line([900] * 20 + [1000]).starts_at == 0


def test_a_percentage_may_start_higher_in_steps_of_ten() -> None:
    assert line([79] * 20, "percent", target=(Decimal(95), "Target 95%")).starts_at == 70
    assert line([12] * 20, "percent").starts_at == 0


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=40),
    st.sampled_from(["percent", "count", "ratio", "money"]),
)
def test_the_scale_holds_every_value_with_three_to_six_lines(values: list[float], kind: str) -> None:
    ticks = ticks_for(values, kind)
    assert 3 <= len(ticks) <= 6
    assert ticks[0] <= min(values) and max(values) <= ticks[-1] + 1e-9
    steps = {round(after - before, 6) for before, after in pairwise(ticks)}
    assert len(steps) == 1


@given(st.floats(-1e6, 1e7), st.floats(-1e6, 1e7))
def test_any_range_of_values_has_a_scale(one: float, other: float) -> None:
    ticks = ticks_for([one, other], "share_gap")
    assert 3 <= len(ticks) <= 6
    assert ticks[0] <= min(one, other) + 1e-6 and max(one, other) <= ticks[-1] + 1e-6


def test_places_follow_values() -> None:
    scale = Scale((0.0, 50.0, 100.0), 200, 0)
    assert [scale.at(value) for value in (0, 25, 100)] == [200, 150, 0]


def test_the_line_breaks_where_there_is_no_source() -> None:
    whole, broken = line([5] * 20), line([5] * 8 + [None] * 2 + [5] * 10)
    assert len(shapes(whole.wide(), "polyline")) == 1
    assert len(shapes(broken.wide(), "polyline")) == 2


def test_a_month_between_two_gaps_is_still_seen_on_a_phone() -> None:
    lonely = line([5] * 10 + [None, 7, None] + [5] * 5)
    assert len(shapes(lonely.narrow(), "circle")) == len(shapes(line([5] * 20).narrow(), "circle")) + 1


def test_a_provisional_month_is_a_ring() -> None:
    months = line([5] * 20).months
    provisional = replace(months[-1], provisional=True)
    ring = shapes(replace(line([5] * 20), months=(*months[:-1], provisional)).wide(), "circle")[-1]
    assert (ring.get("fill"), ring.get("stroke")) == ("#ffffff", "#14191f")


def test_a_missed_target_is_a_square_and_its_line_is_named() -> None:
    missed = line([79] * 20, "percent", target=(Decimal(95), "Target 95%"), misses_target=True)
    assert len(shapes(missed.wide(), "rect")) == 1
    assert "Target 95%" in words(missed.wide())
    assert any(each.get("stroke-dasharray") for each in shapes(missed.wide(), "path"))


@pytest.mark.parametrize(
    ("set_on", "begins"), [(date(2010, 4, 1), 0), (date(2016, 10, 3), 16), (date(2017, 4, 1), None)]
)
def test_a_target_is_drawn_from_the_day_it_was_set(set_on: date, begins: int | None) -> None:
    drawn = line([79] * 20, "percent", target=(Decimal(95), "Target 95%"), target_since=set_on).wide()
    dashed = [each.get("d") or "" for each in shapes(drawn, "path") if each.get("stroke-dasharray")]
    assert len(dashed) == (0 if begins is None else 1)
    assert ("Target 95%" in words(drawn)) == (begins is not None)
    if begins:
        edge, end = (float(found) for found in re.findall(r"[ML]([\d.]+)", dashed[0]))
        assert 0.7 < edge / end < 0.9  # the 17th of 20 months


def test_fewer_than_thirteen_points_are_not_drawn() -> None:
    assert not line([5] * (LEAST - 1) + [None] * 10).can_be_drawn
    assert line([5] * LEAST).can_be_drawn


@pytest.mark.parametrize("values", [[5600] + [3000] * 33, [3000] * 33 + [5600], [0] * 34, [100] * 34])
def test_nothing_is_drawn_beyond_the_picture(values: list[int]) -> None:
    for kind in ("count", "percent"):
        plain = line([min(value, 100) if kind == "percent" else value for value in values], kind)
        foretold = replace(plain, ahead=fan(values[-1])) if kind == "count" else plain  # a stock is a count
        drawn = [(svg, width) for picture in (plain, foretold)
                 for svg, width in ((picture.wide(), 680), (picture.narrow(), 290))]  # fmt: skip
        for svg, width in drawn:
            height = float(etree.fromstring(svg).get("height") or 0)
            for each in shapes(svg, "text") + shapes(svg, "circle"):
                x, y = (float(each.get("x") or each.get("cx") or 0), float(each.get("y") or each.get("cy") or 0))
                assert 0 <= x <= width and 0 <= y <= height


def fan(point: int, months: int = 6, by: int = 20) -> tuple[Ahead, ...]:
    """Wider each month; a figure for the first three."""
    return tuple(
        Ahead(
            month_end(JANUARY, ahead),
            Decimal(point) if ahead <= 3 else None,
            Range(*(Decimal(point + by * ahead * way) for way in (-2, -1, 1, 2))),
        )
        for ahead in range(1, months + 1)
    )


def test_the_months_ahead_are_two_fans_and_a_dotted_line_that_ends_in_a_ring() -> None:
    picture = line([900] * 34, ahead=fan(900))
    for svg in (picture.wide(), picture.narrow()):
        areas = [each.get("points", "").split() for each in shapes(svg, "polygon")]
        assert [len(points) for points in areas] == [13, 13], "the newest month, and six over and under"
        ring = next(each for each in shapes(svg, "circle") if each.get("stroke"))
        newest, third = areas[0][0].split(",")[0], areas[0][3].split(",")[0]
        assert float(newest) < float(third) == float(ring.get("cx", 0))
    assert {"1,140", "660", "900 in January 2017", "Jul 2017"} <= set(words(picture.wide()))


def test_the_scale_holds_the_months_ahead() -> None:
    assert max(ticks_for(line([900] * 34, ahead=fan(900, by=60)).values, "count")) >= 900 + 2 * 6 * 60


def test_a_dated_event_is_a_dotted_upright_between_two_months_with_its_name() -> None:
    plain = line([900] * 34)
    picture = replace(plain, events=(Event(date(2016, 11, 1), "A freeze"), Event(date(2010, 1, 1), "Long ago")))
    for svg in (picture.wide(), picture.narrow()):
        assert "A freeze" in words(svg) and "Long ago" not in words(svg)
        upright = next(each.get("d", "") for each in shapes(svg, "path") if each.get("stroke") == palette.TEAL)
        start, end = (float(spot.split()[0]) for spot in upright.removeprefix("M").split("L"))
        assert start == end
    assert float(etree.fromstring(picture.wide()).get("height", 0)) > float(
        etree.fromstring(plain.wide()).get("height", 0)
    )


def test_an_upright_runs_through_no_value() -> None:
    """The newest value of a narrow drawing stands where the event of a month before has its upright."""
    picture = line([900] * 34, events=(Event(date(2016, 12, 1), "A freeze"),))
    svg = etree.fromstring(picture.narrow())
    value = next(each for each in svg.findall(".//text") if each.text == "900")
    right, baseline = float(value.get("x", 0)), float(value.get("y", 0))
    left = right - text_width("900", bold=True)
    uprights = [each.get("d", "").removeprefix("M").split("L") for each in svg.findall(".//path")
                if each.get("stroke") == palette.TEAL]  # fmt: skip
    ends = [[float(end.split()[1]) for end in each] for each in uprights]
    assert all(left <= float(each[0].split()[0]) <= right for each in uprights), "else nothing could cross"
    assert len(ends) == 2 and not any(top < baseline and bottom > baseline - 13 for top, bottom in ends)


def test_names_of_events_stand_in_rows_and_long_ones_in_lines() -> None:
    names = ("Safeguarding hub opened", "Freeze on agency recruitment for the whole of the county", "A third")
    events = tuple(Event(date(2016, 10 + at, 3), name) for at, name in enumerate(names))
    for svg, width in ((line([900] * 34, events=events).wide(), 680), (line([900] * 34, events=events).narrow(), 290)):
        told = [each for each in shapes(svg, "text") if each.get("fill") == palette.TEAL]
        rows = [float(each.get("y", 0)) for each in told]
        assert len(set(rows)) == len(rows) and min(rows) > 13
        assert all(text_width(each.text or "") <= width for each in told)
        assert " ".join(each.text or "" for each in told[:1]) == names[0]


def test_titles_are_escaped() -> None:
    assert "&lt;b&gt;" in line([5] * 20, title="<b>").wide()


def test_bars_start_at_nought_and_keep_their_order() -> None:
    bars = Bars("it", "T", "D", (Bar("small", Decimal(10), "10"), Bar("large", Decimal(40), "40", Decimal(20))))
    first, second = shapes(bars.wide(), "rect")
    assert float(second.get("width") or 0) == pytest.approx(4 * float(first.get("width") or 0), rel=0.01)
    assert first.get("x") == second.get("x")
    assert [each for each in words(bars.wide()) if each in ("small", "large")] == ["small", "large"]


def test_bars_of_nothing_are_not_drawn() -> None:
    assert not Bars("it", "T", "D", (Bar("none", Decimal(0), "0"),)).can_be_drawn


def test_a_row_of_too_few_has_words_and_no_mark() -> None:
    rows = (Row("A team", "NE", Decimal(80), "80%"), Row("B team", "NE", None, "too few"))
    dots = Dots("it", "T", "D", "percent", rows)
    assert len(shapes(dots.wide(), "circle")) == 1
    assert "too few" in words(dots.wide())


def test_a_row_of_two_shares_has_a_dot_and_a_ring() -> None:
    dots = Dots("it", "T", "D", "percent", (Row("SE", "", Decimal(30), "30% against 25%", Decimal(25)),))
    fills = sorted(each.get("fill") or "" for each in shapes(dots.wide(), "circle"))
    assert fills == ["#14191f", "#ffffff"]


def test_the_two_drawings_have_ids_of_their_own() -> None:
    picture = line([5] * 20)
    wide, narrow = (set(re.findall(r' id="([^"]+)"', svg)) for svg in (picture.wide(), picture.narrow()))
    assert len(wide) == len(narrow) == 2 and not wide & narrow


@pytest.mark.parametrize(
    "values",
    [
        [88, 89, 90, 88] * 6 + [89, 80],  # falls at the end: the value goes below the line
        [60, 70, 65, 72] * 6 + [75, 79],  # rises towards the target: not upon the dashed line
        [22, 23, 22, 23] * 6 + [24, 26],
    ],
)
def test_words_find_a_place_that_no_line_crosses(values: list[int]) -> None:
    picture = line(values, "percent", target=(Decimal(85), "Target 85%"), misses_target=True)
    svg = picture.narrow()
    series = [
        tuple(float(number) for number in pair.split(","))
        for pair in (shapes(svg, "polyline")[0].get("points") or "").split()
    ]
    for each in shapes(svg, "text"):
        if each.text in ("Target 85%", str(values[-1])):
            width = text_width(each.text or "", bold=True)
            left = float(each.get("x") or 0) - (width if each.get("text-anchor") == "end" else 0)
            label = Label(each.text or "", left, float(each.get("y") or 0))
            assert not label.is_crossed([(x, y) for x, y in series])


def test_a_line_through_words_is_noticed_and_a_gap_is_none() -> None:
    label = Label("81.3%", 100, 100)
    assert label.is_crossed([(90, 95), (200, 95)])
    assert not label.is_crossed([(90, 120), (200, 120)])
    assert not label.is_crossed([(90, 95), None, (200, 95)])
