"""What was true of the county, in totals, counted straight from its world and never through an indicator.

Each count is naive: it walks everybody and asks one question. `known` is the day as at which it is
asked; what had not been recorded by then is not counted, as no reader of the deliveries could know it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from compendium.county import days, places
from compendium.county.audits import WORSE
from compendium.county.front_door import LIMITS
from compendium.county.knowledge import Knowledge
from compendium.county.people import NEVER
from compendium.county.records import Contact
from compendium.county.world import World
from compendium.county.writers.codes import SYNTHETIC

FIRST_CUT, SECOND_CUT = days.day("2017-02-03"), days.day("2017-03-03")
JANUARY = days.month("2017-01")
SOCIAL_WORK = ("case_holder", "senior_practitioner")
Totals = dict[str, Any]


def truth_of(world: World) -> Totals:
    """The figures behind the board's ten points, as known on 3 March 2017 unless a key says otherwise."""
    truth = Truth(world, SECOND_CUT)
    early = Truth(world, FIRST_CUT)
    return {
        "note": f"{SYNTHETIC}. Totals of the synthetic county, counted from its own world.",
        "seed": world.seed,
        "size": world.calibration.size,
        "as_at": days.iso(SECOND_CUT),
        "contacts": truth.contacts(),
        "contact_decisions": truth.decisions(JANUARY),
        "referrals": truth.referrals(),
        "re_referrals": truth.re_referrals(),
        "conferences_january": {
            days.iso(FIRST_CUT): early.conferences(JANUARY),
            days.iso(SECOND_CUT): truth.conferences(JANUARY),
        },
        "visits_10wd": truth.visits(days.last_of(JANUARY)),
        "caseload": truth.caseload(days.last_of(JANUARY)),
        "cases_and_workers": truth.cases_and_workers(days.last_of(JANUARY)),
        "audits": truth.audits(),
        "posts": {name(month): truth.posts(month) for month in range(JANUARY - 12, JANUARY + 1)},
        "agency_bookings_begun": {name(month): truth.bookings(month) for month in range(JANUARY - 12, JANUARY + 1)},
        "assessments_45wd": {name(month): truth.assessments(month) for month in range(JANUARY - 12, JANUARY + 1)},
        "mash": truth.mash(),
        "early_help": truth.early_help(),
        "children_in_need": truth.children_in_need(days.last_of(JANUARY)),
        "plans_open": truth.plans_open(days.last_of(JANUARY)),
        "looked_after": truth.looked_after(days.last_of(JANUARY)),
        "years": {str(year): Truth(world, days.day(f"{year}-07-14")).year(year) for year in range(2014, 2018)},
    }


