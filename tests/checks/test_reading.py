"""What a rule file may get wrong, each fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.commands.rule_examples import run_rule_examples
from compendium.errors import RuleError
from compendium.record.checks.loading import load_rules
from tests.checks.drawn import made, read, rule_text

NO_DATE = "  SELECT r.person_id AS child_id FROM referral AS r"


MONTHLY = """\
  SELECT r.person_id AS child_id, m.month_end AS on_date
  FROM covered_month AS m
  JOIN referral AS r ON r.referral_date BETWEEN m.month_start AND m.month_end
"""


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        (rule_text(severity="eror"), 4, "one of error, query"),
        (rule_text(formats="[CIN census, Anex A]"), 12, "did you mean Annex A?"),
        (rule_text(needs="[referal]"), 6, "there is no table referal; did you mean referral?"),
        (rule_text(needs="[referral.closed]"), 6, "referral has no column closed"),
        (rule_text(needs=""), 6, "the rule reads referral; name it"),
        (rule_text(why=""), 1, "`why` is missing"),
        (rule_text(tilte="x"), 12, "there is no key `tilte`; did you mean title?"),
        (rule_text(code="[1]"), 12, "the code of the rule"),
        (rule_text(NO_DATE), 7, "on_date is missing"),
        (rule_text(NO_DATE.replace("child_id", "child_id, r.nfa AS on_date")), 7, "on_date is integer, not date"),
        (rule_text(NO_DATE.replace("child_id", "kid, r.referral_date AS on_date")), 7, "kid is not returned"),
        (rule_text(NO_DATE.replace("person_id", "name")), 8, "name"),
        (rule_text(MONTHLY, months="twelve"), 12, "months: a whole number is wanted, not 'twelve'"),
        (rule_text(MONTHLY, months="0"), 12, "months: at least 1"),
        (rule_text(months="13"), 12, "months: only a rule that reads covered_month needs some"),
        (rule_text(examples="[{says: x, cin_cencus: {}, flags: []}]"), 11, "did you mean cin_census?"),
        (rule_text(examples="[{says: x, cin_census: {A: }}]"), 11, "flags: the children flagged"),
        (rule_text(examples="[{says: x, cin_census: {A: }, received: 3 July, flags: []}]"), 11, "is not a day"),
        (rule_text(examples="[{cin_census: {A: }, flags: []}]"), 11, "the example has no says"),
        (rule_text(examples="[{says: x, flags: []}]"), 11, "the example has no delivery"),
        (rule_text(examples="[{says: x, deliveries: [{csv: 1}], flags: []}]"), 11, "a delivery has no `csv`"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, line: int, fault: str) -> None:
    rule, faults = read(tmp_path, text)
    assert rule is None
    assert [(at, what) for _, at, what in faults if fault in what and at == line], faults


def test_all_faults_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    read(tmp_path, rule_text(severity="eror", why=""), "one")
    read(tmp_path, rule_text(formats="[paper]"), "two")
    with pytest.raises(RuleError, match="3 faults"):
        load_rules([tmp_path])


def test_an_id_is_given_once(tmp_path: Path) -> None:
    read(tmp_path / "a", rule_text())
    _, faults = read(tmp_path / "b", rule_text())
    assert faults == []
    with pytest.raises(RuleError, match="the id the_rule is taken by"):
        load_rules([tmp_path / "a", tmp_path / "b"])


def test_a_table_may_be_optional(tmp_path: Path) -> None:
    assert made(tmp_path, needs="", optional="[referral]").needs == ()


CLOSED = "{CINdetails: {CINreferralDate: 2016-05-04, CINclosureDate: 2016-08-01}}"


@pytest.mark.parametrize(
    ("example", "what"),
    [
        (f"{{says: x, cin_census: {{A: {CLOSED}}}, flags: []}}", "expected none flagged, got [A] flagged"),
        (f"{{says: x, cin_census: {{A: {CLOSED}}}, flags: [A, A]}}", "expected [A, A] flagged, got [A] flagged"),
        (f"{{says: x, cin_census: {{A: {CLOSED}}}, flags: could not run}}", "expected that it could not run, got [A]"),
        ("{says: x, local: {contact: 'person_id  contact_date'}, flags: []}", "no row under the headings"),
        ("{says: x, ssda903: nothing, flags: []}", "is not a list of names"),
    ],
)
def test_an_example_that_does_not_hold_says_what_was_got(tmp_path: Path, example: str, what: str) -> None:
    (failure,) = run_rule_examples([made(tmp_path, examples=f"[{example}]")])
    assert what in failure.what
    assert f"the_rule.yaml, line {failure.example.line}" in str(failure)
