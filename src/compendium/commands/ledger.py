"""compendium ledger [DELIVERY]: the deliveries of the record, and what was not kept or was changed in one of them."""

from __future__ import annotations

import argparse
import json
from typing import Any

from compendium import words
from compendium.commands.account import account
from compendium.commands.arguments import add_workspace
from compendium.commands.screen import say, table
from compendium.errors import ComputeError
from compendium.record.access import AccessRecord, ChildRows
from compendium.record.deliveries import Record
from compendium.record.delivery import DeliveryInfo
from compendium.record.ledger import Finding
from compendium.workspace import open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("ledger", help="the deliveries loaded, and what was not kept of one of them")
    here.add_argument(
        "delivery", nargs="?", metavar="DELIVERY", help="its number, or its file's name (default: list all of them)"
    )
    here.add_argument("--children", action="store_true", help="say which child each entry is about; it is recorded")
    here.add_argument("--why", help="why the children are needed; kept in the access record")
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    add_workspace(here)
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    record = Record.open(workspace)
    if given.delivery is None:
        if given.children:
            raise ComputeError("--children is for one delivery", remedy="name it: compendium ledger NUMBER --children")
        deliveries = record.deliveries()
        say(
            json.dumps([summary(each) for each in deliveries], indent=2)
            if given.format == "json"
            else listed(deliveries)
        )
        return 0
    delivery = chosen(record.deliveries(), given.delivery)
    children = None
    if given.children:
        if not (given.why or "").strip():
            raise ComputeError("the reason is empty", remedy="say in --why what the children are needed for")
        children = record.children_of_findings(
            delivery, access=AccessRecord.open(workspace), who=account(), why=given.why
        )
    findings = record.findings(delivery.delivery_id)
    say(as_json(delivery, findings, children) if given.format == "json" else as_text(delivery, findings, children))
    return 0


def chosen(deliveries: list[DeliveryInfo], wanted: str) -> DeliveryInfo:
    """By its number, its id or its file's name."""
    found = [each for each in deliveries if wanted in (str(each.sequence), each.delivery_id, each.file_name)]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = words.listing([str(each.sequence) for each in found], "or")
        raise ComputeError(f"{len(found)} deliveries have that file name", remedy=f"name one by its number: {numbers}")
    raise ComputeError(f"there is no delivery {wanted!r}", remedy="compendium ledger lists them with their numbers")


def summary(delivery: DeliveryInfo) -> dict[str, Any]:
    """For a program, and without the ledger."""
    return {
        "number": delivery.sequence,
        "delivery": delivery.delivery_id,
        "received_on": delivery.received_on.isoformat(),
        "format": delivery.source_format,
        "file": delivery.file_name,
        "units": {
            unit: {"read": count.read, "kept": count.kept, "rejected": count.rejected}
            for unit, count in delivery.units.items()
        },
        "ledger": dict(delivery.findings),
        "coverage": [each.as_json() for each in delivery.coverage],
    }


def listed(deliveries: list[DeliveryInfo]) -> str:
    headings = ("Number", "Received", "Format", "File", "Kept", "Not kept", "Covers")
    rows = [
        (
            str(each.sequence),
            each.received_on.isoformat(),
            each.source_format,
            each.file_name,
            words.number(sum(count.kept for count in each.units.values())),
            words.number(sum(count.rejected for count in each.units.values())),
            covers(each),
        )
        for each in deliveries
    ]
    return f"{table(headings, rows, right=(0, 4, 5))}\n{words.plural(len(rows), 'delivery', 'deliveries')}"


def covers(delivery: DeliveryInfo) -> str:
    """'4 tables, 2015-04-01 to 2017-02-03'; which table for which days is said of the delivery itself."""
    if not delivery.coverage:
        return ""
    tables = words.plural(len({each.table for each in delivery.coverage}), "table")
    first = min(each.complete_from for each in delivery.coverage)
    return f"{tables}, {first.isoformat()} to {max(each.complete_to for each in delivery.coverage).isoformat()}"


def as_text(delivery: DeliveryInfo, findings: list[Finding], children: ChildRows | None) -> str:
    lines = [f"{delivery.file_name}: {delivery.source_format}, received {words.day(delivery.received_on)}", ""]
    units = [
        (unit, words.number(count.read), words.number(count.kept), words.number(count.rejected))
        for unit, count in delivery.units.items()
    ]
    lines += [table(("What", "Read", "Kept", "Not kept"), units, right=(1, 2, 3)), ""]
    covered = [
        (each.table, each.complete_from.isoformat(), each.complete_to.isoformat(), each.grain.replace("_", " "))
        for each in delivery.coverage
    ]
    lines += [table(("Covers", "From", "To", "As"), covered), ""] if covered else []
    for place, finding in enumerate(findings):
        lines.append(f"{finding.in_words()}{whose(children, place)}")
    lines.append(words.plural(len(findings), "entry", "entries"))
    return "\n".join(lines)


def whose(children: ChildRows | None, place: int) -> str:
    """' [child 1001]', with the child's address in the case system where the settings say how it is made."""
    if not children or not children[place]["child_id"]:
        return ""
    link = children[place].get("link")
    return f" [child {children[place]['child_id']}{f', {link}' if link else ''}]"


def as_json(delivery: DeliveryInfo, findings: list[Finding], children: ChildRows | None) -> str:
    entries: list[dict[str, Any]] = [
        {
            "severity": each.severity,
            "kind": each.kind,
            "unit": each.unit or None,
            "sheet": each.sheet,
            "row": each.row,
            "column": each.column,
            "what": each.what,
            "to_do": each.remedy or None,
        }
        for each in findings
    ]
    for entry, row in zip(entries, children or (), strict=False):
        entry["child"] = row["child_id"]
        if "link" in row:
            entry["link"] = row["link"]
    return json.dumps({**summary(delivery), "entries": entries}, indent=2)
