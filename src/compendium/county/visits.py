"""Visits to children on plans and in care, each after the last; late ones come of the pressure on their quadrant."""

from __future__ import annotations

import random
from collections.abc import Callable

from compendium.county import days, places
from compendium.county.chance import Mixture, lag
from compendium.county.records import Care, Case, Plan, Visit

BEGIN = days.day("2014-01-01")
IN_TIME_GAPS = Mixture({6: 6.0, 7: 12.0, 8: 22.0, 9: 30.0, 10: 30.0})  # working days
PLACES = Mixture({"home": 80.0, "school": 15.0, "other": 5.0})
MISSED = 0.30  # of child protection visits, at an ordinary pressure


class Visits:
    """pressure(area, month) is 1 where work and workers are in balance; worker(case, day) an id."""

    def __init__(
        self, chance: random.Random, pressure: Callable[[str, int], float], worker: Callable[[Case, int], str]
    ) -> None:
        self.chance, self.pressure, self.worker = chance, pressure, worker
        self.visits: list[Visit] = []

    def protect(self, plan: Plan) -> None:
        """About every ten working days from the conference to the plan's end."""
        chance, on, until = self.chance, max(plan.start, BEGIN - 30), min(plan.end, days.END)
        if plan.end < BEGIN:
            return
        on = days.after(on, 1 + int(chance.random() * 9))
        while on < until:
            self._visit(plan.case, on, "cp")
            pressure = self.pressure(places.row_of(plan.team, on).area, days.month_of(on))
            if chance.random() < min(0.8, MISSED * pressure**4):
                gap = 11 + int(min(chance.expovariate(1 / 6), 30))
            else:
                gap = IN_TIME_GAPS.draw(chance)
            on = days.after(on, gap)

    def support(self, case: Case) -> None:
        """On a child in need plan, about every four weeks, unless there is a protection plan or care."""
        if not case.in_plan or case.close < BEGIN:
            return
        chance, until = self.chance, min(case.close, days.END)
        on = days.after(max(case.in_plan, BEGIN - 30), 1 + int(chance.random() * 19))
        while on < until:
            if not any(plan.start <= on < plan.end for plan in case.plans) and not any(
                c.start <= on < c.end for c in case.care
            ):
                self._visit(case, on, "cin")
            late = chance.random() < 0.24 * self.pressure(places.row_of(case.support_team, on).area, days.month_of(on))
            on = days.after(on, 21 + int(chance.expovariate(1 / 12)) if late else 13 + int(chance.random() * 8))

    def care_for(self, care: Care) -> None:
        """Within a week of each placement, then every six weeks, for a lasting one every three months."""
        if care.end < BEGIN:
            return
        chance, until = self.chance, min(care.end, days.END)
        for placement in care.placements:
            stop = min(placement.end, until)
            on = placement.start + 1 + int(chance.random() * (6 if chance.random() < 0.9 else 14))
            while on < stop:
                if on >= BEGIN - 100:
                    self._visit(care.case, on, "lac", care)
                usual = 80 if placement.long_term and on - placement.start > 365 else 37
                late = chance.random() < 0.13
                on += usual + (8 + int(chance.expovariate(1 / 15)) if late else -int(chance.random() * usual * 0.35))

    def _visit(self, case: Case, on: int, kind: str, care: Care | None = None) -> None:
        """One visit of the worker to the children of a case; now and then nobody opens the door."""
        chance = self.chance
        if on >= days.END:
            return
        if not days.working(on):
            on = days.after(on, 1)
        known = on + lag(chance, 0.035, 45)
        worker, team, home = self.worker(case, on), case.team_on(on), PLACES.draw(chance)
        answered = chance.random() > 0.045
        for child in (care.child,) if care else case.children:
            if child.born > on:
                continue
            seen = answered and chance.random() < 0.985
            alone = seen and child.age(on) >= 3 and chance.random() < 0.75
            self.visits.append(Visit(child, kind, on, known, seen, alone, home, team, worker))
