"""Children looked after, care leavers and adoption. Data only.

Department for Education, Children looked after in England; Open Government Licence v3.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from compendium.sources.published.edition import MARCH, YEAR, Edition, Period, Published, rate, row_share

MEASURES: Mapping[str, str] = {
    "cla_total": "Children looked after on 31 March",
    "cla_rate": "Children looked after on 31 March per 10,000 children",
    "cla_started": "Children who started to be looked after in the year, each once",
    "cla_started_rate": "Children who started to be looked after in the year per 10,000 children",
    "cla_ceased": "Children who ceased to be looked after in the year, each once",
    "cla_ceased_rate": "Children who ceased to be looked after in the year per 10,000 children",
    "cla_3plus_percent": "Children with three or more placements in the year, % of those looked after on 31 March",
    "cla_3plus_2yrs_percent": "Children with three or more placements in two years, % of those looked after so long",
    "cla_stability_percent": "Two years with the same carer, % of under-16s looked after for 2.5 years on 31 March",
    "cla_school_moves_percent": "Children who moved school in the year, % of those looked after on 31 March",
    "cla_school_mid_year_moves_percent": "Children who moved school in mid-year, % of those looked after on 31 March",
    "cla_3_workers_percent": "Children with three or more social workers in the year, % of those on 31 March",
    "cla_placed_percent": "Placements begun in the year by where they are, % of all begun",
    "cla_placement_ended_percent": "Placements changed in the year by the reason, % of all changed",
    "cla_health_assessment_percent": "Annual health assessment had, % of children looked after for 12 months",
    "cla_immunisations_percent": "Immunisations up to date, % of children looked after for 12 months",
    "cla_dental_percent": "Teeth checked by a dentist, % of children looked after for 12 months",
    "cla_development_percent": "Development assessment up to date, % of children of 0 to 4 looked after for 12 months",
    "cla_convictions_percent": "Convicted or cautioned in the year, % of those of 10 to 17 looked after for 12 months",
    "cla_substance_percent": "Found to misuse substances, % of children looked after for 12 months",
    "cla_sdq_received_percent": "Strengths and difficulties score received, % of those of 5 to 16",
    "cla_sdq_concern_percent": "Score a cause for concern, % of those with a strengths and difficulties score",
    "cla_sdq_score": "Strengths and difficulties score, average",
    "cl_eet_percent": "Care leavers aged 19 to 21 in education, employment or training, % of care leavers",
    "cl_eet_17_18_percent": "Care leavers aged 17 to 18 in education, employment or training, % of care leavers",
    "cl_neet_percent": "Care leavers aged 19 to 21 not in education, employment or training, % of care leavers",
    "cl_higher_education_percent": "Care leavers aged 19 to 21 in higher education, % of care leavers",
    "cl_activity_percent": "Care leavers aged 19 to 21 by what they do, % of care leavers",
    "cl_activity_17_18_percent": "Care leavers aged 17 to 18 by what they do, % of care leavers",
    "cl_suitable_percent": "Care leavers aged 19 to 21 in suitable accommodation, % of care leavers",
    "cl_suitable_17_18_percent": "Care leavers aged 17 to 18 in suitable accommodation, % of care leavers",
    "adoption_care_to_placed_months": "Months from entry into care to placement for adoption, average",
    "adoption_care_to_adopted_months": "Months from entry into care to adoption, average",
    "adoption_decision_to_match_months": "Months from the decision to match with adopters, average",
    "adoption_placed_to_adopted_months": "Months from placement for adoption to adoption, average",
}

ON_31_MARCH = {"cla_group": "CLA on 31 March"}
TWO_YEARS = {"cla_group": "CLA 2 years on 31 March"}
LONG = {"cla_group": "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years"}
LOCATIONS = {
    "inside_under_20_miles": "Placed inside LA boundary less than 20 miles from home",
    "inside_over_20_miles": "Placed inside LA boundary more than 20 miles from home",
    "outside_under_20_miles": "Placed outside LA boundary less than 20 miles from home",
    "outside_over_20_miles": "Placed outside LA boundary more than 20 miles from home",
    "not_known": "Distance not known or not recorded",
}
ENDED = {
    "allegation": "Allegation (s47)",
    "approval_removed": "Approval removed",
    "carer_child_behaviour": "Carer requests placement ends due to child's behaviour",
    "carer_other": "Carer requests placement end other than due to child's behaviour",
    "status_only": "Change in the status of a placement only",
    "care_plan": "Change to/implementation of care plan",
    "child": "Child requests placement to end",
    "custody": "Custody arrangement",
    "other": "Other",
    "provision_closed": "Resignation or closure of provision",
    "authority": "Responsible/area authority requests placement ends",
    "standards_of_care": "Standards of care concern",
}
ACTIVITIES = {
    "higher_education": "Higher education i.e. studies beyond A level",
    "other_education": "Education other than higher education",
    "apprenticeship": "In an apprenticeship",
    "training_or_employment": "In training or employment (excl. apprenticeship)",
    "neet_illness": "Not in education, training or employment, owing to illness or disability",
    "neet_parenting": "Not in education, training or employment, owing to pregnancy or parenting",
    "neet_other": "Not in education, training or employment, owing to other reasons",
    "not_known": "Total information not known",
}
EET, NEET = "Total in education, employment or training", "Total not in education, employment or training"
OLDER, YOUNGER = {"care_leaver_age": "19 to 21 years"}, {"care_leaver_age": "17 to 18 years"}
ADOPTION = {
    "adoption_decision_to_match_months": "2. Average time between decision that child should be placed for adoption"
    " and matching of child and adopters",
    "adoption_care_to_placed_months": "4. Total average time between entry into care and date placed for adoption",
    "adoption_placed_to_adopted_months": "5. Average time between date placed for adoption and the date child adopted",
    "adoption_care_to_adopted_months": "6. Total average time between entry into care and adoption",
}
STARTING_AGES = {
    "under_1": "Aged under 1", "1": "Aged 1", "2": "Aged 2", "3": "Aged 3", "4": "Aged 4", "5": "Aged 5",
    "6": "Aged 6", "7_and_over": "Aged 7 and over",
}  # fmt: skip


def _population(measure: str, period: Period, kind: str) -> tuple[Published, Published]:
    where = {"population_type": kind}
    return (
        Published(measure, period, "children_count", ("children_count",), where=where),
        replace(rate(f"{measure}_rate", period, "rate_per_10000", "children_count"), where=where),
    )


def _stability(measure: str, period: Period, group: Mapping[str, str], kind: str) -> Published:
    of_all = {**group, "placement_stability": "Total children"}
    where = {**group, "placement_stability": kind}
    return row_share(measure, period, where, of_all, "children_count", "children_percent")


def _moves(measure: str, moves: str, kind: str) -> Published:
    group = {**ON_31_MARCH, "move_measure": moves}
    of_all = {**group, "school_stability": "Total children"}
    return row_share(measure, YEAR, {**group, "school_stability": kind}, of_all, "number", "percentage")


def _health(measure: str, of: str, total: str, kind: str) -> Published:
    where, of_all = {"characteristic": of, "breakdown": kind}, {"characteristic": of, "breakdown": total}
    return row_share(measure, YEAR, where, of_all, "children_count", "children_percent")


def _placements(measure: str, of: str, total: str, parts: Mapping[str, str]) -> tuple[Published, ...]:
    of_all = {"characteristic": of, "breakdown": total}
    return tuple(
        row_share(measure, YEAR, {**of_all, "breakdown": kind}, of_all, "children_count", "children_percent", breakdown)
        for breakdown, kind in parts.items()
    )


def _leavers(
    measure: str, age: Mapping[str, str], total: str, kind: str, breakdown: str | None = None
) -> Published:  # fmt: skip
    where, of_all = {**age, "breakdown": kind}, {**age, "breakdown": total}
    return row_share(measure, YEAR, where, of_all, "care_leaver_count", "care_leaver_percent", breakdown)


def _activities(measure: str, age: Mapping[str, str]) -> tuple[Published, ...]:
    return tuple(_leavers(measure, age, "Total", kind, breakdown) for breakdown, kind in ACTIVITIES.items())


def _adoptions() -> tuple[Published, ...]:
    ages: list[tuple[str | None, str]] = [(None, "Total"), *STARTING_AGES.items()]
    return tuple(
        Published(
            measure, YEAR, "number", spelt=True, breakdown=breakdown,
            where={"stage_of_adoption_process": stage, "age_start_poc": age},
        )
        for measure, stage in ADOPTION.items()
        for breakdown, age in ages
    )  # fmt: skip


SDQ, ALL = "Ages 5 to 16 years with SDQ score", "Health assessments: Children looked after all ages"
EDITIONS: tuple[Edition, ...] = (
    Edition(
        "Children looked after: number and rate",
        frozenset({"population_type", "children_count", "rate_per_10000"}),
        (
            *(
                replace(each, measure=each.measure.replace("cla_total_rate", "cla_rate"))
                for each in _population("cla_total", MARCH, "Children looked after on 31 March each year")
            ),
            *_population("cla_started", YEAR, "Children starting to be looked after each year"),
            *_population("cla_ceased", YEAR, "Children ceasing to be looked after each year"),
        ),
    ),
    Edition(
        "Children looked after: placement stability",
        frozenset({"cla_group", "placement_stability", "children_percent"}),
        (
            _stability("cla_3plus_percent", YEAR, ON_31_MARCH, "With 3 or more placements during the year"),
            _stability(
                "cla_3plus_2yrs_percent", YEAR, TWO_YEARS, "With 3 or more placements during the previous 2 years"
            ),
            _stability("cla_stability_percent", MARCH, LONG, "Living with the same carer for at least 2 years"),
        ),
    ),
    Edition(
        "Children looked after: school moves",
        frozenset({"cla_group", "move_measure", "school_stability"}),
        (
            _moves("cla_school_moves_percent", "Any moves", "With one or more moves during the year"),
            _moves(
                "cla_school_mid_year_moves_percent", "Mid-year moves",
                "With one or more mid-year moves during the year",
            ),
        ),
    ),
    Edition(
        "Children looked after: number of social workers",
        frozenset({"cla_group", "sw_stability", "percentage"}),
        (
            row_share(
                "cla_3_workers_percent", YEAR, {"sw_stability": "3 or more social workers during the year"},
                {"sw_stability": "Total children"}, "number", "percentage",
            ),
        ),
    ),
    Edition(
        "Children looked after: new placements, or health and convictions",
        frozenset({"characteristic", "breakdown", "children_count", "children_percent"}),
        (
            *_placements(
                "cla_placed_percent", "Location of new placements during the year", "Total new placements", LOCATIONS
            ),
            *_placements(
                "cla_placement_ended_percent", "Reason for placement change during the year",
                "Total placements changing", ENDED,
            ),
            _health("cla_health_assessment_percent", ALL, "Total all ages", "Had their annual health assessment"),
            _health("cla_immunisations_percent", ALL, "Total all ages", "Had their immunisations up to date"),
            _health("cla_dental_percent", ALL, "Total all ages", "Had their teeth checked by a dentist"),
            _health(
                "cla_development_percent", "Development assessments: Children looked after ages 0 to 4 years",
                "Total ages 0 to 4 years", "Development assessments up to date",
            ),
            _health(
                "cla_convictions_percent", "Convictions: Children looked after Ages 10 to 17 years",
                "Total ages 10 to 17 years",
                "Convicted or subject to youth cautions, or youth conditional cautions during the year",
            ),
            _health(
                "cla_substance_percent", "Substance misuse: Children looked after all ages", "Total all ages",
                "Identified as having a substance misuse problem",
            ),
            _health("cla_sdq_received_percent", SDQ, "Total ages 5 to 16 years", "SDQ score was received"),
            _health("cla_sdq_concern_percent", SDQ, "SDQ score was received", "SDQ score is a cause for concern"),
            Published("cla_sdq_score", YEAR, "children_count",
                      where={"characteristic": SDQ, "breakdown": "SDQ average score"}),
        ),
    ),
    Edition(
        "Children looked after: care leavers' activity or accommodation",
        frozenset({"care_leaver_age", "breakdown", "care_leaver_count", "care_leaver_percent"}),
        (
            _leavers("cl_eet_percent", OLDER, "Total", EET),
            _leavers("cl_eet_17_18_percent", YOUNGER, "Total", EET),
            _leavers("cl_neet_percent", OLDER, "Total", NEET),
            _leavers("cl_higher_education_percent", OLDER, "Total", ACTIVITIES["higher_education"]),
            *_activities("cl_activity_percent", OLDER),
            *_activities("cl_activity_17_18_percent", YOUNGER),
            _leavers("cl_suitable_percent", OLDER, "Suitability total", "Accommodation considered suitable"),
            _leavers("cl_suitable_17_18_percent", YOUNGER, "Suitability total", "Accommodation considered suitable"),
        ),
    ),
    Edition(
        "Children looked after: time between the stages of adoption",
        frozenset({"stage_of_adoption_process", "age_start_poc", "number"}),
        _adoptions(),
    ),
)  # fmt: skip
