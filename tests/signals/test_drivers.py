"""What made the difference, part by part: exact in sum, and a main driver only where chance would not name one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from statistics import fmean, stdev
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from compendium.calendar.months import month_end
from compendium.signals.chart import Chart, Month, chart
from compendium.signals.drivers import (
    SURE,
    Part,
    Split,
    chance_limit,
    in_whole_steps,
    main_driver,
    split_count,
    split_share,
)
from compendium.signals.season import predicted

NEWEST = date(2017, 1, 31)
PER_CENT = Fraction(100)


def ends(count: int) -> list[date]:
    return [month_end(NEWEST, at + 1 - count) for at in range(count)]


def count_chart(parts: Mapping[Any, Sequence[int]], seasonal: bool = False, stock: bool = False) -> Chart:
    totals = [float(sum(month)) for month in zip(*parts.values(), strict=True)]
    months = [Month(end, total) for end, total in zip(ends(len(totals)), totals, strict=True)]
    return chart(months, is_share=False, is_count=True, is_stock=stock, seasonal=seasonal)


def of_count(parts: Mapping[Any, Sequence[int]], expected: int, seasonal: bool = False) -> Split[Any]:
    made = split_count(
        count_chart(parts, seasonal), {name: Part(each) for name, each in parts.items()}, Fraction(expected)
    )
    assert made is not None
    return made


def of_share(parts: Mapping[Any, Sequence[tuple[int, int]]]) -> Split[Any]:
    wholes = [tuple(map(sum, zip(*month, strict=True))) for month in zip(*parts.values(), strict=True)]
    months = [Month(end, 100 * x / n, x, n) for end, (x, n) in zip(ends(len(wholes)), wholes, strict=True)]
    split = split_share(
        chart(months, is_share=True, is_count=False),
        {name: Part([x for x, _ in each], [n for _, n in each]) for name, each in parts.items()},
        PER_CENT,
    )
    assert split is not None
    return split


# By hand ----------------------------------------------------------------------------------------------------------


def test_a_part_of_a_count_contributes_what_it_was_less_what_was_expected_of_it() -> None:
    """Police 48 to 52 and schools 28 to 32 a month, 80 in all; 100 expected, 150 came."""
    split = of_count({"police": [48, 52] * 12 + [110], "schools": [28, 32] * 12 + [40]}, expected=100)
    police, schools = split.parts["police"], split.parts["schools"]
    assert (police.expected, schools.expected) == (Fraction(100 * 50, 80), Fraction(100 * 30, 80))  # 62.5 and 37.5
    assert (float(police.all), float(schools.all), float(split.difference)) == (47.5, 2.5, 50)
    assert police.usual == Fraction(5, 8) and split.share("police") == 0.95
    assert split.excess("police") == pytest.approx(0.95 - 0.625)
    assert main_driver([split], parts=2) == (0, "police")


def test_a_part_of_a_share_contributes_by_its_weight_and_by_its_own_share() -> None:
    """Of two teams of 100 each, 80 and 60 in time: 70%. Now of 150 and 50, 75 and 30: 52.5%."""
    usual = {"one": [(80, 100)] * 24, "two": [(60, 100)] * 24}
    split = of_share({"one": [*usual["one"], (75, 150)], "two": [*usual["two"], (30, 50)]})
    one, two = split.parts["one"], split.parts["two"]
    assert (float(one.expected), float(one.now), float(two.now)) == pytest.approx((80, 50, 60))
    # its own share fell 30 points at a weight of (0.5 + 0.75) / 2
    assert float(one.rate) == pytest.approx(-30 * 0.625) and two.rate == pytest.approx(0)
    # its weight grew by 0.25 at (80 + 50) / 2 = 65% where (70 + 52.5) / 2 = 61.25% is the middle
    assert float(one.mix) == pytest.approx(0.25 * 3.75) and float(two.mix) == pytest.approx(-0.25 * -1.25)
    assert float(split.difference) == pytest.approx(-17.5)
    assert sum(each.all for each in split.parts.values()) == split.difference


def test_parts_that_undo_one_another_are_told_apart() -> None:
    """A team's cases go to a new one: neither made the whole higher."""
    split = of_count(
        {"old": [48, 52] * 12 + [5], "new": [1, 0] * 12 + [50], "other": [20, 24] * 12 + [22]}, expected=72
    )
    assert split.undoes_itself
    assert main_driver([split], parts=3) is None


