"""A changed definition: each month is counted by the version in force, and nothing adds up across the break."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.errors import ComputeError, IndicatorError
from tests.indicators.drawn import JANUARY, catalogue_of, figures_of

# Version 2 leaves out referrals with no further action, since December 2016.
CHANGED = """value: count
place: recorded
needs: {referral: month}
definition_version: 2
history:
  - version: 2
    decided: 2016-11-20
    says: Referrals with no further action are left out.
    since: 2016-12
    before:
      rows: |
        SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator
        FROM referral AS r
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator
  FROM referral AS r
  WHERE r.nfa = 0
"""
ROWS = {"referral": """
    person_id  team_id  referral_date  nfa
    A          NE1      2016-11-30     1
    B          NE1      2016-11-30     0
    C          NE1      2016-12-01     1
    D          NE1      2016-12-01     0
    E          NE1      2017-01-03     1
    F          NE1      2017-01-03     0
"""}  # fmt: skip
MONTHS = (date(2016, 11, 30), date(2016, 12, 31), JANUARY)


def test_each_month_is_counted_by_the_version_in_force_and_says_which(tmp_path: Path) -> None:
    figures = figures_of(catalogue_of(tmp_path, x=CHANGED), ROWS, months=MONTHS)
    assert [(each.numerator, each.definition_version) for each in figures.series("x", "month")] == [
        (2, 1), (1, 2), (1, 2),
    ]  # fmt: skip
    assert [each.numerator for each in figures.series("x", "month", area="NE")] == [2, 1, 1]


def test_nothing_is_summed_across_the_break(tmp_path: Path) -> None:
    figures = figures_of(catalogue_of(tmp_path, x=CHANGED), ROWS, months=MONTHS)
    year = figures.series("x", "year_to_date")
    assert [(each.status, each.numerator) for each in year] == [
        ("ok", 2), ("cannot_compute", None), ("cannot_compute", None),
    ]  # fmt: skip


def test_a_version_that_counts_every_month_anew_breaks_nothing(tmp_path: Path) -> None:
    start, end = CHANGED.index("    since:"), CHANGED.index("rows: |\n  SELECT")
    figures = figures_of(catalogue_of(tmp_path, x=CHANGED[:start] + CHANGED[end:]), ROWS, months=MONTHS)
    assert [(each.numerator, each.definition_version) for each in figures.series("x", "month")] == [(1, 2)] * 3
    assert figures.one("x", JANUARY, "year_to_date").numerator == 3


def test_two_breaks_make_three_series(tmp_path: Path) -> None:
    third = CHANGED.replace("definition_version: 2", "definition_version: 3").replace("history:\n", """history:
  - version: 3
    decided: 2016-12-20
    says: Each counts twice.
    since: 2017-01
    before:
      rows: |
        SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator
        FROM referral AS r
        WHERE r.nfa = 0
""")  # fmt: skip
    third = third.replace(
        "1 AS numerator\n  FROM referral AS r\n  WHERE", "2 AS numerator\n  FROM referral AS r\n  WHERE"
    )
    figures = figures_of(catalogue_of(tmp_path, x=third), ROWS, months=MONTHS)
    assert [(each.numerator, each.definition_version) for each in figures.series("x", "month")] == [
        (2, 1), (1, 2), (2, 3),
    ]  # fmt: skip


def test_the_definition_tells_what_changed(tmp_path: Path) -> None:
    said = catalogue_of(tmp_path, x=CHANGED)["x"].in_words([])
    told = "Version 2, 20 November 2016: Referrals with no further action are left out. It counts since December 2016."
    assert told in said.splitlines()


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("definition_version: 2", "definition_version: 3", "history: says nothing of version 3"),
        ("definition_version: 2", "definition_version: 1", "history: has [2], and the file is of version 1"),
        ("    says: Referrals with no further action are left out.\n", "", "line 9: history: the entry has no `says`"),
        ("    since: 2016-12\n", "", "line 9: history: `since` and `before` stand together"),
        ("since: 2016-12", "since: December", "line 12: since: "),
        ("decided: 2016-11-20", "decided: yesterday", "line 10: decided: 'yesterday' is not a day"),
        ("    says:", "    sais:", "line 11: history: there is no key `sais`; did you mean says?"),
        ("        FROM referral AS r\nrows", "        FROM referal AS r\nrows", "line 16: there is no table referal"),
        ("r.referral_date AS on_date, 1 AS numerator\n        FROM", "r.referral_date AS on_day, 1 AS numerator\n"
         "        FROM", "line 13: before: rows: no column may be called on_day"),
    ],
)  # fmt: skip
def test_a_faulty_history_is_named(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    assert right in CHANGED
    with pytest.raises(IndicatorError) as refused:
        catalogue_of(tmp_path, x="title: T\nquestion: Q?\npolarity: neutral\n" + CHANGED.replace(right, wrong, 1))
    assert says in str(refused.value)


def test_a_basis_that_the_indicator_has_not_is_still_refused(tmp_path: Path) -> None:
    with pytest.raises(ComputeError, match="fortnight"):
        figures_of(catalogue_of(tmp_path, x=CHANGED), ROWS, months=MONTHS).one("x", MONTHS[0], "fortnight")
