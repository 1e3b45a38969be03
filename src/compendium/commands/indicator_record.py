"""compendium indicator record/withdraw: the register of definitions, so that none changes in silence."""

from __future__ import annotations

import argparse
from datetime import date

from compendium import words
from compendium.commands.arguments import add_workspace, day
from compendium.commands.catalogue import catalogue_of
from compendium.commands.screen import say
from compendium.errors import IndicatorError
from compendium.indicators.loading import REGISTER, SHIPPED, Catalogue
from compendium.indicators.register import (
    SHIPPED_REGISTER,
    Register,
    own_of,
    read_register,
    record,
    register_faults,
    withdraw,
)
from compendium.indicators.shape import Indicator
from compendium.workspace import Workspace, open_workspace


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    recorded = verbs.add_parser("record", help="record what own indicators count, new ones and raised versions")
    recorded.add_argument(
        "--unchanged",
        action="append",
        default=[],
        metavar="NAME",
        help="what changed, though no figure changes by it",
    )
    recorded.add_argument("--why", default="", metavar="TEXT", help="how that is known; kept in the register")
    recorded.set_defaults(run=run_record)
    withdrawn = verbs.add_parser("withdraw", help="withdraw an indicator whose figures were given")
    withdrawn.add_argument("indicator", metavar="ID", help="the indicator")
    withdrawn.add_argument("--why", required=True, metavar="TEXT", help="why; kept in the register")
    withdrawn.add_argument("--replaced-by", metavar="ID", help="the indicator to use instead")
    withdrawn.add_argument(
        "--day", type=day, default=None, metavar="DATE", help="since when it is withdrawn (default: today)"
    )
    withdrawn.set_defaults(run=run_withdraw)
    for each in (recorded, withdrawn):
        each.add_argument(
            "--shipped", action="store_true", help="of the indicators that come with Compendium, for who develops it"
        )
        add_workspace(each)


def registers(catalogue: Catalogue, workspace: Workspace | None) -> list[tuple[Register, list[Indicator]]]:
    """Each register in force with the indicators that it is of: the shipped one, and the council's own."""
    found = [(read_register(SHIPPED_REGISTER), own_of(catalogue, SHIPPED))]
    if workspace is not None:
        own = read_register(workspace.own_catalogue / REGISTER)
        found.append((own, own_of(catalogue, workspace.own_catalogue)))
    return found


def record_own(catalogue: Catalogue, workspace: Workspace) -> None:
    """What the council's own indicators count, before an edition gives a figure of theirs.

    IndicatorError where one counts otherwise than the register says, or is gone.
    """
    register, indicators = registers(catalogue, workspace)[1]
    faults = register_faults(catalogue, register, indicators)
    if faults:
        told = [f"  {file}, line {line}: {what}" for file, line, what in faults]
        raise IndicatorError("\n".join(["an own indicator is not what was recorded", *told]))
    made = record(catalogue, register, indicators, views=False)
    if made != register:
        made.write()


def run_record(given: argparse.Namespace) -> int:
    workspace = None if given.shipped else open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    register, indicators = registers(catalogue, workspace)[-1]
    made = record(catalogue, register, indicators, views=given.shipped, unchanged=given.unchanged, why=given.why)
    made.write()
    say(f"{words.plural(len(made.indicators), 'indicator')} recorded in {made.file}")
    return 0


def run_withdraw(given: argparse.Namespace) -> int:
    workspace = None if given.shipped else open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    if given.replaced_by is not None:
        catalogue.require(given.replaced_by)
    register, _ = registers(catalogue, workspace)[-1]
    made = withdraw(register, given.indicator, given.day or date.today(), given.why, given.replaced_by)
    made.write()
    say(f"{given.indicator} is withdrawn in {made.file}. Its file can go; the id stays taken.")
    return 0
