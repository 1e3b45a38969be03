"""A text that no code gives is named, with the codes that there are: in SQL, in drawn rows and in what is expected.

Asked for in silence, it would be found nowhere, and the figure would be too low.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.engine.dialect_texts import misspelt
from compendium.indicators.loading import MODEL, SHIPPED, load_catalogue, read_catalogue

FILE = """\
title: Referrals from schools
question: Of the referrals received, how many came from a school?
value: percent
polarity: neutral
place: recorded
by: [reason]
needs: {referral: month}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS denominator,
         CASE WHEN r.source = 'Schools' AND r.source_code IN ('2A', '2B') THEN 1 ELSE 0 END AS numerator,
         CASE WHEN r.close_reason = 'RC9' THEN 'Went to early help' ELSE 'Any other' END AS by_reason
  FROM referral AS r
  WHERE EXISTS (SELECT p.plan_id FROM cp_plan AS p WHERE p.person_id = r.person_id AND p.latest_category <> 'NEG')
examples:
  - says: one
    given:
      referral: |
        person_id  referral_date  source_code
        A          2017-01-01     2A
    month: 2017-01
    expect:
      numerator: 0
      by: {reason: {Any other: {numerator: 0}, Not recorded: {numerator: 0}}}
"""


def faults_of(folder: Path, text: str) -> list[tuple[int, str]]:
    (folder / "front_door").mkdir()
    (folder / "front_door" / "ours.yaml").write_text(text, encoding="utf-8")
    return [(line, what) for _, line, what in read_catalogue([folder])[1]]


def test_what_is_spelt_as_the_codes_are_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path, FILE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("'2A', '2B'", "'2A', '2E'", 10, "referral.source_code is never '2E'; did you mean"),
        ("'RC9'", "'RC99'", 11, "referral.close_reason is never 'RC99'; did you mean RC9"),
        # What a view makes of codes is followed through it, grouped, numbered and joined as it may be.
        ("'Schools'", "'School'", 10, "referral.source is never 'School'; did you mean Schools?"),
        ("'NEG'", "'NEGLECT'", 13, "cp_plan.latest_category is never 'NEGLECT'; did you mean NEG?"),
        ("2017-01-01     2A", "2017-01-01     2X", 15, "the example: referral.source_code is never '2X'"),
        ("Any other: {", "Any others: {", 15, "the example: by_reason is never 'Any others'; did you mean Any other?"),
    ],
)
def test_a_text_that_is_never_there_is_a_fault(tmp_path: Path, right: str, wrong: str, line: int, says: str) -> None:
    assert FILE.count(right) == 1
    ((found, what),) = faults_of(tmp_path, FILE.replace(right, wrong))
    assert (found, what[: len(says)]) == (line, says)


def test_the_kinds_of_duty_are_followed_through_its_unions() -> None:
    texts = load_catalogue([SHIPPED], MODEL).views.texts
    assert texts["duty"]["kind"] == {
        "cp_visit", "cp_review", "core_group", "cin_visit", "cin_review", "lac_review", "lac_visit",
    }  # fmt: skip
    assert "person_id" not in texts["duty"]


def test_no_shipped_view_asks_for_what_is_never_there() -> None:
    views = load_catalogue([SHIPPED]).views
    trees = {name: view.query.tree for name, view in views.views.items()}
    wrong = [(name, str(each)) for name, tree in trees.items() if tree for each in misspelt(tree, views.texts)]
    assert wrong == []
