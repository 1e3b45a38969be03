"""Children in need: referrals, assessments and episodes (tables a and b, c1 to c3, c5, c6). Data only.

Department for Education, Characteristics of children in need; Open Government Licence v3.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from compendium.sources.published.edition import (
    MARCH,
    MONTHS,
    YEAR,
    Edition,
    Published,
    count,
    rate,
    row_share,
    share,
    shares,
)

MEASURES: Mapping[str, str] = {
    "referrals": "Referrals in the year",
    "referrals_rate": "Referrals in the year per 10,000 children",
    "referrals_in_month": "Referrals in the month",
    "rereferrals_percent": "Referrals within 12 months of an earlier one, % of referrals in the year",
    "referrals_nfa_percent": "Referrals that ended in no further action, % of referrals in the year",
    "referrals_not_in_need_percent": "Referrals after which the child was found not to be in need, % of referrals",
    "referrals_source_percent": "Referrals by who made them, % of referrals in the year",
    "children_referred": "Children referred in the year",
    "children_referred_rate": "Children referred in the year per 10,000 children",
    "children_rereferred_percent": "Children referred within 12 months of an earlier referral, % of children referred",
    "assessments": "Assessments completed in the year",
    "assessments_rate": "Assessments completed in the year per 10,000 children",
    "assessments_45wd_percent": "Assessments completed within 45 working days, % of those completed in the year",
    "assessment_days_lower_quartile": "Working days within which a quarter of the assessments were completed",
    "assessment_days_median": "Working days that the year's assessments took, median",
    "assessment_days_upper_quartile": "Working days within which three quarters of the assessments were completed",
    "assessment_factor_percent": "Factors found, % of episodes with an assessment that found one",
    "cin_open": "Children in need episodes open on 31 March",
    "cin_open_rate": "Children in need episodes open on 31 March per 10,000 children",
    "cin_started": "Children in need episodes started in the year",
    "cin_started_rate": "Children in need episodes started in the year per 10,000 children",
    "cin_ended": "Children in need episodes ended in the year",
    "cin_ended_rate": "Children in need episodes ended in the year per 10,000 children",
    "cin_open_need_percent": "Open episodes by primary need, % of those on 31 March",
    "cin_open_disability_percent": "Open episodes of a child with a disability, % of those on 31 March",
    "cin_disability_kind_percent": "Disabilities, % of open episodes of a child with a disability on 31 March",
    "cin_open_duration_percent": "Open episodes by how long they have lasted, % of those on 31 March",
    "cin_open_2yrs_percent": "Episodes open for two years or more, % of those on 31 March",
    "cin_ended_duration_percent": "Ended episodes by how long they lasted, % of those ended in the year",
    "cin_ended_reason_percent": "Ended episodes by the reason, % of those ended in the year",
    "cin_open_sex_percent": "Open episodes by the child's sex, % of those on 31 March",
    "cin_open_age_percent": "Open episodes by the child's age, % of those on 31 March",
    "cin_open_ethnicity_percent": "Open episodes by the child's ethnic group, % of those known on 31 March",
    "cin_plans_open": "Children in need plans open on 31 March",
    "cin_plans_open_rate": "Children in need plans open on 31 March per 10,000 children",
    "cin_plans_started": "Children in need plans started in the year",
    "cin_plans_ended": "Children in need plans ended in the year",
}

IN_45 = ("Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days")
SOURCES = {
    "individual": "Individual", "schools": "Schools", "education_services": "Education_Services",
    "health_services": "Health_Services", "housing": "Housing", "la_services": "LA_Services", "police": "Police",
    "other_legal_agency": "Other_legal_agency", "other": "Other", "anonymous": "Anonymous", "unknown": "Unknown",
}  # fmt: skip
WHO = ("child", "parent", "person")
FACTORS = [
    *(f"{what}_{who}" for what in ("Alcohol_Misuse", "Drug_Misuse", "Domestic_Abuse", "Mental_Health",
                                   "Learning_Disability", "Physical_Disability") for who in WHO),
    "Young_Carer", "Privately_fostered", "Unaccompanied_asylum_seeker", "Going_missing", "Child_sexual_exploitation",
    "Trafficking", "Gangs", "Socially_unacceptable_behaviour", "Self_harm", "Neglect", "Emotional_Abuse",
    "Physical_Abuse_unknown", "Physical_Abuse_child_on_child", "Physical_Abuse_adult_on_child", "Sexual_Abuse_unknown",
    "Sexual_Abuse_child_on_child", "Sexual_Abuse_adult_on_child", "Female_Genital_Mutilation", "Faith_linked_abuse",
    "Child_criminal_exploitation", "Other",
]  # fmt: skip
NEEDS = {
    "N1": "N1_Abuse_or_neglect", "N2": "N2_Childs_disability_or_illness", "N3": "N3_Parents_disability_or_illness",
    "N4": "N4_Family_in_acute_stress", "N5": "N5_Family_dysfunction", "N6": "N6_Socially_unacceptable_behaviour",
    "N7": "N7_Low_income", "N8": "N8_Absent_parenting", "N9": "N9_Cases_other_than_CIN", "N0": "N0_Not_stated",
}  # fmt: skip
DISABILITIES = (
    "Autism", "Behaviour", "Communication", "Consciousness", "Hand_Function", "Hearing", "Incontinence",
    "Learning_Difficulties", "Mobility", "Personal_care", "Vision", "Other",
)  # fmt: skip
DURATIONS = {
    "up_to_3_months": "3_months_or_less", "3_to_6_months": "more_than_3_months_6_months",
    "6_months_to_1_year": "more_than_6_months_less_than_1_year", "1_to_2_years": "1_year_less_than_2_years",
    "2_years_or_more": "2years+",
}  # fmt: skip
REASONS = {
    "RC1": "RC1_Adopted", "RC2": "RC2_Died", "RC3": "RC3_Residence_Order", "RC4": "RC4_Special_Guardianship_Order",
    "RC5": "RC5_Transfer_to_another_LA", "RC6": "RC6_Transfer_to_Adult_Social_Service", "RC7": "RC7_Other",
    "unknown": "unknown",
}  # fmt: skip
ETHNIC_GROUPS = {
    "white": "White", "mixed": "Mixed", "asian": "Asian_or_Asian_British", "black": "Black_or_Black_British",
    "other": "Other_group",
}  # fmt: skip
SEXES = {"female": "Female", "male": "Male", "unknown": "Unknown or Indeterminate gender"}
AGES = {
    "under_1": "Under 1 year", "1_to_4": "1 to 4 years", "5_to_9": "5 to 9 years", "10_to_15": "10 to 15 years",
    "16_and_over": "16 years and over",
}  # fmt: skip
ETHNICITIES = {
    "white": "Total White", "mixed": "Total mixed", "asian": "Total Asian or Asian British",
    "black": "Total Black or Black British", "other": "Any other ethnic group", "white_british": "White British",
    "white_irish": "White Irish", "gypsy_roma_traveller": "Gypsy or Irish Traveller",
    "white_other": "Any other White background", "mixed_caribbean": "White and Black Caribbean",
    "mixed_african": "White and Black African", "mixed_asian": "White and Asian",
    "mixed_other": "Any other mixed background", "indian": "Indian", "pakistani": "Pakistani",
    "bangladeshi": "Bangladeshi", "chinese": "Chinese", "asian_other": "Any other Asian background",
    "black_african": "Black African", "black_caribbean": "Black Caribbean",
    "black_other": "Any other Black background",
}  # fmt: skip


def _total(measure: str, kind: str, column: str = "number", of: str = "number") -> Published:
    """A row of a table that has a row for each measure."""
    period = MARCH if "31 March" in kind else YEAR
    return replace(rate(measure, period, column, of), where={"category_type": kind})


def _of_referrals(measure: str, kind: str, of: str = "Referrals in the year") -> Published:
    return row_share(measure, YEAR, {"category_type": kind}, {"category_type": of}, "number", "percent")


def _characteristics() -> tuple[Published, ...]:
    """Of table a7: one row a characteristic."""
    total = {"characteristic_type": "Total"}
    known = {"characteristic_type": "Known ethnicity"}
    found = []
    for measure, values, of_all in (
        ("cin_open_sex_percent", SEXES, total),
        ("cin_open_age_percent", AGES | {"unborn": "Unborn"}, total),
        ("cin_open_ethnicity_percent", ETHNICITIES, known),
    ):
        for breakdown, value in values.items():
            where = {"characteristic_type": value}
            found.append(row_share(measure, MARCH, where, of_all, "number", "percent", breakdown))
    return tuple(found)


EDITIONS: tuple[Edition, ...] = (
    Edition(
        "Children in need: referrals (c1, to 2024)",
        frozenset({"Referrals", "Re_referrals", "Re_referrals_percent"}),
        (
            count("referrals", YEAR, "Referrals"),
            rate("referrals_rate", YEAR, "Referrals_rate", "Referrals"),
            share("rereferrals_percent", YEAR, "Re_referrals", "Referrals", "Re_referrals_percent"),
            share("referrals_nfa_percent", YEAR, "No_Further_Action", "Referrals", "No_Further_Action_percent"),
            share("referrals_not_in_need_percent", YEAR, "Not_in_Need", "Referrals", "Not_in_Need_percent"),
            count("children_referred", YEAR, "Referrals_child"),
            rate("children_referred_rate", YEAR, "Referrals_child_rate", "Referrals_child"),
            share(
                "children_rereferred_percent", YEAR, "Re_referrals_child", "Referrals_child",
                "Re_referrals_child_percent",
            ),
        ),
    ),
    Edition(
        "Children in need: referrals (c1, from 2025)",
        frozenset({"referral_count", "rereferral_count", "rereferral_percent"}),
        (
            count("referrals", YEAR, "referral_count"),
            share("rereferrals_percent", YEAR, "rereferral_count", "referral_count", "rereferral_percent"),
            share(
                "referrals_nfa_percent", YEAR, "no_further_action_count", "referral_count",
                "no_further_action_percent",
            ),
            share(
                "referrals_not_in_need_percent", YEAR, "not_in_need_count", "referral_count", "not_in_need_percent"
            ),
            count("children_referred", YEAR, "referral_child_count"),
            share(
                "children_rereferred_percent", YEAR, "rereferral_child_count", "referral_child_count",
                "rereferral_child_percent",
            ),
        ),
    ),
    Edition(
        "Children in need: assessments by duration (c2)",
        frozenset({"Assessments_completed", "41-45_days"}),
        (
            count("assessments", YEAR, "Assessments_completed"),
            rate("assessments_rate", YEAR, "Assessments_completed_rate", "Assessments_completed"),
            share("assessments_45wd_percent", YEAR, IN_45, "Assessments_completed"),
            Published("assessment_days_lower_quartile", YEAR, "25th_Percentile_days"),
            Published("assessment_days_median", YEAR, "Median_days"),
            Published("assessment_days_upper_quartile", YEAR, "75th_Percentile_days"),
        ),
    ),
    Edition(
        "Children in need: assessment factors (c3)",
        frozenset({"Episodes_with_assessment_factor", "Going_missing"}),
        shares(
            "assessment_factor_percent", YEAR, "Episodes_with_assessment_factor",
            {factor.lower(): factor for factor in FACTORS},
        ),
    ),
    Edition(
        "Children in need: referrals by source (c5)",
        frozenset({"Referrals", "Police", "Schools"}),
        shares("referrals_source_percent", YEAR, "Referrals", SOURCES),
    ),
    Edition(
        "Children in need: referrals by month (c6)",
        frozenset({"Referrals", "April", "March"}),
        (Published("referrals_in_month", MONTHS),),
    ),
    Edition(
        "Children in need: episodes (b1, to 2024)",
        frozenset({"At31_episodes", "At31_episodes_rate"}),
        (
            count("cin_open", MARCH, "At31_episodes"),
            rate("cin_open_rate", MARCH, "At31_episodes_rate", "At31_episodes"),
            count("cin_started", YEAR, "Started_episodes"),
            rate("cin_started_rate", YEAR, "Started_episodes_rate", "Started_episodes"),
            count("cin_ended", YEAR, "Ended_episodes"),
            rate("cin_ended_rate", YEAR, "Ended_episodes_rate", "Ended_episodes"),
        ),
    ),
    Edition(
        "Children in need: episodes (b1, from 2025)",
        frozenset({"At31_episodes", "awaiting_assessment"}),
        (
            count("cin_open", MARCH, "At31_episodes"),
            count("cin_started", YEAR, "Started_episodes"),
            count("cin_ended", YEAR, "Ended_episodes"),
        ),
    ),
    Edition(
        "Children in need: disability (b2)",
        frozenset({"At31_episodes_disability_recorded", "Autism_percent"}),
        (
            share(
                "cin_open_disability_percent", MARCH, "At31_episodes_disability_recorded", "At31_episodes",
                "At31_episodes_disability_recorded_percent",
            ),
            *(
                Published("cin_disability_kind_percent", MARCH, f"{kind}_percent", breakdown=kind.lower())
                for kind in DISABILITIES
            ),
        ),
    ),
    Edition(
        "Children in need: primary need (b3)",
        frozenset({"At31_episodes", "N1_Abuse_or_neglect"}),
        shares("cin_open_need_percent", MARCH, "At31_episodes", NEEDS),
    ),
    Edition(
        "Children in need: open episodes by duration (b4)",
        frozenset({"At31_episodes", "2years+_percent"}),
        (
            share("cin_open_2yrs_percent", MARCH, "2years+", "At31_episodes", "2years+_percent"),
            *shares("cin_open_duration_percent", MARCH, "At31_episodes", DURATIONS, "_percent"),
        ),
    ),
    Edition(
        "Children in need: ended episodes by duration (b5)",
        frozenset({"Ended_episodes", "2years+_percent"}),
        shares("cin_ended_duration_percent", YEAR, "Ended_episodes", DURATIONS, "_percent"),
    ),
    Edition(
        "Children in need: reasons for closure (b6)",
        frozenset({"Ended_episodes", "RC1_Adopted"}),
        shares("cin_ended_reason_percent", YEAR, "Ended_episodes", REASONS, "_percent"),
    ),
    Edition(
        "Children in need: plans (b7)",
        frozenset({"CINPlan_At31", "CINPlan_start"}),
        (
            count("cin_plans_open", MARCH, "CINPlan_At31"),
            rate("cin_plans_open_rate", MARCH, "CINPlan_At31_rate", "CINPlan_At31"),
            count("cin_plans_started", YEAR, "CINPlan_start"),
            count("cin_plans_ended", YEAR, "CINPlan_end"),
        ),
    ),
    Edition(
        "Children in need, national: primary need by age and sex (a3)",
        frozenset({"CIN_At31", "N1_Abuse_or_neglect"}),
        tuple(
            replace(each, where={"characteristic": "Total"})
            for each in shares("cin_open_need_percent", MARCH, "CIN_At31", NEEDS)
        ),
        compiled=True,
    ),
    Edition(
        "Children in need, national: ethnicity by age and sex (a4)",
        frozenset({"CIN_At31", "Known", "Other_group"}),
        tuple(
            replace(each, where={"characteristic": "Total"})
            for each in shares("cin_open_ethnicity_percent", MARCH, "Known", ETHNIC_GROUPS)
        ),
        compiled=True,
    ),
    Edition(
        "Children in need, national: age, sex and ethnicity (a7)",
        frozenset({"category", "characteristic", "characteristic_type", "number", "percent"}),
        _characteristics(),
        compiled=True,
    ),
    Edition(
        "Children in need, headline: England",
        frozenset({"children_in_need", "child_protection_plans", "completed_assessments"}),
        (
            count("cin_open", MARCH, "children_in_need"),
            rate("cin_open_rate", MARCH, "children_in_need_per_10000_children", "children_in_need"),
            count("cp_plans_open", MARCH, "child_protection_plans"),
            rate(
                "cp_plans_open_rate", MARCH, "child_protection_plans_per_10000_children", "child_protection_plans"
            ),
            count("referrals", YEAR, "referrals"),
            count("assessments", YEAR, "completed_assessments"),
        ),
        compiled=True,
    ),
)  # fmt: skip
# Tables whose rows are the measures; a1 and a2 have the same columns, and are told apart by what stands in them.
TOTALS: tuple[Published, ...] = (
    _total("cin_open", "Children in Need at 31 March"),
    _total("cin_open_rate", "Children in Need at 31 March", "rate"),
    _total("cin_started", "Episodes of need starting in the year"),
    _total("cin_started_rate", "Episodes of need starting in the year", "rate"),
    _total("cin_ended", "Episodes of need ending in the year"),
    _total("cin_ended_rate", "Episodes of need ending in the year", "rate"),
    _total("referrals", "Referrals in the year"),
    _total("referrals_rate", "Referrals in the year", "rate"),
    _of_referrals("rereferrals_percent", "Re-referrals within 12 months of a previous referral"),
    _of_referrals("referrals_nfa_percent", "Referral - No Further Action"),
    _of_referrals("referrals_not_in_need_percent", "Referral - Assessed as not in Need"),
    _total("children_referred", "Children referred in the year"),
    _total("children_referred_rate", "Children referred in the year", "rate"),
    _of_referrals(
        "children_rereferred_percent",
        "Children re-referred within 12 months of a previous referral",
        "Children referred in the year",
    ),
    _total("assessments", "Assessments completed in the year"),
    _total("assessments_rate", "Assessments completed in the year", "rate"),
)
