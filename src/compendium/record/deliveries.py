"""The record of one authority: deliveries kept whole, and the record as at a date, which is a query over them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import date

from compendium import words
from compendium.errors import ComputeError, DeliveryError, Place
from compendium.record.access import ANCHOR, AccessRecord, ChildRows
from compendium.record.authority import check_authority
from compendium.record.changes import Changes, changes_of
from compendium.record.conflicts import Conflict, conflicts_of
from compendium.record.delivery import DeliveryInfo, TableManifest
from compendium.record.directory import WorkerDirectory
from compendium.record.filling import ReadBlob, told_links
from compendium.record.folder import RecordFolder
from compendium.record.history import history_of
from compendium.record.identity import TABLE as LINKS
from compendium.record.identity import left_unapplied, resolve
from compendium.record.intake import Intake
from compendium.record.lateness import can_be_late, late_by_team
from compendium.record.ledger import Finding
from compendium.record.memory import Memory
from compendium.record.settling import Settled, settle
from compendium.record.snapshot import Snapshot, build_snapshot
from compendium.record.store import Store
from compendium.record.tables import TABLES
from compendium.record.unread import BLOB as UNREAD
from compendium.record.unread import unread_blob
from compendium.workspace import Workspace


class Record:
    """Open it with `Record.open`. Nothing in it is ever updated: deliveries are added, and snapshots are queries."""

    def __init__(self, folder: RecordFolder, workspace_code: str | None, link_adoptions: bool = False) -> None:
        self._folder = folder
        self._read = ReadBlob(folder.read, link_adoptions)
        self.workers = WorkerDirectory(folder)
        self._workspace_code = workspace_code
        self._known: dict[str, DeliveryInfo] = {}  # a delivery never changes, so a manifest is read once

    @classmethod
    def open(cls, workspace: Workspace) -> Record:
        """StoreError when the key is missing or damaged."""
        store = Store.of(workspace)
        return cls(RecordFolder(workspace.record_folder, store), workspace.authority_code, workspace.link_adoptions)

    def deliveries(self) -> list[DeliveryInfo]:
        """Oldest first, by the day received. StoreError when one does not open with this key."""
        for delivery_id in self._folder.delivery_ids():
            if delivery_id not in self._known:
                self._known[delivery_id] = DeliveryInfo.from_json(
                    json.loads(self._folder.read(delivery_id, "manifest"))
                )
        return sorted(self._known.values(), key=lambda delivery: delivery.order)

    def loaded(self, sha256: str) -> DeliveryInfo | None:
        """The delivery that this very file made, if it has been loaded before."""
        return next((one for one in self.deliveries() if one.sha256 == sha256), None)

    @property
    def authority_code(self) -> str | None:
        """The workspace's, or else that of the first delivery loaded that has one."""
        if self._workspace_code:
            return self._workspace_code
        by_load = sorted(self.deliveries(), key=lambda delivery: (delivery.sequence, delivery.delivery_id))
        return next((delivery.la_code for delivery in by_load if delivery.la_code), None)

    def findings(self, delivery_id: str) -> list[Finding]:
        """The ledger of one delivery."""
        return [Finding.from_json(each) for each in json.loads(self._folder.read(delivery_id, "ledger"))]

    def children_of_findings(self, delivery: DeliveryInfo, *, access: AccessRecord, who: str, why: str) -> ChildRows:
        """For each entry of a delivery's ledger, in order, the child it is about (`child_id`, None where that is not
        known); given once it is on record that they are read."""
        rows = [{"child_id": finding.person_id} for finding in self.findings(delivery.delivery_id)]
        what = f"ledger of delivery {delivery.sequence}, received {delivery.received_on.isoformat()}"
        return access.hand_out(rows, children=(row["child_id"] for row in rows), who=who, what=what, why=why)

    def latest(self) -> date:
        """The day the newest delivery was received. ComputeError when there is none."""
        deliveries = self.deliveries()
        if not deliveries:
            raise ComputeError("the record holds no delivery yet", remedy="compendium load FILE ...")
        return deliveries[-1].received_on

    def as_at(
        self, cut: date | None = None, tables: Collection[str] | None = None, formats: Collection[str] = ()
    ) -> Snapshot:
        """The record as at the end of a day (None: the newest delivery's). `tables` reads only those named.

        formats: only what deliveries of these say (none: all), under the links between ids that all of them tell.
        ComputeError when nothing had been received by then.
        """
        day = cut or self.latest()
        deliveries = [delivery for delivery in self.deliveries() if delivery.received_on <= day]
        if not any(not formats or delivery.source_format in formats for delivery in deliveries):
            raise ComputeError(
                f"no delivery had been received by {words.day(day)}",
                remedy=f"choose a later day; the first was received on {words.day(self.deliveries()[0].received_on)}"
                if self.deliveries()
                else "compendium load FILE ...",
            )
        return build_snapshot(deliveries, self._read, day, tables, formats)

    def changes(self, delivery_id: str) -> Changes:
        """What a delivery changed, against the record as it was just before. ComputeError when there is no such one."""
        known = self.deliveries()
        place = next((number for number, one in enumerate(known) if one.delivery_id == delivery_id), None)
        if place is None:
            raise ComputeError(
                "there is no such delivery", expected="the id or the number of one", remedy="compendium ledger"
            )
        return changes_of(known[:place], known[: place + 1], self._read)

    def changes_since(self, day: date, cut: date | None = None) -> Changes:
        """What all deliveries received from a day on changed, up to the cut."""
        known = [one for one in self.deliveries() if cut is None or one.received_on <= cut]
        return changes_of([one for one in known if one.received_on < day], known, self._read)

    def late_by_team(self, table: str, snapshot: Snapshot, since: date) -> dict[str, list[int]]:
        """For each team, by how many days its events of a table from a day on came late (`lateness`); none of a table
        without a day or a team."""
        known = [one for one in self.deliveries() if one.received_on <= snapshot.cut]
        drawn = TABLES[table]
        return late_by_team(drawn, known, self._read, snapshot, since) if can_be_late(drawn) else {}

    def history(
        self, table: str, child: str, cut: date | None = None, *, access: AccessRecord, who: str, why: str
    ) -> ChildRows:
        """What each value of a child's events was, since which delivery and until which, once it is on record that it
        is read. ComputeError for a table that is not about children."""
        known = [one for one in self.deliveries() if cut is None or one.received_on <= cut]
        told = history_of(table, child, known, self._read)
        children = [child, *(one.child_id for one in told)]
        what = f"the history of a child in {table}"
        return access.hand_out([one.as_row() for one in told], children=children, who=who, what=what, why=why)

    def links(self, cut: date | None = None, *, access: AccessRecord, who: str, why: str) -> ChildRows:
        """The links between ids told by the end of a day, those undone among them: rows as of `person_link`, given once
        it is on record that they are read."""
        names = TABLES[LINKS].column_names
        found = self.as_at(cut, [LINKS]).connection.execute(f"FROM record.{LINKS} ORDER BY ALL").fetchall()
        rows = [dict(zip(names, row, strict=True)) for row in found]
        children = [row[name] for row in rows for name in ("person_id", "linked_to")]
        return access.hand_out(rows, children=children, who=who, what="the links between children's ids", why=why)

    def conflicts(self, cut: date) -> list[Conflict]:
        """What deliveries of different formats, received by the end of a day, say differently of one event."""
        return conflicts_of([one for one in self.deliveries() if one.received_on <= cut], self._read)

    @contextmanager
    def receive(
        self,
        file_name: str,
        sha256: str,
        received_on: date | None = None,
        authority_override: str | None = None,
        *,
        source_format: str = "",
    ) -> Iterator[Intake]:
        """An Intake to fill; on leaving it is committed as a whole, or, after any error, not at all.

        The reader may set `intake.received_on` and `intake.source_format` meanwhile, from what the
        content says, and `intake.sha256` where it is known only at the end. A file that is in the
        record already changes nothing. `intake.delivery` is then the delivery in the record.
        DeliveryError when it is another authority's.

        sha256: empty for a reading of what has no file and may be as it was long ago, such as a database. It is then
        known by its day and its content, and is in the record already only if the last reading of that name was the
        same: one that has returned to an earlier state is new.
        """
        intake = Intake(file_name, source_format, received_on, self._folder.store.worker_key)
        intake.sha256 = sha256
        try:
            yield intake
            intake.finish()
            with self._folder.locked():
                known = self.loaded(intake.sha256) if sha256 else self._read_before(intake)
                intake.delivery = known or self._commit(intake, authority_override)
                intake.was_known = known is not None
        finally:
            intake.memory.close()

    def _read_before(self, intake: Intake) -> DeliveryInfo | None:
        """The last reading of what an intake was read from, if it was the same; dates the intake's digest."""
        content = intake.sha256
        if intake.received_on is None or not content:
            raise ValueError("a reading needs its day and a digest of what was read")
        intake.sha256 = _dated(content, intake.received_on)
        earlier = [one for one in self.deliveries() if one.file_name == intake.file_name]
        last = earlier[-1] if earlier else None
        return last if last and last.sha256 == _dated(content, last.received_on) else None

    def _commit(self, intake: Intake, override: str | None) -> DeliveryInfo:
        if intake.received_on is None or not intake.source_format or not intake.sha256:
            raise ValueError("a delivery needs the day it was received, the name of its format and a digest")
        settled = settle(intake.memory.connection, intake.parts)
        people = _people(intake.memory, settled)
        check_authority(intake, self.authority_code, override, people, self._people_held())
        for one in settled:
            if one.conflicts:
                intake.note(
                    f"{one.table.name}: {words.plural(one.conflicts, 'row')} given with different values in different"
                    " places of this delivery; the last stands"
                )
        unread = intake.unread()
        _note_silence(intake, unread)
        self._note_links(intake, settled, people)
        sequence = 1 + max((delivery.sequence for delivery in self.deliveries()), default=0)
        blobs, tables = {}, {}
        for one in settled:
            blobs[one.table.name], rows = _parquet(intake.memory, one)
            tables[one.table.name] = TableManifest(rows, one.columns, one.supplies)
        info = _info(intake, sequence, override, tables)
        blobs["people"] = "\n".join(sorted(people)).encode()
        if unread:
            blobs[UNREAD] = unread_blob(unread)
        if LINKS in tables:
            self._check_links(info, blobs)
        blobs["ledger"] = json.dumps([finding.as_json() for finding in intake.findings]).encode()
        if self._folder.holds(ANCHOR):  # a witness of how long the access record was
            blobs[ANCHOR] = self._folder.get(ANCHOR)
        blobs["manifest"] = json.dumps(info.as_json()).encode()
        self.workers.add(intake.workers, info.delivery_id)
        self._folder.write(info.delivery_id, blobs)
        return info

    def _note_links(self, intake: Intake, settled: Sequence[Settled], people: set[str]) -> None:
        """Tells of links that change nothing. What links alone name is no id that the record has heard of."""
        links = next((one for one in settled if one.table.name == LINKS), None)
        if links is None:
            return
        telling = [each for each in self.deliveries() if each.tables.keys() - {LINKS}]
        known = people if len(settled) > 1 else set()
        known = known.union(*(self._people_of(each) for each in telling))
        told = intake.memory.connection.execute(f"SELECT person_id, linked_to, reason FROM ({links.query})").fetchall()
        for what in left_unapplied(told, known, adoptions=self._read.adoptions):
            intake.note(what)

    def _check_links(self, new: DeliveryInfo, blobs: Mapping[str, bytes]) -> None:
        """DeliveryError when, with a new delivery, links part or run in a circle: in the end, or as at any time since
        it was received, for the record of that time could never be had again."""
        read = ReadBlob(lambda of, name: blobs[name] if of == new.delivery_id else self._folder.read(of, name))
        telling = sorted(
            [new, *(each for each in self.deliveries() if each.speaks_of(LINKS))], key=lambda each: each.order
        )
        for number in range(len(telling), telling.index(new), -1):
            told = told_links(telling[:number], read)
            try:
                resolve(link for link, undone in told.items() if undone is None)
            except ComputeError as fault:
                when = "" if number == len(telling) else f", as at {words.day(telling[number - 1].received_on)}"
                raise DeliveryError(
                    fault.what + when,
                    where=Place(file=new.file_name),
                    expected=fault.expected,
                    remedy="say in --received a day by which the other link had been undone" if when else fault.remedy,
                ) from None

    def forget_worker(self, who: str) -> bool:
        """By name, number or pseudonym as delivered, for good: see `WorkerDirectory.forget`."""
        with self._folder.locked():
            return self.workers.forget(who)

    def _people_held(self) -> Iterator[set[str]]:
        for delivery in reversed(self.deliveries()):
            yield self._people_of(delivery)

    def _people_of(self, delivery: DeliveryInfo) -> set[str]:
        text = self._folder.read(delivery.delivery_id, "people").decode()
        return set(text.split("\n")) if text else set()


