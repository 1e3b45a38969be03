"""compendium load FILE...: read deliveries into the record and say what was kept and what was not."""

from __future__ import annotations

import argparse
import json
import shlex
from datetime import date
from pathlib import Path

from compendium import words
from compendium.commands.arguments import add_workspace, day
from compendium.commands.screen import Progress, complain, say, table
from compendium.errors import DeliveryError
from compendium.record.deliveries import Record
from compendium.sources.load import LoadReport, load
from compendium.workspace import open_workspace

SHOWN = 10  # findings printed for each delivery; the ledger keeps all of them


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("load", help="read delivered files into the record")
    here.add_argument("files", nargs="+", type=Path, metavar="FILE", help="deliveries of any known format")
    here.add_argument("--received", type=day, metavar="DATE", help="when it was received (default: as the file says)")
    here.add_argument("--authority", metavar="CODE", help="take a delivery of another authority's code on purpose")
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    add_workspace(here)
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    record = Record.open(open_workspace(given.workspace))
    reports, refused = [], []
    with Progress("Loading", len(given.files)) as progress:
        for path in given.files:
            progress.step(path.name)
            try:
                reports.append(load(record, path, given.received, date.today(), given.authority))
            except DeliveryError as fault:
                refused.append(fault)
    if given.format == "json":
        answer = [report.as_json() for report in reports]
        answer += [{"refused": each.what, "file": each.where.file, "to_do": each.remedy} for each in refused]
        say(json.dumps(answer, indent=2))
    else:
        for report in reports:
            say(describe(report))
        for refusal in refused:
            complain(f"Refused: {refusal}")
    return 1 if refused else 0


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
