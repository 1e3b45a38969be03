"""What changed after it was first published, why, and whether the verdict of then still stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from compendium.edition.build import build_edition
from compendium.edition.revised import Verdicts
from compendium.indicators.figures import Figure
from compendium.indicators.row_changes import RowChanges
from tests.edition.drawn import FIRST_CUT, JANUARY, DrawnFigures, changed, snapshot, workspace


def test_a_verdict_of_then_that_stands_no_more_is_told() -> None:
    """Of contacts, drawn at 5,600: as first published they lay within what is usual of them."""

    def usual(figure: Figure) -> Figure:
        return replace(figure, numerator=3300, value=Decimal(3300)) if figure.period == JANUARY else figure

    known = DrawnFigures(FIRST_CUT, changed(contacts=usual))
    why = {"contacts": RowChanges(late=2300, deleted=1)}
    edition = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot(), first_known=known, why_revised=why)
    (told,) = edition.revisions
    assert told.has_flipped and told.verdicts == Verdicts("Within usual range", "Signal: higher than usual")
    assert told.sentences == (
        "We first published 3,300, from records received by 3 February 2017.",
        "It is now 5,600: 2,300 records late, 1 deleted.",
        "The first verdict was “within usual range”, now “signal: higher than usual”.",
    )


def test_a_verdict_that_stands_is_told_as_that() -> None:
    def one_fewer(figure: Figure) -> Figure:
        less = (figure.numerator or 0) - 1
        return replace(figure, numerator=less, value=Decimal(less)) if figure.period == JANUARY else figure

    known = DrawnFigures(FIRST_CUT, changed(referrals=one_fewer))
    (told,) = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot(), first_known=known).revisions
    assert not told.has_flipped
    assert told.sentences[2:] == ("The verdict is still “within usual range”.",)


@pytest.mark.parametrize(
    ("first", "now", "sentence"),
    [
        ("82.0", "84.0", "The target was then missed within its tolerance, now it is met."),
        (
            "79.0",
            "82.0",
            "The target was then missed by more than its tolerance, now it is missed within its tolerance.",
        ),
        ("70.0", "72.0", ""),
    ],
)
def test_a_target_met_or_missed_since_is_told(first: str, now: str, sentence: str) -> None:
    """Of assessments, whose target is 83% with a tolerance of 3 points."""

    def given(value: str) -> DrawnFigures:
        return DrawnFigures(change=changed(assessments_45wd=lambda each: replace(each, value=Decimal(value))))

    edition = build_edition(given(now), workspace(), JANUARY, snapshot(), first_known=given(first))
    (told,) = edition.revisions
    assert [each for each in told.sentences if "target" in each] == ([sentence] if sentence else [])
