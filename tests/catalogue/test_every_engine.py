"""The whole catalogue on every engine, on its drawn examples and on random histories: equal to the last integer.

Each example is an authority of a region that is counted in one pass, so that this proves too that a region
gives every authority what it would have alone.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from compendium.calendar.months import parse_month
from compendium.indicators.authority import Authority
from compendium.indicators.comparison import Comparison
from compendium.indicators.compute import compute, tables_read
from compendium.indicators.drawn_regions import Region, drawn_regions
from compendium.record.handover import empty_duckdb, hand_over
from compendium.record.snapshot import Snapshot
from tests.catalogue.county import COUNTY, catalogue
from tests.catalogue.drawing import random_history
from tests.engine.engines import OTHERS, opened

JANUARY = parse_month("2017-01")
FEWEST = 1000  # whole numbers that a comparison must have met


def random_authority(rng: Random) -> Authority:
    return Authority.of(Snapshot.drawn(random_history(rng, JANUARY), JANUARY), COUNTY)


def chosen(rng: Random, how_many: int, full: bool) -> list[str]:
    return list(catalogue()) if full else rng.sample(sorted(catalogue()), how_many)


def with_random_authorities(regions: list[Region], rng: Random, how_many: int) -> list[Region]:
    """Two authorities with the same teams and children's ids, beside the examples under the usual rules."""
    usual = max(regions, key=lambda region: len(region.authorities))
    for number in range(how_many):
        usual.add(f"random {number}", random_authority(rng))
    usual.months.add(JANUARY)
    return regions


@pytest.mark.parametrize("name", OTHERS)
def test_a_region_of_all_examples_and_random_authorities(
    name: str, request: pytest.FixtureRequest, rng: Random, full_counts: bool
) -> None:
    """A fresh part of the catalogue each time; a small one on Spark, where every question takes half a second."""
    how_many = {"postgresql": 60, "spark": 16}[name]
    regions = with_random_authorities(
        drawn_regions(catalogue(), chosen(rng, how_many, full_counts)), rng, 10 if full_counts else 2
    )
    if name == "spark" and not full_counts:  # and of the regions with rules of their own, one
        usual, *others = sorted(regions, key=lambda region: -len(region.authorities))
        regions = [usual, *others[:1]]
    made = Comparison()
    with opened(name, request.getfixturevalue) as engine:
        for region in regions:
            made.add(region.figures(empty_duckdb(), catalogue()), region.figures(engine, catalogue()))
    assert made.differences == []
    assert made.numbers > FEWEST


@pytest.mark.parametrize("name", OTHERS)
def test_one_record_by_itself(name: str, request: pytest.FixtureRequest, rng: Random, full_counts: bool) -> None:
    names = chosen(rng, 40 if name == "postgresql" else 6, full_counts)
    authority = random_authority(rng)
    with opened(name, request.getfixturevalue) as engine:
        tables = tables_read(catalogue(), [catalogue()[each] for each in names])
        hand_over(engine, {"": authority.snapshot}, tables)
        found = compute(authority.snapshot, catalogue(), COUNTY, [JANUARY], names, engine)
    made = Comparison()
    made.add({"": compute(authority.snapshot, catalogue(), COUNTY, [JANUARY], names)}, {"": found})
    assert made.differences == []
    assert made.indicators == set(names)


@pytest.mark.slow
def test_an_authority_has_in_a_region_what_it_has_alone(rng: Random, full_counts: bool) -> None:
    regions = with_random_authorities(drawn_regions(catalogue(), chosen(rng, 12, full_counts)), rng, 3)
    made = Comparison()
    for region in regions:
        together = region.figures(empty_duckdb(), catalogue())
        for name, authority in region.authorities.items():
            workspace = replace(region.workspace, areas=authority.areas)
            months, names = sorted(region.months), list(region.indicators)
            figures = compute(authority.snapshot, catalogue(), workspace, months, names)
            made.add({name: figures}, {name: together[name]})
    assert made.differences == []
    assert made.numbers > FEWEST
