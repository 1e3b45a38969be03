"""A reader sees words, never a code."""

import pytest

from compendium.edition.labels import CODED, label
from compendium.record.codes import codes


@pytest.mark.parametrize(
    ("dimension", "part", "said"),
    [
        ("outcome", "nfa", "No further action"),
        ("outcome", "Support needed", "Support needed"),  # an assessment's outcome is in words already
        ("category", "EMO", "Emotional abuse"),
        ("need", "N5", "Family dysfunction"),
        ("legal_status", "C2", "Full care order"),
        ("accommodation", "B", "With parents or relatives"),
        ("category", "not_recorded", "Not recorded"),
        ("grade", "requires_improvement", "Requires improvement"),
    ],
)
def test_a_part_is_called_by_its_label(dimension: str, part: str, said: str) -> None:
    assert label(dimension, part) == said


@pytest.mark.parametrize("dimension", CODED)
def test_every_code_of_a_coded_breakdown_has_a_label_of_its_own(dimension: str) -> None:
    known = [code for name in CODED[dimension] for code in codes(name)]
    assert len(set(known)) == len(known)
    assert all(label(dimension, code) != code for code in known)
