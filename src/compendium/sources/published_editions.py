"""Which column of which published file holds which measure. Data only; `published.py` reads it.

A file is recognised by columns that only it has. Department for Education, Office for National
Statistics; Open Government Licence v3.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Period = Literal["year to March", "31 March", "30 September", "year to September", "months to March"]

# Compendium's name of a published measure -> what it is, in words. `comparator: measure:` of an indicator names one.
MEASURES: Mapping[str, str] = {
    "referrals": "Referrals in the year",
    "referrals_rate": "Referrals in the year per 10,000 children",
    "referrals_in_month": "Referrals in the month",
    "rereferrals_percent": "Referrals within 12 months of an earlier one, % of referrals in the year",
    "referrals_nfa_percent": "Referrals that ended in no further action, % of referrals in the year",
    "assessments": "Assessments completed in the year",
    "assessments_rate": "Assessments completed in the year per 10,000 children",
    "assessments_45wd_percent": "Assessments completed within 45 working days, % of those completed in the year",
    "s47": "Section 47 enquiries started in the year",
    "s47_rate": "Section 47 enquiries started in the year per 10,000 children",
    "icpcs": "Initial child protection conferences in the year",
    "icpcs_rate": "Initial child protection conferences in the year per 10,000 children",
    "icpc_15wd_percent": "Initial conferences within 15 working days of the section 47 enquiry, % of those in the year",
    "cp_plans_started": "Child protection plans started in the year",
    "cp_plans_started_rate": "Child protection plans started in the year per 10,000 children",
    "cp_plans_open": "Child protection plans open on 31 March",
    "cp_plans_open_rate": "Child protection plans open on 31 March per 10,000 children",
    "cp_subsequent_percent": "Plans that were a second or later plan, % of plans started in the year",
    "cp_open_2yrs_percent": "Plans open for two years or more, % of plans open on 31 March",
    "cp_reviews_percent": "Plans of three months or more reviewed within timescales, % of those on 31 March",
    "cin_open": "Children in need episodes open on 31 March",
    "cin_open_rate": "Children in need episodes open on 31 March per 10,000 children",
    "cla_total": "Children looked after on 31 March",
    "cla_rate": "Children looked after on 31 March per 10,000 children",
    "cla_3plus_percent": "Children with three or more placements in the year, % of those looked after on 31 March",
    "cla_stability_percent": "Two years with the same carer, % of under-16s looked after for 2.5 years on 31 March",
    "cl_eet_percent": "Care leavers aged 19 to 21 in education, employment or training, % of care leavers",
    "cl_suitable_percent": "Care leavers aged 19 to 21 in suitable accommodation, % of care leavers",
    "sw_vacancy_percent": "Social worker vacancies, % of posts (full-time equivalent) on 30 September",
    "sw_agency_percent": "Agency social workers, % of social workers (full-time equivalent) on 30 September",
    "sw_turnover_percent": "Social workers who left, % of those in post (full-time equivalent), year to 30 September",
    "sw_caseload": "Cases per case-holding social worker (full-time equivalent) on 30 September",
}


@dataclass(frozen=True)
class Published:
    """One measure of a file.

    value: the column as published; None where the file prints only the counts, and then it is 100 x
    numerator / denominator. numerator: columns, added up. where: the rows that hold it. of_all: the
    rows that hold the denominator, when it is not in the same row.
    """

    measure: str
    period: Period
    value: str | None = None
    numerator: tuple[str, ...] = ()
    denominator: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    of_all: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Edition:
    """One published file in one shape. signature: columns that tell it from every other."""

    name: str
    signature: frozenset[str]
    figures: tuple[Published, ...]


YEAR: Period = "year to March"
MARCH: Period = "31 March"
SEPTEMBER: Period = "30 September"
IN_45 = ("Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days")
ON_31_MARCH = {"population_type": "Children looked after on 31 March each year"}
ALL_LOOKED_AFTER = "CLA on 31 March"
LONG_LOOKED_AFTER = "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years"
LEAVERS = {"care_leaver_age": "19 to 21 years"}

EDITIONS: tuple[Edition, ...] = (
    Edition(
        "Children in need: referrals (c1, to 2024)",
        frozenset({"Referrals", "Re_referrals", "Re_referrals_percent"}),
        (
            Published("referrals", YEAR, "Referrals"),
            Published("referrals_rate", YEAR, "Referrals_rate", ("Referrals",)),
            Published("rereferrals_percent", YEAR, "Re_referrals_percent", ("Re_referrals",), "Referrals"),
            Published("referrals_nfa_percent", YEAR, "No_Further_Action_percent", ("No_Further_Action",), "Referrals"),
        ),
    ),
    Edition(
        "Children in need: referrals (c1, from 2025)",
        frozenset({"referral_count", "rereferral_count", "rereferral_percent"}),
        (
            Published("referrals", YEAR, "referral_count"),
            Published("rereferrals_percent", YEAR, "rereferral_percent", ("rereferral_count",), "referral_count"),
            Published(
                "referrals_nfa_percent",
                YEAR,
                "no_further_action_percent",
                ("no_further_action_count",),
                "referral_count",
            ),
        ),
    ),
    Edition(
        "Children in need: referrals by month (c6)",
        frozenset({"Referrals", "April", "May", "March"}),
        (Published("referrals_in_month", "months to March"),),
    ),
    Edition(
        "Children in need: assessments (c2)",
        frozenset({"Assessments_completed", "41-45_days"}),
        (
            Published("assessments", YEAR, "Assessments_completed"),
            Published("assessments_rate", YEAR, "Assessments_completed_rate", ("Assessments_completed",)),
            Published("assessments_45wd_percent", YEAR, None, IN_45, "Assessments_completed"),
        ),
    ),
    Edition(
        "Children in need: section 47 and conferences (c4)",
        frozenset({"Section47", "ICPC", "Duration_11-15_days"}),
        (
            Published("s47", YEAR, "Section47"),
            Published("s47_rate", YEAR, "Section47_rate", ("Section47",)),
            Published("icpcs", YEAR, "ICPC"),
            Published("icpcs_rate", YEAR, "ICPC_rate", ("ICPC",)),
            Published("icpc_15wd_percent", YEAR, None, ("Duration_0-10_days", "Duration_11-15_days"), "ICPC"),
        ),
    ),
    Edition(
        "Children in need: child protection plans (d1)",
        frozenset({"CPP_start", "CPP_At31", "CPP_At31_rate"}),
        (
            Published("cp_plans_started", YEAR, "CPP_start"),
            Published("cp_plans_started_rate", YEAR, "CPP_start_rate", ("CPP_start",)),
            Published("cp_plans_open", MARCH, "CPP_At31"),
            Published("cp_plans_open_rate", MARCH, "CPP_At31_rate", ("CPP_At31",)),
        ),
    ),
    Edition(
        "Children in need: second or subsequent plans (d3)",
        frozenset({"CPP_start", "CPP_subsequent"}),
        (Published("cp_subsequent_percent", YEAR, "CPP_subsequent_percent", ("CPP_subsequent",), "CPP_start"),),
    ),
    Edition(
        "Children in need: plans by duration (d5)",
        frozenset({"CPP_At31", "2_years_or_more"}),
        (Published("cp_open_2yrs_percent", MARCH, "2_years_or_more_percent", ("2_years_or_more",), "CPP_At31"),),
    ),
    Edition(
        "Children in need: plans reviewed (d6)",
        frozenset({"CPP_At31_3Months", "Reviewed_within_timescales"}),
        (
            Published(
                "cp_reviews_percent",
                MARCH,
                "Reviewed_within_timescales_percent",
                ("Reviewed_within_timescales",),
                "CPP_At31_3Months",
            ),
        ),
    ),
    Edition(
        "Children in need: episodes (b1, to 2024)",
        frozenset({"At31_episodes", "At31_episodes_rate"}),
        (
            Published("cin_open", MARCH, "At31_episodes"),
            Published("cin_open_rate", MARCH, "At31_episodes_rate", ("At31_episodes",)),
        ),
    ),
    Edition(
        "Children in need: episodes (b1, from 2025)",
        frozenset({"At31_episodes", "awaiting_assessment"}),
        (Published("cin_open", MARCH, "At31_episodes"),),
    ),
    Edition(
        "Children looked after: number and rate",
        frozenset({"population_type", "children_count", "rate_per_10000"}),
        (
            Published("cla_total", MARCH, "children_count", where=ON_31_MARCH),
            Published("cla_rate", MARCH, "rate_per_10000", ("children_count",), where=ON_31_MARCH),
        ),
    ),
    Edition(
        "Children looked after: placement stability",
        frozenset({"cla_group", "placement_stability", "children_percent"}),
        (
            Published(
                "cla_3plus_percent",
                YEAR,
                "children_percent",
                ("children_count",),
                "children_count",
                where={
                    "cla_group": ALL_LOOKED_AFTER,
                    "placement_stability": "With 3 or more placements during the year",
                },
                of_all={"cla_group": ALL_LOOKED_AFTER, "placement_stability": "Total children"},
            ),
            Published(
                "cla_stability_percent",
                MARCH,
                "children_percent",
                ("children_count",),
                "children_count",
                where={
                    "cla_group": LONG_LOOKED_AFTER,
                    "placement_stability": "Living with the same carer for at least 2 years",
                },
                of_all={"cla_group": LONG_LOOKED_AFTER, "placement_stability": "Total children"},
            ),
        ),
    ),
    Edition(
        "Care leavers: activity and accommodation",
        frozenset({"care_leaver_age", "breakdown", "care_leaver_count", "care_leaver_percent"}),
        (
            Published(
                "cl_eet_percent",
                YEAR,
                "care_leaver_percent",
                ("care_leaver_count",),
                "care_leaver_count",
                where=LEAVERS | {"breakdown": "Total in education, employment or training"},
                of_all=LEAVERS | {"breakdown": "Total"},
            ),
            Published(
                "cl_suitable_percent",
                YEAR,
                "care_leaver_percent",
                ("care_leaver_count",),
                "care_leaver_count",
                where=LEAVERS | {"breakdown": "Accommodation considered suitable"},
                of_all=LEAVERS | {"breakdown": "Suitability total"},
            ),
        ),
    ),
    Edition(
        "Children's social work workforce: indicators",
        frozenset({"vacancy_rate_fte", "agency_rate_fte", "turnover_rate_fte", "caseload_fte"}),
        (
            Published("sw_vacancy_percent", SEPTEMBER, "vacancy_rate_fte"),
            Published("sw_agency_percent", SEPTEMBER, "agency_rate_fte"),
            Published("sw_turnover_percent", "year to September", "turnover_rate_fte"),
            Published("sw_caseload", SEPTEMBER, "caseload_fte"),
        ),
    ),
)
