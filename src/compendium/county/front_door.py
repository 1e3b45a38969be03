"""Contacts and MASH enquiries: what reaches the county before it is, or is not, a referral.

Nothing is published about contacts. Assumed: a little over three for each referral, with half of the
referrals' own monthly movement and half of the usual season. From 3 January 2017 the police in the
South East send every domestic abuse notice, graded or not: that is January's spike, and few of them
lead anywhere.
"""

from __future__ import annotations

import random
from collections import defaultdict

from compendium.county import days, places
from compendium.county.chance import Mixture, lag
from compendium.county.people import NEVER, Child, Family
from compendium.county.records import Case, Contact, MashEnquiry
from compendium.county.service import Service

PER_REFERRAL = 3.15
ON_OPEN_CASES = 0.125
SOURCES = Mixture({"6": 36.0, "2A": 17.0, "3A": 3.0, "3B": 3.5, "3C": 2.0, "3D": 3.0, "3E": 3.0, "3F": 1.5,
                   "1A": 6.0, "1B": 2.5, "1D": 1.0,
                   "5A": 4.5, "5B": 4.0, "5C": 1.5, "2B": 1.5, "4": 1.5, "7": 3.0, "8": 4.0, "9": 2.0})  # fmt: skip
OUTCOMES = Mixture({"nfa": 55.0, "advice": 45.0})
NOTICES = {"2017-01": 2620, "2017-02": 820, "2017-03": 430, "2017-04": 190, "2017-05": 90}  # beyond the usual ones
NOTICES_BEGIN = days.day("2017-01-03")
ENQUIRIES_BEGIN = days.day("2015-04-01")
RATINGS = {
    "referral": Mixture({"red": 11.0, "amber": 52.0, "green": 37.0}),
    "": Mixture({"red": 1.5, "amber": 25.0, "green": 73.5}),
}
LIMITS = {"red": 4, "amber": 24, "green": 72}  # hours
IN_TIME_BEFORE = {"red": 0.80, "amber": 0.66, "green": 0.70}  # four front doors, each asking every partner
IN_TIME_SINCE = {"red": 0.90, "amber": 0.82, "green": 0.86}
PARTNERS = Mixture({"police": 34.0, "health": 31.0, "education": 18.0, "probation": 9.0, "housing": 8.0})


