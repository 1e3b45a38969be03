"""compendium effects --month YYYY-MM: what changed after each action, and what had been expected."""

from __future__ import annotations

import argparse
import json

from compendium.commands.arguments import add_as_at, add_month, add_workspace, check_over
from compendium.commands.catalogue import catalogue_of, local_rules
from compendium.commands.screen import Progress, say
from compendium.edition import practice_words
from compendium.edition.actions_file import read_actions
from compendium.edition.impacts import Impacts, actions_taken, expected_alone, looked_at
from compendium.edition.plain import as_plain
from compendium.edition.practice import HeldExpectation, Impact, TakenAction
from compendium.indicators.compute import compute
from compendium.record.deliveries import Record
from compendium.workspace import open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser(
        "effects", help="what changed after each action, and whether what was expected came about"
    )
    add_month(here)
    add_as_at(here)
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    add_workspace(here)
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    entries = read_actions(workspace, catalogue)
    with Progress("Computing") as progress:
        progress.step("the record as at its cut date")
        snapshot = Record.open(workspace).as_at(given.as_at)
        check_over(given.month, snapshot.cut)
        progress.step("figures")
        figures = compute(snapshot, catalogue, workspace, indicators=looked_at(entries, catalogue))
    maker = Impacts(figures, entries, workspace, snapshot.cut, given.month)
    found = [made for name in entries.indicators if (made := maker.on(catalogue[name])) is not None]
    alone = expected_alone(found)
    actions = actions_taken(entries, found, snapshot.cut)
    if given.format == "json":
        say(json.dumps(as_plain({"actions": actions, "expectations": alone}), ensure_ascii=False, indent=2))
    elif not actions and not alone:
        say(practice_words.NONE)
    else:
        impacts = [each for action in actions for each in action.impacts]
        parts = [*map(_action, actions), *("\n".join(_expectation(each)) for each in alone)]
        said = "\n\n".join([*parts, practice_words.by_chance(impacts), practice_words.NO_PROOF])
        say("\n".join([said, *local_rules(entries.indicators, catalogue, workspace)]))
    return 0


def _action(action: TakenAction) -> str:
    lines = [action.title, "=" * len(action.title), action.signed]
    for impact in action.impacts:
        lines += ["", *_impact(impact)]
    for expected in action.expectations:
        lines += ["", *_expectation(expected)]
    return "\n".join(lines)


def _impact(impact: Impact) -> list[str]:
    others = (
        ["  What else could explain a change:", *(f"  - {each}" for each in impact.rivals)] if impact.rivals else []
    )
    return [f"{impact.name}: {impact.badge}", *(f"  {each}" for each in impact.sentences), *others]


def _expectation(held: HeldExpectation) -> list[str]:
    return [f"Expected, {held.name}: {held.badge}", *(f"  {each}" for each in held.sentences)]
