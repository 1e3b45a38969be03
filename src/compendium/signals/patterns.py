"""Patterns that chance hardly makes in a series in time: runs, trends, two of three near a limit.

A side is 1 above the centre line, -1 below it, 0 on it, None for a month that is missing. Whatever is missing, or
lies on the line, breaks a pattern. The rules are those of "Making data count" as the package NHSRplotthedots 0.2.2
carries them out; every function marks all members of a pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Side = int | None


def on_one_side(sides: Sequence[Side], length: int) -> list[int]:
    """1 for each point that completes a run of so many on one side of the centre line."""
    return [int(at + 1 >= length and abs(_sum(sides[at + 1 - length : at + 1])) == length) for at in range(len(sides))]


def running(sides: Sequence[Side]) -> int:
    """How many points up to the newest lie on the same side of the centre line as it does; 0 where it is on it."""
    newest = sides[-1] if sides else None
    if not newest:
        return 0
    return next((at for at, side in enumerate(reversed(sides)) if side != newest), len(sides))


def trends(values: Sequence[float | None], length: int) -> list[int]:
    """1 (rising) or -1 (falling) for each point that completes a trend of so many; a tie breaks it."""
    steps: list[Side] = [None]
    for before, now in pairwise(values):
        steps.append(None if before is None or now is None else (now > before) - (now < before))
    made = []
    for at in range(len(values)):
        total = _sum(steps[at + 2 - length : at + 1]) if at + 1 >= length else 0
        made.append(total // (length - 1) if abs(total) == length - 1 else 0)
    return made


def members(completed: Sequence[int], length: int) -> list[int]:
    """The sign of the pattern that each point belongs to, 0 for none; of two, that of the later."""
    marked = [0] * len(completed)
    for at, sign in enumerate(completed):
        if sign:
            marked[at + 1 - length : at + 1] = [sign] * length
    return marked


def two_of_three(close: Sequence[int], sides: Sequence[Side]) -> list[int]:
    """1 for each point in any three consecutive ones on the same side of which two are close to the limit."""
    marked = [0] * len(close)
    for at in range(len(close) - 2):
        window = slice(at, at + 3)
        if abs(_sum(sides[window])) == 3 and sum(close[window]) >= 2:
            marked[window] = [1, 1, 1]
    return marked


def _sum(signs: Sequence[Side]) -> int:
    """Of signs; 0 where one is missing."""
    return 0 if None in signs else sum(sign for sign in signs if sign is not None)
