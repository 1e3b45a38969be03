"""Stocks: figures most of which carry over from one month to the next, such as the children in need tonight.

Limits round an average are no use for them: what moved slowly for a year is far from where it began, and would be a
signal every month for ever. What can be out of the usual is the step from one month to the next. So each month is set
against the month before, and its limits come from the size of the steps of the two years before it: steps have no level
from which they could drift away, but an office that grows moves in larger ones.

Whether a series carries over is seen from itself (von Neumann 1941): the mean square of its steps is twice its
variance where months have nothing to do with each other, and small where they do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from compendium.signals.laney import SIGMAS
from compendium.signals.xmr import screened_mean

CARRIES_OVER = 1.3  # independent months have 2, and 57 of them lie below it in 4 of 1,000 cases
REACH = SIGMAS * math.sqrt(math.pi / 2)  # three deviations of a step, in mean sizes of a step


@dataclass(frozen=True)
class Steps:
    """size: the mean size of a step, in the unit of the series; known: of so many steps; screened: how many of them
    were left out as too large."""

    size: float
    known: int
    screened: int

    @property
    def reach(self) -> float:
        """How far from the month before the outer limit lies."""
        return REACH * self.size


def carries_over(values: Sequence[float | None]) -> bool:
    """Whether neighbouring months resemble each other more than independent ones would. None: a missing month."""
    there = np.array([each for each in values if each is not None])
    squares = [(now - before) ** 2 for before, now in _neighbours(values)]
    spread = float(np.mean((there - there.mean()) ** 2)) if len(there) else 0.0
    return bool(squares) and spread > 0 and float(np.mean(squares)) / spread < CARRIES_OVER


def steps(values: Sequence[float | None]) -> Steps:
    """The usual step of some months; of size 0 where nothing moves."""
    sizes = [abs(now - before) for before, now in _neighbours(values)]
    size, screened = screened_mean(sizes, True)
    return Steps(size, len(sizes), screened)


def _neighbours(values: Sequence[float | None]) -> list[tuple[float, float]]:
    return [(before, now) for before, now in pairwise(values) if before is not None and now is not None]
