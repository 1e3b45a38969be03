"""The key of a record: 32 random bytes in a file of their own, as base64, readable by its owner only.

Whoever has the key and the folder can read the record; whoever has lost the key cannot, and
nobody can help them. It lies outside the workspace, so that a copied folder gives nothing away.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from compendium.errors import Place, StoreError
from compendium.workspace import KEY_VARIABLE

BYTES = 32


def make_key(path: Path) -> None:
    """A new key. StoreError when the file exists: a key is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as fault:
        raise StoreError(
            "there is a key already",
            where=Place(file=str(path)),
            remedy="keep it, or name another file for the new key",
        ) from fault
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())


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
        raise StoreError(f"the record's key cannot be read: {fault.strerror}", where=where) from fault
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


def derived(key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose, so that none gives another away (HKDF with SHA-256)."""
    return HKDF(algorithm=SHA256(), length=BYTES, salt=None, info=f"compendium {purpose}".encode()).derive(key)
