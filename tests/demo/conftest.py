"""The demonstration made once: the county written out, loaded from its files, and its January edition built."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.cli import main
from compendium.commands.catalogue import catalogue_of
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.record.deliveries import Record
from compendium.workspace import Workspace, open_workspace


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "wealdmere"
    assert main(["demo", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def truth(county: Path) -> Any:
    """What the county knows of itself: counted plainly from its own world, not from its deliveries."""
    return json.loads((county / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def workspace(county: Path) -> Workspace:
    return open_workspace(county)


def figures_as_at(workspace: Workspace, cut: date, *months: date) -> Figures:
    """Of these months; of all that are covered, when none is named."""
    return compute(Record.open(workspace).as_at(cut), catalogue_of(workspace), workspace, months or None)


@pytest.fixture(scope="session")
def march(workspace: Workspace) -> Figures:
    """Every figure from the records received by 3 March 2017."""
    return figures_as_at(workspace, date(2017, 3, 3))


@pytest.fixture(scope="session")
def february(workspace: Workspace) -> Figures:
    """The same from the records received by 3 February 2017: January as it was first known."""
    return figures_as_at(workspace, date(2017, 2, 3), date(2017, 1, 31))
