"""A fault of the program: its kind and its lines are told, and nothing of what it was working on."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.cli import main
from compendium.commands.account import account
from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.workspace import open_workspace

ROW = "KID-7Q-000411, Zebulon Quillfeather"


def faulty(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    def deliveries(record: Record) -> None:
        raise fault

    monkeypatch.setattr(Record, "deliveries", deliveries)


@pytest.mark.usefixtures("council")
def test_the_words_of_an_exception_are_withheld(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COMPENDIUM_DEBUG", raising=False)
    fault = KeyError(ROW)
    fault.__cause__ = ValueError(ROW)
    fault.add_note(ROW)
    faulty(monkeypatch, fault)
    assert main(["ledger"]) == 2
    said = "".join(capsys.readouterr())
    assert "not of yours: KeyError" in said and "at compendium.commands.ledger, line " in said
    assert "COMPENDIUM_DEBUG=1" in said
    assert "KID" not in said and "Zebulon" not in said and "Traceback" not in said


@pytest.mark.usefixtures("council")
def test_all_of_it_is_shown_when_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COMPENDIUM_DEBUG", "1")
    faulty(monkeypatch, KeyError(ROW))
    assert main(["ledger"]) == 2
    said = capsys.readouterr().err
    assert "Traceback" in said and ROW in said


@pytest.mark.usefixtures("council")
def test_what_the_system_refuses_is_told_with_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COMPENDIUM_DEBUG", raising=False)
    faulty(monkeypatch, OSError(28, "No space left on device", "editions/2017-01/index.html"))
    assert main(["ledger"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("editions/2017-01/index.html: No space left on device") and "room on the disk" in said
    assert "fault of the program" not in said


def test_who_reads_is_the_account_and_not_what_the_environment_says(
    council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody.else")
    assert main(["indicator", "rows", "referrals", "--month", "2017-01", "--why", "audit"]) == 0
    (entry,) = AccessRecord.open(open_workspace(council)).entries()
    assert entry.who == account() != "somebody.else"
