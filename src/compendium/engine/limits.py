"""Limits: the settings that a file of the catalogue leaves to the council, as a workspace overrides them."""

from __future__ import annotations

from collections.abc import Mapping

from compendium.engine.dialect_reading import did_you_mean
from compendium.errors import Place, WorkspaceError
from compendium.workspace import FILE, Workspace

NONE = "none: it has no limit of its own; the rules that indicators share are set under [rules]"

Limits = Mapping[str, int | str]


def in_force(name: str, limits: Limits, workspace: Workspace | None) -> Limits:
    """The limits of an indicator or rule, overridden by those the workspace sets under its name."""
    own = workspace.limits.get(name, {}) if workspace else {}
    return {key: own.get(key, value) for key, value in limits.items()}


def check_limits(name: str, limits: Limits, workspace: Workspace) -> None:
    """What the workspace sets under a name must be limits of it, of their kind. Raises WorkspaceError."""
    where = Place(file=str(workspace.folder / FILE), column=f"limits.{name}")
    for key, value in workspace.limits.get(name, {}).items():
        if key not in limits:
            raise WorkspaceError(f"{name} has no limit {key}", where=where, expected=did_you_mean(key, limits) or NONE)
        if type(value) is not type(limits[key]):
            raise WorkspaceError(f"{key} is {value!r}", where=where, expected=f"a value like {limits[key]!r}")
