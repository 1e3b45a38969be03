"""How fast the catalogue computes: python benchmarks/figures.py

A made-up record of a large county's size (random, no lives in it) is put into memory; then every
indicator is computed for all months, and every figure read: each basis, the authority, its areas, its
teams and each declared breakdown. Beside it a floor: hand-written queries that give the month cells of
a few indicators straight from the stored tables, and the same indicators through the catalogue.
"""

# ruff: noqa: E501 - the made-up record is a table, and reads best as one

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb

from compendium.engine.locking import lock
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.record.coverage import Spoken
from compendium.record.deliveries import Record
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from compendium.workspace import COUNTYWIDE, FILE, Workspace, open_workspace

COUNTY = Path(__file__).resolve().parents[1] / "demo" / "wealdmere"
CUT = date(2017, 2, 3)
FROM = "DATE '2012-04-01'"
DAYS = 1770  # from April 2012 to the cut
PEOPLE, TEAMS, WORKERS = 90_000, 40, 700
SEED = 0.42
Made = TypeVar("Made")

# table -> how many rows, and what is in the columns that matter; the others stay empty. {n} is the row's number.
DAY = f"{FROM} + CAST(random() * {DAYS} AS INTEGER)"
PERSON = f"'p' || CAST(random() * {PEOPLE} AS INTEGER)"
TEAM = f"'t' || CAST(1 + random() * {TEAMS - 1} AS INTEGER)"
HALF = "CAST(random() * 2 AS INTEGER) % 2"
RECORD: dict[str, tuple[int, dict[str, str]]] = {
    "person": (PEOPLE, {"person_id": "'p' || i", "sex": "CASE WHEN i % 2 = 0 THEN 'F' ELSE 'M' END",
                        "ethnicity": "CASE WHEN i % 5 = 0 THEN 'BAFR' ELSE 'WBRI' END", "is_disabled": "CAST(i % 9 = 0 AS INTEGER)",
                        "dob": f"{FROM} - CAST(random() * 4000 AS INTEGER)"}),
    "team": (TEAMS, {"team_id": "'t' || i", "team_name": "'Team ' || i", "service": "'assessment'",
                     "area_id": "(['NE', 'NW', 'SE', 'SW', 'countywide'])[1 + i % 5]", "valid_from": "DATE '2010-04-01'"}),
    "worker": (WORKERS, {"worker_id": "'w' || i", "role": "'case_holder'", "team_id": TEAM, "fte_hundredths": "100",
                         "is_agency": "CAST(i % 4 = 0 AS INTEGER)", "is_registered": "1", "start_date": DAY}),
    "involvement": (70_000, {"person_id": PERSON, "worker_id": f"'w' || CAST(random() * {WORKERS} AS INTEGER)",
                             "team_id": TEAM, "role": "'case_holder'", "start_date": "d", "end_date": "d + 120"}),
    "contact": (240_000, {"person_id": PERSON, "contact_date": "d", "decision_date": "d + CAST(random() * 4 AS INTEGER)",
                          "source_code": "CASE WHEN i % 3 = 0 THEN '6' ELSE '2A' END", "outcome": "'nfa'", "team_id": TEAM}),
    "mash_enquiry": (60_000, {"enquiry_id": "'e' || i", "person_id": PERSON, "opened_on": "d", "opened_at": "CAST(d AS TIMESTAMP)",
                              "closed_at": "CAST(d AS TIMESTAMP) + to_hours(CAST(random() * 90 AS INTEGER))",
                              "rating": "(['red', 'amber', 'green'])[1 + i % 3]", "team_id": TEAM}),
    "early_help_episode": (20_000, {"person_id": PERSON, "family_id": "'f' || (i // 2)", "start_date": "d", "end_date": "d + 180",
                                    "end_reason": "'needs_met'", "team_id": TEAM}),
    "referral": (48_000, {"person_id": PERSON, "referral_date": "d", "source_code": "'6'", "nfa": "0",
                          "close_date": "CASE WHEN i % 9 = 0 THEN NULL ELSE d + 90 END", "team_id": TEAM}),
    "assessment": (40_000, {"person_id": PERSON, "start_date": "d", "auth_date": "d + CAST(random() * 90 AS INTEGER)",
                            "referral_date": "d", "team_id": TEAM}),
    "s47": (9_000, {"person_id": PERSON, "start_date": "d", "team_id": TEAM}),
    "icpc": (5_000, {"person_id": PERSON, "icpc_date": "d", "s47_start_date": "d - 15", "team_id": TEAM}),
    "cp_plan": (5_000, {"person_id": "'p' || i", "start_date": "d", "end_date": "d + 300", "initial_category": "'NEG'",
                        "latest_category": "'NEG'", "previous_plans": "0", "team_id": TEAM}),
    "cp_review": (9_000, {"person_id": "'p' || (i % 5000)", "plan_start_date": "d", "review_date": "d + 80"}),
    "visit": (408_000, {"person_id": "'p' || CAST(random() * 9000 AS INTEGER)", "kind": "CASE WHEN i % 2 = 0 THEN 'cp' ELSE 'lac' END",
                        "visit_date": "d", "seen": "1", "team_id": TEAM}),
    "lac_period": (4_000, {"person_id": "'p' || i", "start_date": "d", "end_date": "d + 500", "legal_status": "'C2'", "team_id": TEAM}),
    "placement": (9_000, {"person_id": "'p' || (i % 4000)", "start_date": "d", "end_date": "d + 200", "type": "'U1'",
                          "carer_id": "'c' || i"}),
    "lac_review": (9_000, {"person_id": "'p' || (i % 4000)", "review_date": "d", "participation": "'PN1'"}),
    "missing_episode": (9_000, {"person_id": PERSON, "started_on": "d", "started_at": "CAST(d AS TIMESTAMP)",
                                "ended_at": "CAST(d AS TIMESTAMP) + to_hours(30)", "is_looked_after": HALF, "team_id": TEAM}),
    "care_leaver_status": (9_000, {"person_id": "'p' || (i % 600)", "as_at": "d", "eligibility": "'former_relevant'",
                                   "activity": "'F2'", "is_suitable": "1", "team_id": TEAM}),
    "establishment": (2_300, {"month_end": "last_day(d)", "team_id": "'t' || (1 + i % 40)", "role": "'social_worker'",
                              "establishment_hundredths": "1000", "in_post_hundredths": "800", "agency_hundredths": "150",
                              "leavers_hundredths": "10"}),
    "audit": (1_200, {"audit_id": "'a' || i", "audit_date": "d", "team_id": TEAM, "grade": "'good'"}),
    "audit_action": (2_400, {"action_id": "'x' || i", "audit_id": "'a' || (i // 2)", "agreed_on": "d", "due_date": "d + 30",
                             "done_date": "d + 40", "team_id": TEAM}),
    "service_spend": (1_500, {"month_end": "last_day(d)", "area_id": "(['NE', 'NW', 'SE', 'SW', 'countywide'])[1 + i % 5]",
                              "service": "'early_help'", "kind": "'actual'", "amount_pence": "100000"}),
}  # fmt: skip

