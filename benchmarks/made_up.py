"""A made-up record of a large county's size, random and with no lives in it; or of many authorities in one database."""

# ruff: noqa: E501 - the made-up record is a table, and reads best as one

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from compendium.engine.locking import lock
from compendium.engine.partition import COLUMN
from compendium.record.coverage import Spoken
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from compendium.workspace import COUNTYWIDE, Workspace

CUT = date(2017, 2, 3)
FROM = "DATE '2012-04-01'"
DAYS = 1770  # from April 2012 to the cut
PEOPLE, TEAMS, WORKERS = 90_000, 40, 700
SEED = 0.42

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

EVENTS = sum(rows for name, (rows, _) in RECORD.items() if name not in ("person", "team", "worker"))
COVERAGE = {name: [Spoken(date(2012, 4, 1), CUT)] for name in TABLES}


def made_up_record(size: float = 1.0, authorities: int = 0) -> Snapshot:
    """size: times the rows of a large county. authorities: so many alike, told apart by a column; 0: one, without it."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET threads = 1; SELECT setseed({SEED}); CREATE SCHEMA record")
    of, many = f"{COLUMN} VARCHAR, ", f", range({authorities}) AS a(a)"
    for name, table in TABLES.items():
        columns = ", ".join(f"{each.name} {each.sql_type}" for each in table.columns)
        connection.execute(f"CREATE TABLE record.{name} ({of if authorities else ''}{columns})")
        if name in RECORD:
            rows, values = RECORD[name]
            rows = rows if name == "team" else max(1, round(rows * size))
            into, made = list(values), list(values.values())
            connection.execute(
                f"INSERT INTO record.{name} ({', '.join([COLUMN, *into] if authorities else into)}) "
                f"SELECT {', '.join([_NAMED, *made] if authorities else made)} "
                f"FROM (SELECT i{', a' if authorities else ''}, {DAY} AS d FROM range({rows}) AS r(i){many if authorities else ''}) AS made"
            )
    connection.execute("SET threads = 2; SET temp_directory = ''")
    lock(connection)
    return Snapshot(connection, CUT, COVERAGE)


_NAMED = "'A' || a"


def names(authorities: int) -> list[str]:
    return [f"A{number}" for number in range(authorities)]


def workspace() -> Workspace:
    areas = {area: area for area in ("NE", "NW", "SE", "SW", COUNTYWIDE)}
    return Workspace(Path(), "Made up", "999", True, areas, None, "", Path())
