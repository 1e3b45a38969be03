"""The list behind a figure: the very rows it was counted from. Reading it is recorded first."""

from __future__ import annotations

from datetime import date
from typing import Any

from compendium import words
from compendium.engine.dialect_reading import did_you_mean
from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.errors import ComputeError
from compendium.indicators.authority import Authority
from compendium.indicators.compute import build_model, parameters_of
from compendium.indicators.loading import Catalogue
from compendium.indicators.model import TEAM_PLACE, Model
from compendium.indicators.parts import Text
from compendium.indicators.periods import period_start
from compendium.indicators.placing import date_column, placed
from compendium.indicators.provenance import Provenance
from compendium.indicators.rowset import key_column
from compendium.indicators.shape import Indicator
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
    access: AccessRecord,
    who: str,
    why: str,
) -> ChildRows:
    """The rows of one figure, those put aside included, oldest first; area and team None is the whole authority.

    Columns: those of the indicator's SELECT, and `area`, `team` and each breakdown; where an indicator has
    two row sets, `counts_in` says which. Nothing is returned unless the access record has been written.
    ComputeError when the rows cannot be computed or are not known, when the place does not exist, or when
    it is not said why they are read.
    """
    definition = catalogue.require(indicator).at(month_end)
    basis = basis or definition.bases[0]
    if catalogue[indicator].at(period_start(basis, month_end)) is not definition:
        raise ComputeError(
            f"the months of that period are counted by two versions of {indicator}", remedy="ask for the month alone"
        )
    if not why.strip():
        raise ComputeError("the reason is empty", remedy="say in --why what the list is needed for")
    parameters = parameters_of(definition, catalogue, workspace)
    provenance = Provenance(definition, snapshot, parameters)
    _check(definition, workspace, provenance, month_end, basis, area)
    engine, alone = DuckDBEngine(snapshot.connection), {"": Authority.of(snapshot, workspace)}
    model = build_model(engine, alone, catalogue, workspace, [definition], [month_end])
    _check_team(model, team)
    as_at = provenance.as_at
    listed: list[dict[str, Any]] = []
    for name, query in definition.row_sets.items():
        problem = model.problem(query.tables)
        if problem:
            raise ComputeError(f"{indicator}: {problem}")
        sql = model.emitted(query, {"": as_at}, parameters)
        months = (period_start(basis, month_end), month_end)
        rows = placed(model, definition, query, sql, months, [month_end], query.columns)
        parts = "".join(f', "part {part}" AS "{part}"' for part in definition.by)
        own = [column for column in query.columns if column not in ("team_id", "area_id")]
        plain = ", ".join(f'"{column}"' for column in own if not column.startswith("by_") and column != "excluded")
        order = ", ".join(f'"{each}"' for each in (date_column(query), key_column(query)) if each)
        kind = f"'{NAMES[name]}' AS counts_in, " if NAMES[name] else ""
        sql = (
            f'SELECT {kind}{plain}, excluded, "place area" AS area, "place team" AS team{parts} FROM ({rows}) AS r '
            f"{_of_place(area, team, model.engine.emitter.text)}ORDER BY {order}"
        )
        columns, found = model.engine.table(sql)
        listed += [dict(zip(columns, row, strict=True)) for row in found]
    place = f"team {team}" if team else f"area {area}" if area else "whole authority"
    what = f"{indicator}, {month_end:%Y-%m}, {basis}, {place}"
    return access.hand_out(listed, children=(row.get("child_id") for row in listed), who=who, what=what, why=why)


def _of_place(area: str | None, team: str | None, text: Text) -> str:
    chosen = [(column, place) for column, place in (("place area", area), ("place team", team)) if place is not None]
    where = " AND ".join(f'"{column}" = {text(place)}' for column, place in chosen)
    return f"WHERE {where} " if where else ""


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
