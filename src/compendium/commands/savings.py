"""compendium savings --month YYYY-MM: every claim of a saving as a calculation, and what the record shows since."""

from __future__ import annotations

import argparse
import json

from compendium import words
from compendium.calendar.months import month_ends
from compendium.commands.arguments import add_as_at, add_month, add_workspace, check_over
from compendium.commands.catalogue import catalogue_of, local_rules
from compendium.commands.screen import Progress, say, table
from compendium.edition.claims import claimed, savings_claims
from compendium.edition.edition import ClaimedMonth, SavingsClaim
from compendium.edition.plain import as_plain
from compendium.indicators.compute import compute
from compendium.record.deliveries import Record
from compendium.workspace import open_workspace

NONE = "No claim of a saving is on record. One is made known in savings_claim.csv and savings_assumption.csv."


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser(
        "savings", help="claims of a saving, with every assumption and what the record shows since"
    )
    add_month(here)
    add_as_at(here)
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    add_workspace(here)
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    with Progress("Computing") as progress:
        progress.step("the record as at its cut date")
        snapshot = Record.open(workspace).as_at(given.as_at)
        check_over(given.month, snapshot.cut)
        begins, named = claimed(snapshot)
        progress.step("figures")
        months = list(month_ends(min(begins, given.month), given.month))
        known = [name for name in named if name in catalogue]
        figures = compute(snapshot, catalogue, workspace, months=months, indicators=known)
    claims = savings_claims(figures, snapshot, given.month)
    if given.format == "json":
        say(json.dumps(as_plain(claims), ensure_ascii=False, indent=2))
    else:
        said = "\n\n".join(as_text(claim) for claim in claims)
        say("\n".join([said, *local_rules(known, catalogue, workspace)]) if claims else NONE)
    return 0


def as_text(claim: SavingsClaim) -> str:
    """The whole calculation, for a person."""
    lines = [claim.title, "=" * len(claim.title), *claim.made, "", "What it takes for granted", ""]
    for number, each in enumerate(claim.assumptions, 1):
        lines.append(f"{number}. {each.says}")
        lines.append(f"   Assumed: {each.value}, {each.enters}{f'; so far {each.running}' if each.running else ''}")
        lines.append(f"   Source: {each.source}")
        lines.append(f"   Record: {each.shown}")
    lines += ["", *claim.arithmetic, "", "What the record shows", ""]
    if claim.months:
        headings = ("Month", "Cost before", "Cost now", "Less by")
        lines += [table(headings, [_row(each) for each in claim.months], right=(1, 2, 3)), ""]
    return "\n".join([*lines, *claim.conclusion])


def _row(each: ClaimedMonth) -> tuple[str, str, str, str]:
    before = "not recorded" if each.before is None else words.money(each.before)
    fall = "" if each.fall is None else words.money(each.fall)
    return words.month(each.month), before, words.money(each.after), fall
