"""compendium access: who read whose rows; asked about one child, the asking is put on record first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compendium.cli import main
from compendium.record.access import AccessRecord
from compendium.workspace import open_workspace


@pytest.fixture
def read(council: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The North East's list (A and B) was read, then the whole (A, B and C)."""
    for why, place in (("supervision", ["--area", "NE"]), ("an audit", [])):
        assert main(["indicator", "rows", "referrals", "--month", "2017-01", "--why", why, *place]) == 0
    capsys.readouterr()
    return council


def entries(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[object, ...]]:
    assert main(["access", "--format", "json", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)["entries"]
    return [(each["why"], each["rows"], each["children"]) for each in found]


@pytest.mark.usefixtures("read")
def test_the_entries_are_printed_and_name_no_child(capsys: pytest.CaptureFixture[str]) -> None:
    assert entries(capsys) == [("supervision", 2, 2), ("an audit", 3, 3)]
    assert main(["access"]) == 0
    text = capsys.readouterr().out
    assert "referrals, 2017-01, month, area NE" in text and "2 entries" in text and "c_" not in text


@pytest.mark.usefixtures("read")
def test_asking_about_one_child_is_itself_on_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["access", "--child", "C"]) == 2
    assert "the reason is empty" in capsys.readouterr().err
    assert entries(capsys, "--child", "C", "--why", "a request") == [("an audit", 3, 3), ("a request", 1, 1)]
    assert entries(capsys, "--child", "nobody", "--why", "a request") == [("a request", 1, 1)]
    assert entries(capsys)[2:] == [("a request", 1, 1), ("a request", 1, 1)]


def test_an_anchor_kept_elsewhere_is_compared(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = str(AccessRecord.open(open_workspace(read)).anchor())
    assert main(["access"]) == 0
    assert kept in capsys.readouterr().out
    assert entries(capsys, "--child", "A", "--why", "a request")
    assert main(["access", "--anchor", kept]) == 0
    assert "begins with the entries of the anchor" in capsys.readouterr().out
    for path in ("access", "access.anchor"):
        (read / "record" / path).unlink()
    assert entries(capsys) == []
    assert main(["access", "--anchor", kept]) == 1
    assert "does not begin with the 2 entries" in capsys.readouterr().err


@pytest.mark.usefixtures("read")
def test_what_is_no_anchor_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["access", "--anchor", "yesterday"])
    assert "not an anchor" in capsys.readouterr().err


def test_a_changed_record_is_told(read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = read / "record" / "access"
    path.write_bytes(path.read_bytes()[: path.read_bytes().index(b"\n\n") + 1])
    assert main(["access"]) == 2
    assert "has lost its end" in capsys.readouterr().err
