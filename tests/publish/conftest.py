"""The drawn edition, written once as pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.commands.quality_report import write_report
from compendium.edition.build import build_edition
from compendium.publish.html.write import write
from tests.checks.reported import reported
from tests.edition.drawn import JANUARY, DrawnFigures, as_first_known, snapshot, workspace


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the published pages."""
    edition = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot(), first_known=as_first_known())
    return write(edition, tmp_path_factory.mktemp("editions") / "2017-01").parent


@pytest.fixture(scope="session")
def quality_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a data-quality report with its rows."""
    folder = tmp_path_factory.mktemp("quality")
    return write_report(reported(folder, children=True), folder / "report", {"cin_open": "Children in need"}).parent
