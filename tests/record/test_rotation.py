"""Rotation: another key seals everything, and nothing of what the record says changes."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from compendium.cli import main
from compendium.errors import StoreError
from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.record.folder import QUALITY, RecordFolder
from compendium.record.keys import read_key
from compendium.record.rotation import KeyRotation
from compendium.record.store import Store
from compendium.workspace import Workspace
from tests.record.drawn import deliver, held

PERSON = [("person", "person_id sex\n a F")]


class Stopped(BaseException):
    """What a test raises in the middle of a rotation."""


def quietly(blob: str) -> None:
    pass


def stopping(at: int) -> Callable[[str], None]:
    """Raises when so many blobs have been named."""
    seen: list[str] = []

    def step(blob: str) -> None:
        seen.append(blob)
        if len(seen) == at:
            raise Stopped

    return step


def worker_of(record: Record, number: int) -> str | None:
    with record.receive("f", f"{number:064}", date(2017, 2, 3), source_format="drawn") as intake:
        return intake.worker("SW123456")


@pytest.fixture
def full(record: Record, workspace: Workspace) -> Workspace:
    """Two deliveries, a reading of child a's rows, and what lies beside the deliveries."""
    deliver(record, "2017-02-03", PERSON)
    deliver(record, "2017-03-03", [("person", "person_id sex\n a M\n b F")])
    AccessRecord.open(workspace).write(who="A", what="a list", how_many=1, why="audit", children=["a"])
    RecordFolder(workspace.record_folder, Store.of(workspace)).put(QUALITY, b"{}")
    return workspace


def blobs(workspace: Workspace) -> dict[str, bytes]:
    found = [path for path in workspace.record_folder.rglob("*") if path.is_file() and path.name != "lock"]
    return {str(path): path.read_bytes() for path in found}


def test_everything_is_sealed_anew_and_says_the_same(full: Workspace, record: Record) -> None:
    before, said = blobs(full), held(record.as_at(), "person")
    old_key = full.key_file.read_bytes()
    KeyRotation(full).rotate(quietly)
    after = blobs(full)
    assert before.keys() | {str(full.record_folder / "keys")} == after.keys()
    assert [path for path in before if after[path] == before[path]] == [], "not one blob is as it was"
    assert full.key_file.read_bytes() != old_key
    assert held(Record.open(full).as_at(), "person") == said
    assert Record.open(full).deliveries() == record.deliveries()
    assert KeyRotation(full).check().good


def test_the_old_key_opens_nothing_any_more(full: Workspace) -> None:
    for _ in range(2):  # the first takes a record of the first version, whose key file is its only key
        old = full.key_file.read_bytes()
        KeyRotation(full).rotate(quietly)
        new = full.key_file.read_bytes()
        full.key_file.write_bytes(old)
        with pytest.raises(StoreError, match="does not open the record"):
            Record.open(full)
        wrapped = full.record_folder / "keys"
        aside = wrapped.rename(full.folder / "keys")
        with pytest.raises(StoreError, match="sealed with another key"):
            Record.open(full).deliveries()
        aside.rename(wrapped)
        full.key_file.write_bytes(new)


def test_a_worker_keeps_the_pseudonym_that_stands_in_earlier_deliveries(full: Workspace) -> None:
    before = worker_of(Record.open(full), 1)
    for number in (2, 3):
        KeyRotation(full).rotate(quietly)
        assert worker_of(Record.open(full), number) == before


def test_the_access_record_knows_a_child_again_and_keeps_its_anchor(full: Workspace) -> None:
    anchor = AccessRecord.open(full).anchor()
    KeyRotation(full).rotate(quietly)
    access = AccessRecord.open(full)
    assert [entry.why for entry in access.about("a")] == ["audit"]
    assert access.holds(anchor) and access.anchor() == anchor
    access.write(who="B", what="a list", how_many=1, why="complaint", children=["a"])
    assert [entry.why for entry in access.about("a")] == ["audit", "complaint"]


def test_a_broken_access_record_stops_a_rotation_before_it_hides_the_damage(full: Workspace) -> None:
    path = full.record_folder / "access"
    path.write_bytes(path.read_bytes()[: -(1 + 40)] + b"\n")
    with pytest.raises(StoreError, match="access record has"):
        KeyRotation(full).rotate(quietly)
    assert len(Record.open(full).deliveries()) == 2
    with pytest.raises(StoreError, match="access record has"):
        AccessRecord.open(full).entries()


