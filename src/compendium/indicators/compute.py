"""Computing the catalogue: the model once, then the whole numbers of each indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from compendium.calendar.months import month_end, month_ends
from compendium.engine.dialect_reading import did_you_mean
from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.engine.limits import check_limits, in_force
from compendium.errors import CompendiumError, Place, WorkspaceError
from compendium.indicators.cells import Cells, Window, compute_cells
from compendium.indicators.figures import Figures, Team
from compendium.indicators.loading import Catalogue
from compendium.indicators.model import Model
from compendium.indicators.periods import period_start
from compendium.indicators.placing import looked_up_by
from compendium.indicators.population import Population
from compendium.indicators.provenance import Provenance
from compendium.indicators.shape import Indicator
from compendium.record.checks.loading import SHIPPED, rule_files
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from compendium.workspace import FILE, Workspace

MOST_MONTHS = 120  # ten years: more than any chart shows


def compute(
    snapshot: Snapshot,
    catalogue: Catalogue,
    workspace: Workspace,
    months: Sequence[date] | None = None,
    indicators: Sequence[str] | None = None,
) -> Figures:
    """Figures of the indicators (None: all) for months named by their last days (None: all that are covered).

    The answer's `catalogue` holds the indicators computed. Whatever goes wrong with one of them is kept in
    `problems`, and its figures say 'cannot_compute'.
    """
    check_all_limits(catalogue, workspace)
    chosen = [catalogue.require(name) for name in indicators] if indicators else list(catalogue.values())
    ends = sorted(set(months)) if months else all_months(snapshot, chosen)
    model = build_model(snapshot, catalogue, workspace, chosen, ends)
    areas = list(workspace.areas)
    window = Window(_first_day(chosen, ends), ends)
    cells: dict[str, Cells] = {}
    provenance: dict[str, Provenance] = {}
    problems: dict[str, str] = {}
    for indicator in chosen:
        known = provenance[indicator.id] = Provenance(indicator, snapshot)
        why = next(filter(None, (model.problem(query.tables) for query in indicator.row_sets.values())), None)
        if why:
            problems[indicator.id] = why
            continue
        limits = limits_of(indicator, workspace)
        try:
            cells[indicator.id] = compute_cells(model, indicator, window, areas, known.as_at, limits)
        except CompendiumError as fault:
            problems[indicator.id] = fault.what
    computed = Catalogue({indicator.id: indicator for indicator in chosen}, catalogue.views)
    population = _population(model, snapshot, workspace)
    return Figures(
        computed, snapshot.cut, ends, workspace.areas, _teams(model), population, cells, provenance, problems
    )


def all_months(snapshot: Snapshot, indicators: Iterable[Indicator]) -> list[date]:
    """The whole months from the first one covered, at most ten years, to the last one over by the cut."""
    last = month_end(snapshot.cut)
    if last > snapshot.cut:
        last = month_end(snapshot.cut, -1)
    earliest = month_end(last, 1 - MOST_MONTHS)
    dated = {need.table for each in indicators for need in each.needs if TABLES[need.table].event is not None}
    starts = [begins for table in dated for begins, _ in snapshot.coverage(table)]
    first = max(earliest, min(starts, default=last))
    return list(month_ends(min(first, last), last))


def build_model(
    snapshot: Snapshot,
    catalogue: Catalogue,
    workspace: Workspace,
    indicators: Sequence[Indicator],
    ends: Sequence[date],
) -> Model:
    """The model behind some indicators, in the snapshot's own database."""
    spine = list(month_ends(_first_day(indicators, ends), ends[-1]))
    limits = {indicator.id: limits_of(indicator, workspace) for indicator in catalogue.values()}
    queries = [query for indicator in indicators for query in indicator.row_sets.values()]
    looked_up = frozenset().union(*(looked_up_by(indicator) for indicator in indicators))
    return Model(DuckDBEngine(snapshot.connection), catalogue.views, queries, snapshot.cut, spine, limits, looked_up)


def limits_of(indicator: Indicator, workspace: Workspace) -> Mapping[str, int | str]:
    """The file's numbers, as the workspace overrides them."""
    return in_force(indicator.id, indicator.limits, workspace)


def check_all_limits(catalogue: Catalogue, workspace: Workspace) -> None:
    """A limit that the workspace sets must be one that an indicator has, or a data-quality rule's. WorkspaceError."""
    for name in workspace.limits:
        if name in catalogue:
            check_limits(name, catalogue[name].limits, workspace)
        elif name not in (rules := {file.stem for file in rule_files([SHIPPED, workspace.own_checks])}):
            raise WorkspaceError(
                "there is no such indicator or rule",
                where=Place(file=str(workspace.folder / FILE), column=f"limits.{name}"),
                expected=did_you_mean(name, [*catalogue, *rules]),
            )


def _first_day(indicators: Iterable[Indicator], ends: Sequence[date]) -> date:
    return min(period_start(basis, ends[0]) for each in indicators for basis in each.bases)


def _population(model: Model, snapshot: Snapshot, workspace: Workspace) -> Population:
    code = workspace.authority_code or next((each.la_code for each in snapshot.deliveries if each.la_code), None)
    return Population(model.engine, code, list(workspace.areas), snapshot.cut)


def _teams(model: Model) -> dict[str, Team]:
    schema, table = model.stored("team")
    rows = model.engine.rows(
        f'SELECT team_id, team_name, area_id, service, valid_from, valid_to FROM "{schema}"."{table}" '
        "ORDER BY team_id, valid_from"
    )
    made: dict[str, Team] = {}
    for team, name, area, service, begins, ends in rows:
        before = made[team].spans if team in made else ()
        made[team] = Team(name or team, area, service, (*before, (begins, ends)))
    return made
