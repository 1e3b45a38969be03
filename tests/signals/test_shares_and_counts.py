"""Intervals, charts of shares and rates, and charts of what is rare."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compendium.errors import ComputeError
from compendium.signals.intervals import byar, count, exact_poisson, newcombe, wilson
from compendium.signals.laney import p_prime, u_prime
from compendium.signals.quartiles import standing
from compendium.signals.rare import g_chart, t_chart


def test_eighteen_audits_of_twenty_two_may_be_61_to_93_percent() -> None:
    """The board's 82%, and how little 22 audits say."""
    low, high = wilson(18, 22)
    assert (round(100 * low), round(100 * high)) == (61, 93)


@given(size=st.integers(1, 400), part=st.floats(0, 1), confidence=st.sampled_from((0.8, 0.95, 0.998)))
def test_wilsons_limits_are_the_shares_from_which_the_one_seen_is_just_so_far(
    size: int, part: float, confidence: float
) -> None:
    """The score test turned round: at a limit inside 0 to 1 the z-score of what was seen is the z of the confidence."""
    seen = round(part * size)
    from compendium.signals.intervals import z_of

    for limit in wilson(seen, size, confidence):
        assert 0 <= limit <= 1
        if 0 < limit < 1:
            score = abs(seen / size - limit) / math.sqrt(limit * (1 - limit) / size)
            assert score == pytest.approx(z_of(confidence), rel=1e-6)


@given(number=st.integers(0, 60))
def test_the_exact_limits_of_a_count_are_the_means_that_make_it_as_unlikely(number: int) -> None:
    def at_most(most: int, mean: float) -> float:
        return math.fsum(math.exp(-mean + each * math.log(mean) - math.lgamma(each + 1)) for each in range(most + 1))

    low, high = exact_poisson(number)
    assert at_most(number, high) == pytest.approx(0.025, abs=1e-9)
    if number:
        assert 1 - at_most(number - 1, low) == pytest.approx(0.025, abs=1e-9)
    else:
        assert low == 0


def test_a_count_is_given_exactly_below_ten_and_by_byar_from_there() -> None:
    assert count(9) == exact_poisson(9)
    assert count(10) == byar(10)
    assert byar(10) == pytest.approx(exact_poisson(10), rel=0.01)
    assert byar(0).low == 0


def test_newcombes_own_example() -> None:
    """56 of 70 against 48 of 80 (Newcombe 1998, table II, method 10): 0.0524 to 0.3339."""
    assert newcombe((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def cases(fewest: int, most: int) -> st.SearchStrategy[tuple[int, int]]:
    """x of n."""
    return st.integers(fewest, most).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(cases(1, 50), cases(1, 50))
def test_a_difference_turned_round_is_the_other_way_round(one: tuple[int, int], other: tuple[int, int]) -> None:
    low, high = newcombe(one, other)
    assert newcombe(other, one) == pytest.approx((-high, -low))
    assert low <= one[0] / one[1] - other[0] / other[1] <= high


def test_nothing_can_be_said_of_no_cases() -> None:
    assert wilson(0, 0) == (0, 1)
    assert newcombe((0, 0), (1, 2)) == (-1, 1)


@given(st.lists(cases(0, 60), min_size=2))
def test_laneys_limits_are_never_narrower_than_those_of_chance_among_the_cases(pairs: list[tuple[int, int]]) -> None:
    assume(any(size for _, size in pairs))
    made = p_prime([number for number, _ in pairs], [size for _, size in pairs])
    assert made.centre == pytest.approx(sum(n for n, size in pairs if size) / sum(size for _, size in pairs))
    for own, plain, (_, size) in zip(made.limits, made.plain, pairs, strict=True):
        if size == 0:
            assert own is None and plain is None, "a month without cases has no limits"
        else:
            assert own is not None and plain is not None
            assert 0 <= own[0] <= plain[0] <= made.centre <= plain[1] <= own[1] <= 1


def test_the_widening_is_the_mean_moving_range_of_the_z_scores() -> None:
    numerators, denominators = [30, 70, 30, 70], [100, 100, 100, 100]
    made = p_prime(numerators, denominators)
    z = (0.7 - 0.5) / math.sqrt(0.25 / 100)
    assert made.sigma_z == pytest.approx(2 * z / 1.128)
    low, high = made.limits[0] or (0.0, 0.0)
    assert (low, high) == pytest.approx((max(0, 0.5 - 3 * made.sigma_z * 0.05), min(1, 0.5 + 3 * made.sigma_z * 0.05)))


def test_a_rate_has_no_upper_bound_and_a_missing_month_breaks_its_moving_ranges() -> None:
    made = u_prime([20, None, 5, 60], [10, 10, 10, 10])
    assert made.centre == pytest.approx(85 / 30)
    assert made.limits[1] is None
    scores = [(rate - made.centre) / math.sqrt(made.centre / 10) for rate in (0.5, 6.0)]
    assert made.sigma_z == pytest.approx(abs(scores[1] - scores[0]) / 1.128)
    highest = made.limits[3]
    assert highest is not None and highest[1] > 1
    with pytest.raises(ComputeError, match="no month has any cases"):
        u_prime([None, 3], [5, 0])


def test_of_what_is_rare_only_too_long_a_gap_can_be_told_while_it_lasts() -> None:
    days = [12, 33, 5, 61, 20, 48, 9, 77, 15, 30, 42, 3, 25, 110, 18, 140, 95, 160]
    made = t_chart(days)
    assert made.low < made.centre < made.high
    assert not made.longer_than_usual(0) and not made.longer_than_usual(160) and made.longer_than_usual(500)
    with pytest.raises(ComputeError, match="all gaps are equal"):
        t_chart([5, 5, 5])
    with pytest.raises(ComputeError, match="negative"):
        g_chart([5, -1])
    assert g_chart([2, 4]).high == pytest.approx(3 + 3 * math.sqrt(12))


@pytest.mark.parametrize(
    ("own", "higher", "lower"), [(1.0, "D", "A"), (2.0, "D", "A"), (3.0, "C", "B"), (4.0, "B", "C"), (5.0, "A", "D")]
)
def test_a_value_on_a_boundary_belongs_to_the_band_of_the_lower_values(own: float, higher: str, lower: str) -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0]
    assert standing(values, own, "higher").band == higher
    assert standing(values, own, "lower").band == lower
    assert standing(values, own, "neither").band is None


def test_equal_values_share_the_best_rank() -> None:
    values = [9.0, 7.0, 7.0, 5.0]
    assert [standing(values, own, "higher").rank for own in values] == [1, 2, 2, 4]
    assert [standing(values, own, "lower").rank for own in values] == [4, 2, 2, 1]
    assert standing(values, 7.0, "neither").rank is None
