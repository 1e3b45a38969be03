"""The record's key: made once, read back, and missed in words that say what to do."""

from __future__ import annotations

import base64
import stat
import sys
from pathlib import Path

import pytest

from compendium.errors import StoreError
from compendium.record.deliveries import Record
from compendium.record.keys import make_key, read_key
from compendium.workspace import Workspace
from tests.record.drawn import deliver


def test_a_key_is_32_random_bytes_in_base64(tmp_path: Path) -> None:
    make_key(tmp_path / "one.key")
    make_key(tmp_path / "two.key")
    one, two = read_key(tmp_path / "one.key"), read_key(tmp_path / "two.key")
    assert (len(one), len(two)) == (32, 32)
    assert one != two
    assert base64.b64decode((tmp_path / "one.key").read_text(encoding="ascii")) == one


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_may_read_a_key(tmp_path: Path) -> None:
    make_key(tmp_path / "a.key")
    assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    make_key(tmp_path / "a.key")
    before = read_key(tmp_path / "a.key")
    with pytest.raises(StoreError, match="there is a key already"):
        make_key(tmp_path / "a.key")
    assert read_key(tmp_path / "a.key") == before


def test_a_missing_key_is_told_with_what_to_do(workspace: Workspace) -> None:
    workspace.key_file.unlink()
    with pytest.raises(StoreError) as fault:
        Record.open(workspace)
    assert str(workspace.key_file) in str(fault.value)
    assert "COMPENDIUM_KEY_FILE" in fault.value.remedy


@pytest.mark.parametrize("content", [b"", b"not base64!", base64.b64encode(b"too short"), b"\xff\xfe"])
def test_a_damaged_key_is_told(workspace: Workspace, content: bytes) -> None:
    workspace.key_file.write_bytes(content)
    with pytest.raises(StoreError, match="not a key, or it is damaged") as fault:
        Record.open(workspace)
    assert "copy" in fault.value.remedy


def test_another_key_is_told_from_damage(workspace: Workspace, record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    workspace.key_file.unlink()
    make_key(workspace.key_file)
    with pytest.raises(StoreError, match="sealed with another key") as fault:
        Record.open(workspace).deliveries()
    assert str(workspace.key_file) in fault.value.remedy


def test_the_key_that_comes_back_opens_the_record(workspace: Workspace, record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    kept = workspace.key_file.read_bytes()
    workspace.key_file.unlink()
    make_key(workspace.key_file)
    workspace.key_file.write_bytes(kept)
    assert len(Record.open(workspace).deliveries()) == 1
