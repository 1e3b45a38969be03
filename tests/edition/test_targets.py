"""A target is held against a month only where that is fair, and can be set only where it means something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from compendium.edition.build import build_edition
from compendium.edition.edition import Edition, SetTarget
from compendium.errors import WorkspaceError
from compendium.workspace import Target
from tests.edition.drawn import JANUARY, DrawnFigures, changed, snapshot, workspace


def aimed(indicator: str, set_on: date = date(2015, 4, 1), **of: object) -> Edition:
    """An edition whose only target is 95 with a tolerance of 5."""
    targets = {indicator: Target(Decimal(95), Decimal(5), "the Cabinet", set_on)}
    figures = DrawnFigures(change=changed(**of))  # type: ignore[arg-type]
    return build_edition(figures, workspace(targets=targets), JANUARY, snapshot())


def target(edition: Edition, indicator: str) -> SetTarget:
    found = edition.page(indicator).target
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("set_on", "judgement"), [(JANUARY, "missed"), (date(2017, 2, 1), "not_judged"), (date(2018, 4, 1), "not_judged")]
)
def test_a_month_is_not_held_against_a_target_set_after_it(set_on: date, judgement: str) -> None:
    found = target(aimed("cp_visits_10wd", set_on), "cp_visits_10wd")
    assert found.judgement == judgement
    assert ("because it was set later" in found.sentences[1]) is (judgement == "not_judged")


@pytest.mark.parametrize(("n", "judgement"), [(9, "not_judged"), (10, "missed")])
def test_a_share_of_fewer_than_ten_is_not_judged(n: int, judgement: str) -> None:
    def few(figure):  # type: ignore[no-untyped-def]
        return replace(figure, numerator=5, denominator=n, value=Decimal(500) / n)

    found = target(aimed("cp_visits_10wd", cp_visits_10wd=few), "cp_visits_10wd")
    assert found.judgement == judgement
    assert ("too few to judge" in found.sentences[1]) is (judgement == "not_judged")


def test_a_target_on_a_figure_of_which_neither_more_nor_less_is_better_is_refused() -> None:
    with pytest.raises(WorkspaceError, match=r"targets\.contacts: contacts is neutral"):
        aimed("contacts")


def test_a_target_on_a_mix_is_refused() -> None:
    with pytest.raises(WorkspaceError, match="audit_grade_mix has no one figure"):
        aimed("audit_grade_mix")


def test_a_target_on_no_indicator_says_which_may_be_meant() -> None:
    with pytest.raises(WorkspaceError, match=r"did you mean cp_visits_10wd\?"):
        aimed("cp_visit_10wd")
