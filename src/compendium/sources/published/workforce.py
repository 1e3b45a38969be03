"""The children's social work workforce, on 30 September. Data only.

Department for Education, Children's social work workforce; Open Government Licence v3.0.
"""

from __future__ import annotations

from collections.abc import Mapping

from compendium.sources.published.edition import SEPTEMBER, TO_SEPTEMBER, Edition, Period, Published, count

MEASURES: Mapping[str, str] = {
    "sw_in_post": "Social workers in post (full-time equivalent) on 30 September",
    "sw_vacancy_percent": "Social worker vacancies, % of posts (full-time equivalent) on 30 September",
    "sw_vacancies": "Social worker vacancies (full-time equivalent) on 30 September",
    "sw_agency_percent": "Agency social workers, % of social workers (full-time equivalent) on 30 September",
    "sw_agency": "Agency social workers (full-time equivalent) on 30 September",
    "sw_agency_cover_percent": "Agency social workers who cover a vacancy, % of agency social workers on 30 September",
    "sw_vacancies_covered_percent": "Vacancies covered by agency social workers, % of vacancies on 30 September",
    "sw_turnover_percent": "Social workers who left, % of those in post (full-time equivalent), year to 30 September",
    "sw_starters": "Social workers who started (full-time equivalent), year to 30 September",
    "sw_leavers": "Social workers who left (full-time equivalent), year to 30 September",
    "sw_absence_percent": "Days lost to sickness, % of working days, year to 30 September",
    "sw_cases": "Cases held on 30 September",
    "sw_caseload": "Cases per case-holding social worker (full-time equivalent) on 30 September",
}

# measure -> its period, its column in the release to 2025, its column in the release of 2022
COLUMNS: Mapping[str, tuple[Period, str, str | None]] = {
    "sw_in_post": (SEPTEMBER, "inpost_fte", "social_worker_fte"),
    "sw_vacancy_percent": (SEPTEMBER, "vacancy_rate_fte", "vacancy_rate_fte_%"),
    "sw_vacancies": (SEPTEMBER, "vacancy_fte", "vacancy_fte"),
    "sw_agency_percent": (SEPTEMBER, "agency_rate_fte", "agency_worker_rate_fte_%"),
    "sw_agency": (SEPTEMBER, "agency_fte", "agency_fte"),
    "sw_agency_cover_percent": (SEPTEMBER, "agency_cover_rate_fte", "agency_cover_rate_fte_%"),
    "sw_vacancies_covered_percent": (SEPTEMBER, "vacancy_agency_cover_rate_fte", "vacancy_agency_cover_rate_fte_%"),
    "sw_turnover_percent": (TO_SEPTEMBER, "turnover_rate_fte", "turnover_rate_fte_%"),
    "sw_starters": (TO_SEPTEMBER, "starters_fte", None),
    "sw_leavers": (TO_SEPTEMBER, "leavers_fte", "leaver_fte"),
    "sw_absence_percent": (TO_SEPTEMBER, "absence_rate_fte", "absence_rate_fte_%"),
    "sw_caseload": (SEPTEMBER, "caseload_fte", "caseload_fte"),
}

EDITIONS: tuple[Edition, ...] = (
    Edition(
        "Children's social work workforce: indicators",
        frozenset({"vacancy_rate_fte", "agency_rate_fte", "turnover_rate_fte", "caseload_fte"}),
        (
            *(Published(measure, period, column) for measure, (period, column, _) in COLUMNS.items()),
            count("sw_cases", SEPTEMBER, "cases"),
        ),
    ),
    Edition(
        "Children's social work workforce: headline measures",
        frozenset({"vacancy_rate_fte_%", "agency_worker_rate_fte_%", "turnover_rate_fte_%", "caseload_fte"}),
        (
            *(Published(measure, period, column) for measure, (period, _, column) in COLUMNS.items() if column),
            count("sw_cases", SEPTEMBER, "cases"),
        ),
    ),
)
