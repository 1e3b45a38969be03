"""A new indicator's file: a commented one to change, or the copy of another."""

from __future__ import annotations

import re
from pathlib import Path

from compendium import words
from compendium.engine.lined import read_lined
from compendium.errors import ComputeError
from compendium.indicators.loading import HERE, Catalogue
from compendium.indicators.reading import ID
from compendium.indicators.shape import Indicator

TEMPLATE = HERE / "template.yaml"
NOT_COPIED = ("definition_version", "history", "comparator")  # what is true of the other alone
TITLE = re.compile(r"^title:.*(?:\n[ \t].*)*", re.MULTILINE)


def draft(folder: Path, catalogue: Catalogue, name: str, theme: str | None, like: str | None) -> Path:
    """Writes the file of a new id into the folder of its theme. ComputeError when it cannot be, and why."""
    if not ID.fullmatch(name):
        raise ComputeError(
            f"{name!r} is not an id", expected="small letters, digits and _, beginning with a letter: visits_in_time"
        )
    if name in catalogue:
        raise ComputeError(f"the id {name} is taken by {catalogue[name].file}", remedy="choose another id")
    other = catalogue.require(like) if like else None
    chosen = theme or (other.theme if other else "")
    if not ID.fullmatch(chosen):
        raise ComputeError(
            f"{chosen!r} is no theme" if chosen else "the theme is missing",
            expected="--theme front_door, or another in small letters; a theme of your own has its own chapter",
        )
    text = _copy(name, other) if other else TEMPLATE.read_text(encoding="utf-8").format(id=name, title=_title(name))
    file = folder / chosen / f"{name}.yaml"
    if file.exists():
        raise ComputeError(f"{file} exists already", remedy="choose another id, or change that file")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def _title(name: str) -> str:
    return words.upper_first(name.replace("_", " "))


def _copy(name: str, other: Indicator) -> str:
    """The other's text under its own title, without what is true of the other alone."""
    text = other.file.read_text(encoding="utf-8")
    lined = read_lined(text)
    starts = sorted((lined.line(key), key) for key in lined.values)
    lines = text.splitlines(keepends=True)
    kept = lines[: starts[0][0] - 1]
    for (first, key), (after, _) in zip(starts, [*starts[1:], (len(lines) + 1, "")], strict=True):
        kept += [] if key in NOT_COPIED else lines[first - 1 : after - 1]
    title = f"title: {_title(name)}"
    head = (
        f"# {name}: made from {other.id}. Change it, then run: compendium indicator check --workspace FOLDER {name}\n"
    )
    return head + TITLE.sub(lambda _: title, "".join(kept), count=1)
