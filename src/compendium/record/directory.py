"""The directory of workers: the one place where a pseudonym has a name, sealed in the record's folder.

Every table holds pseudonyms. What was delivered for one (a name, a payroll or registration number) stands here
only, since which delivery, and is shown to those who may see the worker's team, which goes on record. Unlike a
delivery it changes: a worker who is forgotten is gone from it, and a mark stays, by the pseudonym alone, so that
loading an old file again does not bring the name back. Each change replaces the file at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compendium.engine.dialect_reading import did_you_mean
from compendium.errors import ComputeError
from compendium.record.access import AccessRecord
from compendium.record.folder import WORKERS, RecordFolder
from compendium.record.pseudonym import is_pseudonym, worker_pseudonym
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES

OF_WORKERS = ("worker", "involvement", "allocation_seen", "visit", "care_leaver_status")
WITH_TEAMS = tuple(name for name, table in TABLES.items() if "team_id" in table.column_names)


@dataclass(frozen=True)
class Named:
    """A worker as delivered. since: the delivery that first gave the name or number."""

    worker_id: str
    name: str
    since: str


class WorkerDirectory:
    """The names of one record's workers. The caller of what changes it holds the folder's lock."""

    def __init__(self, folder: RecordFolder) -> None:
        self._folder = folder

    def names(self) -> dict[str, Named]:
        return {worker: Named(worker, name, since) for worker, (name, since) in self._read()["workers"].items()}

    def add(self, names: Mapping[str, str], delivery_id: str) -> None:
        """pseudonym -> name or number as delivered. One that is known keeps its first; one forgotten stays so."""
        held = self._read()
        known = {*held["workers"], *held["forgotten"]}
        new = {worker: [" ".join(name.split()), delivery_id] for worker, name in names.items() if worker not in known}
        if new:
            self._write({**held, "workers": held["workers"] | new})

    def forget(self, who: str) -> bool:
        """By name, number or pseudonym, for good; whether it was there. A mark is left either way."""
        worker = who if is_pseudonym(who) else worker_pseudonym(self._folder.store.worker_key, who)
        held = self._read()
        workers = {each: told for each, told in held["workers"].items() if each != worker}
        self._write({"workers": workers, "forgotten": sorted({*held["forgotten"], worker})})
        return len(workers) < len(held["workers"])

    def of_team(
        self, snapshot: Snapshot, team: str, *, access: AccessRecord, who: str, why: str
    ) -> list[dict[str, str]]:
        """Who has worked in a team, by name, given once it is on record that they are read. snapshot: of WITH_TEAMS.

        Columns: worker, name (empty where it is not known or forgotten), since. ComputeError for a team that nothing
        tells of: no rows must mean that nobody works there.
        """
        pieces = [
            f"SELECT worker_id FROM record.{table} WHERE team_id = $team AND worker_id IS NOT NULL"
            for table in OF_WORKERS
        ]
        found = snapshot.connection.execute(f"{' UNION '.join(pieces)} ORDER BY ALL", {"team": team}).fetchall()
        if not found and team not in (known := _teams(snapshot)):
            raise ComputeError(
                f"there is no team {team!r} in the record",
                expected=did_you_mean(team, known),
                remedy="name the team by its id",
            )
        names = self.names()
        rows = [_row(worker, names.get(worker)) for (worker,) in found]
        access.write(who=who, what=f"names of the workers of team {team}", how_many=len(rows), why=why)
        return rows

    def _read(self) -> dict[str, dict[str, list[str]]]:
        if not self._folder.holds(WORKERS):
            return {"workers": {}, "forgotten": {}}
        held: dict[str, dict[str, list[str]]] = json.loads(self._folder.get(WORKERS))
        return held

    def _write(self, held: Mapping[str, Mapping[str, Sequence[str]] | Sequence[str]]) -> None:
        self._folder.put(WORKERS, json.dumps(held).encode())


def _teams(snapshot: Snapshot) -> list[str]:
    pieces = [f"SELECT team_id FROM record.{table} WHERE team_id IS NOT NULL" for table in WITH_TEAMS]
    return [team for (team,) in snapshot.connection.execute(" UNION ".join(pieces)).fetchall()]


def _row(worker: str, named: Named | None) -> dict[str, str]:
    return {"worker": worker, "name": named.name if named else "", "since": named.since if named else ""}
