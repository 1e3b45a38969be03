"""A workspace with a key of its own, and its empty record."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.record.deliveries import Record
from compendium.workspace import Workspace
from tests.record.drawn import make_workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    return make_workspace(tmp_path / "wealdmere")


@pytest.fixture
def record(workspace: Workspace) -> Record:
    return Record.open(workspace)
