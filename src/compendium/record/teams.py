"""Raw names of teams, settled: other formats write a team's name where the team table has its id.

A name is settled by the team that bears it on the day of the row, ignoring case and spaces; failing
that, by the only team that has ever borne it. The id of a department is settled by the team it stands
for. Any other name stays as it is, and is listed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from compendium.record.departments import PLAIN, explain_departments
from compendium.record.tables import TABLES, Table


@dataclass(frozen=True)
class UnknownTeam:
    """A name that no team bears, and in how many rows of a table it stands."""

    table: str
    name: str
    rows: int


def settle_teams(connection: duckdb.DuckDBPyConnection, fed: Collection[str]) -> tuple[UnknownTeam, ...]:
    """Settles the team columns of the tables that hold rows, in the schema `record`; the names that are left."""
    explain_departments(connection, fed)
    unsettled = _unsettled(connection, fed)
    if not unsettled or "team" not in fed:
        return unsettled
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE team_names AS"
        f" SELECT {PLAIN.format('team_id')} AS plain, team_id, valid_from, valid_to FROM record.team"
        f" UNION SELECT {PLAIN.format('team_name')}, team_id, valid_from, valid_to FROM record.team"
        " WHERE team_name IS NOT NULL"
        f" UNION SELECT {PLAIN.format('known.department_id')}, team.team_id, valid_from, valid_to"
        " FROM department_teams AS known INNER JOIN record.team ON team.team_id = known.team_id"
    )
    for name in dict.fromkeys(one.table for one in unsettled):
        _settle(connection, TABLES[name], PLAIN.format("used.raw"))
    connection.execute("DROP TABLE team_names")
    return _unsettled(connection, fed)


def _team_column(table: Table) -> str | None:
    return next((column.name for column in table.columns if column.type == "team"), None)


def _unsettled(connection: duckdb.DuckDBPyConnection, fed: Collection[str]) -> tuple[UnknownTeam, ...]:
    """What stands in a team column and is no team's id."""
    pieces = [
        f"SELECT '{name}' AS held_in, {column} AS name, count(*) AS held FROM record.{name} WHERE {column} IS NOT NULL"
        f" AND {column} NOT IN (SELECT team_id FROM record.team) GROUP BY {column}"
        for name in fed
        if (column := _team_column(TABLES[name]))
    ]
    if not pieces:
        return ()
    found = connection.execute(f"{' UNION ALL '.join(pieces)} ORDER BY ALL").fetchall()
    return tuple(UnknownTeam(*row) for row in found)


def _settle(connection: duckdb.DuckDBPyConnection, table: Table, plain: str) -> None:
    column = _team_column(table)
    day = table.event or next(name for name in table.key if table.column(name).type == "date")
    connection.execute(
        f"CREATE OR REPLACE TABLE record.{table.name} AS"
        f" WITH used AS (SELECT DISTINCT {column} AS raw, {day} AS day FROM record.{table.name}"
        f"  WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT team_id FROM record.team)),"
        " named AS (SELECT used.raw, used.day, team_names.team_id, valid_from <= used.day"
        "  AND (valid_to IS NULL OR valid_to > used.day) AS valid"
        f"  FROM used INNER JOIN team_names ON team_names.plain = {plain}),"
        " settled AS (SELECT raw, day, CASE WHEN count(DISTINCT team_id) FILTER (valid) = 1"
        "  THEN min(team_id) FILTER (valid)"
        "  WHEN count(*) FILTER (valid) = 0 AND count(DISTINCT team_id) = 1 THEN min(team_id) END AS team_id"
        "  FROM named GROUP BY raw, day)"
        f" SELECT held.* REPLACE (coalesce(settled.team_id, held.{column}) AS {column})"
        f" FROM record.{table.name} AS held LEFT JOIN settled"
        f" ON settled.raw = held.{column} AND settled.day = held.{day}"
    )
