"""compendium indicator check/show: the catalogue and what stands behind a figure."""

from __future__ import annotations

import argparse
import getpass

from compendium import words
from compendium.commands.arguments import add_as_at, add_month, add_workspace
from compendium.commands.catalogue import catalogue_of
from compendium.commands.screen import complain, say, table
from compendium.indicators.examples import run_examples
from compendium.indicators.rows import rows_behind
from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.workspace import FILE, open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("indicator", help="the catalogue of indicators")
    verbs = here.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="check every indicator file and run its examples")
    add_workspace(check)
    check.set_defaults(run=run_check)
    show = verbs.add_parser("show", help="print a definition")
    show.add_argument("indicator", metavar="ID", help="the indicator, for example icpc_15wd")
    show.set_defaults(run=run_show)
    add_workspace(show)
    rows = verbs.add_parser("rows", help="the list behind a figure; reading it is recorded")
    rows.add_argument("indicator", metavar="ID", help="the indicator, for example icpc_15wd")
    add_month(rows)
    add_as_at(rows)
    rows.add_argument("--basis", help="the basis of the figure (default: the indicator's first)")
    rows.add_argument("--area", help="only this area")
    rows.add_argument("--team", help="only this team")
    rows.add_argument("--why", required=True, help="why the list is needed; kept in the access record")
    add_workspace(rows)
    rows.set_defaults(run=run_rows)


def run_check(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace) if (given.workspace / FILE).is_file() else None
    catalogue = catalogue_of(workspace)
    failures = run_examples(catalogue)
    for failure in failures:
        complain(str(failure))
    examples = sum(len(indicator.examples) for indicator in catalogue.values())
    say(f"{words.plural(len(catalogue), 'indicator')}, {words.plural(examples, 'example')}: {len(failures)} failed")
    return 1 if failures else 0


def run_show(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace) if (given.workspace / FILE).is_file() else None
    say(catalogue_of(workspace).require(given.indicator).in_words())
    return 0


def run_rows(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    indicator = catalogue.require(given.indicator)
    record = Record.open(workspace)
    rows = rows_behind(
        record.as_at(given.as_at),
        catalogue,
        workspace,
        indicator.id,
        given.month,
        given.basis,
        area=given.area,
        team=given.team,
        access=AccessRecord.open(workspace),
        who=getpass.getuser(),
        why=given.why,
    )
    if rows:
        headings = list(rows[0])
        say(table(headings, [["" if row[name] is None else str(row[name]) for name in headings] for row in rows]))
    say(words.plural(len(rows), "row"))
    return 0
