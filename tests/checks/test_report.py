"""The report: counts by team and month, what it was before, and rows of children once their reading is recorded."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.errors import ComputeError
from compendium.record.access import AccessRecord
from compendium.record.checks import trend as trends
from compendium.record.checks.judging import judge
from compendium.record.checks.report import Report, build_report, with_rows
from compendium.record.checks.rule import COULD_NOT_RUN, Rule
from compendium.record.checks.trend import Point, Trend
from compendium.record.deliveries import Record
from compendium.record.folder import QUALITY
from compendium.record.store import MARK
from compendium.workspace import Workspace, open_workspace
from tests.checks.drawn import made
from tests.record.drawn import deliver, make_workspace

YEAR = ("2016-04-01", "2017-03-31", "event")
TEAMS = """
    team_id  team_name  area_id  valid_from  valid_to
    NE1      Northeast  NE       2010-04-01  -
    SW1      Southwest  SW       2010-04-01  -
"""
REFERRALS = """
    person_id  referral_date  close_date  close_reason
    a          2016-05-01     2016-08-01  -
    a          2016-09-01     2016-10-01  -
    b          2016-05-01     2016-08-31  -
    c          2016-05-01     2016-08-01  RC8
    d          2016-05-01     2016-08-01  -
"""
ALLOCATIONS = """
    person_id  worker_id  team_id  start_date
    a          w1         NE1      2016-05-01
    a          w2         SW1      2016-10-01
    b          w1         NE1      2016-12-01
    c          w1         NE1      2016-05-01
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "wealdmere")


@pytest.fixture
def record(workspace: Workspace) -> Record:
    record = Record.open(workspace)
    deliver(record, "2016-04-02", [("team", TEAMS)], source_format="local table")
    deliver(record, "2017-04-02", [("involvement", ALLOCATIONS)], ("involvement", *YEAR), source_format="local table")
    deliver(record, "2017-04-03", [("referral", REFERRALS)], ("referral", *YEAR), source_format="CIN census")
    return record


def report_of(record: Record, workspace: Workspace, *rules: Rule, **more: Any) -> Report:
    return build_report(record, rules, workspace, **more)[0]


def test_rows_are_counted_by_the_team_that_held_the_case_on_their_date(
    record: Record, workspace: Workspace, tmp_path: Path
) -> None:
    """a is with Northeast until 30 September and with Southwest from 1 October; b was allocated only later."""
    report = report_of(record, workspace, made(tmp_path, formats="[CIN census]"))
    assert report.by_team() == [("Northeast", 2), ("No team known", 1), ("Southwest", 1)]


def test_rows_are_counted_by_the_month_of_their_date(record: Record, workspace: Workspace, tmp_path: Path) -> None:
    report = report_of(record, workspace, made(tmp_path, formats="[CIN census]"))
    assert report.by_month() == [(date(2016, 10, 31), 1), (date(2016, 8, 31), 3)]


def test_a_team_sees_its_own_rows_only(record: Record, workspace: Workspace, tmp_path: Path) -> None:
    report = report_of(record, workspace, made(tmp_path, formats="[CIN census]"), team="NE1")
    assert [(line.result, line.count) for line in report.lines] == [("flagged", 2)]
    assert report.by_team() == [("Northeast", 2)]
    with pytest.raises(ComputeError, match="there is no team 'NE9'"):
        report_of(record, workspace, made(tmp_path), team="NE9")


def test_a_row_names_its_own_team_where_the_table_has_one(workspace: Workspace, tmp_path: Path) -> None:
    rows = """\
      SELECT c.person_id AS child_id, c.contact_date AS on_date, c.team_id
      FROM contact AS c
    """
    record = Record.open(workspace)
    contacts = "person_id contact_date source_code team_id\na 2016-05-01 6 SW1\na 2016-05-02 6 -"
    deliver(record, "2017-04-01", [("team", TEAMS)])
    deliver(record, "2017-04-02", [("involvement", ALLOCATIONS)], ("involvement", *YEAR))
    deliver(record, "2017-04-03", [("contact", contacts)], ("contact", *YEAR))
    report = report_of(record, workspace, made(tmp_path, rows, needs="[contact]"))
    assert report.by_team() == [("Northeast", 1), ("Southwest", 1)]


def test_without_being_asked_for_there_is_no_child_in_the_report(
    record: Record, workspace: Workspace, tmp_path: Path
) -> None:
    report = report_of(record, workspace, made(tmp_path))
    assert report.rows is None
    told = json.dumps(report.as_json())
    assert "child" not in told
    assert json.loads(told)["holds_personal_data"] is False
    assert AccessRecord.open(workspace).entries() == []


