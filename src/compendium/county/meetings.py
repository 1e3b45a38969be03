"""How conferences were held, as their minutes say, and the core groups that meet between them.

In the South East, hard pressed, fewer agencies come and core groups slip, more so from autumn 2016.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from compendium.county import days, places
from compendium.county.chance import Mixture, lag
from compendium.county.people import Child
from compendium.county.records import Case, Conference, Plan

BEGIN = days.day("2015-04-01")  # of the record of core groups
OLD_ENOUGH = 4
NOT_SAID = 0.03  # minutes that do not say whether enough were there
INQUORATE = 0.055  # at an ordinary pressure
FIRST_LATE, LATER_LATE = 0.12, 0.30
AT_FIRST = Mixture({"PN1": 15.0, "PN2": 7.0, "PN3": 1.0, "PN4": 2.0, "PN5": 11.0, "PN6": 30.0, "PN7": 34.0})
AT_REVIEWS = Mixture({"PN1": 20.0, "PN2": 10.0, "PN3": 1.0, "PN4": 3.0, "PN5": 15.0, "PN6": 33.0, "PN7": 18.0})


@dataclass(frozen=True, slots=True)
class Minutes:
    """Of one conference. quorate is None where they do not say; parts: how each child took part, by its id."""

    quorate: bool | None
    parts: dict[str, str]


@dataclass(frozen=True, slots=True)
class CoreGroup:
    plan: Plan
    day: int
    known: int


class Meetings:
    """pressure(area, month) is 1 where work and workers are in balance."""

    def __init__(self, chance: random.Random, pressure: Callable[[str, int], float], cases: Iterable[Case]) -> None:
        self.chance, self.pressure = chance, pressure
        self.first: dict[Conference, Minutes] = {}
        self.reviews: dict[tuple[Plan, int], Minutes] = {}
        self.core_groups: list[CoreGroup] = []
        for case in cases:
            for enquiry in case.enquiries:
                if held := enquiry.conference:
                    self.first[held] = self._minutes(case.children, held.day, held.team, AT_FIRST)
            for plan in case.plans:
                for day, _ in plan.reviews:
                    self.reviews[plan, day] = self._minutes(case.children, day, plan.team, AT_REVIEWS)
                self._meet(plan)
        self.core_groups.sort(key=lambda group: group.day)

    def _minutes(self, children: list[Child], on: int, team: str, parts: Mixture[str]) -> Minutes:
        chance = self.chance
        quorate = None if chance.random() < NOT_SAID else chance.random() > INQUORATE * self._strain(team, on) ** 3
        taken = {child.child_id: parts.draw(chance) for child in children}
        young = {child.child_id: "PN0" for child in children if child.age(on) < OLD_ENOUGH}
        return Minutes(quorate, {**taken, **young})

    def _meet(self, plan: Plan) -> None:
        """Within ten working days of the conference, then every four to six weeks, unless it slips."""
        chance, until = self.chance, min(plan.end, days.END)
        if plan.end < BEGIN:
            return
        if chance.random() < FIRST_LATE * self._strain(plan.team, plan.start) ** 3:
            on = days.after(plan.start, 11 + int(chance.expovariate(1 / 5)))
        else:
            on = days.after(plan.start, 5 + int(chance.random() * 6))
        while on < until:
            if on >= BEGIN:
                self.core_groups.append(CoreGroup(plan, on, on + lag(chance, 0.05, 45)))
            late = chance.random() < LATER_LATE * self._strain(plan.team, on) ** 3
            gap = 43 + int(chance.expovariate(1 / 18)) if late else 26 + int(chance.random() * 14)
            on = days.after(on + gap, 0)

    def _strain(self, team: str, on: int) -> float:
        return self.pressure(places.row_of(team, on).area, days.month_of(on))