def name(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def share(numerator: int, denominator: int) -> Totals:
    percent = round(100 * numerator / denominator, 1) if denominator else None
    return {"numerator": numerator, "denominator": denominator, "percent": percent}


class Truth:
    def __init__(self, world: World, known: int) -> None:
        self.world, self.on = world, known
        self.known = Knowledge(world, known)

    def area(self, team: str, on: int) -> str:
        return places.row_of(team, on).area

    def _contacts(self, month: int) -> Iterator[Contact]:
        return self.known.contacts(days.first_of(month), days.last_of(month))

    def contacts(self) -> Totals:
        """Children named, those with an open case apart."""
        by_month = {name(m): self._count(m) for m in range(days.FIRST_MONTH, JANUARY + 1)}
        januaries = [by_month[f"{year}-01"] for year in range(2013, 2017)]
        by_area: Counter[str] = Counter()
        by_source: Counter[str] = Counter()
        police: Counter[str] = Counter()
        on_open = 0
        for contact in self._contacts(JANUARY):
            children = len(contact.children)
            if contact.on_open_case:
                on_open += children
                continue
            area = self.area(contact.team, contact.day)
            by_area[area] += children
            by_source[contact.source] += children
            police[area] += children if contact.source == "6" else 0
        return {
            "january_2017": by_month["2017-01"],
            "mean_of_four_januaries_before": sum(januaries) / 4,
            "times_usual": round(by_month["2017-01"] / (sum(januaries) / 4), 2),
            "on_open_cases_january_2017": on_open,
            "by_area": dict(sorted(by_area.items())),
            "by_source_code": dict(sorted(by_source.items())),
            "police_by_area": dict(sorted(police.items())),
            "by_month": by_month,
        }

    def _count(self, month: int) -> int:
        return sum(len(contact.children) for contact in self._contacts(month) if not contact.on_open_case)

    def decisions(self, month: int) -> Totals:
        """Within one working day, of those decided or already late."""
        numerator = denominator = 0
        for contact in self._contacts(month):
            if not contact.on_open_case:
                denominator += len(contact.children)
                in_time = contact.decided <= self.on and days.elapsed(contact.day, contact.decided) <= 1
                numerator += len(contact.children) if in_time else 0
        return share(numerator, denominator)

    def referrals(self) -> Totals:
        counts: Counter[int] = Counter()
        for case in self.known.cases():
            counts[days.month_of(case.day)] += case.size
        return {"by_month": {name(m): counts[m] for m in range(days.FIRST_MONTH, JANUARY + 1)}}

    def re_referrals(self) -> Totals:
        """A child's referral within twelve months of the one before, the anniversary included."""
        again: Counter[int] = Counter()
        every: Counter[int] = Counter()
        before: dict[str, int] = {}
        for case in sorted(self.known.cases(), key=lambda each: each.day):
            month = days.month_of(case.day)
            for child in case.children:
                last = before.get(child.child_id)
                every[month] += 1
                again[month] += last is not None and case.day <= days.months_on(last, 12)
                before[child.child_id] = case.day
        return {name(m): share(again[m], every[m]) for m in range(JANUARY - 12, JANUARY + 1)}

    def conferences(self, month: int) -> Totals:
        """Held in the month, as their days are known; in time within 15 working days of the enquiry's start."""
        in_time = held = 0
        for case in self.known.cases():
            for enquiry in case.enquiries:
                day = self.known.conference_day(enquiry)
                if day < NEVER and days.month_of(day) == month and enquiry.known <= self.on:
                    held += case.size
                    in_time += case.size if 0 <= days.elapsed(enquiry.start, day) <= 15 else 0
        return share(in_time, held)

    def visits(self, on: int) -> Totals:
        """Children ten working days or more on a plan, seen in the last ten working days."""
        holders = self._holders(on)
        last_seen: dict[str, int] = {}
        for visit in self.known.visits(0, on):
            if visit.kind == "cp" and visit.seen:
                last_seen[visit.child.child_id] = visit.day
        seen: Counter[str] = Counter()
        due: Counter[str] = Counter()
        not_due = 0
        for plan in self.known.plans():
            if not plan.start <= on < self.known.plan_end(plan):
                continue
            for child in plan.case.children:
                if days.elapsed(plan.start, on) < 10:
                    not_due += 1
                    continue
                # By who holds the child: one child of a family may be with another team than the rest, or with none.
                holder = holders.get(child.child_id)
                area = self.area(holder, on) if holder else places.COUNTYWIDE
                due[area] += 1
                last = last_seen.get(child.child_id, 0)
                seen[area] += last >= plan.start and days.elapsed(last, on) <= 10
        by_area = {area: share(seen[area], due[area]) for area in sorted(due)}
        return {"all": share(sum(seen.values()), sum(due.values())), "not_yet_due": not_due, "by_area": by_area}

    def _holders(self, on: int) -> dict[str, str]:
        """child -> the team of the worker who holds the case."""
        return {
            child.child_id: spell.worker.team
            for spell in self.world.allocation.involvements
            if spell.role == "case_holder" and spell.start <= on < spell.end
            for child in spell.children
        }

    def caseload(self, on: int) -> Totals:
        """Children allocated, over the hours of those who hold at least one."""
        cases: Counter[str] = Counter()
        hours: Counter[str] = Counter()
        seen: set[str] = set()
        for spell in self.world.allocation.involvements:
            if spell.role == "case_holder" and spell.start <= on < spell.end:
                worker = spell.worker
                cases[worker.team] += len(spell.children)
                if worker.worker_id not in seen:
                    seen.add(worker.worker_id)
                    hours[worker.team] += round(worker.fte * 100)
        by_team = {team: {"cases": cases[team], "fte_hundredths": hours[team]} for team in sorted(cases)}
        return {"cases": sum(cases.values()), "fte_hundredths": sum(hours.values()), "by_team": by_team}

    def cases_and_workers(self, on: int) -> Totals:
        """Each area's open cases, by who holds them (nobody: countywide), and the hours of those who hold any."""
        holders = self._holders(on)
        cases = Counter(
            self.area(holders[child], on) if child in holders else "countywide" for child in self._in_need(on)
        )
        hours: Counter[str] = Counter()
        for team, held in self.caseload(on)["by_team"].items():
            hours[self.area(team, on)] += held["fte_hundredths"]
        return {area: {"cases": cases[area], "fte_hundredths": hours[area]} for area in sorted(cases)}

    def audits(self) -> Totals:
        there = [a for a in self.world.audits.audits if days.month_of(a.day) == JANUARY and a.known <= self.on]
        actions = [a for a in self.world.audits.actions if a.agreed <= days.last_of(JANUARY)]
        undone = [a for a in actions if a.done > days.last_of(JANUARY)]
        return {
            "completed": len(there),
            "requires_improvement_or_inadequate": sum(audit.grade in WORSE for audit in there),
            "by_grade": dict(sorted(Counter(audit.grade for audit in there).items())),
            "themes": sorted({audit.theme for audit in there}),
            "sampling": sorted({audit.sampling for audit in there}),
            "voice_of_child_thin": sum(audit.dimensions["voice_of_child"] in WORSE for audit in there),
            "actions_open": len(undone),
            "actions_overdue": sum(a.due < days.last_of(JANUARY) for a in undone),
        }

    def posts(self, month: int) -> Totals:
        """Vacant posts and agency workers at the month's end, FTE in hundredths, by area too."""
        on, force = days.last_of(month), self.world.workforce
        vacant: Counter[str] = Counter()
        agency: Counter[str] = Counter()
        in_post = posts = 0
        for team in sorted({row.team_id for row in places.team_rows() if row.posts and row.stands(on)}):
            funded = round(force.posts(team, month) * 100)
            own = sum(round(w.fte * 100) for w in force.in_post[team] if w.here(on) and w.role in SOCIAL_WORK)
            vacant[self.area(team, on)] += max(0, funded - own)
            agency[self.area(team, on)] += sum(round(w.fte * 100) for w in force.agency[team] if w.here(on))
            in_post, posts = in_post + own, posts + funded
        empty, cover = sum(vacant.values()), sum(agency.values())
        return {
            "posts": posts, "in_post": in_post, "vacant": empty, "agency": cover,
            "vacancy_percent": round(100 * empty / (empty + in_post), 1),
            "agency_percent": round(100 * cover / (cover + in_post), 1),
            "vacant_by_area": dict(sorted(vacant.items())), "agency_by_area": dict(sorted(agency.items())),
        }  # fmt: skip

    def bookings(self, month: int) -> int:
        return sum(days.month_of(w.start) == month for workers in self.world.workforce.agency.values() for w in workers)

    def assessments(self, month: int) -> Totals:
        """Authorised in the month, and of those within 45 working days of their start."""
        in_time: Counter[str] = Counter()
        done: Counter[str] = Counter()
        for case in self.known.cases():
            for made in case.assessments:
                if days.month_of(made.auth) == month and made.auth_known <= self.on:
                    area = self.area(made.team, made.auth)
                    done[area] += case.size
                    in_time[area] += case.size if days.elapsed(made.start, made.auth) <= 45 else 0
        by_area = {area: share(in_time[area], done[area]) for area in sorted(done)}
        return share(sum(in_time.values()), sum(done.values())) | {"by_area": by_area}

    def mash(self) -> Totals:
        """Enquiries closed within the hours of their rating: four months before the hub opened, four since."""
        opened = days.month_of(days.MASH_OPENS)
        return {
            "four_months_before": self._mash(opened - 4, opened - 1),
            "four_months_since": self._mash(opened, opened + 3),
        }

    def _mash(self, first: int, last: int) -> Totals:
        numerator = denominator = 0
        for enquiry in self.known.enquiries(days.first_of(first), days.last_of(last)):
            (day, minute), (closed, at) = enquiry.opened_at, enquiry.closed_at
            children = len(enquiry.contact.children)
            denominator += children
            took = (closed - day) * 1440 + at - minute
            numerator += children if closed <= self.on and took <= LIMITS[enquiry.rating] * 60 else 0
        return share(numerator, denominator)

    def early_help(self) -> Totals:
        last = days.last_of(JANUARY)
        opened = sum(len(e.children) for e in self.known.helped() if e.start <= last < self.known.help_end(e))
        ended = [e for e in self.known.helped() if days.month_of(min(self.known.help_end(e), days.END)) == JANUARY]
        told = [e for e in ended if e.reason and e.reason != "transfer"]
        met = sum(len(e.children) for e in told if e.reason == "needs_met")
        return {"open": opened, "needs_met": share(met, sum(len(e.children) for e in told))}

    def _in_need(self, on: int) -> set[str]:
        cases = (case for case in self.known.cases() if not case.nfa and case.day <= on < self.known.closed(case))
        return {child.child_id for case in cases for child in case.children}

    def children_in_need(self, on: int) -> int:
        return len(self._in_need(on))

    def plans_open(self, on: int) -> int:
        return sum(plan.case.size for plan in self.known.plans() if plan.start <= on < self.known.plan_end(plan))

    def looked_after(self, on: int) -> int:
        return sum(1 for care in self.known.care() if care.start <= on < self.known.care_end(care))

    def year(self, year: int) -> Totals:
        """A financial year as its census return tells it."""
        first, last = days.day(f"{year - 1}-04-01"), days.day(f"{year}-03-31")
        plans = list(self.known.plans())
        return {
            "referrals": sum(case.size for case in self.known.cases() if first <= case.day <= last),
            "plans_started": sum(p.case.size for p in plans if first <= p.start <= last),
            "plans_ended": sum(p.case.size for p in plans if first <= self.known.plan_end(p) <= last),
            "plans_at_31_march": sum(p.case.size for p in plans if p.start <= last < self.known.plan_end(p)),
            "assessments": sum(
                case.size
                for case in self.known.cases()
                for made in case.assessments
                if first <= made.auth <= last and made.auth_known <= self.on
            ),
        }
