"""The record's folder on disk: sealed blobs, one folder a delivery, made visible by one rename.

record/
├── lock                                  held while a delivery is committed
└── deliveries/
    ├── .incoming-000008-4be1…/           a commit that was cut short: never read, swept by the next
    └── 000007-9f86d081884c/              sequence and start of the file's SHA-256
        ├── manifest  ledger  people      what it is; what was dropped or changed; whose ids it holds
        └── <table>                       Parquet
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from compendium.errors import Place, StoreError
from compendium.record.store import Store

INCOMING = ".incoming-"


class RecordFolder:
    """Reads and writes whole deliveries as named blobs."""

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
        path = self._deliveries / delivery_id / name
        try:
            blob = path.read_bytes()
        except OSError as fault:
            raise StoreError(
                f"a part of the record cannot be read: {fault.strerror}",
                where=Place(file=str(path)),
                remedy="put it back from a copy, or take its folder away and load the delivery again",
            ) from fault
        return self.store.open(f"{delivery_id}/{name}", blob)

    def write(self, delivery_id: str, blobs: Mapping[str, bytes]) -> None:
        """All of a delivery or nothing. The caller holds the lock."""
        self._sweep()
        incoming = self._deliveries / f"{INCOMING}{delivery_id}"
        incoming.mkdir(parents=True)
        for name, content in blobs.items():
            with open(incoming / name, "wb") as file:
                file.write(self.store.seal(f"{delivery_id}/{name}", content))
                file.flush()
                os.fsync(file.fileno())
        _fsync_folder(incoming)
        os.rename(incoming, self._deliveries / delivery_id)
        _fsync_folder(self._deliveries)

    def _sweep(self) -> None:
        if self._deliveries.is_dir():
            for left in self._deliveries.glob(f"{INCOMING}*"):
                shutil.rmtree(left)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one process at a time commits; another waits. The system lets go of the lock of a process that dies."""
        self.path.mkdir(parents=True, exist_ok=True)
        with open(self.path / "lock", "ab") as file:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _fsync_folder(folder: Path) -> None:
    """So that names survive a power cut too. Windows has no such thing."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
