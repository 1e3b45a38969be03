"""The county's Standard Safeguarding Dataset as at a day: a folder of CSV files, or the SQL of the same tables.

The tables are those that a council's case system fills, with the columns and types of the published SQL. Names,
addresses and postcodes are not invented. The window is six years unless another is given, as the dataset's own
SQL cuts it: by the day of a contact or visit, by the start of a referral, by the end of everything that lasts.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from compendium.county import days
from compendium.county.knowledge import Knowledge
from compendium.county.world import World
from compendium.county.writers import ssd_care, ssd_organisation, ssd_work
from compendium.county.writers.ssd_window import Window

Row = Sequence[object]
SQL_TYPES = {"id": "varchar(48)", "text": "varchar", "flag": "char(1)", "day": "timestamp", "whole": "integer",
             "number": "double precision"}  # fmt: skip


@dataclass(frozen=True)
class SsdTable:
    """columns: name -> kind."""

    name: str
    columns: Mapping[str, str]
    rows: Callable[[Window], Iterable[Row]]


def _table(name: str, prefix: str, columns: str, rows: Callable[[Window], Iterable[Row]]) -> SsdTable:
    """columns: names without their prefix, each with its kind after a colon; without one, an id."""
    drawn = [each.partition(":") for each in columns.split()]
    return SsdTable(name, {f"{prefix}_{column}": kind or "id" for column, _, kind in drawn}, rows)


TABLES: tuple[SsdTable, ...] = (
    _table("ssd_department", "dept", "team_id team_name:text team_parent_id team_parent_name:text",
           ssd_organisation.departments),
    _table("ssd_professionals", "prof",
           "professional_id staff_id social_worker_registration_no professional_job_title:text"
           " professional_caseload:whole professional_department:text full_time_equivalency:number"
           " agency_worker_flag:flag", ssd_organisation.professionals),
    _table("ssd_involvements", "invo",
           "involvements_id professional_id professional_role_id:text professional_team involvement_start_date:day"
           " involvement_end_date:day worker_change_reason:text person_id referral_id", ssd_organisation.involvements),
    _table("ssd_contacts", "cont",
           "contact_id person_id contact_date:day contact_source_code contact_source_desc:text"
           " contact_outcome_json:text", ssd_work.contacts),
    _table("ssd_early_help_episodes", "earl",
           "episode_id person_id episode_start_date:day episode_end_date:day episode_reason:text"
           " episode_end_reason:text episode_organisation:text episode_worker_id", ssd_work.early_help),
    _table("ssd_cin_episodes", "cine",
           "referral_id person_id referral_date:day cin_primary_need_code referral_source_code"
           " referral_source_desc:text referral_outcome_json:text referral_nfa:flag close_reason:text close_date:day"
           " referral_team referral_worker_id", ssd_work.cin_episodes),
    _table("ssd_cin_assessments", "cina",
           "assessment_id person_id referral_id assessment_start_date:day assessment_child_seen:flag"
           " assessment_auth_date:day assessment_outcome_json:text assessment_outcome_nfa:flag assessment_team"
           " assessment_worker_id", ssd_work.assessments),
    _table("ssd_assessment_factors", "cinf", "table_id assessment_id assessment_factors_json:text", ssd_work.factors),
    _table("ssd_cin_plans", "cinp",
           "cin_plan_id referral_id person_id cin_plan_start_date:day cin_plan_end_date:day cin_plan_team"
           " cin_plan_worker_id", ssd_work.cin_plans),
    _table("ssd_cin_visits", "cinv",
           "cin_visit_id person_id cin_visit_date:day cin_visit_seen:flag cin_visit_seen_alone:flag"
           " cin_visit_bedroom:flag", ssd_work.cin_visits),
    _table("ssd_s47_enquiry", "s47e",
           "s47_enquiry_id referral_id person_id s47_start_date:day s47_end_date:day s47_nfa:flag"
           " s47_outcome_json:text s47_completed_by_worker_id s47_completed_by_team", ssd_work.enquiries),
    _table("ssd_initial_cp_conference", "icpc",
           "icpc_id icpc_meeting_id s47_enquiry_id person_id cp_plan_id referral_id icpc_transfer_in:flag"
           " icpc_target_date:day icpc_date:day icpc_outcome_cp_flag:flag icpc_outcome_json:text icpc_team"
           " icpc_worker_id", ssd_work.conferences),
    _table("ssd_cp_plans", "cppl",
           "cp_plan_id referral_id icpc_id person_id cp_plan_start_date:day cp_plan_end_date:day"
           " cp_plan_initial_category:text cp_plan_ola:flag cp_plan_latest_category:text", ssd_work.cp_plans),
    _table("ssd_cp_visits", "cppv",
           "cp_visit_id person_id cp_plan_id cp_visit_date:day cp_visit_seen:flag cp_visit_seen_alone:flag"
           " cp_visit_bedroom:flag", ssd_work.cp_visits),
    _table("ssd_cp_reviews", "cppr",
           "cp_review_id person_id cp_plan_id cp_review_due:day cp_review_date:day cp_review_meeting_id"
           " cp_review_outcome_continue_cp:flag cp_review_quorate:text cp_review_participation:text",
           ssd_work.cp_reviews),
    _table("ssd_cla_episodes", "clae",
           "cla_episode_id person_id cla_episode_start_date:day cla_episode_start_reason:text cla_primary_need_code"
           " cla_episode_ceased_date:day cla_episode_ceased_reason:text cla_id referral_id cla_placement_id"
           " entered_care_date:day cla_last_iro_contact_date:day", ssd_care.episodes),
    _table("ssd_legal_status", "lega",
           "legal_status_id person_id legal_status:text legal_status_start_date:day legal_status_end_date:day",
           ssd_care.legal_statuses),
    _table("ssd_cla_placement", "clap",
           "cla_placement_id cla_placement_start_date:day cla_placement_type:text cla_placement_urn"
           " cla_placement_distance:number cla_id cla_placement_provider cla_placement_postcode:text"
           " cla_placement_end_date:day cla_placement_change_reason:text person_id", ssd_care.placements),
    _table("ssd_cla_reviews", "clar",
           "cla_review_id cla_id cla_review_due_date:day cla_review_date:day cla_review_cancelled:flag"
           " cla_review_participation:text", ssd_care.reviews),
    _table("ssd_cla_visits", "clav",
           "cla_visit_id cla_id person_id cla_visit_date:day cla_visit_seen:flag cla_visit_seen_alone:flag",
           ssd_care.visits),
    _table("ssd_cla_health", "clah",
           "health_check_id person_id health_check_type:text health_check_date:day health_check_status:text",
           ssd_care.health_checks),
    _table("ssd_cla_care_plan", "lacp",
           "table_id person_id cla_care_plan_start_date:day cla_care_plan_end_date:day cla_care_plan_json:text",
           ssd_care.care_plans),
    _table("ssd_missing", "miss",
           "table_id person_id missing_episode_start_date:day missing_episode_type:text missing_episode_end_date:day"
           " missing_rhi_offered:text missing_rhi_accepted:text", ssd_care.missing),
    _table("ssd_care_leavers", "clea",
           "table_id person_id care_leaver_eligibility:text care_leaver_in_touch:text"
           " care_leaver_latest_contact:day care_leaver_accommodation:text care_leaver_accom_suitable:text"
           " care_leaver_activity:text pathway_plan_review_date:day care_leaver_personal_advisor:text"
           " care_leaver_allocated_team care_leaver_worker_id", ssd_care.care_leavers),
    _table("ssd_permanence", "perm",
           "table_id person_id cla_id adm_decision_date:day ffa_cp_decision_date:day placement_order_date:day"
           " placed_for_adoption_date:day matched_date:day adopted_by_carer_flag:flag placed_ffa_cp_date:day"
           " decision_reversed_date:day placed_foster_carer_date:day decision_reversed_reason:text"
           " permanence_order_date:day permanence_order_type:text", ssd_care.permanence),
    # Last, for these tell of everybody whom the others name.
    _table("ssd_person", "pers",
           "person_id sex:text gender:text ethnicity dob:day upn_unknown:text expected_dob:day death_date:day"
           " is_mother:flag", ssd_organisation.persons),
    _table("ssd_disability", "disa", "table_id person_id disability_code", ssd_organisation.disabilities),
    _table("ssd_immigration_status", "immi",
           "person_id immigration_status_id immigration_status:text immigration_status_start_date:day"
           " immigration_status_end_date:day", ssd_organisation.immigration),
    _table("ssd_family", "fami", "table_id family_id person_id", ssd_organisation.families),
)  # fmt: skip


def write_ssd(world: World, on: int, folder: Path, years: int = 6) -> Path:
    """Writes `ssd_<day>/` with a CSV for each table, as the case system stood at the close of the day."""
    target = folder / f"ssd_{days.iso(on)}"
    target.mkdir(parents=True, exist_ok=True)
    for table, rows in ssd_rows(world, on, years):
        with (target / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(table.columns)
            out.writerows(rows)
    return target


def ssd_rows(world: World, on: int, years: int = 6) -> Iterator[tuple[SsdTable, Iterable[Row]]]:
    """Every table with its rows, which must be taken in this order: the last tell of those whom the others name."""
    window = Window(Knowledge(world, on), days.months_on(on, -12 * years))
    for table in TABLES:
        yield table, table.rows(window)


def ssd_sql(table: SsdTable) -> tuple[str, str]:
    """How PostgreSQL makes a table, and how it takes its rows from CSV without a header."""
    columns = ", ".join(f"{name} {SQL_TYPES[kind]}" for name, kind in table.columns.items())
    return (
        f"CREATE TABLE {table.name} ({columns})",
        f"COPY {table.name} ({', '.join(table.columns)}) FROM STDIN (FORMAT csv)",
    )
