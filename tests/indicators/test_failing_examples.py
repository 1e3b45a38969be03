"""Examples counted together fail as they do one by one: none is let through, and none is told otherwise."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.indicators import drawn_regions
from compendium.indicators.drawn_regions import failing_examples
from compendium.indicators.examples import run_examples
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.indicators.reading import read_indicator
from compendium.record import handover
from tests.catalogue.county import catalogue
from tests.catalogue.test_boundaries import changes

CHANGED = 12
OURS = """\
title: Referrals
question: How many referrals were received?
value: count
polarity: neutral
place: recorded
needs: {referral: month}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator
  FROM referral AS r
examples:
  - says: holds
    given: {referral: "person_id  referral_date\\nA  2017-01-01"}
    month: 2017-01
    expect: {numerator: 1}
  - says: is wrong
    given: {referral: "person_id  referral_date\\nA  2017-01-02"}
    month: 2017-01
    expect: {numerator: 2}
"""


def told(whole: Catalogue, names: list[str]) -> list[str]:
    together = [str(each) for each in failing_examples(whole, names)]
    assert together == [str(each) for each in run_examples(whole, names)]
    return together


def test_what_is_changed_by_one_is_noticed_together_as_it_is_alone(rng: Random) -> None:
    whole = catalogue()
    names = rng.sample(sorted(whole), 40)
    every = [change for name in names for change in changes(whole[name])]
    made: dict[str, object] = {}
    for change in rng.sample(every, CHANGED):
        changed, _ = read_indicator(change.indicator.file, change.text(), whole.views.relations, whole.rules)
        assert changed is not None
        made[changed.id] = changed
    other = Catalogue({**whole, **made}, whole.views, whole.rules)  # type: ignore[dict-item]
    assert told(other, list(dict.fromkeys([*made, *names[:3]])))


def own(folder: Path, text: str) -> Catalogue:
    (folder / "front_door").mkdir()
    (folder / "front_door" / "ours.yaml").write_text(text, encoding="utf-8")
    return load_catalogue([SHIPPED, folder])


def test_the_one_that_is_wrong_is_told(tmp_path: Path) -> None:
    (failure,) = told(own(tmp_path, OURS), ["referrals", "ours"])
    assert "ours.yaml, line 15: numerator: expected 2, got 1" in failure


def test_a_row_that_cannot_be_drawn_fails_its_own_example_only(tmp_path: Path) -> None:
    failures = told(own(tmp_path, OURS.replace("A  2017-01-01", "A  2017-01-99")), ["referrals", "ours"])
    assert [each.split(": ")[0].rsplit("/", 1)[-1] for each in failures] == ["ours.yaml, line 11", "ours.yaml, line 15"]


def test_a_rule_that_cannot_be_fails_its_own_example_only(tmp_path: Path) -> None:
    wrong = OURS.replace("says: holds\n", "says: holds\n    rules: {rereferral_months: 99}\n")
    failures = told(own(tmp_path, wrong), ["referrals", "ours"])
    assert len(failures) == 2 and "rereferral_months" in failures[0]


def test_those_of_a_theme_are_counted_in_as_many_databases_as_they_have_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    before = handover.empty_duckdb

    def counted() -> DuckDBEngine:
        opened.append(before())
        return opened[-1]

    monkeypatch.setattr(drawn_regions, "empty_duckdb", counted)
    names = [name for name, each in catalogue().items() if each.theme == "cp_visits"]
    examples = [example for name in names for example in catalogue()[name].examples]
    assert failing_examples(catalogue(), names) == []
    assert len(opened) == len({str(sorted(each.rules.items())) for each in examples}) < len(examples)
