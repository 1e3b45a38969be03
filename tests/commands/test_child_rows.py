"""Every command, tried on planted children: what it prints names one of them only after that is on record."""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from compendium.cli import main, parser
from compendium.record.access import AccessRecord
from compendium.workspace import open_workspace
from tests.commands.conftest import deliver

CHILDREN = ["KID-7Q-000411", "KID-7Q-000412", "KID-7Q-000413"]
REFERRALS = f"""\
# complete: 2015-04-01 to 2017-02-03
person_id,referral_date,source_code,team_id,nfa
{CHILDREN[0]},2017-01-10,6,NE1,0
{CHILDREN[1]},31/01/20171,6,NE1,0
{CHILDREN[2]},2017-01-12,ZZ,South East Assessment,7
"""
WHY = ["--why", "a review of January"]
MONTH = ["--month", "2017-01"]
FOLDER = [["--folder", "FOLDER", "--settled", "0"], ["--folder", "FOLDER", "--settled", "0", "--format", "json"]]
# How each command is tried; a new one is added here. The demonstration is a county of its own.
TRIED: dict[str, list[list[str]]] = {
    "new": [["DIR"]],
    "load": [["FILE"], ["FILE", "--format", "json"], *FOLDER],
    "quality": [
        [],
        ["--format", "json", "--out", "OUT"],
        ["--children", *WHY, "--out", "OUT"],
        ["--children", *WHY, "--format", "json"],
        ["show"],
    ],
    "figures": [MONTH, [*MONTH, "--by", "area"], [*MONTH, "--format", "json"], [*MONTH, "--format", "csv"]],
    "indicator new": [["ours", "--theme", "front_door"]],
    "indicator check": [["referrals"]],
    "indicator show": [["referrals"], ["referrals", *MONTH, "--rows", *WHY]],
    "indicator record": [[]],
    "indicator withdraw": [["referrals", *WHY]],
    "indicator rows": [["referrals", *MONTH, *WHY], ["referrals", *MONTH, *WHY, "--format", "csv"]],
    "edition build": [MONTH],
    "savings": [MONTH],
    "effects": [MONTH, [*MONTH, "--format", "json"]],
    "revisions": [["--indicator", "referrals", *MONTH], ["--indicator", "referrals", *MONTH, "--format", "json"]],
    "benchmarks fetch": [["--address", "http://127.0.0.1:9"]],
    "pool": [["OUT", *MONTH]],
    "verify statistics": [["CASES"]],
    "verify engine": [["--engine", "postgresql", "--database", "none"]],
    "ledger": [[], ["--format", "json"], ["1"], ["1", "--format", "json"], ["1", "--children", *WHY]],
    "changes": [
        ["1"],
        ["--since", "2017-01-01", "--format", "json"],
        ["1", "--children", *WHY],
        ["--since", "2017-01-01", "--children", *WHY, "--format", "json"],
        ["--of", "referral", "--child", CHILDREN[0], *WHY],
        ["--of", "referral", "--child", CHILDREN[0], *WHY, "--format", "json"],
    ],
    "identity suggest": [WHY],
    "identity list": [WHY],
    "workers list": [["--team", "NE1", *WHY]],
    "workers forget": [["A. Worker", *WHY]],
    "access": [[], ["--format", "json"], ["--child", "someone else", *WHY]],
    "key check": [[]],
    "key copy": [["COPY"]],
    "key custody": [["--to", "file"]],
    "key rotate": [[]],
}
NOT_TRIED = {"demo"}
# The key stays; nothing of one's own was recorded; there are no cells, cases or database of that name, and no service
# at that address.
REFUSED = {"key custody", "indicator withdraw", "pool", "verify statistics", "verify engine", "benchmarks fetch"}
NAMES_CHILDREN = {
    ("quality", 2),
    ("quality", 3),
    ("indicator show", 1),
    ("indicator rows", 0),
    ("indicator rows", 1),
    ("ledger", 4),
    ("changes", 2),
    ("changes", 3),
    ("changes", 4),
    ("changes", 5),
}


def leaves(command: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[str]:
    groups = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield " ".join(words)
    for group in groups:
        for name, below in group.choices.items():
            yield from leaves(below, (*words, name))


def written(path: Path) -> str:
    """What a page or a workbook says."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    folder = tmp_path / "ourcouncil"
    assert main(["new", str(folder)]) == 0
    assert main(["load", "--workspace", str(folder), str(deliver(folder, "referral_2017-02-03.csv", REFERRALS))]) == 0
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


def test_every_command_is_tried() -> None:
    assert set(leaves(parser())) == TRIED.keys() | NOT_TRIED


@pytest.mark.parametrize(
    ("command", "number"), [(command, number) for command, ways in TRIED.items() for number in range(len(ways))]
)
def test_a_child_is_named_only_after_it_is_on_record(
    planted: Path, capsys: pytest.CaptureFixture[str], command: str, number: int
) -> None:
    late = deliver(planted, "referral_2017-03-03.csv", REFERRALS.replace("2017-02-03", "2017-03-03"))
    places = {
        "DIR": str(planted.parent / "other"),
        "FILE": str(late),
        "FOLDER": str(late.parent),
        "OUT": str(planted / "editions" / "quality"),
        "COPY": str(planted.parent / "vault.key"),
    }
    status = main([*command.split(), *(places.get(word, word) for word in TRIED[command][number])])
    assert status == 0 or command in REFUSED, "it was tried in vain"
    said = "".join(capsys.readouterr())
    said += "".join(written(path) for path in (planted / "editions").rglob("*.*") if path.is_file())
    named = [child for child in CHILDREN if child in said]
    access = AccessRecord.open(open_workspace(planted))
    assert [child for child in named if not access.about(child)] == []
    assert bool(named) == ((command, number) in NAMES_CHILDREN), "whether a command names children is known"
