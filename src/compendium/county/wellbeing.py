"""What the county knows besides of its looked-after children: health, schooling, feelings, and how far they live.

The checks are those that its returns tell of; who made the first one, and why it was late, stands only here.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from compendium.county import days
from compendium.county.chance import Mixture
from compendium.county.people import YEAR
from compendium.county.records import Care, Placement

IN_TIME = 20  # working days
BY_NURSE, REFUSED = 0.03, 0.05
CAUSES = Mixture({"late_notice": 52.0, "health_capacity": 36.0, "other": 12.0})
TERMS = (9, 1, 4)  # the months in which they begin
REVIEWED, REVIEWED_SINCE_2016 = 0.86, 0.79  # of the plans of a term; the virtual school lost two people in September
SCHOOL = (5, 15)
ANSWERED, SCORE, SPREAD = 0.77, 13.9, 6.8
ASKED = (4, 16)
# Miles from home: the middle one, inside the county and beyond.
INSIDE, BEYOND, SCATTER = 7.5, 19.0, 0.75
UNREGISTERED = 0.05  # of placements in private residential homes: found in an emergency


@dataclass(frozen=True, slots=True)
class Check:
    care: Care
    kind: str
    day: int
    refused: bool = False
    by_doctor: bool | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """miles: times 100; None where nobody knows where home was."""

    miles: int | None
    registered: bool


@dataclass
class Wellbeing:
    chance: random.Random
    periods: list[Care]
    checks: list[Check] = field(default_factory=list)
    plans: list[tuple[Care, int]] = field(default_factory=list)
    scores: list[tuple[Care, int, int | None]] = field(default_factory=list)  # a form sent back without a score: None
    homes: dict[int, Home] = field(default_factory=dict)  # by the placement

    def __post_init__(self) -> None:
        for care in self.periods:
            self._check(care)
            self._teach(care)
            self._ask(care)
            for placement in care.placements:
                self.homes[id(placement)] = self._home(care, placement)

    def _check(self, care: Care) -> None:
        chance = self.chance
        for n, on in enumerate(care.health):
            if n or on > care.start + 120:
                self.checks.append(Check(care, "review", on))
                continue
            late = days.elapsed(care.start, on) > IN_TIME
            cause = CAUSES.draw(chance) if late else ""
            self.checks.append(Check(care, "initial", on, by_doctor=chance.random() >= BY_NURSE, cause=cause))
        for on in care.dental:
            self.checks.append(Check(care, "dental", on))
            if chance.random() < REFUSED and on + 20 < min(care.end, days.END):
                self.checks.append(Check(care, "dental", on + 20, refused=True))

    def _teach(self, care: Care) -> None:
        """A plan is made within weeks of coming into care, and reviewed in most terms."""
        chance = self.chance
        until = min(care.end, days.END)
        first = care.start + 8 + int(chance.random() * 18)
        if first < until and SCHOOL[0] <= care.child.age(first) <= SCHOOL[1]:
            self.plans.append((care, days.after(first, 0)))
        for month in range(days.month_of(care.start) + 1, days.month_of(until) + 1):
            if month % 12 + 1 not in TERMS:
                continue
            begins = days.first_of(month)
            share = REVIEWED_SINCE_2016 if begins >= days.day("2016-09-01") else REVIEWED
            on = days.after(begins + 6 + int(chance.random() * 74), 0)
            if chance.random() < share and on < until and SCHOOL[0] <= care.child.age(on) <= SCHOOL[1]:
                self.plans.append((care, on))

    def _ask(self, care: Care) -> None:
        """The form goes out once a year, from the child's first year in care on."""
        chance = self.chance
        on = care.start + 200 + int(chance.random() * 150)
        level = SCORE + chance.gauss(0, SPREAD)
        while on < min(care.end, days.END):
            if ASKED[0] <= care.child.age(on) <= ASKED[1]:
                given = chance.random()
                score = min(40, max(0, round(level + chance.gauss(0, 2.0))))
                if given < ANSWERED:
                    self.scores.append((care, on, score))
                elif given < ANSWERED + 0.06:
                    self.scores.append((care, on, None))
            on += round(YEAR) - 20 + int(chance.random() * 40)

    def _home(self, care: Care, placement: Placement) -> Home:
        chance = self.chance
        middle = BEYOND if placement.outside else INSIDE
        miles = round(100 * middle * math.exp(chance.gauss(0, SCATTER)))
        private = placement.provider == "PR4" and placement.kind in ("K2", "R1")
        registered = not (private and chance.random() < UNREGISTERED)
        if placement.kind == "P1":
            miles = 0
        return Home(None if care.child.uasc else min(miles, 40_000), registered)