def test_with_fewer_than_13_months_before_no_part_is_the_driver() -> None:
    def driver(months: int) -> object:
        wobble = [48, 52, 50, 47, 53] * 3
        split = of_count({"police": [*wobble[:months], 150], "schools": [*wobble[1 : months + 1], 50]}, expected=100)
        return main_driver([split], parts=2)

    assert (driver(12), driver(13)) == (None, (0, "police"))


def test_what_moves_everything_alike_has_no_driver() -> None:
    """The larger of two makes most of the difference, as it makes most of anything."""
    split = of_count({"police": [480, 520] * 12 + [700], "schools": [190, 210] * 12 + [280]}, expected=700)
    assert split.share("police") > 0.7 and split.parts["police"].rate > 6 * 20
    assert main_driver([split], parts=2) is None


def test_of_two_that_are_nearly_as_good_the_first_split_tells_it() -> None:
    noise = [3, -2, 1, -4, 2, 0, -1, 4, -3, 0, 2, -2] * 2
    area = of_count({"SE": [100 + n for n in noise] + [300], "NE": [100 - n for n in noise] + [101]}, expected=200)
    within = of_count(
        {"SE police": [96 + n for n in noise] + [296], "SE others": [4] * 25, "NE": [100 - n for n in noise] + [101]},
        expected=200,
    )
    assert main_driver([area, within], parts=5) == (0, "SE")
    assert main_driver([within, area], parts=5) == (0, "SE police")


def test_a_seasons_own_prediction_is_expected_of_a_part() -> None:
    """Schools are shut in August: fewer from them is nothing that was not expected."""
    count, newest = 48, date(2016, 8, 31)
    months = [month_end(newest, at + 1 - count) for at in range(count)]
    schools = [60 + at % 3 if end.month == 8 else 200 + at % 5 for at, end in enumerate(months)]
    police = [300 + at % 7 for at in range(count)]
    police[-1] += 120
    totals = [float(a + b) for a, b in zip(schools, police, strict=True)]
    made = chart(
        [Month(*each) for each in zip(months, totals, strict=True)], is_share=False, is_count=True, seasonal=True
    )
    assert made.method == "season" and made.limits[-1] is not None
    split = split_count(
        made, {"schools": Part(schools), "police": Part(police)}, Fraction(round(made.limits[-1].middle))
    )
    assert split is not None and abs(split.parts["schools"].all) < 15
    assert main_driver([split], parts=2) == (0, "police")


def test_what_was_expected_of_a_part_of_a_stock_is_what_it_was_the_month_before() -> None:
    """It has drifted from 200 to 430, which was no surprise; that 40 more are there than last month is one."""
    one = [100 + 4 * at + at % 3 for at in range(30)]
    parts = {"one": [*one, one[-1] + 40], "other": [100 + 4 * at + (at + 1) % 3 for at in range(31)]}
    made = count_chart(parts, stock=True)
    assert made.method == "stock" and made.limits[-1] is not None
    split = split_count(made, {name: Part(each) for name, each in parts.items()}, Fraction(made.limits[-1].middle))
    assert split is not None
    assert {name: int(each.expected) for name, each in split.parts.items()} == {"one": one[-1], "other": 216}
    assert {name: int(each.all) for name, each in split.parts.items()} == {"one": 40, "other": 5}
    assert main_driver([split], parts=2) == (0, "one")


def test_the_past_of_a_stock_is_the_two_years_before_as_in_its_chart() -> None:
    """Steps of forty, years ago, hide no step of thirty now: the chart has forgotten them, and so has the search."""
    late, grows = [100 + at % 2 for at in range(30)] + [130], [1000 + 8 * at for at in range(61)]
    wild = [100 + 40 * abs(at % 10 - 5) for at in range(30)]

    def chance(early: Sequence[int]) -> float:
        parts = {"a": [*early, *late], "b": grows}
        made = count_chart(parts, stock=True)
        assert made.method == "stock"
        before = sum(each[-2] for each in parts.values())
        split = split_count(made, {name: Part(each) for name, each in parts.items()}, Fraction(before))
        assert split is not None
        return split.chances["a"]

    assert chance(wild) == chance(late[:30]) < 0.001


