"""The record's folder on disk: sealed blobs, one folder a delivery, made visible by one rename.

record/
├── lock                                  held while something is written
├── keys                                  the record's keys, wrapped (see `wrapped`)
├── workers                               the names behind workers' pseudonyms (see `directory`)
├── quality                               what data-quality rules said before, as counts (see `checks.trend`)
├── access  access.anchor                 who read whose rows, and how many entries there are
└── deliveries/
    ├── .incoming-000008-4be1…/           a commit that was cut short: never read, swept by the next
    └── 000007-9f86d081884c/              sequence and start of the file's SHA-256
        ├── manifest  ledger  people      what it is; what was dropped or changed; whose ids it holds
        ├── unread                        of whom it had rows that could not be read, if any
        ├── access.anchor                 how long the access record was by then
        └── <table>                       Parquet
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from compendium.errors import Place, StoreError
from compendium.record.disk import INCOMING, fsync_folder, lock, replace_durably, unwritten, whole, write_durably
from compendium.record.store import Store

WORKERS, QUALITY = "workers", "quality"


class RecordFolder:
    """Reads and writes whole deliveries as named blobs, and a few files beside them."""

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
        incoming = self._deliveries / f"{INCOMING}{delivery_id}"
        sealed = {name: self.store.seal(f"{delivery_id}/{name}", content) for name, content in blobs.items()}
        with whole(incoming, sum(map(len, sealed.values()))):
            self.sweep()
            incoming.mkdir(parents=True)
            for name, blob in sealed.items():
                write_durably(incoming / name, blob)
            fsync_folder(incoming)
            os.rename(incoming, self._deliveries / delivery_id)
            fsync_folder(self._deliveries)

    def holds(self, name: str, delivery_id: str | None = None) -> bool:
        """Whether there is such a file, beside the deliveries or in one of them."""
        return (self._deliveries / delivery_id / name if delivery_id else self.path / name).exists()

    def get(self, name: str) -> bytes:
        """The content of a sealed file beside the deliveries."""
        return self.store.open(name, _content(self.path / name))

    def put(self, name: str, content: bytes) -> None:
        """A sealed file beside the deliveries, in the place of the one before. The caller holds the lock."""
        self.replace(self.path / name, self.store.seal(name, content))

    def replace(self, path: Path, blob: bytes) -> None:
        """A file of the record, at once. The caller holds the lock."""
        replace_durably(path, blob, self.path / f"{INCOMING}file")

    def append(self, name: str, line: bytes) -> None:
        """One more line at the end of a file beside the deliveries, or none. The caller holds the lock."""
        path = self.path / name
        before = path.stat().st_size if path.exists() else 0
        try:
            with open(path, "ab") as file:
                # A line of its own even after one that was cut short by a crash.
                file.write(b"\n" + line + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            if path.exists():
                os.truncate(path, before)
            raise unwritten(self.path, fault, len(line)) from fault

    def blobs(self) -> Iterator[tuple[str, Path]]:
        """Every sealed blob with the name it is sealed under, and its path; the access record is not among them."""
        for name in (WORKERS, QUALITY):
            if self.holds(name):
                yield name, self.path / name
        for delivery_id in self.delivery_ids():
            for path in sorted((self._deliveries / delivery_id).iterdir()):
                yield f"{delivery_id}/{path.name}", path

    def sweep(self) -> None:
        """What was cut short is taken away. The caller holds the lock."""
        for left in [*self.path.glob(f"{INCOMING}*"), *self._deliveries.glob(f"{INCOMING}*")]:
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one process at a time writes; another waits, and then seals with the key in force."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            file = open(self.path / "lock", "ab")  # noqa: SIM115
        except OSError as fault:
            raise unwritten(self.path, fault) from fault
        with file:
            lock(file)
            self.store.refresh()
            yield


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise StoreError(
            f"a part of the record cannot be read: {fault.strerror}",
            where=Place(file=str(path)),
            remedy="put it back from a copy, or take its folder away and load the delivery again",
        ) from fault
