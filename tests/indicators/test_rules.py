"""Rules that indicators share: named once, set by name, and told beside every figure that stands on them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from compendium.errors import IndicatorError, WorkspaceError
from compendium.indicators.compute import compute, rules_in_force
from compendium.indicators.loading import MODEL, SHIPPED, load_catalogue
from compendium.indicators.rules import check_rules, read_rules
from compendium.workspace import FILE, open_workspace
from tests.indicators.drawn import COUNTY, catalogue_of, figures_of, snapshot_of

RULES, _ = read_rules()
SHIPPED_CATALOGUE = load_catalogue([SHIPPED])
REVIEWS = {
    "cp_plan": "person_id  start_date\nA          2025-11-30",
    "cp_review": "person_id  plan_start_date  review_date\nA          2025-11-30       2026-03-01",
}


def told(indicator: str, **rules: object) -> list[str]:
    county = replace(COUNTY, rules=rules)
    return [str(each) for each in rules_in_force(SHIPPED_CATALOGUE[indicator], SHIPPED_CATALOGUE, county)]


def test_the_shipped_rules_are_sound() -> None:
    assert read_rules()[1] == []
    assert {name: rule.admits(rule.default) for name, rule in RULES.items()} == dict.fromkeys(RULES, True)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("title: T\nsays: S.\nsource: local\ndefault: 3", "give `choices`, or `within: [1, 60]`"),
        ("title: T\nsays: S.\nsource: local\ndefault: 99\nwithin: [1, 60]", "the default is 99, not a whole number"),
        ("title: T\nsays: S.\nsource: local\ndefault: c\nchoices: {a: x, b: y}", "the default is 'c', not `a` (x) or"),
        ("title: T\nsays: S.\ndefault: 3\nwithin: [1, 60]", "`source` is missing"),
        ("title: T\nsays: S.\nsource: local\ndefault: 3\nwithin: [1, 60]\nunits: day", "did you mean unit?"),
    ],
)
def test_a_faulty_rule_is_named(tmp_path: Path, rule: str, says: str) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("days:\n" + "".join(f"  {line}\n" for line in rule.splitlines()), encoding="utf-8")
    assert [says in what for _, _, what in read_rules(file)[1]] == [True]


def test_a_view_and_an_indicator_name_the_same_rule(tmp_path: Path) -> None:
    """The review conference's rule stands in the view duty; the indicator that reads it is counted by it."""
    catalogue = load_catalogue([SHIPPED])
    numbers = {}
    for rule in ("calendar", "91_183"):
        county = replace(COUNTY, rules={"review_rule": rule})
        months = [date(2026, 2, 28), date(2026, 3, 31)]
        figures = compute(snapshot_of(REVIEWS, date(2026, 3, 31)), catalogue, county, months, ["rcpc_timely"])
        numbers[rule] = [(each.numerator, each.denominator) for each in figures.series("rcpc_timely")]
    assert numbers == {"calendar": [(0, 1), (0, 0)], "91_183": [(0, 0), (1, 1)]}


def test_the_rules_of_a_figure_are_its_own_and_those_of_the_views_behind_it() -> None:
    assert told("rcpc_timely") == ["How the months to a review conference are counted: three calendar months, then six"]
    assert [each.partition(":")[0] for each in told("cl_eet_birthday")] == [
        "Birthday window, before",
        "Birthday window, after",
    ]


def test_a_rule_of_another_kind_of_duty_is_not_told() -> None:
    """cp_visits_10wd reads the same view as rcpc_timely, but no review."""
    assert not any("review" in each for each in told("cp_visits_10wd"))


def test_a_rule_set_otherwise_is_marked_and_its_default_told() -> None:
    assert told("cp_visits_10wd", cp_visit_days=15, count_first_day=1) == [
        "First day of a visit’s clock: the day of the visit is day 1 (set here; the default is the day of the visit is"
        " day 0)",
        "Child protection visit standard: 15 working days (set here; the default is 10 working days)",
    ]
    assert told("cp_visits_10wd", cp_visit_days=10)[1] == "Child protection visit standard: 10 working days"


def test_words_name_the_rule_in_force() -> None:
    own = load_catalogue([SHIPPED], workspace=replace(COUNTY, rules={"cp_visit_days": 15}))
    assert own["cp_visits_10wd"].title == "Children on a plan visited in the last 15 working days"
    assert SHIPPED_CATALOGUE["cp_visits_10wd"].title == "Children on a plan visited in the last 10 working days"


