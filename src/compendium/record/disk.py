"""Writing to the disk so that a crash, a power cut or a full disk leaves the old or the new and nothing between."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from compendium import words
from compendium.errors import Place, StoreError

INCOMING = ".incoming-"  # begins the name of what is not whole yet
PATIENCE, PAUSE = 50, 0.1  # how often, and after how many seconds, Windows is asked again


def write_durably(path: Path, content: bytes) -> None:
    """A new file that is on the disk when this returns."""
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, content: bytes, aside: Path) -> None:
    """The file is as it was until it is, at once, the new one. aside: where on the same disk it is written first."""
    with whole(aside, len(content)):
        write_durably(aside, content)
        _put_in_place(aside, path)
        fsync_folder(path.parent)


def _put_in_place(aside: Path, path: Path) -> None:
    """Windows does not replace a file that somebody is just reading: it is tried again for a while."""
    for left in range(PATIENCE, -1, -1):
        try:
            os.replace(aside, path)
            return
        except PermissionError:
            if sys.platform != "win32" or not left:
                raise
            time.sleep(PAUSE)


def fsync_folder(folder: Path) -> None:
    """So that names survive a power cut too. Windows has no such thing."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def whole(aside: Path, wanted: int) -> Iterator[None]:
    """What cannot be written whole leaves nothing behind, and is told as a StoreError with the bytes it wanted."""
    try:
        yield
    except OSError as fault:
        if aside.is_dir():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.unlink(missing_ok=True)
        raise unwritten(aside.parent, fault, wanted) from fault


def unwritten(folder: Path, fault: OSError, wanted: int = 0) -> StoreError:
    asked = f"; {words.size(wanted)} were to be written" if wanted else ""
    return StoreError(
        f"the record cannot be written: {fault.strerror}{asked}",
        where=Place(file=str(folder)),
        remedy="make room on this disk, or see who may write to it, and do the same again: the record is as it was",
    )


def lock(file: BinaryIO) -> None:
    """Waits until no other process holds it. It is let go when the file is closed or the process dies."""
    if sys.platform == "win32":
        import msvcrt

        while True:  # LK_LOCK itself gives up after ten seconds
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                return
            except OSError:
                time.sleep(PAUSE)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
