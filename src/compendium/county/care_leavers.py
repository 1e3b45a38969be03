"""Young people who have left care: in touch or not, where they live, what they do, as it changes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from compendium.county import days
from compendium.county.chance import Mixture
from compendium.county.people import NEVER, YEAR, Child
from compendium.county.records import Care

ACCOMMODATION = Mixture(
    {
        "U": 34.0,
        "D": 18.0,
        "Z": 14.0,
        "B": 13.0,
        "E": 6.0,
        "T": 4.0,
        "X": 3.0,
        "W": 1.5,
        "S": 1.0,
        "R": 2.0,
        "Y": 3.0,
        "V": 0.5,
    }
)
UNSUITABLE = frozenset("XWSVR")
ACTIVITY = Mixture({"F1": 4.0, "F2": 26.0, "F3": 24.0, "P2": 3.0, "P3": 4.0, "G4": 8.0, "G5": 20.0, "G6": 6.0, "": 5.0})


@dataclass(slots=True, eq=False)
class State:
    since: int
    in_touch: bool
    accommodation: str
    activity: str
    contact: int
    pathway: int

    @property
    def suitable(self) -> bool:
        return self.accommodation not in UNSUITABLE


@dataclass(slots=True, eq=False)
class Leaver:
    child: Child
    since: int
    until: int
    team: str
    states: list[State] = field(default_factory=list)

    def state(self, on: int) -> State | None:
        return next((state for state in reversed(self.states) if state.since <= on), None) if on < self.until else None

    def eligibility(self, on: int) -> str:
        return "former_relevant" if on >= self.child.eighteen() else "relevant"


def leavers_of(periods: list[Care], chance: random.Random) -> list[Leaver]:
    """Everyone who left care at 16 or later, until 21."""
    found: dict[str, Leaver] = {}
    for care in sorted(periods, key=lambda each: each.end):
        child = care.child
        if (
            care.end < NEVER
            and child.age(care.end) >= 16
            and care.end - care.start > 90
            and child.child_id not in found
        ):
            team = "CW-U1" if child.uasc and chance.random() < 0.3 else chance.choice(("CW-V1", "CW-V2"))
            leaver = Leaver(child, care.end, child.born + int(21 * YEAR), team)
            if leaver.until > days.first_of(days.WARM_UP):
                found[child.child_id] = leaver
                _live(leaver, chance)
    return list(found.values())


def _live(leaver: Leaver, chance: random.Random) -> None:
    on, last = leaver.since, min(leaver.until, days.END)
    accommodation, activity = ACCOMMODATION.draw(chance), ACTIVITY.draw(chance)
    pathway = leaver.since - int(chance.random() * 120)
    while on < last:
        in_touch = chance.random() < 0.92
        if on - pathway > 150 and chance.random() < 0.8:
            pathway = on
        if not in_touch and chance.random() < 0.4:
            activity = ""
        elif chance.random() < 0.3:
            activity = ACTIVITY.draw(chance)
        if chance.random() < 0.25:
            accommodation = ACCOMMODATION.draw(chance)
        contact = on - int(chance.random() * (40 if in_touch else 200))
        leaver.states.append(State(on, in_touch, accommodation, activity, max(contact, leaver.since), pathway))
        on += 60 + int(chance.random() * 120)
