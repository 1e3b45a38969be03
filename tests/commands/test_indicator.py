"""The analyst's way: a file that passes at once, every fault told, and a figure seen down to its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.cli import main
from compendium.commands.figures import in_units
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.record.access import AccessRecord
from compendium.workspace import open_workspace

NEW = ["indicator", "new", "from_schools", "--theme", "front_door"]


def checked(capsys: pytest.CaptureFixture[str], *names: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(["indicator", "check", *names])
    said = capsys.readouterr()
    return status, said.out, said.err


def own(council: Path, name: str = "from_schools", theme: str = "front_door") -> Path:
    return council / "indicators" / theme / f"{name}.yaml"


def test_a_new_file_passes_the_check_as_it_is(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(NEW) == 0
    assert str(own(council)) in capsys.readouterr().out
    assert checked(capsys, "from_schools")[:2] == (0, "1 indicator, 1 example: 0 failed; 0 faults in the files\n")


@pytest.mark.parametrize("like", ["rereferrals_12m", "cp_visits_10wd", "audit_grade_mix", "cl_eet_birthday"])
def test_a_copy_of_another_passes_too(council: Path, capsys: pytest.CaptureFixture[str], like: str) -> None:
    assert main(["indicator", "new", "like_it", "--theme", "our_own", "--like", like]) == 0
    status, out, _ = checked(capsys, "like_it")
    assert (status, out.split(":")[1]) == (0, " 0 failed; 0 faults in the files\n")
    text = own(council, "like_it", "our_own").read_text(encoding="utf-8")
    assert text.startswith(f"# like_it: made from {like}.") and "\ntitle: Like it\n" in text


@pytest.mark.parametrize(("theme", "is_new"), [("front_door", False), ("babies", True)])
@pytest.mark.usefixtures("council")
def test_a_theme_that_is_new_is_said_to_be(capsys: pytest.CaptureFixture[str], theme: str, is_new: bool) -> None:
    assert main(["indicator", "new", "from_schools", "--theme", theme]) == 0
    said = capsys.readouterr().out
    assert ("is a new theme" in said) == is_new and ("There are: adoption, " in said) == is_new


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("front_door/from_schools.yml", "call it from_schools.yaml"),
        ("from_schools.yaml", "lies in the folder of its theme: front_door/from_schools.yaml"),
    ],
)
def test_a_file_gone_astray_is_a_fault(council: Path, capsys: pytest.CaptureFixture[str], file: str, says: str) -> None:
    assert main(NEW) == 0
    own(council).rename(council / "indicators" / file)
    status, _, err = checked(capsys, "from_schools")
    assert status == 1 and says in err


def test_an_own_indicator_asked_for_without_its_workspace(
    council: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(NEW) == 0
    monkeypatch.chdir(tmp_path.parent)
    status, _, err = checked(capsys, "from_schools")
    assert status == 2 and "--workspace DIR" in err


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["From-Schools", "--theme", "front_door"], "'From-Schools' is not an id"),
        (["referrals", "--theme", "front_door"], "the id referrals is taken by"),
        (["from_schools"], "the theme is missing"),
        (["from_schools", "--theme", "Front door"], "'Front door' is no theme"),
        (["from_schools", "--like", "referals"], "did you mean referrals?"),
    ],
)
def test_a_new_file_that_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["indicator", "new", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_the_same_file_is_not_written_twice(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(NEW) == 0
    own(council).write_text(own(council).read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    assert main(NEW) == 2
    assert "is taken by" in capsys.readouterr().err
    assert own(council).read_text(encoding="utf-8").endswith("# mine\n")


def test_the_check_tells_every_fault_of_every_file_at_once(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(NEW) == 0
    assert main(["indicator", "new", "second", "--theme", "front_door"]) == 0
    first, second = own(council), own(council, "second")
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace("r.source =", "r.sauce =").replace("{referral: month}", "{referal: month}"))
    second.write_text(text.replace("polarity: neutral", "polarity: higher_is_better"), encoding="utf-8")
    status, out, told = checked(capsys, "from_schools", "second")
    assert (status, out) == (1, "0 indicators, 0 examples: 0 failed; 3 faults in the files\n")
    lines = {what.split("; ")[0].split(", line ")[0].rsplit("/", 1)[-1] for what in told.splitlines() if "line" in what}
    assert lines == {"from_schools.yaml", "second.yaml"}
    for said in (
        "referral has no column sauce; did you mean source?",
        "did you mean referral?",
        "counterweight is miss",
    ):
        assert said in told


def test_an_example_that_fails_says_what_was_expected_and_what_came(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(NEW) == 0
    text = own(council).read_text(encoding="utf-8")
    line = text.splitlines().index("  - says: one of two referrals came from a school") + 1
    own(council).write_text(text.replace("numerator: 1, denominator: 2, value: 50", "numerator: 2"), encoding="utf-8")
    status, out, told = checked(capsys, "from_schools")
    assert (status, out) == (1, "1 indicator, 1 example: 1 failed; 0 faults in the files\n")
    assert f"from_schools.yaml, line {line}: numerator: expected 2, got 1" in told


@pytest.mark.usefixtures("council")
def test_a_figure_is_shown_with_its_months_and_what_is_read_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicator", "show", "rereferrals_12m", "--month", "2017-01"]) == 0
    out = capsys.readouterr().out
    table = [line.split() for line in out.splitlines() if line.startswith(("January", "February", "Month "))]
    assert table[0] == ["Month", "Value", "Of", "Status"]
    assert table[-1] == ["January", "2017", "33.3%", "1", "of", "3", "ok"]
    title = load_catalogue([SHIPPED])["referrals"].title
    assert f"Read beside it: {title} (referrals)" in out
    assert out.splitlines()[-1] == f"Read beside it: {title}, January 2017: 3"


@pytest.mark.parametrize(("cut", "last"), [("2017-02-28", "February 2017"), ("2017-02-27", "January 2017")])
@pytest.mark.usefixtures("council")
def test_without_a_month_the_last_one_over_by_the_cut_is_shown(
    capsys: pytest.CaptureFixture[str], cut: str, last: str
) -> None:
    assert main(["indicator", "show", "rereferrals_12m", "--as-at", cut]) == 0
    *_, newest, beside = capsys.readouterr().out.splitlines()
    assert newest.startswith(last) and last in beside


def test_the_rows_behind_one_cell_are_shown_and_the_reading_is_on_record(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["indicator", "show", "rereferrals_12m", "--month", "2017-01", "--area", "NE", "--rows"]
    assert main(asked) == 2
    assert "--why" in capsys.readouterr().err
    assert main([*asked, "--why", "to ask the team", "--missed"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "1 row: 0 of 1"
    entry = AccessRecord.open(open_workspace(council)).about("B")[-1]
    assert (entry.why, entry.what) == ("to ask the team", "rereferrals_12m, 2017-01, month, area NE, missed only")
    assert main(["indicator", "show", "rereferrals_12m", "--month", "2017-01", "--by", "source=Police"]) == 0
    assert "January 2017        50.0%  1 of 2  ok" in capsys.readouterr().out


def test_what_was_recorded_cannot_change_or_vanish_in_silence(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(NEW) == 0
    assert main(["indicator", "record"]) == 0
    text = own(council).read_text(encoding="utf-8")
    own(council).write_text(
        text.replace("'Schools'", "'Police'").replace("2A\n", "6\n").replace("11     6", "11     4")
    )
    status, _, told = checked(capsys, "from_schools")
    assert status == 1 and "it does not count as version 1 did when it was recorded" in told
    assert main(["edition", "build", "--month", "2017-01"]) == 2
    assert "an own indicator is not what was recorded" in capsys.readouterr().err
    assert main(["indicator", "record", "--unchanged", "from_schools", "--why", "There were none."]) == 0
    assert checked(capsys, "from_schools")[0] == 0
    own(council).unlink()
    status, _, told = checked(capsys, "referrals")
    assert status == 1 and "the indicator from_schools is gone" in told
    assert main(["indicator", "withdraw", "from_schools", "--why", "Nobody asked.", "--replaced-by", "referrals"]) == 0
    assert checked(capsys, "referrals")[0] == 0
    assert main(NEW) == 2
    assert "was withdrawn" in capsys.readouterr().err


def test_both_parts_are_told_in_their_own_units() -> None:
    catalogue = load_catalogue([SHIPPED])
    assert in_units(catalogue["budget_variance"], 415_270_000, 6_372_900_000) == "£4,152,700 of £63,729,000"
    assert in_units(catalogue["sw_vacancy_rate"], 6380, 32600) == "63.8 of 326"
    assert in_units(catalogue["icpc_15wd"], 1100, 1360) == "1,100 of 1,360"
