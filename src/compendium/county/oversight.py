"""The plan behind the audits, the deep dives that figures gave cause for, and complaints.

Of January 2017's 24 planned audits two were completed in February: late, and not dropped.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from compendium.county import days
from compendium.county.audits import BEGIN, JANUARY, Audit, Audits
from compendium.county.chance import Mixture
from compendium.county.people import NEVER
from compendium.county.records import Case

LATE = 0.07  # of a month's audits, those that had been planned for the month before
NEVER_MADE = 0.04
LATE_IN_JANUARY = 2
A_MONTH = 11  # complaints at the first stage
LIMITS = {1: (10, 20), 2: (25, 65)}  # working days to answer at a stage, and when extended
ANSWERED_IN_TIME, EXTENDED, WITHDRAWN, GOES_ON = 0.74, 0.16, 0.05, 0.12
THEMES = Mixture({"delay": 27.0, "communication": 31.0, "decision": 24.0, "staff": 13.0, "other": 5.0})
OUTCOMES = Mixture({"not_upheld": 44.0, "partly_upheld": 36.0, "upheld": 20.0})
SERVICES = {"protection": "child_protection", "looked_after": "looked_after", "front_door": "front_door"}


@dataclass(slots=True, eq=False)
class Planned:
    planned_id: str
    due: int
    team: str
    theme: str
    audit: Audit | None = None

    @property
    def completed(self) -> int:
        return self.audit.day if self.audit else NEVER

    @property
    def service(self) -> str:
        return SERVICES.get(self.theme, "children_in_need")


@dataclass(frozen=True, slots=True)
class DeepDive:
    deep_dive_id: str
    commissioned: int
    indicator: str
    edition: str
    question: str
    due: int
    reported: int = NEVER
    finding: str = ""
    what: str = ""  # the action that followed, in the words of the list of actions


@dataclass(slots=True, eq=False)
class Complaint:
    complaint_id: str
    stage: int
    received: int
    responded: int
    withdrawn: int
    extended: bool
    child_id: str
    team: str
    theme: str
    outcome: str


DEEP_DIVES = (
    DeepDive("DD001", days.day("2016-05-16"), "icpc_15wd", "2016-04", "Why are conferences held late?",
             days.day("2016-07-29"), days.day("2016-08-05"), "Minutes and dates were recorded weeks after the day"),
    DeepDive("DD002", days.day("2016-11-14"), "cp_visits_10wd", "2016-10",
             "Which visits are not made, and which are not recorded?", days.day("2017-02-28"),
             days.day("2017-03-10"), "Teams with vacancies miss visits; few are merely unrecorded"),
    DeepDive("DD003", days.day("2017-01-10"), "rereferrals_12m", "2016-12", "Why are children referred again?",
             days.day("2017-03-31"), days.day("2017-03-30"), "Half had closed without a plan for what came next",
             "Audit the causes of 40 re-referrals"),
    DeepDive("DD004", days.day("2017-02-08"), "contacts", "2017-01", "What is in the police notices of January?",
             days.day("2017-04-28"), days.day("2017-04-21"), "Notices of incidents without a child had been sent too"),
)  # fmt: skip


@dataclass
class Oversight:
    chance: random.Random
    audits: Audits
    cases: list[Case]
    size: float
    planned: list[Planned] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    numbered: int = 0

    def __post_init__(self) -> None:
        self._plan()
        for month in range(BEGIN, days.LAST_MONTH + 1):
            self._complain(month)

    def _plan(self) -> None:
        """Every audit that was made had been planned for the end of its month, or of the one before."""
        chance, late_of_january = self.chance, 0
        for audit in self.audits.audits:
            month = days.month_of(audit.day)
            if month == JANUARY + 1 and late_of_january < LATE_IN_JANUARY:
                due, late_of_january = JANUARY, late_of_january + 1
            else:
                due = month - (month not in (BEGIN, JANUARY, JANUARY + 1) and chance.random() < LATE)
            self._add(due, audit.team, audit.theme, audit)
            if due not in (JANUARY, days.LAST_MONTH) and chance.random() < NEVER_MADE:
                self._add(due, audit.team, audit.theme)
        self.planned.sort(key=lambda each: (each.due, each.planned_id))

    def _add(self, month: int, team: str, theme: str, audit: Audit | None = None) -> None:
        due = days.after(days.last_of(month) - 7, 0)
        due = max(due, audit.day) if audit and days.month_of(audit.day) == month else due
        self.planned.append(Planned(f"PA{len(self.planned) + 1:05d}", due, team, theme, audit))

    def _complain(self, month: int) -> None:
        chance, first, last = self.chance, days.first_of(month), days.last_of(month)
        open_cases = [case for case in self.cases if not case.nfa and case.day < first < case.close]
        for _ in range(max(1, round(A_MONTH * self.size * chance.gauss(1, 0.2)))):
            received = days.after(first + int(chance.random() * (last - first)), 0)
            self.numbered += 1
            case = chance.choice(open_cases)
            made = self._stage(1, received, case, THEMES.draw(chance))
            if made.outcome != "upheld" and made.responded < NEVER and chance.random() < GOES_ON:
                again = days.after(made.responded, 5 + int(chance.random() * 15))
                self._stage(2, again, case, made.theme)

    def _stage(self, stage: int, received: int, case: Case, theme: str) -> Complaint:
        chance = self.chance
        extended = chance.random() < EXTENDED
        withdrawn = days.after(received, 4) if stage == 1 and chance.random() < WITHDRAWN else NEVER
        responded = days.after(received, self._took(LIMITS[stage][extended])) if withdrawn == NEVER else NEVER
        child, outcome = chance.choice(case.children).child_id, OUTCOMES.draw(chance)
        team = case.team_on(received)
        made = Complaint(
            f"CO{self.numbered:04d}", stage, received, responded, withdrawn, extended, child, team, theme, outcome
        )
        self.complaints.append(made)
        return made

    def _took(self, limit: int) -> int:
        """Working days to answer."""
        if self.chance.random() < ANSWERED_IN_TIME:
            return 1 + int(self.chance.random() * limit)
        return limit + 1 + int(self.chance.expovariate(1 / 12))
