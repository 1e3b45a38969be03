"""compendium ledger: the deliveries, and what was not kept of one; never a value, and children only on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compendium.cli import main
from compendium.record.access import AccessRecord
from compendium.workspace import open_workspace
from tests.commands.conftest import deliver

FAULTY = """\
# complete: 2015-04-01 to 2017-03-03
person_id,referral_date,source_code,team_id,nfa
KID-A,2017-02-06,6,NE1,0
KID-B,31/02/2017,6,NE1,0
KID-C,2017-02-07,ZZZ,Smithson of Acacia Avenue,0
"""


@pytest.fixture
def faulty(council: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The third delivery: a row that is not kept, and one with a code that is set aside."""
    path = deliver(council, "referral_2017-03-03.csv", FAULTY)
    assert main(["load", str(path), "--authority", "999"]) == 0
    capsys.readouterr()
    return council


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["ledger", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("faulty")
def test_the_deliveries_are_listed_oldest_first(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.split() for line in said(capsys).splitlines()]
    assert [line[:2] + line[4:] for line in lines[2:5]] == [
        ["1", "2017-02-03", "referral_2017-02-03.csv", "4", "0", "1", "table,", "2015-04-01", "to", "2017-02-03"],
        ["2", "2017-02-03", "team_2017-02-03.csv", "2", "0"],
        ["3", "2017-03-03", "referral_2017-03-03.csv", "2", "1", "1", "table,", "2015-04-01", "to", "2017-03-03"],
    ]
    assert lines[5] == ["3", "deliveries"]


@pytest.mark.usefixtures("faulty")
def test_a_program_is_given_the_coverage_table_by_table(capsys: pytest.CaptureFixture[str]) -> None:
    newest = json.loads(said(capsys, "--format", "json"))[-1]
    assert (newest["number"], newest["received_on"], newest["format"]) == (3, "2017-03-03", "local table")
    assert newest["units"] == {"referral.csv": {"read": 3, "kept": 2, "rejected": 1}}
    assert newest["coverage"] == [
        {"table": "referral", "complete_from": "2015-04-01", "complete_to": "2017-03-03", "grain": "event"}
    ]


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("name", ["3", "referral_2017-03-03.csv"])
def test_an_earlier_ledger_is_printed_without_values(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, name)
    assert "rejected: referral.csv, row 4, column referral_date: '31/02/2017' is not a day of the calendar" in text
    assert "changed: referral.csv, row 5, column source_code" in text
    printed = said(capsys, name, "--format", "json")
    entries = json.loads(printed)["entries"]
    assert {"severity": "rejected", "row": 4, "column": "referral_date"}.items() <= next(
        each for each in entries if each["row"] == 4
    ).items()
    assert "KID" not in text + printed and "Acacia" not in text + printed


def test_the_children_are_named_only_after_it_is_on_record(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "3", "--children"]) == 2
    told = capsys.readouterr()
    assert "the reason is empty" in told.err and "KID" not in told.out
    access = AccessRecord.open(open_workspace(faulty))
    assert access.entries() == []
    lines = said(capsys, "3", "--children", "--why", "putting right").splitlines()
    assert [line.rpartition("[child ")[2] for line in lines if line.startswith(("rejected", "changed"))] == [
        "KID-B]",
        "KID-C]",
    ]
    assert [(entry.what, entry.why) for entry in access.about("KID-B")] == [
        ("ledger of delivery 3, received 2017-03-03", "putting right")
    ]
    assert access.about("KID-A") == [], "nothing of this child was shown"


def test_without_an_access_record_no_child_is_named(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (faulty / "record" / "access").mkdir()
    assert main(["ledger", "3", "--children", "--why", "putting right"]) == 2
    assert "KID" not in "".join(capsys.readouterr())


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("arguments", [["9"], ["nothing.csv"], ["--children", "--why", "audit"]])
def test_a_delivery_that_is_not_there(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", *arguments]) == 2
    assert "compendium ledger" in capsys.readouterr().err


def test_two_deliveries_of_one_file_name_are_told_apart_by_number(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = deliver(faulty, "referral_2017-03-03.csv", FAULTY.replace("KID-A", "KID-D"))
    assert main(["load", str(again), "--authority", "999"]) == 0
    assert main(["ledger", "referral_2017-03-03.csv"]) == 2
    assert "3 or 4" in capsys.readouterr().err


def test_every_list_of_children_leads_into_the_case_system(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = faulty / "compendium.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('# link = "https://cases.example/person/', 'link = "https://cases.example/')
    settings.write_text(text, encoding="utf-8")
    why = ["--why", "putting right"]
    assert "[child KID-B, https://cases.example/KID-B]" in said(capsys, "3", "--children", *why)
    entries = json.loads(said(capsys, "3", "--children", *why, "--format", "json"))["entries"]
    assert "https://cases.example/KID-C" in [entry["link"] for entry in entries]
    for words in (
        ["indicator", "rows", "referrals", "--month", "2017-02", "--format", "csv"],
        ["changes", "3", "--children"],
        ["changes", "--of", "referral", "--child", "KID-A"],
    ):
        assert main([*words, *why]) == 0
        assert "https://cases.example/KID-A" in capsys.readouterr().out, words
