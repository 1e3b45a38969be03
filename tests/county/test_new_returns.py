"""The county's API payloads and workforce censuses, read back: the record says what was true of the county."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.county import days
from compendium.county.knowledge import Knowledge
from compendium.county.people import NEVER
from compendium.county.records import Care
from compendium.county.truth import Truth
from compendium.county.world import World
from compendium.county.writers.annex_a_care import steps
from compendium.county.writers.cin_census import write_census
from compendium.county.writers.dfe_api import first_day, write_changes, write_payload
from compendium.county.writers.workforce_census import write_workforce_census
from compendium.record.deliveries import Record
from compendium.sources.load import load
from tests.record.drawn import make_workspace

SHARED_COLUMNS = {
    "person": "person_id, ethnicity, dob, is_disabled",
    "referral": "person_id, referral_date, source_code, nfa",
    "assessment": "person_id, start_date, referral_date",
    "assessment_factor": "person_id, start_date, factor_code",
    "s47": "person_id, start_date, referral_date, icpc_not_required",
    "icpc": "person_id, icpc_date, s47_start_date, referral_date, outcome_cp_plan",
    "cp_plan": "person_id, start_date, referral_date",
}
CUT, BEFORE = days.day("2017-03-03"), days.day("2017-02-03")
Rows = set[tuple[Any, ...]]


def record_of(folder: Path, *paths: Path) -> Record:
    """A record of its own with the files loaded."""
    folder.mkdir(parents=True, exist_ok=True)
    record = Record.open(make_workspace(folder / "wealdmere", "999"))
    for path in paths:
        load(record, path, None, date(2017, 8, 1), None)
    return record


def rows(record: Record, table: str, columns: str = "*", where: str = "true") -> Rows:
    found = record.as_at(None, [table]).connection.execute(f"SELECT {columns} FROM record.{table} WHERE {where}")
    every = found.fetchall()
    assert len(set(every)) == len(every), f"{table} holds a row twice"
    return set(every)


@pytest.fixture(scope="module")
def payload(small_world: World, tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("api")
    record = record_of(folder, write_payload(small_world, CUT, folder))
    (delivery,) = record.deliveries()
    assert {unit for unit, count in delivery.units.items() if count.rejected} <= {"adoption"}
    assert delivery.units["children"].kept > 100
    return record


def count(record: Record, table: str, where: str) -> int:
    found = record.as_at(None, [table]).connection.execute(f"SELECT count(*) FROM record.{table} WHERE {where}")
    return int(found.fetchall()[0][0])


def in_sight(truth: Truth, care: Care) -> bool:
    """Whether the payload's days reach back to the child's first placement, and so to the start of care."""
    first = care.placements[0]
    return (truth.known.care_end(care) if len(care.placements) == 1 else first.end) >= first_day(CUT)


def test_what_is_open_on_a_day_is_what_was_true(small_world: World, payload: Record) -> None:
    truth = Truth(small_world, CUT)
    on = days.iso(CUT)
    open_on = f"(end_date IS NULL OR end_date > DATE '{on}')"
    assert count(payload, "cp_plan", open_on) == truth.plans_open(CUT) > 0
    is_open = f"nfa = 0 AND (close_date IS NULL OR close_date > DATE '{on}')"
    # A child may be referred again before the closing of the case before is typed in.
    found = {child for child, _ in rows(payload, "referral", "person_id, referral_date", is_open)}
    assert len(found) == truth.children_in_need(CUT) > 0
    since = [care for care in truth.known.care() if in_sight(truth, care)]
    assert rows(payload, "lac_period", "person_id, start_date, end_date, end_reason") == {
        (care.child.child_id, day(care.start), *((day(end), care.reason) if end < NEVER else (None, None)))
        for care in since
        for end in [truth.known.care_end(care)]
    }
    assert len(since) > 5 and len(since) < sum(1 for care in truth.known.care())


def decided_matched_placed(care: Care) -> tuple[int, int, int]:
    decided, _, matched, placed, _ = steps(care)
    return decided, matched, placed


def test_an_adoption_is_told_where_the_payload_says_when_care_began(small_world: World, payload: Record) -> None:
    """And is in the ledger where care began before it: half of a way to adoption would stand beside the whole."""
    truth = Truth(small_world, CUT)
    adopted = {
        (care.child.child_id, care.start): in_sight(truth, care)
        for care in truth.known.care()
        if care.reason in ("E11", "E12") and any(first_day(CUT) <= step <= CUT for step in decided_matched_placed(care))
    }
    told = rows(payload, "adoption", "person_id, entered_care")
    assert told == {(name, day(start)) for (name, start), seen in adopted.items() if seen}
    (delivery,) = payload.deliveries()
    assert delivery.units["adoption"].read == len(adopted)
    assert delivery.units["adoption"].rejected == len(adopted) - len(told)


def day(number: int) -> date:
    return date.fromordinal(number)


def test_referrals_of_each_month_are_what_was_true(small_world: World, payload: Record) -> None:
    by_month = Truth(small_world, CUT).referrals()["by_month"]
    found = payload.as_at(None, ["referral"]).connection.execute(
        "SELECT strftime(referral_date, '%Y-%m') AS month, count(*) FROM record.referral"
        f" WHERE referral_date BETWEEN DATE '{days.iso(first_day(CUT))}' AND DATE '2017-01-31' GROUP BY 1"
    )
    counted = dict(found.fetchall())
    assert counted == {month: number for month, number in by_month.items() if month in counted and number}
    assert len(counted) >= 22


def test_workers_hold_the_children_that_they_held(small_world: World, payload: Record) -> None:
    """Of the children of the payload: a case that nobody has typed in yet is not in it, though a worker holds it."""
    typed = {child for case in Knowledge(small_world, CUT).cases() if case.close > CUT for child in case.children}
    caseload = sum(
        child in typed
        for spell in small_world.allocation.involvements
        if spell.role == "case_holder" and spell.start <= CUT < spell.end
        for child in spell.children
    )
    assert 0.9 * Truth(small_world, CUT).caseload(CUT)["cases"] < caseload
    assert count(payload, "involvement", f"end_date IS NULL OR end_date > DATE '{days.iso(CUT)}'") == caseload


def test_the_census_of_a_year_and_the_payload_of_its_day_tell_the_same(small_world: World, tmp_path: Path) -> None:
    """Two writers and two readers: of the events that began in the year, and the children they were about."""
    on = days.day("2016-07-14")
    api = record_of(tmp_path / "a", write_payload(small_world, on, tmp_path))
    census = record_of(tmp_path / "b", write_census(small_world, 2016, tmp_path))
    events = {"assessment_factor": "start_date", "icpc": "icpc_date", "referral": "referral_date"}
    for table, columns in SHARED_COLUMNS.items():
        if table == "assessment_factor":
            continue  # the census gives them once authorised by 31 March, the payload by its day
        when = events.get(table, "start_date")
        within = f"{when} BETWEEN DATE '2015-04-01' AND DATE '2016-03-31'" if table != "person" else "true"
        told, taken = rows(census, table, columns, within), rows(api, table, columns, within)
        if table == "person":
            assert told <= taken or {row[0] for row in told - taken} == unborn(census)
        elif table == "s47":
            assert {row[:3] for row in told} == {row[:3] for row in taken}
            flags = {row[:3]: row[3] for row in told}
            assert all(row[3] in (None, flags[row[:3]]) for row in taken)
        elif table == "icpc":
            assert {row[:4] for row in told} == {row[:4] for row in taken}
        else:
            assert told == taken and told, table


def unborn(census: Record) -> set[str]:
    """Who was not born on 31 March, and may have been by the payload's day."""
    return {row[0] for row in rows(census, "person", "person_id", "dob IS NULL")}


