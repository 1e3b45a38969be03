"""The county as Standard Safeguarding Dataset: what is true of it comes back, from files and from PostgreSQL alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.county import days
from compendium.county.knowledge import Knowledge
from compendium.county.people import NEVER
from compendium.county.records import Contact
from compendium.county.world import World
from compendium.county.writers import local_people, local_work
from compendium.county.writers.ssd import ssd_rows, ssd_sql, write_ssd
from compendium.record.pseudonym import worker_pseudonym
from compendium.record.store import Store
from compendium.record.tables import TABLES
from compendium.sources.load import load_database
from compendium.workspace import Database
from tests.postgres import Cluster
from tests.sources.desk import Desk

pytestmark = pytest.mark.slow
ON = days.day("2017-07-03")
DAY = date(2017, 7, 3)
BEGINS = days.day("2011-07-03")  # six years before
Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, small_world: World) -> Desk:
    """A desk on which the county's folder has been loaded, with nothing of it rejected."""
    pytest.MonkeyPatch().delenv("COMPENDIUM_KEY_FILE", raising=False)
    desk = Desk(tmp_path_factory.mktemp("ssd"))
    report = desk.load(write_ssd(small_world, ON, desk.folder).name)
    assert {unit: count.rejected for unit, count in report.units.items() if count.rejected} == {}
    return desk


def day(number: int) -> str | None:
    return days.iso(number) if number <= ON else None


def text(rows: Iterator[tuple[object, ...]], *columns: int) -> list[Row]:
    """Some columns of the rows of a local table: empty cells as None, in order."""
    picked = [tuple(row[at] if row[at] != "" else None for at in columns) for row in rows]
    return sorted(picked, key=str)


def held(desk: Desk, table: str, columns: str) -> list[Row]:
    return sorted(desk.rows(table, columns), key=str)


def test_contacts(desk: Desk, small_world: World) -> None:
    known = Knowledge(small_world, ON)
    told = text(local_work.contacts(known, BEGINS, ON), 0, 1, 2, 3)
    assert told and held(desk, "contact", "person_id, contact_date, source_code, contact_id") == told
    assert set(desk.rows("contact", "contact_id, outcome, on_open_case")) == {
        (f"C{contact.number:06d}-{n}", *decision(contact))
        for contact in known.contacts(BEGINS, ON)
        for n in range(1, len(contact.children) + 1)
    }


def decision(contact: Contact) -> tuple[str | None, int | None]:
    """What the dataset can say of it: it has no word for early help, nor for a contact that is not decided."""
    outcome = contact.outcome if contact.decided <= ON else None
    if outcome is None and not contact.on_open_case:
        return None, None
    on_open_case = contact.on_open_case or outcome == "existing_case"
    if outcome != "referral" and on_open_case:
        return "existing_case", 1
    return "other" if outcome == "early_help" else outcome, int(on_open_case)


def test_referrals(desk: Desk, small_world: World) -> None:
    known = Knowledge(small_world, ON)
    told = [
        (child.child_id, days.iso(case.day), case.source, case.need, int(case.nfa), day(known.closed(case)),
         case.reason if known.closed(case) < NEVER else None, case.assess_team)
        for case in known.cases()
        if BEGINS <= case.day <= ON or (case.day < BEGINS and known.closed(case) == NEVER)
        for child in case.children
    ]  # fmt: skip
    columns = "person_id, referral_date, source_code, primary_need_code, nfa, close_date, close_reason, team_id"
    assert told and held(desk, "referral", columns) == sorted(told, key=str)


def test_assessments_and_their_factors(desk: Desk, small_world: World) -> None:
    known = Knowledge(small_world, ON)
    assessed, factors = [], set()
    for case in known.cases():
        for made in case.assessments:
            auth = made.auth if made.auth_known <= ON and made.auth <= ON else NEVER
            if made.known <= ON and made.start <= ON and auth >= BEGINS:
                done = auth < NEVER
                for child in case.children:
                    seen = int(child.child_id not in made.unseen) if done else None
                    needs = int(made.in_need) if done else None
                    assessed.append((child.child_id, days.iso(made.start), day(auth), seen, needs, made.team))
                    factors |= {(child.child_id, days.iso(made.start), each) for each in made.factors_of(child) if done}
    columns = "person_id, start_date, auth_date, child_seen, needs_support, team_id"
    assert assessed and held(desk, "assessment", columns) == sorted(assessed, key=str)
    assert factors and set(desk.rows("assessment_factor")) == factors


def test_enquiries_conferences_plans_and_reviews(desk: Desk, small_world: World) -> None:
    known = Knowledge(small_world, ON)
    enquiries, conferences = [], []
    for case in known.cases():
        for enquiry in case.enquiries:
            held_on = known.conference_day(enquiry)
            end = held_on if enquiry.conference else enquiry.concluded if enquiry.concluded <= ON else NEVER
            if enquiry.known > ON or enquiry.start > ON or end < BEGINS:
                continue
            for child in case.children:
                led = int(enquiry.conference is None) if end < NEVER else None
                enquiries.append((child.child_id, days.iso(enquiry.start), day(end), led, enquiry.team))
                if enquiry.conference and held_on < NEVER:
                    conferences.append(
                        (child.child_id, days.iso(held_on), days.iso(enquiry.start), 0, int(enquiry.conference.plan))
                    )
    plans, reviews = [], []
    for plan in known.plans():
        if known.plan_end(plan) >= BEGINS:
            for child in plan.case.children:
                start = days.iso(plan.start)
                plans.append((child.child_id, start, day(known.plan_end(plan)), plan.category, plan.latest, 0))
                reviews += [(child.child_id, start, days.iso(r)) for r in known.reviews(plan) if r >= BEGINS]
    assert held(desk, "s47", "person_id, start_date, end_date, icpc_not_required, team_id") == sorted(
        enquiries, key=str
    )
    columns = "person_id, icpc_date, s47_start_date, transfer_in, outcome_cp_plan"
    assert held(desk, "icpc", columns) == sorted(conferences, key=str)
    columns = "person_id, start_date, end_date, initial_category, latest_category, other_la"
    assert held(desk, "cp_plan", columns) == sorted(plans, key=str)
    assert held(desk, "cp_review", "person_id, plan_start_date, review_date") == sorted(reviews, key=str)
    assert enquiries and conferences and plans and reviews


