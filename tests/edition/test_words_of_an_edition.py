"""Its sentences are short, claim nothing that needs a test, and come back from storage unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from compendium.edition.edition import Edition, Term

NEEDS_A_TEST = re.compile(
    r"\b(spike|surge|trend|improv\w+|worsen\w*|increas\w+|decreas\w+|rose|rise|fell|jump\w*|drop\w*|significant\w*)\b",
    re.IGNORECASE,
)
LONGEST = 22  # words in a sentence: more than these a tired reader cannot hold


def too_long(text: str) -> list[str]:
    """The sentences of a text that have more words."""
    return [part for part in text.replace("? ", ". ").split(". ") if len(part.split()) > LONGEST]


def texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text that the edition itself words; definitions are worded by the catalogue."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each, name)
    elif is_dataclass(value) and not isinstance(value, Term):
        for field in fields(value):
            if field.name not in ("title", "question", "category"):
                yield from texts(getattr(value, field.name), f"{type(value).__name__}.{field.name}")


def test_no_sentence_has_more_than_22_words(drawn_edition: Edition) -> None:
    long = [(name, part) for name, text in texts(drawn_edition) for part in too_long(text)]
    assert long == []


def test_no_word_claims_what_only_a_test_could_show(drawn_edition: Edition) -> None:
    # Grades and the board's own recommendation hold the word; the page about a figure may not.
    told = []
    for page in drawn_edition.pages:
        untested = tuple(cell for cell in page.comparisons if not cell.is_clear)
        told += [text for _, text in texts((page.sentences, untested, page.data_age))]
    told += [text for _, text in texts((drawn_edition.findings, drawn_edition.rule, drawn_edition.revisions))]
    assert [text for text in told if NEEDS_A_TEST.search(text)] == []


def test_a_rise_or_a_fall_is_named_in_a_cell_whose_test_is_clear_and_only_the_right_one(drawn_edition: Edition) -> None:
    clear = [cell for page in drawn_edition.pages for cell in page.comparisons if cell.is_clear]
    assert {cell.answer for cell in clear} == {"higher", "lower"}
    for cell in clear:
        named = {found for text in cell.sentences for found in NEEDS_A_TEST.findall(text)}
        assert named <= ({"rise"} if cell.answer == "higher" else set()), cell.name


def test_an_edition_comes_back_equal_from_json(drawn_edition: Edition) -> None:
    assert Edition.from_json(drawn_edition.to_json()) == drawn_edition


def test_a_sentence_of_23_words_is_found() -> None:
    assert too_long(f"Short. {'word ' * 22}end. Short again.") == [f"{'word ' * 22}end"]
    assert too_long(f"Short. {'word ' * 21}end.") == []
