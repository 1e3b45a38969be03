"""The county's own returns, judged by the department's rules: what they flag is meant, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.county.world import World
from compendium.county.writers.cin_census import write_census
from compendium.county.writers.ssda903 import write_return
from compendium.record.checks.judging import FLAGGED, judge
from compendium.record.checks.loading import SHIPPED, load_rules
from tests.sources.desk import Desk

YEARS = range(2013, 2018)
# Life as it is: an enquiry of a case older than the single assessment, one still open or late at the year's end, and
# an assessor who did not think of the disability; an adviser who did not write down what the young person does.
MEANT = {"cin_2991", "cin_8670", "cin_8675", "cin_8899", "ssda903_345"}


def flagged(desk: Desk, rules: str) -> set[str]:
    judgement = judge(desk.record, [rule for rule in load_rules([SHIPPED]).values() if rule.set == rules])
    assert judgement.outcomes
    return {name for name, outcome in judgement.outcomes.items() if outcome.result == FLAGGED}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_census_returns(desk: Desk, small_world: World) -> None:
    for year in YEARS:
        desk.load(write_census(small_world, year, desk.folder).name)
    assert flagged(desk, "cin_census") <= MEANT


def test_returns_of_children_looked_after(desk: Desk, small_world: World) -> None:
    for year in YEARS:
        desk.load(write_return(small_world, year, desk.folder).name)
    assert flagged(desk, "ssda903") <= MEANT
