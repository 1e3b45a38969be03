"""The county's case work, month by month: referrals arrive, cases are worked and closed, some come back."""

from __future__ import annotations

import heapq
import math
from functools import cache
from itertools import count

from compendium.county import days, places
from compendium.county.assessments import SINGLE_ASSESSMENT, Assessments
from compendium.county.beginning import Beginning
from compendium.county.calibration import Calibration, yearly
from compendium.county.chance import Course, Mixture, Share, lag, stream
from compendium.county.early_help import EarlyHelp
from compendium.county.looked_after import LookedAfter
from compendium.county.people import NEEDS, NEVER, Child, Family, People
from compendium.county.pressure import Pressure
from compendium.county.protection import Protection
from compendium.county.records import Case
from compendium.county.workforce import Workforce

# Points by which a month's share of re-referrals differs from its year's: they rise through 2016-17, and that
# story is told more plainly than chance would.
RE_REFERRALS = {"2016-04": -1.6, "2016-05": -1.5, "2016-06": -1.4, "2016-07": -1.3, "2016-08": -1.2, "2016-09": -1.0,
                "2016-10": -0.9, "2016-11": 0.4, "2016-12": 1.3, "2017-01": 3.0, "2017-02": 2.2,
                "2017-03": 2.4}  # fmt: skip
SOURCES = {
    "Individual": (("1A", 0.6), ("1B", 0.25), ("1C", 0.08), ("1D", 0.07)), "Schools": (("2A", 1.0),),
    "Education Services": (("2B", 1.0),), "Housing": (("4", 1.0),), "Police": (("6", 1.0),), "Other": (("8", 1.0),),
    "Health Services": (("3A", 0.18), ("3B", 0.22), ("3C", 0.12), ("3D", 0.2), ("3E", 0.18), ("3F", 0.1)),
    "LA Services": (("5A", 0.45), ("5B", 0.35), ("5C", 0.2)), "Other legal agency": (("7", 1.0),),
    "Anonymous": (("9", 1.0),),
}  # fmt: skip
# What an assessment leads to when no enquiry does.
OUTCOMES = Mixture({"assessed": 53.0, "plan": 40.0, "long": 7.0})
# Children a month whose open case is assessed anew.
REASSESSED = {2014: 40, 2015: 72, 2016: 62, 2017: 19, 2018: 20}
REASONS = Mixture({"RC7": 95.0, "RC5": 1.6, "RC6": 0.7})


@cache
def sources(year: int) -> Mixture[str]:
    """Who refers, by the department's codes, as often as the year's published groups say."""
    return Mixture(
        {
            code: yearly(f"referrals from {group}", year) * share
            for group, codes in SOURCES.items()
            for code, share in codes
        }
    )


