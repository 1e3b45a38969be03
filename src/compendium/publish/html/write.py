"""An edition as a folder of static pages: no script, no font or picture from elsewhere."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from compendium.edition.edition import Edition
from compendium.publish.html.pages import pages

STYLE = Path(__file__).with_name("style.css")
FIRST = "index.html"


def write(edition: Edition, folder: Path) -> Path:
    """The first page. Pages are written to one side and put in place by renaming, so none is ever half there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        made = aside / "new"
        made.mkdir()
        for name, text in pages(edition):
            (made / name).write_text(text, encoding="utf-8")
        shutil.copyfile(STYLE, made / STYLE.name)
        (made / "edition.json").write_text(edition.to_json(), encoding="utf-8")
        if folder.exists():
            folder.rename(aside / "old")
        made.rename(folder)
    finally:
        shutil.rmtree(aside)
    return folder / FIRST
