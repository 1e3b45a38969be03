"""Writing to the disk: on Windows too, whose ways are played here."""

from __future__ import annotations

import os
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from compendium.errors import StoreError
from compendium.record import disk


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(disk, "PAUSE", 0)


def refusing(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody reads the file for a while."""
    whole, asked = os.replace, [0]

    def replace(*given: Any) -> None:
        asked[0] += 1
        if asked[0] <= times:
            raise PermissionError(13, "Permission denied")
        whole(*given)

    monkeypatch.setattr(os, "replace", replace)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("times", [0, 1, 50])
def test_windows_is_asked_again_while_somebody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    (tmp_path / "keys").write_bytes(b"old")
    refusing(times, monkeypatch)
    disk.replace_durably(tmp_path / "keys", b"new", tmp_path / ".incoming-keys")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"keys": b"new"}


@pytest.mark.usefixtures("windows")
def test_in_the_end_it_is_an_error_and_the_old_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").write_bytes(b"old")
    refusing(51, monkeypatch)
    with pytest.raises(StoreError, match="cannot be written: Permission denied; 3 bytes were to be written"):
        disk.replace_durably(tmp_path / "keys", b"new", tmp_path / ".incoming-keys")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"keys": b"old"}


def test_elsewhere_a_folder_that_may_not_be_written_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(1, monkeypatch)
    with pytest.raises(StoreError, match="Permission denied"):
        disk.replace_durably(tmp_path / "keys", b"new", tmp_path / ".incoming-keys")


@pytest.mark.usefixtures("windows")
def test_windows_waits_for_the_lock_however_long_another_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []

    def locking(handle: int, mode: int, length: int) -> None:
        asked.append((mode, length))
        if len(asked) < 200:
            raise OSError(36, "Resource deadlock avoided")

    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(locking=locking, LK_NBLCK=2))
    with open(tmp_path / "lock", "ab") as file:
        disk.lock(file)
    assert asked == [(2, 1)] * 200
