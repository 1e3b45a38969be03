"""The county as tests see it: a small one written out once, and the whole one made once in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.county.world import World, make_world
from compendium.county.write import write_county

SMALL = 0.04


@pytest.fixture(scope="session")
def small_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the deliveries and the truth of a county a twenty-fifth of the size."""
    folder = tmp_path_factory.mktemp("county")
    write_county(folder, size=SMALL)
    return folder


@pytest.fixture(scope="session")
def small_world() -> World:
    return make_world(2017, SMALL)


@pytest.fixture(scope="session")
def whole_world() -> World:
    """The county of the demo."""
    return make_world(2017)
