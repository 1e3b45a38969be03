"""The drawn edition, written once as pages."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from compendium.commands import pool_report
from compendium.commands.quality_report import write_report
from compendium.edition.build import build_edition
from compendium.publish.html.write import write
from tests.checks.reported import reported
from tests.edition.drawn import JANUARY, DrawnFigures, as_first_known, as_known_before, snapshot
from tests.edition.test_practice import ACTIONS, HUB, IN_TIME
from tests.edition.test_practice import written as written_down
from tests.edition.test_trust import judged
from tests.pooling.drawn import drawn_cells, pool_of, written


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the published pages."""
    council = written_down(tmp_path_factory.mktemp("council"), HUB + IN_TIME + ACTIONS)
    edition = build_edition(
        DrawnFigures(),
        council,
        JANUARY,
        snapshot(),
        first_known=as_first_known(),
        earlier=as_known_before,
        judgement=judged(tmp_path_factory.mktemp("quality")),
    )
    return write(edition, tmp_path_factory.mktemp("editions") / "2017-01").parent


@pytest.fixture(scope="session")
def quality_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a data-quality report with its rows."""
    folder = tmp_path_factory.mktemp("quality")
    return write_report(reported(folder, children=True), folder / "report", {"cin_open": "Children in need"}).parent


@pytest.fixture(scope="session")
def pool_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pool of twelve authorities, one of which is missing."""
    folder = tmp_path_factory.mktemp("pool")
    paths = [written(folder, f"{100 + at}", drawn_cells(Random(at))) for at in range(12)]
    pool = pool_of(*paths, expected={f"{100 + at}": f"Council {100 + at}" for at in range(13)})
    return pool_report.write_report(pool, list(pool.figures()), folder / "out").parent
