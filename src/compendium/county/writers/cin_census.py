"""The CIN census return of a year: every case open at any time in it, as known in July.

The return is written in the shape of its own year, or of another: the department has added elements and
codes since. What a shape has no place for is left out. What it tells apart and the county does not is
drawn from what else is known: a referral soon after early help came from early help, abuse was by an
adult, and of the cases closed after an assessment those of even days were referred to early help.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from compendium.county import days
from compendium.county.knowledge import Knowledge
from compendium.county.people import NEVER, Child
from compendium.county.records import Assessment, Case, Enquiry, Help, Plan
from compendium.county.world import World
from compendium.county.writers.codes import AUTHORITY, SYNTHETIC

SEX_SINCE, PLANS_SINCE, EARLY_HELP_SINCE, ABUSER_SINCE = 2025, 2022, 2023, 2021  # the first collection year of each
BY_AN_ADULT = {"18A": "18C", "19A": "19C"}
SOON = 28  # days from the end of early help to a referral


def write_census(world: World, year: int, folder: Path, shape: int | None = None) -> Path:
    """cin_census_<year>_<received>.xml, received in the middle of July, in the form of the collection year `shape`."""
    received = days.day(f"{year}-07-14")
    path = folder / f"cin_census_{year}_{days.iso(received)}.xml"
    path.write_text("\n".join(_lines(world, year, received, shape or year)) + "\n", encoding="utf-8")
    return path


def _lines(world: World, year: int, received: int, shape: int) -> list[str]:
    known = Knowledge(world, received)
    first, last = days.day(f"{year - 1}-04-01"), days.day(f"{year}-03-31")
    episodes: dict[Child, list[Case]] = defaultdict(list)
    for case in known.cases():
        if case.day <= last and known.closed(case) >= first:
            for child in case.children:
                episodes[child].append(case)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<!-- {SYNTHETIC} -->",
        "<Message>",
        "<Header><CollectionDetails><Collection>CIN</Collection>"
        f"<Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>",
        f"<Source><SourceLevel>L</SourceLevel><LEA>{AUTHORITY}</LEA><SoftwareCode>Synthetic county</SoftwareCode>"
        f"<Release>1</Release><SerialNo>001</SerialNo><DateTime>{days.iso(received)}T09:30:00Z</DateTime></Source></Header>",
        "<Children>",
    ]
    census = Census(known, first, last, shape)
    for child in sorted(episodes, key=lambda each: each.child_id):
        census.child(lines, child, episodes[child])
    lines += ["</Children>", "</Message>"]
    return lines


class Census:
    """Writes children of one collection year; nothing after its 31 March is in it."""

    def __init__(self, known: Knowledge, first: int, last: int, shape: int) -> None:
        self.known, self.first, self.last, self.shape = known, first, last, shape
        self.helped: dict[str, list[Help]] = defaultdict(list)
        for episode in known.helped():
            for child in episode.children:
                self.helped[child.child_id].append(episode)

    def child(self, lines: list[str], child: Child, cases: list[Case]) -> None:
        unborn = child.born > self.last
        born = f"<ExpectedPersonBirthDate>{days.iso(child.born)}</ExpectedPersonBirthDate>" if unborn else (
            f"<PersonBirthDate>{days.iso(child.born)}</PersonBirthDate>")  # fmt: skip
        gender = "0" if unborn else "1" if child.sex == "M" else "2"
        sex = f"<GenderCurrent>{gender}</GenderCurrent>"
        if self.shape >= SEX_SINCE:
            sex = f"<Sex>{'U' if unborn else child.sex}</Sex>"
        no_pupil_number = "UN1" if child.age(self.last) < 5 else "UN4"
        lines.append(
            f"<Child><ChildIdentifiers><LAchildID>{child.child_id}</LAchildID><UPNunknown>{no_pupil_number}</UPNunknown>"
            f"{born}{sex}</ChildIdentifiers>"
        )
        codes = child.disabilities or ("NONE",)
        disabilities = "".join(f"<Disability>{code}</Disability>" for code in codes)
        lines.append(
            f"<ChildCharacteristics><Ethnicity>{child.ethnicity}</Ethnicity><Disabilities>{disabilities}</Disabilities>"
            "</ChildCharacteristics>"
        )
        for case in cases:
            self.episode(lines, child, case)
        lines.append("</Child>")

    def episode(self, lines: list[str], child: Child, case: Case) -> None:
        closed = self.known.closed(case)
        source, close = case.source, ""
        helped = self.helped[child.child_id] if self.shape >= EARLY_HELP_SINCE else []
        if any(case.day - SOON <= self.known.help_end(each) <= case.day for each in helped):
            source = "5D"
        if closed <= self.last:
            reason = case.reason
            if reason == "RC8" and self.shape >= EARLY_HELP_SINCE and closed % 2 == 0:
                reason = "RC9"
            close = f"<CINclosureDate>{days.iso(closed)}</CINclosureDate><ReasonForClosure>{reason}</ReasonForClosure>"
        lines.append(
            f"<CINdetails><CINreferralDate>{days.iso(case.day)}</CINreferralDate><ReferralSource>{source}</ReferralSource>"
            f"<PrimaryNeedCode>{case.need}</PrimaryNeedCode>{close}"
        )
        for assessment in case.assessments:
            self.assessment(lines, child, assessment)
        for start, end in self.known.in_need_plans(case) if self.shape >= PLANS_SINCE else ():
            if start <= self.last and end >= self.first:
                ended = f"<CINPlanEndDate>{days.iso(end)}</CINPlanEndDate>" if end <= self.last else ""
                lines.append(
                    f"<CINPlanDates><CINPlanStartDate>{days.iso(start)}</CINPlanStartDate>{ended}</CINPlanDates>"
                )
        for enquiry in case.enquiries:
            self.enquiry(lines, enquiry)
        lines.append(f"<ReferralNFA>{int(case.nfa)}</ReferralNFA>")
        for plan in case.plans:
            self.plan(lines, child, plan)
        lines.append("</CINdetails>")

    def assessment(self, lines: list[str], child: Child, made: Assessment) -> None:
        known = self.known
        auth = made.auth if made.auth_known <= known.on else NEVER
        if made.start > self.last or made.known > known.on or auth < self.first:
            return
        done = factors = ""
        if auth <= self.last:
            done = f"<AssessmentAuthorisationDate>{days.iso(auth)}</AssessmentAuthorisationDate>"
            written = BY_AN_ADULT if self.shape >= ABUSER_SINCE else {}
            codes = "".join(
                f"<AssessmentFactors>{written.get(each, each)}</AssessmentFactors>" for each in made.factors_of(child)
            )
            factors = f"<FactorsIdentifiedAtAssessment>{codes}</FactorsIdentifiedAtAssessment>" if codes else ""
        lines.append(
            f"<Assessments><AssessmentActualStartDate>{days.iso(made.start)}</AssessmentActualStartDate>"
            f"<AssessmentInternalReviewDate>{days.iso(made.review)}</AssessmentInternalReviewDate>{done}{factors}</Assessments>"
        )

    def enquiry(self, lines: list[str], enquiry: Enquiry) -> None:
        held = self.known.conference_day(enquiry)
        if (
            enquiry.known > self.known.on
            or enquiry.start > self.last
            or (enquiry.start < self.first and not self.first <= held <= self.last)
        ):
            return
        target = days.iso(days.after(enquiry.start, 15))
        conference = f"<DateOfInitialCPC>{days.iso(held)}</DateOfInitialCPC>" if held <= self.last else ""
        needed = enquiry.conference is not None or enquiry.concluded > self.known.on
        lines.append(
            f"<Section47><S47ActualStartDate>{days.iso(enquiry.start)}</S47ActualStartDate><InitialCPCtarget>{target}</InitialCPCtarget>"
            f"{conference}<ICPCnotRequired>{int(not needed)}</ICPCnotRequired></Section47>"
        )

    def plan(self, lines: list[str], child: Child, plan: Plan) -> None:
        end = self.known.plan_end(plan)
        if plan.start > self.last or plan.known > self.known.on or end < self.first:
            return
        ended = f"<CPPendDate>{days.iso(end)}</CPPendDate>" if end <= self.last else ""
        held = "".join(
            f"<CPPreviewDate>{days.iso(review)}</CPPreviewDate>"
            for review in self.known.reviews(plan)
            if review <= self.last
        )
        reviews = f"<Reviews>{held}</Reviews>" if held else ""
        lines.append(
            f"<ChildProtectionPlans><CPPstartDate>{days.iso(plan.start)}</CPPstartDate>{ended}"
            f"<InitialCategoryOfAbuse>{plan.category}</InitialCategoryOfAbuse><LatestCategoryOfAbuse>{plan.latest}</LatestCategoryOfAbuse>"
            f"<NumberOfPreviousCPP>{plan.earlier.get(child.child_id, 0)}</NumberOfPreviousCPP>"
            f"{reviews}</ChildProtectionPlans>"
        )
