"""Case audits, the practice within them, and what was to be done because of them.

Forty a month, of several themes. In January 2017 all went to assessments: 24 planned, 22 completed,
drawn at random; 18 required improvement or were inadequate, in 14 of them for want of the child's own
view. A workshop followed in March, and an audit of the causes of re-referrals.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from compendium.county import days
from compendium.county.chance import Mixture
from compendium.county.people import NEVER
from compendium.county.records import Case

BEGIN = days.month("2015-04")
A_MONTH = 40
GRADES = Mixture({"outstanding": 2.0, "good": 31.0, "requires_improvement": 54.0, "inadequate": 13.0})
WORSE = ("requires_improvement", "inadequate")
THEMES = Mixture({"assessment": 30.0, "planning": 25.0, "protection": 20.0, "looked_after": 15.0, "front_door": 10.0})
SAMPLING = Mixture({"random": 75.0, "thematic": 15.0, "targeted": 10.0})
AUDITORS = Mixture({"team_manager": 55.0, "quality_assurance": 30.0, "service_manager": 15.0})
DIMENSIONS = ("voice_of_child", "analysis", "planning", "management_oversight", "timeliness")
JANUARY, MARCH = days.month("2017-01"), days.month("2017-03")
JANUARY_GRADES = ["good"] * 4 + ["requires_improvement"] * 15 + ["inadequate"] * 3
THIN_VOICES = 14
ACTIONS = ("Record the child's own view in the assessment", "Complete the chronology", "Manager to review the plan",
           "Update the family's history", "Visit and see the child alone", "Record the manager's decision")  # fmt: skip


@dataclass(slots=True, eq=False)
class Audit:
    audit_id: str
    day: int
    known: int
    case: Case
    child_id: str
    team: str
    theme: str
    auditor: str
    sampling: str
    grade: str
    moderated: str = ""
    reaudit_of: str = ""
    dimensions: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Action:
    action_id: str
    audit_id: str
    team: str
    what: str
    agreed: int
    due: int
    done: int = NEVER


class Audits:
    def __init__(self, chance: random.Random, cases: list[Case], size: float) -> None:
        self.chance, self.size = chance, size
        self.cases = [case for case in cases if case.assessments]
        self.audits: list[Audit] = []
        self.actions: list[Action] = []

    def run(self) -> None:
        for month in range(BEGIN, days.LAST_MONTH + 1):
            first, last = days.first_of(month), days.last_of(month)
            recent = [c for c in self.cases if first - 75 <= c.assessments[-1].auth <= first]
            grades = (
                list(JANUARY_GRADES)
                if month == JANUARY
                else [GRADES.draw(self.chance) for _ in range(self._count(month))]
            )
            self.chance.shuffle(grades)
            for grade in grades:
                self._audit(
                    month,
                    days.after(first + int(self.chance.random() * (last - first - 3)), 0),
                    self.chance.choice(recent),
                    grade,
                )
        self._january_voices()
        for audit in self.audits:
            self._act(audit)
        self._promises()

    def _count(self, month: int) -> int:
        return max(4, round(A_MONTH * max(self.size, 0.1) * self.chance.gauss(1, 0.05)))

    def _audit(self, month: int, on: int, case: Case, grade: str) -> None:
        chance = self.chance
        theme = "assessment" if month == JANUARY else "re_referral" if month == MARCH else THEMES.draw(chance)
        sampling = "random" if month == JANUARY else "thematic" if month == MARCH else SAMPLING.draw(chance)
        team = case.assess_team if theme in ("assessment", "front_door", "re_referral") else case.support_team
        child = chance.choice(case.children)
        made = Audit(f"A{len(self.audits) + 1:05d}", on, on + int(chance.random() * 3), case, child.child_id, team,
                     theme,
                     AUDITORS.draw(chance), sampling, grade)  # fmt: skip
        if month != JANUARY and chance.random() < 0.35:
            made.moderated = grade if chance.random() < 0.8 else GRADES.draw(chance)
        if month > BEGIN + 6 and month not in (JANUARY, MARCH) and chance.random() < 0.08:
            earlier = [each for each in self.audits[-300:-60] if each.grade in WORSE]
            if earlier:
                before = chance.choice(earlier)
                made.reaudit_of, made.case, made.child_id, made.team = (
                    before.audit_id,
                    before.case,
                    before.child_id,
                    before.team,
                )
        worse = grade in WORSE
        for dimension in DIMENSIONS:
            low = chance.random() < ((0.72 if dimension == "voice_of_child" else 0.5) if worse else 0.12)
            made.dimensions[dimension] = (grade if worse else "requires_improvement") if low else "good"
        self.audits.append(made)

    def _january_voices(self) -> None:
        """In 14 of January's 18 the child's own view was missing or thin; in the four good ones it was not."""
        january = [audit for audit in self.audits if days.month_of(audit.day) == JANUARY]
        for n, audit in enumerate(sorted(january, key=lambda each: each.grade not in WORSE)):
            audit.dimensions["voice_of_child"] = audit.grade if n < THIN_VOICES else "good"

    def _act(self, audit: Audit) -> None:
        chance = self.chance
        for _ in range(0 if audit.grade not in WORSE else 1 + (audit.grade == "inadequate")):
            due = audit.day + (7 if audit.grade == "inadequate" else 28 + 14 * int(chance.random() * 4))
            draw = chance.random()
            done = (
                due - int(chance.random() * 12)
                if draw < 0.68
                else due + 5 + int(chance.expovariate(1 / 40))
                if draw < 0.96
                else NEVER
            )
            self._add(audit.audit_id, audit.team, chance.choice(ACTIONS), audit.day + 1, due, done)

    def _promises(self) -> None:
        first = next(audit for audit in self.audits if days.month_of(audit.day) == JANUARY)
        self._add(
            first.audit_id,
            "",
            "Audit the causes of 40 re-referrals",
            days.day("2017-01-10"),
            days.day("2017-03-31"),
            days.day("2017-03-30"),
        )
        self._add(
            first.audit_id,
            "",
            "Practice workshop on the voice of the child",
            days.day("2017-02-09"),
            days.day("2017-03-22"),
            days.day("2017-03-22"),
        )

    def _add(self, audit_id: str, team: str, what: str, agreed: int, due: int, done: int) -> None:
        self.actions.append(Action(f"AC{len(self.actions) + 1:05d}", audit_id, team, what, agreed, due, done))
