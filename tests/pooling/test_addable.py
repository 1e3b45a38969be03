"""A definition is known to be the same by what decides its figures, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.pooling.addable import fingerprint
from tests.indicators.drawn import catalogue_of

FILE = """
value: percent
place: recorded
needs: {referral: month}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS denominator,
         CASE WHEN r.nfa = 1 THEN 1 ELSE 0 END AS numerator
  FROM referral AS r
"""


def print_of(folder: Path, text: str) -> str:
    return fingerprint(catalogue_of(folder, ours=text)["ours"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 AS denominator,", "1 AS denominator,\n         r.source AS by_source,"),
        ("1 AS denominator,", "1 AS denominator, r.close_date AS show_closed,"),
        ("  FROM referral", "  -- referrals\n    FROM referral"),
    ],
)
def test_a_breakdown_a_column_for_the_list_and_a_note_change_nothing(tmp_path: Path, old: str, new: str) -> None:
    assert print_of(tmp_path, FILE.replace(old, new)) == print_of(tmp_path, FILE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("r.nfa = 1", "r.nfa = 0"),
        ("FROM referral AS r", "FROM referral AS r WHERE r.nfa IS NOT NULL"),
        ("1 AS denominator,", "1 AS denominator, CASE WHEN r.nfa IS NULL THEN 'not recorded' END AS excluded,"),
        ("value: percent", "value: ratio"),
    ],
)
def test_what_decides_a_figure_makes_another_definition(tmp_path: Path, old: str, new: str) -> None:
    assert FILE.count(old) == 1
    assert print_of(tmp_path, FILE.replace(old, new)) != print_of(tmp_path, FILE)
