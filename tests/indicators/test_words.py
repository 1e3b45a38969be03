"""How a definition and its figures read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from compendium.indicators.compute import rules_in_force
from compendium.indicators.loading import Catalogue
from tests.indicators.drawn import catalogue_of

ROWS = """
place: recorded
needs: {service_spend: month}
rows: |
  SELECT s.area_id, s.month_end AS on_date, s.amount_pence AS numerator, 1 AS denominator FROM spend AS s
"""


@pytest.mark.parametrize(
    ("value", "number", "written"),
    [
        ("percent", "81.25", "81.3%"),
        ("ratio", "15.294", "15.3"),
        ("money", "1499.50", "£1,500"),
        ("share_gap", "-4.96", "−5.0 points"),
        ("share_gap", "1", "+1.0 point"),
        ("share_gap", "0.04", "0.0 points"),
    ],
)
def test_a_value_is_written_in_its_own_unit(tmp_path: Path, value: str, number: str, written: str) -> None:
    catalogue = catalogue_of(tmp_path, x=f"value: {value}{ROWS}")
    assert catalogue["x"].write(Decimal(number)) == written


def in_words(catalogue: Catalogue, name: str) -> str:
    return catalogue[name].in_words(rules_in_force(catalogue[name], catalogue))


def test_a_definition_can_be_read_by_a_person(tmp_path: Path) -> None:
    text = f"value: percent\nlimits: {{days: 10}}\nclock: From the day it was paid.{ROWS}"
    assert in_words(catalogue_of(tmp_path, spent=text), "spent").splitlines() == [
        "A title",
        "=======",
        "",
        "A question?",
        "",
        "Clock: From the day it was paid.",
        "Given: in the month, in the financial year to date and in the twelve months ending with it",
        "Limit days: 10",
        "Definition version 1, spent.yaml",
        "Example: nothing",
    ]