@pytest.mark.parametrize("at", [1, 2, 7, 8])
def test_a_rotation_that_was_cut_short_is_ended_by_the_next(full: Workspace, at: int) -> None:
    said = held(Record.open(full).as_at(), "person")
    with pytest.raises(Stopped):
        KeyRotation(full).rotate(stopping(at))
    found = KeyRotation(full).check()
    assert not found.good and found.left == found.blobs - (at - 1) and len(found.custodies) == 2
    assert held(Record.open(full).as_at(), "person") == said
    deliver(Record.open(full), "2017-04-03", [("person", "person_id sex\n c F")])
    with pytest.raises(StoreError, match="was cut short") as refused:
        KeyRotation(full).move("keyring")
    assert "compendium key rotate" in refused.value.remedy
    KeyRotation(full).rotate(quietly)
    assert KeyRotation(full).check().good
    assert len(held(Record.open(full).as_at(), "person")) == 3


def test_who_has_the_record_open_reads_on_and_loads_with_the_new_key(full: Workspace) -> None:
    reading, loading = Record.open(full), Record.open(full)
    with loading.receive("late.xml", "f" * 64, date(2017, 4, 3), source_format="drawn") as intake:
        intake.appender("person", ["person_id", "sex"])((2, "c", "F"))
        KeyRotation(full).rotate(quietly)
    assert len(held(reading.as_at(), "person")) == 3
    assert KeyRotation(full).check().good, "nothing is left under a key that is gone"


def test_a_load_begun_before_a_rotation_never_seals_with_the_key_that_is_gone(
    record: Record, workspace: Workspace
) -> None:
    """Not even where it has no need to read anything first: it knows the deliveries, and nobody has read a list."""
    deliver(record, "2017-02-03", PERSON)
    assert len(record.deliveries()) == 1
    KeyRotation(workspace).rotate(quietly)
    deliver(record, "2017-03-03", [("referral", "person_id referral_date\n a 2017-01-03")], source_format="another")
    assert KeyRotation(workspace).check().good
    assert len(Record.open(workspace).deliveries()) == 2


def test_a_load_during_a_rotation_waits_for_its_end(full: Workspace) -> None:
    loads: list[threading.Thread] = []

    def meanwhile(blob: str) -> None:
        if not loads:
            loads.append(threading.Thread(target=deliver, args=(Record.open(full), "2017-04-03", PERSON)))
            loads[0].start()

    KeyRotation(full).rotate(meanwhile)
    loads[0].join(30)
    assert len(Record.open(full).deliveries()) == 3
    assert KeyRotation(full).check().good


def test_a_backup_of_the_record_opens_with_the_key_of_its_day(full: Workspace, tmp_path: Path) -> None:
    KeyRotation(full).rotate(quietly)
    shutil.copytree(full.record_folder, tmp_path / "backup")
    KeyRotation(full).copy(tmp_path / "vault.key")
    KeyRotation(full).rotate(quietly)
    shutil.rmtree(full.record_folder)
    shutil.copytree(tmp_path / "backup", full.record_folder)
    with pytest.raises(StoreError, match="does not open the record"):
        Record.open(full)
    shutil.copy(tmp_path / "vault.key", full.key_file)
    assert len(Record.open(full).deliveries()) == 2 and KeyRotation(full).check().good


def test_check_names_what_does_not_open(full: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    check = ["key", "check", "--workspace", str(full.folder)]
    assert main(check) == 0
    assert "opens everything: 2 deliveries" in capsys.readouterr().out
    path = next((full.record_folder / "deliveries").rglob("person"))
    path.write_bytes(path.read_bytes()[:-1])
    assert main(check) == 1
    said = capsys.readouterr()
    assert f"does not open {path.parent.name}/person: this part of the record is damaged" in said.err
    assert "opens everything" not in said.out


def test_the_command_says_where_the_new_key_is(full: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["key", "rotate", "--workspace", str(full.folder)]) == 0
    assert f"The new key is in the file {full.key_file}" in capsys.readouterr().out
    assert len(read_key(full.key_file)) == 32
    assert not full.key_file.with_name(full.key_file.name + ".new").exists()
