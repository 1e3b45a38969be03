"""Every format a council has, of one county, in one record: each event once, and the figures as they were."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.commands.new import make_workspace
from compendium.county.formats import write_formats
from compendium.county.settings import SETTINGS
from compendium.county.world import World
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.record.deliveries import Record
from compendium.sources.load import load
from compendium.workspace import Workspace

pytestmark = pytest.mark.slow
# The dataset has no flag for a contact that led to early help: it says of it that there was another outcome.
NOT_TOLD = {"partner_referral_quality"}
JANUARY, CUT = date(2017, 1, 31), date(2017, 3, 3)
# Events that have one natural key, whatever format tells of them.
KEYS = {
    "referral": "person_id, referral_date",
    "assessment": "person_id, start_date",
    "s47": "person_id, start_date",
    "cp_plan": "person_id, start_date",
    "lac_period": "person_id, start_date",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("every") / "wealdmere", SETTINGS)


@pytest.fixture(scope="module")
def record(workspace: Workspace, small_county: Path) -> Record:
    """What the county delivers by itself, up to the cut."""
    record = Record.open(workspace)
    for path in sorted((small_county / "deliveries").iterdir()):
        if path.stem[-10:] <= CUT.isoformat():
            load(record, path, None, CUT, None)
    return record


@pytest.fixture(scope="module")
def before(record: Record, workspace: Workspace) -> Figures:
    return figures(record, workspace)


@pytest.fixture(scope="module")
def beside(record: Record, before: Figures, small_world: World, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """The same with every other format loaded beside it."""
    for name, path in write_formats(small_world, tmp_path_factory.mktemp("formats")):
        report = load(record, path, None, CUT, None)  # received when its name says
        assert report.source_format == name
    return record


def figures(record: Record, workspace: Workspace) -> Figures:
    return compute(record.as_at(CUT), load_catalogue([SHIPPED]), workspace, months=[JANUARY])


def counted(figures: Figures) -> dict[str, tuple[int | None, int | None]]:
    found = {name: figures.one(name, JANUARY) for name in figures.catalogue}
    return {name: (figure.numerator, figure.denominator) for name, figure in found.items()}


def test_the_figures_stay_as_they_were(before: Figures, beside: Record, workspace: Workspace) -> None:
    now, then = counted(figures(beside, workspace)), counted(before)
    assert {name for name in then if now[name] != then[name]} <= NOT_TOLD
    assert all(now[name][1] == then[name][1] for name in NOT_TOLD), "no contact is lost"


def test_no_event_is_there_twice(beside: Record) -> None:
    snapshot = beside.as_at(CUT, list(KEYS))
    for table, key in KEYS.items():
        twice = snapshot.connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM record.{table} GROUP BY {key} HAVING count(*) > 1)"
        ).fetchall()
        assert twice == [(0,)], table
