"""A team, or a part of a percentage, with fewer than five is given no figure: on no page and in no file."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from compendium.edition.build import build_edition
from compendium.edition.edition import Edition, Reading
from compendium.indicators.figures import Figure
from compendium.publish.html.sheets import shown
from tests.edition.drawn import JANUARY, DrawnFigures, changed, snapshot, workspace


def with_figure(indicator: str, numerator: int, denominator: int | None, **place: Any) -> Edition:
    """An edition in which one place or part has these numbers in every month."""

    def few(figure: Figure) -> Figure:
        if any(getattr(figure, name) != wanted for name, wanted in place.items()):
            return figure
        value = Decimal(numerator) if denominator is None else Decimal(100 * numerator) / denominator
        return replace(figure, numerator=numerator, denominator=denominator, value=value, excluded={"not yet due": 1})

    return build_edition(DrawnFigures(change=changed(**{indicator: few})), workspace(), JANUARY, snapshot())


def part(edition: Edition, indicator: str, group: str, id: str) -> dict[str, Any]:
    """As edition.json holds it."""
    page = next(each for each in json.loads(edition.to_json())["pages"] if each["id"] == indicator)
    parts = (
        page[group] if group in page else next(each["parts"] for each in page["breakdowns"] if each["name"] == group)
    )
    found: dict[str, Any] = next(each for each in parts if each["id"] == id)
    return found


HIDDEN: dict[str, Any] = {
    "status": "too_few", "written": "too few", "of": "", "numerator": None, "denominator": None, "value": None,
    "rate": None, "excluded": {},
}  # fmt: skip


def test_a_team_with_fewer_than_five_is_given_no_figure_now_or_a_year_before() -> None:
    found = part(with_figure("icpc_15wd", 3, 4, team="NE1"), "icpc_15wd", "teams", "NE1")
    for when in ("now", "year_before"):
        assert {name: found[when][name] for name in HIDDEN} == HIDDEN


def test_a_team_with_fewer_than_five_counted_is_given_no_count() -> None:
    found = part(with_figure("referrals", 4, None, team="NE1"), "referrals", "teams", "NE1")
    assert {name: found["now"][name] for name in HIDDEN} == HIDDEN


def test_a_team_of_five_is_given_its_figure() -> None:
    found = part(with_figure("icpc_15wd", 3, 5, team="NE1"), "icpc_15wd", "teams", "NE1")
    assert (found["now"]["written"], found["now"]["of"]) == ("60.0%", "3 of 5")


def test_a_part_of_a_percentage_with_fewer_than_five_is_given_no_figure() -> None:
    under_1 = ("age_band", "Under 1")
    found = part(with_figure("rereferrals_12m", 1, 4, breakdown=under_1), "rereferrals_12m", "age_band", "Under 1")
    assert {name: found["now"][name] for name in HIDDEN} == HIDDEN


@pytest.mark.parametrize("many", [1, 4])
def test_a_part_of_a_count_is_shown_whatever_its_size(many: int) -> None:
    police = ("source", "Police")
    found = part(with_figure("contacts", many, None, breakdown=police), "contacts", "source", "Police")
    assert found["now"]["written"] == str(many)


def test_a_team_that_had_none_is_shown_with_nought() -> None:
    def none_before(figure: Figure) -> Figure:
        if figure.team != "NE1" or figure.period == JANUARY:
            return figure
        return replace(figure, numerator=0, value=Decimal(0))

    figures = DrawnFigures(change=changed(referrals=none_before))
    edition = build_edition(figures, workspace(), JANUARY, snapshot())
    assert part(edition, "referrals", "teams", "NE1")["year_before"]["written"] == "0"


def test_an_area_keeps_its_figure_however_few() -> None:
    found = part(with_figure("icpc_15wd", 1, 2, area="countywide"), "icpc_15wd", "areas", "countywide")
    assert (found["now"]["written"], found["now"]["of"]) == ("50.0%", "1 of 2")


@pytest.mark.parametrize(("n", "said"), [(9, "50.0% (small number)"), (10, "50.0%")])
def test_tables_flag_a_percentage_of_fewer_than_ten(drawn_edition: Edition, n: int, said: str) -> None:
    reading = Reading(JANUARY, "month", "ok", "50.0%", "", None, Decimal(n), Decimal(50))
    assert shown(drawn_edition.page("icpc_15wd"), reading) == said