class FrontDoor:
    def __init__(self, chance: random.Random, service: Service) -> None:
        self.chance, self.service = chance, service
        self.calibration = service.calibration
        self.contacts: list[Contact] = []
        self.enquiries: list[MashEnquiry] = []
        self.cases: dict[int, list[Case]] = defaultdict(list)
        self.spans: dict[int, list[Case]] = defaultdict(list)

    def run(self) -> None:
        for case in self.service.cases:
            self.cases[days.month_of(case.day)].append(case)
            if not case.nfa:
                self.spans[case.family.number].append(case)
        helped = defaultdict(list)
        for episode in self.service.early_help.episodes:
            helped[days.month_of(episode.start)].append(episode)
        for month in range(days.FIRST_MONTH, days.LAST_MONTH + 1):
            first = days.first_of(month)
            made = [self._of_case(case) for case in self.cases[month]]
            made += [
                self._call(episode.family, episode.children, self._before(episode.start, first), "early_help")
                for episode in helped[month]
                if not episode.stepped_down
            ]
            made += self._others(month, sum(len(contact.children) for contact in made))
            made += self._on_open(month)
            made += self._notices(month)
            made += self._twice(made)
            self.contacts += sorted(made, key=lambda contact: contact.day)
        for number, contact in enumerate(self.contacts, 1):
            contact.number = number
        self._enquire()

    def _of_case(self, case: Case) -> Contact:
        made = self._call(case.family, case.children, case.day, "referral", case.source)
        made.known = min(made.known, case.known)
        return made

    def _before(self, on: int, first: int) -> int:
        return max(first, on - int(self.chance.random() * 8))

    def _call(self, family: Family, children: list[Child], on: int, outcome: str, source: str = "") -> Contact:
        chance = self.chance
        source = source or SOURCES.draw(chance)
        decided = on if outcome == "referral" and chance.random() < 0.6 else days.after(on, self._wait(on))
        away = chance.random() < 0.034
        team = "CW-X1" if away and on < days.MASH_OPENS else "CW-M1" if away else places.front_door(family.area)
        abuse = chance.random() < (0.55 if source == "6" else 0.12)
        return Contact(
            0, family, children, on, on + lag(chance, 0.006, 60), source, outcome, decided, team, False, abuse
        )

    def _wait(self, on: int) -> int:
        """Working days to a decision: 0 or 1 for six in seven; in a month of too many, rather fewer."""
        pressed = days.month_of(on) == days.month("2017-01")
        if self.chance.random() < (0.77 if pressed else 0.86):
            return int(self.chance.random() < 0.45)
        return 2 + int(self.chance.expovariate(1 / 2))

    def _others(self, month: int, already: int) -> list[Contact]:
        """Everyone else: nothing further, or advice."""
        calibration, chance = self.calibration, self.chance
        level = calibration.year_of_referrals(days.year_ending(month)) / 12 * calibration.season(month % 12)
        wanted = PER_REFERRAL * (0.45 * calibration.referrals(month) + 0.55 * level) * chance.gauss(1, 0.03)
        slots = self._days(month)
        made, total = [], already
        while total < wanted:
            on = slots.draw(chance)
            family = self._family(on)
            children = family.minors(on)
            if chance.random() < 0.45:
                children = children[: 1 + int(chance.random() * len(children))]
            made.append(self._call(family, children, on, OUTCOMES.draw(chance)))
            total += len(children)
        return made

    def _days(self, month: int, since: int = 0) -> Mixture[int]:
        whole = range(max(days.first_of(month), since), days.last_of(month) + 1)
        return Mixture({on: 1.0 if days.working(on) else 0.18 for on in whole})

    def _family(self, on: int, area: str | None = None) -> Family:
        """More than half are known from before; none has an open case that day."""
        families, chance = self.service.people.families, self.chance
        if chance.random() < 0.56:
            for _ in range(12):
                family = families[int(chance.random() * len(families))]
                if (not area or family.area == area) and family.minors(on) and not self._open(family, on):
                    return family
        return self.service.people.family(on, area=area)

    def _open(self, family: Family, on: int) -> Case | None:
        return next((case for case in self.spans.get(family.number, ()) if case.day <= on < case.close), None)

    def _on_open(self, month: int) -> list[Contact]:
        """Contacts about children whose case is open already go to it."""
        chance, made = self.chance, []
        wanted = ON_OPEN_CASES * PER_REFERRAL * self.calibration.referrals(month)
        slots = self._days(month)
        recent = [case for there in range(month - 14, month) for case in self.cases.get(there, ()) if not case.nfa]
        while wanted > 0 and recent:
            on = slots.draw(chance)
            case = recent[int(chance.random() * len(recent))]
            if not case.day < on < case.close:
                wanted -= 0.02
                continue
            contact = self._call(case.family, case.children, on, "existing_case")
            contact.on_open_case = True
            made.append(contact)
            wanted -= case.size
        return made

    def _notices(self, month: int) -> list[Contact]:
        """The domestic abuse notices of the South East's police, beyond those graded as before."""
        name = f"{month // 12}-{month % 12 + 1:02d}"
        wanted = NOTICES.get(name, 0) * self.calibration.size
        if not wanted:
            return []
        slots = self._days(month, NOTICES_BEGIN)
        made = []
        while wanted > 0:
            on = slots.draw(self.chance)
            family = self._family(on, "SE")
            contact = self._call(family, family.minors(on), on, "nfa" if self.chance.random() < 0.8 else "advice", "6")
            contact.team, contact.domestic_abuse = places.front_door("SE"), True
            made.append(contact)
            wanted -= len(contact.children)
        return made

    def _twice(self, made: list[Contact]) -> list[Contact]:
        """One in three hundred is typed in twice, until somebody notices."""
        twice = []
        for contact in made:
            if contact.outcome != "referral" and self.chance.random() < 1 / 300:
                again = Contact(0, contact.family, contact.children, contact.day, contact.known + 1, contact.source,
                                contact.outcome, contact.decided, contact.team, contact.on_open_case,
                                contact.domestic_abuse)  # fmt: skip
                again.withdrawn = again.known + 4 + int(self.chance.random() * 45)
                twice.append(again)
        return twice

    # The MASH, and before it each quadrant's front door

    def _enquire(self) -> None:
        chance = self.chance
        for contact in self.contacts:
            if contact.day < ENQUIRIES_BEGIN or contact.on_open_case or contact.withdrawn < NEVER:
                continue
            share = 0.62 if contact.outcome == "referral" else 0.45 if contact.domestic_abuse else 0.2
            if chance.random() < share:
                self.enquiries.append(self._enquiry(contact))

    def _enquiry(self, contact: Contact) -> MashEnquiry:
        chance = self.chance
        central = contact.day >= days.MASH_OPENS
        rating = RATINGS.get(contact.outcome, RATINGS[""]).draw(chance)
        share = (IN_TIME_SINCE if central else IN_TIME_BEFORE)[rating]
        if days.month_of(contact.day) == days.month("2017-01"):
            share -= 0.07
        if contact.team[:2] == "SE" and not central:
            share -= 0.05
        limit = LIMITS[rating] * 60
        took = (
            limit * (0.15 + 0.83 * chance.random())
            if chance.random() < share
            else limit * (1.05 + chance.expovariate(1.3))
        )
        opened = (contact.day, 540 + int(chance.random() * 510))
        minutes = opened[1] + int(took)
        closed = (opened[0] + minutes // 1440, minutes % 1440)
        team = "CW-M1" if central else contact.team
        return MashEnquiry(contact, opened, closed, rating, PARTNERS.draw(chance), team)
