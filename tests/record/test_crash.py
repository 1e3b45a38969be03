"""Killed at any moment, or out of room on the disk: the record is the last good one or the new one, whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from compendium.cli import main
from compendium.record.deliveries import Record
from compendium.record.rotation import KeyRotation
from compendium.workspace import open_workspace
from tests.sources.desk import case, census, child

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")


def children(*numbers: int) -> str:
    return census(*(child(case(referred="2016-05-04"), identity=f"c{number}") for number in numbers))


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one delivery, and another file that waits beside it."""
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    assert main(["new", str(tmp_path / "start")]) == 0
    (tmp_path / "start" / "compendium.toml").write_text("[authority]\n", encoding="utf-8")
    (tmp_path / "first.xml").write_text(children(*range(100)), encoding="utf-8")
    (tmp_path / "second.xml").write_text(children(*range(50, 400)), encoding="utf-8")
    assert main(["load", "--workspace", str(tmp_path / "start"), str(tmp_path / "first.xml")]) == 0
    return tmp_path / "start"


def kills(start: Path, rounds: int, seed: int, *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.record.killing", str(start.parent), str(rounds), str(seed), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_load_killed_at_a_random_moment_leaves_a_whole_record_and_the_next_one_succeeds(
    start: Path, seed: int, full_counts: bool
) -> None:
    rounds = 200 if full_counts else 10
    found = kills(start, rounds, seed, "load", str(start.parent / "second.xml"))
    assert (found["status"], found["names"]) == ("0", ["after", "before"])
    assert len(found["rounds"]) == rounds
    assert [each for each in found["rounds"] if each[1] not in ("before", "after") or each[2:] != ["0", "after"]] == []
    assert "before" in {each[1] for each in found["rounds"]}, "no kill came in time: nothing was tried"


def test_a_rotation_killed_at_a_random_moment_leaves_a_record_that_opens_and_is_ended_by_the_next(
    start: Path, seed: int, full_counts: bool
) -> None:
    rounds = 100 if full_counts else 10
    found = kills(start, rounds, seed, "key", "rotate")
    assert (found["status"], found["names"]) == ("0", ["before"]), "a rotation changes nothing of what the record says"
    assert [each for each in found["rounds"] if each[1:] != ["before", "0", "before"]] == []


def test_a_move_of_the_key_killed_at_a_random_moment_leaves_a_record_that_opens(
    start: Path, seed: int, full_counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COMPENDIUM_PASSPHRASE", "COMPENDIUM_NEW_PASSPHRASE"):
        monkeypatch.setenv(name, "tulip anvil harbour")
    found = kills(start, 40 if full_counts else 5, seed, "key", "custody", "--to", "passphrase")
    assert (found["status"], found["names"]) == ("0", ["before"])
    assert [each for each in found["rounds"] if each[1:] != ["before", "0", "before"]] == []


def test_the_same_file_loaded_twice_at_once_is_one_delivery(start: Path) -> None:
    file = start.parent / "second.xml"
    command = [sys.executable, "-m", "compendium.cli", "load", "--workspace", str(start), str(file)]
    loads = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    said = [each.communicate()[0] for each in loads]
    assert [each.returncode for each in loads] == [0, 0, 0]
    assert sorted(b"already loaded; nothing changed" in each for each in said) == [False, True, True]
    record = Record.open(open_workspace(start))
    assert [each.file_name for each in record.deliveries()] == ["first.xml", "second.xml"]
    assert len(list((start / "record" / "deliveries").iterdir())) == 2
    assert KeyRotation(open_workspace(start)).check().good


NO_ROOM = """
import resource, sys
from compendium.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("room", [0, 200, 1500])
def test_without_room_on_the_disk_the_load_is_refused_in_words_and_leaves_nothing(start: Path, room: int) -> None:
    """No file may grow beyond so many bytes: the system answers as it does when a disk is full."""
    before = {path: path.read_bytes() for path in start.rglob("*") if path.is_file()}
    command = [sys.executable, "-c", NO_ROOM, str(room), "load", "--workspace", str(start)]
    done = subprocess.run([*command, str(start.parent / "second.xml")], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"{start / 'record'}" in done.stderr and "the record cannot be written: File too large" in done.stderr
    assert " kB were to be written" in done.stderr and "To do: make room on this disk" in done.stderr
    assert {path: path.read_bytes() for path in start.rglob("*") if path.is_file()} == before
    assert main(["load", "--workspace", str(start), str(start.parent / "second.xml")]) == 0


def test_without_room_nothing_is_read_of_a_child_and_nothing_stays_half_written(
    start: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The access record comes first: where it cannot be written, no row is shown."""
    rows = ["indicator", "rows", "referrals", "--workspace", str(start), "--month", "2016-05", "--why", "audit"]
    assert main(rows) == 0
    before = {path: path.read_bytes() for path in start.rglob("*") if path.is_file()}
    capsys.readouterr()
    done = subprocess.run([sys.executable, "-c", NO_ROOM, "100", *rows], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the record cannot be written" in done.stderr
    assert {path: path.read_bytes() for path in start.rglob("*") if path.is_file()} == before
    assert main(rows) == 0


def test_a_rotation_without_room_can_be_ended_later(start: Path) -> None:
    rotate = ["key", "rotate", "--workspace", str(start)]
    done = subprocess.run([sys.executable, "-c", NO_ROOM, "800", *rotate], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "the record cannot be written" in done.stderr
    assert len(Record.open(open_workspace(start)).deliveries()) == 1
    assert not KeyRotation(open_workspace(start)).check().good
    assert main(rotate) == 0
    assert KeyRotation(open_workspace(start)).check().good


def test_a_copy_of_the_key_without_room_leaves_no_half_of_one(start: Path) -> None:
    """It would stand in the way of the next try."""
    copy = ["key", "copy", str(start.parent / "vault.key"), "--workspace", str(start)]
    done = subprocess.run([sys.executable, "-c", NO_ROOM, "20", *copy], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "the key cannot be written: File too large" in done.stderr
    assert main(copy) == 0


def test_a_command_leaves_no_core(start: Path) -> None:
    script = "import resource\nfrom compendium.cli import main\nmain(['key', 'check', '--workspace', '.'])\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{script}print(resource.getrlimit(resource.RLIMIT_CORE))"],
        cwd=start,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "(0, 0)"
