"""An authority whose record is counted: alone, or among those that one database holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace


@dataclass(frozen=True)
class Authority:
    """snapshot: what its record can be trusted for. areas: id -> name. geography: its code in `population`."""

    snapshot: Snapshot
    areas: Mapping[str, str]
    geography: str | None

    @classmethod
    def of(cls, snapshot: Snapshot, workspace: Workspace) -> Authority:
        code = workspace.authority_code or next((each.la_code for each in snapshot.deliveries if each.la_code), None)
        return cls(snapshot, workspace.areas, code)
