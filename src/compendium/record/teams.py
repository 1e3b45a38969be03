"""Raw names of teams, settled: other formats write a team's name where the team table has its id.

A name is settled by the team that bears it on the day of the row, ignoring case and spaces; failing
that, by the only team that has ever borne it. Any other name stays as it is, and is listed.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from compendium.record.tables import TABLES, Table


@dataclass(frozen=True)
class UnknownTeam:
    """A name that no team bears, and in how many rows of a table it stands."""

    table: str
    name: str
    rows: int


def settle_teams(connection: duckdb.DuckDBPyConnection) -> tuple[UnknownTeam, ...]:
    """Settles every team column of the schema `record`; the names that are left."""
    plain = "lower(regexp_replace({}, '\\s+', '', 'g'))"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE team_names AS"
        f" SELECT {plain.format('team_id')} AS plain, team_id, valid_from, valid_to FROM record.team"
        f" UNION SELECT {plain.format('team_name')}, team_id, valid_from, valid_to FROM record.team"
        " WHERE team_name IS NOT NULL"
    )
    unknown = []
    for table in TABLES.values():
        for column in table.columns:
            if column.type == "team" and _names(connection, table, column.name):
                _settle(connection, table, column.name, plain.format("used.raw"))
                unknown += [UnknownTeam(table.name, *row) for row in _names(connection, table, column.name)]
    connection.execute("DROP TABLE team_names")
    return tuple(unknown)


def _names(connection: duckdb.DuckDBPyConnection, table: Table, column: str) -> list[tuple[str, int]]:
    """What stands in the column and is no team's id."""
    found: list[tuple[str, int]] = connection.execute(
        f"SELECT {column}, count(*) FROM record.{table.name} WHERE {column} IS NOT NULL"
        f" AND {column} NOT IN (SELECT team_id FROM record.team) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return found


def _settle(connection: duckdb.DuckDBPyConnection, table: Table, column: str, plain: str) -> None:
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
