"""What one Annex A workbook can answer, and what it cannot: by the columns and the grain of its lists."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.indicators.compute import compute
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.record.coverage import Grain, Spoken
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from tests.indicators.drawn import COUNTY, JANUARY

EXTRACTED = date(2017, 2, 3)
SIX_MONTHS_BEFORE = date(2016, 8, 3)
LISTS = """
    contact             event        person_id contact_date source_code
    early_help_episode  latest_only  person_id start_date assessment_end organisation
    referral            event        person_id referral_date source_code nfa team_id close_date close_reason
    assessment          event        person_id start_date auth_date child_seen needs_support team_id
    s47                 event        person_id start_date icpc_not_required team_id
    icpc                event        person_id icpc_date s47_start_date outcome_cp_plan team_id
    cp_plan             latest_only  person_id start_date end_date initial_category latest_category previous_plans
    visit               latest_only  person_id kind visit_date seen seen_alone
    cp_review           latest_only  person_id plan_start_date review_date
    lac_period          latest_only  person_id start_date end_date end_reason legal_status is_uasc team_id
    placement           latest_only  person_id start_date type provider location
    lac_review          latest_only  person_id review_date
    care_leaver_status  snapshot     person_id as_at eligibility in_touch accommodation is_suitable activity
"""
ANSWERED = {
    "assessment_child_seen", "assessment_median_days", "assessments_45wd", "assessments_45wd_from_referral",
    "assessments_completed", "assessments_open_over_45wd", "assessments_open_over_45wd_count", "cin_open",
    "cin_open_2yrs", "cla_long_term_stability", "cla_placement_mix", "cla_placement_provider_mix", "cla_total",
    "cla_uasc", "cla_unregistered_coded", "contacts", "cp_category_mix", "cp_category_mix_initial", "cp_ended_2yrs",
    "cp_ended_3m", "cp_open_2yrs", "cp_plans_ended", "cp_plans_open", "cp_plans_started", "cp_repeat_ever",
    "icpc_15wd", "icpc_held", "icpc_to_plan_pct", "referral_nfa_pct", "referral_source_mix", "referrals",
    "s47_started", "s47_to_icpc_pct",
}  # fmt: skip


def annex_a() -> Snapshot:
    coverage: dict[str, list[Spoken]] = {name: [] for name in TABLES}
    for line in LISTS.strip().splitlines():
        table, grain, *columns = line.split()
        known: Grain = "event" if grain == "event" else "latest_only" if grain == "latest_only" else "snapshot"
        begins = EXTRACTED if grain == "snapshot" else SIX_MONTHS_BEFORE
        coverage[table] = [Spoken(begins, EXTRACTED, known, frozenset(columns))]
    return Snapshot.drawn({}, EXTRACTED, coverage)


def test_one_workbook_answers_what_its_lists_hold_and_nothing_else() -> None:
    figures = compute(annex_a(), load_catalogue([SHIPPED]), COUNTY, months=[JANUARY])
    answered = {name for name in figures.catalogue if figures.one(name, JANUARY).status != "no_source"}
    assert answered == ANSWERED


@pytest.mark.parametrize(
    "indicator",
    ["contact_decision_1wd", "eh_open", "eh_open_families", "eh_closed_needs_met", "cp_visits_10wd", "rcpc_timely",
     "cla_visits_timely", "cla_reviews_timely", "cla_3plus_placements", "rereferrals_12m"],
)  # fmt: skip
def test_what_no_list_can_know_has_no_source(indicator: str) -> None:
    figures = compute(annex_a(), load_catalogue([SHIPPED]), COUNTY, months=[JANUARY], indicators=[indicator])
    assert figures.one(indicator, JANUARY).status == "no_source"
