"""compendium indicator check/show: the catalogue and what stands behind a figure."""

from __future__ import annotations

import argparse

from compendium import words
from compendium.commands.account import account
from compendium.commands.arguments import add_as_at, add_month, add_workspace
from compendium.commands.catalogue import catalogue_of
from compendium.commands.screen import comma_separated, complain, say, table
from compendium.indicators.compute import rules_in_force
from compendium.indicators.examples import run_examples
from compendium.indicators.rows import rows_behind
from compendium.record.access import AccessRecord, ChildRows
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
    rows.add_argument("--area", help="only this area, by its name or id")
    rows.add_argument("--team", help="only this team, by its id")
    rows.add_argument("--why", required=True, help="why the list is needed; kept in the access record")
    rows.add_argument("--format", choices=("text", "csv"), default="text", help="how to print the list")
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
    catalogue = catalogue_of(workspace)
    indicator = catalogue.require(given.indicator)
    say(indicator.in_words(rules_in_force(indicator, catalogue, workspace)))
    return 0


def run_rows(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    indicator = catalogue.require(given.indicator)
    area = next((each for each, name in workspace.areas.items() if given.area in (each, name)), given.area)
    rows = rows_behind(
        Record.open(workspace).as_at(given.as_at),
        catalogue,
        workspace,
        indicator.id,
        given.month,
        given.basis and given.basis.replace(" ", "_"),
        area=area,
        team=given.team,
        access=AccessRecord.open(workspace),
        who=account(),
        why=given.why,
    )
    headings = list(rows[0]) if rows else []
    cells = [["" if row[name] is None else str(row[name]) for name in headings] for row in rows]
    if given.format == "csv":
        say(comma_separated(headings, cells))
        return 0
    if rows:
        say(table(headings, cells))
    say(total(rows))
    return 0


def total(rows: ChildRows) -> str:
    """'110 of 136 counted; 3 left out': what the figure makes of the rows."""
    counted = [row for row in rows if row["excluded"] is None]
    said = words.plural(len(rows), "row")
    if rows and "denominator" in rows[0] and "counts_in" not in rows[0]:
        numerator = sum(row["numerator"] or 0 for row in counted)
        said += f": {words.number(numerator)} of {words.number(sum(row['denominator'] or 0 for row in counted))}"
    if len(counted) < len(rows):
        said += f"; {words.number(len(rows) - len(counted))} left out, each with its reason"
    return said
