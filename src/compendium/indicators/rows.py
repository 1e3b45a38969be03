"""The list behind a figure: the very rows it was counted from. Reading it is recorded first."""

from __future__ import annotations

from datetime import date
from typing import Any

from compendium import words
from compendium.engine.dialect_reading import did_you_mean
from compendium.errors import ComputeError
from compendium.indicators.compute import model_alone, parameters_of
from compendium.indicators.loading import Catalogue
from compendium.indicators.model import TEAM_PLACE, Model
from compendium.indicators.parts import Text
from compendium.indicators.periods import period_start
from compendium.indicators.placing import date_column, placed
from compendium.indicators.provenance import Provenance
from compendium.indicators.rowset import key_column
from compendium.indicators.shape import SHOWN, Indicator
from compendium.record.access import AccessRecord, ChildRows
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace

NAMES = {"rows": "", "numerator_rows": "numerator", "denominator_rows": "denominator"}


def rows_behind(
    snapshot: Snapshot,
    catalogue: Catalogue,
    workspace: Workspace,
    indicator: str,
    month_end: date,
    basis: str | None = None,
    *,
    area: str | None = None,
    team: str | None = None,
    part: tuple[str, str] | None = None,
    missed: bool = False,
    access: AccessRecord,
    who: str,
    why: str,
) -> ChildRows:
    """The rows of one figure, those put aside included, oldest first; area and team None is the whole authority.

    part: only one part of a breakdown or one category. missed: only rows that count, but not in the numerator.
    Columns: those of the indicator's SELECT (`show_last_visit` as `last_visit`), and `area`, `team` and each
    breakdown; where an indicator has two row sets, `counts_in` says which. Nothing is returned unless the access
    record has been written. ComputeError when the rows cannot be computed or are not known, when the place does not
    exist, or when it is not said why they are read.
    """
    definition = catalogue.require(indicator).at(month_end)
    basis = basis or definition.bases[0]
    if not why.strip():
        raise ComputeError("the reason is empty", remedy="say in --why what the list is needed for")
    parameters = parameters_of(definition, catalogue, workspace)
    provenance = Provenance(definition, snapshot, parameters)
    _check(definition, workspace, provenance, month_end, basis, area)
    if catalogue[indicator].at(period_start(basis, month_end)) is not definition:
        raise ComputeError(f"{indicator} changed its definition within the period", remedy="ask for the month alone")
    _check_rows(definition, part, missed)
    model = model_alone(snapshot, catalogue, workspace, [definition], [month_end])
    _check_team(model, team)
    where = _chosen(area, team, part, missed, model.engine.emitter.text)
    listed: list[dict[str, Any]] = []
    for name, query in definition.row_sets.items():
        if problem := model.problem(query.tables):
            raise ComputeError(f"{indicator}: {problem}")
        sql = model.emitted(query, {"": provenance.as_at}, parameters)
        listed += _listed_rows(model, definition, name, sql, (period_start(basis, month_end), month_end), where)
    place = f"team {team}" if team else f"area {area}" if area else "whole authority"
    place += f", {part[0]} {part[1]}" if part else ""
    place += ", missed only" if missed else ""
    what = f"{indicator}, {month_end:%Y-%m}, {basis}, {place}"
    return access.hand_out(listed, children=(row.get("child_id") for row in listed), who=who, what=what, why=why)


def _listed_rows(
    model: Model, definition: Indicator, name: str, sql: str, months: tuple[date, date], where: str
) -> list[dict[str, Any]]:
    """The rows of one row set, whose SQL is given."""
    query = definition.row_sets[name]
    rows = placed(model, definition, query, sql, months, [months[1]], query.columns)
    parts = "".join(f', "part {part}" AS "{part}"' for part in definition.by)
    own = [column for column in query.columns if column not in ("team_id", "area_id", "excluded")]
    plain = ", ".join(_listed(column) for column in own if not column.startswith("by_"))
    order = ", ".join(f'"{each}"' for each in (date_column(query), key_column(query)) if each)
    kind = f"'{NAMES[name]}' AS counts_in, " if NAMES[name] else ""
    columns, found = model.engine.table(
        f'SELECT {kind}{plain}, excluded, "place area" AS area, "place team" AS team{parts} FROM ({rows}) AS r '
        f"{where}ORDER BY {order}"
    )
    return [dict(zip(columns, row, strict=True)) for row in found]


def _chosen(area: str | None, team: str | None, part: tuple[str, str] | None, missed: bool, text: Text) -> str:
    chosen = [(column, place) for column, place in (("place area", area), ("place team", team)) if place is not None]
    if part is not None:
        chosen.append(("category" if part[0] == "category" else f"part {part[0]}", part[1]))
    where = [f'"{column}" = {text(value)}' for column, value in chosen]
    if missed:
        where += ["excluded IS NULL", '"denominator" <> 0', '("numerator" = 0 OR "numerator" IS NULL)']
    return f"WHERE {' AND '.join(where)} " if where else ""


def _listed(column: str) -> str:
    """A column that is there only for the list goes by its own name in it."""
    return f'"{column}" AS "{column.removeprefix(SHOWN)}"' if column.startswith(SHOWN) else f'"{column}"'


def _check_rows(definition: Indicator, part: tuple[str, str] | None, missed: bool) -> None:
    if part is not None and part[0] not in definition.dimensions:
        raise ComputeError(
            f"{definition.id} is not broken down by {part[0]!r}", expected=did_you_mean(part[0], definition.dimensions)
        )
    shares = all({"numerator", "denominator"} <= query.columns.keys() for query in definition.row_sets.values())
    if missed and not shares:
        raise ComputeError(
            f"no row of {definition.id} can miss its numerator: its rows are not a numerator of a denominator",
            remedy="ask for all of its rows",
        )


def _check(
    definition: Indicator, workspace: Workspace, provenance: Provenance, month: date, basis: str, area: str | None
) -> None:
    """An empty list must mean that there is nobody, never that the question was wrong."""
    if basis not in definition.bases:
        raise ComputeError(f"{definition.id} is not given on the basis {basis!r}", expected=", ".join(definition.bases))
    if area is not None and area not in workspace.areas:
        raise ComputeError(f"there is no area {area!r}", expected=did_you_mean(area, workspace.areas))
    if not provenance.has_source(basis, month):
        raise ComputeError(
            f"{definition.id} has no source for {words.month(month)}: the list is not empty, it is not known",
            remedy="load the deliveries that cover the month",
        )


def _check_team(model: Model, team: str | None) -> None:
    known = [row[0] for row in model.engine.rows(f"SELECT DISTINCT team_id FROM {model.own(TEAM_PLACE)}")]
    if team is not None and team not in known:
        raise ComputeError(f"there is no team {team!r}", expected=did_you_mean(team, known))
