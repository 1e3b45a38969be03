"""Computing the catalogue: the model once, then the whole numbers of each indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from compendium.calendar.months import last_month_over, month_end, month_ends
from compendium.engine.dialect_reading import did_you_mean
from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.engine.engine import Engine
from compendium.engine.limits import check_limits, in_force
from compendium.engine.partition import ALONE, COLUMN, Partition
from compendium.errors import CompendiumError, Place, WorkspaceError
from compendium.indicators.authority import Authority
from compendium.indicators.cells import Cells, Window, compute_cells
from compendium.indicators.figures import Figures, Team
from compendium.indicators.loading import Catalogue
from compendium.indicators.model import SHARED, Model, read_by
from compendium.indicators.periods import period_start
from compendium.indicators.placing import Detail, looked_up_by
from compendium.indicators.population import Population
from compendium.indicators.provenance import Provenance
from compendium.indicators.rules import RuleInForce, check_rules, values_in_force
from compendium.indicators.shape import Indicator
from compendium.indicators.views import BASE
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
    engine: Engine | None = None,
    detail: Detail = "parts",
    model: Model | None = None,
) -> Figures:
    """Figures of the indicators (None: all) for months named by their last days (None: all that are covered).

    The answer's `catalogue` holds the indicators computed. Whatever goes wrong with one of them is kept in
    `problems`, and its figures say 'cannot_compute'. engine: one that holds the snapshot's tables (None: the
    snapshot's own database). detail: of headlines only, areas, teams, breakdowns and other bases are refused; crossed,
    `numbers` also hold each breakdown within each area. model: that of these indicators, months and detail, if it has
    been built.
    """
    chosen = [catalogue.require(name) for name in indicators] if indicators else list(catalogue.values())
    ends = sorted(set(months)) if months else all_months(snapshot, chosen)
    check_settings(catalogue, workspace)
    if model is None:
        alone = {"": Authority.of(snapshot, workspace)}
        engine = engine or DuckDBEngine(snapshot.connection)
        model = build_model(engine, alone, catalogue, workspace, chosen, ends, ALONE, detail)
    return _counted(model, catalogue, workspace, ends, chosen, detail)[""]


def compute_region(
    engine: Engine,
    authorities: Mapping[str, Authority],
    catalogue: Catalogue,
    workspace: Workspace,
    months: Sequence[date],
    indicators: Sequence[str] | None = None,
) -> Mapping[str, Figures]:
    """Figures of many authorities in one pass, each as it would be alone, under the rules of one workspace.

    The engine holds the tables of all, with the column `record_authority`, whose values name the authorities.
    """
    chosen = [catalogue.require(name) for name in indicators] if indicators else list(catalogue.values())
    check_settings(catalogue, workspace)
    ends = sorted(set(months))
    model = build_model(engine, authorities, catalogue, workspace, chosen, ends, Partition(COLUMN, SHARED))
    return _counted(model, catalogue, workspace, ends, chosen)


def _counted(
    model: Model,
    catalogue: Catalogue,
    workspace: Workspace,
    ends: list[date],
    chosen: Sequence[Indicator],
    detail: Detail = "parts",
) -> dict[str, Figures]:
    authorities = model.authorities
    window = Window(_first_day(chosen, ends, detail), ends)
    cells: dict[str, dict[str, Cells]] = {name: {} for name in authorities}
    problems: dict[str, dict[str, str]] = {name: {} for name in authorities}
    definitions = [definition for indicator in chosen for definition in indicator.definitions]
    parameters = {indicator.id: parameters_of(indicator, catalogue, workspace) for indicator in chosen}
    provenance = {
        name: {each.key: Provenance(each, authority.snapshot, parameters[each.id]) for each in definitions}
        for name, authority in authorities.items()
    }
    for indicator in definitions:
        wrong = _problems(model, indicator)
        if len(wrong) < len(authorities):
            as_at = {name: known[indicator.key].as_at for name, known in provenance.items()}
            try:
                counted, doubled = compute_cells(model, indicator, window, as_at, parameters[indicator.id], detail)
            except CompendiumError as fault:
                counted, doubled = {}, dict.fromkeys(authorities, fault.what)
            wrong = {**doubled, **wrong}
            for name in counted.keys() - wrong.keys():
                cells[name][indicator.key] = counted[name]
        for name, why in wrong.items():
            problems[name][indicator.key] = why
    computed = Catalogue({indicator.id: indicator for indicator in chosen}, catalogue.views, catalogue.rules)
    population, teams = Population.of_all(model), _teams(model)
    return {
        name: Figures(
            computed, each.snapshot.cut, ends, each.areas, teams[name], population[name], cells[name],
            provenance[name], problems[name], headline_only=detail == "headline",
        )
        for name, each in authorities.items()
    }  # fmt: skip


def _problems(model: Model, indicator: Indicator) -> dict[str, str]:
    """By authority, why the rows of an indicator cannot be read."""
    found = {
        name: why
        for name in model.authorities
        for query in indicator.row_sets.values()
        if (why := model.problem(query.tables, name))
    }
    return found


def all_months(snapshot: Snapshot, indicators: Iterable[Indicator]) -> list[date]:
    """The whole months from the first one covered, at most ten years, to the last one over by the cut."""
    last = last_month_over(snapshot.cut)
    earliest = month_end(last, 1 - MOST_MONTHS)
    needs = [need for each in indicators for needed in each.needs for need in needed.all]
    dated = {need.table for need in needs if TABLES[need.table].event is not None}
    starts = [begins for table in dated for begins, _ in snapshot.coverage(table)]
    first = max(earliest, min(starts, default=last))
    return list(month_ends(min(first, last), last))


def build_model(
    engine: Engine,
    authorities: Mapping[str, Authority],
    catalogue: Catalogue,
    workspace: Workspace,
    indicators: Sequence[Indicator],
    ends: Sequence[date],
    partition: Partition = ALONE,
    detail: Detail = "parts",
) -> Model:
    """The model behind some indicators, in the database that holds the record."""
    spine = list(month_ends(_first_day(indicators, ends, detail), ends[-1]))
    rules = values_in_force(catalogue.rules, workspace)
    queries = [query for each in indicators for past in each.definitions for query in past.row_sets.values()]
    looked_up = frozenset().union(*(looked_up_by(indicator, detail) for indicator in indicators))
    return Model(engine, catalogue.views, queries, authorities, spine, rules, looked_up, partition)


def model_alone(
    snapshot: Snapshot,
    catalogue: Catalogue,
    workspace: Workspace,
    indicators: Sequence[Indicator],
    months: Sequence[date],
    detail: Detail = "parts",
) -> Model:
    """The model behind some indicators and months, in order, in the snapshot's own database."""
    alone = {"": Authority.of(snapshot, workspace)}
    engine = DuckDBEngine(snapshot.connection)
    return build_model(engine, alone, catalogue, workspace, indicators, months, ALONE, detail)


