"""Child protection: enquiries, conferences and plans (tables a2, a5, a6, c4 and d1 to d8). Data only.

Department for Education, Characteristics of children in need; Open Government Licence v3.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from compendium.sources.published.edition import (
    MARCH,
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
    "s47": "Section 47 enquiries started in the year",
    "s47_rate": "Section 47 enquiries started in the year per 10,000 children",
    "s47_to_icpc_percent": "Initial conferences in the year, % of section 47 enquiries started in it",
    "icpcs": "Initial child protection conferences in the year",
    "icpcs_rate": "Initial child protection conferences in the year per 10,000 children",
    "icpc_15wd_percent": "Initial conferences within 15 working days of the section 47 enquiry, % of those in the year",
    "icpc_days_percent": "Initial conferences by the working days since the section 47 enquiry, % of those in the year",
    "icpc_days_lower_quartile": "Working days to an initial conference within which a quarter were held",
    "icpc_days_median": "Working days from the section 47 enquiry to the initial conference, median",
    "icpc_days_upper_quartile": "Working days to an initial conference within which three quarters were held",
    "cp_plans_started": "Child protection plans started in the year",
    "cp_plans_started_rate": "Child protection plans started in the year per 10,000 children",
    "cp_plans_ended": "Child protection plans ended in the year",
    "cp_plans_ended_rate": "Child protection plans ended in the year per 10,000 children",
    "cp_plans_open": "Child protection plans open on 31 March",
    "cp_plans_open_rate": "Child protection plans open on 31 March per 10,000 children",
    "cp_subsequent_percent": "Plans that were a second or later plan, % of plans started in the year",
    "cp_open_2yrs_percent": "Plans open for two years or more, % of plans open on 31 March",
    "cp_open_duration_percent": "Open plans by how long they have lasted, % of plans open on 31 March",
    "cp_ended_2yrs_percent": "Plans that had lasted two years or more, % of plans ended in the year",
    "cp_ended_3m_percent": "Plans that had lasted up to three months, % of plans ended in the year",
    "cp_ended_duration_percent": "Ended plans by how long they had lasted, % of plans ended in the year",
    "cp_reviews_percent": "Plans of three months or more reviewed within timescales, % of those on 31 March",
    "cp_started_initial_category_percent": "Started plans by the first category of abuse, % of those started",
    "cp_started_latest_category_percent": "Started plans by the latest category of abuse, % of those started",
    "cp_open_initial_category_percent": "Open plans by the first category of abuse, % of plans on 31 March",
    "cp_open_latest_category_percent": "Open plans by the latest category of abuse, % of plans on 31 March",
    "cp_open_sex_percent": "Open plans by the child's sex, % of plans on 31 March",
    "cp_open_age_percent": "Open plans by the child's age, % of plans on 31 March",
    "cp_open_ethnicity_percent": "Open plans by the child's ethnic group, % of those known on 31 March",
}

WITHIN = {
    "up_to_10": "Duration_0-10_days", "11_to_15": "Duration_11-15_days", "16_to_20": "Duration_16-20_days",
    "21_or_more": "Duration_21+_days",
}  # fmt: skip
DURATIONS = {
    "up_to_3_months": "3_months_or_less", "3_to_6_months": "more_than_3_months_6_months",
    "6_months_to_1_year": "more_than_6_months_less_than_1_year", "1_to_2_years": "1_year_less_than_2_years",
    "2_years_or_more": "2_years_or_more",
}  # fmt: skip
CATEGORIES = ("Neglect", "Physical", "Sexual", "Emotional", "Multiple")
INITIAL = {each.lower(): f"{each}_Initial" for each in CATEGORIES}
LATEST = {each.lower(): f"{each}_Latest" for each in CATEGORIES}
INITIAL_ABUSE = INITIAL | {
    "physical": "Physical_abuse_Initial", "sexual": "Sexual_abuse_Initial", "emotional": "Emotional_abuse_Initial",
}  # fmt: skip
SEXES = {"female": "Female", "male": "Male", "unknown": "Unknown or Indeterminate gender"}
AGES = {
    "unborn": "Unborn", "under_1": "Under 1", "1_to_4": "1-4 years", "5_to_9": "5-9 years", "10_to_15": "10-15 years",
    "16_and_over": "16 & over",
}  # fmt: skip
ETHNIC_GROUPS = {
    "white": "White", "mixed": "Mixed", "asian": "Asian or Asian British", "black": "Black or Black British",
    "other": "Other ethnic group",
}  # fmt: skip


def _characteristics() -> tuple[Published, ...]:
    """Of table a5: one row a characteristic."""
    found = []
    total = {"characteristic": "Gender", "characteristic_type": "Total"}
    known = {"characteristic": "Ethnicity", "characteristic_type": "Known ethnicity"}
    for measure, values, of_all in (
        ("cp_open_sex_percent", SEXES, total),
        ("cp_open_age_percent", AGES, total),
        ("cp_open_ethnicity_percent", ETHNIC_GROUPS, known),
    ):
        for breakdown, value in values.items():
            where = {"characteristic_type": value}
            found.append(row_share(measure, MARCH, where, of_all, "CPP_At31", None, breakdown))
    return tuple(found)


def _total(measure: str, kind: str, column: str = "number") -> Published:
    """A row of a table that has a row for each measure."""
    period = MARCH if "31 March" in kind else YEAR
    return replace(rate(measure, period, column, "number"), where={"category_type": kind})


EDITIONS: tuple[Edition, ...] = (
    Edition(
        "Children in need: section 47 and conferences (c4)",
        frozenset({"Section47", "ICPC", "Duration_11-15_days"}),
        (
            count("s47", YEAR, "Section47"),
            rate("s47_rate", YEAR, "Section47_rate", "Section47"),
            share("s47_to_icpc_percent", YEAR, "ICPC", "Section47"),
            count("icpcs", YEAR, "ICPC"),
            rate("icpcs_rate", YEAR, "ICPC_rate", "ICPC"),
            share("icpc_15wd_percent", YEAR, ("Duration_0-10_days", "Duration_11-15_days"), "ICPC"),
            *shares("icpc_days_percent", YEAR, "ICPC", WITHIN),
            Published("icpc_days_lower_quartile", YEAR, "Duration_25th_Percentile"),
            Published("icpc_days_median", YEAR, "Duration_median"),
            Published("icpc_days_upper_quartile", YEAR, "Duration_75th_Percentile"),
        ),
    ),
    Edition(
        "Children in need: child protection plans (d1)",
        frozenset({"CPP_start", "CPP_At31", "CPP_At31_rate"}),
        (
            count("cp_plans_started", YEAR, "CPP_start"),
            rate("cp_plans_started_rate", YEAR, "CPP_start_rate", "CPP_start"),
            count("cp_plans_ended", YEAR, "CPP_end"),
            rate("cp_plans_ended_rate", YEAR, "CPP_end_rate", "CPP_end"),
            count("cp_plans_open", MARCH, "CPP_At31"),
            rate("cp_plans_open_rate", MARCH, "CPP_At31_rate", "CPP_At31"),
        ),
    ),
    Edition(
        "Children in need: plans started by category of abuse (d2)",
        frozenset({"CPP_start", "Neglect_Initial", "Neglect_Latest"}),
        (
            *shares("cp_started_initial_category_percent", YEAR, "CPP_start", INITIAL),
            *shares("cp_started_latest_category_percent", YEAR, "CPP_start", LATEST),
        ),
    ),
    Edition(
        "Children in need: second or subsequent plans (d3)",
        frozenset({"CPP_start", "CPP_subsequent"}),
        (share("cp_subsequent_percent", YEAR, "CPP_subsequent", "CPP_start", "CPP_subsequent_percent"),),
    ),
    Edition(
        "Children in need: open plans by category of abuse (d4)",
        frozenset({"CPP_At31", "Neglect_Initial", "Neglect_Latest"}),
        (
            *shares("cp_open_initial_category_percent", MARCH, "CPP_At31", INITIAL),
            *shares("cp_open_latest_category_percent", MARCH, "CPP_At31", LATEST),
        ),
    ),
    Edition(
        "Children in need: open plans by duration (d5)",
        frozenset({"CPP_At31", "2_years_or_more"}),
        (
            share("cp_open_2yrs_percent", MARCH, "2_years_or_more", "CPP_At31", "2_years_or_more_percent"),
            *shares("cp_open_duration_percent", MARCH, "CPP_At31", DURATIONS, "_percent"),
        ),
    ),
    Edition(
        "Children in need: plans reviewed (d6)",
        frozenset({"CPP_At31_3Months", "Reviewed_within_timescales"}),
        (
            share(
                "cp_reviews_percent", MARCH, "Reviewed_within_timescales", "CPP_At31_3Months",
                "Reviewed_within_timescales_percent",
            ),
        ),
    ),
    Edition(
        "Children in need: ended plans by duration (d7)",
        frozenset({"CPP_End", "2_years_or_more"}),
        (
            share("cp_ended_2yrs_percent", YEAR, "2_years_or_more", "CPP_End", "2_years_or_more_percent"),
            share("cp_ended_3m_percent", YEAR, "3_months_or_less", "CPP_End", "3_months_or_less_percent"),
            *shares("cp_ended_duration_percent", YEAR, "CPP_End", DURATIONS, "_percent"),
        ),
    ),
    Edition(
        "Children in need, national: plans by characteristic and category (a5)",
        frozenset({"characteristic_type", "CPP_At31", "Physical_Abuse_Initial"}),
        _characteristics(),
        compiled=True,
    ),
    Edition(
        "Children in need, national: plans by category of abuse (a6)",
        frozenset({"category", "CPP_At31", "Physical_abuse_Initial"}),
        shares("cp_open_initial_category_percent", MARCH, "CPP_At31", INITIAL_ABUSE),
        compiled=True,
    ),
)  # fmt: skip
# Rows of table a2, which has a row for each measure.
LONG = {"category_type": "Children subject to a CPP for 3 months or more"}
TOTALS: tuple[Published, ...] = (
    _total("s47", "Section 47s in the year"),
    _total("s47_rate", "Section 47s in the year", "rate"),
    _total("icpcs", "ICPCs in the year"),
    _total("icpcs_rate", "ICPCs in the year", "rate"),
    _total("cp_plans_started", "CPPs starting in the year"),
    _total("cp_plans_started_rate", "CPPs starting in the year", "rate"),
    _total("cp_plans_ended", "CPPs ending in the year"),
    _total("cp_plans_ended_rate", "CPPs ending in the year", "rate"),
    _total("cp_plans_open", "CPP at 31 March"),
    _total("cp_plans_open_rate", "CPP at 31 March", "rate"),
    row_share(
        "cp_subsequent_percent", YEAR, {"category_type": "CPPs starting which were a second or subsequent plan"},
        {"category_type": "CPPs starting in the year"}, "number", "percent",
    ),
    row_share(
        "cp_ended_2yrs_percent", YEAR, {"category_type": "CPPs ending that had lasted two years or more"},
        {"category_type": "CPPs ending in the year"}, "number", "percent",
    ),
    row_share(
        "cp_reviews_percent", MARCH, {"category_type": "CPP for 3 months or more reviewed within timescales"}, LONG,
        "number", "percent",
    ),
)  # fmt: skip
