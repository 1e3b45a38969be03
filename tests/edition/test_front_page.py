"""What matters this month: missed targets, and the largest moves against the same month last year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from compendium.edition.build import build_edition
from compendium.edition.edition import Edition, Reading
from compendium.edition.moves import FLOOR, MOST, large_moves, move
from compendium.indicators.figures import Figure
from tests.edition.drawn import JANUARY, DrawnFigures, changed, snapshot, workspace


def built(**of: object) -> Edition:
    return build_edition(DrawnFigures(change=changed(**of)), workspace(), JANUARY, snapshot())  # type: ignore[arg-type]


def reading(value: str | None, denominator: int | None = None) -> Reading:
    whole = None if denominator is None else Decimal(denominator)
    return Reading(JANUARY, "month", "ok", "", "", None, whole, None if value is None else Decimal(value))


def test_missed_targets_come_first_and_then_the_largest_moves(drawn_edition: Edition) -> None:
    missed = [finding.indicator for finding in drawn_edition.findings if finding.misses_target]
    moved = [finding.indicator for finding in drawn_edition.findings if not finding.misses_target]
    assert missed == ["cp_visits_10wd", "sw_vacancy_rate"]  # 15.6 points against a tolerance of 5, 4.6 against 2
    # contacts +87%; assessments +6.0 points and conferences +4.1, each point counting as two per cent
    assert moved == ["contacts", "assessments_45wd", "icpc_15wd", "rereferrals_12m"]


def test_a_target_missed_within_its_tolerance_is_no_exception(drawn_edition: Edition) -> None:
    page = drawn_edition.page("assessments_45wd")  # 82.5% against 83% with a tolerance of 3 points
    assert page.target is not None
    assert page.target.judgement == "within_tolerance"
    assert page.target.sentences[1] == "It is missed by 0.5 points, within the tolerance of 3 points."


def test_a_provisional_month_is_not_held_against_its_target() -> None:
    edition = built(cp_visits_10wd=lambda figure: replace(figure, status="provisional"))
    target = edition.page("cp_visits_10wd").target
    assert target is not None
    assert target.judgement == "not_judged"
    assert "cp_visits_10wd" not in [finding.indicator for finding in edition.findings]


def test_a_lower_is_better_target_is_missed_from_above() -> None:
    def vacancies(share: int) -> Edition:
        return built(sw_vacancy_rate=lambda figure: replace(figure, value=Decimal(share)))

    judgements = [vacancies(share).page("sw_vacancy_rate").target for share in (15, 17, 18)]
    assert [target and target.judgement for target in judgements] == ["met", "within_tolerance", "missed"]


@pytest.mark.parametrize(
    ("kind", "now", "before", "unit", "words"),
    [
        ("percent", "81.3", "77.2", "points", "4.1 points higher"),
        ("percent", "50", "51", "points", "1.0 point lower"),
        ("percent", "50.04", "50", "points", "the same"),
        ("count", "150", "100", "per_cent", "50% higher"),
        ("count", "98", "100", "per_cent", "2.0% lower"),
        ("ratio", "15", "20", "per_cent", "25% lower"),
        ("median", "30", "30", "per_cent", "the same"),
    ],
)
def test_a_percentage_moves_in_points_and_anything_else_in_per_cent(
    kind: str, now: str, before: str, unit: str, words: str
) -> None:
    found = move(kind, reading(now), reading(before))
    assert found is not None
    assert (found.unit, found.words) == (unit, words)


def test_what_is_missing_or_was_nothing_has_no_move() -> None:
    assert move("count", reading("5"), None) is None
    assert move("count", reading("5"), reading(None)) is None
    assert move("count", reading("5"), reading("0")) is None


@pytest.mark.parametrize(("n", "is_told"), [(FLOOR - 1, False), (FLOOR, True)])
def test_a_share_of_few_is_not_called_a_move(n: int, is_told: bool) -> None:
    def few(figure: Figure) -> Figure:
        return replace(figure, denominator=n if figure.area is None and figure.team is None else figure.denominator)

    moves = large_moves(built(icpc_15wd=few).pages)
    assert ("icpc_15wd" in moves) is is_told


def test_there_are_never_more_than_twelve(drawn_edition: Edition) -> None:
    contacts = drawn_edition.page("contacts")
    many = tuple(replace(contacts, id=f"contacts_{number:02d}") for number in range(MOST + 3))
    assert len(large_moves(many)) == MOST


def test_a_second_way_of_counting_and_a_mix_are_not_moves(drawn_edition: Edition) -> None:
    contacts = drawn_edition.page("contacts")
    assert large_moves((replace(contacts, variant_of="referrals"),)) == {}
    assert large_moves((replace(contacts, value_kind="mix"),)) == {}


def test_the_rule_is_printed_in_words(drawn_edition: Edition) -> None:
    told = " ".join(drawn_edition.rule)
    assert f"{MOST} largest moves against the same month last year" in told
    assert f"fewer than {FLOOR}" in told


def test_a_large_revision_is_told_first_and_a_small_one_only_listed(drawn_edition: Edition) -> None:
    def fewer(figure: Figure) -> Figure:
        return replace(figure, numerator=(figure.numerator or 0) - 1, value=Decimal((figure.numerator or 0) - 1))

    first = DrawnFigures(change=changed(referrals=fewer))
    edition = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot(), first_known=first)
    assert [(each.indicator, each.is_large) for each in edition.revisions] == [("referrals", False)]
    assert [(each.indicator, each.is_large) for each in drawn_edition.revisions] == [("icpc_15wd", True)]


def revised(now: str, first: str | None) -> Edition:
    """January's conferences in time: a percentage now, and as first known (None: no source yet)."""

    def given(value: str | None):  # type: ignore[no-untyped-def]
        figure = Decimal(value) if value is not None else None
        return changed(icpc_15wd=lambda each: replace(each, value=figure, status="ok" if value else "no_source"))

    figures, known = DrawnFigures(change=given(now)), DrawnFigures(change=given(first))
    return build_edition(figures, workspace(), JANUARY, snapshot(), first_known=known)


def test_what_was_not_known_then_was_not_revised() -> None:
    assert revised("81.3", None).revisions == ()


@pytest.mark.parametrize(("now", "is_changed"), [("81.34", False), ("81.44", True)])
def test_a_figure_changed_only_when_it_is_written_otherwise(now: str, is_changed: bool) -> None:
    edition = revised(now, "81.3")
    assert bool(edition.revisions) is is_changed
