"""The parts of every breakdown and mix: each that a file types comes of some example, and none is a bare code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlglot import exp

from compendium.edition.labels import label
from compendium.engine.dialect_texts import returned
from compendium.indicators.compute import compute
from compendium.indicators.examples import example_workspace
from compendium.indicators.shape import Indicator
from compendium.record.codes import code_sets, codes
from compendium.record.snapshot import Snapshot
from tests.catalogue.county import catalogue

CODES = {name: frozenset(codes(name)) for name in code_sets()}
broken_down = pytest.mark.parametrize(
    "indicator",
    [each for each in catalogue().values() if each.value == "mix" or each.by],
    ids=lambda each: each.id,
)


def columns(indicator: Indicator) -> Iterator[tuple[str, exp.Expression]]:
    """Dimension -> what each row set returns for it."""
    for query in indicator.row_sets.values():
        assert query.tree is not None
        for each in query.tree.expressions:
            if each.alias_or_name == "category" or each.alias_or_name.startswith("by_"):
                yield each.alias_or_name.removeprefix("by_"), each.unalias()


def typed(indicator: Indicator) -> set[tuple[str, str]]:
    """(dimension, label) of the labels that stand in the file itself."""
    return {
        (dimension, literal.name)
        for dimension, value in columns(indicator)
        for case in value.find_all(exp.Case)
        for told in (*(each.args["true"] for each in case.args["ifs"]), case.args.get("default"))
        if isinstance(literal := told, exp.Literal) and literal.is_string
    }


def met(indicator: Indicator) -> set[tuple[str, str]]:
    """(dimension, part) of all parts that its examples give."""
    found = set()
    for example in indicator.examples:
        snapshot = Snapshot.drawn(example.given, example.as_at)
        workspace = example_workspace(indicator, example)
        figures = compute(snapshot, catalogue(), workspace, [example.month], [indicator.id])
        found |= {(each, part) for each in indicator.dimensions for part in figures.parts(indicator.id, each)}
    return found


@broken_down
def test_every_label_that_a_file_types_comes_of_one_of_its_examples(indicator: Indicator) -> None:
    if wanted := typed(indicator):
        assert sorted(wanted - met(indicator)) == []


@broken_down
def test_every_part_is_shown_in_words(indicator: Indicator) -> None:
    """What is known to be a code is shown by the label of its set."""
    for query in indicator.row_sets.values():
        assert query.tree is not None
        parts = returned(query.tree, catalogue().views.texts)
        for dimension in indicator.dimensions:
            held = parts.get("category" if dimension == "category" else f"by_{dimension}", frozenset())
            sets = [name for name, known in CODES.items() if held and held <= known]
            for part in held:
                said = label(dimension, part)
                assert "_" not in said
                if sets:
                    assert said in {codes(name)[part] for name in sets}, f"{dimension}: {part}"
