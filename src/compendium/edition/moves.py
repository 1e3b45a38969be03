"""How far a figure is from another of its own: a percentage moves in points, anything else in per cent.

In one order a point counts as two per cent, because a percentage can move only between 0 and 100. It is a difference,
not a test: whether chance explains a month is for `signals` to say.
"""

from __future__ import annotations

from decimal import Decimal

from compendium.edition import sentences
from compendium.edition.edition import Move, Reading

FLOOR = 30  # a share of fewer, or a count below it, is not called a move
POINT = 2  # a point counts as so many per cent
IN_POINTS = ("percent", "share_gap", "mix")


def move(kind: str, now: Reading, before: Reading | None) -> Move | None:
    """The plain difference, whatever the numbers behind it; None where one of the two is missing, or not alike."""
    if before is None or now.value is None or before.value is None or not now.is_like(before):
        return None
    if kind in IN_POINTS:
        return _move("points", now.value - before.value)
    if before.value <= 0:
        return None
    return _move("per_cent", (now.value - before.value) / before.value * 100)


def _move(unit: str, size: Decimal) -> Move:
    return Move(unit, size, sentences.difference(unit, size))


def enough(reading: Reading) -> bool:
    """Whether there is more behind it than small numbers that move by chance."""
    behind = reading.denominator if reading.denominator is not None else reading.numerator
    return behind is not None and behind >= FLOOR


def weight(found: Move) -> Decimal:
    """Its size in per cent, a point counting as two."""
    return abs(found.size) * (POINT if found.unit == "points" else 1)
