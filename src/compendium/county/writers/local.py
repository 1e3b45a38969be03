"""The council's own tables as CSV: the canonical columns, one file a table and delivery.

A first file in April 2016 holds everything since the table began; later ones hold the last months and
whatever of the older rows is still open or ended lately. Each says which days it is complete for.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compendium.county import days, savings
from compendium.county.knowledge import Knowledge
from compendium.county.world import World
from compendium.county.writers import (
    local_care,
    local_oversight,
    local_partners,
    local_people,
    local_protection,
    local_work,
)
from compendium.county.writers.codes import AUTHORITY, SYNTHETIC

Row = Sequence[object]
Rows = Callable[[Knowledge, int, int], Iterable[Row]]


@dataclass(frozen=True)
class LocalTable:
    """One table: when its record begins, on which days it arrives, and how many months it goes back behind
    the delivery before (0: always whole). ends: the last day it tells of (0: the day before it arrives)."""

    name: str
    columns: str
    rows: Rows
    begins: int
    received: tuple[int, ...]
    back: int
    ends: int = 0


def _thirds(*months: str) -> tuple[int, ...]:
    return tuple(days.first_of(days.month(each)) + 2 for each in months)


def _tenths(*months: str) -> tuple[int, ...]:
    return tuple(days.first_of(days.month(each)) + 9 for each in months)


BEGINS = days.day("2012-04-01")
FIRST_DELIVERY = days.day("2016-04-03")
MONTHLY = tuple(days.first_of(month) + 2 for month in range(days.month("2016-04"), days.month("2017-07") + 1))
# By quarter in 2016, by month in 2017: what the board's questions turned on was asked for more often.
OFTEN = _thirds(
    "2016-04", "2016-07", "2016-10", "2017-01", "2017-02", "2017-03", "2017-04", "2017-05", "2017-06", "2017-07"
)
SELDOM = _thirds("2016-04", "2016-10", "2017-01", "2017-02", "2017-03", "2017-07")
RARELY = _thirds("2016-04", "2016-10", "2017-02", "2017-03", "2017-07")
ONCE = (FIRST_DELIVERY,)
TABLES = (
    LocalTable("contact",
               "person_id contact_date source_code contact_id contact_group_id decision_date outcome on_open_case "
               "domestic_abuse team_id recorded_on", local_work.contacts, BEGINS, MONTHLY, 2),
    LocalTable("referral", "person_id referral_date close_date close_reason team_id recorded_on",
               local_work.referrals, BEGINS, SELDOM, 3),
    LocalTable("mash_enquiry",
               "enquiry_id person_id contact_id opened_on opened_at rating closed_at partner_waited_for team_id "
               "recorded_on", local_work.enquiries, days.day("2015-04-01"), OFTEN, 2),
    LocalTable("visit", "person_id kind visit_date seen seen_alone place worker_id team_id recorded_on",
               local_work.visits,
               days.day("2014-04-01"), OFTEN, 2),
    LocalTable("involvement", "person_id worker_id team_id role start_date end_date", local_people.involvements,
               days.day("2014-04-01"), OFTEN, 2),
    LocalTable("establishment", "month_end team_id role establishment_hundredths in_post_hundredths agency_hundredths "
               "cover_hundredths vacancy_hundredths starters_hundredths leavers_hundredths sickness_days_hundredths",
               local_people.establishment, BEGINS, OFTEN, 2),
    LocalTable("agency_booking", "booking_id team_id fte_hundredths start_date end_date covers_vacancy",
               local_people.bookings, BEGINS, OFTEN, 2),
    LocalTable("audit",
               "audit_id audit_date person_id team_id theme auditor_role sampling grade moderated_grade reaudit_of",
               local_work.audits, days.day("2015-04-01"), SELDOM, 3),
    LocalTable("audit_dimension", "audit_id audit_date dimension grade", local_work.dimensions,
               days.day("2015-04-01"), SELDOM, 3),
    LocalTable("audit_action", "action_id audit_id team_id what agreed_on due_date done_date", local_work.actions,
               days.day("2015-04-01"), SELDOM, 3),
    LocalTable("early_help_episode",
               "person_id start_date family_id end_date end_reason organisation assessment_end team_id "
               "recorded_on", local_work.early_help, BEGINS, SELDOM, 3),
    # How help began is kept in another system, which was asked once.
    LocalTable("early_help_episode", "person_id start_date level came_from", local_work.early_help_origins, BEGINS,
               _tenths("2017-02"), 0),
    LocalTable("assessment_factor", "person_id start_date factor_code", local_work.factors, days.day("2014-04-01"),
               SELDOM, 4),
    LocalTable("cin_plan", "person_id start_date end_date referral_date team_id", local_work.cin_plans, BEGINS,
               SELDOM, 3),
    LocalTable("lac_period",
               "person_id start_date end_date end_reason need_code legal_status legal_status_date is_uasc team_id "
               "recorded_on", local_work.periods, BEGINS, SELDOM, 3),
    LocalTable("placement",
               "person_id start_date end_date type provider carer_id is_long_term location la_of_placement",
               local_work.placements, BEGINS, SELDOM, 3),
    LocalTable("lac_review", "person_id review_date participation recorded_on", local_work.reviews, BEGINS, SELDOM, 3),
    LocalTable("missing_episode",
               "person_id started_on started_at ended_at is_looked_after rhi_offered_at rhi_accepted "
               "rhi_completed_at team_id recorded_on", local_work.missing, days.day("2014-04-01"), SELDOM, 3),
    LocalTable("service_spend", "month_end area_id service kind partner amount_pence", local_people.spend,
               days.day("2015-04-01"), SELDOM, 3),
    # Once more, in the middle of a month: what the former front doors cost was worked out for the board.
    LocalTable("service_spend", "month_end area_id service kind partner amount_pence",
               local_partners.spend_with_front_doors, days.first_of(savings.BEFORE[0]), (savings.RECOUNTED,), 0,
               days.last_of(savings.BEFORE[-1])),
    LocalTable("partner_request", "enquiry_id agency asked_on asked_at answered_at recorded_on",
               local_partners.requests, days.day("2015-04-01"), OFTEN, 2),
    LocalTable("strategy_attendance", "person_id discussion_date agency attended recorded_on",
               local_partners.attendances, days.day("2015-04-01"), SELDOM, 3),
    LocalTable("conference_report", "person_id conference_date agency received_on team_id recorded_on",
               local_partners.reports, days.day("2015-04-01"), SELDOM, 3),
    LocalTable("cin_plan_review", "person_id review_date recorded_on", local_partners.plan_reviews,
               days.day("2014-04-01"), SELDOM, 3),
    LocalTable("school_attendance", "person_id term_end possible_sessions attended_sessions", local_partners.school,
               days.day("2014-09-01"), SELDOM, 3),
    LocalTable("savings_claim",
               "claim_id title service replaces claimed_on claimed_by period_from period_to monthly_pence",
               local_partners.claims, BEGINS, RARELY, 0),
    LocalTable("savings_assumption",
               "claim_id step says value_hundredths unit operation source indicator service",
               local_partners.assumptions, BEGINS, RARELY, 0),
    LocalTable("team", "team_id team_name service area_id valid_from valid_to", local_people.teams, BEGINS, RARELY, 0),
    LocalTable("worker", "worker_id role team_id fte_hundredths is_agency is_registered is_asye start_date end_date",
               local_people.workers, BEGINS, RARELY, 0),
    LocalTable("academy_cohort", "cohort_id start_date headcount qualifies_on team_id", local_people.cohorts, BEGINS,
               RARELY, 0),
    LocalTable("person", "person_id sex ethnicity dob expected_dob is_disabled is_uasc", local_people.people, BEGINS,
               ONCE, 0),
    LocalTable("care_leaver_status",
               "person_id as_at eligibility in_touch last_contact_date accommodation is_suitable activity "
               "pathway_review_date team_id", local_people.care_leavers, days.day("2015-04-30"), ONCE, 0),
    LocalTable("academy_trainee", "worker_id cohort_id start_date qualifies_on converted_on left_on team_id",
               local_oversight.trainees, BEGINS, OFTEN, 60),
    LocalTable("worker_starter", "worker_id start_date team_id fte_hundredths route", local_oversight.starters, BEGINS,
               OFTEN, 2),
    LocalTable("supervision", "worker_id supervised_on team_id", local_oversight.supervisions,
               days.day("2015-04-01"), OFTEN, 2),
    LocalTable("local_event", "event_id kind start_date says", local_oversight.events, BEGINS, RARELY, 0),
    LocalTable("audit_plan", "planned_id due_date team_id theme service completed_on audit_id",
               local_oversight.planned, days.day("2015-04-01"), SELDOM, 3),
    LocalTable("deep_dive",
               "deep_dive_id commissioned_on indicator edition question due_date reported_on finding action_id",
               local_oversight.deep_dives, days.day("2015-04-01"), SELDOM, 12),
    LocalTable("complaint",
               "complaint_id stage received_on responded_on withdrawn_on is_extended person_id team_id theme outcome",
               local_oversight.complaints, days.day("2015-04-01"), SELDOM, 3),
    LocalTable("placement_fee", "person_id start_date end_date setting provider_id fee weekly_pence",
               local_oversight.fees, days.day("2015-04-01"), SELDOM, 3),
    LocalTable("placement_spend", "month_end area_id placement amount_pence", local_oversight.placement_costs,
               days.day("2015-04-01"), SELDOM, 3),
    LocalTable("budget_forecast", "month_end area_id service budget_pence forecast_pence",
               local_oversight.forecasts, days.day("2015-04-01"), SELDOM, 3),
    LocalTable("icpc", "person_id icpc_date s47_start_date is_quorate participation",
               local_protection.first_conferences, days.day("2014-04-01"), OFTEN, 3),
    LocalTable("cp_review", "person_id plan_start_date review_date is_quorate participation", local_protection.reviews,
               days.day("2014-04-01"), OFTEN, 3),
    LocalTable("core_group", "person_id meeting_date team_id recorded_on", local_protection.core_groups,
               days.day("2015-04-01"), OFTEN, 2),
    LocalTable("exploitation_flag", "person_id kind start_date end_date risk team_id recorded_on",
               local_protection.flags, days.day("2014-04-01"), SELDOM, 3),
    LocalTable("nrm_referral", "person_id referral_date kind is_county_lines team_id recorded_on",
               local_protection.nrm_referrals, days.day("2014-04-01"), SELDOM, 3),
    LocalTable("health_check", "person_id kind check_date refused by_doctor delay_cause", local_care.checks, BEGINS,
               SELDOM, 3),
    LocalTable("pep_review", "person_id pep_date", local_care.plans, BEGINS, SELDOM, 3),
    LocalTable("sdq_score", "person_id completed_date score reason", local_care.scores, BEGINS, SELDOM, 3),
    LocalTable("placement", "person_id start_date distance_hundredths is_registered", local_care.homes, BEGINS,
               local_care.received("2016-04", "2016-10", "2017-01", "2017-02", "2017-03", "2017-07"), 0),
    LocalTable("care_leaver_status",
               "person_id as_at eligibility in_touch last_contact_date accommodation is_suitable activity "
               "pathway_review_date team_id", local_care.leavers, days.day("2015-04-30"),
               local_care.received("2016-10", "2017-01", "2017-02", "2017-03", "2017-07"), 1),
    LocalTable("adoption",
               "person_id entered_care family_id decision_date placement_order matched_date placed_date order_date "
               "adopted_by_carer carer_date", local_care.adoptions, BEGINS, SELDOM, 0),
    LocalTable("population", "mid_year geography_code age_from age_to persons vintage", local_people.population,
               BEGINS, ONCE, 0),
)  # fmt: skip


def deliveries() -> Iterator[tuple[LocalTable, int]]:
    """Every table with every day on which it is received."""
    for table in TABLES:
        for on in table.received:
            yield table, on


def window(table: LocalTable, on: int) -> tuple[int, int]:
    """The days a delivery is complete for: everything at first, then from some months before the last one."""
    earlier = [there for there in table.received if there < on]
    since = table.begins
    if earlier and table.back:
        since = max(since, days.first_of(days.month_of(earlier[-1]) - table.back))
    return since, table.ends or on - 1


def write_local(world: World, table: LocalTable, on: int, folder: Path) -> Path:
    """<table>_<received>.csv with the days it is complete for in a comment on top."""
    path = folder / f"{table.name}_{days.iso(on)}.csv"
    since, until = window(table, on)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {SYNTHETIC}\n# authority: {AUTHORITY}\n# complete: {days.iso(since)} to {days.iso(until)}\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(table.columns.split())
        out.writerows(table.rows(Knowledge(world, on), since, until))
    return path
