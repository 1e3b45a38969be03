"""The elements of the census: which are counted, how each is read, and the columns they feed. Data only."""

from __future__ import annotations

from collections.abc import Mapping
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

# Every one of these, wherever it stands, is kept or in the ledger.
UNITS = (
    "Child", "Disability", "CINdetails", "Assessments", "AssessmentFactors", "CINPlanDates", "Section47",
    "DateOfInitialCPC", "ChildProtectionPlans", "CPPreviewDate", "PreProceedingsandFGDM",
)  # fmt: skip
COUNTED = frozenset(UNITS)
WRAPPERS = frozenset(
    {"ChildIdentifiers", "ChildCharacteristics", "Disabilities", "FactorsIdentifiedAtAssessment", "Reviews"}
)
# The element without which its row is nothing.
REQUIRED = frozenset({
    "LAchildID", "CINreferralDate", "AssessmentActualStartDate", "CINPlanStartDate", "S47ActualStartDate",
    "DateOfInitialCPC", "CPPstartDate", "PPStartDate",
})  # fmt: skip


def element_shown(name: str) -> str:
    """An element's name as a message may show it."""
    return shown_name(name, "an element whose name is not shown")


def _sex(cell: Any) -> Value | Odd:
    """Sex, from 2024-25: M, F or U."""
    plain = text(cell)
    if plain in ("M", "F", "U", None) or isinstance(plain, Odd):
        return plain
    return Odd(None, f"{shown(str(plain))} is not M, F or U", why="unknown_code")


def _gender(cell: Any) -> Value | Odd:
    """GenderCurrent, to 2023-24: 1 male, 2 female, 0 not recorded or unborn, 9 indeterminate."""
    plain = text(cell)
    known = {"1": "M", "2": "F", "0": "U", "9": "U"}
    if plain is None or isinstance(plain, Odd):
        return plain
    return known.get(str(plain)) or Odd(None, f"{shown(str(plain))} is not 0, 1, 2 or 9", why="unknown_code")


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


# The columns that the census supplies.
ROWS: Mapping[str, tuple[str, ...]] = {
    "person": (
        "person_id", "sex", "ethnicity", "dob", "expected_dob", "death_date", "is_disabled", "upn_unknown",
    ),
    "person_disability": ("person_id", "disability"),
    "referral": (
        "person_id", "referral_date", "source_code", "primary_need_code", "nfa", "close_date", "close_reason",
    ),
    "assessment": ("person_id", "start_date", "referral_date", "internal_review_date", "auth_date"),
    "assessment_factor": ("person_id", "start_date", "factor_code"),
    "s47": ("person_id", "start_date", "referral_date", "icpc_target", "icpc_not_required"),
    "icpc": ("person_id", "icpc_date", "s47_start_date", "referral_date", "outcome_cp_plan"),
    "cin_plan": ("person_id", "start_date", "end_date", "referral_date"),
    "cp_plan": (
        "person_id", "start_date", "end_date", "referral_date", "initial_category", "latest_category", "previous_plans",
    ),
    "cp_review": ("person_id", "plan_start_date", "review_date"),
    "pre_proceedings": (
        "person_id", "start_date", "referral_date", "letter_sent_date", "fgdm_offered", "fgdm_facilitated",
        "initial_meeting_date", "review_meetings", "step_decision_date", "outcome", "court_date", "letter_issue_date",
    ),
}  # fmt: skip