class Service:
    """One run makes the county's families, cases, plans, care and early help."""

    def __init__(self, seed: int, calibration: Calibration, workforce: Workforce) -> None:
        self.calibration = calibration
        self.chance = stream(seed, "cases")
        self.people = People(stream(seed, "people"))
        self.pressure = Pressure(workforce)
        self.assessments = Assessments(stream(seed, "assessments"), self.pressure)
        self.protection = Protection(stream(seed, "protection"), calibration)
        self.looked_after = LookedAfter(stream(seed, "looked after"), calibration)
        self.early_help = EarlyHelp(stream(seed, "early help"), self.people, calibration.size)
        self.cases: list[Case] = []
        self.recent: list[Family] = []
        self.waiting: list[tuple[int, int, Case]] = []
        self.turn = count()
        self.entering = Course(self._entering, days.WARM_UP)  # children into care, beside the unaccompanied
        self.open_children = 0
        self.to_close = self.to_find_alone = self.re_owed = 0.0
        self.no_action, self.in_care, self.not_in_need = Share(self.chance), Share(self.chance), Share(self.chance)

    def run(self) -> None:
        Beginning(self).open()
        for month in range(days.WARM_UP, days.LAST_MONTH + 1):
            for plan in self.protection.end_plans(month):
                self._settle(plan.case, plan.end, 15, 130)
            for care in self.looked_after.end_periods(month):
                self._settle(care.case, care.end, 10, 700 if care.reason == "E8" else 150)
            self._close(month)
            self.early_help.month(month)
            self._reassess(month)
            self.entering.reach(month)
            self._refer(month)
        self.protection.type_minutes()
        self.protection.review()
        self.looked_after.live()

    # Referrals

    def _refer(self, month: int) -> None:
        """As many children as were referred in the month, day by day; the right share of them once more."""
        wanted = self.calibration.referrals(month)
        year = days.year_ending(month)
        name = f"{month // 12}-{month % 12 + 1:02d}"
        share = self.calibration.share("re_referrals", "referrals", year) + RE_REFERRALS.get(name, 0.0) / 100
        spread = math.sqrt(wanted * share * (1 - share)) / (3 if name in RE_REFERRALS else 1)
        meant = wanted * share + self.re_owed / 6  # half a year to make up for what chance has given or withheld
        again = min(max(round(self.chance.gauss(meant, spread)), 0), wanted)
        self.re_owed += wanted * share - again
        self.to_find_alone += self.looked_after.unaccompanied_in(month)
        slots = sorted(self._slots(month, wanted))
        done = 0
        while done < wanted:
            on = slots[done]
            left = wanted - done
            back = self.chance.random() * left < again
            family = self._returning(on) if back else None
            family = family or self._arriving(on)
            children = family.minors(on)
            known = [child for child in children if on - child.last_referral <= 365]
            children = (known[: max(again, 0)] + [c for c in children if c not in known])[:left] or children[:1]
            again -= sum(1 for child in children if on - child.last_referral <= 365)
            self._open(family, children, on)
            done += len(children)

    def _slots(self, month: int, wanted: int) -> list[int]:
        whole = range(days.first_of(month), days.last_of(month) + 1)
        days_of_month = Mixture({on: 1.0 if days.working(on) else 0.10 for on in whole})
        return [days_of_month.draw(self.chance) for _ in range(wanted)]

    def _returning(self, on: int) -> Family | None:
        """A family with no open case whose last referral was within twelve months."""
        recent = self.recent
        for _ in range(60):
            if not recent:
                return None
            n = int(self.chance.random() * len(recent))
            family = recent[n]
            if family.free_from >= NEVER or on - family.last_referral > 365 or not family.minors(on):
                recent[n] = recent[-1]
                recent.pop()
            elif family.free_from <= on and family.last_referral < on and family.helped_until != NEVER:
                return family
        return None

    def _arriving(self, on: int) -> Family:
        """A family not referred in the last year: new, known from before, or stepping up from early help."""
        if self.to_find_alone >= 1:
            self.to_find_alone -= 1
            return self.people.unaccompanied(on)
        draw = self.chance.random()
        families = self.people.families
        if draw < 0.05 and (family := self.early_help.step_up(on)):
            return family
        if draw < 0.30:
            for _ in range(6):
                family = families[int(self.chance.random() * len(families))]
                if (
                    family.free_from < on - 30
                    and family.helped_until < on
                    and on - family.last_referral > 367
                    and family.minors(on)
                ):
                    return family
        return self.people.family(on)

    def _open(self, family: Family, children: list[Child], on: int) -> Case:
        chance = self.chance
        year = days.year_ending(days.month_of(on))
        alone = children[0].uasc and children[0].last_referral < 0
        source = "8" if alone else self.source(year)
        need = "N8" if alone else NEEDS.draw(chance)
        nfa = not alone and self.no_action.take(
            self.calibration.share("referrals_nfa", "referrals", year), len(children)
        )
        assess, support = self.teams(family, need, on, alone=alone)
        case = Case(family, children, on, on + lag(chance, 0.008, 30), source, need, nfa, assess, support)
        case.stages.append((on, assess))
        self.cases.append(case)
        family.last_referral = on
        for child in children:
            child.last_referral = on
            child.referrals.append(on)
        if nfa:
            case.close, case.close_known, case.reason, case.kind = on, case.known, "RC7", "nfa"
            family.free_from = on
            self.recent.append(family)
            return case
        family.free_from = NEVER
        self.open_children += len(children)
        self._work(case, alone=alone)
        return case

    def source(self, year: int) -> str:
        return sources(year).draw(self.chance)

    def teams(self, family: Family, need: str, on: int, *, alone: bool) -> tuple[str, str]:
        if alone:
            return "CW-U1", "CW-U1"
        on = max(on, places.BEGINNING)
        assess, support = (
            places.standing("assessment", family.area, on),
            places.standing("family_support", family.area, on),
        )
        team = self.chance.choices(assess, [row.posts for row in assess])[0].team_id
        if need == "N2" and self.chance.random() < 0.5:
            return team, "CW-C1" if family.area in ("NE", "NW") else "CW-C2"
        return team, self.chance.choices(support, [row.posts for row in support])[0].team_id

    # The way of a case

    def _work(self, case: Case, *, alone: bool) -> None:
        """Assessment, enquiry, conference, plan, care: decided once, happening on their own days."""
        chance, month = self.chance, days.month_of(case.day)
        made = self.assessments.of(case)
        if made:
            case.assessments.append(made)
        decided = made.auth if made else days.after(case.day, 6 + int(chance.random() * 34))
        worked = self._worked_in(month)
        if not alone:
            self.protection.enquire(case, worked)
        self._take_into_care(case, alone=alone, worked=worked, month=month)
        case.stages.append((decided, case.support_team))
        case.settled = max(decided, *(each.done for each in case.enquiries)) if case.enquiries else decided
        if case.plans:
            case.kind = "protected"
            case.stages[-1] = (min(decided, case.plans[0].start), case.support_team)
        elif case.care:
            case.kind = "care"
        else:
            self._decide(case, decided)
        if made:
            made.in_need = case.kind not in ("assessed", "not_in_need")

    def _worked_in(self, month: int) -> float:
        """Children whose referral is worked on in the month."""
        nfa = self.calibration.share("referrals_nfa", "referrals", days.year_ending(month))
        return self.calibration.referrals(month) * (1 - nfa)

    def _decide(self, case: Case, decided: int) -> None:
        """Nothing more, a plan, or long work; a child about whom there was an enquiry was in need."""
        chance, enquired = self.chance, bool(case.enquiries)
        year = days.year_ending(days.month_of(decided))
        not_in_need = self.calibration.share("referrals_not_in_need", "referrals", year) * 2.1
        outcome = "plan" if enquired and chance.random() < 0.5 else OUTCOMES.draw(chance)
        if case.need == "N2" and chance.random() < 0.6:
            outcome = "long"
        if outcome == "assessed" and case.day >= SINGLE_ASSESSMENT and not enquired:
            outcome = "not_in_need" if self.not_in_need.take(not_in_need, case.size) else outcome
        case.kind = outcome
        if outcome in ("assessed", "not_in_need"):
            self.wait(case, case.settled + int(chance.random() * 8))
            return
        case.in_plan = decided
        length = 45 + int(chance.expovariate(1 / 105)) if outcome == "plan" else 550 + int(chance.random() * 2400)
        if (again := self.protection.again(case, decided)) is not None:
            case.settled = max(case.settled, again.done)
            if case.plans:
                case.kind = "protected"
                return
        self.wait(case, max(decided + length, case.settled))

    def _take_into_care(self, case: Case, *, alone: bool, worked: float, month: int) -> None:
        chance = self.chance
        if alone:
            self.looked_after.begin(case.children[0], case, case.day)
            return
        share = self.entering.ask(month) / worked * (0.9 if not case.plans else 1.9)
        if not self.in_care.take(share, case.size):
            return
        if case.plans:
            start = case.plans[0].start + 20 + int(chance.random() * 150)
            case.plans[0].planned = start + 10 + int(chance.random() * 40)
        else:
            start = case.day + int(min(chance.expovariate(1 / 25), 120))
        for child in case.children:
            if start < child.eighteen() - 30:
                begun = self.looked_after.begin(child, case, start)
                self.entering.count(days.month_of(begun.start), 1)
        team = places.standing("looked_after", case.family.area, max(start, places.BEGINNING))
        case.stages.append((start + 40, team[0].team_id))

    def _entering(self, month: int) -> float:
        return self.looked_after.started_in(month) - self.looked_after.unaccompanied_in(month)

    def _reassess(self, month: int) -> None:
        """Open cases are assessed anew now and then: yearly for a long one, after a change for others."""
        if days.first_of(month) < SINGLE_ASSESSMENT:
            return
        first = days.first_of(month)
        wanted = REASSESSED.get(days.year_ending(month), 40) * self.calibration.size
        ready = [
            case for case in self.cases
            if case.close == NEVER and case.kind in ("plan", "long", "protected", "care") and case.settled <= first
        ]  # fmt: skip
        self.chance.shuffle(ready)
        for case in ready:
            if wanted <= 0:
                return
            on = days.after(first + int(self.chance.random() * 25), 0)
            if not case.assessments or on - case.assessments[-1].start > 120:
                made = self.assessments.begin(case.children, on, case.team_on(on))
                case.assessments.append(made)
                case.settled = max(case.settled, made.auth)
                wanted -= case.size

    # Closing

    def wait(self, case: Case, planned: int) -> None:
        case.planned = planned
        heapq.heappush(self.waiting, (planned, next(self.turn), case))

    def _settle(self, case: Case, on: int, soonest: int, longest: int) -> None:
        """After a plan or care has ended the case may close, some time later."""
        if case.close < NEVER:
            return
        case.settled = max(case.settled if case.settled < NEVER else 0, on)
        if not case.protected() and not case.in_care():
            case.in_plan = case.in_plan or on
            self.wait(case, on + soonest + int(self.chance.random() * (longest - soonest)))

    def _close(self, month: int) -> None:
        """Close the ripest cases, as many as bring the open ones to the year's published number at its end."""
        year, first, last = days.year_ending(month), days.first_of(month), days.last_of(month)
        months_left = 12 - (month - days.month(f"{year - 1}-04"))
        coming = sum(self._worked_in(min(each, days.LAST_MONTH + 1)) for each in range(month, month + months_left))
        aim = self.calibration.year("cin_at_31_march", year)
        self.to_close = (self.open_children + coming - aim) / months_left
        early: list[tuple[int, int, Case]] = []
        while self.waiting and self.to_close > 0:
            ripe = heapq.heappop(self.waiting)
            case = ripe[2]
            if case.close < NEVER or case.protected() or case.in_care() or ripe[0] != case.planned:
                continue
            if case.settled > last:
                early.append(ripe)
                continue
            soonest = max(first, case.settled)
            on = (
                case.planned
                if soonest <= case.planned <= last
                else soonest + int(self.chance.random() * (last - soonest + 1))
            )
            self._end(case, on)
        for each in early:
            heapq.heappush(self.waiting, each)

    def _end(self, case: Case, on: int) -> None:
        chance = self.chance
        case.close, case.close_known = on, on + lag(chance, 0.04, 60)
        case.reason = "RC8" if case.kind == "not_in_need" else self._reason(case)
        case.family.free_from = on
        self.open_children -= case.size
        self.to_close -= case.size
        self.recent.append(case.family)
        if case.kind in ("plan", "protected"):
            self.early_help.step_down(case.family, on)

    def _reason(self, case: Case) -> str:
        ended = {care.reason for care in case.care}
        if ended & {"E11", "E12"}:
            return "RC1"
        if ended & {"E45", "E47"}:
            return "RC4"
        if "E41" in ended:
            return "RC3"
        return REASONS.draw(self.chance)