COUNT = """value: count
place: recorded
{limits}needs: {{referral: month}}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, {rule} AS numerator
  FROM referral AS r
"""


def test_an_own_indicator_uses_a_shared_rule(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, x=COUNT.format(limits="", rule=":supervision_days"))
    rows = {"referral": "person_id  referral_date\nA          2017-01-03"}
    assert figures_of(catalogue, rows).one("x", date(2017, 1, 31)).numerator == 20
    assert figures_of(catalogue, rows, rules={"supervision_days": 30}).one("x", date(2017, 1, 31)).numerator == 30


@pytest.mark.parametrize(
    ("limits", "rule", "says"),
    [
        ("", ":supervison_days", "line 8: there is no rule or limit :supervison_days; did you mean supervision_days?"),
        ("", ":review_rule", "line 8: x: numerator is text and must be integer"),
        ("limits: {supervision_days: 3}\n", ":supervision_days", "line 6: limits: supervision_days is a rule"),
    ],
)
def test_an_unknown_rule_and_a_limit_of_its_name_are_refused(tmp_path: Path, limits: str, rule: str, says: str) -> None:
    with pytest.raises(IndicatorError) as refused:
        catalogue_of(tmp_path, x=COUNT.format(limits=limits, rule=rule))
    assert says.replace("x: numerator", "rows: numerator").partition(": ")[2] in str(refused.value)


def test_words_that_name_no_rule_are_refused(tmp_path: Path) -> None:
    text = "question: Within :supervison_days?\ntitle: T\npolarity: neutral\n" + COUNT.format(limits="", rule="1")
    with pytest.raises(IndicatorError, match="line 1: question: there is no rule or limit :supervison_days; did you"):
        catalogue_of(tmp_path, x=text)


def test_a_view_that_names_no_rule_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    text = (model / "birthday.sql").read_text(encoding="utf-8").replace(":birthday_months_after", ":birthday_months")
    (model / "birthday.sql").write_text(text, encoding="utf-8")
    with pytest.raises(IndicatorError, match=r"birthday\.sql, line \d+: there is no rule or limit :birthday_months;"):
        load_catalogue([SHIPPED], model)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("[rules]\n\nreview_rul = 'calendar'\n", "line 3: there is no rule review_rul; did you mean review_rule?"),
        ("[rules]\nreview_rule = '91'\n", "line 2: review_rule is '91'; it may be `calendar` (three calendar months,"),
        ("[rules]\ncp_visit_days = 'ten'\n", "line 2: cp_visit_days is 'ten'; it may be a whole number from 1 to 60"),
        ("[rules]\ncp_visit_days = 0\n", "line 2: cp_visit_days is 0; it may be a whole number from 1 to 60"),
        ("[rules]\ncp_visit_days = true\n", "line 2: cp_visit_days is True; it may be a whole number"),
        ("[rules]\ncount_first_day = 2\n", "line 2: count_first_day is 2; it may be `0` (the day of the visit is day"),
        ("[rules]\ncp_visit_days = 0\nreview_rule = 3\n", "line 3: review_rule is 3; it may be"),
    ],
)
def test_a_rule_set_wrongly_names_the_line_and_what_it_may_be(tmp_path: Path, settings: str, says: str) -> None:
    (tmp_path / FILE).write_text(settings, encoding="utf-8")
    with pytest.raises(WorkspaceError) as refused:
        check_rules(RULES, open_workspace(tmp_path))
    assert says in str(refused.value) and FILE in str(refused.value)


def test_a_cohort_matures_when_the_rule_says(tmp_path: Path) -> None:
    text = COUNT.format(limits="matures: {days: step_days}\n", rule="1")
    catalogue = catalogue_of(tmp_path, x=text)
    rows = {"referral": "person_id  referral_date\nA          2017-01-03"}

    def status(**rules: int) -> str:
        return figures_of(catalogue, rows, as_at=date(2017, 2, 20), rules=rules).one("x", date(2017, 1, 31)).status

    assert (status(), status(step_days=20), status(step_days=21)) == ("provisional", "ok", "provisional")
    assert [rule.name for rule in catalogue.rules_of(catalogue["x"])] == ["step_days"]
    with pytest.raises(IndicatorError, match="no number, rule or limit 'stepdays'; did you mean step_days"):
        catalogue_of(tmp_path, x=text.replace("step_days", "stepdays"))