def test_rows_come_with_their_child_and_record_once_their_reading_is_recorded(
    record: Record, workspace: Workspace, tmp_path: Path
) -> None:
    settings = workspace.folder / "compendium.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}[case_system]\nlink = "https://cases.example/{{person_id}}/view"\n', encoding="utf-8")
    linked = open_workspace(workspace.folder)
    rule = made(tmp_path, formats="[CIN census]")
    report, judgement = build_report(record, [rule], linked, team="SW1")
    access = AccessRecord.open(linked)
    shown = with_rows(report, judgement, access, who="ann", why="to mend them")
    assert shown.rows == {
        rule.id: [
            {
                "child_id": "a",
                "on_date": date(2016, 10, 1),
                "team_id": "SW1",
                "detail": None,
                "record": "referral",
                "link": "https://cases.example/a/view",
            }
        ]
    }
    (entry,) = access.entries()
    assert (entry.who, entry.how_many, entry.why) == ("ann", 1, "to mend them")
    assert rule.id in entry.what
    assert [each.when for each in access.about("a")] == [entry.when]
    assert access.about("b") == []


def test_no_row_is_handed_out_without_a_reason(record: Record, workspace: Workspace, tmp_path: Path) -> None:
    report, judgement = build_report(record, [made(tmp_path)], workspace)
    with pytest.raises(ComputeError, match="the reason is empty"):
        with_rows(report, judgement, AccessRecord.open(workspace), who="ann", why=" ")


MENDED = """
    person_id  referral_date  close_date  close_reason
    a          2016-05-01     2016-08-01  RC8
    a          2016-09-01     2016-10-01  RC8
    b          2016-05-01     2016-08-31  -
    c          2016-05-01     2016-08-01  RC8
    d          2016-05-01     2016-08-01  -
"""


def test_the_trend_goes_back_over_the_deliveries_that_a_rule_sees(
    record: Record, workspace: Workspace, tmp_path: Path
) -> None:
    deliver(record, "2017-05-03", [("referral", MENDED)], ("referral", *YEAR), source_format="CIN census")
    deliver(record, "2017-06-03", [("team", TEAMS)], salt="again")
    census, everything = made(tmp_path, formats="[CIN census]", name="census"), made(tmp_path, name="everything")
    first, second = report_of(record, workspace, census, everything).lines
    assert first.trend == (Point(date(2017, 4, 3), 4), Point(date(2017, 5, 3), 2))
    assert first.since_last == -2
    assert [point.count for point in second.trend] == [2, 2], "the last two; the others were not asked for"
    assert second.since_last == 0
    (second,) = report_of(record, workspace, everything, every_day=True).lines
    assert [point.count for point in second.trend] == [None, None, 4, 2, 2], "before the census it could not run"
    assert report_of(record, workspace, everything).lines[0].trend == second.trend, "kept, so they are told"


def test_what_was_said_of_earlier_deliveries_is_not_worked_out_again(
    record: Record, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(record, "2017-05-03", [("referral", MENDED)], ("referral", *YEAR), source_format="CIN census")
    days: list[date] = []

    def counted(record: Record, rules: list[Rule], cut: date, *more: Any, **named: Any) -> Any:
        days.append(cut)
        return judge(record, rules, cut, *more, **named)

    monkeypatch.setattr(trends, "judge", counted)
    rule = made(tmp_path, formats="[CIN census]")
    report_of(record, workspace, rule)
    assert days == [date(2017, 4, 3)]
    assert report_of(record, workspace, rule).lines[0].since_last == -2
    assert days == [date(2017, 4, 3)], "kept"
    mended = made(tmp_path, formats="[CIN census]", why="Another reason.")
    report_of(record, workspace, mended)
    assert days == [date(2017, 4, 3)] * 2, "another text is another rule"
    deliver(record, "2017-04-02", [("referral", MENDED)], ("referral", *YEAR), source_format="CIN census", salt="late")
    report_of(record, workspace, mended)
    assert days[2:] == [date(2017, 4, 3)], "a delivery of an earlier day, loaded late, changes it"


def test_what_is_kept_is_sealed_and_can_be_lost(record: Record, workspace: Workspace, tmp_path: Path) -> None:
    deliver(record, "2017-05-03", [("referral", MENDED)], ("referral", *YEAR), source_format="CIN census")
    rule = made(tmp_path, formats="[CIN census]")
    before = report_of(record, workspace, rule)
    kept = workspace.record_folder / QUALITY
    assert kept.read_bytes().startswith(MARK)
    kept.write_bytes(b"damaged")
    assert report_of(record, workspace, rule) == before


def test_no_more_than_twelve_days_are_looked_back_on(record: Record, workspace: Workspace, tmp_path: Path) -> None:
    for day in range(1, 16):
        deliver(record, f"2017-05-{day:02d}", [("referral", MENDED)], source_format="CIN census", salt=str(day))
    rule = made(tmp_path, formats="[CIN census]")
    outcomes = judge(record, [rule]).outcomes.values()
    points = Trend.open(record, workspace).points(outcomes, record.latest(), every_day=True)[rule.id]
    assert [point.day.day for point in points] == list(range(4, 16))


def test_what_could_not_run_has_no_number(record: Record, workspace: Workspace, tmp_path: Path) -> None:
    report = report_of(record, workspace, made(tmp_path, formats="[SSDA903]"))
    assert report.lines[0].result == COULD_NOT_RUN
    told = report.as_json()["rules"][0]
    assert (told["result"], told["count"]) == ("could_not_run", None)
    assert told["why"].startswith("no source")
