"""Reviews of child in need plans, and the attendance at school of children on plans or in care, term by term."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from compendium.county import days
from compendium.county.people import Child
from compendium.county.records import Care, Case, Plan

BEGIN = days.day("2014-04-01")
OVERDUE = 0.16  # of reviews, at an ordinary pressure
# The last day of each term, and how many half-days of school it had.
TERMS = {"2014-12-19": 146, "2015-03-27": 112, "2015-07-22": 132, "2015-12-18": 146, "2016-03-24": 110,
         "2016-07-21": 134, "2016-12-16": 146, "2017-03-31": 124}  # fmt: skip
COLLECTED = 10  # days after the end of term
MISSED = {"plan": 0.105, "care": 0.05}  # of half-days, by most children
HARDLY_THERE = {"plan": 0.045, "care": 0.015}  # children who miss half or more


@dataclass(frozen=True, slots=True)
class Review:
    case: Case
    day: int
    known: int


@dataclass(frozen=True, slots=True)
class Attendance:
    child: Child
    term_end: int
    possible: int
    attended: int


def reviews_of(cases: list[Case], chance: random.Random) -> list[Review]:
    """About every ten weeks while a plan runs; one in six late, nearly all of those within five months."""
    made = []
    for case in cases:
        if not case.in_plan or case.close < BEGIN:
            continue
        until, on = min(case.close, days.END), max(case.in_plan, BEGIN - 60)
        while True:
            late = chance.random() < OVERDUE
            on = days.after(on + (86 + int(chance.random() * 60) if late else 42 + int(chance.random() * 40)), 0)
            if on >= until:
                break
            protected = any(plan.start <= on < plan.end for plan in case.plans)
            in_care = any(care.start <= on < care.end for care in case.care)
            if on >= BEGIN and not (protected or in_care):
                made.append(Review(case, on, on + int(chance.random() * 4)))
    return made


def attendance_of(plans: list[Plan], periods: list[Care], chance: random.Random) -> list[Attendance]:
    """One row for each child of school age who had a plan or was looked after on the last day of the term."""
    return [
        each for term, possible in TERMS.items() for each in _term(days.day(term), possible, plans, periods, chance)
    ]


def _term(
    on: int, possible: int, plans: list[Plan], periods: list[Care], chance: random.Random
) -> Iterator[Attendance]:
    there = {
        child.child_id: (child, "plan") for plan in plans if plan.start <= on < plan.end for child in plan.case.children
    }
    there |= {care.child.child_id: (care.child, "care") for care in periods if care.start <= on < care.end}
    for child, group in there.values():
        if not 5 <= child.age(on) <= 15:
            continue
        hardly = chance.random() < HARDLY_THERE[group]
        missed = 0.5 + 0.5 * chance.random() if hardly else min(0.49, chance.expovariate(1 / MISSED[group]))
        yield Attendance(child, on, possible, possible - round(possible * missed))
