"""What changed after it was first published, why, and whether the verdict of then still stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from compendium.edition.build import build_edition
from compendium.edition.edition import Edition
from compendium.edition.revised import Verdicts
from compendium.edition.revision_words import classes
from compendium.indicators.figures import Figure
from compendium.indicators.loading import Catalogue
from compendium.indicators.row_changes import RowChanges
from compendium.indicators.shape import Change
from compendium.publish.html.pages import pages
from tests.edition.drawn import FIRST_CUT, JANUARY, DrawnFigures, as_first_known, changed, snapshot, workspace
from tests.edition.test_words_of_an_edition import too_long


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


def test_a_definition_changed_since_is_a_class_of_its_own_and_no_revision() -> None:
    """Counted anew after the first cut, by it, or after this one."""

    def told(on: date, since: date | None = None) -> Edition:
        figures = DrawnFigures()
        changes = (Change(2, on, "counts each once", since, None),)
        anew = {"referrals": replace(figures.catalogue["referrals"], changes=changes)}
        figures.catalogue = Catalogue({**figures.catalogue, **anew}, figures.catalogue.views, figures.catalogue.rules)
        return build_edition(figures, workspace(), JANUARY, snapshot(), first_known=as_first_known())

    (found,) = told(date(2017, 2, 10)).redefined
    assert (found.indicator, found.version, found.on) == ("referrals", 2, date(2017, 2, 10))
    for on, since in ((FIRST_CUT, None), (date(2017, 3, 6), None), (date(2017, 2, 10), date(2017, 4, 1))):
        assert told(on, since).redefined == ()

    edition = told(date(2017, 2, 10))
    assert "referrals" not in {each.indicator for each in edition.revisions}
    site = dict(pages(edition))
    changed = site["ten-points.html"].partition("What changed since the month was first published")[2]
    assert "1 figure changed by definition, which is no revision of the record." in changed
    assert "definition changed" in changed.partition("referrals.html")[2][:400]
    for sentence in found.sentences:
        assert sentence in site["referrals.html"] and too_long(sentence) == []


def test_figures_that_changed_are_counted_by_class() -> None:
    changed = [RowChanges(late=3), RowChanges(late=1, corrected=2), RowChanges(deleted=1), None]
    assert classes(changed, 0) == (
        "4 figures changed: 2 with late records, 1 with corrected ones and 1 with deleted ones.",
        "No definition was changed since.",
    )
    assert classes([], 2) == ("2 figures changed by definition, which is no revision of the record.",)
