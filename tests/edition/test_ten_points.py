"""The ten points of the board's mission: each has its figures, or says what is still to come."""

from __future__ import annotations

from compendium.edition.build import build_edition
from compendium.edition.edition import Edition, Point
from tests.edition.drawn import JANUARY, DrawnFigures, snapshot, workspace


def point(edition: Edition, number: str) -> Point:
    return next(each for each in edition.points if each.number == number)


def test_there_are_ten_and_the_recommendation(drawn_edition: Edition) -> None:
    assert [each.number for each in drawn_edition.points] == [*map(str, range(1, 11)), "Recommendation"]


def test_none_is_blank(drawn_edition: Edition) -> None:
    assert all(each.figures or each.to_come for each in drawn_edition.points)


def test_the_points_that_have_figures_now(drawn_edition: Edition) -> None:
    with_figures = {each.number for each in drawn_edition.points if each.figures}
    assert {"1", "2", "3", "4", "6", "7", "9", "10"} <= with_figures


def test_conferences_are_told_as_first_known_and_as_revised(drawn_edition: Edition) -> None:
    first, revised, late, verdict = point(drawn_edition, "2").figures
    assert (first.written, first.detail) == ("66.7%", "72 of 108; records received by 3 February 2017")
    assert (revised.written, revised.detail) == ("81.3%", "100 of 123; records received by 3 March 2017")
    assert late.written == "15"
    assert (verdict.written, verdict.detail) == (
        "Worth a look: may be better",
        "as first published: Within usual range",
    )


def test_without_an_earlier_cut_nothing_can_have_changed() -> None:
    edition = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot())
    assert edition.revisions == ()
    assert [figure.written for figure in point(edition, "2").figures] == ["81.3%"]


def test_only_figures_that_changed_are_called_revised(drawn_edition: Edition) -> None:
    assert [each.indicator for each in drawn_edition.revisions] == ["icpc_15wd"]


def test_visits_due_seen_and_overdue_add_up(drawn_edition: Edition) -> None:
    due, seen, overdue, not_yet_due, target = point(drawn_edition, "3").figures
    assert (due.written, seen.detail, overdue.written) == ("906", "719 of 906", "187")
    assert (not_yet_due.name, not_yet_due.written) == ("Not yet due", "31")
    assert target.detail.endswith("so the target will not be met by waiting.")


def test_audits_are_told_as_x_of_n(drawn_edition: Edition) -> None:
    assessments, every, *_ = point(drawn_edition, "6").figures
    likely = "18 of 22. The true share is likely to be between 61% and 93%."
    assert (assessments.written, assessments.detail) == ("82%", likely)
    assert (every.written, every.detail) == ("82%", likely)


def test_the_police_and_the_areas_are_told_apart(drawn_edition: Edition) -> None:
    names = [figure.name for figure in point(drawn_edition, "1").figures]
    assert "Contacts received: Police" in names
    assert [figure.name for figure in point(drawn_edition, "9").figures][:2] == [
        "Cases against workers: North East",
        "Cases against workers: North West",
    ]
