"""Where the custody key of a record is: in a file, in the keyring of the operating system, or in people's heads.

The custody key opens the record's own keys, which lie wrapped beside the record. So it can be moved
to another place without anything being sealed anew.
"""

from __future__ import annotations

import base64
import os
import secrets
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from compendium.errors import Place, StoreError
from compendium.record.keys import BYTES, read_key, write_key
from compendium.record.passphrase import GIVEN, choose_passphrase, forget_passphrase, passphrase_of
from compendium.workspace import KEY_VARIABLE

CUSTODIES = ("file", "keyring", "passphrase")
SERVICE = "compendium"
PENDING = ".new"  # ends the name of a key file that a rotation has made and not yet put in place
# 128 MB and about half a second for each guess: OWASP's first choice for scrypt.
COST = {"n": 2**17, "r": 8, "p": 1}


class Custody(Protocol):
    """One place of the custody key."""

    def key(self) -> bytes:
        """StoreError, saying what to do, when it cannot be had."""
        ...

    def refused(self) -> StoreError:
        """What to say when the key from here does not open the record."""
        ...

    def settle(self) -> None:
        """From now on this place counts."""
        ...

    def forget(self) -> None:
        """The key here opens nothing any more."""
        ...

    def as_json(self) -> dict[str, Any]: ...
    def __str__(self) -> str: ...


@dataclass(frozen=True)
class FileCustody:
    """In the key file. A rotation's new key waits beside it until everything is sealed with it."""

    path: Path

    def key(self) -> bytes:
        return read_key(self.path)

    def refused(self) -> StoreError:
        return StoreError(
            "this key does not open the record",
            where=Place(file=str(self.path)),
            remedy=f"put back the key that the record is kept with, or name its file in {KEY_VARIABLE}",
        )

    @property
    def pending(self) -> Path:
        return self.path.with_name(self.path.name + PENDING)

    def settle(self) -> None:
        if self.pending.exists():
            os.replace(self.pending, self.path)

    def forget(self) -> None:
        """A file named by the variable may be the copy that the council keeps: it is left alone."""
        if not os.environ.get(KEY_VARIABLE):
            self.path.unlink(missing_ok=True)

    def as_json(self) -> dict[str, Any]:
        return {"by": "file"}

    def __str__(self) -> str:
        return f"the file {self.path}"


@dataclass(frozen=True)
class KeyringCustody:
    """In the keyring of the account: Windows Credential Manager, macOS Keychain, Secret Service."""

    entry: str

    def key(self) -> bytes:
        keyring = _keyring()
        try:
            held = keyring.get_password(SERVICE, self.entry)
        except keyring.errors.KeyringError as fault:
            raise self._failed("cannot be read", fault) from fault
        if held is None:
            raise StoreError(
                "the keyring of this account has no key for the record",
                remedy=f"run the command as the account that keeps the key, or name a copy of the key in {KEY_VARIABLE}"
                " and put it into this keyring with `compendium key custody --to keyring`",
            )
        return base64.b64decode(held)

    def keep(self, key: bytes) -> None:
        keyring = _keyring()
        try:
            keyring.set_password(SERVICE, self.entry, base64.b64encode(key).decode())
            kept = keyring.get_password(SERVICE, self.entry)
        except keyring.errors.KeyringError as fault:
            raise self._failed("does not take the key", fault) from fault
        if kept != base64.b64encode(key).decode():
            raise self._failed("does not keep what it is given", None)

    def refused(self) -> StoreError:
        return StoreError(
            "the key in the keyring does not open the record",
            remedy=f"put record/keys back from a backup, or name a copy of the key in {KEY_VARIABLE}",
        )

    def settle(self) -> None:
        pass

    def forget(self) -> None:
        """A keyring that cannot be reached, or another account's, keeps a key that opens nothing."""
        with suppress(StoreError):
            keyring = _keyring()
            with suppress(keyring.errors.KeyringError):
                keyring.delete_password(SERVICE, self.entry)

    def as_json(self) -> dict[str, Any]:
        return {"by": "keyring", "entry": self.entry}

    def __str__(self) -> str:
        return f"the keyring of this account, as {SERVICE} {self.entry}"

    def _failed(self, what: str, fault: Exception | None) -> StoreError:
        why = f" ({type(fault).__name__})" if fault else ""
        return StoreError(
            f"the keyring of this account {what}{why}",
            remedy="log in to a session that has a keyring and unlock it, or keep the key otherwise:"
            " compendium key custody --to file",
        )


@dataclass(frozen=True)
class PassphraseCustody:
    """Made from a passphrase by scrypt, slowly, so that guessing is dear."""

    record: str
    salt: bytes
    n: int
    r: int
    p: int

    def key(self) -> bytes:
        return _stretched(passphrase_of(self.record), self.salt, self.n, self.r, self.p)

    def refused(self) -> StoreError:
        forget_passphrase(self.record)
        return StoreError(
            "the passphrase does not open the record",
            remedy=f"give it again, on the terminal or in {GIVEN}; if it is lost, name a copy of the key in"
            f" {KEY_VARIABLE}",
        )

    def settle(self) -> None:
        pass

    def forget(self) -> None:
        pass

    def as_json(self) -> dict[str, Any]:
        salt = base64.b64encode(self.salt).decode()
        return {"by": "passphrase", "salt": salt, "n": self.n, "r": self.r, "p": self.p}

    def __str__(self) -> str:
        return f"a passphrase (scrypt, n = {self.n}, r = {self.r}, p = {self.p})"


def read_custody(given: Mapping[str, Any], record: str, key_file: Path) -> Custody:
    """What `as_json` wrote. KeyError or ValueError for anything else."""
    if given["by"] == "file":
        return FileCustody(key_file)
    if given["by"] == "keyring":
        return KeyringCustody(str(given["entry"]))
    if given["by"] == "passphrase":
        return PassphraseCustody(record, base64.b64decode(given["salt"]), given["n"], given["r"], given["p"])
    raise ValueError(given["by"])


def new_custody(by: str, record: str, key_file: Path, *, again: bool = False) -> tuple[Custody, bytes]:
    """A new custody key and its place, where it can be had again before this returns.

    again: for a rotation, which keeps the passphrase it has, and lets a key file wait beside the old one.
    """
    key = secrets.token_bytes(BYTES)
    if by == "file":
        in_file = FileCustody(key_file)
        if again:
            in_file.pending.unlink(missing_ok=True)
        write_key(in_file.pending if again else key_file, key)
        return in_file, key
    if by == "keyring":
        in_keyring = KeyringCustody(f"{record}.{secrets.token_hex(4)}")
        in_keyring.keep(key)
        return in_keyring, key
    if not again:
        choose_passphrase(record)
    in_heads = PassphraseCustody(record, secrets.token_bytes(16), **COST)
    return in_heads, in_heads.key()


@cache
def _stretched(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    settled = unicodedata.normalize("NFC", passphrase)  # an é is one letter on one keyboard and two on another
    return Scrypt(salt=salt, length=BYTES, n=n, r=r, p=p).derive(settled.encode())


def _keyring() -> ModuleType:
    """An optional library: only this custody needs it."""
    try:
        import keyring
        import keyring.errors
    except ImportError as fault:
        raise StoreError(
            "the keyring of the operating system needs the library keyring, which is not installed",
            remedy=f'install it (pip install "compendium[keyring]"), or name a copy of the key in {KEY_VARIABLE}',
        ) from fault
    return keyring
