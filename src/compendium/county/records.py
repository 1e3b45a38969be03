"""What happened, and when each part of it became known.

Every `known` is the day on which the case system first held it; a deed that has ended is known as open
until the end is `known` too. A conference typed in under a wrong day carries that day until corrected.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from compendium.county.people import NEVER, Child, Family

LEARNING = frozenset({"LD", "AUT", "BEH", "COMM"})  # disabilities that an assessment names as of learning


@dataclass(slots=True, eq=False)
class Assessment:
    start: int
    known: int
    team: str
    review: int = 0
    auth: int = NEVER
    auth_known: int = NEVER
    in_need: bool = True
    unseen: frozenset[str] = frozenset()
    factors: tuple[str, ...] = ()

    def factors_of(self, child: Child) -> tuple[str, ...]:
        """Those of the family and the child's own disabilities, but for one disabled child in eight: the assessor
        thought of other things."""
        own = {"5A" if code in LEARNING else "6A" for code in child.disabilities if child.born % 8}
        return tuple(sorted({*self.factors, *own}))


@dataclass(slots=True, eq=False)
class Conference:
    day: int
    known: int
    plan: bool
    team: str
    wrong_day: int = 0  # as first typed, until `corrected`
    corrected: int = 0

    def day_as_known(self, on: int) -> int:
        return self.wrong_day if self.wrong_day and on < self.corrected else self.day


@dataclass(slots=True, eq=False)
class Enquiry:
    """A section 47 enquiry about the children of one case."""

    start: int
    known: int
    team: str
    conference: Conference | None = None
    concluded: int = NEVER  # when it is known whether a conference is needed

    @property
    def done(self) -> int:
        """The day by which nothing more is to come of it but a plan: its case stays open until then."""
        return max(self.start + 25, self.conference.day if self.conference else 0)


@dataclass(slots=True, eq=False)
class Plan:
    """A child protection plan for the children of one case."""

    case: Case
    start: int
    known: int
    planned: int
    category: str
    latest: str
    team: str
    earlier: dict[str, int]
    end: int = NEVER
    end_known: int = NEVER
    reviews: list[tuple[int, int]] = field(default_factory=list)  # held, known


@dataclass(slots=True, eq=False)
class Placement:
    start: int
    kind: str
    provider: str
    carer: str
    long_term: bool
    outside: bool
    end: int = NEVER


@dataclass(slots=True, eq=False)
class Care:
    """A child's period of being looked after."""

    child: Child
    case: Case
    start: int
    known: int
    need: str
    legal: str
    legal_since: int
    planned: int
    plan: str
    end: int = NEVER
    end_known: int = NEVER
    reason: str = ""
    placements: list[Placement] = field(default_factory=list)
    reviews: list[tuple[int, int, str]] = field(default_factory=list)  # held, known, participation
    health: list[int] = field(default_factory=list)
    dental: list[int] = field(default_factory=list)
    second_in_year: bool = False


@dataclass(slots=True, eq=False)
class Case:
    """A referral of some children of a family and all that came of it, until closed."""

    family: Family
    children: list[Child]
    day: int
    known: int
    source: str
    need: str
    nfa: bool
    assess_team: str
    support_team: str
    close: int = NEVER
    close_known: int = NEVER
    reason: str = ""
    planned: int = NEVER  # when it would close if someone had the time
    settled: int = NEVER  # the earliest day on which it may close
    in_plan: int = 0  # start of the child in need plan; 0 when there is none
    kind: str = ""
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    care: list[Care] = field(default_factory=list)
    stages: list[tuple[int, str]] = field(default_factory=list)  # from this day with this team

    @property
    def size(self) -> int:
        return len(self.children)

    def protected(self) -> bool:
        return bool(self.plans) and self.plans[-1].end == NEVER

    def in_care(self) -> bool:
        return any(care.end == NEVER for care in self.care)

    def team_on(self, on: int) -> str:
        team = self.assess_team
        for since, name in self.stages:
            if since > on:
                break
            team = name
        return team


@dataclass(slots=True, eq=False)
class Help:
    """An early help episode of a family."""

    family: Family
    children: list[Child]
    start: int
    known: int
    team: str
    organisation: str
    assessed: int
    end: int = NEVER
    end_known: int = NEVER
    reason: str = ""
    stepped_down: bool = False


@dataclass(slots=True, eq=False)
class Contact:
    """One call, letter or notice, about some children of one family."""

    number: int
    family: Family
    children: list[Child]
    day: int
    known: int
    source: str
    outcome: str
    decided: int
    team: str
    on_open_case: bool = False
    domestic_abuse: bool = False
    withdrawn: int = NEVER  # a duplicate, taken out when it was noticed


@dataclass(slots=True, eq=False)
class MashEnquiry:
    contact: Contact
    opened_at: tuple[int, int]  # day, minutes after midnight
    closed_at: tuple[int, int]
    rating: str
    waited_for: str
    team: str


@dataclass(slots=True, eq=False)
class Visit:
    child: Child
    kind: str
    day: int
    known: int
    seen: bool
    alone: bool
    place: str
    team: str
    worker: str = ""


@dataclass(slots=True, eq=False)
class Missing:
    child: Child
    started_at: tuple[int, int]
    ended_at: tuple[int, int]
    known: int
    looked_after: bool
    team: str
    offered_at: tuple[int, int] | None = None
    accepted: bool = False
    held_at: tuple[int, int] | None = None
