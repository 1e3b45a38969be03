"""Random histories of a few children that keep landing near the boundaries of the counting rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

from compendium.calendar.months import add_months, month_end, month_start
from compendium.record.tables import TABLES
from tests.catalogue.naive.history import History, Row

Choice = TypeVar("Choice")
TEAMS = ("NE1", "NE2", "SE1", "CW1", None)
HOUR = 3600


class Draw:
    """One history about the months that end with `month`; everything falls within three years of it."""

    def __init__(self, rng: Random, month: date, children: int) -> None:
        self.rng, self.month = rng, month
        self.children = [f"C{number:02}" for number in range(children)]

    def one(self, *choices: Choice) -> Choice:
        return self.rng.choice(choices)

    def maybe(self, value: Choice, chance: float = 0.7) -> Choice | None:
        return value if self.rng.random() < chance else None

    def recent(self, months: int = 14) -> date:
        """A day of the last so many months, often the first or last of one."""
        end = month_end(self.month, -self.rng.randrange(months) + 1)
        start = month_start(end)
        return self.one(start, end, start + timedelta(days=self.rng.randrange(28)))

    def after(self, day: date, *spans: int) -> date:
        """About so many days later: a day more, a day less, or exactly."""
        return day + timedelta(days=self.one(*spans) + self.one(-1, 0, 0, 1))

    def months_after(self, day: date, *spans: int) -> date:
        return add_months(day, self.one(*spans)) + timedelta(days=self.one(-1, 0, 0, 1))

    def moment(self, day: date) -> datetime:
        return datetime.combine(day, time()) + timedelta(seconds=self.rng.randrange(24 * HOUR))

    def flag(self) -> int | None:
        return self.one(0, 0, 1, None)

    def each(self, fewest: int, most: int) -> Sequence[str]:
        """Every child, some more than once."""
        return [child for child in self.children for _ in range(self.rng.randint(fewest, most))]

    def history(self) -> History:
        made: dict[str, list[Row]] = {
            "team": self.teams(), "person": self.people(), "contact": self.contacts(), "mash_enquiry": self.mash(),
            "referral": self.referrals(), "early_help_episode": self.early_help(), "assessment": self.assessments(),
            "s47": self.enquiries(), "icpc": self.conferences(), "cp_plan": self.plans(), "involvement": [],
            "lac_period": self.periods(), "care_leaver_status": self.statuses(), "worker": self.workers(),
            "establishment": self.posts(), "audit": self.audits(), "audit_action": self.actions(),
            "missing_episode": self.missing(),
        }  # fmt: skip
        made["involvement"] = self.involvements()
        made["cp_review"] = self.plan_reviews(made["cp_plan"])
        made["placement"] = self.placements(made["lac_period"])
        made["lac_review"] = self.care_reviews(made["lac_period"])
        made["visit"] = self.visits([*made["cp_plan"], *made["placement"]])
        return {table: rows for table, rows in made.items() if rows}

    def teams(self) -> list[Row]:
        moved = month_start(self.month, -2)
        long_ago = date(2010, 1, 1)
        return [
            {"team_id": "NE1", "area_id": "NE", "valid_from": long_ago, "valid_to": None},
            {"team_id": "NE2", "area_id": "NE", "valid_from": long_ago, "valid_to": moved},
            {"team_id": "NE2", "area_id": "SE", "valid_from": moved, "valid_to": None},
            {"team_id": "SE1", "area_id": "SE", "valid_from": long_ago, "valid_to": None},
            {"team_id": "CW1", "area_id": "countywide", "valid_from": long_ago, "valid_to": None},
        ]

    def people(self) -> list[Row]:
        made = []
        for child in self.children:
            turned = add_months(self.month, -12 * self.one(3, 15, 16, 17, 18, 19, 20, 21, 22))
            near = self.one(-100, -31, -1, 0, 0, 1, 31, 100)
            leap = date(self.month.year - self.month.year % 4 - self.one(12, 16, 20), 2, 29)
            born = self.one(turned + timedelta(days=near), turned + timedelta(days=near), leap)
            made.append({"person_id": child, "dob": self.maybe(born, 0.95)})
        return made

    def contacts(self) -> list[Row]:
        made = []
        for child in self.each(1, 4):
            day = self.recent()
            decided = self.maybe(self.after(day, 0, 1, 2, 3, 4), 0.8)
            made.append(
                {"person_id": child, "contact_date": day, "decision_date": decided, "on_open_case": self.flag(),
                 "team_id": self.one(*TEAMS)}
            )  # fmt: skip
        return made

    def mash(self) -> list[Row]:
        made = []
        for number, child in enumerate(self.each(1, 3)):
            opened = self.moment(self.recent())
            spent = self.one(4, 24, 72) * HOUR + self.one(-1, 0, 1, 900)
            made.append(
                {"enquiry_id": str(number), "person_id": child, "opened_on": opened.date(),
                 "opened_at": self.maybe(opened, 0.95), "rating": self.one("red", "amber", "green", None),
                 "closed_at": self.maybe(opened + timedelta(seconds=spent), 0.8), "team_id": self.one(*TEAMS)}
            )  # fmt: skip
        return made

    def referrals(self) -> list[Row]:
        made = []
        for child in self.children:
            day = self.recent(26)
            for _ in range(self.rng.randint(0, 4)):
                closed = self.maybe(self.one(day, self.after(day, 20, 60, 400)), 0.6)
                made.append(
                    {"person_id": child, "referral_date": day, "source_code": self.one("6", "2A", None),
                     "nfa": self.flag(), "close_date": closed}
                )  # fmt: skip
                day = self.one(day, self.months_after(day, 12), self.months_after(day, 3, 12))
        return made

    def early_help(self) -> list[Row]:
        made = []
        for child in self.each(0, 2):
            start = self.recent()
            ended = self.maybe(self.one(self.after(start, 30, 120), self.month), 0.7)
            if ended and ended < start:
                ended = start
            made.append(
                {"person_id": child, "start_date": start, "family_id": self.one("F", "G", "H", None),
                 "end_date": ended, "end_reason": self.one("needs_met", "step_up", "transfer", None)}
            )  # fmt: skip
        return made

    def assessments(self) -> list[Row]:
        made = []
        for child in self.each(0, 3):
            done = self.recent()
            start = done - timedelta(days=self.one(*range(60, 70), 0, -1, 10))
            referred = self.one(start - timedelta(days=self.one(0, 2, 3)), None)
            row = {"person_id": child, "start_date": start, "referral_date": referred,
                   "auth_date": self.maybe(done, 0.75)}  # fmt: skip
            made.append(row)
            if referred and self.rng.random() < 0.3:
                made.append({**row, "start_date": start + timedelta(days=self.one(0, 1, 5))})
        return made

    def enquiries(self) -> list[Row]:
        return [{"person_id": child, "start_date": self.recent(4)} for child in self.each(0, 3)]

    def conferences(self) -> list[Row]:
        made = []
        for child in self.each(0, 2):
            held = self.recent()
            began = held - timedelta(days=self.one(*range(18, 27), 0, -1, 5))
            rows = [self.maybe(began, 0.9), began - timedelta(days=7)][: self.one(1, 1, 1, 2)]
            made += [
                {"person_id": child, "icpc_date": held, "s47_start_date": start,
                 "transfer_in": self.one(0, 0, 0, 1, None)}
                for start in rows
            ]  # fmt: skip
        return made

    def plans(self) -> list[Row]:
        made = []
        for child in self.children:
            start = self.one(self.recent(10), self.month - timedelta(days=self.one(728, 729, 730, 12, 13, 14, 15, 16)))
            for _ in range(self.rng.randint(0, 2)):
                ended = self.maybe(self.one(self.after(start, 60, 91, 400), self.month), 0.5)
                if ended and ended <= start:
                    ended = None
                made.append(
                    {"person_id": child, "start_date": start, "end_date": ended,
                     "previous_plans": self.one(None, None, 0, 0, 1), "other_la": self.one(0, 0, 0, None, 1)}
                )  # fmt: skip
                start = self.one(start, self.after(start, 100, 400), self.after(ended or start, 1, 30))
        return made

    def plan_reviews(self, plans: Sequence[Row]) -> list[Row]:
        made = []
        for plan in plans:
            day = plan["start_date"]
            for span in (self.one(0, 3, 3, 3), 6, 6)[: self.rng.randint(0, 3)]:
                day = self.one(add_months(day, span), self.months_after(day, span), self.after(day, 70))
                made.append({"person_id": plan["person_id"], "plan_start_date": plan["start_date"], "review_date": day})
        return made

    def periods(self) -> list[Row]:
        made = []
        for child in self.children:
            start = self.one(self.recent(8), add_months(self.month, -30) + timedelta(days=self.one(-900, -1, 0, 1)))
            for _ in range(self.rng.randint(0, 2)):
                ended = self.maybe(self.one(self.after(start, 200, 900), self.after(start, 20, 29), self.month), 0.4)
                if ended and ended <= start:
                    ended = None
                made.append(
                    {"person_id": child, "start_date": start, "end_date": ended,
                     "legal_status": self.one("C1", "C2", "V2", None, "V3", "C1")}
                )  # fmt: skip
                if ended is None and self.rng.random() < 0.7:
                    break
                start = ended + timedelta(days=self.one(0, 1, 9)) if ended else self.after(start, 2, 40)
        return made

    def placements(self, periods: Sequence[Row]) -> list[Row]:
        made: dict[tuple[str, date], Row] = {}
        for period in periods:
            day: date | None = period["start_date"]
            for _ in range(self.rng.randint(0, 5)):
                if day is None:
                    break
                kind = self.one("U6", "U4", "P1", "K2", "A5", "A6", "T0", "T1", "T3", "T4")
                length = self.one(0, 1, 7, 7, 21, 21, 42, 42, 300, 725, 731)
                ended = self.maybe(self.after(day, length), 0.8)
                if ended and ended < day:
                    ended = day
                carer = None if kind.startswith("T") else self.one("X", "X", "Y", None)
                made.setdefault(
                    (period["person_id"], day),
                    {"person_id": period["person_id"], "start_date": day, "end_date": ended, "type": kind,
                     "carer_id": carer, "is_long_term": self.flag()},
                )  # fmt: skip
                day = ended if ended is None or self.rng.random() < 0.8 else ended + timedelta(days=2)
        return list(made.values())

    def care_reviews(self, periods: Sequence[Row]) -> list[Row]:
        made = []
        for period in periods:
            day = self.after(period["start_date"], 20, 28, 29, 30)
            for span in (3, 6, 6)[: self.rng.randint(0, 3)]:
                made.append({"person_id": period["person_id"], "review_date": day})
                day = self.one(self.months_after(day, span), self.after(day, 70))
        return made

    def visits(self, subjects: Sequence[Row]) -> list[Row]:
        made = []
        for subject in subjects:
            kind = "lac" if "carer_id" in subject else "cp"
            last = self.month - timedelta(days=self.one(*range(12, 19), 7, 28, 42, 43))
            three_months = add_months(self.month, -3) + timedelta(days=self.one(-1, 0, 1))
            for day in (last, self.after(subject["start_date"], 0, 7, 200), three_months):
                if self.rng.random() < 0.4:
                    made.append(
                        {"person_id": subject["person_id"], "kind": kind, "visit_date": day,
                         "seen": self.one(1, 1, None, 0)}
                    )  # fmt: skip
        return made

    def involvements(self) -> list[Row]:
        made = []
        for child in self.each(0, 4):
            start = self.recent(26)
            ended = self.maybe(self.one(start, self.after(start, 30, 200), self.month), 0.6)
            if ended and ended < start:
                ended = None
            made.append(
                {"person_id": child, "worker_id": self.one("W1", "W2", "W3", "W4"), "team_id": self.one(*TEAMS),
                 "role": self.one("case_holder", "case_holder", "reviewing_officer"), "start_date": start,
                 "end_date": ended}
            )  # fmt: skip
        # One worker is allocated to a child once a day.
        return list({(row["person_id"], row["worker_id"], row["start_date"]): row for row in made}.values())

    def workers(self) -> list[Row]:
        long_ago = date(2010, 1, 1)
        return [
            {"worker_id": worker, "role": "case_holder", "team_id": self.one(*TEAMS),
             "fte_hundredths": self.one(100, 50, 0, None), "start_date": long_ago,
             "end_date": self.one(None, None, self.month)}
            for worker in ("W1", "W2", "W3")
        ]  # fmt: skip

    def statuses(self) -> list[Row]:
        made = {}
        for child in self.each(0, 5):
            day = self.recent(18)
            made[child, day] = {
                "person_id": child, "as_at": day, "eligibility": self.one("former_relevant", "relevant", None),
                "activity": self.one("F1", "P2", "F4", "G4", None), "is_suitable": self.flag(),
                "accommodation": self.one("U", "X", "G", None), "exclusion": self.one(None, None, None, "died"),
                "accommodation_exclusion": self.one(None, None, None, "abroad", "residence_unknown"),
                "team_id": self.one(*TEAMS),
            }  # fmt: skip
        return list(made.values())

    def posts(self) -> list[Row]:
        return [
            {"month_end": month_end(self.month, -back), "team_id": team, "role": self.one("social_worker", "manager"),
             "establishment_hundredths": self.one(None, 1000, 900), "in_post_hundredths": self.one(None, 800, 950),
             "agency_hundredths": self.one(None, 0, 150), "vacancy_hundredths": self.one(None, 0, 100),
             "leavers_hundredths": self.one(None, 0, 100, 50)}
            for back in range(14)
            for team in ("NE1", "NE2", "SE1", "CW1")
        ]  # fmt: skip

    def audits(self) -> list[Row]:
        grades = ("good", "outstanding", "requires_improvement", None)
        return [
            {"audit_id": str(number), "audit_date": self.recent(), "grade": self.one(*grades),
             "moderated_grade": self.one(*grades, None), "team_id": self.one(*TEAMS)}
            for number in range(20)
        ]  # fmt: skip

    def actions(self) -> list[Row]:
        made: list[dict[str, Any]] = []
        for number in range(20):
            agreed = self.recent(4)
            done = self.maybe(self.one(self.after(agreed, 10, 40), self.month), 0.5)
            made.append(
                {"action_id": str(number), "audit_id": "1", "agreed_on": agreed, "team_id": self.one(*TEAMS),
                 "due_date": self.one(None, self.month, self.month - timedelta(days=1), self.after(agreed, 20)),
                 "done_date": done if done and done >= agreed else None}
            )  # fmt: skip
        return made

    def missing(self) -> list[Row]:
        made = []
        for child in self.each(0, 3):
            back = self.moment(self.recent())
            talked = back + timedelta(seconds=72 * HOUR + self.one(-1, 0, 1, -HOUR * 50, -HOUR * 80))
            made.append(
                {"person_id": child, "started_on": back.date() - timedelta(days=1), "ended_at": self.maybe(back, 0.9),
                 "rhi_accepted": self.flag(), "rhi_completed_at": self.maybe(talked, 0.7),
                 "team_id": self.one(*TEAMS)}
            )  # fmt: skip
        return made


def random_history(rng: Random, month: date, children: int = 25) -> History:
    """Every table present, empty where nothing was drawn."""
    drawn = Draw(rng, month, children).history()
    return {table: drawn.get(table, []) for table in TABLES}
