"""compendium load --folder: each night everything that is new, whatever else lies there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from compendium.cli import main
from compendium.record.deliveries import Record
from compendium.sources import local_tables
from compendium.workspace import open_workspace
from tests.commands.conftest import REFERRALS, deliver

NIGHT = ["--settled", "0"]


def names(council: Path) -> list[str]:
    return sorted(each.file_name for each in Record.open(open_workspace(council)).deliveries())


@pytest.fixture
def night(council: Path) -> Path:
    """Two files that are loaded; a new one, one in a sub-folder, a bad one, and one that the program stumbles over."""
    deliver(council, "contact_2017-03-03.csv", "person_id,contact_date,outcome\nA,2017-01-03,nfa\n")
    deliver(council, "empty.csv", "")
    folder = council.parent / "deliveries"
    (folder / "early help").mkdir()
    (folder / "early help" / "annex.csv").write_bytes(b"PK\x03\x04 not a workbook")
    (folder / "early help" / "contact_2017-03-04.csv").write_text(
        "person_id,contact_date,outcome\nB,2017-01-04,nfa\n", encoding="utf-8"
    )
    return folder


def test_what_is_new_is_loaded_and_the_bad_is_told(
    council: Path, night: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", "--folder", str(night), *NIGHT]) == 1
    said = capsys.readouterr()
    assert names(council) == [
        "contact_2017-03-03.csv", "contact_2017-03-04.csv", "referral_2017-02-03.csv", "team_2017-02-03.csv"
    ]  # fmt: skip
    assert said.out.splitlines()[-1] == "2 loaded, 2 loaded before and 2 refused."
    assert "Refused: empty.csv: the file is empty" in said.err
    assert "Refused, in early help: annex.csv: the workbook is damaged" in said.err
    assert main(["load", "--folder", str(night), *NIGHT]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "4 loaded before and 2 refused."


def test_a_program_is_told_of_every_file(night: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.utime(night / "contact_2017-03-03.csv")
    for path in night.rglob("*"):
        if path.name != "contact_2017-03-03.csv":
            os.utime(path, (0, 0))
    assert main(["load", "--folder", str(night), "--settled", "600", "--format", "json"]) == 1
    answer: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert [(each["file"], each.get("already_loaded"), "refused" in each, "left" in each) for each in answer] == [
        ("referral_2017-02-03.csv", True, False, False),
        ("team_2017-02-03.csv", True, False, False),
        ("contact_2017-03-04.csv", False, False, False),
        ("annex.csv", None, True, False),
        ("empty.csv", None, True, False),
        ("contact_2017-03-03.csv", None, False, True),
    ]


def test_a_file_that_the_program_stumbles_over_keeps_no_other_from_being_loaded(
    council: Path, night: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = local_tables.read

    def stumbling(delivered: Any, intake: Any) -> None:
        if delivered.name == "contact_2017-03-03.csv":
            raise ValueError("cannot read the row of A: Smithson, 5 Acacia Avenue")
        whole(delivered, intake)

    monkeypatch.setattr(local_tables, "read", stumbling)
    monkeypatch.delenv("COMPENDIUM_DEBUG", raising=False)
    assert main(["load", "--folder", str(night), *NIGHT]) == 1
    said = capsys.readouterr()
    assert "contact_2017-03-04.csv" in names(council) and "contact_2017-03-03.csv" not in names(council)
    assert "1 not loaded through a fault of the program" in said.out
    assert "Not loaded: contact_2017-03-03.csv: This is a fault of the program, not of yours: ValueError" in said.err
    assert "at compendium.sources.load, line" in said.err
    assert "Acacia" not in said.out + said.err
    monkeypatch.setattr(local_tables, "read", whole)
    assert main(["load", "--folder", str(night), *NIGHT]) == 1
    assert "contact_2017-03-03.csv" in names(council)


def test_when_the_store_fails_what_was_loaded_before_is_told(
    night: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.rename
    renamed: list[object] = []

    def full(*given: Any) -> None:
        renamed.append(given)
        if len(renamed) > 1:
            raise OSError(28, "No space left on device")
        whole(*given)

    monkeypatch.setattr(os, "rename", full)
    assert main(["load", "--folder", str(night), *NIGHT]) == 2
    said = capsys.readouterr()
    assert "contact_2017-03-03.csv: local table" in said.out and "1 loaded and 2 loaded before." in said.out
    assert "No space left on device" in said.err and "make room on this disk" in said.err


def test_an_empty_folder_and_none(council: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nothing").mkdir()
    assert main(["load", "--folder", str(tmp_path / "nothing")]) == 0
    assert capsys.readouterr().out == f"Nothing is in {tmp_path / 'nothing'}.\n"
    assert main(["load", "--folder", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().err


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    "arguments", [[], ["--folder", ".", "a.csv"], ["--folder", ".", "--settled", "-1"], ["--settled", "soon", "a.csv"]]
)
def test_arguments_that_make_no_sense(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["load", *arguments])
    assert stopped.value.code == 2 and "usage:" in capsys.readouterr().err


def test_the_authority_and_the_day_received_count_for_all(council: Path, night: Path) -> None:
    (night / "referral_2017-03-03.csv").write_text(REFERRALS.replace("A,", "Z,"), encoding="utf-8")
    assert main(["load", "--folder", str(night), *NIGHT, "--received", "2017-04-01", "--authority", "999"]) == 1
    received = {each.file_name: str(each.received_on) for each in Record.open(open_workspace(council)).deliveries()}
    assert received["referral_2017-03-03.csv"] == received["contact_2017-03-04.csv"] == "2017-04-01"
