"""compendium identity suggest: ids that may be one child, as a CSV for people to decide; nothing is linked by it."""

from __future__ import annotations

import argparse

from compendium.commands.account import account
from compendium.commands.arguments import add_as_at, add_workspace
from compendium.commands.screen import comma_separated, complain, say
from compendium.errors import ComputeError
from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.record.likeness import TABLES, suggested_links
from compendium.workspace import open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("identity", help="children known under several ids")
    verbs = here.add_subparsers(dest="verb", required=True, metavar="VERB")
    suggest = verbs.add_parser("suggest", help="print ids that may be one child, to be decided on; it is recorded")
    suggest.add_argument("--why", required=True, help="why the list is needed; kept in the access record")
    add_as_at(suggest)
    add_workspace(suggest)
    suggest.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    if not given.why.strip():
        raise ComputeError("the reason is empty", remedy="say in --why what the list is needed for")
    workspace = open_workspace(given.workspace)
    snapshot = Record.open(workspace).as_at(given.as_at, TABLES)
    rows = suggested_links(snapshot, access=AccessRecord.open(workspace), who=account(), why=given.why)
    if not rows:
        complain("No two ids look like one child.")
        return 0
    say(comma_separated(list(rows[0]), (row.values() for row in rows)))
    complain("To link: keep the lines that are right, fill in decided_by and decided_on, load as person_link.csv.")
    return 0
