"""Every indicator file says what it is in plain words, and shows the boundary it stands on."""

from __future__ import annotations

import re

import pytest

from compendium.indicators.examples import run_examples
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.indicators.shape import Indicator
from compendium.sources.published.editions import MEASURES
from tests.catalogue.tiers import CORE

CATALOGUE = load_catalogue([SHIPPED])
SAID = ("title", "question", "why", "clock", "source", "benchmark", "governance")
LONGEST = 22  # words in a sentence
SENTENCE_ENDS = re.compile(r"(?<=[.?!;])\s+")
UNEXPLAINED = re.compile(
    r"\b(CIN|CLA|LAC|CP|CPP|ICPC|RCPC|S47|s47|MASH|NFA|EH|FTE|ASYE|UASC|EET|NEET|RHI|IRO|DfE|LAIT|BRAG|PN)\b"
)

every_indicator = pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=lambda each: each.id)


def test_the_core_is_there() -> None:
    assert CORE - set(CATALOGUE) == set()


def test_a_variant_is_of_an_indicator_that_is_none_itself() -> None:
    variants = [each for each in CATALOGUE.values() if each.variant_of is not None]
    firsts = [each.id for each in CATALOGUE.values() if each.variant_of is None]
    assert [each.id for each in variants if each.variant_of not in firsts] == []


@every_indicator
def test_its_examples_hold(indicator: Indicator) -> None:
    assert [str(failure) for failure in run_examples(CATALOGUE, [indicator.id])] == []


@every_indicator
def test_it_says_what_it_is(indicator: Indicator) -> None:
    assert [name for name in SAID if not indicator.words.get(name)] == []
    assert indicator.question.endswith("?")


@every_indicator
def test_its_sentences_can_be_read_aloud(indicator: Indicator) -> None:
    sentences = [each for text in indicator.words.values() for each in SENTENCE_ENDS.split(text)]
    assert [each for each in sentences if len(each.split()) > LONGEST] == []


@every_indicator
def test_it_uses_no_abbreviation_that_it_does_not_explain(indicator: Indicator) -> None:
    assert [each for text in indicator.words.values() for each in UNEXPLAINED.findall(text)] == []


@every_indicator
def test_its_examples_show_both_sides(indicator: Indicator) -> None:
    """More than one example, something counted in one of them, and something that is not."""
    assert len(indicator.examples) >= 2
    rows = [sum(map(len, example.given.values())) for example in indicator.examples]
    assert max(rows) > 1
    counted = ("numerator", "categories", "amounts")
    assert any(example.expect.get(name) for example in indicator.examples for name in counted)


@every_indicator
def test_it_is_shown_beside_another(indicator: Indicator) -> None:
    """A figure read alone misleads: a rise in one is often a fall in another."""
    assert indicator.counterweight in CATALOGUE
    assert indicator.counterweight != indicator.id
    assert indicator.id not in indicator.moved_by and set(indicator.moved_by) <= set(CATALOGUE)


@every_indicator
def test_what_it_is_compared_with_is_published(indicator: Indicator) -> None:
    assert indicator.comparator is None or indicator.comparator.measure in MEASURES
