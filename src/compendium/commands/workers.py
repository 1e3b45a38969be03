"""compendium workers --team and forget: the names behind the pseudonyms of a team, and the end of one."""

from __future__ import annotations

import argparse

from compendium import words
from compendium.commands.account import account
from compendium.commands.arguments import add_workspace
from compendium.commands.screen import say, table
from compendium.errors import ComputeError
from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.record.directory import WITH_TEAMS
from compendium.workspace import open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("workers", help="the names behind workers' pseudonyms")
    verbs = here.add_subparsers(dest="verb", required=True, metavar="VERB")
    names = verbs.add_parser("list", help="who works or has worked in a team, by name; it is recorded")
    names.add_argument("--team", required=True, help="the team, by its id")
    names.add_argument("--why", required=True, help="why the names are needed; kept in the access record")
    add_workspace(names)
    names.set_defaults(run=run_list)
    forget = verbs.add_parser("forget", help="take a worker's name out of the record for good; it is recorded")
    forget.add_argument("worker", metavar="WORKER", help="the name or number as delivered, or the pseudonym")
    forget.add_argument("--why", required=True, help="why it is forgotten; kept in the access record")
    add_workspace(forget)
    forget.set_defaults(run=run_forget)


def run_list(given: argparse.Namespace) -> int:
    check_reason(given.why)
    workspace = open_workspace(given.workspace)
    record = Record.open(workspace)
    snapshot = record.as_at(tables=WITH_TEAMS)
    rows = record.workers.of_team(
        snapshot, given.team, access=AccessRecord.open(workspace), who=account(), why=given.why
    )
    since = {each.delivery_id: (str(each.sequence), each.received_on.isoformat()) for each in record.deliveries()}
    if rows:
        shown = [(row["worker"], row["name"], *since.get(row["since"], ("", ""))) for row in rows]
        say(table(("Worker", "Name", "Since delivery", "Received"), shown, right=(2,)))
    say(words.plural(len(rows), "worker"))
    return 0


def run_forget(given: argparse.Namespace) -> int:
    check_reason(given.why)
    workspace = open_workspace(given.workspace)
    access = AccessRecord.open(workspace)
    access.write(who=account(), what="a worker's name, to forget it", how_many=1, why=given.why)
    if Record.open(workspace).forget_worker(given.worker):
        say("Forgotten. Figures stay as they are: they hold the pseudonym, which now belongs to nobody.")
    else:
        say(
            "No such name is held, so none was taken out. It is barred all the same: a delivery that gives it is loaded"
            " without it. If another spelling was meant, `compendium workers list` shows what is held."
        )
    return 0


def check_reason(why: str) -> None:
    if not why.strip():
        raise ComputeError("the reason is empty", remedy="say in --why what it is needed for")
