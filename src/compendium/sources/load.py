"""Loading one delivered file, or what a database holds, into the record: wholly or not at all."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compendium import words
from compendium.record.deliveries import Record
from compendium.record.delivery import DeliveryInfo
from compendium.record.intake import Intake
from compendium.record.ledger import Count, Finding
from compendium.sources import ssd_database
from compendium.sources.delivered import DeliveredFile, open_delivery
from compendium.sources.recognition import Reader, deliveries_in, recognise
from compendium.workspace import Database


@dataclass(frozen=True)
class LoadReport:
    """What one load did. units: what was counted (a list, an element, a file) -> rows read, kept and rejected."""

    file_name: str
    source_format: str
    received_on: date
    already_loaded: bool
    units: Mapping[str, Count]
    findings: Sequence[Finding]

    def as_json(self) -> dict[str, Any]:
        """For a program to read. No values of the ledger: it may be printed."""
        return {
            "file": self.file_name,
            "format": self.source_format,
            "received_on": self.received_on.isoformat(),
            "already_loaded": self.already_loaded,
            "units": {
                unit: {"read": count.read, "kept": count.kept, "rejected": count.rejected}
                for unit, count in self.units.items()
            },
            "findings": [finding.in_words() for finding in self.findings],
        }


def load(record: Record, path: Path, received_on: date | None, today: date, authority: str | None) -> LoadReport:
    """Reads the file into the record, once: a file that is there already changes nothing.

    received_on: the day it arrived; without it, what the content says, else an ISO date in the file's
    name, else today; the ledger notes which. authority: takes a delivery of that code on purpose.
    DeliveryError when the file is refused; the record is then as it was.
    """
    return _load(record, open_delivery(path), received_on, today, authority)


def load_each(
    record: Record, path: Path, received_on: date | None, today: date, authority: str | None
) -> Iterator[LoadReport]:
    """The same for a folder that may hold the returns of several years: each by itself, the oldest first.

    DeliveryError when one is refused; those before it are in the record.
    """
    for delivered in deliveries_in(open_delivery(path)):
        yield _load(record, delivered, received_on, today, authority)


def _load(
    record: Record, delivered: DeliveredFile, received_on: date | None, today: date, authority: str | None
) -> LoadReport:
    if received_on is not None and received_on > today:
        raise delivered.refused(
            f"received in the future: {words.day(received_on)}, and today is {words.day(today)}",
            expected="the day it arrived, which is today at the latest",
            remedy="say --received with that day, or leave it out",
        )
    if known := record.loaded(delivered.sha256):
        return _told(delivered.name, known, [], already_loaded=True)
    reader = recognise(delivered)
    with (
        _collector_off(),
        record.receive(delivered.name, delivered.sha256, None, authority, source_format=reader.NAME) as intake,
    ):
        intake.received_on = _received_on(delivered, reader, received_on, today, intake)
        reader.read(delivered, intake)
        delivered.check_unchanged()
    return _report(delivered.name, intake)


def load_database(record: Record, database: Database, today: date, authority: str | None) -> LoadReport:
    """Reads the dataset that a database of the council's holds today; one that is as last read changes nothing."""
    name = f"database {database.name}"
    with _collector_off(), record.receive(name, "", today, authority, source_format=ssd_database.NAME) as intake:
        ssd_database.read(database, intake)
    return _report(name, intake)


@contextmanager
def _collector_off() -> Iterator[None]:
    """Rows hold no cycles; walking them over and over in search of one cost a fifth of a load."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _received_on(delivered: DeliveredFile, reader: Reader, given: date | None, today: date, intake: Intake) -> date:
    for day, why in (
        (given, "as given with --received"),
        (reader.dated(delivered), "as its content says"),
        (delivered.named_day, "as the file's name says"),
    ):
        if day is not None and day > today:
            intake.note(f"{day.isoformat()}, {why}, is still to come: it was not taken for the day received")
        elif day is not None:
            intake.note(f"received on {day.isoformat()}, {why}")
            return day
    intake.note(
        f"received on {today.isoformat()}, the day it was loaded: neither its content nor its name gives another",
        remedy="if it arrived on another day, say --received DATE before loading it",
    )
    return today


def _report(file_name: str, intake: Intake) -> LoadReport:
    assert intake.delivery is not None
    return _told(file_name, intake.delivery, [] if intake.was_known else intake.findings, intake.was_known)


def _told(file_name: str, known: DeliveryInfo, findings: Sequence[Finding], already_loaded: bool) -> LoadReport:
    return LoadReport(file_name, known.source_format, known.received_on, already_loaded, known.units, tuple(findings))
