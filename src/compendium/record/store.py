"""The encrypted store: the only module that encrypts and decrypts what is stored.

A sealed blob is a mark, the number of its key, a random nonce, and AES-256-GCM over the content.
The blob's name is bound into it: a blob put in another's place does not open.
"""

from __future__ import annotations

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from compendium.errors import Place, StoreError
from compendium.record.keys import Keys
from compendium.record.wrapped import WrappedKeys
from compendium.workspace import Workspace

MARK = b"COMPENDIUM1\n"
NUMBER = 8  # bytes of the key's number
NONCE = 12
HEAD = len(MARK) + NUMBER + NONCE


class Store:
    """Seals with the newest of a record's keys and opens with any of them. Holds no state but the keys."""

    def __init__(self, keys: Keys, wrapped: WrappedKeys | None = None) -> None:
        self._wrapped = wrapped
        self._take(keys)

    @classmethod
    def of(cls, workspace: Workspace) -> Store:
        """StoreError when the key is missing, damaged or another record's."""
        wrapped = WrappedKeys(workspace)
        return cls(wrapped.open(), wrapped)

    def _take(self, keys: Keys) -> None:
        self._ciphers = {key_number(key): AESGCM(key) for key in keys.content}
        self.number = key_number(keys.content[-1])
        self.worker_key, self.child_key = keys.workers, keys.children

    def refresh(self) -> None:
        """Takes the keys as they are now: another process may have rotated them."""
        if self._wrapped is not None and self._wrapped.changed:
            self._take(self._wrapped.open())

    def seal(self, name: str, content: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return MARK + self.number + nonce + self._ciphers[self.number].encrypt(nonce, content, name.encode())

    def open(self, name: str, blob: bytes) -> bytes:
        """The content. StoreError when the blob is damaged, another's, or sealed with another key."""
        cipher = self._cipher(name, blob)
        try:
            return cipher.decrypt(blob[HEAD - NONCE : HEAD], blob[HEAD:], name.encode())
        except InvalidTag:
            raise _damaged(name) from None

    def is_whole(self, name: str, blob: bytes) -> bool:
        """Whether it opens: False when it is damaged or cut short. StoreError when it was sealed with another key."""
        if not _is_sealed(blob):
            return False
        self._cipher(name, blob)
        try:
            self.open(name, blob)
        except StoreError:
            return False
        return True

    def is_current(self, blob: bytes) -> bool:
        """Whether it was sealed with the newest key."""
        return _is_sealed(blob) and _number(blob) == self.number

    def _cipher(self, name: str, blob: bytes) -> AESGCM:
        """Of the key that sealed it."""
        if not _is_sealed(blob):
            raise _damaged(name)
        if _number(blob) not in self._ciphers:
            self.refresh()
        if _number(blob) not in self._ciphers:
            raise StoreError(
                "this part of the record was sealed with another key",
                where=Place(file=name),
                remedy="put back the key that the record was made with, and record/keys if that file is missing;"
                + (f" the key in use is from {self._wrapped.opened_by}" if self._wrapped else ""),
            )
        return self._ciphers[_number(blob)]


def key_number(content_key: bytes) -> bytes:
    """Tells one key from another and gives neither away."""
    return hashlib.sha256(b"key number" + content_key).digest()[:NUMBER]


def _is_sealed(blob: bytes) -> bool:
    return blob.startswith(MARK) and len(blob) >= HEAD


def _number(blob: bytes) -> bytes:
    return blob[len(MARK) : HEAD - NONCE]


def _damaged(name: str) -> StoreError:
    return StoreError(
        "this part of the record is damaged or has been changed",
        where=Place(file=name),
        remedy="put this file back from a copy, or take its folder away and load the delivery again",
    )
