"""The keys of a record, and the key file: 32 random bytes as base64, readable by its owner only.

Whoever has the key and the folder can read the record; whoever has lost the key cannot, and nobody
can help them. A key file lies outside the workspace, so that a copied folder gives nothing away.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from compendium.errors import Place, StoreError
from compendium.workspace import KEY_VARIABLE

BYTES = 32


@dataclass(frozen=True)
class Keys:
    """One for each purpose, so that none gives another away.

    content: what is stored, oldest first: the last one seals, those before it only open what a rotation
    has not come to yet. workers, children: pseudonyms, which stand in what is stored and so never change.
    """

    content: tuple[bytes, ...]
    workers: bytes
    children: bytes

    @classmethod
    def random(cls) -> Keys:
        return cls((secrets.token_bytes(BYTES),), secrets.token_bytes(BYTES), secrets.token_bytes(BYTES))

    @classmethod
    def derived(cls, key: bytes) -> Keys:
        """All from one key (HKDF with SHA-256): the keys of a record that holds no wrapped ones."""
        content, workers, children = (
            HKDF(algorithm=SHA256(), length=BYTES, salt=None, info=f"compendium {purpose}".encode()).derive(key)
            for purpose in ("store", "workers", "children")
        )
        return cls((content,), workers, children)

    def with_new(self) -> Keys:
        """A rotation begins: a new key seals, the old ones still open."""
        return replace(self, content=(*self.content, secrets.token_bytes(BYTES)))

    def without_old(self) -> Keys:
        """A rotation is over."""
        return replace(self, content=self.content[-1:])

    def to_bytes(self) -> bytes:
        return b"".join((self.workers, self.children, *self.content))

    @classmethod
    def from_bytes(cls, joined: bytes) -> Keys:
        workers, children, *content = (joined[at : at + BYTES] for at in range(0, len(joined), BYTES))
        return cls(tuple(content), workers, children)


def make_key(path: Path) -> None:
    """A new key file. StoreError when the file exists: a key is never overwritten."""
    write_key(path, secrets.token_bytes(BYTES))


def write_key(path: Path, key: bytes) -> None:
    """A key file for this key. StoreError when the file exists, or cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as fault:
        raise StoreError(
            "there is a key already",
            where=Place(file=str(path)),
            remedy="keep it, or name another file for the new key",
        ) from fault
    except OSError as fault:
        raise _unwritten(path, fault) from fault
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(key) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        path.unlink(missing_ok=True)
        raise _unwritten(path, fault) from fault


def _unwritten(path: Path, fault: OSError) -> StoreError:
    return StoreError(
        f"the key cannot be written: {fault.strerror}",
        where=Place(file=str(path)),
        remedy="name a file in a folder that has room and that you may write to; nothing has been changed",
    )


def read_key(path: Path) -> bytes:
    """The 32 bytes. StoreError when the file is missing, unreadable or damaged."""
    where = Place(file=str(path))
    try:
        text = path.read_bytes()
    except FileNotFoundError as fault:
        raise StoreError(
            "the record's key is not there",
            where=where,
            remedy=f"put the key back from its copy, or name its file in {KEY_VARIABLE} or under [store] key_file;"
            " a new workspace gets its key from `compendium new`",
        ) from fault
    except OSError as fault:
        raise StoreError(
            f"the record's key cannot be read: {fault.strerror}",
            where=where,
            remedy="give the file to the account that runs Compendium, and to no other",
        ) from fault
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != BYTES:
        raise StoreError(
            "this is not a key, or it is damaged",
            where=where,
            expected=f"{BYTES} bytes written as base64, on one line",
            remedy="put the key back from its copy; no other key opens the record",
        )
    return key
