"""How far a figure moved after it was first published, and whether it moves one way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.calendar.months import month_ends
from compendium.signals.revisions import Row, from_age, lags_for, revision, standard_error, to_age, usual

# Of each month what was known on its first day, one, three and twelve months later, and now; and how many months ago
# that first day was.
DRAWN = """
2016-01  60.0  62.0  63.0  64.0  64.0  13
2016-02  70.0  70.0  71.0     -  72.0   5
2016-03  50.0  48.0     -     -  48.0   1
2016-04     -  55.0     -     -  55.0   2
2016-05  40.0     -     -     -  40.0   0
"""


def triangle(drawn: str) -> list[Row]:
    rows = []
    for line in drawn.split("\n"):
        if line.strip():
            month, *cells, since = line.split()
            values = [None if cell == "-" else float(cell) for cell in cells]
            rows.append(Row(date.fromisoformat(f"{month}-28"), tuple(values[:-1]), values[-1], int(since)))
    return rows


def test_a_share_moves_in_points_and_a_count_in_per_cent() -> None:
    assert revision(60.0, 63.0, in_points=True) == 3.0
    assert revision(60.0, 63.0, in_points=False) == pytest.approx(5.0)
    assert revision(0.0, 3.0, in_points=True) == 3.0
    assert revision(0.0, 3.0, in_points=False) is None  # there is no percentage of nothing
    assert revision(None, 3.0, in_points=True) is None
    assert revision(3.0, None, in_points=True) is None


def test_only_months_that_are_as_old_count() -> None:
    rows = triangle(DRAWN)
    assert to_age(rows, 1, in_points=True) == [2.0, 0.0, -2.0]
    assert to_age(rows, 3, in_points=True) == [3.0, 1.0]
    assert to_age(rows, 12, in_points=True) == [4.0]


def test_what_a_figure_of_an_age_is_still_to_go_through() -> None:
    rows = triangle(DRAWN)
    assert from_age(rows, 0, in_points=True) == [4.0, 2.0, -2.0]
    assert from_age(rows, 1, in_points=True) == [2.0, 2.0, 0.0]
    assert from_age(rows, 3, in_points=True) == [1.0, 1.0]
    assert from_age(rows, 12, in_points=True) == [0.0]


def test_what_they_usually_come_to() -> None:
    found = usual([4.0, 1.0, -2.0, 1.0])
    assert found is not None
    assert (found.months, found.mean, found.mean_absolute, found.low, found.high) == (4, 1.0, 2.0, -2.0, 4.0)
    assert not found.is_biased
    assert usual([]) is None


@pytest.mark.parametrize(
    ("revisions", "is_biased"),
    [
        ([2.0, 3.0] * 6, True),
        ([2.0, 3.0] * 5 + [2.0], False),  # eleven prove nothing
        ([-3.0, -1.0, -2.0] * 4, True),
        ([3.0, -3.0] * 6, False),
        ([2.0] * 12, True),
        ([0.0] * 12, False),
    ],
)
def test_a_bias_needs_twelve_months_and_to_be_further_out_than_chance(revisions: list[float], is_biased: bool) -> None:
    found = usual(revisions)
    assert found is not None and found.is_biased == is_biased


def test_the_error_by_hand() -> None:
    # Away from their mean of 2: -1 -1 1 1 1 -1. Squares 6; neighbours 1 - 1 + 1 + 1 - 1; next but one -1 - 1 + 1 - 1.
    together = 6 + 2 * (2 / 3) * 1 + 2 * (1 / 3) * -2
    assert together == pytest.approx(6)
    assert standard_error([1.0, 1.0, 3.0, 3.0, 3.0, 1.0]) == pytest.approx(math.sqrt(6 / 30))
    # -1 -1 -1 1 1 1. Squares 6; neighbours 1 + 1 - 1 + 1 + 1; next but one 1 - 1 - 1 + 1.
    assert standard_error([1.0, 1.0, 1.0, 3.0, 3.0, 3.0]) == pytest.approx(math.sqrt((6 + 2 * (2 / 3) * 3) / 30))
    assert standard_error([7.0]) is None


def test_months_that_move_together_make_it_wider() -> None:
    together, apart = [1.0] * 6 + [3.0] * 6, [1.0, 3.0] * 6
    wide, plain = standard_error(together), standard_error(apart)
    assert wide is not None and plain is not None
    assert plain == pytest.approx(stdev(apart) / math.sqrt(12))  # what goes to and fro does not narrow it
    assert wide > 1.4 * plain


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=40))
def test_it_is_what_all_pairs_of_months_say(values: list[float]) -> None:
    found = standard_error(values)
    assert found is not None
    assert found == pytest.approx(naive_error(values), rel=1e-9, abs=1e-9)


def naive_error(values: Sequence[float]) -> float:
    """Every pair of months by the weight of how far apart they are, in one double loop."""
    size, mean, reach = len(values), fmean(values), lags_for(len(values)) + 1
    total = plain = 0.0
    for at, one in enumerate(values):
        for beside, other in enumerate(values):
            weight = max(0.0, 1 - abs(at - beside) / reach)
            total += weight * (one - mean) * (other - mean)
            plain += (at == beside) * (one - mean) ** 2
    return math.sqrt(max(plain, total) / (size * (size - 1)))


CELL = st.none() | st.floats(1, 1000)


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL, st.integers(0, 20)), max_size=30), st.booleans())
def test_the_triangle_is_what_walking_it_cell_by_cell_says(
    drawn: list[tuple[float | None, float | None, float | None, float | None, float | None, int]], in_points: bool
) -> None:
    ends = month_ends(date(2014, 1, 31), date(2016, 12, 31))
    rows = [Row(end, (a, b, c, d), now, since) for end, (a, b, c, d, now, since) in zip(ends, drawn, strict=False)]
    for column, age in enumerate((0, 1, 3, 12)):
        later, still = [], []
        for cells in drawn:
            first, here, now, since = cells[0], cells[column], cells[4], cells[5]
            if first is not None and here is not None:
                later.append(here - first if in_points else 100 * (here - first) / first)
            if here is not None and now is not None and since > age:
                still.append(now - here if in_points else 100 * (now - here) / here)
        assert to_age(rows, age, in_points=in_points) == pytest.approx(later)
        assert from_age(rows, age, in_points=in_points) == pytest.approx(still)


@pytest.mark.parametrize("months", [12, 24])
def test_revisions_in_which_nothing_lies_are_seldom_called_a_bias(months: int, seed: int, full_counts: bool) -> None:
    """By simulation. Three deviations of the count itself are allowed for."""
    draws, number = np.random.default_rng(seed), 4000 if full_counts else 300
    found = [usual(draws.normal(size=months).tolist()) for _ in range(number)]
    biased = sum(each is not None and each.is_biased for each in found)
    assert biased <= 0.05 * number + 3 * math.sqrt(0.05 * 0.95 * number)