# What a person who knows DuckDB writes: the same cells in one query, straight from the stored tables.
CELLS = (
    "WITH placed AS (SELECT year(on_date) * 12 + month(on_date) AS month, t.area_id, t.team_id, numerator, p.sex, "
    "p.ethnicity, p.is_disabled, CASE WHEN date_sub('year', p.dob, on_date) < 1 THEN 0 WHEN date_sub('year', p.dob, "
    "on_date) < 5 THEN 1 WHEN date_sub('year', p.dob, on_date) < 10 THEN 2 WHEN date_sub('year', p.dob, on_date) < 16 "
    "THEN 3 ELSE 4 END AS age, source FROM ({rows}) AS r LEFT JOIN record.team AS t ON t.team_id = r.team_id AND "
    "t.valid_from <= on_date LEFT JOIN record.person AS p ON p.person_id = r.person_id) "
    "SELECT month, area_id, team_id, age, sex, ethnicity, is_disabled, source, count(*), sum(numerator) FROM placed "
    "GROUP BY GROUPING SETS ((month, area_id, team_id), (month, age), (month, sex), (month, ethnicity), "
    "(month, is_disabled), (month, source))"
)
OF = "person_id, team_id"
FLOOR = {
    "contacts": f"SELECT contact_date AS on_date, {OF}, source_code AS source, 1 AS numerator FROM record.contact",
    "referrals": f"SELECT referral_date AS on_date, {OF}, source_code AS source, 1 AS numerator FROM record.referral",
    "rereferrals_12m": f"SELECT referral_date AS on_date, {OF}, source_code AS source, CAST(referral_date <= lag(referral_date) OVER "
    "(PARTITION BY person_id ORDER BY referral_date) + INTERVAL 12 MONTH AS INTEGER) AS numerator FROM record.referral",
    "s47_started": f"SELECT start_date AS on_date, {OF}, NULL AS source, 1 AS numerator FROM record.s47",
    "cin_open": f"SELECT m AS on_date, {OF}, source_code AS source, 1 AS numerator FROM record.referral, "
    f"(SELECT CAST(last_day({FROM} + to_months(CAST(i AS INTEGER))) AS DATE) AS m FROM range(58) AS r(i)) AS ends "
    "WHERE referral_date <= m AND (close_date IS NULL OR close_date > m)",
}


