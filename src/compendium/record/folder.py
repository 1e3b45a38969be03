"""The record's folder on disk: sealed blobs, one folder a delivery, made visible by one rename.

record/
├── lock                                  held while something is written
├── access  access.anchor                 who read whose rows, and how many entries there are
└── deliveries/
    ├── .incoming-000008-4be1…/           a commit that was cut short: never read, swept by the next
    └── 000007-9f86d081884c/              sequence and start of the file's SHA-256
        ├── manifest  ledger  people      what it is; what was dropped or changed; whose ids it holds
        ├── access.anchor                 how long the access record was by then
        └── <table>                       Parquet
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from compendium import words
from compendium.errors import Place, StoreError
from compendium.record.store import Store

INCOMING = ".incoming-"


class RecordFolder:
    """Reads and writes whole deliveries as named blobs, and a few sealed files beside them."""

    def __init__(self, path: Path, store: Store) -> None:
        self.path, self.store = path, store
        self._deliveries = path / "deliveries"

    def delivery_ids(self) -> list[str]:
        """In the order loaded. What was cut short is not among them."""
        if not self._deliveries.is_dir():
            return []
        return sorted(
            each.name for each in self._deliveries.iterdir() if each.is_dir() and not each.name.startswith(".")
        )

    def read(self, delivery_id: str, name: str) -> bytes:
        return self.store.open(f"{delivery_id}/{name}", _content(self._deliveries / delivery_id / name))

    def write(self, delivery_id: str, blobs: Mapping[str, bytes]) -> None:
        """All of a delivery or nothing. The caller holds the lock."""
        self._sweep()
        incoming = self._deliveries / f"{INCOMING}{delivery_id}"
        sealed = {name: self.store.seal(f"{delivery_id}/{name}", content) for name, content in blobs.items()}
        with self._whole(sum(map(len, sealed.values())), incoming):
            incoming.mkdir(parents=True)
            for name, blob in sealed.items():
                write_durably(incoming / name, blob)
            fsync_folder(incoming)
            os.rename(incoming, self._deliveries / delivery_id)
            fsync_folder(self._deliveries)

    def holds(self, name: str, delivery_id: str | None = None) -> bool:
        """Whether there is such a blob, beside the deliveries or in one of them."""
        return (self._deliveries / delivery_id / name if delivery_id else self.path / name).exists()

    def get(self, name: str) -> bytes:
        """The content of a sealed file beside the deliveries."""
        return self.store.open(name, _content(self.path / name))

    def put(self, name: str, content: bytes) -> None:
        """A sealed file beside the deliveries, in the place of the one before. The caller holds the lock."""
        blob = self.store.seal(name, content)
        with self._whole(len(blob), self.path / f"{INCOMING}{name}"):
            replace_file(self.path / name, blob, self.path / f"{INCOMING}{name}")

    def append(self, name: str, line: bytes) -> None:
        """One more line at the end of a file beside the deliveries. The caller holds the lock."""
        before = (self.path / name).stat().st_size if self.holds(name) else 0
        try:
            with open(self.path / name, "ab") as file:
                # A line of its own even after one that was cut short by a crash.
                file.write(b"\n" + line + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            if self.holds(name):
                os.truncate(self.path / name, before)
            raise _unwritten(self.path, fault, len(line)) from fault

    @contextmanager
    def _whole(self, wanted: int, incoming: Path) -> Iterator[None]:
        """What cannot be written whole leaves nothing behind."""
        try:
            yield
        except OSError as fault:
            if incoming.is_dir():
                shutil.rmtree(incoming, ignore_errors=True)
            else:
                incoming.unlink(missing_ok=True)
            raise _unwritten(self.path, fault, wanted) from fault

    def _sweep(self) -> None:
        if self._deliveries.is_dir():
            for left in self._deliveries.glob(f"{INCOMING}*"):
                shutil.rmtree(left)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one process at a time writes; another waits. The system lets go of the lock of a process that dies."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            file = open(self.path / "lock", "ab")  # noqa: SIM115
        except OSError as fault:
            raise _unwritten(self.path, fault, 0) from fault
        with file:
            _lock(file)
            yield


def write_durably(path: Path, content: bytes) -> None:
    """A new file that is on the disk when this returns."""
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes, aside: Path) -> None:
    """The file is as it was until it is, at once, the new one: written aside and renamed."""
    write_durably(aside, content)
    os.replace(aside, path)
    fsync_folder(path.parent)


def fsync_folder(folder: Path) -> None:
    """So that names survive a power cut too. Windows has no such thing."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:  # LK_LOCK itself gives up after ten seconds
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                return
            except OSError:
                time.sleep(0.1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise StoreError(
            f"a part of the record cannot be read: {fault.strerror}",
            where=Place(file=str(path)),
            remedy="put it back from a copy, or take its folder away and load the delivery again",
        ) from fault


def _unwritten(folder: Path, fault: OSError, wanted: int) -> StoreError:
    asked = f"; {words.size(wanted)} were to be written" if wanted else ""
    return StoreError(
        f"the record cannot be written: {fault.strerror}{asked}",
        where=Place(file=str(folder)),
        remedy="make room on this disk, or see who may write to it, and do the same again: the record is as it was",
    )
