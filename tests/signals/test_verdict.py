"""Which chart a figure gets, and what is said of its newest month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.calendar.months import month_end
from compendium.signals.chart import Chart, Month, chart
from compendium.signals.season import predicted
from compendium.signals.verdict import expected_by_chance, verdict

NEWEST = date(2017, 1, 31)
STEADY = [100.0, 104.0] * 12


def months(values: Sequence[float | None], newest: date = NEWEST) -> list[Month]:
    return [Month(month_end(newest, at + 1 - len(values)), value) for at, value in enumerate(values)]


def shares(pairs: Sequence[tuple[int, int]]) -> list[Month]:
    ends = [each.period for each in months([0.0] * len(pairs))]
    return [Month(end, 100 * x / n if n else None, x, n) for end, (x, n) in zip(ends, pairs, strict=True)]


def of_counts(values: Sequence[float | None], seasonal: bool = False) -> Chart:
    return chart(months(values), is_share=False, is_count=True, seasonal=seasonal)


def of_shares(pairs: Sequence[tuple[int, int]]) -> Chart:
    return chart(shares(pairs), is_share=True, is_count=False)


@pytest.mark.parametrize(
    ("made", "method", "why"),
    [
        (of_counts(STEADY[:12]), "none", "few_months"),
        (of_counts(STEADY[:13]), "xmr", ""),
        (of_counts([*[None] * 12, *STEADY[:12]]), "none", "few_months"),
        (of_counts([4.0, 5.0] * 12), "none", "few_cases"),
        (of_counts([5.0] * 24), "none", "flat"),
        (of_shares([(15, 30), (20, 30)] * 12), "p_prime", ""),
        (of_shares([(15, 29), (20, 29)] * 12), "binomial", ""),
        (of_shares([(2, 5), (3, 5)] * 12), "none", "few_cases"),
        (of_shares([(0, 400)] * 20 + [(1, 400)] * 4), "none", "few_cases"),  # next to none was ever counted
        (of_counts(STEADY, seasonal=True), "xmr", ""),  # two years are too few for a season
        (of_counts(STEADY + STEADY, seasonal=True), "season", ""),
    ],
)
def test_the_chart_follows_from_the_unit_and_the_size(made: Chart, method: str, why: str) -> None:
    assert (made.method, made.why_not) == (method, why)


@pytest.mark.parametrize(
    ("newest", "strength", "found", "sign"),
    [
        ([104.0], "usual", "", 0),
        ([109.5], "worth_a_look", "inner", 1),  # inner limit 102 + 1.96/3 · 10.64 = 108.95, outer 112.64
        ([112.6], "worth_a_look", "inner", 1),
        ([112.7], "signal", "outside", 1),
        ([91.0], "signal", "outside", -1),
        ([102.0, *[103.0] * 9], "signal", "run", 1),
        ([102.0, *[103.0] * 8], "worth_a_look", "run", 1),
        ([102.0, *[103.0] * 7], "worth_a_look", "run", 1),
        ([102.0, *[103.0] * 6], "usual", "", 0),
        ([102.0, *[101.0] * 9], "signal", "run", -1),
        ([102.0, 99.0, 100.0, 101.0, 102.5, 103.0, 104.0, 105.0], "worth_a_look", "trend", 1),
        ([None], "too_few", "", 0),
    ],
)
def test_the_ladder(newest: list[float | None], strength: str, found: str, sign: int) -> None:
    made = verdict(of_counts([*STEADY, *newest]), "neutral")
    assert (made.strength, made.found, made.sign, made.sense) == (strength, found, sign, "neither")


@pytest.mark.parametrize(
    ("polarity", "high", "low"),
    [
        ("higher_is_better", "better", "worse"),
        ("lower_is_better", "worse", "better"),
        ("neutral", "neither", "neither"),
    ],
)
def test_better_and_worse_follow_from_which_way_is_better(polarity: str, high: str, low: str) -> None:
    assert verdict(of_counts([*STEADY, 120.0]), polarity).sense == high
    assert verdict(of_counts([*STEADY, 80.0]), polarity).sense == low
    assert verdict(of_counts([*STEADY, 102.0]), polarity).sense == "neither"


def test_later_months_never_move_the_limits_they_are_judged_by() -> None:
    one, other = of_counts([*STEADY, 102.0, 102.0]), of_counts([*STEADY, 300.0, 102.0])
    assert one.limits[-1] == other.limits[-1] and one.baseline == 24


def test_a_series_begins_with_its_first_known_month_and_its_baseline_is_of_known_ones() -> None:
    late = of_counts([*[None] * 30, *STEADY[:20], None, None, *STEADY[:4], 300.0])
    assert late.limits[29] is None and late.limits[30] is not None
    assert late.baseline == 24 and late.limits[-1] == of_counts([*STEADY[:20], *STEADY[:4]]).limits[-1]
    assert verdict(late, "neutral").strength == "signal"
    ends = [each.period for each in months([0.0] * 60)]
    shared = chart(
        [*(Month(end, None) for end in ends[:30]), *shares([(15, 40), (20, 40)] * 15)], is_share=True, is_count=False
    )
    assert (shared.method, shared.baseline, shared.limits[0]) == ("p_prime", 24, None)


def test_a_count_has_no_limit_below_nought() -> None:
    made = of_counts([1.0, 20.0] * 12)
    assert made.limits[-1] is not None and made.limits[-1].outer[0] == 0


@pytest.mark.parametrize("is_share", [False, True])
def test_a_rebasing_after_few_months_leaves_those_without_limits(is_share: bool) -> None:
    pairs = [(40 + at % 5, 100) for at in range(30)]
    series = shares(pairs) if is_share else months([float(x) for x, _ in pairs])
    made = chart(series, is_share=is_share, is_count=not is_share, rebased=[2])
    assert made.limits[:2] == (None, None) and None not in made.limits[2:] and made.began == 2


@pytest.mark.parametrize("is_share", [False, True])
def test_what_came_before_the_chart_tells_nothing_of_what_is_usual(is_share: bool) -> None:
    pairs = [*[(70 + at % 3, 100) for at in range(30)], *[(40 + at % 5, 100) for at in range(30)]]
    series = shares(pairs) if is_share else months([float(x) for x, _ in pairs])
    whole = chart(series, is_share=is_share, is_count=not is_share, since=30)
    drawn = chart(series[30:], is_share=is_share, is_count=not is_share)
    assert (whole.limits[30:], whole.patterns[30:], whole.baseline) == (drawn.limits, drawn.patterns, drawn.baseline)
    assert whole.base == [at + 30 for at in drawn.base]


def test_what_came_before_the_chart_still_tells_how_a_stock_moves_and_what_the_season_is() -> None:
    stock = chart(months([float(each) for each in GROWN]), is_share=False, is_count=True, is_stock=True)
    since = chart(months([float(each) for each in GROWN]), is_share=False, is_count=True, is_stock=True, since=24)
    assert since == stock and stock.method == "stock"
    assert of_counts(STEADY + STEADY, seasonal=True) == chart(
        months(STEADY + STEADY), is_share=False, is_count=True, seasonal=True, since=24
    )


def test_after_a_rebasing_the_new_months_are_the_baseline() -> None:
    series = months([*STEADY, *([200.0, 204.0] * 8)])
    made = chart(series, is_share=False, is_count=True, rebased=[24])
    assert made.limits[-1] is not None and made.limits[-1].middle == 202
    too_late = chart(series, is_share=False, is_count=True, rebased=[30])
    assert too_late.limits[-1] is not None and too_late.limits[-1].middle == 102, "ten points are no baseline"


@given(size=st.integers(6, 29), share=st.floats(0.05, 0.95))
def test_the_exact_limits_leave_out_no_more_than_chance_may(size: int, share: float) -> None:
    """The slow way: every number of cases, with its chance."""
    numerator = min(max(round(size * share), 1), size - 1)
    made = of_shares([(numerator, size)] * 24)
    limit = made.limits[-1]
    assert limit is not None and made.method == "binomial"
    p = numerator / size
    chances = [comb(size, k) * p**k * (1 - p) ** (size - k) for k in range(size + 1)]
    for (low, high), tail in ((limit.inner, 0.025), (limit.outer, 0.0015)):
        below = sum(chance for k, chance in enumerate(chances) if 100 * k / size < low - 1e-9)
        above = sum(chance for k, chance in enumerate(chances) if 100 * k / size > high + 1e-9)
        assert below <= tail + 1e-12 and above <= tail + 1e-12


# A stock that grew by some 5 a month for four years, now a little more and now a little less.
GROWN = [1000.0 + 5 * at + (7 if at % 3 == 0 else -3 if at % 3 == 1 else 1) for at in range(48)]


def of_stock(values: Sequence[float | None]) -> Chart:
    return chart(months(values), is_share=False, is_count=True, is_stock=True)


@pytest.mark.parametrize(
    ("newest", "strength", "found", "sign"),
    [
        ([1240.0], "usual", "", 0),
        ([1275.0], "signal", "outside", 1),
        ([1200.0], "signal", "outside", -1),
        ([GROWN[-1] + 2 * at for at in range(10)], "signal", "run", 1),
        ([GROWN[-1] - 2 * at for at in range(10)], "signal", "run", -1),
        ([None, 1300.0], "too_few", "", 0),  # after a gap there is no month before
    ],
)
def test_a_stock_is_judged_by_its_steps_and_not_by_where_it_began(
    newest: list[float | None], strength: str, found: str, sign: int
) -> None:
    made = of_stock([*GROWN, *newest])
    result = verdict(made, "neutral")
    assert (made.method, result.strength, result.found, result.sign) == ("stock", strength, found, sign)


def test_a_stock_whose_months_have_nothing_to_do_with_each_other_is_charted_like_any_figure() -> None:
    assert of_stock([*STEADY, *STEADY]).method == "xmr"
    assert of_counts(GROWN).method == "xmr", "what happens in a month does not carry over"


def test_the_limits_of_a_stock_lie_three_deviations_of_its_steps_round_the_month_before() -> None:
    made = of_stock([1000.0, 1010.0, 1030.0, 1020.0, 1040.0, 1050.0, 1070.0, 1060.0, 1080.0, 1090.0, 1110.0, 1100.0,
                     1120.0])  # fmt: skip
    size = (10 + 20 + 10 + 20 + 10 + 20 + 10 + 20 + 10 + 20 + 10) / 11  # the newest step is not among them
    limit = made.limits[-1]
    assert limit is not None and limit.middle == 1100
    assert limit.outer == pytest.approx(
        (1100 - 3 * size * math.sqrt(math.pi / 2), 1100 + 3 * size * math.sqrt(math.pi / 2))
    )


def test_a_stock_that_has_come_to_move_in_larger_steps_is_judged_by_those_of_its_last_two_years() -> None:
    small = [1000.0 + at % 3 for at in range(30)]
    large = [1000.0 + 4 * at + (30 if at % 2 else 0) for at in range(30)]
    assert verdict(of_stock([*small, small[-1] + 25]), "neutral").strength == "signal"
    assert verdict(of_stock([*small, *large, large[-1] - 25]), "neutral").strength == "usual"


@pytest.mark.parametrize(
    ("at_first", "method", "why"), [(100, "stock", ""), (3, "none", "few_cases"), (297, "none", "few_cases")]
)
def test_a_stock_of_which_few_are_counted_is_not_judged_by_the_one_who_came(
    at_first: int, method: str, why: str
) -> None:
    pairs = [(at_first + (at // 3) % 4 - 1, 300) for at in range(36)]  # the same few people, month after month
    made = chart(shares(pairs), is_share=True, is_count=False, is_stock=True)
    assert (made.method, made.why_not) == (method, why)


def test_no_limit_of_a_share_passes_nought_or_a_hundred() -> None:
    for pairs in (
        [(1 + at // 4 + 2 * (at % 2), 60) for at in range(40)],
        [(59 - at // 4 - 2 * (at % 2), 60) for at in range(40)],
    ):
        made = chart(shares(pairs), is_share=True, is_count=False, is_stock=True)
        drawn = [limit.outer for limit in made.limits if limit is not None]
        assert made.method == "stock" and all(0 <= low < high <= 100 for low, high in drawn)
        assert any(low == 0 or high == 100 for low, high in drawn), "some limit would have passed them"


def seasonal(newest: date, spike: float = 1.0, count: int = 48) -> list[tuple[date, float | None]]:
    """August a quarter lower than other months, by the working days of each; the last one times the spike."""
    ends = [month_end(newest, at + 1 - count) for at in range(count)]
    usual = [300.0 if end.month == 8 else 400.0 for end in ends]
    wobble = [1.02 if at % 3 else 0.97 for at in range(count)]
    values = [value * each for value, each in zip(usual, wobble, strict=True)]
    return [*zip(ends[:-1], values[:-1], strict=True), (ends[-1], usual[-1] * spike)]


def test_a_spike_in_august_is_seen_though_it_looks_like_any_month() -> None:
    """The plain chart is blind to it."""
    series = seasonal(date(2016, 8, 31), 1.35)
    as_months = [Month(end, value) for end, value in series]
    plain = verdict(chart(as_months, is_share=False, is_count=True), "neutral")
    aware = verdict(chart(as_months, is_share=False, is_count=True, seasonal=True), "neutral")
    assert (plain.strength, aware.strength, aware.sign) == ("usual", "signal", 1)
    usual = [Month(end, value) for end, value in seasonal(date(2016, 8, 31))]
    assert verdict(chart(usual, is_share=False, is_count=True, seasonal=True), "neutral").strength == "usual"


def test_the_month_itself_is_never_in_its_own_prediction() -> None:
    one, other = seasonal(NEWEST), seasonal(NEWEST, 3.0)
    assert predicted(one, NEWEST) == predicted(other, NEWEST)
    assert predicted(one[:-1], NEWEST) == predicted(one, NEWEST)
    assert predicted(one[-36:], NEWEST) is None, "35 months before are too few"


def test_the_inner_band_lies_within_the_outer_and_holds_what_was_expected() -> None:
    made = predicted(seasonal(NEWEST), NEWEST)
    assert made is not None
    assert made.outer[0] < made.inner[0] < made.expected < made.inner[1] < made.outer[1]


def test_how_many_would_be_flagged_by_chance_counts_only_what_could_be() -> None:
    charts = [of_counts([*STEADY, 102.0]), of_counts([*STEADY, None]), of_counts(STEADY[:5])]
    assert expected_by_chance(charts) == expected_by_chance(charts[:1]) > 0


@pytest.mark.parametrize("kind", ["values", "counts", "shares", "few", "season", "walk", "fading"])
def test_a_series_in_which_nothing_happens_is_a_signal_as_seldom_as_is_said(
    kind: str, seed: int, full_counts: bool
) -> None:
    """By simulation, 48 months each. Three deviations of the count itself are allowed for."""
    draw, number = np.random.default_rng(seed), 4000 if full_counts else 300
    flagged, allowed = 0, 0.0
    for _ in range(number):
        made = _nothing_happens(kind, draw)
        flagged += verdict(made, "neutral").strength == "signal"
        allowed += expected_by_chance([made])
    assert flagged <= allowed + 3 * math.sqrt(allowed)


def _nothing_happens(kind: str, draw: np.random.Generator) -> Chart:
    match kind:
        case "values":
            drawn = months([float(each) for each in draw.normal(15, 1, 48)])
            return chart(drawn, is_share=False, is_count=False)
        case "counts":
            drawn = months([float(each) for each in draw.poisson(draw.integers(8, 400), 48)])
            return chart(drawn, is_share=False, is_count=True)
        case "walk" | "fading":
            kept, stock = (1.0 if kind == "walk" else draw.uniform(0.6, 0.95)), [0.0]
            for _ in range(99):
                stock.append(kept * stock[-1] + draw.normal(0, 15))
            return of_stock([float(round(1000 + each)) for each in stock[-48:]])
        case "season":
            level = draw.integers(50, 600)
            usual = seasonal(NEWEST)
            drawn = [Month(end, float(draw.poisson(level * (value or 0) / 400))) for end, value in usual]
            return chart(drawn, is_share=False, is_count=True, seasonal=True)
    sizes = draw.poisson(60 if kind == "shares" else 14, 48) + 1
    cases = draw.binomial(sizes, draw.uniform(0.1, 0.9))
    pairs = [(int(x), int(n)) for x, n in zip(cases, sizes, strict=True)]
    return of_shares(pairs)
