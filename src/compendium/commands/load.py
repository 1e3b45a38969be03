"""compendium load FILE..., --folder DIR or --from-database NAME: read deliveries into the record, and say what was
kept and what was not."""

from __future__ import annotations

import argparse
import json
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from compendium import words
from compendium.commands.arguments import add_workspace, day
from compendium.commands.crash import told
from compendium.commands.screen import Progress, complain, say, table
from compendium.errors import CompendiumError, DeliveryError
from compendium.record.deliveries import Record
from compendium.sources.load import LoadReport, load_database, load_each
from compendium.sources.waiting import waiting
from compendium.workspace import Database, open_workspace

SHOWN = 10  # findings printed for each delivery; the ledger keeps all of them
SETTLED = 60  # seconds


@dataclass
class Night:
    """What became of the files of one run. unsettled: left for the next one."""

    reports: list[LoadReport] = field(default_factory=list)
    refused: list[tuple[str, DeliveryError]] = field(default_factory=list)  # sub-folder, and why
    failed: list[tuple[str, str]] = field(default_factory=list)  # file, and the fault of the program in words
    unsettled: list[str] = field(default_factory=list)

    @property
    def went_well(self) -> bool:
        return not self.refused and not self.failed


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("load", help="read delivered files into the record")
    what = here.add_mutually_exclusive_group(required=True)
    what.add_argument("files", nargs="*", default=[], type=Path, metavar="FILE", help="deliveries of any known format")
    what.add_argument("--folder", type=Path, metavar="DIR", help="everything in this folder that is not loaded yet")
    what.add_argument(
        "--from-database", metavar="NAME", help="the Standard Safeguarding Dataset as [databases.NAME] holds it today"
    )
    here.add_argument(
        "--settled",
        type=seconds,
        default=SETTLED,
        metavar="SECONDS",
        help=f"with --folder: leave what changed within so many seconds for the next run (default: {SETTLED})",
    )
    here.add_argument("--received", type=day, metavar="DATE", help="when it was received (default: as the file says)")
    here.add_argument("--authority", metavar="CODE", help="take a delivery of another authority's code on purpose")
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    add_workspace(here)
    here.set_defaults(run=run)


def seconds(text: str) -> int:
    """A number of seconds, none included."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return int(text)


def run(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    record = Record.open(workspace)
    night = Night()
    files = given.files
    if given.folder is not None:
        found = waiting(given.folder, datetime.now(), given.settled)
        files, night.refused = found.ready, [("", fault) for fault in found.unread]
        night.unsettled = [str(each.relative_to(given.folder)) for each in found.unsettled]
    try:
        if given.from_database is not None:
            load_from(record, workspace.database(given.from_database), given, night)
        load_all(record, files, given, night)
    finally:  # what was loaded is told even when the store then fails
        if given.format == "json":
            say(json.dumps(as_json(night), indent=2))
        else:
            tell(night, given.folder)
    return 0 if night.went_well else 1


def load_all(record: Record, files: Iterable[Path], given: argparse.Namespace, night: Night) -> None:
    """One bad file, or one that the program stumbles over, keeps none of the others from being loaded."""
    listed = list(files)
    with Progress("Loading", len(listed)) as progress:
        for path in listed:
            progress.step(path.name)
            try:
                for report in load_each(record, path, given.received, date.today(), given.authority):
                    night.reports.append(report)
            except DeliveryError as fault:
                night.refused.append((subfolder(path, given.folder), fault))
            except CompendiumError:
                raise
            except Exception as fault:
                night.failed.append((path.name, told(fault)))


def load_from(record: Record, database: Database, given: argparse.Namespace, night: Night) -> None:
    """A database is read as it is now: no other day than today can be the day received."""
    if given.received is not None:
        raise DeliveryError(
            "a database is received on the day it is read", remedy="leave --received out; nothing was loaded"
        )
    with Progress("Loading", 1) as progress:
        progress.step(f"database {database.name}")
        try:
            night.reports.append(load_database(record, database, date.today(), given.authority))
        except DeliveryError as fault:
            night.refused.append(("", fault))


def subfolder(path: Path, folder: Path | None) -> str:
    """Where in the folder a delivery lies, for two files may have one name; nothing when it lies at the top."""
    place = str(path.parent.relative_to(folder)) if folder else "."
    return "" if place == "." else place


def as_json(night: Night) -> list[dict[str, Any]]:
    answer = [report.as_json() for report in night.reports]
    answer += [
        {"refused": each.what, "file": each.where.file, "to_do": each.remedy, "in": place}
        for place, each in night.refused
    ]
    answer += [{"failed": what, "file": file} for file, what in night.failed]
    return answer + [{"left": "it may still be being written", "file": file} for file in night.unsettled]


def tell(night: Night, folder: Path | None) -> None:
    """Of a folder, what has been loaded before is only counted: it is there every night."""
    loaded = [report for report in night.reports if not report.already_loaded]
    for report in night.reports if folder is None else loaded:
        say(describe(report))
    for place, refusal in night.refused:
        complain(f"Refused{f', in {place}' if place else ''}: {refusal}")
    for file, what in night.failed:
        complain(f"Not loaded: {file}: {what}")
    for file in night.unsettled:
        say(f"{file}: changed a moment ago and may still be being written; left for the next run.")
    if folder is not None:
        counts = (
            (len(loaded), "loaded"),
            (len(night.reports) - len(loaded), "loaded before"),
            (len(night.refused), "refused"),
            (len(night.failed), "not loaded through a fault of the program"),
            (len(night.unsettled), "left for the next run"),
        )
        said = [f"{words.number(count)} {what}" for count, what in counts if count]
        say(f"{words.listing(said) or f'Nothing is in {folder}'}.")


def describe(report: LoadReport) -> str:
    """The report of one delivery, for a person; the ledger's rows by number, never a child's id."""
    if report.already_loaded:
        return f"{report.file_name}: already loaded; nothing changed."
    lines = [f"{report.file_name}: {report.source_format}, received {words.day(report.received_on)}"]
    rows = [
        (unit, words.number(count.read), words.number(count.kept), words.number(count.rejected))
        for unit, count in report.units.items()
    ]
    lines.append(table(("What", "Read", "Kept", "Not kept"), rows, right=(1, 2, 3)))
    for finding in report.findings[:SHOWN]:
        lines.append(f"  {finding.in_words()}")
    if len(report.findings) > SHOWN:
        more = words.plural(len(report.findings) - SHOWN, "more entry", "more entries")
        lines.append(f"  and {more} in the ledger: compendium ledger {shlex.quote(report.file_name)}")
    return "\n".join([*lines, ""])
