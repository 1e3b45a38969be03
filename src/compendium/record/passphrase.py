"""The passphrase of a record: asked on the terminal, or given to a nightly task; never stored."""

from __future__ import annotations

import getpass
import os
import sys

from compendium.errors import StoreError

GIVEN, GIVEN_BY, NEW = "COMPENDIUM_PASSPHRASE", "COMPENDIUM_PASSPHRASE_FD", "COMPENDIUM_NEW_PASSPHRASE"
SHORTEST = 12  # letters: three or four random words

_known: dict[str, str] = {}  # record -> what was given, so that one command asks once


def passphrase_of(record: str) -> str:
    """From the file descriptor that COMPENDIUM_PASSPHRASE_FD names, COMPENDIUM_PASSPHRASE, or the terminal."""
    if record not in _known:
        _known[record] = _given() or _asked("Passphrase of the record: ", GIVEN)
    return _known[record]


def forget_passphrase(record: str) -> None:
    """It was wrong: the next one who asks is asked anew."""
    _known.pop(record, None)


def choose_passphrase(record: str) -> str:
    """A new one: from COMPENDIUM_NEW_PASSPHRASE, or twice from the terminal. StoreError when it is short."""
    chosen = os.environ.get(NEW) or _asked("New passphrase: ", NEW)
    if len(chosen) < SHORTEST:
        raise StoreError(
            "the passphrase is too short",
            expected=f"at least {SHORTEST} letters: three or four words chosen at random are easy to keep",
        )
    if not os.environ.get(NEW) and _asked("The same once more: ", NEW) != chosen:
        raise StoreError("the two were not the same", remedy="do it again; nothing has been changed")
    _known[record] = chosen
    return chosen


def _given() -> str:
    number = os.environ.get(GIVEN_BY)
    if number is None:
        return os.environ.get(GIVEN, "")
    try:
        with os.fdopen(os.dup(int(number)), encoding="utf-8") as stream:
            return stream.readline().rstrip("\r\n")
    except (OSError, ValueError) as fault:
        raise StoreError(
            f"{GIVEN_BY} names no file descriptor that can be read",
            expected=f"the number of an open one: {GIVEN_BY}=3 compendium … 3< FILE",
        ) from fault


def _asked(prompt: str, variable: str) -> str:
    if not sys.stdin.isatty():
        raise StoreError(
            "the passphrase is asked on a terminal, and there is none",
            remedy=f"run the command in a terminal, or give the passphrase in {variable}",
        )
    return getpass.getpass(prompt)
