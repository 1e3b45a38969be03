"""The county's yearly figures are those of an independent count of its own CIN censuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from compendium.commands.new import make_workspace
from compendium.county.settings import SETTINGS
from compendium.county.world import make_world
from compendium.county.write import CENSUS_YEARS
from compendium.county.writers.cin_census import write_census
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.record.deliveries import Record
from compendium.sources.load import load
from tests.backtest.census_count import COUNTED, Year, count

pytestmark = pytest.mark.slow
SMALL = 0.1  # of the county, unless the full counts are asked for
RECEIVED = date(2017, 7, 31)


@pytest.fixture(scope="module")
def censuses(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Those of 2013 to 2017."""
    full = request.config.getoption("--hypothesis-profile") == "proofs"
    world = make_world(2017, 1.0 if full else SMALL)
    folder = tmp_path_factory.mktemp("censuses")
    return [write_census(world, year, folder) for year in CENSUS_YEARS]


@pytest.fixture(scope="module")
def years(censuses: list[Path]) -> Mapping[int, Year]:
    return count(censuses)


@pytest.fixture(scope="module")
def figures(censuses: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """Of the years' last months, from a record that holds the censuses and nothing else."""
    workspace = make_workspace(tmp_path_factory.mktemp("backtest") / "wealdmere", SETTINGS)
    record = Record.open(workspace)
    for path in censuses:
        load(record, path, None, RECEIVED, None)
    months = [date(year, 3, 31) for year in CENSUS_YEARS]
    return compute(record.as_at(RECEIVED), load_catalogue([SHIPPED]), workspace, months, list(COUNTED))


@pytest.mark.parametrize("name", COUNTED)
def test_the_figures_of_each_year_are_those_of_the_xml(name: str, figures: Figures, years: Mapping[int, Year]) -> None:
    basis = "snapshot" if "snapshot" in figures.catalogue[name].bases else "year_to_date"
    found, expected = {}, {}
    for year in CENSUS_YEARS:
        figure = figures.one(name, date(year, 3, 31), basis)
        if figure.status == "no_source":
            # The first censuses say nothing of the year before them.
            assert figures.lacking(name, date(year, 3, 31), basis), year
            continue
        found[year] = figure.numerator, figure.denominator
        expected[year] = COUNTED[name](years[year])
    assert set(CENSUS_YEARS[2:]) <= found.keys()
    assert found == expected
    assert any(numerator for numerator, _ in found.values()), "a count of nothing proves nothing"
