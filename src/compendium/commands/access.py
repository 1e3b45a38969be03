"""compendium access: who read whose rows, when and why; itself put on record where it is about one child."""

from __future__ import annotations

import argparse
import json
from typing import Any

from compendium import words
from compendium.commands.account import account
from compendium.commands.arguments import add_workspace
from compendium.commands.screen import complain, say, table
from compendium.errors import ComputeError
from compendium.record.access import Access, AccessRecord, Anchor
from compendium.workspace import open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("access", help="who read rows about single children, when and why")
    here.add_argument("--child", metavar="ID", help="only readings of this child's rows; asking is recorded")
    here.add_argument("--why", help="why it is asked about one child; kept in the access record")
    here.add_argument("--anchor", type=anchor, help="check that the record still begins as it did at this anchor")
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    add_workspace(here)
    here.set_defaults(run=run)


def anchor(text: str) -> Anchor:
    """As an earlier answer printed it."""
    try:
        return Anchor.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError("that is not an anchor; give one as `compendium access` prints it") from None


def run(given: argparse.Namespace) -> int:
    record = AccessRecord.open(open_workspace(given.workspace))
    if given.anchor is not None and not record.holds(given.anchor):
        complain(f"The access record does not begin with the {given.anchor.entries} entries of that anchor.")
        complain("  To do: keep it as it is, and compare it with a copy of the day of the anchor")
        return 1
    if given.child is None:
        entries = record.entries()
    else:
        if not (given.why or "").strip():
            raise ComputeError("the reason is empty", remedy="say in --why what it is asked for")
        what = "the access record, about one child"
        record.write(who=account(), what=what, how_many=1, why=given.why, children=[given.child])
        entries = record.about(given.child)
    if given.format == "json":
        answer = {"entries": [as_json(entry) for entry in entries], "anchor": str(record.anchor())}
        say(json.dumps(answer, indent=2))
        return 0
    say(as_text(entries))
    if given.anchor is not None:
        say("It begins with the entries of the anchor given.")
    say(f"The chain of entries is whole. To be kept by somebody else, its anchor: {record.anchor()}")
    return 0


def as_text(entries: list[Access]) -> str:
    rows = [
        (
            f"{entry.when:%Y-%m-%d %H:%M} UTC",
            entry.who,
            entry.what,
            words.number(entry.how_many),
            words.number(len(entry.children)),
            entry.why,
        )
        for entry in entries
    ]
    counted = words.plural(len(entries), "entry", "entries")
    return f"{table(('When', 'Who', 'What', 'Rows', 'Children', 'Why'), rows, right=(3, 4))}\n{counted}"


def as_json(entry: Access) -> dict[str, Any]:
    return {
        "when": entry.when.isoformat(),
        "who": entry.who,
        "what": entry.what,
        "rows": entry.how_many,
        "children": len(entry.children),
        "why": entry.why,
    }
