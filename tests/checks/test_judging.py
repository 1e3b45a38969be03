"""Passed, flagged, could not run: what a rule makes of deliveries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.errors import WorkspaceError
from compendium.record.checks.judging import FLAGGED, PASSED, Outcome, judge
from compendium.record.checks.loading import SHIPPED, load_rules
from compendium.record.checks.rule import COULD_NOT_RUN, Rule
from compendium.record.deliveries import Record
from compendium.workspace import open_workspace
from tests.checks.drawn import made
from tests.record.drawn import deliver, make_workspace
from tests.sources.desk import Desk, case, census, child

YEAR = ("2016-04-01", "2017-03-31", "event")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(make_workspace(tmp_path / "wealdmere"))


def outcome(record: Record, rule: Rule, cut: date | None = None) -> Outcome:
    return judge(record, [rule], cut).outcomes[rule.id]


def test_rows_at_fault_are_flagged_and_told_oldest_first(record: Record, tmp_path: Path) -> None:
    rule = made(tmp_path)
    referrals = """
        person_id  referral_date  close_date  close_reason
        b          2016-06-01     2016-09-01  -
        a          2016-05-01     2016-08-01  -
        c          2016-05-01     2016-08-01  RC8
    """
    deliver(record, "2017-04-03", [("referral", referrals)], ("referral", *YEAR))
    judgement = judge(record, [rule])
    assert judgement.outcomes[rule.id] == Outcome(rule, FLAGGED, 2)
    assert [(row["child_id"], row["on_date"]) for row in judgement.flagged(rule.id)] == [
        ("a", date(2016, 8, 1)),
        ("b", date(2016, 9, 1)),
    ]


def test_nothing_at_fault_is_passed(record: Record, tmp_path: Path) -> None:
    referrals = "person_id referral_date close_date close_reason\na 2016-05-01 2016-08-01 RC8"
    deliver(record, "2017-04-03", [("referral", referrals)], ("referral", *YEAR))
    assert outcome(record, made(tmp_path)).result == PASSED


def test_a_format_never_delivered_could_not_run(record: Record, tmp_path: Path) -> None:
    referrals = "person_id referral_date close_date\na 2016-05-01 2016-08-01"
    deliver(record, "2017-04-03", [("referral", referrals)], ("referral", *YEAR), source_format="Annex A")
    found = outcome(record, made(tmp_path, formats="[CIN census, SSDA903]"))
    assert found.result == COULD_NOT_RUN
    assert found.why == "no source: no CIN census or SSDA903 has been delivered"


def test_a_column_that_no_delivery_supplies_could_not_run_and_does_not_flag(record: Record, tmp_path: Path) -> None:
    referrals = "person_id referral_date close_date\na 2016-05-01 2016-08-01"
    deliver(record, "2017-04-03", [("referral", referrals)], ("referral", *YEAR))
    found = outcome(record, made(tmp_path, needs="[referral.close_date, referral.close_reason]"))
    assert (found.result, found.why) == (COULD_NOT_RUN, "no source: no delivery speaks of referral.close_reason")
    assert outcome(record, made(tmp_path)).result == FLAGGED, "the need is what made the difference"


def test_a_rule_that_is_right_without_each_of_its_tables_could_not_run_without_all(
    record: Record, tmp_path: Path
) -> None:
    either = """\
      SELECT r.person_id AS child_id, r.referral_date AS on_date FROM referral AS r WHERE r.referral_date > AS_AT
      UNION ALL
      SELECT c.person_id AS child_id, c.contact_date AS on_date FROM contact AS c WHERE c.contact_date > AS_AT
    """
    rule = made(tmp_path, either, needs="", optional="[referral, contact]")
    deliver(record, "2017-04-02", [("team", "team_id area_id valid_from\nNE1 NE 2010-04-01")])
    found = outcome(record, rule)
    assert (found.result, found.why) == (COULD_NOT_RUN, "no source: no delivery speaks of contact or referral")
    contacts = "person_id contact_date source_code\na 2017-04-04 6"
    deliver(record, "2017-04-03", [("contact", contacts)], ("contact", "2016-04-01", "2017-04-30", "event"))
    assert outcome(record, rule).count == 1


def test_a_return_is_judged_by_itself_and_the_whole_record_by_everything(record: Record, tmp_path: Path) -> None:
    without = "person_id referral_date close_date close_reason\na 2016-05-01 2016-08-01 -"
    reason = "person_id referral_date close_date close_reason\na 2016-05-01 2016-08-01 RC8"
    deliver(record, "2017-04-03", [("referral", without)], ("referral", *YEAR), source_format="CIN census")
    deliver(record, "2017-05-03", [("referral", reason)], source_format="Annex A")
    assert outcome(record, made(tmp_path, formats="[CIN census]")).result == FLAGGED
    assert outcome(record, made(tmp_path)).result == PASSED


def test_only_what_had_been_received_by_the_day_is_judged(record: Record, tmp_path: Path) -> None:
    without = "person_id referral_date close_date close_reason\na 2016-05-01 2016-08-01 -"
    reason = "person_id referral_date close_date close_reason\na 2016-05-01 2016-08-01 RC8"
    deliver(record, "2017-04-03", [("referral", without)], ("referral", *YEAR))
    deliver(record, "2017-05-03", [("referral", reason)], ("referral", *YEAR))
    assert outcome(record, made(tmp_path), date(2017, 5, 2)).result == FLAGGED
    assert outcome(record, made(tmp_path)).result == PASSED


def test_a_rule_that_fails_could_not_run_and_the_others_go_on(record: Record, tmp_path: Path) -> None:
    sums = """\
      SELECT r.person_id AS child_id, r.referral_date AS on_date
      FROM referral AS r
      WHERE r.reported_referrals_12m * r.reported_referrals_12m > 0
    """
    referrals = (
        "person_id referral_date close_date close_reason reported_referrals_12m\na 2016-05-01 - - 4611686018427387904"
    )
    deliver(record, "2017-04-03", [("referral", referrals)], ("referral", *YEAR))
    broken, sound = made(tmp_path, sums), made(tmp_path, name="sound")
    outcomes = judge(record, [broken, sound]).outcomes
    assert outcomes["the_rule"].result == COULD_NOT_RUN
    assert "refused" in outcomes["the_rule"].why
    assert outcomes["sound"].result == PASSED


def test_working_days_stand_beside_every_date_of_a_table(record: Record, tmp_path: Path) -> None:
    late = """\
      SELECT a.person_id AS child_id, a.start_date AS on_date
      FROM assessment AS a
      WHERE WORKING_DAYS(a.start_date, a.auth_date) > :days
    """
    assessments = """
        person_id  start_date  auth_date
        a          2017-01-06  2017-01-09
        b          2017-01-06  2017-01-10
    """
    deliver(record, "2017-04-03", [("assessment", assessments)], ("assessment", *YEAR))
    rule = made(tmp_path, late, needs="[assessment.auth_date]", limits="{days: 1}")
    assert [row["child_id"] for row in judge(record, [rule]).flagged(rule.id)] == ["b"]


def test_a_limit_is_the_workspaces_where_it_sets_one(record: Record, tmp_path: Path) -> None:
    many = """\
      SELECT r.person_id AS child_id, r.referral_date AS on_date
      FROM referral AS r
      WHERE DAYS_BETWEEN(r.referral_date, r.close_date) > :days
    """
    referrals = "person_id referral_date close_date\na 2016-05-01 2016-05-11"
    deliver(record, "2017-04-03", [("referral", referrals)], ("referral", *YEAR))
    rule = made(tmp_path, many, limits="{days: 9}")
    settings = tmp_path / "wealdmere" / "compendium.toml"
    plain = settings.read_text(encoding="utf-8")
    settings.write_text(plain + "[limits.the_rule]\ndays = 10\n", encoding="utf-8")
    assert outcome(record, rule).result == FLAGGED
    assert judge(record, [rule], None, open_workspace(settings.parent)).outcomes[rule.id].result == PASSED
    settings.write_text(plain + '[limits.the_rule]\ndays = "ten"\n', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="a value like 9"):
        judge(record, [rule], None, open_workspace(settings.parent))


def shipped(record: Record, name: str) -> Outcome:
    return outcome(record, load_rules([SHIPPED])[name])


def test_two_formats_are_compared_only_once_both_tell_of_one_table(record: Record) -> None:
    referrals = "person_id referral_date nfa\na 2016-05-01 {}"
    deliver(record, "2017-04-03", [("referral", referrals.format(0))], source_format="CIN census")
    deliver(record, "2017-04-04", [("person", "person_id sex\na F")], source_format="Annex A")
    found = shipped(record, "formats_disagree")
    assert (found.result, found.why) == (
        COULD_NOT_RUN,
        "nothing to compare: no two formats that were delivered tell of the same table",
    )
    deliver(record, "2017-04-05", [("referral", referrals.format(0))], source_format="Annex A")
    assert shipped(record, "formats_disagree").result == PASSED
    deliver(record, "2017-04-06", [("referral", referrals.format(1))], source_format="Annex A")
    assert shipped(record, "formats_disagree").count == 1


def test_one_delivery_has_no_gap_to_the_next(record: Record) -> None:
    referrals = [("referral", "person_id referral_date\na 2016-05-01")]
    deliver(record, "2017-04-03", referrals, ("referral", "2016-04-01", "2016-12-31", "event"))
    found = shipped(record, "coverage_gap")
    assert (found.result, found.why) == (
        COULD_NOT_RUN,
        "nothing to compare: no two deliveries tell of every event of the same table",
    )
    deliver(record, "2017-04-04", referrals, ("referral", "2017-01-01", "2017-03-31", "event"))
    assert shipped(record, "coverage_gap").result == PASSED
    deliver(record, "2017-06-04", referrals, ("referral", "2017-05-01", "2017-05-31", "event"))
    assert shipped(record, "coverage_gap").count == 1


@pytest.mark.parametrize(("begins", "result"), [("2016-04-01", COULD_NOT_RUN), ("2016-03-01", PASSED)])
def test_a_drop_is_one_against_twelve_months_before(record: Record, begins: str, result: str) -> None:
    """Twelve months and a day are not enough."""
    referrals = [("referral", "person_id referral_date\na 2016-05-01")]
    deliver(record, "2017-04-03", referrals, ("referral", begins, "2017-04-01", "event"))
    found = shipped(record, "volume_drop")
    why = "no source: every event is known of no 13 whole months in a row of contact, referral or visit"
    assert (found.result, found.why) == (result, why if result == COULD_NOT_RUN else "")


LEDGER = """\
  SELECT l.child_id, l.received_on AS on_date, l.row AS detail
  FROM ledger AS l
  WHERE l.severity = 'changed' AND l.kind = 'unknown_code' AND l.unit = 'Child' AND l.column_name = 'Ethnicity'
"""


def test_the_ledger_says_what_the_reader_could_not_keep(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    faulty = child(case(), identity="a1").replace("WBRI", "XXXX")
    desk.load("cin.xml", census(faulty, child(case(), identity="a2")), received=date(2017, 7, 3))
    rule = made(tmp_path, LEDGER, needs="")
    (row,) = judge(desk.record, [rule]).flagged(rule.id)
    assert (row["child_id"], row["on_date"]) == ("a1", date(2017, 7, 3))
    assert row["detail"].isdigit()


def test_the_ledger_of_a_superseded_delivery_is_not_asked(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    faulty = child(case(), identity="a1").replace("WBRI", "XXXX")
    desk.load("first.xml", census(faulty), received=date(2017, 7, 3))
    rule = made(tmp_path, LEDGER, needs="")
    desk.load("next_year.xml", census(child(case()), reference="2018-03-31"), received=date(2017, 7, 4))
    assert outcome(desk.record, rule).count == 1, "the return of another year says nothing of this one"
    desk.load("again.xml", census(child(case(), identity="a1")), received=date(2017, 7, 5))
    assert outcome(desk.record, rule).result == PASSED
    assert outcome(desk.record, rule, date(2017, 7, 4)).count == 1, "as it was known the day before"
