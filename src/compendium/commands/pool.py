"""compendium pool FOLDER ...: many authorities' month cells together, each beside the rest."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from compendium.commands.arguments import add_month
from compendium.commands.catalogue import catalogue_of
from compendium.commands.pool_report import as_text, check_folder, write_report
from compendium.commands.screen import Progress, complain, say
from compendium.indicators.compute import check_settings
from compendium.pooling.addable import rules_by_indicator
from compendium.pooling.members import of_file, of_region
from compendium.pooling.pool import Pool, read_pool
from compendium.pooling.report import as_json
from compendium.workspace import open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("pool", help="add up many authorities' month cells and show each beside the rest")
    here.add_argument(
        "folders",
        nargs="+",
        type=Path,
        metavar="FOLDER",
        help="a folder with files of month cells, as `figures --export` writes them, one for each authority",
    )
    add_month(here)
    here.add_argument("--indicator", action="append", metavar="ID", help="only this one (may be repeated)")
    who = here.add_mutually_exclusive_group()
    who.add_argument("--expected", type=Path, metavar="FILE", help="a list of the authorities that should be there")
    who.add_argument("--region", metavar="CODE", help="the ONS code of the region whose authorities should be there")
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    here.add_argument("--out", type=Path, metavar="DIR", help="write pages, a workbook and JSON into this folder")
    here.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="a workspace whose own indicators and local rules are the pool's (default: the shipped ones)",
    )
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """1 when someone is missing: the pool is then not what it should be."""
    workspace = None if given.workspace is None else open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    if workspace is not None:
        check_settings(catalogue, workspace)
    for name in given.indicator or ():
        catalogue.require(name)
    if given.out is not None:
        check_folder(given.out)
    expected = expected_members(given.expected, given.region, given.month)
    rules = rules_by_indicator(catalogue, workspace)
    with Progress("Reading month cells") as progress:
        pool = read_pool(given.folders, catalogue, rules, given.month, expected, progress.step)
    answer(pool, given.indicator, given.format, given.out)
    return 1 if pool.missing else 0


def expected_members(listed: Path | None, region: str | None, month: date) -> Mapping[str, str] | None:
    if listed is not None:
        return of_file(listed)
    return None if region is None else of_region(region, month)


def answer(pool: Pool, indicators: list[str] | None, form: str, out: Path | None) -> None:
    figures = list(pool.figures(indicators))
    say(json.dumps(as_json(pool, figures), indent=2) if form == "json" else as_text(pool, figures))
    if out is not None:
        first_page = write_report(pool, figures, out)
        complain(f"The pool lies at {first_page}")
        complain("It holds small numbers as they are: not for publication.")
