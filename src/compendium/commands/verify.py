"""compendium verify WHAT: proofs that a sceptic can run."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from compendium.commands.screen import say
from compendium.commands.verify_engine import add_engine
from compendium.signals.cases import failures, read_cases


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("verify", help="proofs that a sceptic can run")
    verbs = here.add_subparsers(dest="verb", required=True, metavar="WHAT")
    statistics = verbs.add_parser("statistics", help="hold the charts and intervals against a file of reference cases")
    statistics.add_argument("cases", type=Path, metavar="CASES.json", help="a file in the form compendium-spc-cases/1")
    statistics.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    statistics.set_defaults(run=run_statistics)
    add_engine(verbs)


def run_statistics(given: argparse.Namespace) -> int:
    """1 when a case fails."""
    cases = read_cases(given.cases)
    failed = list(failures(cases))
    passed = len(cases) - len(failed)
    if given.format == "json":
        told = [{"case": each.case, "what": each.what} for each in failed]
        say(json.dumps({"passed": passed, "failed": len(failed), "failures": told}, indent=2))
    else:
        for each in failed:
            say(str(each))
        say(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0
