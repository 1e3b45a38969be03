"""What a comparison looks like in an edition: a cell of the strip, and a statement that stands on a test of its own."""

from __future__ import annotations

from dataclasses import dataclass

from compendium import words

YEAR_BEFORE = "Same month last year"  # the cell that the second statement is made of


@dataclass(frozen=True)
class Comparison:
    """One cell of the strip: either a comparison or the reason why there is none.

    alone: the comparison as one sentence that can be read without the cell, where it has one. answer: higher, lower or
    no_clear_change where it was tested, else ''. badge: what the test found, '' where nothing was. sense: better,
    worse or neither.
    """

    name: str
    headline: str
    sentences: tuple[str, ...]
    is_there: bool
    alone: str = ""
    answer: str = ""
    badge: str = ""
    sense: str = "neither"

    @property
    def is_clear(self) -> bool:
        return self.answer in ("higher", "lower")


@dataclass(frozen=True)
class Statement:
    """A statement about the month that stands on one test. name: 'Test 1'; against: 'its own usual range'.

    found: what the test found, '' where it could not be made. strength and sense as a verdict has them, for the mark.
    """

    name: str
    against: str
    found: str
    strength: str
    sense: str
    sentences: tuple[str, ...]

    @property
    def badge(self) -> str:
        """'Test 2, clear: better than January 2016'."""
        return f"{self.name}, {words.lower_first(self.found)}" if self.found else ""


@dataclass(frozen=True)
class Council:
    code: str
    name: str


@dataclass(frozen=True)
class NeighbourSet:
    """The councils that an edition holds ours against, nearest first. version: the year of the department's model."""

    version: str
    source: str
    councils: tuple[Council, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.councils)
