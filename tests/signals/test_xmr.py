"""Control charts of months: limits, what stands out, and what is not said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.errors import ComputeError
from compendium.signals.xmr import Rules, XmR, assurance, xmr

STEADY = [10.0, 12.0] * 6  # mean 11, moving range 2: limits 5.68 and 16.32


def told(chart: XmR) -> str:
    """A letter a point: o outside, t trend, w two of three, r run, . usual; capital when high or rising."""
    letters = {"outside": "o", "trend": "t", "two_of_three": "w", "run": "r"}
    said = [letters[each.pattern] if each.pattern else "." for each in chart.points]
    return "".join(letter.upper() if each.sign > 0 else letter for letter, each in zip(said, chart.points, strict=True))


def fixed(*after: float | None) -> XmR:
    return xmr([*STEADY, *after], Rules(fixed=12))


def test_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    (segment,) = xmr(STEADY).segments
    assert (segment.mean, segment.moving_range, segment.low, segment.high) == pytest.approx((11, 2, 5.68, 16.32))
    assert segment.inner == pytest.approx((11 - 5.32 * 2 / 3, 11 + 5.32 * 2 / 3))


def test_a_moving_range_that_lies_far_out_is_left_out_once_and_its_point_stays_in_the_mean() -> None:
    (segment,) = xmr([*STEADY, 40.0, *STEADY]).segments
    assert segment.screened == 2
    assert segment.moving_range == pytest.approx(2)
    assert segment.mean == pytest.approx((11 * 24 + 40) / 25)
    assert xmr([*STEADY, 40.0, *STEADY], Rules(screen=False)).segments[0].moving_range > 4


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ((16.32,), "."),  # on the limit is within
        ((16.33,), "O"),
        ((5.0,), "o"),
        ((15.0, 12.0, 15.0), "W.W"),
        ((15.0, 12.0, 10.0), "..."),
        ((15.0, 10.0, 15.0), "..."),  # one of the three on the other side
        ((12.0,) * 6, "." * 6),
        ((12.0,) * 7, "R" * 7),
        ((10.0,) * 7, "r" * 7),
        ((12.0,) * 3 + (11.0,) + (12.0,) * 3, "." * 7),  # on the mean is on neither side
        ((8.0, 9.0, 10.0, 10.5, 11.5, 12.0, 12.5), "T" * 7),
        ((8.0, 9.0, 10.0, 10.0, 11.5, 12.0, 12.5), "." * 7),  # a tie breaks a trend
    ],
)
def test_what_stands_out_after_a_fixed_baseline(after: tuple[float, ...], said: str) -> None:
    chart = fixed(11.0, *after)  # a point on the mean, so that no run of the baseline goes on
    assert told(chart)[-len(after) :] == said


def test_a_trend_is_told_by_where_it_goes_and_not_by_its_side() -> None:
    assert told(fixed(10.5, 15.9, 15.8, 15.7, 15.6, 15.5, 15.4, 15.3))[-7:] == "ttttttt"


def test_a_missing_month_breaks_runs_and_trends_and_both_its_moving_ranges() -> None:
    assert told(fixed(10.0, 12.0, 12.0, 12.0, None, 12.0, 12.0, 12.0, 12.0))[-9:] == "." * 9
    assert xmr([10.0, 12.0, None, 40.0, 42.0]).segments[0].moving_range == pytest.approx(2)


def test_a_flat_series_has_no_limits_and_only_another_value_is_a_change() -> None:
    chart = xmr([5.0] * 12 + [5.0, 6.0], Rules(fixed=12))
    assert not chart.segments[0].varies and chart.segments[0].low is None
    assert told(chart) == "." * 13 + "O"


def test_a_rebased_series_starts_anew_with_its_limits_and_its_patterns() -> None:
    chart = xmr([10.0, 12.0] * 8 + [20.0, 22.0] * 8, rebased=[16])
    assert [(each.start, each.size, each.mean) for each in chart.segments] == [(0, 16, 11), (16, 16, 21)]
    assert told(chart) == "." * 32
    assert chart.segment_at(15).mean == 11 and chart.segment_at(16).mean == 21


def test_a_baseline_that_is_too_short_or_empty_is_refused() -> None:
    with pytest.raises(ComputeError, match="11 points is too short"):
        xmr(STEADY, Rules(fixed=11))
    with pytest.raises(ComputeError, match="no value"):
        xmr([1.0, 2.0, None, None], rebased=[2])


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [
        (4.0, "consistent_pass", "consistent_fail"),
        (5.0, "inconsistent", "inconsistent"),
        (9.0, "inconsistent", "inconsistent"),
        (10.0, "consistent_fail", "consistent_pass"),
    ],
)
def test_whether_a_target_is_ever_or_always_met(target: float, higher: str, lower: str) -> None:
    assert assurance(5.0, 9.0, target, True) == higher
    assert assurance(5.0, 9.0, target, False) == lower


# The slow way: every window looked at, point by point.

Values = Sequence[float | None]


def naive(values: Values, rules: Rules) -> str:
    there = [each for each in values if each is not None]
    mean = sum(there) / len(there)
    ranges = [abs(b - a) for a, b in zip(values, values[1:], strict=False) if a is not None and b is not None]  # noqa: RUF007
    usual = sum(ranges) / len(ranges) if ranges else 0.0
    if rules.screen and usual:
        kept = [each for each in ranges if each < 3.267 * usual]
        usual = sum(kept) / len(kept)
    reach = 2.66 * usual
    said = []
    for at, value in enumerate(values):
        if value is None:
            said.append(".")
        elif reach == 0:
            said.append("." if value == mean else "O" if value > mean else "o")
        else:
            said.append(_naive_point(values, at, mean, reach, rules))
    return "".join(said)


def _naive_point(values: Values, at: int, mean: float, reach: float, rules: Rules) -> str:
    value = values[at]
    assert value is not None
    if abs(value - mean) > reach and not (mean - reach <= value <= mean + reach):
        return "O" if value > mean else "o"
    letter = ""
    for first in range(max(0, at - rules.length + 1), at + 1):  # the last window that holds decides
        window = values[first : first + rules.length]
        if len(window) == rules.length and None not in window:
            pairs = list(zip(window, window[1:], strict=False))  # noqa: RUF007
            if all(a < b for a, b in pairs):  # type: ignore[operator]
                letter = "T"
            elif all(a > b for a, b in pairs):  # type: ignore[operator]
                letter = "t"
    if letter:
        return letter

    def close(each: float) -> bool:
        far = abs(each - mean)
        inside = mean - reach <= each <= mean + reach
        beyond = each > mean + 2 / 3 * reach or each < mean - 2 / 3 * reach
        return far > 0 and beyond and (inside or rules.two_sigma == "beyond_2_sigma")

    for first in range(max(0, at - 2), at + 1):
        three = values[first : first + 3]
        if len(three) == 3 and None not in three and close(value):
            above = all(each > mean for each in three if each is not None)
            below = all(each < mean for each in three if each is not None)
            if (above or below) and sum(close(each) for each in three if each is not None) >= 2:
                return "W" if above else "w"
    for first in range(max(0, at - rules.length + 1), at + 1):
        window = values[first : first + rules.length]
        if len(window) == rules.length and None not in window:
            if all(each > mean for each in window if each is not None):
                return "R"
            if all(each < mean for each in window if each is not None):
                return "r"
    return "."


SERIES = st.lists(st.none() | st.integers(0, 12).map(float), min_size=1, max_size=40).filter(
    lambda values: any(each is not None for each in values)
)


@given(
    values=SERIES,
    length=st.integers(3, 8),
    screen=st.booleans(),
    two_sigma=st.sampled_from(("between_2_and_3_sigma", "beyond_2_sigma")),
)
def test_any_series_is_told_as_the_slow_way_tells_it(
    values: list[float | None], length: int, screen: bool, two_sigma: str
) -> None:
    rules = Rules(length, two_sigma, screen)  # type: ignore[arg-type]
    assert told(xmr(values, rules)) == naive(values, rules)


@given(values=SERIES, factor=st.sampled_from((0.5, 2.0, 4.0)), shift=st.sampled_from((0.0, 8.0)))
def test_the_unit_of_a_series_changes_nothing_in_what_stands_out(
    values: list[float | None], factor: float, shift: float
) -> None:
    """Powers of two keep every comparison exact."""
    other = [None if each is None else each * factor for each in values]
    assert told(xmr(other)) == told(xmr(values))
