"""The rows of one row set with their month, place and parts, as one stored table.

A row belongs to its team where `team` knows the team on the row's date, and to that team's area. A row
with a known area but no known team belongs to the area; everything else is countywide, so that the areas
always add up to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from compendium.engine.dialect import Query
from compendium.indicators.model import AREA, PEOPLE, TEAM_PLACE, Model
from compendium.indicators.parts import Text, day_number, part_sql, recorded
from compendium.indicators.shape import LOOKED_UP, Indicator
from compendium.workspace import COUNTYWIDE

# headline: the whole authority, on the indicator's first basis. parts: all bases, areas, teams and breakdowns.
# crossed: each breakdown within each area too, but for what is counted once each.
Detail = Literal["headline", "parts", "crossed"]
NO_TEXT = "CASE WHEN 1 = 0 THEN '' END"  # NULL as a text, which engines have several names for


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def date_column(query: Query) -> str:
    return "month_end" if "month_end" in query.columns else "on_date"


def looked_up_by(indicator: Indicator, detail: Detail = "parts") -> frozenset[str]:
    """The relations that placing its rows reads besides `team`."""
    if detail == "headline":
        return frozenset()
    holder = {"holder"} if indicator.place == "holder" else set()
    person = {"person"} if set(indicator.by) & set(LOOKED_UP) else set()
    return frozenset(holder | person)


def placed(
    model: Model,
    indicator: Indicator,
    query: Query,
    sql: str,
    months: tuple[date, date],
    ends: Sequence[date],
    kept: Iterable[str],
    counted: str | None = None,
    detail: Detail = "parts",
) -> str:
    """SQL for the rows of `query` (emitted as `sql`) whose date lies in `months`, with place, month and parts.

    Columns: the partition's, those of the query that are `kept`, and always "month" and "excluded"; but for a headline
    also "place area", "place team" and "part <name>" for each breakdown. A row set of month ends is read at `ends`
    only. A row without `counted`, the column whose values are counted once each, is put aside.
    """
    day, text = date_column(query), model.engine.emitter.text
    month = f'EXTRACT(YEAR FROM s."{day}") * 12 + EXTRACT(MONTH FROM s."{day}") - 1'
    columns = [f'{model.partition.of("s")}CAST({month} AS INTEGER) AS "month"']
    columns += [f's."{name}"' for name in kept if name in query.columns]
    columns.append(f"{_excluded(query, counted)} AS excluded")
    joins = numbered = ""
    if detail != "headline":
        columns.append(f'{_area(query, text)} AS "place area"')
        columns.append('t.team_id AS "place team"')
        columns += [f'{_part(name, query, text)} AS "part {name}"' for name in indicator.by]
        joins = _joins(model, indicator, query, day)
        numbered = f', {day_number(f"r.{day}")} AS "day number"' if "age_band" in indicator.by else ""
    if day == "month_end":
        where = f's."{day}" IN ({", ".join(_literal(end) for end in ends)})'
    else:
        where = f's."{day}" BETWEEN {_literal(months[0])} AND {_literal(months[1])}'
    return f"SELECT {', '.join(columns)} FROM (SELECT r.*{numbered} FROM ({sql}) AS r) AS s {joins} WHERE {where}"


def has_part(name: str, query: Query) -> bool:
    """Whether the rows have a breakdown at all; of two row sets it may be one."""
    return f"by_{name}" in query.columns or name in LOOKED_UP


def _part(name: str, query: Query, text: Text) -> str:
    """The value of a breakdown, never NULL: the file's own column, or what is known of the person on the row's date."""
    if f"by_{name}" in query.columns:
        return recorded(f's."by_{name}"', text)
    return part_sql(name, 's."day number"', text) if has_part(name, query) else NO_TEXT


def _joins(model: Model, indicator: Indicator, query: Query, day: str) -> str:
    joins, same = [], model.partition.same
    team = 's."team_id"' if "team_id" in query.columns else "NULL"
    if indicator.place == "holder":
        joins.append(
            f'LEFT JOIN {model.name("holder")} AS h ON h.person_id = s."child_id" AND h.start_date <= s."{day}" '
            f'AND (h.end_date IS NULL OR h.end_date > s."{day}"){same("h", "s")}'
        )
        team = "h.team_id"
    joins.append(
        f'LEFT JOIN {model.own(TEAM_PLACE)} AS t ON t.team_id = {team} AND t.valid_from <= s."{day}" '
        f'AND (t.until IS NULL OR t.until > s."{day}"){same("t", "s")}'
    )
    if "area_id" in query.columns:
        joins.append(f'LEFT JOIN {model.own(AREA)} AS a ON a.area_id = s."area_id"{same("a", "s")}')
    if set(indicator.by) & set(LOOKED_UP):
        joins.append(f'LEFT JOIN {model.own(PEOPLE)} AS p ON p.person_id = s."child_id"{same("p", "s")}')
    return " ".join(joins)


def puts_aside(query: Query, counted: str | None) -> bool:
    """Whether a row may be put aside: for the file's own reason, or since it has nothing to measure or nobody to count.

    counted: the column whose values are counted once each.
    """
    return "excluded" in query.columns or _needed(query, counted) is not None


def _needed(query: Query, counted: str | None) -> str | None:
    return "amount" if "amount" in query.columns else counted


def _excluded(query: Query, counted: str | None) -> str:
    own = 's."excluded"' if "excluded" in query.columns else NO_TEXT
    needed = _needed(query, counted)
    if needed is None:
        return own
    return f"CASE WHEN {own} IS NULL AND s.\"{needed}\" IS NULL THEN 'no {needed} recorded' ELSE {own} END"


def _area(query: Query, text: Text) -> str:
    own = " WHEN t.team_id IS NULL AND a.area_id IS NOT NULL THEN a.area_id" if "area_id" in query.columns else ""
    return f"CASE WHEN t.area_id IS NOT NULL THEN t.area_id{own} ELSE {text(COUNTYWIDE)} END"


def _literal(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
