"""The rows of one row set with their month, place and parts, as one stored table.

A row belongs to its team where `team` knows the team on the row's date, and to that team's area. A row
with a known area but no known team belongs to the area; everything else is countywide, so that the areas
always add up to the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from compendium.calendar.ages import AGE_BANDS, UNBORN, age_band
from compendium.engine.dialect import Query
from compendium.indicators.model import TEAM_PLACE, Model
from compendium.indicators.shape import LOOKED_UP, NOT_RECORDED, Indicator
from compendium.record.codes import groups
from compendium.workspace import COUNTYWIDE

OLDEST = 25  # ages above all band edges
SEXES = {"F": "Female", "M": "Male"}


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
    counted: str | None,
) -> str:
    """SQL for the rows of `query` (emitted as `sql`) whose date lies in `months`, with place, month and parts.

    Columns: those of the query, always "excluded", and "month", "place area", "place team", "part <name>"
    for each breakdown.
    A row set of month ends is read at `ends` only.
    """
    day = date_column(query)
    columns = [f'CAST(EXTRACT(YEAR FROM s."{day}") * 12 + EXTRACT(MONTH FROM s."{day}") - 1 AS INTEGER) AS "month"']
    columns += [f's."{name}"' for name in query.columns if name != "excluded"]
    columns.append(f"{_excluded(query, counted)} AS excluded")
    columns.append(f'{_area(query, areas)} AS "place area"')
    columns.append('t.team_id AS "place team"')
    columns += [f'{part_sql(name, query, day)} AS "part {name}"' for name in indicator.by]
    joins = _joins(model, indicator, query, day)
    if day == "month_end":
        chosen = ", ".join(_literal(end) for end in ends)
        where = f's."{day}" IN ({chosen})'
    else:
        where = f's."{day}" BETWEEN {_literal(months[0])} AND {_literal(months[1])}'
    return f"SELECT {', '.join(columns)} FROM ({sql}) AS s {joins} WHERE {where}"


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
        schema, table = model.stored("person")
        joins.append(f'LEFT JOIN "{schema}"."{table}" AS p ON p.person_id = s."child_id"')
    return " ".join(joins)


def _excluded(query: Query, counted: str | None) -> str:
    """The file's own reason; a row that has nothing to measure, or nobody to count, is put aside too."""
    own = 's."excluded"' if "excluded" in query.columns else "CAST(NULL AS VARCHAR)"
    needed = "amount" if "amount" in query.columns else counted
    if needed is None:
        return own
    return f"CASE WHEN {own} IS NULL AND s.\"{needed}\" IS NULL THEN 'no {needed} recorded' ELSE {own} END"


def _area(query: Query, areas: Sequence[str]) -> str:
    known = ", ".join(_text(area) for area in areas if area != COUNTYWIDE)
    branches = []
    if known:
        branches.append(f"WHEN t.area_id IN ({known}) THEN t.area_id")
    if known and "area_id" in query.columns:
        branches.append(f'WHEN t.team_id IS NULL AND s."area_id" IN ({known}) THEN s."area_id"')
    other = _text(COUNTYWIDE)
    return f"CASE {' '.join(branches)} ELSE {other} END" if branches else other


def part_sql(name: str, query: Query, day: str) -> str:
    """The value of a breakdown: the file's own column, or what the person's row says on the row's date."""
    if f"by_{name}" in query.columns:
        return _recorded(f's."by_{name}"')
    match name:
        case "age_band":
            return _age_band(f's."{day}"')
        case "sex":
            return _labels("p.sex", SEXES)
        case "ethnicity":
            return _labels("p.ethnicity", groups("ethnicity"))
        case "disability":
            return (
                "CASE p.is_disabled WHEN 1 THEN 'Disability recorded' WHEN 0 THEN 'No disability recorded' "
                f"ELSE {_text(NOT_RECORDED)} END"
            )
    return "NULL"  # this row set does not know the part


def part_order(name: str, values: Sequence[str]) -> list[str]:
    """The values of a breakdown in the order shown: ages by age, others by name, what is not recorded last."""
    ages = {band: at for at, band in enumerate(AGE_BANDS)}
    return sorted(values, key=lambda each: (each == NOT_RECORDED, ages.get(each, 0) if name == "age_band" else 0, each))


def _recorded(column: str) -> str:
    return f"CASE WHEN {column} IS NULL THEN {_text(NOT_RECORDED)} ELSE {column} END"


def _labels(column: str, labels: Mapping[str, str]) -> str:
    together: dict[str, list[str]] = {}
    for code, label in labels.items():
        together.setdefault(label, []).append(code)
    branches = " ".join(
        f"WHEN {column} IN ({', '.join(_text(code) for code in codes)}) THEN {_text(label)}"
        for label, codes in together.items()
    )
    return f"CASE {branches} ELSE {_text(NOT_RECORDED)} END"


def _age_band(day: str) -> str:
    """Bands by the calendar's own edges; unborn while the date of birth is still to come."""
    age = (
        f"EXTRACT(YEAR FROM {day}) - EXTRACT(YEAR FROM p.dob) - CASE WHEN EXTRACT(MONTH FROM {day}) * 100 + "
        f"EXTRACT(DAY FROM {day}) < EXTRACT(MONTH FROM p.dob) * 100 + EXTRACT(DAY FROM p.dob) THEN 1 ELSE 0 END"
    )
    unborn = _text(age_band(UNBORN))
    branches = [
        f"WHEN p.dob > {day} OR (p.dob IS NULL AND p.expected_dob IS NOT NULL) THEN {unborn}",
        f"WHEN p.dob IS NULL THEN {_text(NOT_RECORDED)}",
    ]
    for years in range(OLDEST):
        if age_band(years) != age_band(years + 1):
            branches.append(f"WHEN {age} <= {years} THEN {_text(age_band(years))}")
    return f"CASE {' '.join(branches)} ELSE {_text(age_band(OLDEST))} END"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _literal(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
