"""What a person who knows DuckDB writes for some indicators: their month cells straight from the stored tables.

For each indicator one query: its rows, as tables hold them, placed by the team's area on the day, and counted by
grouping sets for area and team and for each breakdown singly. Nothing of the catalogue's model is used; what several
queries share (working days, the codes' groups) is made first, and belongs to the time taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import duckdb

from compendium.calendar.working_days import all_days
from compendium.record.codes import groups

Key = tuple[str, ...]
Cells = Mapping[tuple[Key, int], tuple[int, int]]  # place or part, and month -> numerator, denominator


PEOPLE = ("age_band", "sex", "ethnicity", "disability")


class Peer(NamedTuple):
    """rows: on_date, person_id, team_id, numerator, denominator, excluded and by_<name>.

    by: breakdowns of its own; people: those of the person on the day.
    """

    rows: str
    by: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


SOURCE = """CASE WHEN source_code IN ('1A', '1B', '1C', '1D') THEN 'Individual' WHEN source_code = '2A' THEN 'Schools'
    WHEN source_code = '2B' THEN 'Education services' WHEN source_code IN ('3A', '3B', '3C', '3D', '3E', '3F') THEN 'Health services'
    WHEN source_code = '4' THEN 'Housing' WHEN source_code IN ('5A', '5B', '5C', '5D') THEN 'Local authority services'
    WHEN source_code = '6' THEN 'Police' WHEN source_code = '7' THEN 'Other legal agency' WHEN source_code = '8' THEN 'Other'
    WHEN source_code = '9' THEN 'Anonymous' ELSE 'Unknown' END AS by_source"""  # noqa: E501
REFERRALS = f"""SELECT person_id, referral_date AS on_date, team_id, nfa, {SOURCE},
    lag(referral_date) OVER (PARTITION BY person_id ORDER BY referral_date) AS before FROM record.referral"""
ASSESSMENTS = """SELECT person_id, start_date, max(team_id) AS team_id, max(needs_support) AS needs_support,
    CASE WHEN count(*) = count(auth_date) THEN max(auth_date) END AS on_date FROM record.assessment
    GROUP BY person_id, start_date"""
IN_DAYS = """FROM ({rows}) AS r LEFT JOIN wd AS s ON s.day = {since} LEFT JOIN wd AS e ON e.day = on_date"""
CONFERENCES = """SELECT person_id, icpc_date AS on_date, min(s47_start_date) AS s47_start_date,
    max(transfer_in) AS transfer_in, max(team_id) AS team_id FROM record.icpc GROUP BY person_id, icpc_date"""
CONTACTS = f"""SELECT person_id, contact_date AS on_date, decision_date, team_id, on_open_case, outcome AS by_outcome,
    {SOURCE}, CASE domestic_abuse WHEN 1 THEN 'Domestic abuse named' WHEN 0 THEN 'Domestic abuse not named' END
    AS by_domestic_abuse FROM record.contact"""
POSTS = "SELECT *, month_end AS on_date, NULL AS person_id FROM record.establishment WHERE role = 'social_worker'"
VACANT = """CASE WHEN establishment_hundredths IS NULL OR in_post_hundredths IS NULL THEN vacancy_hundredths
    ELSE greatest(establishment_hundredths - in_post_hundredths, 0) END"""
NO_POSTS = "WHEN in_post_hundredths IS NULL THEN 'people in post not given'"
GOOD = "coalesce(moderated_grade, grade) IN ('outstanding', 'good')"

COUNTED = "1 AS numerator, 0 AS denominator, NULL AS excluded"

PEERS: Mapping[str, Peer] = {
    "contacts": Peer(
        f"SELECT *, 1 AS numerator, 0 AS denominator, CASE WHEN on_open_case = 1 THEN 'open' END AS excluded "
        f"FROM ({CONTACTS})",
        ("source", "outcome", "domestic_abuse"), PEOPLE,
    ),
    "contact_decision_1wd": Peer(
        f"SELECT c.*, CAST(e.number - s.number <= 1 AND decision_date >= on_date AS INTEGER) AS numerator, "
        f"1 AS denominator, CASE WHEN on_open_case = 1 THEN 'open' WHEN decision_date IS NULL "
        f"AND (SELECT number FROM wd WHERE day = getvariable('cut')) - s.number <= 1 THEN 'pending' END AS excluded "
        f"FROM ({CONTACTS}) AS c JOIN wd AS s ON s.day = on_date LEFT JOIN wd AS e ON e.day = decision_date",
        ("source",),
    ),
    "referrals": Peer(f"SELECT *, {COUNTED} FROM ({REFERRALS})", ("source",), PEOPLE),
    "referral_nfa_pct": Peer(
        f"SELECT *, CAST(nfa = 1 AS INTEGER) AS numerator, 1 AS denominator, NULL AS excluded FROM ({REFERRALS})",
        ("source",),
    ),
    "rereferrals_12m": Peer(
        f"SELECT *, CAST(on_date <= before + INTERVAL 12 MONTH AS INTEGER) AS numerator, 1 AS denominator, "
        f"NULL AS excluded FROM ({REFERRALS})",
        ("source",), PEOPLE,
    ),
    "assessments_completed": Peer(
        f"SELECT *, {COUNTED} FROM ({ASSESSMENTS}) WHERE on_date IS NOT NULL",
        (), PEOPLE,
    ),
    "assessments_45wd": Peer(
        f"SELECT r.*, CAST(e.number - s.number <= 45 AND on_date >= start_date AS INTEGER) AS numerator, "
        f"1 AS denominator, NULL AS excluded, CASE needs_support WHEN 1 THEN 'Support needed' "
        f"WHEN 0 THEN 'Support not needed' END AS by_outcome {IN_DAYS.format(rows=ASSESSMENTS, since='start_date')} "
        "WHERE on_date IS NOT NULL",
        ("outcome",), PEOPLE,
    ),
    "icpc_15wd": Peer(
        f"SELECT r.*, CAST(on_date >= s47_start_date AND e.number - s.number <= 15 AS INTEGER) AS numerator, "
        "1 AS denominator, CASE WHEN transfer_in = 1 THEN 'moved in' WHEN s47_start_date IS NULL THEN 'no date' END "
        f"AS excluded {IN_DAYS.format(rows=CONFERENCES, since='s47_start_date')}",
        (), ("age_band",),
    ),
    "s47_started": Peer(
        f"SELECT person_id, start_date AS on_date, max(team_id) AS team_id, {COUNTED} FROM record.s47 "
        "GROUP BY person_id, start_date",
        (), PEOPLE,
    ),
    "icpc_held": Peer(
        f"SELECT *, {COUNTED}, CASE WHEN transfer_in = 1 "
        f"THEN 'Moved in on a plan' ELSE 'After an enquiry here' END AS by_came_by FROM ({CONFERENCES})",
        ("came_by",), PEOPLE,
    ),
    "eh_started": Peer(
        f"SELECT person_id, team_id, start_date AS on_date, {COUNTED}, "
        "organisation AS by_organisation, came_from AS by_origin FROM record.early_help_episode",
        ("organisation", "origin"),
    ),
    "eh_open": Peer(
        f"SELECT person_id, m.day AS on_date, max(team_id) AS team_id, {COUNTED}, "
        "max(organisation) AS by_organisation, max(level) AS by_tier FROM ends AS m "
        "JOIN record.early_help_episode ON start_date <= m.day "
        "AND (end_date IS NULL OR end_date > m.day) GROUP BY person_id, m.day",
        ("organisation", "tier"), PEOPLE,
    ),
    "sw_vacancy_rate": Peer(
        f"SELECT *, {VACANT} AS numerator, {VACANT} + in_post_hundredths AS denominator, CASE {NO_POSTS} "
        f"WHEN {VACANT} IS NULL THEN 'vacancies not given' END AS excluded FROM ({POSTS})"
    ),
    "sw_agency_rate": Peer(
        f"SELECT *, agency_hundredths AS numerator, agency_hundredths + in_post_hundredths AS denominator, "
        f"CASE {NO_POSTS} WHEN agency_hundredths IS NULL THEN 'agency not given' END AS excluded FROM ({POSTS})"
    ),
    "sw_fte_inpost": Peer(
        f"SELECT *, in_post_hundredths AS numerator, 0 AS denominator, CASE {NO_POSTS} END AS excluded FROM ({POSTS})"
    ),
    "audit_good_or_better": Peer(
        f"SELECT NULL AS person_id, team_id, audit_date AS on_date, CAST({GOOD} AS INTEGER) AS numerator, "
        "1 AS denominator, CASE WHEN coalesce(moderated_grade, grade) IS NULL THEN 'no grade' END AS excluded, "
        "sampling AS by_sampling, "
        "theme AS by_theme, auditor_role AS by_auditor, CASE WHEN moderated_grade IS NULL THEN 'Not moderated' "
        "ELSE 'Moderated' END AS by_moderation FROM record.audit",
        ("sampling", "theme", "auditor", "moderation"),
    ),
}  # fmt: skip

CELLS = """WITH placed AS (
    SELECT year(on_date) * 12 + month(on_date) - 1 AS month, excluded, t.team_id AS team, numerator, denominator,
           CASE WHEN t.area_id IN ({areas}) THEN t.area_id ELSE 'countywide' END AS area{parts}
    FROM ({rows}) AS r
    LEFT JOIN record.team AS t ON t.team_id = r.team_id AND t.valid_from <= on_date
                               AND (t.valid_to IS NULL OR t.valid_to > on_date){people}
    WHERE on_date BETWEEN getvariable('first') AND getvariable('last'))
