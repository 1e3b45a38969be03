"""compendium changes DELIVERY or --since DATE: what deliveries changed against the record before them; or, with --of
TABLE and --child ID, what a child's values were, since which delivery and until which."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from compendium import words
from compendium.commands.account import account
from compendium.commands.arguments import add_as_at, add_workspace, day
from compendium.commands.ledger import chosen
from compendium.commands.screen import Progress, say, table
from compendium.errors import ComputeError
from compendium.record.access import AccessRecord, ChildRows
from compendium.record.changes import Changes
from compendium.record.deliveries import Record
from compendium.workspace import open_workspace

HEADINGS = ("Table", "New", "of which late", "Completed", "Closed", "Corrected", "Withdrawn")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("changes", help="what deliveries changed: new, late, completed, corrected, withdrawn")
    here.add_argument("delivery", nargs="?", metavar="DELIVERY", help="its number, or its file's name")
    here.add_argument("--since", type=day, metavar="DATE", help="all deliveries received from this day on")
    here.add_argument("--of", metavar="TABLE", help="what the values of one child in this table were; it is recorded")
    here.add_argument("--child", metavar="ID", help="the child, for --of")
    add_as_at(here)
    here.add_argument("--children", action="store_true", help="list every value that changed; it is recorded")
    here.add_argument("--why", help="why the children are needed; kept in the access record")
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    add_workspace(here)
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    if sum(each is not None for each in (given.delivery, given.since, given.of)) != 1:
        raise ComputeError(
            "changes are asked of one delivery, of all since a day, or of one child in a table",
            remedy="name one of the three",
        )
    if (given.of is None) != (given.child is None):
        raise ComputeError("--of is for one child, and --child for one table", remedy="name both")
    if (given.children or given.child) and not (given.why or "").strip():
        raise ComputeError("the reason is empty", remedy="say in --why what the children are needed for")
    workspace = open_workspace(given.workspace)
    record = Record.open(workspace)
    if given.of is not None:
        access = AccessRecord.open(workspace)
        told = record.history(given.of, given.child, given.as_at, access=access, who=account(), why=given.why)
        say(history_as_json(told) if given.format == "json" else history_as_text(told))
        return 0
    with Progress("Comparing") as progress:
        progress.step("the record before and after")
        changes = (
            record.changes_since(given.since, given.as_at)
            if given.since
            else record.changes(chosen(record.deliveries(), given.delivery).delivery_id)
        )
    rows = None
    if given.children:
        rows = changes.hand_out(access=AccessRecord.open(workspace), who=account(), why=given.why)
    say(as_json(changes, rows) if given.format == "json" else as_text(changes, rows))
    return 0


def as_text(changes: Changes, rows: ChildRows | None) -> str:
    if not changes.counts:
        return "Nothing changed."
    counted = [(name, *map(words.number, asdict(each).values())) for name, each in changes.counts.items()]
    lines = [table(HEADINGS, counted, right=range(1, len(HEADINGS))), "", summary(changes)]
    if changes.assumed_ends:
        events = words.plural(changes.assumed_ends, "event")
        lines.append(f"{events} ended on a day that is only assumed: a list of what is open shows them no more")
    if rows:
        lines += ["", listed(rows)]
    return "\n".join(lines)


def history_as_text(rows: ChildRows) -> str:
    return listed(rows) if rows else "Nothing was ever told of that child in this table."


def history_as_json(rows: ChildRows) -> str:
    return json.dumps({"history": [{name: jsonable(value) for name, value in row.items()} for row in rows]}, indent=2)


def listed(rows: ChildRows) -> str:
    cells = [["" if value is None else str(value) for value in row.values()] for row in rows]
    return table(list(rows[0]), cells)


def summary(changes: Changes) -> str:
    """'12 corrected, 3 withdrawn, 40 new of which 9 belong to months already reported'."""
    counts = changes.counts.values()
    new, late = sum(each.added for each in counts), sum(each.late for each in counts)
    said = [
        f"{words.number(sum(each.corrected for each in counts))} corrected",
        f"{words.number(sum(each.withdrawn for each in counts))} withdrawn",
        f"{words.number(new)} new",
    ]
    return (
        f"{', '.join(said)}, of which {words.number(late)} belong to months already reported"
        if late
        else ", ".join(said)
    )


def as_json(changes: Changes, rows: ChildRows | None) -> str:
    answer: dict[str, Any] = {
        "tables": {name: asdict(each) for name, each in changes.counts.items()},
        "assumed_ends": changes.assumed_ends,
    }
    if rows is not None:
        answer["changes"] = [{name: jsonable(value) for name, value in row.items()} for row in rows]
    return json.dumps(answer, indent=2)


def jsonable(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
