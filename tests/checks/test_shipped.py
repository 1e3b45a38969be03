"""Every shipped rule: it loads, its examples hold through the real readers, and it names indicators there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.commands.quality import clashes
from compendium.commands.rule_examples import run_rule_examples
from compendium.indicators.loading import SHIPPED as CATALOGUE
from compendium.indicators.loading import load_catalogue
from compendium.record.checks.loading import SHIPPED, read_rules, rule_files
from compendium.record.checks.rule import Example

RULES, FAULTS = read_rules([SHIPPED])


def test_every_file_of_the_folder_is_a_rule_without_a_fault() -> None:
    assert FAULTS == []
    assert {file.stem for file in rule_files([SHIPPED])} == set(RULES)
    assert set(SHIPPED.rglob("*.yaml")) == set(rule_files([SHIPPED]))


@pytest.mark.parametrize("name", RULES)
def test_the_examples_hold(name: str) -> None:
    rule = RULES[name]
    assert any(example.flags for example in rule.examples), "an example must show what is flagged"
    assert [str(failure) for failure in run_rule_examples([rule])] == []


@pytest.mark.parametrize("name", RULES)
def test_an_example_that_flags_also_holds_a_child_that_is_not_flagged(name: str) -> None:
    """A rule that flags everything would pass examples of faults alone."""
    rule = RULES[name]
    if "child_id" not in rule.query.columns:
        assert any(not example.flags for example in rule.examples)
        return
    clean = [example for example in rule.examples if children(example) - set(example.flags or ())]
    assert clean


def children(example: Example) -> set[str]:
    """The child ids of an example's snippets: the keys of a census, the first column of drawn tables."""
    found: set[str] = set()
    for each in example.deliveries:
        for name, value in each.snippet.items():
            if each.source_format == "CIN census":
                found.add(str(name))
            else:
                drawn = [line.split()[0] for line in str(value).splitlines() if line.strip() and line.strip()[0] != "#"]
                found |= set(drawn[1:])
    return found


def test_rules_name_only_indicators_that_exist_and_bear_no_name_of_one() -> None:
    assert list(clashes(RULES, load_catalogue([CATALOGUE]))) == []


@pytest.mark.parametrize("name", RULES)
def test_a_code_stands_in_the_id_of_its_rule(name: str) -> None:
    rule = RULES[name]
    prefix = {"cin_census": "cin", "ssda903": "ssda903"}.get(rule.set)
    if prefix is None:
        assert "code" not in rule.words
    else:
        assert rule.words["code"].lower() == name.removeprefix(f"{prefix}_")
        assert rule.formats


def test_a_rule_file_of_the_how_to_page_works(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs/how-to/add-a-rule.md"
    text = page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "our_same_day_closures.yaml").write_text(text, encoding="utf-8")
    rules, faults = read_rules([tmp_path])
    assert faults == []
    assert [str(failure) for failure in run_rule_examples(rules.values())] == []
    assert list(clashes(rules, load_catalogue([CATALOGUE]))) == []
