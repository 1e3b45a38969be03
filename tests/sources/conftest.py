"""A desk on which files are written and loaded into a fresh record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    return Desk(tmp_path)
