"""Whether one figure differs from another by more than chance, and what may then be said."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.signals.comparison import beside_rate, beside_share, of_counts, of_shares, widening
from compendium.signals.intervals import byar, newcombe, wilson

WHOLE = st.integers(1, 3000)


def test_assessments_of_two_januaries() -> None:
    """929 of 1,129 beside 639 of 1,062: 22 points more, and at least 18."""
    found = of_shares((929, 1129), (639, 1062))
    assert found is not None
    assert found.size == pytest.approx(22.12, abs=0.01)
    assert found.interval == pytest.approx((18.4, 25.8), abs=0.05)
    assert found.answer == "higher"


@pytest.mark.parametrize(
    ("now", "before", "answer"),
    [
        ((221, 823), (200, 826), "no_clear_change"),
        ((859, 987), (929, 1129), "higher"),
        ((929, 1129), (859, 987), "lower"),
        ((4, 22), (18, 22), "lower"),
        ((4, 22), (7, 22), "no_clear_change"),
        ((0, 4), (4, 4), "lower"),
        ((1, 4), (3, 4), "no_clear_change"),
    ],
)
def test_two_shares(now: tuple[int, int], before: tuple[int, int], answer: str) -> None:
    found = of_shares(now, before)
    assert found is not None and found.answer == answer
    low, high = newcombe(now, before)
    assert found.interval == pytest.approx((100 * low, 100 * high))


def test_a_share_whose_months_differ_twice_as_much_is_tested_as_one_of_a_quarter_of_the_cases() -> None:
    wide = of_shares((859, 987), (929, 1129), 2.0)
    assert wide is not None and wide.answer == "no_clear_change" and wide.size == pytest.approx(4.75, abs=0.01)
    low, high = newcombe((859 / 4, 987 / 4), (929 / 4, 1129 / 4))
    assert wide.interval == pytest.approx((100 * low, 100 * high))
    beside = beside_share((723, 1000), 0.75, 2.0)
    assert beside is not None and beside.answer == "no_clear_change"
    assert beside.interval == pytest.approx([100 * (each - 0.75) for each in wilson(723 / 4, 250)])


@pytest.mark.parametrize(("now", "before"), [((0, 0), (1, 2)), ((1, 2), (0, 0)), ((-1, 5), (1, 5)), ((6, 5), (1, 5))])
def test_what_is_no_part_of_cases_is_not_tested(now: tuple[int, int], before: tuple[int, int]) -> None:
    assert of_shares(now, before) is None
    assert now == (1, 2) or beside_share(now, 0.5) is None


@pytest.mark.parametrize(
    ("now", "before", "wide", "answer"),
    [
        (120, 100, 1.0, "no_clear_change"),
        (135, 100, 1.0, "higher"),
        (135, 100, 2.0, "no_clear_change"),  # months that differ twice as much: as 34 beside 25 would
        (65, 100, 1.0, "lower"),
        (0, 6, 1.0, "lower"),
        (0, 3, 1.0, "no_clear_change"),
    ],
)
def test_two_counts(now: int, before: int, wide: float, answer: str) -> None:
    found = of_counts(now, before, wide)
    assert found is not None and found.answer == answer
    assert found.size == pytest.approx(100 * (now / before - 1))


@given(now=WHOLE, before=WHOLE, wide=st.floats(1, 6))
def test_two_counts_turned_round_are_the_ratio_turned_round(now: int, before: int, wide: float) -> None:
    one, other = of_counts(now, before, wide), of_counts(before, now, wide)
    assert one is not None and other is not None
    ratios = [1 + each / 100 for each in one.interval]
    assert [1 + each / 100 for each in other.interval] == pytest.approx([1 / ratios[1], 1 / ratios[0]])
    assert one.interval.low <= one.size <= one.interval.high


@given(now=st.integers(30, 3000), before=st.integers(30, 3000))
def test_the_interval_of_a_ratio_is_about_that_of_its_logarithm(now: int, before: int) -> None:
    """A second way, good for larger counts: log ratio ± 1.96 √(1/now + 1/before)."""
    found = of_counts(now, before)
    assert found is not None
    reach = 1.96 * math.sqrt(1 / now + 1 / before)
    for limit, sign in zip(found.interval, (-1, 1), strict=True):
        assert math.log(1 + limit / 100) == pytest.approx(math.log(now / before) + sign * reach, abs=0.05)


def test_rates_are_compared_over_what_they_are_of() -> None:
    found = of_counts(220, 200, exposures=(110_000, 100_000))
    assert found is not None
    assert found.size == pytest.approx(0)
    assert found.answer == "no_clear_change"


def test_with_none_before_there_is_no_ratio() -> None:
    assert of_counts(5, 0) is None
    assert beside_rate(5, 0) is None


@pytest.mark.parametrize(
    ("own", "published", "answer"),
    [((723, 1000), 0.834, "lower"), ((18, 22), 0.85, "no_clear_change"), ((244, 1000), 0.225, "no_clear_change")],
)
def test_a_share_is_beside_a_published_one_by_its_own_interval(
    own: tuple[int, int], published: float, answer: str
) -> None:
    found = beside_share(own, published)
    assert found is not None and found.answer == answer
    assert found.interval == pytest.approx([100 * (each - published) for each in wilson(*own)])


def test_a_rate_is_beside_a_published_one_by_its_own_interval() -> None:
    found = beside_rate(100, 125)
    assert found is not None and found.answer == "lower"
    assert found.interval == pytest.approx([100 * (each / 125 - 1) for each in byar(100)])
    wide = beside_rate(100, 125, 2.0)
    assert wide is not None and wide.answer == "no_clear_change"


def test_a_series_of_single_events_is_hardly_widened_and_one_of_clusters_is(seed: int) -> None:
    draws = np.random.default_rng(seed)
    single = draws.poisson(400, 4000).astype(float)
    four_at_once = 4.0 * draws.poisson(100, 4000)
    assert widening(list(single)) == pytest.approx(1, abs=0.06)
    assert widening(list(four_at_once)) == pytest.approx(2, abs=0.12)


def test_a_widening_needs_13_months_and_steps_over_those_that_are_missing() -> None:
    months: list[float | None] = [100.0, 140.0] * 6
    assert widening(months) is None
    assert widening([*months, None]) is None
    known = widening([*months, 100.0])
    assert known is not None and known > 3
    assert widening([5.0] * 13) == 1.0
    assert widening([0.0] * 13) == 1.0
    assert widening([10.0, 30.0] * 7, [40.0] * 14) == pytest.approx(20 / math.sqrt(40 * 0.25) / 1.128)


def test_of_months_in_which_nothing_happens_one_in_twenty_is_called_clear(seed: int, full_counts: bool) -> None:
    """Clustered counts and shares, two months a year apart in one unchanging series of four years."""
    draws = np.random.default_rng(seed)
    runs = 20_000 if full_counts else 1_500
    counts = 3.0 * draws.poisson(150, (runs, 48))
    clear = 0
    for series in counts:
        found = of_counts(series[-1], series[-13], widening(list(series[:-1])) or 1.0)
        clear += found is not None and found.answer != "no_clear_change"
    assert 0.03 < clear / runs < 0.075
    shares = draws.binomial(120, 0.8, (runs, 2))
    clear = sum(of_shares((one, 120), (other, 120)).answer != "no_clear_change" for one, other in shares)  # type: ignore[union-attr]
    assert 0.03 < clear / runs < 0.07
    # Offices with good and bad months: shares that differ twice as much as their cases alone would.
    drawn = draws.binomial(1000, np.clip(draws.normal(0.7, 0.025, (runs, 48)), 0, 1))
    clear = 0
    for series in drawn:
        wide = widening(list(series[:-1]), [1000.0] * 47) or 1.0
        found = of_shares((series[-1], 1000), (series[-13], 1000), wide)
        clear += found is not None and found.answer != "no_clear_change"
    assert 0.03 < clear / runs < 0.085