def _dated(content: str, day: date) -> str:
    """The digest of a reading: of a digest of its content, and its day."""
    return hashlib.sha256(f"{day.isoformat()} {content}".encode()).hexdigest()


def _people(memory: Memory, settled: list[Settled]) -> set[str]:
    """The child ids of a delivery. Where it has a list of children, every child is in it."""
    holding = [one for one in settled if "person_id" in one.columns]
    listed = [one for one in holding if one.table.name == "person"] or holding
    if not listed:
        return set()
    query = " UNION ".join(f"SELECT person_id FROM ({one.query})" for one in listed)
    found = memory.connection.execute(f"SELECT DISTINCT person_id FROM ({query}) WHERE person_id IS NOT NULL")
    return {row[0] for row in found.fetchall()}


def _note_silence(intake: Intake, unread: Mapping[str, Set[str | None]]) -> None:
    """Tells of the tables of which the delivery takes back and ends nothing, for a row may have been of any child."""
    speaking = {one.table for one in intake.coverage if one.grain not in ("assumed", "annual")}
    silenced = sorted(table for table, children in unread.items() if None in children and table in speaking)
    if silenced:
        intake.note(
            f"of {words.listing(silenced)}, a row that was not kept may be of any child: what this delivery does not"
            " show of them is neither taken back nor ended",
            remedy="correct the row and load the delivery again",
        )


