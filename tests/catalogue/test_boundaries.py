"""Do the examples bite? Move one comparison or limit of an indicator by one, and an example must fail.

What only names the parts of a breakdown (`by_…`) or is only shown in a list of rows (`show_…`) is left out: it changes
no figure of the whole, an area or a team.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from compendium.indicators.examples import differences
from compendium.indicators.loading import Catalogue
from compendium.indicators.reading import read_indicator
from compendium.indicators.shape import Indicator
from tests.catalogue.county import catalogue

MOVED = {"<=": "<", "<": "<=", ">=": ">", ">": ">="}
PLACES = re.compile(r" (?P<comparison><=|>=|<|>) |:(?P<limit>[a-z_]+)\b|IS (?P<no>NOT )?NULL")
NAMES = re.compile(r"CASE(?:(?!\bCASE\b).)*?END AS (?:by|show)_\w+", re.DOTALL)
RULES = {name: rule.default for name, rule in catalogue().rules.items()}
OPEN = Path(__file__).with_name("places_without_example.txt")  # what no example can hold, and why; it may only shrink
TRIED = 25  # in an ordinary run; `make proofs` tries every one


@dataclass(frozen=True)
class Change:
    """One place in the rows of an indicator file, and what is written there instead."""

    indicator: Indicator
    start: int
    end: int
    instead: str

    def text(self) -> str:
        whole = self.indicator.file.read_text(encoding="utf-8")
        return whole[: self.start] + self.instead + whole[self.end :]

    def __str__(self) -> str:
        """'cl_neet: AND c.age <= 21: <= -> <'."""
        whole = self.indicator.file.read_text(encoding="utf-8")
        line = whole[whole.rindex("\n", 0, self.start) + 1 : whole.index("\n", self.start)]
        return f"{self.indicator.id}: {line.strip()}: {whole[self.start : self.end].strip()} -> {self.instead.strip()}"


def changes(indicator: Indicator) -> Iterator[Change]:
    text = indicator.file.read_text(encoding="utf-8")
    first, last = text.index("rows: |"), text.index("\nexamples:")
    named = [part.span() for part in NAMES.finditer(text, first, last)]
    for found in PLACES.finditer(text, first, last):
        if any(begins <= found.start() < ends for begins, ends in named):
            continue
        if found["comparison"]:
            instead = [f" {MOVED[found['comparison']]} "]
        elif found["limit"]:
            value = indicator.limits.get(found["limit"], RULES.get(found["limit"]))
            instead = [str(value + 1), str(value - 1)] if isinstance(value, int) else []
        else:
            instead = ["IS NULL" if found["no"] else "IS NOT NULL"]
        for each in instead:
            yield Change(indicator, found.start(), found.end(), each)


def test_every_comparison_and_limit_is_held_by_an_example(rng: Random, full_counts: bool) -> None:
    whole = catalogue()
    every = [change for indicator in whole.values() for change in changes(indicator)]
    tried = every if full_counts else rng.sample(every, TRIED)
    unnoticed = []
    for change in tried:
        changed, faults = read_indicator(change.indicator.file, change.text(), whole.views.relations, whole.rules)
        assert changed is not None, faults
        other = Catalogue({**whole, changed.id: changed}, whole.views, whole.rules)
        if not any(True for example in changed.examples for _ in differences(other, changed, example)):
            unnoticed.append(str(change))
    still_open = {line for line in OPEN.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")}
    assert set(unnoticed) - still_open == set()
    if full_counts:
        assert still_open - set(unnoticed) == set(), "an example holds it by now: take it off the list"


@pytest.mark.parametrize("indicator", catalogue().values(), ids=lambda each: each.id)
def test_its_limits_are_used(indicator: Indicator) -> None:
    used = {name for query in indicator.row_sets.values() for name in query.parameters}
    assert set(indicator.limits) == used - set(catalogue().rules)
