"""The elements of the census: which are counted, how each is read, and the columns they feed. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from compendium.sources.cells import (
    Memo,
    Odd,
    Value,
    code,
    day,
    distant_day,
    flag,
    identifier,
    shown,
    shown_name,
    text,
    whole,
)

# Every one of these, wherever it stands, is kept in its table or in the ledger.
UNITS: Mapping[str, str] = {
    "Child": "person", "Disability": "person_disability", "CINdetails": "referral", "Assessments": "assessment",
    "AssessmentFactors": "assessment_factor", "CINPlanDates": "cin_plan", "Section47": "s47",
    "DateOfInitialCPC": "icpc", "ChildProtectionPlans": "cp_plan", "CPPreviewDate": "cp_review",
    "PreProceedingsandFGDM": "pre_proceedings",
}  # fmt: skip
COUNTED = frozenset(UNITS)
WRAPPERS = frozenset(
    {"ChildIdentifiers", "ChildCharacteristics", "Disabilities", "FactorsIdentifiedAtAssessment", "Reviews"}
)


def element_shown(name: str) -> str:
    """An element's name as a message may show it."""
    return shown_name(name, "an element whose name is not shown")


def _sex(cell: Any) -> Value | Odd:
    """Sex, from 2024-25: M, F or U."""
    plain = text(cell)
    if plain in ("M", "F", "U", None) or isinstance(plain, Odd):
        return plain
    return Odd(None, f"{shown(str(plain), 'MFU')} is not M, F or U", why="unknown_code")


def _gender(cell: Any) -> Value | Odd:
    """GenderCurrent, to 2023-24: 1 male, 2 female, 0 not recorded or unborn, 9 indeterminate."""
    plain = text(cell)
    known = {"1": "M", "2": "F", "0": "U", "9": "U"}
    if plain is None or isinstance(plain, Odd):
        return plain
    return known.get(str(plain)) or Odd(None, f"{shown(str(plain), known)} is not 0, 1, 2 or 9", why="unknown_code")


def _nothing(cell: Any) -> Value | Odd:
    """What is known but not kept: pupil numbers."""
    return None


def leaf_readings() -> dict[str, Memo]:
    """How each element that holds a value is read; what a return repeats is read once."""
    days, births = Memo(day), Memo(distant_day)
    flags, numbers, abuse = Memo(flag), Memo(whole), Memo(code("abuse_category"))
    return {
        "LAchildID": Memo(identifier, keep=False),
        "UPN": Memo(_nothing, keep=False),
        "FormerUPN": Memo(_nothing, keep=False),
        "UPNunknown": Memo(code("upn_unknown")),
        "PersonBirthDate": births,
        "ExpectedPersonBirthDate": births,
        "PersonDeathDate": days,
        "GenderCurrent": Memo(_gender),
        "Sex": Memo(_sex),
        "Ethnicity": Memo(code("ethnicity")),
        "CINreferralDate": days,
        "ReferralSource": Memo(code("referral_source")),
        "PrimaryNeedCode": Memo(code("primary_need")),
        "CINclosureDate": days,
        "ReasonForClosure": Memo(code("closure_reason")),
        "DateOfInitialCPC": days,
        "ReferralNFA": flags,
        "AssessmentActualStartDate": days,
        "AssessmentInternalReviewDate": days,
        "AssessmentAuthorisationDate": days,
        "CINPlanStartDate": days,
        "CINPlanEndDate": days,
        "S47ActualStartDate": days,
        "InitialCPCtarget": days,
        "ICPCnotRequired": flags,
        "CPPstartDate": days,
        "CPPendDate": days,
        "InitialCategoryOfAbuse": abuse,
        "LatestCategoryOfAbuse": abuse,
        "NumberOfPreviousCPP": numbers,
        "PPStartDate": days,
        "LBPSentDate": days,
        "FGDMMeetingOffer": flags,
        "FGDMMeetingFac": flags,
        "InitialPPMeetingDate": days,
        "ReviewMeetingsCount": numbers,
        "StepDecisionDate": days,
        "PPOutcome": Memo(text),
        "CourtAppDate": days,
        "LetterInitCPDate": days,
    }


