"""Where words can stand in a picture without a line running through them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from compendium.publish.charts.drawing import Spot, text_width

_UP, _DOWN = 13, 5  # how far 16-unit letters reach above and below their baseline
_APART = 4  # between places looked at along each stretch of a line
_CLEAR = 3  # kept free on each side of words


@dataclass(frozen=True)
class Label:
    """Words with their baseline's left end at (x, y)."""

    words: str
    x: float
    y: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x, self.y - _UP, self.x + text_width(self.words, bold=True), self.y + _DOWN

    def meets(self, other: Label) -> bool:
        left, top, right, bottom = self.box
        their_left, their_top, their_right, their_bottom = other.box
        return left < their_right and their_left < right and top < their_bottom and their_top < bottom

    def is_crossed(self, spots: Sequence[Spot | None]) -> bool:
        """Whether the line through the spots runs through the words; a gap (None) has no line."""
        left, top, right, bottom = self.box
        for one, other in pairwise(spots):
            if one is None or other is None:
                continue
            samples = max(1, math.ceil(math.dist(one, other) / _APART))
            for step in range(samples + 1):
                x = one[0] + (other[0] - one[0]) * step / samples
                y = one[1] + (other[1] - one[1]) * step / samples
                if left <= x <= right and top <= y <= bottom:
                    return True
        return False


def first_clear(
    candidates: Sequence[Label], spots: Sequence[Spot | None], taken: Sequence[Label], top: float, floor: float
) -> Label:
    """The first that is crossed by nothing, meets no other and lies in the picture; else the first of all."""
    for label in candidates:
        inside = label.box[1] >= top and label.box[3] <= floor
        if inside and not label.is_crossed(spots) and not any(label.meets(other) for other in taken):
            return label
    return candidates[0]


def beside(x: float, top: float, bottom: float, labels: Sequence[Label]) -> list[tuple[float, float]]:
    """The stretches of an upright, from its top to its bottom, that run through none of the words."""
    boxes = [label.box for label in labels]
    crossed = sorted((high, low) for left, high, right, low in boxes if left - _CLEAR <= x <= right + _CLEAR)
    stretches, start = [], top
    for high, low in crossed:
        if high - _CLEAR > start:
            stretches.append((start, min(high - _CLEAR, bottom)))
        start = max(start, low + _CLEAR)
    return [*stretches, (start, bottom)] if start < bottom else stretches
