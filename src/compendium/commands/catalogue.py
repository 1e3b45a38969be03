"""The indicators in force in a workspace: the shipped ones and the council's own."""

from __future__ import annotations

from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.workspace import Workspace


def catalogue_of(workspace: Workspace | None) -> Catalogue:
    """Raises IndicatorError with every fault of every file."""
    folders = [SHIPPED]
    if workspace is not None and workspace.own_catalogue.is_dir():
        folders.append(workspace.own_catalogue)
    return load_catalogue(folders, workspace=workspace)
