"""`compendium effects` prints what came of each action, and a faulty entry stops it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compendium.cli import main

ACTION = """
[[action]]
id = "audit"
title = "An audit of referrals"
kind = "audit"
on = 2017-01-03
by = "the head of assessment"
indicators = ["referrals"]
"""
EXPECTED = """
[[expectation]]
id = "fewer"
indicator = "referrals"
direction = "lower"
by_month = "2017-06"
made_on = 2017-01-03
by = "the board"
"""


def test_nothing_on_record_is_said(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["effects", "--month", "2016-12"]) == 0
    assert capsys.readouterr().out.startswith("No action is on record.")


def test_each_action_is_printed_with_what_came_of_it(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (council / "actions.toml").write_text(ACTION + EXPECTED, encoding="utf-8")
    assert main(["effects", "--month", "2016-12"]) == 0
    told = capsys.readouterr().out
    for line in (
        "An audit of referrals",
        "An audit. Begun on 3 January 2017, by the head of assessment.",
        "  It begins on 3 January 2017, after the records end.",
        "  Expected by the board on 3 January 2017: lower by June 2017.",
        "Effects were found in 0 of 0 tests",
    ):
        assert line in told, f"{line!r} in\n{told}"


def test_a_rule_that_was_set_is_told_under_what_it_counts(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = council / "compendium.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[rules]\nrereferral_months = 6\n", encoding="utf-8")
    (council / "actions.toml").write_text(ACTION.replace('"referrals"', '"rereferrals_12m"'), encoding="utf-8")
    rule = "Months within which a referral is a re-referral: 6 months (set here; the default is 12 months)"
    figures = ["figures", "--month", "2017-01", "--indicator", "rereferrals_12m"]
    for asked in (["effects", "--month", "2016-12"], figures):
        assert main(asked) == 0
        assert f"Local rules in force:\n  {rule}\n" in capsys.readouterr().out


def test_a_program_reads_the_same(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (council / "actions.toml").write_text(ACTION + EXPECTED, encoding="utf-8")
    assert main(["effects", "--month", "2016-12", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["actions"][0]["impacts"][0]["found"] == "planned"
    assert told["expectations"][0]["verdict"] == "not_due"


def test_a_faulty_entry_is_an_error(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (council / "actions.toml").write_text(ACTION.replace("audit of", "audit").replace("2017-01-03", "1"))
    assert main(["effects", "--month", "2016-12"]) == 2
    assert "action audit: on is 1" in capsys.readouterr().err
