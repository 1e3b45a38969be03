"""The access record: who read a child list, and that nobody can change it unseen."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compendium.errors import StoreError
from compendium.record.access import Access, AccessRecord
from compendium.record.keys import make_key
from compendium.workspace import Workspace

NOON = datetime(2017, 2, 3, 12, tzinfo=UTC)


@pytest.fixture
def path(workspace: Workspace) -> Path:
    """The file of an access record with three entries."""
    access = AccessRecord.open(workspace)
    for number in range(3):
        access.write(who="A. Analyst", what=f"list {number}", how_many=number, why="a question", when=NOON)
    return workspace.record_folder / "access"


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n")


def test_an_entry_says_who_when_what_how_many_and_why(workspace: Workspace, path: Path) -> None:
    entries = AccessRecord.open(workspace).entries()
    assert entries[1] == Access("A. Analyst", NOON, "list 1", 1, "a question")
    assert len(entries) == 3


def test_without_a_time_it_is_now(workspace: Workspace) -> None:
    before = datetime.now(UTC)
    AccessRecord.open(workspace).write(who="A. Analyst", what="a list", how_many=1, why="a question")
    (entry,) = AccessRecord.open(workspace).entries()
    assert before <= entry.when <= datetime.now(UTC)


def test_a_workspace_that_nobody_has_read_has_no_entries(workspace: Workspace) -> None:
    assert AccessRecord.open(workspace).entries() == []


@pytest.mark.parametrize(("who", "why"), [("", "a question"), ("A. Analyst", " ")])
def test_nobody_reads_without_a_name_and_a_reason(workspace: Workspace, who: str, why: str) -> None:
    with pytest.raises(ValueError, match="by someone and for a reason"):
        AccessRecord.open(workspace).write(who=who, what="a list", how_many=1, why=why)
    assert AccessRecord.open(workspace).entries() == []


@pytest.mark.parametrize("number", [1, 3, 5])  # every other line is empty
def test_an_entry_changed_is_noticed(workspace: Workspace, path: Path, number: int) -> None:
    changed = lines(path)
    changed[number] = changed[number][:-8] + b"AAAA" + changed[number][-4:]
    path.write_bytes(b"\n".join(changed))
    with pytest.raises(StoreError, match="access record has been changed"):
        AccessRecord.open(workspace).entries()


@pytest.mark.parametrize("number", [1, 3])
def test_an_entry_taken_out_is_noticed(workspace: Workspace, path: Path, number: int) -> None:
    left = lines(path)
    del left[number]
    path.write_bytes(b"\n".join(left))
    with pytest.raises(StoreError, match="access record has been changed"):
        AccessRecord.open(workspace).entries()


def test_entries_put_in_another_order_are_noticed(workspace: Workspace, path: Path) -> None:
    turned = lines(path)
    turned[1], turned[3] = turned[3], turned[1]
    path.write_bytes(b"\n".join(turned))
    with pytest.raises(StoreError, match="access record has been changed"):
        AccessRecord.open(workspace).entries()


@pytest.mark.parametrize("left", [0, 1, 20])
def test_an_entry_cut_short_by_a_crash_does_no_harm(workspace: Workspace, path: Path, left: int) -> None:
    """It was being written, so the list was never given."""
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: whole.index(b"\n", 1)][:left])
    access = AccessRecord.open(workspace)
    assert len(access.entries()) == 3
    access.write(who="B. Analyst", what="a list", how_many=1, why="a question", when=NOON)
    assert [entry.who[0] for entry in access.entries()] == ["A", "A", "A", "B"]


def test_writers_at_once_make_one_chain(workspace: Workspace) -> None:
    def write(number: int) -> None:
        AccessRecord.open(workspace).write(who=f"{number}", what="a list", how_many=1, why="a question")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entry.who for entry in AccessRecord.open(workspace).entries()) == [str(each) for each in range(8)]


def test_another_key_cannot_read_it(workspace: Workspace, path: Path) -> None:
    workspace.key_file.unlink()
    make_key(workspace.key_file)
    with pytest.raises(StoreError):
        AccessRecord.open(workspace).entries()
