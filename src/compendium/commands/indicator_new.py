"""compendium indicator new ID: a file to begin from, which passes the check as it is."""

from __future__ import annotations

import argparse

from compendium.commands.arguments import add_workspace
from compendium.commands.catalogue import catalogue_of
from compendium.commands.screen import say
from compendium.errors import ComputeError
from compendium.indicators.drafting import draft
from compendium.indicators.loading import REGISTER
from compendium.indicators.register import read_register
from compendium.workspace import open_workspace


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = verbs.add_parser("new", help="write the file of a new indicator into the workspace")
    here.add_argument("indicator", metavar="ID", help="its id: small letters, digits and _, such as visits_in_time")
    here.add_argument("--theme", help="the chapter it belongs to, for example front_door (default: that of --like)")
    here.add_argument("--like", metavar="ID", help="begin from a copy of this indicator, not from the commented file")
    add_workspace(here)
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    if given.indicator in read_register(workspace.own_catalogue / REGISTER).withdrawn:
        raise ComputeError(f"the id {given.indicator} was withdrawn", remedy="choose another id")
    file = draft(workspace.own_catalogue, catalogue, given.indicator, given.theme, given.like)
    themes = {each.theme for each in catalogue.values()}
    say(f"Made {file}")
    if file.parent.name not in themes:
        say(f"{file.parent.name} is a new theme with a chapter of its own. There are: {', '.join(sorted(themes))}")
    say(f"Change it, then: compendium indicator check --workspace {given.workspace} {given.indicator}")
    say(f"See its figures: compendium indicator show --workspace {given.workspace} {given.indicator}")
    return 0
