"""The record's own keys, wrapped by a custody key (AES key wrap, RFC 3394) in the file `keys` beside the record.

There is one slot for each place that opens them: one, or two while the key is moved or rotated, so
that whatever moment a crash picks, one of them opens. A record without the file is one of the first
version: its key file is its only key, and all others are derived from it.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from compendium.errors import Place, StoreError
from compendium.record.custody import Custody, FileCustody, read_custody
from compendium.record.disk import INCOMING, replace_durably
from compendium.record.keys import Keys, read_key
from compendium.workspace import KEY_VARIABLE, Workspace

FILE = "keys"


@dataclass(frozen=True)
class Slot:
    """One place of the custody key, and the keys as it opens them."""

    custody: Custody
    wrapped: bytes


class WrappedKeys:
    """The keys of one workspace's record, as they lie on the disk. `record` is its random name."""

    def __init__(self, workspace: Workspace) -> None:
        self._path, self._key_file = workspace.record_folder / FILE, workspace.key_file
        self._content: bytes | None = None
        self.record = secrets.token_hex(8)
        self.slots: tuple[Slot, ...] = ()
        self.opened_by: Custody = FileCustody(self._key_file)  # where the custody key was had from
        self.custody: Custody = self.opened_by  # whose slot it opened: the same, but for a key file of the environment

    def open(self) -> Keys:
        """Reads the file anew. StoreError when it is damaged or the custody key cannot be had or is another."""
        return self.open_with_key()[0]

    def open_with_key(self) -> tuple[Keys, bytes]:
        """The same, with the custody key that opened them."""
        self._read()
        if not self.slots:
            key = read_key(self._key_file)
            return Keys.derived(key), key
        faults = []
        for slot in reversed(self.slots):  # the newest first
            # A key file that the environment names comes before whatever custody there is.
            place = FileCustody(self._key_file) if os.environ.get(KEY_VARIABLE) else slot.custody
            try:
                key = place.key()
                joined = aes_key_unwrap(key, slot.wrapped)
            except StoreError as fault:
                faults.append(fault)
            except (InvalidUnwrap, ValueError):
                faults.append(place.refused())
            else:
                self.opened_by, self.custody = place, slot.custody
                return Keys.from_bytes(joined), key
        raise faults[0]

    @property
    def changed(self) -> bool:
        """Whether the file is another than when it was opened: another process, or `write`, has replaced it."""
        return self._content != self._now()

    def write(self, keys: Keys, custodies: Sequence[tuple[Custody, bytes]]) -> None:
        """The file, at once: a slot for each custody and its key, the oldest first. The caller holds the lock."""
        slots = [
            {**custody.as_json(), "wrapped": base64.b64encode(aes_key_wrap(key, keys.to_bytes())).decode()}
            for custody, key in custodies
        ]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"version": 1, "record": self.record, "slots": slots}, indent=1) + "\n"
        replace_durably(self._path, text.encode(), self._path.with_name(f"{INCOMING}{FILE}"))

    def _read(self) -> None:
        self._content = self._now()
        if self._content is None:
            self.slots = ()
            return
        try:
            given = json.loads(self._content)
            self.record = str(given["record"])
            self.slots = tuple(
                Slot(read_custody(each, self.record, self._key_file), base64.b64decode(each["wrapped"]))
                for each in given["slots"]
            )
        except (ValueError, KeyError, TypeError) as fault:
            raise StoreError(
                "the record's wrapped keys are damaged",
                where=Place(file=str(self._path)),
                remedy="put this file back from a backup of the record; without it no key opens the record",
            ) from fault

    def _now(self) -> bytes | None:
        path: Path = self._path
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise StoreError(
                f"the record's wrapped keys cannot be read: {fault.strerror}", where=Place(file=str(path))
            ) from fault
