"""The elements of the workforce census: how each is read, and the columns they feed. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from compendium import words
from compendium.sources.cells import (
    Memo,
    Odd,
    Reading,
    Value,
    code,
    distant_day,
    flag,
    hundredths,
    identifier,
    millionths,
    shown,
    text,
    whole,
)

Readings = dict[str, tuple[str, Memo]]  # element -> the column it feeds and how it is read

# Known, and not kept: who a worker is. Sex is Sex, GenderCurrent or Gender, by the year.
NOT_KEPT = frozenset({
    "PersonBirthDate", "GenderCurrent", "Gender", "Sex", "Ethnicity", "QualInst", "QualLevel", "StepUpGrad",
    "FrontlineGrad", "ContractWeeks",
})  # fmt: skip
ROLES = {
    "1": "senior_manager", "2": "middle_manager", "3": "first_line_manager", "4": "senior_practitioner",
    "5": "case_holder", "6": "qualified_without_cases",
}  # fmt: skip
STAGES = {"1": 1, "2": 0, "3": 0, "4": 0}  # of a career: 1 is the assessed and supported year in employment
FULL_TIME = 1_000_000

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "workforce_return": ("as_at", "vacancies_hundredths", "agency_hundredths", "agency_headcount"),
    "worker_return": (
        "worker_id", "as_at", "is_agency", "role", "fte_millionths", "start_date", "end_date", "origin", "destination",
        "leaving_reason", "cases", "cases_fte_millionths", "days_lost_hundredths", "is_absent", "absence_reason",
        "is_asye",
    ),
}  # fmt: skip


def of_the_authority() -> Readings:
    return {
        "NumberOfVacancies": ("vacancies_hundredths", Memo(_amount(hundredths))),
        "NoAgencyFTE": ("agency_hundredths", Memo(_amount(hundredths))),
        "NoAgencyHeadcount": ("agency_headcount", Memo(_amount(whole))),
    }


def of_a_worker() -> Readings:
    days, flags, hours = Memo(distant_day), Memo(flag), Memo(_hours)
    return {
        "SWENo": ("swe_number", Memo(identifier, keep=False)),
        "AgencyWorker": ("is_agency", flags),
        "OrgRole": ("role", Memo(_role)),
        "FTE": ("fte_millionths", hours),
        "RoleStartDate": ("start_date", days),
        "RoleEndDate": ("end_date", days),
        "StartOrigin": ("origin", Memo(code("worker_origin"))),
        "LeaverDestination": ("destination", Memo(code("worker_destination"))),
        "ReasonLeave": ("leaving_reason", Memo(code("worker_leaving_reason"))),
        "Cases30": ("cases", Memo(_amount(whole))),
        "FTE30": ("cases_fte_millionths", hours),
        "WorkingDaysLost": ("days_lost_hundredths", Memo(_amount(hundredths))),
        "Absat30Sept": ("is_absent", flags),
        "ReasonAbsence": ("absence_reason", Memo(code("worker_absence"))),
        "CFKSSstatus": ("is_asye", Memo(_stage)),
    }


def _amount(reading: Reading) -> Reading:
    """The same, of what cannot be less than nothing."""

    def read(cell: Any) -> Value | Odd:
        value = reading(cell)
        return Odd(None, "it is less than nothing") if isinstance(value, int) and value < 0 else value

    return read


def _hours(cell: Any) -> Value | Odd:
    """Full-time equivalents to six decimals: more are rounded, and more than one whole post is told."""
    value = _amount(millionths)(cell)
    if isinstance(value, int) and value > FULL_TIME:
        return Odd(value, "it is more than one full-time post")
    if not isinstance(value, Odd):
        return value
    exact = _decimal(cell)
    if exact is None or not 0 <= exact <= 1:
        return value
    return Odd(int(words.rounded(exact * FULL_TIME)), "it was rounded to six decimals")


def _decimal(cell: Any) -> Decimal | None:
    try:
        return Decimal(str(cell).strip())
    except InvalidOperation:
        return None


def _role(cell: Any) -> Value | Odd:
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    return ROLES.get(plain) or Odd(None, f"{shown(plain, ROLES)} is not 1 to 6", why="unknown_code")


def _stage(cell: Any) -> Value | Odd:
    """1 in the assessed and supported year in employment, 0 at another stage of a career."""
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    known = STAGES.get(plain)
    return Odd(None, f"{shown(plain, STAGES)} is not 1 to 4", why="unknown_code") if known is None else known
