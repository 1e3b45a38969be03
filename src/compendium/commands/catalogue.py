"""The indicators in force in a workspace: the shipped ones and the council's own; and the local rules they stand on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from compendium.indicators.compute import rules_in_force
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.workspace import Workspace


def catalogue_of(workspace: Workspace | None) -> Catalogue:
    """Raises IndicatorError with every fault of every file."""
    return load_catalogue(folders_of(workspace), workspace=workspace)


def folders_of(workspace: Workspace | None) -> list[Path]:
    """Where indicator files lie."""
    own = [workspace.own_catalogue] if workspace is not None and workspace.own_catalogue.is_dir() else []
    return [SHIPPED, *own]


def local_rules(names: Iterable[str], catalogue: Catalogue, workspace: Workspace) -> list[str]:
    """The lines that tell, under figures of some indicators, by which rules they were counted."""
    known = [catalogue[name] for name in names if name in catalogue]
    told = dict.fromkeys(f"  {rule}" for each in known for rule in rules_in_force(each, catalogue, workspace))
    return ["", "Local rules in force:", *told] if told else []
