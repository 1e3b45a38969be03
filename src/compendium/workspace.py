"""A workspace: the folder of one authority, with its compendium.toml.

The file says who the authority is, its areas in the order shown, its targets and its local rules.
Nothing about a child is in it. `compendium new DIR` writes one with comments.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from compendium.errors import Place, WorkspaceError

FILE = "compendium.toml"
COUNTYWIDE = "countywide"
KEY_VARIABLE = "COMPENDIUM_KEY_FILE"


@dataclass(frozen=True)
class Target:
    """A target set by people: value and tolerance in the indicator's own unit (percent: 95 is 95%)."""

    value: Decimal
    tolerance: Decimal
    set_by: str
    set_on: date


@dataclass(frozen=True)
class Workspace:
    """One authority's settings. Paths are absolute."""

    folder: Path
    authority_name: str
    authority_code: str | None
    synthetic: bool
    areas: Mapping[str, str]  # id -> name, in the order shown; 'countywide' always last
    region_code: str | None
    england_code: str
    key_file: Path
    targets: Mapping[str, Target] = field(default_factory=dict)
    limits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # indicator -> name -> value

    @property
    def record_folder(self) -> Path:
        return self.folder / "record"

    @property
    def editions_folder(self) -> Path:
        return self.folder / "editions"

    @property
    def own_catalogue(self) -> Path:
        """The council's own indicators, in the same format as the shipped ones."""
        return self.folder / "indicators"


def open_workspace(folder: Path) -> Workspace:
    """The workspace in a folder. Raises WorkspaceError naming file, setting and remedy."""
    folder = folder.resolve()  # "." has no name of its own, and the key file is named after the folder
    path = folder / FILE
    if not path.is_file():
        raise WorkspaceError(
            f"there is no {FILE} in {folder}",
            remedy="make a workspace with `compendium new DIR`, or name one with --workspace DIR",
        )
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WorkspaceError(f"it is not valid TOML: {fault}", where=Place(file=str(path))) from fault
    known = {"authority", "areas", "store", "targets", "limits", "comparators"}
    for name in given:
        if name not in known:
            raise WorkspaceError(
                f"there is no setting [{name}]",
                where=Place(file=str(path)),
                expected=", ".join(f"[{each}]" for each in sorted(known)),
            )
    authority = given.get("authority", {})
    areas = {str(key): str(value) for key, value in given.get("areas", {}).items() if key != COUNTYWIDE}
    areas[COUNTYWIDE] = given.get("areas", {}).get(COUNTYWIDE, "Countywide teams")
    key_file = os.environ.get(KEY_VARIABLE) or given.get("store", {}).get("key_file", f"../{folder.name}.key")
    comparators = given.get("comparators", {})
    return Workspace(
        folder=folder,
        authority_name=authority.get("name", "The authority"),
        authority_code=authority.get("code") or None,
        synthetic=bool(authority.get("synthetic", False)),
        areas=areas,
        region_code=comparators.get("region"),
        england_code=comparators.get("england", "E92000001"),
        key_file=(folder / key_file).resolve(),
        targets={name: _target(name, value, path) for name, value in given.get("targets", {}).items()},
        limits=given.get("limits", {}),
    )


def _target(name: str, value: Mapping[str, Any], path: Path) -> Target:
    where = Place(file=str(path), column=f"targets.{name}")
    try:
        return Target(
            Decimal(str(value["value"])), Decimal(str(value["tolerance"])), str(value["set_by"]), value["set_on"]
        )
    except KeyError as missing:
        raise WorkspaceError(
            f"the target has no {missing.args[0]}",
            where=where,
            expected='value = 95, tolerance = 2, set_by = "Cabinet", set_on = 2015-04-01',
        ) from missing
