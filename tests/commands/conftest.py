"""An authority small enough to count by hand, loaded through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.cli import main

TEAMS = """\
team_id,team_name,service,area_id,valid_from,valid_to
NE1,North East assessment,assessment,NE,2010-04-01,
SE1,South East assessment,assessment,SE,2010-04-01,
"""
REFERRALS = """\
# complete: 2015-04-01 to 2017-02-03
person_id,referral_date,source_code,team_id,nfa
A,2016-06-01,6,NE1,0
A,2017-01-10,6,NE1,0
B,2017-01-11,2A,NE1,0
C,2017-01-12,6,South East Assessment,0
"""


def deliver(folder: Path, name: str, text: str) -> Path:
    """A file as it was delivered, beside the workspace."""
    path = folder.parent / "deliveries" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace with two areas, its teams and its referrals; the current folder is the workspace."""
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    folder = tmp_path / "ourcouncil"
    assert main(["new", str(folder), "--name", "Our Council"]) == 0
    settings = folder / "compendium.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('# NE = "North East"', 'NE = "North East"\nSE = "South East"'), encoding="utf-8")
    deliver(folder, "team_2017-02-03.csv", TEAMS)
    deliver(folder, "referral_2017-02-03.csv", REFERRALS)
    monkeypatch.chdir(folder)
    assert main(["load", *sorted(str(path) for path in (tmp_path / "deliveries").iterdir())]) == 0
    capsys.readouterr()
    return folder
