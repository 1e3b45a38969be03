"""Section 47 enquiries, initial conferences, child protection plans and their reviews."""

from __future__ import annotations

import heapq
import random
from functools import cache, partial

from compendium.county import days
from compendium.county.calibration import FIRST_YEAR, Calibration, yearly
from compendium.county.chance import Course, Mixture, Share, lag
from compendium.county.people import NEVER
from compendium.county.records import Case, Conference, Enquiry, Plan

CATEGORIES = {"Neglect": "NEG", "Physical": "PHY", "Sexual": "SAB", "Emotional": "EMO", "Multiple": "MUL"}
LENGTHS = Mixture({(40, 95): 19.0, (95, 185): 7.0, (185, 360): 41.0, (360, 725): 27.0, (730, 1000): 6.0})
IN_TIME_DAYS = Mixture({(4, 10): 5.0, (11, 12): 8.0, (13, 14): 40.0, (15, 15): 47.0})
LATE_DAYS = Mixture({(16, 20): 16.0, (21, 35): 84.0})
# Months whose share in time is known to differ from their year's.
IN_TIME = {"2016-10": 0.70, "2016-11": 0.72, "2016-12": 0.80, "2017-01": 0.81, "2017-02": 0.76, "2017-03": 0.70}
JANUARY = days.month("2017-01")
FIRST_CUT = days.day("2017-02-03")
AHEAD = 1.03  # the last of a year's plans fall short by about as much: no share can exceed one
TYPED_LATE, KNOWN_IN_TIME = 0.11, 0.667


@cache
def categories(year: int) -> Mixture[str]:
    """The first category of abuse, as often as published for the year."""
    return Mixture({code: yearly(f"cp_plans_started {name}", year) for name, code in CATEGORIES.items()})


