"""compendium identity suggest/list: ids that may be one child, as a CSV for people to decide, and the links that people
have decided, as a CSV to look through and correct. Nothing is linked by either."""

from __future__ import annotations

import argparse

from compendium import words
from compendium.commands.account import account
from compendium.commands.arguments import add_as_at, add_workspace
from compendium.commands.screen import comma_separated, complain, say
from compendium.errors import ComputeError
from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.record.identity import ADOPTION
from compendium.record.likeness import TABLES, suggested_links
from compendium.workspace import Workspace, open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("identity", help="children known under several ids")
    verbs = here.add_subparsers(dest="verb", required=True, metavar="VERB")
    suggest = verbs.add_parser("suggest", help="print ids that may be one child, to be decided on; it is recorded")
    listed = verbs.add_parser("list", help="print the links between ids that were decided, to review; it is recorded")
    for verb, run in ((suggest, run_suggest), (listed, run_list)):
        verb.add_argument("--why", required=True, help="why the list is needed; kept in the access record")
        add_as_at(verb)
        add_workspace(verb)
        verb.set_defaults(run=run)


def run_list(given: argparse.Namespace) -> int:
    workspace = _opened(given)
    access = AccessRecord.open(workspace)
    rows = Record.open(workspace).links(given.as_at, access=access, who=account(), why=given.why)
    undone = sum(row["undone_on"] is not None for row in rows)
    waiting = 0 if workspace.link_adoptions else sum(row["reason"] == ADOPTION and not row["undone_on"] for row in rows)
    if rows:
        cells = [["" if value is None else str(value) for value in row.values()] for row in rows]
        say(comma_separated(list(rows[0]), cells))
    told = words.plural(len(rows), "link")
    complain(f"{told}: {undone} undone; {waiting} of adoptions, which are kept and not applied.")
    complain("To undo one: keep its line, fill in undone_on, load as person_link.csv.")
    return 0


def _opened(given: argparse.Namespace) -> Workspace:
    if not given.why.strip():
        raise ComputeError("the reason is empty", remedy="say in --why what the list is needed for")
    return open_workspace(given.workspace)


def run_suggest(given: argparse.Namespace) -> int:
    workspace = _opened(given)
    snapshot = Record.open(workspace).as_at(given.as_at, TABLES)
    rows = suggested_links(snapshot, access=AccessRecord.open(workspace), who=account(), why=given.why)
    if not rows:
        complain("No two ids look like one child.")
        return 0
    say(comma_separated(list(rows[0]), (row.values() for row in rows)))
    complain("To link: keep the lines that are right, fill in decided_by and decided_on, load as person_link.csv.")
    return 0
