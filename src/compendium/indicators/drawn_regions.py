"""The examples of the catalogue as regions: each an authority of its own, counted all at once on any engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from compendium.engine.engine import Engine
from compendium.engine.partition import COLUMN, Partition
from compendium.indicators.authority import Authority
from compendium.indicators.compute import compute_region, tables_read
from compendium.indicators.examples import example_workspace
from compendium.indicators.figures import Figures
from compendium.indicators.loading import Catalogue
from compendium.record.handover import hand_over
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace


@dataclass
class Region:
    """Authorities under the rules of one workspace, and the indicators and months for which they are counted."""

    workspace: Workspace
    authorities: dict[str, Authority] = field(default_factory=dict)
    indicators: dict[str, None] = field(default_factory=dict)
    months: set[date] = field(default_factory=set)

    def figures(self, engine: Engine, catalogue: Catalogue) -> Mapping[str, Figures]:
        """Of each authority, after its tables have been handed over to the engine."""
        chosen = list(self.indicators)
        snapshots = {name: each.snapshot for name, each in self.authorities.items()}
        tables = tables_read(catalogue, [catalogue.require(name) for name in chosen])
        hand_over(engine, snapshots, tables, Partition(COLUMN))
        return compute_region(engine, self.authorities, catalogue, self.workspace, sorted(self.months), chosen)


def drawn_regions(catalogue: Catalogue, only: Iterable[str] | None = None) -> list[Region]:
    """The examples of these indicators (None: of all), those under the same rules together."""
    regions: dict[str, Region] = {}
    for name in only if only is not None else catalogue:
        indicator = catalogue.require(name)
        for example in indicator.examples:
            workspace = example_workspace(indicator, example)
            settings = {key: own for key, own in workspace.limits.items() if own}
            region = regions.setdefault(repr((settings, sorted(workspace.rules.items()))), Region(workspace))
            snapshot = Snapshot.drawn(example.given, example.as_at)
            region.authorities[f"{name}, line {example.line}"] = Authority.of(snapshot, workspace)
            region.indicators[name] = None
            region.months.add(example.month)
    return list(regions.values())
