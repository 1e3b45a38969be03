"""Static pages in a folder: no script, no font or picture from elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from compendium.edition.edition import Edition
from compendium.publish.html.pages import pages

STYLE = Path(__file__).with_name("style.css")
FIRST = "index.html"


def write(edition: Edition, folder: Path) -> Path:
    """The first page of an edition."""

    def fill(made: Path) -> None:
        write_pages(pages(edition), made)
        (made / "edition.json").write_text(edition.to_json(), encoding="utf-8")

    put_in_place(folder, fill)
    return folder / FIRST


def write_pages(found: Iterable[tuple[str, str]], folder: Path) -> None:
    """Pages by their file names, and their style."""
    for name, text in found:
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copyfile(STYLE, folder / STYLE.name)


def put_in_place(folder: Path, fill: Callable[[Path], None]) -> None:
    """What `fill` writes is written to one side and put in place by renaming, so that it is never half there.

    What a run left to one side that was killed is taken away by the next: it may hold personal data.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f".{folder.name}.incoming")
    if aside.exists():
        shutil.rmtree(aside)
    aside.mkdir(mode=0o700)  # for this user alone
    try:
        made = aside / "new"
        made.mkdir()
        fill(made)
        if folder.exists():
            folder.rename(aside / "old")
        made.rename(folder)
    finally:
        shutil.rmtree(aside)
