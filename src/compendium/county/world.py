"""The whole county, made once: everything that was true, and when each part of it became known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compendium.county import finance, savings
from compendium.county.allocation import Allocation
from compendium.county.audits import Audits
from compendium.county.calibration import Calibration
from compendium.county.care_costs import CareCosts
from compendium.county.care_leavers import Leaver, leavers_of
from compendium.county.chance import stream
from compendium.county.exploitation import Exploitation
from compendium.county.front_door import FrontDoor
from compendium.county.leaver_contacts import LeaverContacts
from compendium.county.meetings import Meetings
from compendium.county.missing import missing_of
from compendium.county.oversight import Oversight
from compendium.county.partners import Partners
from compendium.county.plan_reviews import Attendance, Review, attendance_of, reviews_of
from compendium.county.records import Missing, Visit
from compendium.county.service import Service
from compendium.county.staffing import Staffing
from compendium.county.visits import Visits
from compendium.county.wellbeing import Wellbeing
from compendium.county.workforce import Workforce


@dataclass
class World:
    seed: int
    calibration: Calibration
    workforce: Workforce
    service: Service
    front_door: FrontDoor
    allocation: Allocation
    leavers: list[Leaver]
    visits: list[Visit]
    missing: list[Missing]
    audits: Audits
    spend: list[finance.Spend]
    front_doors: list[finance.Spend]
    partners: Partners
    plan_reviews: list[Review]
    attendance: list[Attendance]
    staffing: Staffing
    oversight: Oversight
    care_costs: CareCosts
    meetings: Meetings
    exploitation: Exploitation
    wellbeing: Wellbeing
    leaver_contacts: LeaverContacts


def make_world(seed: int, size: float = 1.0, progress: Callable[[str], None] = lambda _: None) -> World:
    """The county of a seed. size 1 is the county; tests take a small part of it, by the same rules."""
    calibration = Calibration(size)
    progress("workers and teams")
    workforce = Workforce(stream(seed, "workforce"), size)
    progress("referrals, assessments, plans and care")
    service = Service(seed, calibration, workforce)
    service.run()
    progress("contacts")
    front_door = FrontDoor(stream(seed, "front door"), service)
    front_door.run()
    progress("caseloads and visits")
    leavers = leavers_of(service.looked_after.periods, stream(seed, "care leavers"))
    allocation = Allocation(stream(seed, "allocation"), workforce)
    allocation.run(service.cases, service.early_help.episodes, leavers)
    visits = Visits(stream(seed, "visits"), service.pressure.of_area, allocation.worker_of)
    for plan in service.protection.plans:
        visits.protect(plan)
    for case in service.cases:
        visits.support(case)
    for care in service.looked_after.periods:
        visits.care_for(care)
    visits.visits.sort(key=lambda visit: (visit.day, visit.child.child_id))
    progress("audits and spending")
    audits = Audits(stream(seed, "audits"), service.cases, size)
    audits.run()
    missing = missing_of(service, stream(seed, "missing"))
    spend = finance.spending(workforce, stream(seed, "spend"), size)
    return World(
        seed,
        calibration,
        workforce,
        service,
        front_door,
        allocation,
        leavers,
        visits.visits,
        missing,
        audits,
        spend,
        savings.front_doors(stream(seed, "front doors' cost"), size),
        Partners(stream(seed, "partner agencies"), front_door.enquiries, service.cases, service.protection),
        reviews_of(service.cases, stream(seed, "plan reviews")),
        attendance_of(service.protection.plans, service.looked_after.periods, stream(seed, "school")),
        Staffing(stream(seed, "staffing"), workforce),
        Oversight(stream(seed, "oversight"), audits, service.cases, size),
        CareCosts(stream(seed, "care costs"), service.looked_after.periods, spend),
        Meetings(stream(seed, "meetings"), service.pressure.of_area, service.cases),
        Exploitation(stream(seed, "exploitation"), service.cases, missing, size),
        Wellbeing(stream(seed, "wellbeing"), service.looked_after.periods),
        LeaverContacts(stream(seed, "leaver contacts"), leavers),
    )
