"""Children looked after: periods, placements, reviews, health, and how care ends."""

from __future__ import annotations

import heapq
import random

from compendium.county import days
from compendium.county.calibration import Calibration
from compendium.county.chance import Mixture, lag
from compendium.county.people import NEVER, YEAR, Child
from compendium.county.records import Care, Case, Placement

# Starts and ends are published from the year ending 2016; before it, the assumed stock falls from 805 to 780.
ASSUMED_STARTED, ASSUMED_CEASED = 430, 436
UNACCOMPANIED = {2012: 45, 2013: 45, 2014: 50, 2015: 62, 2016: 118, 2017: 68, 2018: 60}
STOCK_AT_START, UNACCOMPANIED_AT_START = 825, 95
STAYS = Mixture({(2, 30): 14.0, (30, 180): 22.0, (180, 540): 27.0, (540, 1100): 17.0, (1100, 4500): 20.0})
RESTLESS = Mixture({0.10: 68.0, 0.75: 22.0, 2.6: 10.0})  # moves a year
LEGAL = Mixture({"V2": 38.0, "C1": 30.0, "C2": 30.0, "J1": 2.0})  # at the start; an adoption has its order later
YOUNG_KINDS = Mixture({"U6": 50.0, "U4": 17.0, "U3": 12.0, "U1": 5.0, "K2": 9.0, "P1": 4.0, "R1": 1.0, "S1": 2.0})
OLD_KINDS = Mixture({"U6": 38.0, "U4": 10.0, "H5": 22.0, "P2": 8.0, "K2": 16.0, "U1": 3.0, "P1": 3.0})
PROVIDERS = {"U": (("PR1", 0.62), ("PR4", 1.0)), "K": (("PR4", 0.8), ("PR1", 1.0)), "H": (("PR4", 0.7), ("PR5", 1.0)),
             "P": (("PR0", 1.0),), "A": (("PR1", 1.0),), "R": (("PR4", 1.0),), "S": (("PR5", 1.0),)}  # fmt: skip
END_REASONS = Mixture(
    {"E4A": 30.0, "E4B": 9.0, "E13": 5.0, "E45": 9.0, "E47": 6.0, "E41": 4.0, "E8": 24.0, "E9": 2.0, "E3": 3.0}
)


