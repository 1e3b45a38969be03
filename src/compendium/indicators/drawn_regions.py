"""The examples of the catalogue as regions: each an authority of its own, counted all at once on any engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from compendium.engine.engine import Engine
from compendium.engine.partition import COLUMN
from compendium.errors import CompendiumError
from compendium.indicators.authority import Authority
from compendium.indicators.compute import compute_region, tables_read
from compendium.indicators.examples import Failure, differences, example_workspace, run_examples, unlike
from compendium.indicators.figures import Figures
from compendium.indicators.loading import Catalogue
from compendium.indicators.shape import Example, Indicator
from compendium.record.board import Board
from compendium.record.handover import SCHEMA, empty_duckdb, rows_of
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from compendium.workspace import Workspace


@dataclass
class Region:
    """Authorities under the rules of one workspace, and the indicators and months for which they are counted.

    examples: those that the authorities are drawn from, by the same names.
    """

    workspace: Workspace
    examples: dict[str, tuple[Indicator, Example]] = field(default_factory=dict)
    authorities: dict[str, Authority] = field(default_factory=dict)
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    indicators: dict[str, None] = field(default_factory=dict)
    months: set[date] = field(default_factory=set)

    def add(self, name: str, authority: Authority, tables: Iterable[str] = TABLES) -> None:
        """One with the rows that its snapshot holds in these tables (default: in all)."""
        self.authorities[name] = authority
        for table in tables:
            self.rows.setdefault(table, []).extend(rows_of({name: authority.snapshot}, table, named=True))

    def figures(self, engine: Engine, catalogue: Catalogue) -> Mapping[str, Figures]:
        """Of each authority, after its rows have been handed over to the engine."""
        chosen = list(self.indicators)
        for table in tables_read(catalogue, [catalogue.require(name) for name in chosen]):
            engine.store_rows(SCHEMA, table, {**TABLES[table].relation, COLUMN: "text"}, self.rows.get(table, ()))
        return compute_region(engine, self.authorities, catalogue, self.workspace, sorted(self.months), chosen)


def drawn_regions(catalogue: Catalogue, only: Iterable[str] | None = None, board: Board | None = None) -> list[Region]:
    """The examples of these indicators (None: of all), those under the same rules together.

    board: on which all are drawn, one after another, so that no snapshot lasts (None: each has its own).
    """
    regions: dict[str, Region] = {}
    for name in only if only is not None else catalogue:
        indicator = catalogue.require(name)
        for example in indicator.examples:
            workspace = example_workspace(indicator, example)
            settings = {key: own for key, own in workspace.limits.items() if own}
            region = regions.setdefault(repr((settings, sorted(workspace.rules.items()))), Region(workspace))
            authority = Authority.of(Snapshot.drawn(example.given, example.as_at, board=board), workspace)
            region.examples[f"{name}, line {example.line}"] = indicator, example
            region.add(f"{name}, line {example.line}", authority, {*example.given, "team"})
            region.indicators[name] = None
            region.months.add(example.month)
    return list(regions.values())


def failing_examples(
    catalogue: Catalogue, only: Iterable[str], step: Callable[[str], None] = lambda _: None
) -> list[Failure]:
    """The examples of these indicators that do not hold, as `run_examples` tells them, in a fraction of its time.

    Those of a theme are counted together. What does not hold so is counted by itself, and that is told. step: called
    with each theme.
    """
    order = {name: at for at, name in enumerate(only)}
    themes: dict[str, list[str]] = {}
    for name in order:
        themes.setdefault(catalogue.require(name).theme, []).append(name)
    failures: list[Failure] = []
    board = Board()
    for theme, names in themes.items():
        step(theme)
        try:
            regions = drawn_regions(catalogue, names, board)
        except CompendiumError:  # what one of them draws cannot be
            failures += run_examples(catalogue, names)
            continue
        failures += [failure for region in regions for failure in _failing(catalogue, region)]
    return sorted(failures, key=lambda each: (order[each.indicator.id], each.example.line))


def _failing(catalogue: Catalogue, region: Region) -> list[Failure]:
    try:
        figures = region.figures(empty_duckdb(), catalogue)
    except CompendiumError:
        figures = {}
    return [
        Failure(indicator, example, what)
        for name, (indicator, example) in region.examples.items()
        if name not in figures or any(True for _ in unlike(figures[name], indicator, example))
        for what in differences(catalogue, indicator, example)
    ]
