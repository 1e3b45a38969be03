"""An edition is put in place whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.edition.build import build_edition
from compendium.edition.edition import Edition
from compendium.publish.html import write as writing
from compendium.publish.html.write import write
from tests.edition.drawn import JANUARY, DrawnFigures, snapshot, workspace


@pytest.fixture(scope="module")
def edition() -> Edition:
    return build_edition(DrawnFigures(), workspace(), JANUARY, snapshot())


def test_the_first_page_is_returned_and_the_edition_itself_lies_beside_it(edition: Edition, tmp_path: Path) -> None:
    first = write(edition, tmp_path / "editions" / "2017-01")
    assert first == tmp_path / "editions" / "2017-01" / "index.html"
    assert first.is_file()
    assert Edition.from_json((first.parent / "edition.json").read_text(encoding="utf-8")) == edition


def test_a_new_edition_replaces_the_old_one_whole(edition: Edition, tmp_path: Path) -> None:
    folder = tmp_path / "2017-01"
    folder.mkdir()
    (folder / "left-over.html").write_text("old", encoding="utf-8")
    write(edition, folder)
    assert not (folder / "left-over.html").exists()
    assert list(tmp_path.iterdir()) == [folder]


def test_what_a_killed_run_left_to_one_side_is_taken_away(edition: Edition, tmp_path: Path) -> None:
    folder = tmp_path / "2017-01"
    left = tmp_path / ".2017-01.incoming" / "new"
    left.mkdir(parents=True)
    (left / "rule.html").write_text("child 1001", encoding="utf-8")
    write(edition, folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_when_a_page_cannot_be_made_the_old_edition_stands(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "2017-01"
    before = {path.name: path.read_bytes() for path in write(edition, folder).parent.iterdir()}

    def broken(_: Edition):  # type: ignore[no-untyped-def]
        yield "index.html", "half"
        raise OSError("no space left on the disk")

    monkeypatch.setattr(writing, "pages", broken)
    with pytest.raises(OSError, match="no space"):
        write(edition, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert list(tmp_path.iterdir()) == [folder]