SELECT month, area, team, {by}grouping({grouped}) AS which, sum(numerator), sum(denominator) FROM placed
WHERE excluded IS NULL GROUP BY GROUPING SETS ((month, area, team){sets})"""
DAY = "(year(on_date) * 10000 + month(on_date) * 100 + day(on_date))"
BORN = "(year(p.dob) * 10000 + month(p.dob) * 100 + day(p.dob))"
OF_PEOPLE = {
    "age_band": f"""CASE WHEN {BORN} > {DAY} OR (p.dob IS NULL AND p.expected_dob IS NOT NULL) THEN 'Unborn'
        WHEN p.dob IS NULL THEN 'Not recorded' WHEN {DAY} - {BORN} < 10000 THEN 'Under 1'
        WHEN {DAY} - {BORN} < 50000 THEN '1 to 4' WHEN {DAY} - {BORN} < 100000 THEN '5 to 9'
        WHEN {DAY} - {BORN} < 160000 THEN '10 to 15' ELSE '16 and over' END""",
    "sex": "CASE p.sex WHEN 'F' THEN 'Female' WHEN 'M' THEN 'Male' ELSE 'Not recorded' END",
    "ethnicity": "coalesce(g.label, 'Not recorded')",
    "disability": """CASE p.is_disabled WHEN 1 THEN 'Disability recorded' WHEN 0 THEN 'No disability recorded'
        ELSE 'Not recorded' END""",
}


def prepare(connection: duckdb.DuckDBPyConnection, first: date, ends: Sequence[date], cut: date) -> None:
    """What several queries share. first: the day on which the earliest period that ends in these months begins."""
    days, numbers = zip(*all_days(), strict=True)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE wd AS SELECT unnest(?::DATE[]) AS day, unnest(?::INTEGER[]) AS number",
        [list(days), list(numbers)],
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE ends AS SELECT unnest(?::DATE[]) AS day", [list(ends)])
    labels = groups("ethnicity")
    connection.execute("CREATE OR REPLACE TEMP TABLE ethnic AS SELECT unnest(?::VARCHAR[]) AS code, "
                       "unnest(?::VARCHAR[]) AS label", [list(labels), list(labels.values())])  # fmt: skip
    for name, day in (("first", first), ("last", ends[-1]), ("cut", cut)):
        connection.execute(f"SET VARIABLE {name} = DATE '{day.isoformat()}'")


def run(connection: duckdb.DuckDBPyConnection, peer: Peer, areas: Iterable[str]) -> list[tuple[object, ...]]:
    """Its rows as the database gives them."""
    parts = {name: f"coalesce(by_{name}, 'Not recorded')" for name in peer.by} | {
        name: OF_PEOPLE[name] for name in peer.people
    }
    people = " LEFT JOIN record.person AS p ON p.person_id = r.person_id LEFT JOIN ethnic AS g ON g.code = p.ethnicity"
    return connection.execute(
        CELLS.format(
            areas=", ".join(f"'{area}'" for area in areas if area != "countywide"),
            rows=peer.rows,
            parts="".join(f", {sql} AS part_{name}" for name, sql in parts.items()),
            people=people if peer.people else "",
            by="".join(f"part_{name}, " for name in parts),
            grouped=", ".join(["area", *(f"part_{name}" for name in parts)]),
            sets="".join(f", (month, part_{name})" for name in parts),
        )
    ).fetchall()


def cells(peer: Peer, rows: Iterable[tuple[object, ...]]) -> Cells:
    """By place and part, for the comparison: added up to areas and the whole as the catalogue does."""
    parts = [*peer.by, *peer.people]
    found: dict[tuple[Key, int], list[int]] = defaultdict(lambda: [0, 0])
    for month, area, team, *values, which, numerator, denominator in rows:
        grouped = f"{which:0{len(parts) + 1}b}"  # a 0 for what the row is grouped by
        keys: list[Key] = []
        if grouped[0] == "0":
            keys = [(), ("area", str(area)), *([("team", str(team))] if team is not None else [])]
        else:
            at = grouped[1:].index("0")
            keys = [(parts[at], str(values[at]))]
        for key in keys:
            cell = found[key, int(str(month))]
            cell[0] += int(str(numerator or 0))
            cell[1] += int(str(denominator or 0))
    return {key: (cell[0], cell[1]) for key, cell in found.items()}
