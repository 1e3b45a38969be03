"""What waits in a folder to be loaded: files, and sub-folders that are one return, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from compendium.errors import DeliveryError, Place
from compendium.sources.delivered import DeliveredFile, day_in, is_delivered, open_delivery
from compendium.sources.recognition import recognise


@dataclass(frozen=True)
class Waiting:
    """ready: to be loaded in this order. unsettled: changed a moment ago, and perhaps still being written.

    unread: folders that cannot be looked into.
    """

    ready: tuple[Path, ...]
    unsettled: tuple[Path, ...]
    unread: tuple[DeliveryError, ...]


def waiting(folder: Path, now: datetime, settled: int) -> Waiting:
    """settled: seconds without a change after which a file is taken for complete; a clock that runs ahead counts too.

    What a system leaves in a folder, and links to other folders, are passed over. DeliveryError when
    there is no such folder.
    """
    if not folder.is_dir():
        raise DeliveryError(
            "there is no such folder", where=Place(file=str(folder)), remedy="name the folder that deliveries arrive in"
        )
    unread: list[DeliveryError] = []
    changed = dict(_deliveries(folder, now.timestamp(), unread, top=True))
    fresh = {path for path, moment in changed.items() if abs(now.timestamp() - moment) < settled}

    def age(path: Path) -> tuple[date, float, str]:
        return day_in(path.name) or date.fromtimestamp(changed[path]), changed[path], str(path)

    return Waiting(tuple(sorted(changed.keys() - fresh, key=age)), tuple(sorted(fresh)), tuple(unread))


def _deliveries(folder: Path, now: float, unread: list[DeliveryError], *, top: bool) -> Iterator[tuple[Path, float]]:
    """Each with the moment it was last changed. A folder that is one return is one; its sub-folders are looked into
    like any other's."""
    try:
        listed = sorted(each for each in folder.iterdir() if is_delivered(each))
        changed = {each: each.stat().st_mtime for each in listed if each.is_file()}
    except OSError as fault:
        unread.append(
            DeliveryError(
                f"it cannot be looked into: {fault.strerror}",
                where=Place(file=str(folder)),
                remedy="give it to the account that runs this, or take it away",
            )
        )
        return
    if not top and _is_return(folder, list(changed)):
        yield folder, min(changed.values(), key=lambda moment: abs(now - moment))
    else:
        yield from changed.items()
    for each in listed:
        if each.is_dir() and not each.is_symlink():
            yield from _deliveries(each, now, unread, top=False)


def _is_return(folder: Path, files: list[Path]) -> bool:
    """By those of its files that can be opened: one that cannot is then refused with all of its return."""
    members = tuple(_openable(files))
    try:
        return bool(members) and bool(recognise(DeliveredFile(folder, "folder", members=members)))
    except DeliveryError:
        return False


def _openable(files: list[Path]) -> Iterator[DeliveredFile]:
    for each in files:
        try:
            yield open_delivery(each)
        except DeliveryError:
            continue
