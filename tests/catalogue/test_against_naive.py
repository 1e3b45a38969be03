"""Counted twice, by the catalogue and by plain Python from the counting rules: every core and standard indicator, and
most of the extended ones."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from pkgutil import iter_modules
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from compendium.calendar.months import month_end
from tests.catalogue import naive
from tests.catalogue.comparing import differences, differences_in_region, drawn_out, smallest
from tests.catalogue.county import catalogue
from tests.catalogue.drawing import random_history
from tests.catalogue.naive.history import History
from tests.catalogue.naive.twins import TWINS
from tests.catalogue.tiers import CORE, STANDARD

for module in iter_modules(naive.__path__):
    import_module(f"{naive.__name__}.{module.name}")

MONTHS = [month_end(date(year, month, 1)) for year, month in ((2016, 2), (2017, 1), (2017, 4), (2015, 12), (2016, 6))]
KNOWN_FOR = (0, 3, 45, 200)  # days from the month's end to the day the record is complete to
FULL = settings().max_examples > 50  # `make proofs`: 100 histories by themselves and 400 in regions
PARTS = 10  # the histories are shared out, so that several processes may count
ALONE = settings(max_examples=10 if FULL else 1, phases=[Phase.generate])  # a seed has nothing to shrink: see smallest
TOGETHER = settings(max_examples=4 if FULL else 1, phases=[Phase.generate])
REGION = 10  # histories counted in one pass


@pytest.mark.parametrize("part", range(PARTS))
@ALONE
@given(draws=st.integers(0, 2**32), month=st.sampled_from(MONTHS), known_for=st.sampled_from(KNOWN_FOR))
def test_random_histories_count_alike(part: int, draws: int, month: date, known_for: int) -> None:
    history = random_history(Random(PARTS * draws + part), month)
    months, as_at = [month_end(month, -1), month], month + timedelta(days=known_for)
    found = differences(catalogue(), sorted(TWINS), history, months, as_at)
    assert not found, _explained(found, history, months, as_at)


@pytest.mark.parametrize("part", range(PARTS if FULL else 1))
@TOGETHER
@given(draws=st.integers(0, 2**32), month=st.sampled_from(MONTHS))
def test_random_histories_of_a_region_count_alike(part: int, draws: int, month: date) -> None:
    rng = Random(PARTS * draws + part)
    histories = {
        f"authority {number}": (random_history(rng, month), month + timedelta(days=rng.choice(KNOWN_FOR)))
        for number in range(REGION)
    }
    months = [month_end(month, -1), month]
    for name, found in differences_in_region(catalogue(), sorted(TWINS), histories, months).items():
        history, as_at = histories[name]
        assert not found, _explained(found, history, months, as_at)


def _explained(found: list[str], history: History, months: list[date], as_at: date) -> str:
    """The first difference, on the fewest rows that still show one."""
    name = found[0].replace(":", ",").partition(",")[0]

    def told(kept: History) -> list[str]:
        return differences(catalogue(), [name], kept, months, as_at)

    if not told(history):
        return f"only where many are counted at once: {found[0]}"
    least = smallest(history, lambda kept: bool(told(kept)))
    return f"as at {as_at}: {told(least)[0]}\n{drawn_out(least)}"


def test_every_core_and_standard_indicator_has_a_naive_twin() -> None:
    assert sorted((CORE | STANDARD) - set(TWINS)) == []


def test_a_twin_is_of_an_indicator_that_there_is() -> None:
    assert sorted(set(TWINS) - set(catalogue())) == []
