"""The difference between a month and what was expected of it, split into its parts, as an edition holds it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class SplitPart:
    """One step from expected to received. difference: what it made of it, in the unit of the page's figure; now and
    expected: how many, or the part's own share. mix: what came of its weight, for shares and ratios."""

    name: str
    difference: Decimal
    written: str  # '+1,650', '−4.6 points'
    expected: str
    now: str
    of: str  # '221 of 823'; '' for what is not x of n
    mix: str
    rate: str
    is_main: bool


@dataclass(frozen=True)
class Split:
    """The parts add up to received less expected, as they are shown. parts: none where no split is worth a picture.

    written, mix, rate: of all parts together. alone: the main driver in one sentence; '' where there is none. sure:
    how sure that is, and of how many.
    """

    title: str
    expected: Decimal
    received: Decimal
    expected_written: str
    received_written: str
    written: str
    mix: str
    rate: str
    parts: tuple[SplitPart, ...]
    sentences: tuple[str, ...]
    sure: tuple[str, ...]
    alone: str = ""
