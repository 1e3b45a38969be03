"""compendium indicator new/check/show/rows/record/withdraw: the catalogue and what stands behind a figure."""

from __future__ import annotations

import argparse

from compendium import words
from compendium.commands import indicator_new, indicator_record, indicator_show
from compendium.commands.arguments import add_workspace
from compendium.commands.catalogue import folders_of
from compendium.commands.screen import Progress, complain, say
from compendium.errors import ComputeError
from compendium.indicators.drawn_regions import failing_examples
from compendium.indicators.loading import read_catalogue
from compendium.indicators.register import register_faults
from compendium.workspace import FILE, open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("indicator", help="the catalogue of indicators")
    verbs = here.add_subparsers(dest="verb", required=True, metavar="VERB")
    indicator_new.add(verbs)
    check = verbs.add_parser("check", help="name every fault of every indicator file, and run the examples")
    check.add_argument("indicators", nargs="*", metavar="ID", help="run the examples of these only (default: all)")
    add_workspace(check)
    check.set_defaults(run=run_check)
    indicator_show.add(verbs)
    indicator_record.add(verbs)


def run_check(given: argparse.Namespace) -> int:
    """Every fault of all files at once: of their text, of what was recorded of them, and of their examples."""
    workspace = open_workspace(given.workspace) if (given.workspace / FILE).is_file() else None
    catalogue, faults = read_catalogue(folders_of(workspace), workspace=workspace)
    unread = {file.stem for file, _, _ in faults}
    missing = [name for name in given.indicators if name not in catalogue and name not in unread]
    if workspace is None and missing:
        raise ComputeError(
            f"there is no indicator {missing[0]!r} among those that come with Compendium",
            remedy="for one of your own, name the workspace: --workspace DIR",
        )
    for register, indicators in indicator_record.registers(catalogue, workspace):
        faults += register_faults(catalogue, register, indicators, unread)
    for file, line, what in faults:
        complain(f"{file}, line {line}: {what}")
    chosen = [catalogue.require(name).id for name in given.indicators or catalogue if name not in unread]
    themes = {catalogue[name].theme for name in chosen}
    with Progress("Running the examples", len(themes)) as progress:
        failures = failing_examples(catalogue, chosen, progress.step)
    for failure in failures:
        complain(str(failure))
    examples = sum(len(catalogue[name].examples) for name in chosen)
    done = f"{words.plural(len(chosen), 'indicator')}, {words.plural(examples, 'example')}"
    say(f"{done}: {len(failures)} failed; {words.plural(len(faults), 'fault')} in the files")
    return 1 if failures or faults else 0