class LookedAfter:
    def __init__(self, chance: random.Random, calibration: Calibration) -> None:
        self.chance, self.calibration = chance, calibration
        self.periods: list[Care] = []
        self.waiting: list[tuple[int, int, Care]] = []
        self.birthdays: dict[int, list[Care]] = {}
        self.to_end = 0.0
        self.carers = 0

    def started_in(self, month: int) -> float:
        """Children who should begin to be looked after in the month, the unaccompanied among them."""
        year = days.year_ending(month)
        if year < 2016:
            return ASSUMED_STARTED / 12 * self.calibration.size
        return self.calibration.year("cla_started", year) / 12

    def unaccompanied_in(self, month: int) -> float:
        return UNACCOMPANIED[days.year_ending(month)] / 12 * self.calibration.size

    def begin(self, child: Child, case: Case, start: int, *, stay: int = 0) -> Care:
        """An unborn child is looked after from birth: before it the law knows of no care, only of plans."""
        chance, start = self.chance, max(start, child.born)
        low, high = STAYS.draw(chance)
        adult = child.eighteen()
        planned = adult if child.uasc else min(start + (stay or low + int(chance.random() * (high - low))), adult)
        legal = "V2" if child.uasc else LEGAL.draw(chance)
        lasting = planned - start > 900
        if lasting and chance.random() < 0.6:
            legal = "C2"
        plan = "long_term_fostering" if lasting else "return"
        made = Care(child, case, start, start + lag(chance, 0.02, 30), case.need, legal, start, planned, plan)
        made.second_in_year = 0 < start - child.care_until < YEAR
        child.care_until = NEVER
        case.care.append(made)
        self.periods.append(made)
        heapq.heappush(self.waiting, (planned, len(self.periods), made))
        self.birthdays.setdefault(days.month_of(adult), []).append(made)
        return made

    def end_periods(self, month: int) -> list[Care]:
        """Who turns 18 ceases; beside them as many as the year's total allows, the ripest first."""
        year = days.year_ending(month)
        total = ASSUMED_CEASED * self.calibration.size if year < 2016 else self.calibration.year("cla_ceased", year)
        self.to_end += total / 12
        first, last = days.first_of(month), days.last_of(month)
        done: list[Care] = []
        for care in self.birthdays.pop(month, ()):
            if care.end == NEVER:
                self._end(care, care.child.eighteen(), "E8" if self.chance.random() < 0.7 else "E5")
                done.append(care)
        self.to_end -= len(done)
        young = []
        while self.waiting and self.to_end >= 0.5:
            ripe = heapq.heappop(self.waiting)
            care = ripe[2]
            if care.end != NEVER:
                continue
            if care.start > first - 3 or care.child.uasc:
                young.append(ripe)
                continue
            inside = (
                care.planned
                if first <= care.planned <= last
                else first + int(self.chance.random() * (last - first + 1))
            )
            self._end(care, inside, self._reason(care, inside))
            done.append(care)
            self.to_end -= 1
        for each in young:
            heapq.heappush(self.waiting, each)
        return done

    def _reason(self, care: Care, on: int) -> str:
        if care.child.age(on) < 6 and on - care.start > 240 and self.chance.random() < 0.55:
            care.plan = "adoption"
            return "E11" if self.chance.random() < 0.3 else "E12"
        return END_REASONS.draw(self.chance)

    def _end(self, care: Care, on: int, reason: str) -> None:
        care.end, care.reason = max(on, care.start + 1), reason
        care.end_known = care.end + lag(self.chance, 0.03, 45)
        care.child.care_until = care.end

    def live(self) -> None:
        """Placements, reviews and health checks of every period, from its start to its end or the county's."""
        for care in self.periods:
            until = min(care.end, days.END)
            self._place(care, until)
            self._review(care, until)
            for dates, share in ((care.health, 0.92), (care.dental, 0.85)):
                on = care.start + 15 + int(self.chance.random() * 40)
                while on < until:
                    if self.chance.random() < share:
                        dates.append(on)
                    on += 182 if care.child.age(on) < 5 else 365

    def _place(self, care: Care, until: int) -> None:
        chance = self.chance
        hazard = RESTLESS.draw(chance) * (0.8 if care.end - care.start > 900 else 1.15)
        start = care.start
        while start < until or not care.placements:
            end = start + 2 + int(chance.expovariate(hazard) * YEAR)
            kind = self._kind(care, start, min(end, until))
            if chance.random() < 0.03 and end < until - 20:
                kind, end = "T1", start + 1 + int(chance.random() * 8)
            care.placements.append(self._placement(care, start, kind, end))
            start = end
        care.placements[-1].end = care.end
        if care.legal == "V2" and any(placement.kind == "P1" for placement in care.placements):
            care.legal = "C2"  # at home with the parents a child is looked after by order only
        if care.reason == "E45" and care.placements[-1].kind[0] != "U":
            care.reason = "E47"  # a guardian who had not been the foster carer
        if care.reason in ("E11", "E12") and care.end <= days.END:
            self._adopt(care)

    def _kind(self, care: Care, start: int, end: int) -> str:
        age = care.child.age(start)
        if care.child.uasc:
            return "U6" if age < 16 or self.chance.random() < 0.45 else "H5"
        mixture = OLD_KINDS if age >= 16 else YOUNG_KINDS
        kind = mixture.draw(self.chance)
        while age < 10 and kind in ("K2", "S1", "R1"):
            kind = mixture.draw(self.chance)
        return "U4" if end - start > 800 and kind == "U6" and self.chance.random() < 0.5 else kind

    def _placement(self, care: Care, start: int, kind: str, end: int) -> Placement:
        draw = self.chance.random()
        provider = next((code for code, up_to in PROVIDERS.get(kind[0], (("PR4", 1.0),)) if draw <= up_to), "PR4")
        self.carers += 1
        long_term = kind in ("U1", "U4") and care.planned - start > 700
        return Placement(start, kind, provider, f"WC{self.carers:05d}", long_term, self.chance.random() < 0.38, end)

    def _adopt(self, care: Care) -> None:
        """The last months before an adoption order are lived with the adopters."""
        last = care.placements[-1]
        placed = max(last.start + 1, care.end - 120 - int(self.chance.random() * 160))
        if placed < care.end - 10:
            last.end = placed
            care.placements.append(self._placement(care, placed, self.chance.choice(("A5", "A6")), care.end))

    def _review(self, care: Care, until: int) -> None:
        chance, held_before, nth = self.chance, care.start, 0
        due = days.after(care.start, 20) if care.start > days.day("2010-01-05") else care.start + 28
        while True:
            late = chance.random() < 0.07
            held = due + 2 + int(chance.random() * 28) if late else due - int(chance.random() * 9)
            held = max(held, held_before + 5)
            held = days.after(held, 0) if held > days.day("2010-01-05") else held
            if held >= until:
                return
            age = care.child.age(held)
            code = (
                "PN0"
                if age < 4
                else chance.choices(("PN1", "PN2", "PN3", "PN5", "PN6", "PN7"), (45, 4, 8, 8, 28, 7))[0]
            )
            care.reviews.append((held, held + lag(chance, 0.05, 45), code))
            nth += 1
            held_before, due = held, days.months_on(held, 3 if nth == 1 else 6)