@pytest.mark.parametrize(
    ("table", "columns", "rows", "places"),
    [
        ("visit", "person_id, kind, visit_date, seen, seen_alone", local_work.visits, (0, 1, 2, 3, 4)),
        ("early_help_episode", "person_id, start_date, end_date, end_reason, organisation", local_work.early_help,
         (0, 1, 3, 4, 5)),
        ("cin_plan", "person_id, start_date, end_date, team_id", local_work.cin_plans, (0, 1, 2, 4)),
        ("lac_period",
         "person_id, start_date, end_date, end_reason, need_code, legal_status, legal_status_date, is_uasc",
         local_work.periods, range(8)),
        ("placement", "person_id, start_date, end_date, type, provider", local_work.placements, range(5)),
        ("lac_review", "person_id, review_date, participation", local_work.reviews, range(3)),
        ("missing_episode", "person_id, started_on, started_at, ended_at, rhi_accepted", local_work.missing,
         (0, 1, 2, 3, 6)),
    ],
)  # fmt: skip
def test_tables_that_the_council_can_also_give_itself(
    desk: Desk, small_world: World, table: str, columns: str, rows: Any, places: Any
) -> None:
    told = text(rows(Knowledge(small_world, ON), BEGINS, ON), *places)
    assert told and held(desk, table, columns) == told


def test_workers_and_who_holds_a_case(desk: Desk, small_world: World) -> None:
    key = Store.of(desk.workspace).worker_key
    known = Knowledge(small_world, ON)
    told = [
        (person, worker_pseudonym(key, str(worker)), team, role, start, end)
        for person, worker, team, role, start, end in text(local_people.involvements(known, BEGINS, ON), *range(6))
    ]
    columns = "person_id, worker_id, team_id, role, start_date, end_date"
    assert told and held(desk, "involvement", columns) == sorted(told, key=str)
    workers = {
        (worker_pseudonym(key, each.worker_id), each.role, round(each.fte * 100), int(each.agency))
        for each in small_world.workforce.workers
        if each.start <= ON
    }
    assert set(desk.rows("worker", "worker_id, role, fte_hundredths, is_agency")) == workers


def test_children_and_care_leavers(desk: Desk, small_world: World) -> None:
    children = {child.child_id: child for child in small_world.service.people.children}
    people = desk.rows("person", "person_id, sex, ethnicity, dob, expected_dob, is_disabled, is_uasc")
    assert {row[0] for row in desk.rows("contact", "person_id")} <= {row[0] for row in people}
    for person, sex, ethnicity, dob, expected, disabled, uasc in people:
        child, unborn = children[person], children[person].born > ON
        assert (sex, ethnicity) == ("U" if unborn else child.sex, child.ethnicity)
        assert (dob, expected) == ((None, days.iso(child.born)) if unborn else (days.iso(child.born), None))
        assert (disabled, uasc) == (int(bool(child.disabilities)), int(child.uasc))
    told = [
        (leaver.child.child_id, "2017-07-03", leaver.eligibility(ON), int(state.in_touch), state.accommodation,
         int(state.suitable), state.activity or None, leaver.team)
        for leaver in Knowledge(small_world, ON).leavers()
        if (state := leaver.state(ON))
    ]  # fmt: skip
    columns = "person_id, as_at, eligibility, in_touch, accommodation, is_suitable, activity, team_id"
    assert told and held(desk, "care_leaver_status", columns) == sorted(told, key=str)


def filled(cluster: Cluster, world: World, name: str) -> Database:
    """A database with the county's tables, and its settings."""
    with cluster.connect(cluster.make(name)) as connection:
        for table, rows in ssd_rows(world, ON):
            create, copy = ssd_sql(table)
            connection.execute(create)
            out = io.StringIO()
            csv.writer(out).writerows(rows)
            with connection.cursor().copy(copy) as into:
                into.write(out.getvalue())
    return Database("ssd", "postgresql", cluster.conninfo(database=name))


@pytest.mark.postgres
def test_files_and_postgresql_give_the_same_record_to_the_row(
    desk: Desk, small_world: World, cluster: Cluster, tmp_path: Path
) -> None:
    other = Desk(tmp_path)
    # The same key, so that workers have the same pseudonyms.
    other.workspace.key_file.write_bytes(desk.workspace.key_file.read_bytes())
    other.record = type(other.record).open(other.workspace)
    report = load_database(other.record, filled(cluster, small_world, "county"), DAY, None)
    (from_files,), (from_tables,) = desk.record.deliveries(), other.record.deliveries()
    assert report.units == from_files.units
    assert from_tables.coverage == from_files.coverage
    assert from_tables.received_on == from_tables.extracted_on == DAY
    assert from_tables.tables == from_files.tables
    compared = [table for table in TABLES if other.rows(table) or desk.rows(table)]
    assert len(compared) > 20
    for table in compared:
        assert other.rows(table) == desk.rows(table), table
