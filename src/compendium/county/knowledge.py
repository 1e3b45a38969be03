"""What was known on a day: the question every delivery answers.

An event is known from the day it was typed in; its end, its authorisation or its correction from
theirs. Nothing else tells one delivery from the next.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from compendium.county import days
from compendium.county.care_leavers import Leaver
from compendium.county.people import NEVER
from compendium.county.records import Care, Case, Contact, Enquiry, Help, MashEnquiry, Missing, Plan, Visit
from compendium.county.world import World


class Knowledge:
    """The world as the case system held it at the close of one day."""

    def __init__(self, world: World, on: int) -> None:
        self.world, self.on = world, on

    def contacts(self, since: int, until: int) -> Iterator[Contact]:
        contacts, on = self.world.front_door.contacts, self.on
        first = bisect_left(contacts, since, key=lambda each: each.day)
        last = bisect_right(contacts, min(until, on), key=lambda each: each.day)
        for contact in contacts[first:last]:
            if contact.known <= on < contact.withdrawn:
                yield contact

    def enquiries(self, since: int, until: int) -> Iterator[MashEnquiry]:
        for enquiry in self.world.front_door.enquiries:
            if since <= enquiry.opened_at[0] <= min(until, self.on) and enquiry.contact.known <= self.on:
                yield enquiry

    def visits(self, since: int, until: int) -> Iterator[Visit]:
        visits, on = self.world.visits, self.on
        first = bisect_left(visits, since, key=lambda each: each.day)
        last = bisect_right(visits, min(until, on), key=lambda each: each.day)
        for visit in visits[first:last]:
            if visit.known <= on:
                yield visit

    def cases(self) -> Iterator[Case]:
        for case in self.world.service.cases:
            if case.known <= self.on:
                yield case

    def closed(self, case: Case) -> int:
        return case.close if case.close_known <= self.on and case.close <= self.on else NEVER

    def in_need_plans(self, case: Case) -> Iterator[tuple[int, int]]:
        """The days on which each began and ended (NEVER while open): a protection plan takes the place of one."""
        begun = case.in_plan
        if not begun or begun >= case.close:
            return
        for plan in case.plans:
            if plan.known > self.on or plan.start > self.on or plan.end <= begun:
                continue
            if begun < plan.start:
                yield begun, plan.start
            begun = self.plan_end(plan)
        if begun <= self.on and begun < (closed := self.closed(case)):
            yield begun, closed

    def plans(self) -> Iterator[Plan]:
        for plan in self.world.service.protection.plans:
            if plan.known <= self.on and plan.start <= self.on:
                yield plan

    def plan_end(self, plan: Plan) -> int:
        return plan.end if plan.end_known <= self.on and plan.end <= self.on else NEVER

    def care(self) -> Iterator[Care]:
        for care in self.world.service.looked_after.periods:
            if care.known <= self.on and care.start <= self.on:
                yield care

    def care_end(self, care: Care) -> int:
        return care.end if care.end_known <= self.on and care.end <= self.on else NEVER

    def helped(self) -> Iterator[Help]:
        for episode in self.world.service.early_help.episodes:
            if episode.known <= self.on:
                yield episode

    def help_end(self, episode: Help) -> int:
        return episode.end if episode.end_known <= self.on and episode.end <= self.on else NEVER

    def missing(self, since: int, until: int) -> Iterator[Missing]:
        for episode in self.world.missing:
            if since <= episode.started_at[0] <= min(until, self.on) and episode.known <= self.on:
                yield episode

    def leavers(self) -> Iterator[Leaver]:
        for leaver in self.world.leavers:
            if leaver.since <= self.on < leaver.until:
                yield leaver

    def conference_day(self, enquiry: Enquiry) -> int:
        """The day of the conference as known; NEVER while none is."""
        conference = enquiry.conference
        if conference is None or conference.known > self.on:
            return NEVER
        held = conference.day_as_known(self.on)
        return held if held <= self.on else NEVER

    def reviews(self, plan: Plan) -> list[int]:
        return [held for held, known in plan.reviews if known <= self.on and held <= self.on]


def months_before(on: int, months: int) -> int:
    """The same day so many months earlier."""
    return days.months_on(on, -months)
