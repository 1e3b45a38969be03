"""How far a figure is from the same month a year before, and which moves are large enough to tell.

The rule, also printed on the page (`sentences.move_rule`) and decided in docs/decisions: a percentage
moves in points, anything else in per cent; in one order, a point counts as two per cent, because a
percentage can move only between 0 and 100. Small numbers, provisional figures and mixes have no move.
It is a difference, not a test: whether chance explains it is for control charts to say.
"""

from __future__ import annotations

from decimal import Decimal

from compendium.edition import sentences
from compendium.edition.edition import IndicatorPage, Move, Reading

MOST = 12  # moves on the front page
FLOOR = 30  # a share of fewer, or a count below it, is not called a move
POINT = 2  # a point counts as so many per cent
IN_POINTS = ("percent", "share_gap", "mix")


def move(kind: str, now: Reading, before: Reading | None) -> Move | None:
    """The plain difference, whatever the numbers behind it; None where one of the two is missing."""
    if before is None or now.value is None or before.value is None:
        return None
    if kind in IN_POINTS:
        return _move("points", now.value - before.value)
    if before.value <= 0:
        return None
    return _move("per_cent", (now.value - before.value) / before.value * 100)


def _move(unit: str, size: Decimal) -> Move:
    return Move(unit, size, sentences.difference(unit, size))


def large_moves(pages: tuple[IndicatorPage, ...]) -> dict[str, Move]:
    """The at most twelve largest, by indicator, largest first."""
    found = {page.id: each for page in pages if (each := _eligible(page)) is not None}
    order = sorted(found, key=lambda name: (-weight(found[name]), name))
    return {name: found[name] for name in order[:MOST]}


def _eligible(page: IndicatorPage) -> Move | None:
    before = page.year_before
    if not page.has_headline or page.variant_of or before is None or page.now.is_provisional or before.is_provisional:
        return None
    if not (enough(page.now) and enough(before)):
        return None
    found = move(page.value_kind, page.now, before)
    return None if found is None or found.words == "the same" else found


def enough(reading: Reading) -> bool:
    """Whether there is more behind it than small numbers that move by chance."""
    behind = reading.denominator if reading.denominator is not None else reading.numerator
    return behind is not None and behind >= FLOOR


def weight(found: Move) -> Decimal:
    """Its size in per cent, a point counting as two."""
    return abs(found.size) * (POINT if found.unit == "points" else 1)
