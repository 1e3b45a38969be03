"""Mistakes people make at the command line: each is answered in words, with status 2, and harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.cli import main
from compendium.commands.demo import clear
from compendium.record.access import AccessRecord
from compendium.record.keys import make_key
from compendium.workspace import open_workspace


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said on standard error; a mistake never ends in a traceback."""
    assert main(arguments) == 2
    return capsys.readouterr().err


def test_the_demonstration_never_takes_another_workspaces_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    assert main(["new", str(tmp_path / "ourcouncil")]) == 0
    made = tmp_path / "ourcouncil.demo"
    assert main(["new", str(made)]) == 0
    (made / "compendium.toml").write_text("[authority]\nsynthetic = true\n", encoding="utf-8")
    outside = tmp_path / "safe.key"
    make_key(outside)
    monkeypatch.setenv("COMPENDIUM_KEY_FILE", str(outside))
    clear(made)
    assert not made.exists() and not (tmp_path / "ourcouncil.demo.key").exists()
    assert (tmp_path / "ourcouncil.key").exists() and outside.exists()


def test_the_demonstration_leaves_a_real_workspace_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "ourcouncil")]) == 0
    assert "holds something else" in answered(capsys, "demo", str(tmp_path / "ourcouncil"))
    assert (tmp_path / "ourcouncil" / "compendium.toml").exists()


def test_a_name_may_hold_quotation_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    folder = tmp_path / 'the "new" council'
    assert main(["new", str(folder), "--name", 'Bob\'s "the" Council\\']) == 0
    opened = open_workspace(folder)
    assert opened.authority_name == 'Bob\'s "the" Council\\'
    assert opened.key_file.is_file()


def test_a_file_where_the_workspace_should_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "cannot be made" in answered(capsys, "new", str(tmp_path / "file"))
    assert "holds something else" in answered(capsys, "demo", str(tmp_path / "file"))


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("month", ["2099-01", "0001-01", "2017-13"])
def test_a_month_that_cannot_be(month: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["figures", "--month", month])
    assert stopped.value.code == 2
    assert month in capsys.readouterr().err


@pytest.mark.usefixtures("council")
def test_a_month_is_refused_with_how_one_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["figures", "--month", "2017-13"])
    assert "“2017-13” is not a month; expected: YYYY-MM, such as 2017-01" in capsys.readouterr().err


@pytest.mark.usefixtures("council")
def test_a_rule_unlike_any_is_refused_without_the_names_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    said = answered(capsys, "quality", "--rule", "zzzzzz")
    assert "there is no rule 'zzzzzz'" in said and "none of which is like it" in said and len(said) < 300
    assert "did you mean ssda903_131" in answered(capsys, "quality", "--rule", "ssda903_131x")


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("command", [["figures"], ["edition", "build"]])
def test_a_month_that_is_not_over(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert "ends before March 2017 does" in answered(capsys, *command, "--month", "2017-03")


@pytest.mark.usefixtures("council")
def test_a_breakdown_that_no_indicator_has(capsys: pytest.CaptureFixture[str]) -> None:
    said = answered(capsys, "figures", "--month", "2017-01", "--indicator", "referrals", "--by", "colour")
    assert "'colour'" in said and "area, " in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--area", "XX", "--why", "supervision"], "there is no area 'XX'"),
        (["--team", "nope", "--why", "supervision"], "there is no team 'nope'"),
        (["--why", " "], "the reason is empty"),
    ],
)
def test_a_list_is_not_empty_because_its_place_or_reason_is(
    council: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in answered(capsys, "indicator", "rows", "referrals", "--month", "2017-01", *arguments)
    assert AccessRecord.open(open_workspace(council)).entries() == []


def test_a_list_without_a_source_is_not_an_empty_list(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = answered(capsys, "indicator", "rows", "contacts", "--month", "2017-01", "--why", "supervision")
    assert "contacts has no source for January 2017" in said
    assert AccessRecord.open(open_workspace(council)).entries() == []
