"""The charts of real months: April 2020 in the referrals that the Department for Education published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.backtest import real_series
from tests.backtest.real_series import APRIL, AUTHORITY, ENGLAND, YEAR_BEFORE, Place, page, picture, places, ten

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.fixture(scope="module")
def april(shared: Path) -> list[Place]:
    return places(shared)


def strengths(places: list[Place], kind: str) -> list[str]:
    return [each.verdict.strength for each in places if each.kind == kind]


def test_every_authority_gets_a_chart(april: list[Place]) -> None:
    authorities = [each for each in april if each.kind == AUTHORITY]
    assert len(authorities) > 140
    assert all(each.chart.months[-1].period == APRIL for each in authorities)
    assert all(each.chart.method in ("season", "xmr") for each in authorities if each.verdict.strength != "too_few")
    assert strengths(april, AUTHORITY).count("too_few") <= 2, "only where most months are withheld"


def test_england_and_most_regions_are_a_signal_and_few_authorities_can_be(april: list[Place]) -> None:
    assert strengths(april, ENGLAND) == ["signal"]
    regions = strengths(april, "regional")
    assert len(regions) == 9 and regions.count("signal") > 9 / 2
    single = [each for each in strengths(april, AUTHORITY) if each != "too_few"]
    assert 0 < single.count("signal") / len(single) < 0.1
    assert 0.1 < (single.count("signal") + single.count("worth_a_look")) / len(single) < 0.3
    assert all(each.verdict.sign == -1 for each in april if each.verdict.strength == "signal")


def test_a_year_before_hardly_anything_is_out_of_the_usual(shared: Path) -> None:
    before = places(shared, YEAR_BEFORE)
    single = [each for each in strengths(before, AUTHORITY) if each != "too_few"]
    assert set(strengths(before, ENGLAND) + strengths(before, "regional")) == {"usual"}
    assert single.count("signal") / len(single) < 0.05


def test_the_page_says_how_many_as_they_are_now(april: list[Place], shared: Path) -> None:
    """Written by `python -m tests.backtest.real_series`."""
    assert real_series.PAGE.read_text(encoding="utf-8") == page(april, places(shared, YEAR_BEFORE))
    drawn = {path.name: path.read_text(encoding="utf-8") for path in real_series.PICTURES.glob("*.svg")}
    assert drawn == {f"{each.code}.svg": picture(each) for each in ten(april)}
