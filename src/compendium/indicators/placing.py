"""The rows of one row set with their month, place and parts, as one stored table.

A row belongs to its team where `team` knows the team on the row's date, and to that team's area. A row
with a known area but no known team belongs to the area; everything else is countywide, so that the areas
always add up to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from compendium.engine.dialect import Query
from compendium.indicators.model import PEOPLE, TEAM_PLACE, Model
from compendium.indicators.parts import day_number, part_sql, recorded, text
from compendium.indicators.shape import LOOKED_UP, Indicator
from compendium.workspace import COUNTYWIDE


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def date_column(query: Query) -> str:
    return "month_end" if "month_end" in query.columns else "on_date"


def looked_up_by(indicator: Indicator) -> frozenset[str]:
    """The relations that placing its rows reads besides `team`."""
    holder = {"holder"} if indicator.place == "holder" else set()
    person = {"person"} if set(indicator.by) & set(LOOKED_UP) else set()
    return frozenset(holder | person)


def placed(
    model: Model,
    indicator: Indicator,
    query: Query,
    sql: str,
    months: tuple[date, date],
    areas: Sequence[str],
    ends: Sequence[date],
    kept: Iterable[str],
    counted: str | None = None,
) -> str:
    """SQL for the rows of `query` (emitted as `sql`) whose date lies in `months`, with place, month and parts.

    Columns: those of the query that are `kept`, and always "month", "excluded", "place area", "place team" and
    "part <name>" for each breakdown. A row set of month ends is read at `ends` only. A row without `counted`,
    the column whose values are counted once each, is put aside.
    """
    day = date_column(query)
    columns = [f'CAST(EXTRACT(YEAR FROM s."{day}") * 12 + EXTRACT(MONTH FROM s."{day}") - 1 AS INTEGER) AS "month"']
    columns += [f's."{name}"' for name in kept if name in query.columns]
    columns.append(f"{_excluded(query, counted)} AS excluded")
    columns.append(f'{_area(query, areas)} AS "place area"')
    columns.append('t.team_id AS "place team"')
    columns += [f'{_part(name, query)} AS "part {name}"' for name in indicator.by]
    if day == "month_end":
        where = f's."{day}" IN ({", ".join(_literal(end) for end in ends)})'
    else:
        where = f's."{day}" BETWEEN {_literal(months[0])} AND {_literal(months[1])}'
    numbered = f', {day_number(f"r.{day}")} AS "day number"' if "age_band" in indicator.by else ""
    joins = _joins(model, indicator, query, day)
    return f"SELECT {', '.join(columns)} FROM (SELECT r.*{numbered} FROM ({sql}) AS r) AS s {joins} WHERE {where}"


def _part(name: str, query: Query) -> str:
    """The value of a breakdown: the file's own column, or what is known of the person on the row's date."""
    if f"by_{name}" in query.columns:
        return recorded(f's."by_{name}"')
    return part_sql(name, 's."day number"') if name in LOOKED_UP else "NULL"  # NULL: these rows have no such part


def _joins(model: Model, indicator: Indicator, query: Query, day: str) -> str:
    joins = []
    team = 's."team_id"' if "team_id" in query.columns else "NULL"
    if indicator.place == "holder":
        schema, table = model.stored("holder")
        joins.append(
            f'LEFT JOIN "{schema}"."{table}" AS h ON h.person_id = s."child_id" AND h.start_date <= s."{day}" '
            f'AND (h.end_date IS NULL OR h.end_date > s."{day}")'
        )
        team = "h.team_id"
    joins.append(
        f'LEFT JOIN {TEAM_PLACE} AS t ON t.team_id = {team} AND t.valid_from <= s."{day}" '
        f'AND (t.until IS NULL OR t.until > s."{day}")'
    )
    if set(indicator.by) & set(LOOKED_UP):
        joins.append(f'LEFT JOIN {PEOPLE} AS p ON p.person_id = s."child_id"')
    return " ".join(joins)


def _excluded(query: Query, counted: str | None) -> str:
    """The file's own reason; a row that has nothing to measure, or nobody to count, is put aside too."""
    own = 's."excluded"' if "excluded" in query.columns else "CAST(NULL AS VARCHAR)"
    needed = "amount" if "amount" in query.columns else counted
    if needed is None:
        return own
    return f"CASE WHEN {own} IS NULL AND s.\"{needed}\" IS NULL THEN 'no {needed} recorded' ELSE {own} END"


def _area(query: Query, areas: Sequence[str]) -> str:
    known = ", ".join(text(area) for area in areas if area != COUNTYWIDE)
    branches = []
    if known:
        branches.append(f"WHEN t.area_id IN ({known}) THEN t.area_id")
    if known and "area_id" in query.columns:
        branches.append(f'WHEN t.team_id IS NULL AND s."area_id" IN ({known}) THEN s."area_id"')
    other = text(COUNTYWIDE)
    return f"CASE {' '.join(branches)} ELSE {other} END" if branches else other


def _literal(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
