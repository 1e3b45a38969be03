"""Decisions by chance that nevertheless keep near a share, and streams of chance that do not disturb each other."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

Item = TypeVar("Item")


def stream(seed: int, subject: str) -> random.Random:
    """One subject's own chance: drawing more for visits leaves the audits as they were."""
    return random.Random(f"{seed}:{subject}")


PATIENCE = 300.0  # of weight, over which a share makes up for what chance has given or withheld


class Share:
    """Yes or no, at random: a month comes out as chance will have it, a year about as the share says.

    What is owed grows by the share of each weight and is paid by a yes; it moves the odds a little, so that a year's
    total stays near the figure published, while months vary as months do.
    """

    def __init__(self, chance: random.Random, patience: float = PATIENCE) -> None:
        self.chance, self.patience, self.owed = chance, patience, 0.0

    def take(self, share: float, weight: float = 1.0) -> bool:
        yes = self.chance.random() < share + self.owed / self.patience
        self.owed += (share - yes) * weight
        return yes


class Course:
    """Keeps a monthly flow near what is wanted although its events fall where they fall: what was missed
    in months now past is added to what is wanted next."""

    def __init__(self, wanted: Callable[[int], float], first: int) -> None:
        self.wanted, self.month, self.behind = wanted, first, 0.0
        self.happened: dict[int, int] = {}

    def count(self, month: int, weight: int) -> None:
        self.happened[month] = self.happened.get(month, 0) + weight

    def reach(self, now: int) -> None:
        """Everything before this month has been set; it can be compared with what was wanted."""
        while self.month < now:
            self.behind += self.wanted(self.month) - self.happened.get(self.month, 0)
            self.month += 1

    def ask(self, month: int) -> float:
        """What is wanted in a month, half of what is behind made up."""
        return max(0.0, self.wanted(month) + self.behind / 2)


class Mixture(Generic[Item]):
    """A weighted choice, drawn in well under a microsecond."""

    def __init__(self, weights: Mapping[Item, float]) -> None:
        self.items: Sequence[Item] = tuple(weights)
        self.cumulative = list(accumulate(weights.values()))
        self.whole, self.last = self.cumulative[-1], len(self.items) - 1

    def draw(self, chance: random.Random) -> Item:
        return self.items[bisect(self.cumulative, chance.random() * self.whole, 0, self.last)]


def lag(chance: random.Random, late_share: float, longest: int = 75) -> int:
    """Days from an event to its being typed in: mostly 0 to 2, for the late share about a month."""
    if chance.random() < late_share:
        return min(3 + int(chance.expovariate(1 / 24)), longest)
    return int(chance.random() * 3)
