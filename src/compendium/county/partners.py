"""What other agencies did: their answers to the hub, their places at strategy discussions, their reports.

Nothing is published about any of it. Assumed: the police answer soonest and health is short of people, most
of all in the South East; schools answer late in August; since the hub opened all sit in one room.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from compendium.county import days
from compendium.county.protection import Protection
from compendium.county.records import Case, Enquiry, MashEnquiry, Plan

BEGIN = days.day("2015-04-01")
ASKED = {"police": 0.92, "health": 0.78, "education": 0.62, "probation": 0.16, "housing": 0.22}
SILENT = {"police": 0.012, "health": 0.085, "education": 0.06, "probation": 0.03, "housing": 0.1}
SOON = {"police": 0.3, "health": 0.82, "education": 0.66, "probation": 0.6, "housing": 0.75}  # of the time taken
INVITED = {"police": 1.0, "health": 0.97, "education": 0.7, "probation": 0.14}
THERE = {"police": 0.92, "health": 0.78, "education": 0.66, "probation": 0.6}
TOGETHER = 0.05  # more of them there since the hub opened
REPORTING = {"health": 0.95, "education": 0.8, "police": 0.9, "probation": 0.18}
IN_TIME = {"health": 0.74, "education": 0.81, "police": 0.69, "probation": 0.77}
NOT_RECORDED = 0.02
A_DAY = 1440  # minutes


@dataclass(frozen=True, slots=True)
class Request:
    """A question of the hub to one agency. answered_at: None when nothing ever came."""

    enquiry: MashEnquiry
    agency: str
    asked_at: tuple[int, int]
    answered_at: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Place:
    """An agency's place at the discussion that began an enquiry. attended: None when not recorded."""

    case: Case
    enquiry: Enquiry
    agency: str
    attended: bool | None


@dataclass(frozen=True, slots=True)
class Report:
    """A report asked of an agency for a conference: the first one of an enquiry, or a review of a plan.

    received: the day it came; 0 when it never did.
    """

    case: Case
    agency: str
    day: int
    known: int
    received: int
    team: str
    enquiry: Enquiry | None = None


class Partners:
    def __init__(
        self, chance: random.Random, enquiries: list[MashEnquiry], cases: list[Case], protection: Protection
    ) -> None:
        self.chance = chance
        self.requests = [request for enquiry in enquiries for request in self._asked(enquiry)]
        self.places = [
            place for case in cases for enquiry in case.enquiries for place in self._discussed(case, enquiry)
        ]
        self.reports = [
            report
            for case in cases
            for enquiry in case.enquiries
            if enquiry.conference
            for report in self._reported(case, enquiry.conference.day, enquiry.conference.known, enquiry.team, enquiry)
        ]
        self.reports += [report for plan in protection.plans for report in self._for_reviews(plan)]

    def _asked(self, enquiry: MashEnquiry) -> Iterator[Request]:
        chance, opened = self.chance, _minutes(enquiry.opened_at)
        took = _minutes(enquiry.closed_at) - opened
        for agency, share in ASKED.items():
            last = agency == enquiry.waited_for
            if not last and chance.random() >= share:
                continue
            asked = opened + min(5 + int(chance.random() * 35), took // 4)
            part = 0.86 + 0.13 * chance.random() if last else 0.04 + SOON[agency] * chance.random()
            answered = max(asked + 1, opened + int(took * part))
            if not last and agency == "education" and days.month_of(enquiry.opened_at[0]) % 12 == 7:
                answered = asked + int(A_DAY * (2 + 3 * chance.random()))
            silent = not last and chance.random() < SILENT[agency]
            yield Request(enquiry, agency, _moment(asked), None if silent else _moment(answered))

    def _discussed(self, case: Case, enquiry: Enquiry) -> Iterator[Place]:
        chance = self.chance
        if enquiry.start < BEGIN:
            return
        for agency, share in INVITED.items():
            if chance.random() >= share:
                continue
            there = THERE[agency] + (TOGETHER if enquiry.start >= days.MASH_OPENS else 0)
            if agency == "health" and case.family.area == "SE":
                there -= 0.12
            attended = chance.random() < there
            yield Place(case, enquiry, agency, None if chance.random() < NOT_RECORDED else attended)

    def _for_reviews(self, plan: Plan) -> Iterator[Report]:
        for held, known in plan.reviews:
            yield from self._reported(plan.case, held, known, plan.team, None)

    def _reported(self, case: Case, day: int, known: int, team: str, enquiry: Enquiry | None) -> Iterator[Report]:
        chance = self.chance
        if day < BEGIN:
            return
        for agency, share in REPORTING.items():
            if chance.random() >= share:
                continue
            if chance.random() < IN_TIME[agency]:
                received = day - 2 - int(chance.random() * 6)
            else:
                received = 0 if chance.random() < 0.4 else day - 1 + int(chance.random() * 4)
            yield Report(case, agency, day, known, received, team, enquiry)


def _minutes(at: tuple[int, int]) -> int:
    return at[0] * A_DAY + at[1]


def _moment(minutes: int) -> tuple[int, int]:
    return divmod(minutes, A_DAY)
