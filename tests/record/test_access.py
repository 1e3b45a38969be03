"""The access record: who read a child list, and that nobody can change it unseen."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from compendium.errors import StoreError
from compendium.record.access import Access, AccessRecord, Anchor
from compendium.record.deliveries import Record
from compendium.record.keys import make_key
from compendium.record.store import Store
from compendium.workspace import Workspace
from tests.record.drawn import deliver, make_workspace

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


@pytest.mark.parametrize("left", [0, 1, 2])
def test_entries_cut_off_at_the_end_are_noticed(workspace: Workspace, path: Path, left: int) -> None:
    path.write_bytes(b"\n".join(lines(path)[: 2 * left]) + b"\n")
    with pytest.raises(StoreError, match="has lost its end: it holds") as fault:
        AccessRecord.open(workspace).entries()
    assert "held 3" in fault.value.what
    with pytest.raises(StoreError):
        AccessRecord.open(workspace).write(who="B. Analyst", what="a list", how_many=1, why="a question")


def test_a_delivery_is_a_witness_when_the_record_of_access_is_put_back_whole(workspace: Workspace, path: Path) -> None:
    """Both files of an older copy fit one another; a delivery loaded since knows better."""
    older = {each: each.read_bytes() for each in (path, path.with_name("access.anchor"))}
    AccessRecord.open(workspace).write(who="B. Analyst", what="a list", how_many=1, why="a question")
    deliver(Record.open(workspace), "2017-02-03", [("person", "person_id sex\n a F")])
    for each, content in older.items():
        each.write_bytes(content)
    with pytest.raises(StoreError, match="lost its end"):
        AccessRecord.open(workspace).entries()


def test_an_anchor_kept_elsewhere_tells_an_older_copy(workspace: Workspace, path: Path) -> None:
    older = {each: each.read_bytes() for each in (path, path.with_name("access.anchor"))}
    access = AccessRecord.open(workspace)
    before = access.anchor()
    access.write(who="B. Analyst", what="a list", how_many=1, why="a question", when=NOON)
    kept = Anchor.parse(str(access.anchor()))
    assert (before.entries, kept.entries) == (3, 4)
    assert access.holds(before) and access.holds(kept)
    for each, content in older.items():
        each.write_bytes(content)
    assert AccessRecord.open(workspace).holds(before) and not AccessRecord.open(workspace).holds(kept)
    access.write(who="B. Analyst", what="another list", how_many=1, why="a question", when=NOON)
    assert not access.holds(kept)


@pytest.mark.parametrize("text", ["", "3", "3:abc", "x:" + "0" * 64, "-1:" + "0" * 64, "3:" + "g" * 64])
def test_what_is_no_anchor(text: str) -> None:
    with pytest.raises(ValueError):
        Anchor.parse(text)


def test_who_has_read_a_childs_rows(workspace: Workspace, path: Path) -> None:
    access = AccessRecord.open(workspace)
    for who, children in (("B. Analyst", ["1001", "1002", "1001"]), ("C. Manager", ["1002 ", None, ""])):
        access.write(who=who, what="a list", how_many=len(children), why="a question", children=children)
    assert [[entry.who for entry in access.about(child)] for child in ("1001", "1002", "1003")] == [
        ["B. Analyst"],
        ["B. Analyst", "C. Manager"],
        [],
    ]


def test_a_child_is_noted_by_a_pseudonym_of_this_record_alone(workspace: Workspace, tmp_path: Path) -> None:
    other = make_workspace(tmp_path / "another")
    noted = []
    for each in (workspace, other, other):
        entry = AccessRecord.open(each).write(who="A", what="a list", how_many=1, why="audit", children=["1001"])
        assert AccessRecord.open(each).entries()[-1] == entry
        noted.append(entry.children)
    assert noted[0] != noted[1] == noted[2]
    assert len(noted[0]) == 1 and "1001" not in noted[0][0]


def test_rows_are_handed_out_only_once_their_reading_is_on_record(workspace: Workspace, path: Path) -> None:
    rows = [{"child_id": "1001"}, {"child_id": "1002"}]
    access = AccessRecord.open(workspace)
    given = access.hand_out(rows, children=("1001", "1002"), who="A. Analyst", what="a list", why="audit")
    assert given == rows
    assert [(entry.what, entry.how_many) for entry in access.about("1002")] == [("a list", 2)]
    path.write_bytes(b"")
    with pytest.raises(StoreError):
        access.hand_out(rows, children=("1001",), who="A. Analyst", what="a list", why="audit")


def test_a_child_comes_with_its_address_in_the_case_system_where_the_settings_say_how(workspace: Workspace) -> None:
    rows: list[dict[str, Any]] = [{"child_id": "10/01", "n": 1}, {"child_id": None, "n": 2}]

    def asked(of: Workspace, rows: list[dict[str, Any]]) -> list[Any]:
        access = AccessRecord.open(of)
        return access.hand_out(rows, children=("10/01",), who="A. Analyst", what="a list", why="audit")

    linked = replace(workspace, case_link="https://cases.example/{person_id}/view")
    assert asked(linked, rows) == [
        {"child_id": "10/01", "n": 1, "link": "https://cases.example/10%2F01/view"},
        {"child_id": None, "n": 2, "link": None},
    ]
    assert asked(workspace, rows) == rows, "without, there is no such column"
    ids = [{"person_id": "10/01", "linked_to": "10/02"}]
    assert asked(linked, ids) == ids, "a list of links between ids stays one"


def test_entries_of_the_first_version_are_still_read_and_followed(workspace: Workspace) -> None:
    """They held the hash of the line before as it was sealed, and no children; nothing noted how many there were."""
    store, last, written = Store.of(workspace), "0" * 64, b""
    for number in range(3):
        entry = {"who": "A", "when": NOON.isoformat(), "what": f"list {number}", "how_many": 1, "why": "audit"}
        line = base64.b64encode(store.seal("access", json.dumps({**entry, "before": last}).encode()))
        last, written = hashlib.sha256(line).hexdigest(), written + b"\n" + line + b"\n"
    workspace.record_folder.mkdir()
    (workspace.record_folder / "access").write_bytes(written)
    access = AccessRecord.open(workspace)
    access.write(who="B", what="list 3", how_many=1, why="audit", children=["1001"])
    assert [entry.what[-1] for entry in access.entries()] == ["0", "1", "2", "3"]
    swapped = (workspace.record_folder / "access").read_bytes().split(b"\n")
    swapped[1], swapped[3] = swapped[3], swapped[1]
    (workspace.record_folder / "access").write_bytes(b"\n".join(swapped))
    with pytest.raises(StoreError, match="has been changed"):
        access.entries()


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