def test_the_past_begins_where_the_baseline_was_set_anew() -> None:
    """Twenty months ago the schools began to name twice as many; that was decided to be the new usual."""
    parts = {"police": [98, 102] * 22 + [180], "schools": [28, 32] * 12 + [58, 62] * 10 + [60]}
    totals = [float(sum(month)) for month in zip(*parts.values(), strict=True)]
    months = [Month(end, total) for end, total in zip(ends(45), totals, strict=True)]
    made = chart(months, is_share=False, is_count=True, rebased=[24])
    split = split_count(made, {name: Part(each) for name, each in parts.items()}, Fraction(160))
    assert split is not None and {name: int(each.expected) for name, each in split.parts.items()} == {
        "police": 100, "schools": 60,
    }  # fmt: skip
    assert main_driver([split], parts=2) == (0, "police")


# Always -----------------------------------------------------------------------------------------------------------


@given(
    parts=st.lists(st.lists(st.integers(0, 400), min_size=27, max_size=27), min_size=2, max_size=6),
    expected=st.integers(1, 2000),
)
def test_the_parts_of_a_count_add_up_exactly(parts: list[list[int]], expected: int) -> None:
    named = dict(enumerate(parts))
    made = split_count(count_chart(named), {at: Part(each) for at, each in named.items()}, Fraction(expected))
    if made is None:
        assert not any(any(each[:24]) for each in parts)
        return
    assert sum(each.all for each in made.parts.values()) == made.now - expected == made.difference
    assert sum(each.expected for each in made.parts.values()) == expected
    assert sum(each.usual for each in made.parts.values()) == 1


CASES = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(parts=st.lists(st.lists(CASES, min_size=26, max_size=26), min_size=2, max_size=5))
def test_the_parts_of_a_share_add_up_exactly(parts: list[list[tuple[int, int]]]) -> None:
    parts = [*parts, [(20, 30)] * 26]
    split = of_share(dict(enumerate(parts)))
    assert sum(each.all for each in split.parts.values()) == split.difference
    middle = Fraction(of_chart(parts))
    assert split.expected == middle


def of_chart(parts: Sequence[Sequence[tuple[int, int]]]) -> float:
    """The middle of the whole's chart, found the plain way: all cases of the first two years."""
    base = [month for part in parts for month in part[:24]]
    return 100 * (math.fsum(x for x, _ in base) / math.fsum(n for _, n in base))


@given(then=st.lists(CASES, min_size=2, max_size=5), now=st.lists(CASES, min_size=5, max_size=5))
def test_then_and_now_changed_round_only_turn_the_signs(
    then: list[tuple[int, int]], now: list[tuple[int, int]]
) -> None:
    """Two years of one kind and a month of the other, both ways."""
    one, other = [*then, (20, 30)], [*now[: len(then)], (15, 25)]
    there = of_share({at: [*[was] * 24, is_] for at, (was, is_) in enumerate(zip(one, other, strict=True))})
    back = of_share({at: [*[is_] * 24, was] for at, (was, is_) in enumerate(zip(one, other, strict=True))})
    for name, part in there.parts.items():
        assert float(part.mix) == pytest.approx(-float(back.parts[name].mix), abs=1e-9)
        assert float(part.rate) == pytest.approx(-float(back.parts[name].rate), abs=1e-9)


@given(amounts=st.lists(st.fractions(-50, 50), min_size=1, max_size=9), more=st.sampled_from((0, 1)))
def test_what_is_shown_adds_up_and_is_never_a_whole_step_away(amounts: list[Fraction], more: int) -> None:
    whole = math.floor(sum(amounts)) + (more if sum(amounts).denominator > 1 else 0)
    shown = in_whole_steps(amounts, whole)
    assert sum(shown) == whole
    assert all(abs(step - exact) < 1 for step, exact in zip(shown, amounts, strict=True))


def test_the_largest_remainders_get_what_is_left_over() -> None:
    assert in_whole_steps([Fraction("1.5"), Fraction("1.3"), Fraction("-0.2"), Fraction("2.4")], 5) == [2, 1, 0, 2]


def test_the_limit_is_sidaks() -> None:
    assert (1 - chance_limit(1), chance_limit(20)) == pytest.approx((SURE, 1 - SURE ** (1 / 20)))


# The slow way -----------------------------------------------------------------------------------------------------


