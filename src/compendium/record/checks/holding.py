"""Which team held a child's case on a day, for findings whose own rows name none.

The team last told on or before the day: by an allocation, by an extract that names who held the case, or by a
referral. A day before the first of these goes to the first.
"""

from __future__ import annotations

from datetime import date

from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.record.snapshot import Snapshot

READS = frozenset({"involvement", "allocation_seen", "referral"})
Held = tuple[str, str, date, date | None]  # child, team, from, until (the first day no longer)

_HELD = """
WITH told AS (
  SELECT person_id, start_date AS day, team_id, 1 AS turn FROM record.involvement
  WHERE role IS NULL OR role = 'case_holder'
  UNION ALL SELECT person_id, as_at, team_id, 2 FROM record.allocation_seen
  UNION ALL SELECT person_id, referral_date, team_id, 3 FROM record.referral
),
first_told AS (
  SELECT person_id, day, team_id FROM told WHERE team_id IS NOT NULL
  QUALIFY ROW_NUMBER() OVER (PARTITION BY person_id, day ORDER BY turn, team_id) = 1
)
SELECT person_id, team_id,
       CASE WHEN ROW_NUMBER() OVER spans = 1 THEN DATE '0001-01-01' ELSE day END AS since,
       LEAD(day) OVER spans AS until
FROM first_told WINDOW spans AS (PARTITION BY person_id ORDER BY day)
"""


def held_cases(snapshot: Snapshot) -> list[Held]:
    """Spans of one team for each child; those of a child never overlap and leave no day out."""
    found: list[Held] = DuckDBEngine(snapshot.connection).rows(_HELD)
    return found


def name_teams(engine: DuckDBEngine, finding: str, held: list[Held], cut: date) -> None:
    """Fills in the team of findings that have none. A finding without a date is of the day of the cut."""
    if not held:
        return
    children, teams, since, until = (list(column) for column in zip(*held, strict=True))
    engine.run(
        f"UPDATE {finding} AS f SET team_id = h.team_id FROM (SELECT UNNEST(?::VARCHAR[]) AS child_id,"
        " UNNEST(?::VARCHAR[]) AS team_id, UNNEST(?::DATE[]) AS since, UNNEST(?::DATE[]) AS until) AS h"
        " WHERE f.team_id IS NULL AND h.child_id = f.child_id AND h.since <= COALESCE(f.on_date, ?)"
        " AND (h.until IS NULL OR h.until > COALESCE(f.on_date, ?))",
        [children, teams, since, until, cut, cut],
    )
