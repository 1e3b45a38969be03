"""The commands, from an empty folder to the edition, on an authority small enough to count by hand.

referral (received by 3 February)      January 2017: 3 referrals, 1 of them a re-referral (A)
A  2016-06-01  NE1                     North East:   A and B
A  2017-01-10  NE1                     South East:   C
B  2017-01-11  NE1
C  2017-01-12  SE1
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compendium.cli import main
from compendium.record.access import AccessRecord
from compendium.workspace import open_workspace
from tests.commands.conftest import deliver

LATE = """\
# complete: 2015-04-01 to 2017-03-03
person_id,referral_date,source_code,team_id,nfa
A,2016-06-01,6,NE1,0
A,2017-01-10,6,NE1,0
B,2017-01-11,2A,NE1,0
C,2017-01-12,6,SE1,0
D,2017-01-31,6,SE1,0
"""


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    """The answer of `figures --format json`."""
    assert main(["figures", "--month", "2017-01", "--format", "json", *arguments]) == 0
    answer: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.usefixtures("council")
def test_a_figure_says_everything_another_program_needs(capsys: pytest.CaptureFixture[str]) -> None:
    month = next(each for each in asked(capsys, "--indicator", "rereferrals_12m") if each["basis"] == "month")
    assert month == {
        "indicator": "rereferrals_12m",
        "definition_version": 1,
        "period": "2017-01",
        "basis": "month",
        "area": None,
        "team": None,
        "breakdown": None,
        "numerator": 1,
        "denominator": 3,
        "value": pytest.approx(100 / 3),
        "rate": None,
        "excluded": {},
        "as_at": "2017-02-03",
        "status": "ok",
        "counterweight": "referrals",
        "rules": {
            "rereferral_months": {"value": 12, "default": 12},
            "rereferral_rule": {"value": "calendar", "default": "calendar"},
        },
    }


@pytest.mark.usefixtures("council")
def test_areas_add_up_and_a_team_named_in_words_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    figures = asked(capsys, "--indicator", "referrals", "--by", "area")
    assert {each["area"]: each["numerator"] for each in figures if each["basis"] == "month"} == {
        "NE": 2,
        "SE": 1,
        "countywide": 0,
    }


@pytest.mark.usefixtures("council")
def test_what_no_delivery_feeds_has_no_source_and_is_not_zero(capsys: pytest.CaptureFixture[str]) -> None:
    contacts = asked(capsys, "--indicator", "contacts")[0]
    assert (contacts["status"], contacts["numerator"], contacts["value"]) == ("no_source", None, None)
    assert main(["figures", "--month", "2017-01", "--indicator", "contacts"]) == 0
    assert "contacts has no source: no delivery covers all the days it needs of contact, " in capsys.readouterr().out


def test_a_late_record_changes_the_month_but_not_the_month_as_it_was_known(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(deliver(council, "referral_2017-03-03.csv", LATE))]) == 0
    capsys.readouterr()
    now = asked(capsys, "--indicator", "referrals")[0]
    then = asked(capsys, "--indicator", "referrals", "--as-at", "2017-02-03")[0]
    assert (then["numerator"], then["as_at"]) == (3, "2017-02-03")
    assert (now["numerator"], now["as_at"]) == (4, "2017-03-03")


def test_loading_again_changes_nothing(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(path.name for path in (council / "record" / "deliveries").iterdir())
    assert main(["load", str(council.parent / "deliveries" / "referral_2017-02-03.csv")]) == 0
    assert "already loaded" in capsys.readouterr().out
    assert sorted(path.name for path in (council / "record" / "deliveries").iterdir()) == before


def test_one_bad_file_among_good_ones_is_refused_alone(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = deliver(council, "empty.csv", "")
    late = deliver(council, "referral_2017-03-03.csv", LATE)
    assert main(["load", str(empty), str(late)]) == 1
    said = capsys.readouterr()
    assert "empty.csv" in said.err and "To do:" in said.err
    assert "referral_2017-03-03.csv" in said.out
    assert asked(capsys, "--indicator", "referrals")[0]["numerator"] == 4


def test_the_list_behind_a_figure_is_given_only_after_it_is_on_record(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    why = "supervision of the North East team"
    arguments = ["indicator", "rows", "referrals", "--month", "2017-01", "--area", "NE", "--why", why]
    assert main(arguments) == 0
    assert "2 rows" in capsys.readouterr().out
    arguments[arguments.index("NE")] = "North East"
    assert main([*arguments, "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 and "child_id" in lines[0].split(",")
    entries = AccessRecord.open(open_workspace(council)).entries()
    assert [(each.how_many, each.why) for each in entries] == [(2, why), (2, why)]


@pytest.mark.usefixtures("council")
def test_a_mistake_is_answered_in_words_and_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "--month", "2017-01", "--indicator", "rereferals_12m"]) == 2
    assert "rereferrals_12m" in capsys.readouterr().err  # did you mean


def test_the_edition_is_built_and_says_what_is_missing(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edition", "build", "--month", "2017-01"]) == 0
    page = council / "editions" / "2017-01" / "index.html"
    assert str(page) in capsys.readouterr().out
    assert "Our Council" in page.read_text(encoding="utf-8")
    contacts = (page.parent / "contacts.html").read_text(encoding="utf-8")
    assert "no source" in contacts.lower()


def test_a_shipped_indicator_holds_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    """Of every one `tests/catalogue` says so."""
    assert main(["indicator", "check", "referrals"]) == 0
    assert "0 failed" in capsys.readouterr().out


def test_a_corrected_value_is_remembered_with_the_deliveries_that_told_it(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(deliver(council, "referral_2017-03-03.csv", LATE.replace("2A,NE1", "6,NE1")))]) == 0
    capsys.readouterr()
    asked_of = ["changes", "--of", "referral", "--child", "B", "--why", "a question of the family"]
    assert main([*asked_of, "--format", "json"]) == 0
    told = [row for row in json.loads(capsys.readouterr().out)["history"] if row["column"] == "source_code"]
    assert [(row["key"], row["value"], row["since"], row["until"]) for row in told] == [
        ("referral_date 2017-01-11", "2A", "2017-02-03", "2017-03-03"),
        ("referral_date 2017-01-11", "6", "2017-03-03", None),
    ]
    assert main([*asked_of, "--as-at", "2017-02-28"]) == 0
    assert "2017-03-03" not in capsys.readouterr().out
    assert main(["changes", "--of", "contact", "--child", "B", "--why", "a question"]) == 0
    assert "Nothing was ever told of that child in this table." in capsys.readouterr().out


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (["--of", "referral"], "--of is for one child"),
        (["--child", "B", "1"], "--of is for one child"),
        (["--of", "referral", "--child", "B", "1"], "name one of the three"),
        (["--of", "referral", "--child", "B"], "the reason is empty"),
        (["--of", "team", "--child", "B", "--why", "a question"], "there is no table 'team' about children"),
    ],
)
def test_a_history_is_asked_of_one_child_in_one_table_with_a_reason(
    capsys: pytest.CaptureFixture[str], given: list[str], fault: str
) -> None:
    assert main(["changes", *given]) == 2
    assert fault in "".join(capsys.readouterr())


def test_a_local_rule_is_told_with_the_figure(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (council / "compendium.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[rules]\nrereferral_months = 6\n")
    (figure,) = [each for each in asked(capsys, "--indicator", "rereferrals_12m") if each["basis"] == "month"]
    assert (figure["numerator"], figure["denominator"]) == (0, 3)
    assert figure["rules"] == {
        "rereferral_months": {"value": 6, "default": 12},
        "rereferral_rule": {"value": "calendar", "default": "calendar"},
    }
    told = "Months within which a referral is a re-referral: 6 months (set here; the default is 12 months)"
    assert main(["figures", "--month", "2017-01", "--indicator", "rereferrals_12m"]) == 0
    assert f"  {told}\n" in capsys.readouterr().out
    assert main(["indicator", "show", "rereferrals_12m"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Re-referrals within 6 months\n")
    assert told in shown


@pytest.mark.usefixtures("council")
def test_a_figure_is_printed_with_the_one_to_read_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "--month", "2017-01", "--indicator", "rereferrals_12m"]) == 0
    lines = capsys.readouterr().out.splitlines()
    beside = lines[lines.index("Read beside them:") + 1]
    assert beside.startswith("  rereferrals_12m: ") and beside.endswith("(referrals), 3")


@pytest.mark.usefixtures("council")
def test_what_compares_areas_with_the_whole_is_given_by_area(capsys: pytest.CaptureFixture[str]) -> None:
    told = asked(capsys, "--indicator", "resource_by_quadrant")
    assert {each["area"] for each in told} == {"NE", "SE", "countywide"}


def test_an_area_that_the_settings_do_not_name_is_told(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teams = "team_id,team_name,service,area_id,valid_from,valid_to\nNW1,North West,assessment,NW,2010-04-01,\n"
    assert main(["load", str(deliver(council, "team_2017-03-03.csv", teams))]) == 0
    capsys.readouterr()
    assert main(["figures", "--month", "2017-01", "--indicator", "referrals"]) == 0
    told = capsys.readouterr().err
    assert "Area NW, in 1 row, is not in compendium.toml: its cases count as countywide" in told
    assert main(["edition", "build", "--month", "2017-01"]) == 0
    page = (council / "editions" / "2017-01" / "data-and-definitions.html").read_text(encoding="utf-8")
    assert "1 area is not in the settings; its cases count as countywide." in page
