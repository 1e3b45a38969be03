"""compendium quality on an authority small enough to count by hand; the rule of its own flags B."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compendium.cli import main
from compendium.record.access import AccessRecord
from compendium.workspace import open_workspace
from tests.checks.drawn import rule_text

OURS = """\
  SELECT r.person_id AS child_id, r.referral_date AS on_date, r.team_id
  FROM referral AS r
  WHERE r.source_code = '2A'
"""


@pytest.fixture
def rule(council: Path) -> str:
    """A rule of the council's own."""
    (council / "checks" / "ours").mkdir(parents=True)
    (council / "checks" / "ours" / "our_rule.yaml").write_text(rule_text(OURS), encoding="utf-8")
    return "our_rule"


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["quality", "--format", "json", *arguments]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return {each["rule"]: each for each in answer["rules"]}


def test_a_rule_of_the_councils_own_is_judged_with_the_others(
    council: Path, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(capsys)
    assert (found[rule]["result"], found[rule]["count"]) == ("flagged", 1)
    assert found[rule]["counts"] == [{"team": "NE1", "month": "2017-01", "count": 1}]
    assert found["cin_8805"]["result"] == "could_not_run"
    assert list(asked(capsys, "--rule", rule)) == [rule]
    assert asked(capsys, "--rule", rule, "--team", "SE1")[rule]["result"] == "passed"


def test_children_are_named_only_for_a_reason_and_the_reading_is_recorded(
    council: Path, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["quality", "--rule", rule, "--children"]) == 2
    assert "--why" in capsys.readouterr().err
    assert "B " not in screen(capsys, "--rule", rule)
    access = AccessRecord.open(open_workspace(council))
    assert access.entries() == []
    assert "B         referral  2017-01-11" in screen(capsys, "--rule", rule, "--children", "--why", "to mend it")
    assert [(entry.how_many, entry.why) for entry in access.entries()] == [(1, "to mend it")]
    assert len(access.about("B")) == 1


def screen(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["quality", *arguments]) == 0
    return capsys.readouterr().out


def test_files_are_written_where_the_user_says_and_say_when_they_hold_personal_data(
    council: Path, rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report"
    assert main(["quality", "--rule", rule, "--out", str(out)]) == 0
    assert "personal data" not in capsys.readouterr().err
    assert {path.name for path in out.iterdir()} == {
        "index.html", "rule-our-rule.html", "style.css", "quality.json", "quality.xlsx",
    }  # fmt: skip
    assert "rows" not in json.loads((out / "quality.json").read_text(encoding="utf-8"))["rules"][0]
    assert main(["quality", "--rule", rule, "--out", str(out), "--children", "--why", "to mend it"]) == 0
    assert "It holds personal data" in capsys.readouterr().err
    (row,) = json.loads((out / "quality.json").read_text(encoding="utf-8"))["rules"][0]["rows"]
    assert (row["child_id"], row["record"], row["on_date"]) == ("B", "referral", "2017-01-11")


def test_a_folder_with_something_else_is_refused_before_anything_is_read(
    council: Path, rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("dear", encoding="utf-8")
    arguments = ["quality", "--out", str(tmp_path / "letters"), "--children", "--why", "to mend it"]
    assert main(arguments) == 2
    assert "something else" in capsys.readouterr().err
    assert AccessRecord.open(open_workspace(council)).entries() == []


def test_check_names_what_is_wrong_with_the_rule_files(
    council: Path, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["quality", "check", "--rule", rule]) == 0
    assert capsys.readouterr().out.startswith("1 rule, 1 example: 0 faults")
    file = council / "checks" / "ours" / "our_rule.yaml"
    file.write_text(rule_text(OURS, endangers="[cin_opne]"), encoding="utf-8")
    assert main(["quality", "check", "--rule", rule]) == 1
    assert "there is no indicator cin_opne; did you mean cin_open?" in capsys.readouterr().err
    file.rename(file.with_name("cin_open.yaml"))
    assert main(["quality", "check", "--rule", "cin_open"]) == 1
    assert "an indicator is called cin_open already" in capsys.readouterr().err
    file.with_name("cin_open.yaml").write_text(rule_text(OURS, severity="bad"), encoding="utf-8")
    assert main(["quality", "check"]) == 2
    assert "one of error, query" in capsys.readouterr().err


def test_show_prints_the_rule(council: Path, rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quality", "show", "--rule", rule]) == 0
    assert "A rule of the test" in capsys.readouterr().out


def test_a_limit_of_a_rule_is_no_unknown_limit(council: Path, rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = council / "checks" / "ours" / "our_rule.yaml"
    file.write_text(rule_text(OURS, limits="{days: 10}"), encoding="utf-8")
    settings = council / "compendium.toml"
    text = settings.read_text(encoding="utf-8")
    figures = ["figures", "--month", "2017-01", "--indicator", "referrals"]
    settings.write_text(f"{text}[limits.our_rule]\ndays = 5\n", encoding="utf-8")
    assert main(figures) == 0
    settings.write_text(f"{text}[limits.our_ruel]\ndays = 5\n", encoding="utf-8")
    assert main(figures) == 2
    assert "there is no such indicator or rule" in capsys.readouterr().err
    settings.write_text(f"{text}[limits.our_rule]\ndasy = 5\n", encoding="utf-8")
    assert main(["quality", "--rule", rule]) == 2
    assert "our_rule has no limit dasy" in capsys.readouterr().err
