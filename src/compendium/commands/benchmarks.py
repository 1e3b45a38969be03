"""compendium benchmarks fetch: published figures from the department's public statistics API, kept and loaded."""

from __future__ import annotations

import argparse
from datetime import date

from compendium import words
from compendium.commands.arguments import add_workspace
from compendium.commands.load import describe
from compendium.commands.screen import Progress, complain, say
from compendium.errors import DeliveryError
from compendium.record.deliveries import Record
from compendium.sources.load import load
from compendium.sources.public_statistics import ADDRESS, PUBLICATIONS, PublicStatistics
from compendium.workspace import open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("benchmarks", help="published figures of other places")
    verbs = here.add_subparsers(dest="verb", required=True, metavar="VERB")
    fetch = verbs.add_parser("fetch", help="fetch them from the department's public statistics API and load them")
    fetch.add_argument(
        "--publication",
        action="append",
        metavar="NAME",
        help="a publication by its name in addresses, once or more (default: the three on children's social care)",
    )
    fetch.add_argument("--address", default=ADDRESS, metavar="URL", help=f"where the API is (default: {ADDRESS})")
    add_workspace(fetch)
    fetch.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Exit status 1 when a file that was fetched is of no known kind; 2 when nothing can be reached."""
    workspace = open_workspace(given.workspace)
    record, today = Record.open(workspace), date.today()
    api = PublicStatistics(given.address.rstrip("/"))
    folder = workspace.folder / "benchmarks"
    refused: list[tuple[str, DeliveryError]] = []
    loaded = 0
    with Progress("Fetching published figures") as progress:
        found = [each for name in given.publication or PUBLICATIONS for each in api.data_sets(name)]
        for data_set in found:
            progress.step(data_set.title)
            path, is_new = api.fetch(data_set, folder, today)
            try:
                report = load(record, path, None, today, None)
            except DeliveryError as fault:
                refused.append((data_set.title, fault))
                if is_new:  # what no reader knows is no benchmark
                    path.unlink()
                    path.with_suffix(".json").unlink(missing_ok=True)
                continue
            loaded += 1
            say(describe(report))
    for title, why in refused:
        complain(f"Not taken: {title}: {why}")
    sets = words.plural(len(found), "data set")
    say(f"{sets} published; {words.number(loaded)} in the record, {words.number(len(refused))} not taken.")
    return 1 if refused else 0