def listed_readings() -> dict[str, Memo]:
    """How elements are read that stand in lists, and each make a row."""
    return {
        "Disability": Memo(code("disability")),
        "AssessmentFactors": Memo(code("assessment_factor")),
        "CPPreviewDate": Memo(day),
    }


@dataclass(frozen=True)
class Block:
    """A block that makes a row. values: column -> the element that gives it; None: the day of the referral.

    The first element is the one without which there is no row.
    """

    table: str
    values: Mapping[str, str | None]

    @property
    def key(self) -> str:
        return next(element for element in self.values.values() if element)


ROW_BLOCKS: Mapping[str, Block] = {
    "CINdetails": Block("referral", {
        "referral_date": "CINreferralDate", "source_code": "ReferralSource", "primary_need_code": "PrimaryNeedCode",
        "nfa": "ReferralNFA", "close_date": "CINclosureDate", "close_reason": "ReasonForClosure",
    }),
    "Assessments": Block("assessment", {
        "start_date": "AssessmentActualStartDate", "referral_date": None,
        "internal_review_date": "AssessmentInternalReviewDate", "auth_date": "AssessmentAuthorisationDate",
    }),
    "Section47": Block("s47", {
        "start_date": "S47ActualStartDate", "referral_date": None, "icpc_target": "InitialCPCtarget",
        "icpc_not_required": "ICPCnotRequired",
    }),
    "CINPlanDates": Block("cin_plan", {
        "start_date": "CINPlanStartDate", "end_date": "CINPlanEndDate", "referral_date": None,
    }),
    "ChildProtectionPlans": Block("cp_plan", {
        "start_date": "CPPstartDate", "end_date": "CPPendDate", "referral_date": None,
        "initial_category": "InitialCategoryOfAbuse", "latest_category": "LatestCategoryOfAbuse",
        "previous_plans": "NumberOfPreviousCPP",
    }),
    "PreProceedingsandFGDM": Block("pre_proceedings", {
        "start_date": "PPStartDate", "referral_date": None, "letter_sent_date": "LBPSentDate",
        "fgdm_offered": "FGDMMeetingOffer", "fgdm_facilitated": "FGDMMeetingFac",
        "initial_meeting_date": "InitialPPMeetingDate", "review_meetings": "ReviewMeetingsCount",
        "step_decision_date": "StepDecisionDate", "outcome": "PPOutcome", "court_date": "CourtAppDate",
        "letter_issue_date": "LetterInitCPDate",
    }),
}  # fmt: skip

# What is said of a child, in the order of the columns; his or her sex comes before it, from either of two elements.
ABOUT = ("Ethnicity", "PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate", "UPNunknown")
SEXES = ("Sex", "GenderCurrent")
UNKEPT = ("UPN", "FormerUPN")
OF_A_CHILD = frozenset({"LAchildID", *SEXES, *ABOUT, *UNKEPT})

# The columns that the census supplies.
ROWS: Mapping[str, tuple[str, ...]] = {
    "person": (
        "person_id", "sex", "ethnicity", "dob", "expected_dob", "death_date", "upn_unknown", "is_disabled",
    ),
    "person_disability": ("person_id", "disability"),
    "assessment_factor": ("person_id", "start_date", "factor_code"),
    "icpc": ("person_id", "icpc_date", "s47_start_date", "referral_date", "outcome_cp_plan"),
    "cp_review": ("person_id", "plan_start_date", "review_date"),
    **{block.table: ("person_id", *block.values) for block in ROW_BLOCKS.values()},
}  # fmt: skip
# The element without which its row is nothing.
REQUIRED = frozenset({"LAchildID", "DateOfInitialCPC", *(block.key for block in ROW_BLOCKS.values())})
