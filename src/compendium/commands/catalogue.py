"""The indicators in force in a workspace: the shipped ones and the council's own."""

from __future__ import annotations

from pathlib import Path

from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.workspace import Workspace


def catalogue_of(workspace: Workspace | None) -> Catalogue:
    """Raises IndicatorError with every fault of every file."""
    return load_catalogue(folders_of(workspace), workspace=workspace)


def folders_of(workspace: Workspace | None) -> list[Path]:
    """Where indicator files lie."""
    own = [workspace.own_catalogue] if workspace is not None and workspace.own_catalogue.is_dir() else []
    return [SHIPPED, *own]