def made_up_record() -> Snapshot:
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET threads = 1; SELECT setseed({SEED}); CREATE SCHEMA record")
    for name, table in TABLES.items():
        columns = ", ".join(f"{each.name} {each.sql_type}" for each in table.columns)
        connection.execute(f"CREATE TABLE record.{name} ({columns})")
        if name in RECORD:
            rows, values = RECORD[name]
            connection.execute(
                f"INSERT INTO record.{name} ({', '.join(values)}) SELECT {', '.join(values.values())} "
                f"FROM (SELECT i, {DAY} AS d FROM range({rows}) AS r(i)) AS made"
            )
    connection.execute("SET threads = 2")
    lock(connection)
    return Snapshot(connection, CUT, {name: [Spoken(date(2012, 4, 1), CUT)] for name in TABLES})


def read_all(figures: Figures, chosen: Sequence[str]) -> int:
    """Every figure there is; how many."""
    read = 0
    for name in chosen:
        indicator = figures.catalogue[name]
        for basis in indicator.bases:
            for month in figures.months:
                read += indicator.value != "mix" and figures.one(name, month, basis) is not None
                for dimension in ("area", "team", *indicator.dimensions):
                    read += len(figures.by(name, month, dimension, basis))
    return read


def timed(work: Callable[[], Made]) -> tuple[float, float, Made]:
    """Seconds by the clock, seconds of processor, and what was made."""
    began, used = time.perf_counter(), time.process_time()
    made = work()
    return time.perf_counter() - began, time.process_time() - used, made


def workspace() -> Workspace:
    areas = {area: area for area in ("NE", "NW", "SE", "SW", COUNTYWIDE)}
    return Workspace(Path(), "Made up", "999", True, areas, None, "", Path())


def floor(snapshot: Snapshot) -> None:
    for rows in FLOOR.values():
        snapshot.connection.execute(CELLS.format(rows=rows)).fetchall()


def main() -> None:
    taken, _, catalogue = timed(lambda: load_catalogue([SHIPPED]))
    print(f"{len(catalogue)} indicators read in {taken:.2f} s")
    taken, _, snapshot = timed(made_up_record)
    print(f"a record made up in {taken:.2f} s")
    _ratio(snapshot, catalogue)
    _all(snapshot, catalogue, workspace())
    if not (COUNTY / FILE).is_file():
        print("the synthetic county was not measured: make demo writes it")
        return
    county = open_workspace(COUNTY)
    taken, used, snapshot = timed(lambda: Record.open(county).as_at(date(2017, 3, 3)))
    print(f"the synthetic county's record opened in {taken:.2f} s ({used:.2f} s of processor)")
    _all(snapshot, catalogue, county)


def _all(snapshot: Snapshot, catalogue: Catalogue, of: Workspace) -> None:
    """Every figure, from a record that is loaded."""
    computing, used, figures = timed(lambda: compute(snapshot, catalogue, of))
    for name, why in figures.problems.items():
        print(f"  {name}: {why}")
    print(f"{len(figures.months)} months computed in {computing:.2f} s ({used:.2f} s of processor)")
    reading, used, read = timed(lambda: read_all(figures, list(catalogue)))
    print(f"{read:,} figures read in {reading:.2f} s ({used:.2f} s of processor)")
    print(f"together {computing + reading:.2f} s (at most 10 s is wanted)")


def _ratio(snapshot: Snapshot, catalogue: Catalogue) -> None:
    """By processor time, so that what else the machine does matters less."""
    chosen = [name for name in FLOOR if name in catalogue]
    plain = min(timed(lambda: floor(snapshot))[1] for _ in range(3))
    ours = min(timed(lambda: compute(snapshot, catalogue, workspace(), None, chosen))[1] for _ in range(3))
    print(
        f"{len(chosen)} indicators, their model included: {ours:.2f} s of processor; the same cells by hand-written "
        f"queries over the stored tables: {plain:.2f} s; ratio {ours / plain:.1f}"
    )


if __name__ == "__main__":
    main()
