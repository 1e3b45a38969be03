"""Departments: teams as a case system lists them, explained by the council's own list of teams.

The council's list (`team`) says which area a team belongs to, and when. A department stands for the team
that has its id or its name. One that the list does not know is of the same area as the nearest department
above it that the list does know: so a council need only list what it has at the top.
"""

from __future__ import annotations

from collections.abc import Collection

import duckdb

PLAIN = "lower(regexp_replace({}, '\\s+', '', 'g'))"  # how ids and names are compared
STEPS = 20  # above a department; more would be a circle


def explain_departments(connection: duckdb.DuckDBPyConnection, fed: Collection[str]) -> None:
    """Makes `department_teams` (department_id, team_id), and adds to `record.team` the departments that only the
    ones above them explain."""
    connection.execute("CREATE OR REPLACE TEMP TABLE department_teams (department_id VARCHAR, team_id VARCHAR)")
    if "department" not in fed or "team" not in fed:
        return
    connection.execute(
        "INSERT INTO department_teams"
        " SELECT department_id, min(team_id) FROM ("
        "  SELECT d.department_id, t.team_id FROM record.department AS d INNER JOIN record.team AS t"
        f"  ON {PLAIN.format('t.team_name')} = {PLAIN.format('d.department_name')}"
        "  WHERE d.department_id NOT IN (SELECT team_id FROM record.team)"
        # A name that several teams have borne says nothing without a day.
        " ) GROUP BY department_id HAVING count(DISTINCT team_id) = 1"
        " UNION SELECT team_id, team_id FROM record.team"
    )
    connection.execute(
        "INSERT INTO record.team (team_id, team_name, service, area_id, valid_from, valid_to)"
        " WITH RECURSIVE climb AS ("
        "  SELECT department_id, department_name, parent_id AS above, 1 AS steps FROM record.department"
        "  WHERE department_id NOT IN (SELECT department_id FROM department_teams)"
        "  UNION ALL"
        "  SELECT c.department_id, c.department_name, d.parent_id, c.steps + 1"
        "  FROM climb AS c INNER JOIN record.department AS d ON d.department_id = c.above"
        f"  WHERE c.above NOT IN (SELECT department_id FROM department_teams) AND c.steps < {STEPS}"
        " )"
        " SELECT c.department_id, c.department_name, t.service, t.area_id, t.valid_from, t.valid_to"
        " FROM climb AS c INNER JOIN department_teams AS known ON known.department_id = c.above"
        " INNER JOIN record.team AS t ON t.team_id = known.team_id"
    )