def tables_read(catalogue: Catalogue, indicators: Sequence[Indicator], detail: Detail = "parts") -> list[str]:
    """The canonical tables that computing some indicators reads: what an engine must hold."""
    queries = [query for each in indicators for past in each.definitions for query in past.row_sets.values()]
    looked_up = frozenset().union(*(looked_up_by(indicator, detail) for indicator in indicators))
    behind = read_by(catalogue.views, queries, looked_up)
    return sorted({"population", "team", *(name.removeprefix(BASE) for name in behind)} & TABLES.keys())


def tables_needed(catalogue: Catalogue, indicators: Sequence[Indicator], detail: Detail = "parts") -> list[str]:
    """Those that they read, and those whose coverage decides whether they have a source."""
    needed = {each.table for indicator in indicators for need in indicator.needs for each in need.all}
    return sorted(needed.union(tables_read(catalogue, indicators, detail)))


def parameters_of(indicator: Indicator, catalogue: Catalogue, workspace: Workspace) -> Mapping[str, int | str]:
    """What each `:name` of its SQL is: the shared rules and the file's own limits, as the workspace sets them."""
    return {**values_in_force(catalogue.rules, workspace), **in_force(indicator.id, indicator.limits, workspace)}


def rules_in_force(
    indicator: Indicator, catalogue: Catalogue, workspace: Workspace | None = None
) -> tuple[RuleInForce, ...]:
    """All that a council may set on which its figures stand: its own limits, then the shared rules behind it."""
    own = in_force(indicator.id, indicator.limits, workspace)
    made = [
        RuleInForce(name, f"Limit {name.replace('_', ' ')}", own[name], default, str(own[name]), str(default))
        for name, default in indicator.limits.items()
    ]
    for rule in catalogue.rules_of(indicator):
        value = workspace.rules.get(rule.name, rule.default) if workspace else rule.default
        written, usual = rule.written(value), rule.written(rule.default)
        made.append(RuleInForce(rule.name, rule.title, value, rule.default, written, usual))
    return tuple(made)


def check_settings(catalogue: Catalogue, workspace: Workspace) -> None:
    """What the workspace sets must be a rule, or a limit of an indicator or data-quality rule. WorkspaceError."""
    check_rules(catalogue.rules, workspace)
    for name in workspace.limits:
        if name in catalogue:
            check_limits(name, catalogue[name].limits, workspace)
        elif name not in (rules := {file.stem for file in rule_files([SHIPPED, workspace.own_checks])}):
            raise WorkspaceError(
                "there is no such indicator or rule",
                where=Place(file=str(workspace.folder / FILE), column=f"limits.{name}"),
                expected=did_you_mean(name, [*catalogue, *rules]),
            )


def _first_day(indicators: Iterable[Indicator], ends: Sequence[date], detail: Detail) -> date:
    bases = {basis for each in indicators for basis in (each.bases[:1] if detail == "headline" else each.bases)}
    return min(period_start(basis, ends[0]) for basis in bases)


def _teams(model: Model) -> dict[str, dict[str, Team]]:
    """The teams of each authority."""
    made: dict[str, dict[str, Team]] = {name: {} for name in model.authorities}
    for authority, team, name, area, service, begins, ends in model.engine.rows(
        f"SELECT {model.partition.told('r')}r.team_id, r.team_name, r.area_id, r.service, r.valid_from, r.valid_to "
        f"FROM {model.name('team')} AS r ORDER BY r.team_id, r.valid_from"
    ):
        teams = made[authority]
        before = teams[team].spans if team in teams else ()
        teams[team] = Team(name or team, area, service, (*before, (begins, ends)))
    return made