def _parquet(memory: Memory, settled: Settled) -> tuple[bytes, int]:
    """The settled table as Parquet, made in memory, and its rows."""
    written = memory.connection.execute(
        f"COPY ({settled.query}) TO '{memory.path('table.parquet')}'"
        " (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)"
    ).fetchone()
    content = memory.get("table.parquet")
    memory.drop("table.parquet")
    return content, int(written[0]) if written else 0


def _info(intake: Intake, sequence: int, override: str | None, tables: dict[str, TableManifest]) -> DeliveryInfo:
    assert intake.received_on is not None
    severities = [finding.severity for finding in intake.findings]
    return DeliveryInfo(
        delivery_id=f"{sequence:06d}-{intake.sha256[:12]}",
        sequence=sequence,
        source_format=intake.source_format,
        file_name=intake.file_name,
        sha256=intake.sha256,
        la_code=intake.head.la_code,
        authority_override=override,
        received_on=intake.received_on,
        reference_date=intake.head.reference_date,
        extracted_on=intake.head.extracted_on,
        software=intake.head.software,
        units=dict(intake.units),
        coverage=tuple(intake.coverage),
        findings={severity: severities.count(severity) for severity in ("rejected", "changed", "noted")},
        tables=tables,
        unread=tuple(sorted(intake.unread())),
    )


__all__ = ["DeliveryInfo", "Record"]
