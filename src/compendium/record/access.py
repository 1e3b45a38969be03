"""The access record: who read which child list, when, how many children and why. Written before the list is given.

Entries are only ever added. Each is sealed, and holds the hash of the one before it: an entry
changed, taken out or put in breaks the chain. (Entries cut off at the end leave no trace here; a
copy kept elsewhere shows them.)
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from compendium.errors import Place, StoreError
from compendium.record.folder import RecordFolder
from compendium.record.store import Store
from compendium.workspace import Workspace

FILE = "access"
START = "0" * 64


@dataclass(frozen=True)
class Access:
    """One reading. `when` is in UTC; `what` names the list, never a child."""

    who: str
    when: datetime
    what: str
    how_many: int
    why: str


class AccessRecord:
    """Open it with `AccessRecord.open`."""

    def __init__(self, folder: RecordFolder) -> None:
        self._folder = folder
        self._path = folder.path / FILE

    @classmethod
    def open(cls, workspace: Workspace) -> AccessRecord:
        """StoreError when the key is missing or damaged."""
        return cls(RecordFolder(workspace.record_folder, Store.with_key_file(workspace.key_file)))

    def write(self, *, who: str, what: str, how_many: int, why: str, when: datetime | None = None) -> Access:
        """Adds an entry and returns when it is on the disk. ValueError when it does not say who or why."""
        if not who.strip() or not why.strip():
            raise ValueError("a child list is read by someone and for a reason")
        entry = Access(who, when or datetime.now(UTC), what, how_many, why)
        with self._folder.locked():
            _, last = self._read()
            content = {**asdict(entry), "when": entry.when.isoformat(), "before": last}
            blob = self._folder.store.seal(FILE, json.dumps(content).encode())
            with open(self._path, "ab") as file:
                # A line of its own even after one that was cut short by a crash.
                file.write(b"\n" + base64.b64encode(blob) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        return entry

    def entries(self) -> list[Access]:
        """All entries, oldest first. StoreError when the chain is broken."""
        return self._read()[0]

    def _read(self) -> tuple[list[Access], str]:
        """The entries and the hash of the last line.

        A line cut short by a crash led to no reading and is passed over; a whole line that does not
        open is passed over too, but then the next entry's chain does not fit, or nothing follows it.
        """
        entries: list[Access] = []
        last, whole = START, True
        lines = self._path.read_bytes().split(b"\n") if self._path.exists() else []
        for line in filter(None, lines):
            try:
                content = json.loads(self._folder.store.open(FILE, base64.b64decode(line, validate=True)))
            except (ValueError, StoreError):
                whole = False
                continue
            if content.pop("before") != last:
                raise self._broken(len(entries))
            entries.append(Access(**{**content, "when": datetime.fromisoformat(content["when"])}))
            last, whole = hashlib.sha256(line).hexdigest(), True
        if not whole and not lines[-1]:
            raise self._broken(len(entries))
        return entries, last

    def _broken(self, number: int) -> StoreError:
        return StoreError(
            f"the access record has been changed after entry {number}",
            where=Place(file=str(self._path)),
            remedy="keep the file as it is, and compare it with a copy",
        )