@given(seed=st.integers(0, 10**6), seasonal=st.booleans())
def test_the_chance_of_a_part_is_what_the_slow_way_finds(seed: int, seasonal: bool) -> None:
    draw = np.random.default_rng(seed)
    parts = {name: [int(each) for each in draw.poisson(level, 48)] for name, level in (("a", 80), ("b", 200))}
    parts["a"][-1] += 90
    made = count_chart(parts, seasonal)
    assert made.limits[-1] is not None
    split = of_count(parts, round(made.limits[-1].middle), seasonal)
    if "a" in split.chances:
        assert split.chances["a"] == pytest.approx(slowly(parts, "a", seasonal), rel=1e-6)


def slowly(parts: Mapping[str, Sequence[int]], name: str, seasonal: bool) -> float:
    base = range(47) if seasonal else range(24)
    x, whole = parts[name], [sum(month) for month in zip(*parts.values(), strict=True)]
    share = (sum(x[m] for m in base) + 0.5) / (sum(whole[m] for m in base) + 1)
    apart = [(x[m] - share * whole[m]) / (share * (1 - share) * whole[m]) ** 0.5 for m in (*base, 47)]
    if seasonal:
        before = [(end, float(value)) for end, value in zip(ends(48), x, strict=True)]
        found = predicted(before, NEWEST)
        assert found is not None
        reach = math.log(found.outer[1] / found.expected) / student.ppf(0.9985, found.months - 5)
        alone = 2 * student.sf(abs(math.log(x[-1] / found.expected)) / reach, found.months - 5)
    else:
        alone = tail([x[m] / fmean(x[m] for m in base) ** 0.5 for m in (*base, 47)])
    return float(max(alone, tail(apart)))


def tail(scores: Sequence[float]) -> float:
    *past, last = scores
    moving = fmean(abs(b - a) for a, b in pairwise(past)) / 1.128
    spread = max(1.0, stdev(past), moving) * (1 + 1 / len(past)) ** 0.5
    return float(2 * student.sf(abs(last - fmean(past)) / spread, len(past) - 1))


@given(
    then=st.lists(st.lists(CASES, min_size=24, max_size=24), min_size=2, max_size=4),
    now=st.lists(CASES, min_size=4, max_size=4),
)
def test_what_a_part_of_a_share_contributes_is_what_the_plain_way_finds(
    then: list[list[tuple[int, int]]], now: list[tuple[int, int]]
) -> None:
    """Mix and rate together are how far a part's cases lie from the middle between then and now, now less then."""
    parts = [*then, [(20, 30)] * 24]
    newest = [*now[: len(then)], (15, 25)]
    split = of_share({at: [*part, last] for at, (part, last) in enumerate(zip(parts, newest, strict=True))})
    pooled = [(sum(x for x, _ in part), sum(n for _, n in part)) for part in parts]
    cases = [sum(n for _, n in each) for each in (pooled, newest)]
    middle = sum(sum(x for x, _ in each) / whole for each, whole in zip((pooled, newest), cases, strict=True)) / 2
    for at, part in split.parts.items():
        was, is_ = (
            (each[at][0] - middle * each[at][1]) / whole for each, whole in zip((pooled, newest), cases, strict=True)
        )
        assert float(part.all) == pytest.approx(100 * (is_ - was), abs=1e-9)


# By simulation ----------------------------------------------------------------------------------------------------

AREAS, SOURCES, MONTHS = 4, 6, 48
FOUND = 0.85  # of planted drivers, at least


@pytest.mark.parametrize(
    "kind", ["few", "many", "season", "stock", "all alike", "stock all alike", "shares", "shares all alike"]
)
def test_where_no_part_changed_none_is_named_as_seldom_as_is_said(kind: str, seed: int, full_counts: bool) -> None:
    """Whether the whole is as usual or two fifths higher. Three deviations of the count itself are allowed for."""
    draw, number = np.random.default_rng(seed), 1000 if full_counts else 60
    named = sum(searched(kind, draw) is not None for _ in range(number))
    allowed = (1 - SURE) * number
    assert named <= allowed + 3 * math.sqrt(allowed)