class Protection:
    """What follows when a child may be suffering significant harm."""

    def __init__(self, chance: random.Random, calibration: Calibration) -> None:
        self.chance, self.calibration = chance, calibration
        self.enquired, self.conferred, self.planned = Share(chance), Share(chance), Share(chance, 60)
        self.repeated, self.repeats_owed = Share(chance), 0.0
        self.conferences = Course(partial(calibration.delayed, "icpc"), days.WARM_UP + 1)
        self.begun_in: dict[int, int] = {}  # children's plans begun in a year
        self.timely: dict[int, Share] = {}
        self.later: dict[int, int] = {}  # second enquiries already set for a month
        self.enquiries: list[tuple[int, Enquiry]] = []  # with the number of children
        self.plans: list[Plan] = []
        self.waiting: list[tuple[int, int, Plan]] = []
        self.to_end = 0.0
        self.begun_before = self.ended = 0

    def enquire(self, case: Case, worked: float) -> Enquiry | None:
        """A section 47 enquiry soon after the referral, for as many of the month's children as its figure leaves."""
        month = days.month_of(case.day)
        wanted = self.calibration.monthly("s47", month) - self.later.get(month, 0)
        if not self.enquired.take(wanted / worked, case.size):
            return None
        first = case.day + min(12, int(self.chance.expovariate(1 / 3.5)))
        return self._enquire(case, first)

    def again(self, case: Case, after: int) -> Enquiry | None:
        """For one case in six a second enquiry some months on."""
        if not self.repeated.take(0.155, case.size):
            return None
        start = after + 25 + int(self.chance.random() * 110)
        month = days.month_of(start)
        self.later[month] = self.later.get(month, 0) + case.size
        return self._enquire(case, start)

    def _enquire(self, case: Case, start: int) -> Enquiry:
        chance = self.chance
        start = days.after(start, 0)
        enquiry = Enquiry(start, start + lag(chance, 0.02, 40), case.team_on(start))
        enquiry.concluded = days.after(start, 8 + int(chance.random() * 8)) + lag(chance, 0.03, 40)
        case.enquiries.append(enquiry)
        self.enquiries.append((case.size, enquiry))
        month = days.month_of(start + 28)
        share = self.conferences.ask(month) / self.calibration.monthly("s47", days.month_of(start))
        if not case.plans and self.conferred.take(share, case.size):
            enquiry.conference = self._confer(case, enquiry, days.year_ending(month))
        return enquiry

    def _confer(self, case: Case, enquiry: Enquiry, year: int) -> Conference:
        chance = self.chance
        held = days.after(enquiry.start, self._within(IN_TIME_DAYS))
        month = days.month_of(held)
        timely = self.timely.setdefault(month, Share(chance, 20))
        in_time = timely.take(self._share_in_time(month, year), case.size)
        if not in_time:
            held = days.after(enquiry.start, self._within(LATE_DAYS))
        month = days.month_of(held)
        self.conferences.count(month, case.size)
        plan = self._needed(held, case.size)
        conference = Conference(held, held + lag(chance, 0.04, 60), plan, enquiry.team)
        if in_time and chance.random() < 0.015 and days.month_of(held) != JANUARY:
            self._mistype(conference, conference.day + 20 + int(chance.random() * 25))
        if plan:
            self._plan(case, conference, year)
        return conference

    def _needed(self, held: int, size: int) -> bool:
        """Whether it ends in a plan: as the plans still to start in its year are to the conferences still to come."""
        month = days.month_of(held)
        year = days.year_ending(month)
        begun = self.begun_in.get(year, 0)
        plans = AHEAD * self.calibration.year("cp_plans_started", year) - begun
        part = (days.last_of(month) - held + 1) / (days.last_of(month) - days.first_of(month) + 1)
        following = range(month + 1, days.month(f"{year}-03") + 1)
        conferences = (
            part * self.conferences.wanted(month) + sum(self.conferences.wanted(each) for each in following) + size
        )
        plan = self.planned.take(min(max(plans / conferences, 0.5), 0.97), size)
        self.begun_in[year] = begun + size * plan
        return plan

    def _share_in_time(self, month: int, year: int) -> float:
        name = f"{month // 12}-{month % 12 + 1:02d}"
        published = (yearly("icpc 0-10", year) + yearly("icpc 11-15", year)) / yearly("icpc", year)
        if year == 2017 and name not in IN_TIME:
            return 0.605
        return IN_TIME.get(name, published)

    def type_minutes(self) -> None:
        """January 2017's conferences were entered from their minutes: some weeks late, some under the day of typing.

        Only those held in time were affected: a date that stood out as late was chased at once. By the
        first cut two thirds of those known were in time.
        """
        january = [
            (plan_size, enquiry, enquiry.conference)
            for plan_size, enquiry in self.enquiries
            if enquiry.conference and days.month_of(enquiry.conference.day) == JANUARY
        ]
        held = sum(size for size, _, _ in january)
        in_time = [each for each in january if days.elapsed(each[1].start, each[2].day) <= 15]
        known, well = held, sum(size for size, _, _ in in_time)
        self.chance.shuffle(in_time)
        for _, _, conference in january:
            conference.known = min(conference.known, conference.day + 2)
        for size, enquiry, conference in in_time:
            if known > held * (1 - TYPED_LATE):
                conference.known = FIRST_CUT + 4 + int(self.chance.random() * 20)
                known, well = known - size, well - size
            elif well - size / 2 > known * KNOWN_IN_TIME and self._under_day_of_typing(enquiry, conference):
                well -= size

    def _under_day_of_typing(self, enquiry: Enquiry, conference: Conference) -> bool:
        last = days.last_of(JANUARY)
        if days.elapsed(enquiry.start, last) <= 15:
            return False
        late = days.after(enquiry.start, 16)
        wrong = late + int(self.chance.random() * (last - late + 1))
        self._mistype(conference, FIRST_CUT + 5 + int(self.chance.random() * 18), wrong)
        return True

    def _mistype(self, conference: Conference, corrected: int, wrong: int = 0) -> None:
        conference.wrong_day = wrong or days.after(conference.day, 3 + int(self.chance.random() * 6))
        conference.known = max(conference.known, conference.wrong_day)
        conference.corrected = max(corrected, conference.known + 2)

    def _within(self, of: Mixture[tuple[int, int]]) -> int:
        low, high = of.draw(self.chance)
        return low + int(self.chance.random() * (high - low + 1))

    def _plan(self, case: Case, conference: Conference, year: int) -> None:
        chance = self.chance
        share = self.calibration.share("cp_plans_repeat", "cp_plans_started", year)
        earlier = {}
        for child in case.children:
            before = child.earlier_plans
            self.repeats_owed += share
            if before:
                self.repeats_owed -= 1
            elif self.repeats_owed > chance.random():
                before, self.repeats_owed = 1 + (chance.random() < 0.2), self.repeats_owed - 1
            earlier[child.child_id] = before
            child.earlier_plans = before + 1
        category = categories(year).draw(chance)
        latest = category if chance.random() < 0.94 else chance.choice(("NEG", "EMO", "MUL"))
        low, high = LENGTHS.draw(chance)
        planned = conference.day + low + int(chance.random() * (high - low))
        self.start(case, conference.day, max(conference.known, conference.day + 1), planned, category, latest, earlier)

    def start(
        self, case: Case, day: int, known: int, planned: int, category: str, latest: str, earlier: dict[str, int]
    ) -> Plan:
        plan = Plan(case, day, known, planned, category, latest, case.support_team, earlier)
        case.plans.append(plan)
        self.plans.append(plan)
        heapq.heappush(self.waiting, (planned, len(self.plans), plan))
        return plan

    def end_plans(self, month: int) -> list[Plan]:
        """As many children's plans end in a month as the year's published total allows; the ripest first."""
        self.conferences.reach(month)
        self.to_end += self.calibration.monthly("cp_plans_ended", month) + 0.25 * self._too_many(month)
        first, last = days.first_of(month), days.last_of(month)
        done: list[Plan] = []
        young: list[tuple[int, int, Plan]] = []
        while self.waiting and self.to_end >= self.waiting[0][2].case.size / 2:
            ripe = heapq.heappop(self.waiting)
            plan = ripe[2]
            if plan.start > first - 30:
                young.append(ripe)
                continue
            self._end(plan, first, last)
            self.to_end -= plan.case.size
            self.ended += plan.case.size
            done.append(plan)
        for each in young:
            heapq.heappush(self.waiting, each)
        return done

    def _too_many(self, month: int) -> float:
        """By how many children's plans the open ones exceed the published number, on a straight line between years."""
        begun = sum(
            plan.case.size for plan in self.plans if days.first_of(days.WARM_UP) <= plan.start < days.first_of(month)
        )
        year, gone = days.year_ending(month), (month % 12 - 3) % 12
        if year < FIRST_YEAR:  # nothing is published of the warm-up: it is to end where the history begins
            gone = 0
            year = FIRST_YEAR
        before, after = (
            self.calibration.year("cp_plans_at_31_march", year - 1),
            self.calibration.year("cp_plans_at_31_march", year),
        )
        if year <= FIRST_YEAR:
            before = (
                after - self.calibration.year("cp_plans_started", year) + self.calibration.year("cp_plans_ended", year)
            )
        return self.begun_before + begun - self.ended - (before + (after - before) * gone / 12)

    def _end(self, plan: Plan, first: int, last: int) -> None:
        inside = (
            plan.planned if first <= plan.planned <= last else first + int(self.chance.random() * (last - first + 1))
        )
        plan.end = days.after(inside, 0) if days.after(inside, 0) <= last else inside
        plan.end_known = plan.end + lag(self.chance, 0.03, 60)

    def review(self) -> None:
        """The review conferences of every plan: within three months, then within six, nearly always."""
        chance = self.chance
        for plan in self.plans:
            due, held_before = days.months_on(plan.start, 3), plan.start
            until = min(plan.end, days.END)
            while True:
                late = chance.random() < 0.035
                held = due + 3 + int(chance.random() * 30) if late else due - int(chance.random() * 16)
                held = max(days.after(held, 0), held_before + 20)
                if held > until:
                    break
                plan.reviews.append((held, held + lag(chance, 0.04, 60)))
                held_before, due = held, days.months_on(held, 6)
            if plan.end < NEVER and plan.end <= days.END and plan.end - held_before > 25 and chance.random() < 0.8:
                plan.reviews.append((plan.end, plan.end_known))
