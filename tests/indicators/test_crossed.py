"""Breakdowns within areas: asked for of a few indicators, and then every number adds up both ways."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compendium.indicators.compute import compute
from compendium.indicators.loading import Catalogue
from tests.indicators.drawn import COUNTY, JANUARY, catalogue_of, snapshot_of

SHARE = """
value: percent
place: recorded
by: [source, sex]
needs: {contact: month}
rows: |
  SELECT c.person_id AS child_id, c.team_id, c.contact_date AS on_date, c.source AS by_source, 1 AS denominator,
         CASE WHEN c.outcome = 'referral' THEN 1 ELSE 0 END AS numerator,
         CASE WHEN c.on_open_case = 1 THEN 'open' END AS excluded
  FROM contact AS c
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    counted = SHARE.replace("value: percent", "value: count\ncount: child_id").replace(", 1 AS denominator", "")
    folder: Path = tmp_path_factory.mktemp("crossed")
    return catalogue_of(folder, share=SHARE, children=counted)


CONTACT = st.tuples(
    st.sampled_from(("NE1", "SW1", "HUB", None)), st.sampled_from(("6", "2A", None)),
    st.sampled_from(("referral", "nfa")), st.sampled_from((0, 0, 0, 1)),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(contacts=st.lists(CONTACT, min_size=1, max_size=12))
def test_a_part_is_the_sum_of_it_within_every_area(catalogue: Catalogue, contacts: list[tuple[object, ...]]) -> None:
    lines = [
        "  ".join([f"P{at}", "2017-01-10", *("-" if each is None else str(each) for each in contact)])
        for at, contact in enumerate(contacts)
    ]
    table = "\n".join(["person_id  contact_date  team_id  source_code  outcome  on_open_case", *lines])
    snapshot = snapshot_of({"contact": table})
    plain = compute(snapshot, catalogue, COUNTY, [JANUARY], ["share"]).numbers("share")
    crossed = compute(snapshot, catalogue, COUNTY, [JANUARY], ["share"], detail="crossed").numbers("share")
    assert all(len(key) <= 2 for _, key, _ in plain)
    assert {cell: number for cell, number in crossed.items() if len(cell[1]) <= 2} == plain

    by_part: Counter[Any] = Counter()
    by_area: Counter[Any] = Counter()
    for (name, key, month), number in crossed.items():
        if len(key) == 4:
            assert (key[0], key[2] in ("source", "sex")) == ("area", True)
            by_part[name, key[2:], month] += number
            by_area[name, key[:2], key[2], month] += number
    assert by_part == {cell: number for cell, number in plain.items() if cell[1] and cell[1][0] in ("source", "sex")}
    for (name, area, _, month), number in by_area.items():
        assert plain[name, area, month] == number


def test_what_is_counted_once_each_is_not_crossed(catalogue: Catalogue) -> None:
    """One child in two areas is one child: such parts would not add up."""
    table = "person_id  contact_date  team_id  outcome\nA  2017-01-10  NE1  referral\nA  2017-01-11  SW1  referral"
    figures = compute(snapshot_of({"contact": table}), catalogue, COUNTY, [JANUARY], ["children"], detail="crossed")
    assert figures.one("children", JANUARY).numerator == 1
    assert all(len(cell[1]) <= 2 for cell in figures.numbers("children"))
