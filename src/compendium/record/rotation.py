"""Changing the key: moving its custody, rotating it, copying it, and checking that it opens everything.

A rotation takes four steps, each of them one rename, so that a crash at any moment leaves a record
that opens with the old key file, keyring entry or passphrase until the last step, and with the new
one after it. Running it again goes on where it stopped.

1. The new custody key is put in its place beside the old one.
2. `record/keys` gives the old and the new content key to either custody; from now on the new one seals.
3. Blob by blob, what the old one sealed is sealed anew.
4. The new custody takes the old one's place, and `record/keys` holds the new keys only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from compendium.errors import StoreError
from compendium.record.access import AccessRecord
from compendium.record.custody import Custody, FileCustody, new_custody
from compendium.record.folder import RecordFolder
from compendium.record.keys import Keys, write_key
from compendium.record.store import Store
from compendium.record.wrapped import WrappedKeys
from compendium.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """What a check found. damaged: what does not open, and why. left: how many blobs are sealed with an older key."""

    custodies: tuple[Custody, ...]
    number: str
    deliveries: int
    blobs: int
    left: int
    damaged: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not self.damaged and not self.left and len(self.custodies) == 1


class KeyRotation:
    """The keys of one workspace's record, to be changed. Each call opens them anew, and holds the record's lock."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._wrapped = WrappedKeys(workspace)

    def begin(self, by: str) -> Custody:
        """Wrapped keys for a record that has none and holds nothing. An existing key file is used."""
        keys = Keys.random()
        if by == "file" and self._workspace.key_file.exists():
            custody: Custody = FileCustody(self._workspace.key_file)
            key = custody.key()
        else:
            custody, key = new_custody(by, self._wrapped.record, self._workspace.key_file)
        self._wrapped.write(keys, [(custody, key)])
        return custody

    def rotate(self, step: Callable[[str], None]) -> Custody:
        """A new key, and everything sealed with it; or the end of a rotation that was cut short.

        step: told of each blob.
        """
        folder = self._folder()
        with folder.locked():
            keys, key = self._wrapped.open_with_key()
            if len(keys.content) == 1:
                self._begin_rotation(keys, key)
            folder.store.refresh()
            self._reseal(folder, step)
            return self._end()

    def move(self, by: str) -> Custody:
        """The same keys in another custody. Nothing is sealed anew."""
        folder = self._folder()
        with folder.locked():
            keys, key = self._wrapped.open_with_key()
            if len(keys.content) > 1:
                raise StoreError("a rotation of the key was cut short", remedy="end it first: compendium key rotate")
            if by == "file" and isinstance(self._wrapped.custody, FileCustody):
                raise StoreError(
                    f"the key is in {self._wrapped.custody} already",
                    remedy="to replace it by a new one, say compendium key rotate",
                )
            custody, new_key = new_custody(by, self._wrapped.record, self._workspace.key_file)
            self._wrapped.write(keys, [(self._wrapped.custody, key), (custody, new_key)])
            return self._end()

    def copy(self, path: Path) -> None:
        """A key file that opens the record as it is now, to be kept elsewhere. StoreError when the file exists."""
        write_key(path, self._wrapped.open_with_key()[1])

    def check(self) -> Checked:
        """Opens everything. StoreError when the key cannot be had or does not open the keys."""
        folder = self._folder()
        blobs, left, damaged = 0, 0, []
        for name, path in folder.blobs():
            blob = path.read_bytes()
            blobs += 1
            try:
                folder.store.open(name, blob)
                left += not folder.store.is_current(blob)
            except StoreError as fault:
                damaged.append(f"{name}: {fault.what}")
        try:
            AccessRecord(folder).entries()
        except StoreError as fault:
            damaged.append(f"access: {fault.what}")
        custodies = tuple(slot.custody for slot in self._wrapped.slots) or (self._wrapped.custody,)
        number = folder.store.number.hex()[:8]
        return Checked(custodies, number, len(folder.delivery_ids()), blobs, left, tuple(damaged))

    def _folder(self) -> RecordFolder:
        return RecordFolder(self._workspace.record_folder, Store(self._wrapped.open(), self._wrapped))

    def _begin_rotation(self, keys: Keys, key: bytes) -> None:
        by = str(self._wrapped.custody.as_json()["by"])
        new, new_key = new_custody(by, self._wrapped.record, self._workspace.key_file, again=True)
        self._wrapped.write(keys.with_new(), [(self._wrapped.custody, key), (new, new_key)])

    def _reseal(self, folder: RecordFolder, step: Callable[[str], None]) -> None:
        folder.sweep()
        for name, path in folder.blobs():
            step(name)
            blob = path.read_bytes()
            if not folder.store.is_current(blob):
                folder.replace(path, folder.store.seal(name, folder.store.open(name, blob)))
        AccessRecord(folder).reseal()

    def _end(self) -> Custody:
        """The newest custody alone, which has to open the keys from its place before any other is let go."""
        self._wrapped.open()
        *old, newest = [slot.custody for slot in self._wrapped.slots]
        newest.settle()
        keys = WrappedKeys(self._workspace).open()
        self._wrapped.write(keys.without_old(), [(newest, newest.key())])
        for custody in old:
            if custody != newest:
                custody.forget()
        return newest
