"""What waits in a folder: everything that was delivered, oldest first, and nothing that is still being written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from compendium.errors import DeliveryError
from compendium.record.intake import Intake
from compendium.sources import recognition, waiting
from compendium.sources.delivered import DeliveredFile

NOW = datetime(2017, 3, 3, 2, 0)
CONTACT = "person_id,contact_date,outcome\na1,2017-01-03,nfa\n"


def put(folder: Path, name: str, changed: str = "2017-02-01 09:00", content: str = CONTACT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    moment = datetime.fromisoformat(changed).timestamp()
    os.utime(path, (moment, moment))
    return path


def ready(folder: Path, settled: int = 60) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in waiting.waiting(folder, NOW, settled).ready]


class TwoFiles:
    """The reader of a return that is a folder with a one.csv and a two.csv."""

    NAME = "two files"

    def recognises(self, delivered: DeliveredFile) -> bool:
        return {"one.csv", "two.csv"} <= {each.name for each in delivered.members}

    def dated(self, delivered: DeliveredFile) -> date | None:
        return None

    def read(self, delivered: DeliveredFile, intake: Intake) -> None:
        raise NotImplementedError


@pytest.fixture
def returns(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(recognition, "READERS", (TwoFiles(), *recognition.READERS))
    yield


def test_the_oldest_comes_first_by_the_day_in_its_name_or_else_by_its_last_change(tmp_path: Path) -> None:
    put(tmp_path, "annex_2017-02-03.csv", "2017-03-01 09:00")
    put(tmp_path, "contact.csv", "2017-02-02 09:00")
    put(tmp_path, "late.csv", "2017-02-04 09:00")
    put(tmp_path, "sub/earliest_2016-12-01.csv", "2017-03-01 10:00")
    assert ready(tmp_path) == ["sub/earliest_2016-12-01.csv", "contact.csv", "annex_2017-02-03.csv", "late.csv"]


@pytest.mark.parametrize(
    ("changed", "settled", "left"),
    [
        ("2017-03-03 01:59:30", 60, True),
        ("2017-03-03 01:59:00", 60, False),
        ("2017-03-03 02:00:30", 60, True),  # the clock of the share runs ahead
        ("2018-01-01 00:00:00", 60, False),  # … or is quite wrong: it is not left for ever
        ("2017-03-03 02:00:00", 0, False),
    ],
)
def test_what_changed_a_moment_ago_is_left(tmp_path: Path, changed: str, settled: int, left: bool) -> None:
    put(tmp_path, "contact.csv", changed)
    found = waiting.waiting(tmp_path, NOW, settled)
    assert ([each.name for each in found.unsettled], [each.name for each in found.ready]) == (
        (["contact.csv"], []) if left else ([], ["contact.csv"])
    )


def test_what_a_system_leaves_is_passed_over(tmp_path: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "~$annex.xlsx", ".hidden/contact.csv"):
        put(tmp_path, name)
    assert ready(tmp_path) == []


@pytest.mark.usefixtures("returns")
def test_a_sub_folder_that_is_one_return_is_one_delivery(tmp_path: Path) -> None:
    for name in ("return/one.csv", "return/two.csv", "return/older/contact.csv", "loose/one.csv"):
        put(tmp_path, name)
    assert sorted(ready(tmp_path)) == ["loose/one.csv", "return", "return/older/contact.csv"]


@pytest.mark.usefixtures("returns")
def test_the_folder_itself_is_no_return_whatever_lies_in_it(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        put(tmp_path, name)
    assert ready(tmp_path) == ["one.csv", "two.csv"]


@pytest.mark.usefixtures("returns")
def test_a_return_of_which_one_file_is_still_being_written_is_left_whole(tmp_path: Path) -> None:
    put(tmp_path, "return/one.csv")
    put(tmp_path, "return/two.csv", "2017-03-03 01:59:50")
    found = waiting.waiting(tmp_path, NOW, 60)
    assert (found.ready, [each.name for each in found.unsettled]) == ((), ["return"])


@pytest.mark.usefixtures("returns")
def test_a_return_with_a_file_that_cannot_be_opened_is_not_taken_apart(tmp_path: Path) -> None:
    """Its other files by themselves would be half a return."""
    for name in ("one.csv", "two.csv", "three.csv"):
        put(tmp_path, f"return/{name}", content="" if name == "three.csv" else CONTACT)
    assert ready(tmp_path) == ["return"]


@pytest.mark.skipif(sys.platform == "win32", reason="links to folders need rights on Windows")
def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "sub/contact.csv")
    (tmp_path / "sub" / "round").symlink_to(tmp_path)
    assert ready(tmp_path) == ["sub/contact.csv"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="no such folder"):
        waiting.waiting(tmp_path / "nowhere", NOW, 60)


def test_a_folder_that_cannot_be_looked_into_is_told_and_the_others_are_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "good/contact.csv")
    put(tmp_path, "locked/contact.csv")
    whole = Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied")
        return whole(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = waiting.waiting(tmp_path, NOW, 60)
    assert [each.name for each in found.ready] == ["contact.csv"]
    assert [str(each) for each in found.unread] == [
        f"{tmp_path / 'locked'}: it cannot be looked into: Permission denied\n"
        "  To do: give it to the account that runs this, or take it away"
    ]
