"""When advisers spoke with their care leavers: every few weeks with those in touch, hardly ever with others."""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, field

from compendium.county import days
from compendium.county.care_leavers import Leaver

SHORTEST, LONGEST = 14, 62  # days from one contact to the next


@dataclass
class LeaverContacts:
    chance: random.Random
    leavers: list[Leaver]
    made: dict[int, list[int]] = field(default_factory=dict)  # by the leaver, in order

    def __post_init__(self) -> None:
        for leaver in self.leavers:
            self.made[id(leaver)] = self._speak(leaver)

    def latest(self, leaver: Leaver, on: int) -> int:
        """The last contact by a day, or what the case system had as that."""
        state = leaver.state(on)
        made = self.made[id(leaver)]
        before = bisect_right(made, on)
        noted = min(state.contact, on) if state else leaver.since
        return max(noted, made[before - 1]) if before else noted

    def _speak(self, leaver: Leaver) -> list[int]:
        chance, made, on = self.chance, [], leaver.since
        while on < min(leaver.until, days.END):
            state = leaver.state(on)
            if state is not None and state.in_touch:
                made.append(on)
            on += SHORTEST + int(chance.random() * (LONGEST - SHORTEST))
        return made
