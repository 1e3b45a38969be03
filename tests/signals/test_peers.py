"""Several places' figures together: a middle and a spread, and nothing made of what was withheld."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.signals.peers import pooled, together


def test_eight_of_ten_available() -> None:
    found = together([24.0, 19.0, None, 28.0, 21.0, 22.0, None, 25.0, 20.0, 27.0])
    assert found is not None
    assert (found.available, found.places) == (8, 10)
    assert (found.low, found.median, found.high) == (19.0, 23.0, 28.0)
    assert found.holds(28.0) and not found.holds(28.1)


@pytest.mark.parametrize("available", [0, 4])
def test_fewer_than_five_have_no_middle(available: int) -> None:
    assert together([20.0] * available + [None] * 6) is None
    assert together([20.0] * 5 + [None] * 5) is not None


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=5, max_size=12))
def test_the_middle_is_the_50th_percentile_of_what_is_there(figures: list[float | None]) -> None:
    found, there = together(figures), [each for each in figures if each is not None]
    if len(there) < 5:
        assert found is None
        return
    assert found is not None
    low, middle, high = np.percentile(there, [0, 50, 100])
    assert (found.low, found.median, found.high) == pytest.approx((low, middle, high))


def test_the_whole_is_of_all_cases_and_not_the_mean_of_the_shares() -> None:
    assert pooled([(10, 100), (900, 1000)]) == pytest.approx(910 / 1100)


@pytest.mark.parametrize("counts", [[(10, 100), None], [], [(0, 0)]])
def test_there_is_no_whole_where_a_part_is_missing(counts: list[tuple[int, int] | None]) -> None:
    assert pooled(counts) is None