def test_the_next_complete_payload_leaves_the_record_as_it_alone_would_make_it(
    small_world: World, tmp_path: Path
) -> None:
    """Late corrections and closures between two months: what was withdrawn is gone, what was added is there."""
    paths = [write_payload(small_world, on, tmp_path) for on in (BEFORE, CUT)]
    both, alone = record_of(tmp_path / "both", *paths), record_of(tmp_path / "alone", paths[1])
    for table in ("referral", "assessment", "assessment_factor", "s47", "cin_plan", "cp_plan"):
        event = "referral_date" if table == "referral" else "start_date"
        within = f"{event} >= DATE '{days.iso(first_day(CUT))}'"
        assert rows(both, table, where=within) == rows(alone, table, where=within), table


def test_a_payload_of_changes_adds_what_began_and_changes_nothing_that_it_does_not_say(
    small_world: World, tmp_path: Path
) -> None:
    first, changes = write_payload(small_world, BEFORE, tmp_path), write_changes(small_world, BEFORE, CUT, tmp_path)
    second = write_payload(small_world, CUT, tmp_path)
    before, after = record_of(tmp_path / "before", first), record_of(tmp_path / "after", second)
    merged = record_of(tmp_path / "merged", first, changes)
    (_, delta) = merged.deliveries()
    assert delta.coverage == () and delta.units["children"].kept > 10
    for table in ("referral", "assessment", "cin_plan", "cp_plan"):
        key = "person_id, referral_date" if table == "referral" else "person_id, start_date"
        was, is_, told = (rows(each, table, key) for each in (before, after, merged))
        assert is_ - was <= told <= is_ | was, table
    # A value is as it was or as it is: a change that has an id alone is in the ledger.
    closed = "person_id, referral_date, close_date"
    assert rows(merged, "referral", closed) <= rows(before, "referral", closed) | rows(after, "referral", closed)
    assert rows(after, "referral", "person_id, referral_date") - rows(before, "referral", "person_id, referral_date")


# The workforce census


@pytest.mark.parametrize("year", [2014, 2016])
def test_the_workforce_census_counts_what_was_true(small_world: World, tmp_path: Path, year: int) -> None:
    record = record_of(tmp_path, write_workforce_census(small_world, year, tmp_path))
    on, month = days.day(f"{year}-09-30"), days.month(f"{year}-09")
    truth = Truth(small_world, on)
    posts, caseload = truth.posts(month), truth.caseload(on)
    totals = rows(record, "workforce_return", "vacancies_hundredths, agency_hundredths")
    assert totals == {(posts["vacant"], posts["agency"])}
    here = "(end_date IS NULL OR end_date > as_at)"
    found = record.as_at(None, ["worker_return"]).connection.execute(
        f"SELECT sum(fte_millionths) FILTER (is_agency = 0 AND {here}) / 10000,"
        " sum(cases), sum(cases_fte_millionths) FILTER (cases > 0) / 10000,"
        f" count(*) FILTER (is_agency = 1), count(*) FILTER (NOT {here}) FROM record.worker_return"
    )
    in_post, cases, hours, agency, left = found.fetchall()[0]
    assert (in_post, cases, hours) == (posts["in_post"], caseload["cases"], caseload["fte_hundredths"])
    assert rows(record, "workforce_return", "agency_headcount") == {(agency,)}
    year_before = days.months_on(on, -12)
    assert left == sum(
        worker.start <= on and year_before < worker.end <= on
        for workers in small_world.workforce.in_post.values()
        for worker in workers
        if worker.role in ("case_holder", "senior_practitioner")
    )
