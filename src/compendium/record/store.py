"""The encrypted store: the only module that encrypts and decrypts.

A sealed blob is a mark, the number of its key, a random nonce, and AES-256-GCM over the content.
The blob's name is bound into it: a blob put in another's place does not open.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from compendium.errors import Place, StoreError
from compendium.record.keys import derived, read_key

MARK = b"COMPENDIUM1\n"
NUMBER = 8  # bytes of the key's number
NONCE = 12
HEAD = len(MARK) + NUMBER + NONCE


class Store:
    """Seals and opens blobs with one key. Holds no state but the key."""

    def __init__(self, key: bytes, key_file: Path) -> None:
        content_key = derived(key, "store")
        self._cipher = AESGCM(content_key)
        self._number = hashlib.sha256(b"key number" + content_key).digest()[:NUMBER]
        self._key_file = key_file
        self.worker_key = derived(key, "workers")
        self.child_key = derived(key, "children")

    @classmethod
    def with_key_file(cls, key_file: Path) -> Store:
        """StoreError when the key is missing or damaged."""
        return cls(read_key(key_file), key_file)

    def seal(self, name: str, content: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return MARK + self._number + nonce + self._cipher.encrypt(nonce, content, name.encode())

    def open(self, name: str, blob: bytes) -> bytes:
        """The content. StoreError when the blob is damaged, another's, or sealed with another key."""
        if not blob.startswith(MARK) or len(blob) < HEAD:
            raise _damaged(name)
        if blob[len(MARK) : HEAD - NONCE] != self._number:
            raise StoreError(
                "this part of the record was sealed with another key",
                where=Place(file=name),
                remedy=f"the key in use is {self._key_file}; put back the one the record was made with",
            )
        try:
            return self._cipher.decrypt(blob[HEAD - NONCE : HEAD], blob[HEAD:], name.encode())
        except InvalidTag:
            raise _damaged(name) from None


def _damaged(name: str) -> StoreError:
    return StoreError(
        "this part of the record is damaged or has been changed",
        where=Place(file=name),
        remedy="put this file back from a copy, or take its folder away and load the delivery again",
    )