@pytest.mark.parametrize("kind", ["planted", "planted in a season", "planted in a stock", "planted among shares"])
def test_a_planted_driver_is_found_and_no_other_is_named(kind: str, seed: int, full_counts: bool) -> None:
    """Half as much again as the whole, from one source in one area; of shares, the largest team halves its own. It is
    found in 85 of 100 searches, less three deviations of the count itself."""
    draw, number = np.random.default_rng(seed), 500 if full_counts else 40
    found = [searched(kind, draw) for _ in range(number)]
    right = [each for each in found if each is not None and each[1] in ((0, 0), ("area", 0), ("source", 0))]
    assert len(right) >= FOUND * number - 3 * math.sqrt(FOUND * (1 - FOUND) * number)
    assert sum(each is not None for each in found) - len(right) <= 0.05 * number


def searched(kind: str, draw: np.random.Generator) -> tuple[int, Any] | None:
    """Areas, sources, and sources within areas: 34 parts."""
    if "shares" in kind:
        return searched_shares(kind, draw)
    level = {"few": 60, "many": 1200}.get(kind, 600)
    numbers = np.zeros((AREAS, SOURCES, MONTHS), int)
    areas, sources = draw.dirichlet([5.0] * AREAS), draw.dirichlet([2.0] * SOURCES)
    if "stock" in kind:
        numbers[:, :, 0] = draw.poisson(level * np.outer(areas, sources))
        for at in range(1, MONTHS):  # one in twelve ends, and on average as many begin
            before = numbers[:, :, at - 1]
            numbers[:, :, at] = (
                before - draw.binomial(before, 1 / 12) + draw.poisson(level * np.outer(areas, sources) / 12)
            )
        if "alike" in kind:
            numbers[:, :, -1] = numbers[:, :, -1] * 6 // 5
    for at, end in enumerate(ends(MONTHS) if "stock" not in kind else ()):
        usual = level * (0.75 if "season" in kind and end.month == 8 else 1) * draw.normal(1, 0.05)
        usual *= 1.4 if kind == "all alike" and at == MONTHS - 1 else 1
        families = draw.poisson(usual * np.outer(areas, sources) * draw.normal(1, 0.08, (AREAS, SOURCES)) / 2)
        numbers[:, :, at] = families + draw.poisson(families)  # children come in families
    if "planted" in kind:
        numbers[0, 0, -1] += level // 2
    made = count_chart({0: [int(each) for each in numbers.sum(axis=(0, 1))]}, "season" in kind, "stock" in kind)
    assert made.limits[-1] is not None
    expected = Fraction(round(made.limits[-1].middle))
    splits = [split_count(made, way, expected) for way in ways(numbers)]
    return main_driver([each for each in splits if each is not None and each.difference], AREAS + SOURCES + 24)


def searched_shares(kind: str, draw: np.random.Generator) -> tuple[int, Any] | None:
    areas, sources = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.6, 0.2, 0.08, 0.06, 0.04, 0.02])
    sizes = draw.poisson(900 * np.outer(areas, sources)[:, :, None] * draw.normal(1, 0.05, MONTHS))
    chances = 0.7 + draw.normal(0, 0.02, MONTHS) + draw.normal(0, 0.03, (AREAS, SOURCES, MONTHS))
    if kind == "shares all alike":
        chances[:, :, -1] -= 0.15
    if "planted" in kind:
        chances[0, 0, -1] /= 2
    cases = draw.binomial(sizes, np.clip(chances, 0.02, 0.98))
    totals = [(int(x), int(n)) for x, n in zip(cases.sum(axis=(0, 1)), sizes.sum(axis=(0, 1)), strict=True)]
    months = [Month(end, 100 * x / n, x, n) for end, (x, n) in zip(ends(MONTHS), totals, strict=True)]
    made = chart(months, is_share=True, is_count=False)
    splits = [split_share(made, way, PER_CENT) for way in ways(cases, sizes)]
    return main_driver([each for each in splits if each is not None and each.difference], AREAS + SOURCES + 24)


def ways(*numbers: np.ndarray) -> list[dict[Any, Part]]:
    def part(area: Any, source: Any) -> Part:
        found = [each[area, source].reshape(-1, MONTHS).sum(axis=0).tolist() for each in numbers]
        return Part(*found)

    every = slice(None)
    return [
        {("area", area): part(area, every) for area in range(AREAS)},
        {("source", source): part(every, source) for source in range(SOURCES)},
        {(area, source): part(area, source) for area in range(AREAS) for source in range(SOURCES)},
    ]
