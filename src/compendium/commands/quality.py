"""compendium quality: what the data-quality rules say of the record; check tries the rule files themselves."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from compendium import words
from compendium.commands.account import account
from compendium.commands.arguments import add_as_at, add_workspace
from compendium.commands.catalogue import catalogue_of
from compendium.commands.quality_report import as_text, check_folder, write_report
from compendium.commands.rule_examples import run_rule_examples
from compendium.commands.screen import Progress, complain, say
from compendium.engine.dialect_reading import did_you_mean
from compendium.errors import ComputeError
from compendium.indicators.loading import Catalogue
from compendium.record.access import AccessRecord
from compendium.record.checks.loading import SHIPPED, Rules, load_rules
from compendium.record.checks.report import build_report, with_rows
from compendium.record.deliveries import Record
from compendium.workspace import FILE, Workspace, open_workspace

VERBS = ("report", "check", "show")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("quality", help="the data-quality report: each rule passed, flagged or could not run")
    here.add_argument(
        "verb",
        nargs="?",
        choices=VERBS,
        default="report",
        help="report (if left out): judge the record; check: check every rule file and run its examples; show: print "
        "the rule named with --rule",
    )
    add_as_at(here)
    here.add_argument("--rule", action="append", metavar="ID", help="only this rule (may be repeated)")
    here.add_argument("--team", metavar="ID", help="only the rows of this team")
    here.add_argument(
        "--trend", action="store_true", help="work out what was so as at each of the last twelve deliveries"
    )
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    here.add_argument("--out", type=Path, metavar="FOLDER", help="write pages, a workbook and JSON into this folder")
    here.add_argument("--children", action="store_true", help="list the children and records; recorded, needs --why")
    here.add_argument("--why", help="why the list of children is needed; kept in the access record")
    add_workspace(here)
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    if given.verb == "report":
        return run_report(given)
    workspace = open_workspace(given.workspace) if (given.workspace / FILE).is_file() else None
    rules = rules_of(workspace)
    chosen = [rules.require(name) for name in given.rule or rules]
    if given.verb == "show":
        say("\n\n".join(rule.in_words() for rule in chosen))
        return 0
    faults = list(clashes(rules, catalogue_of(workspace)))
    faults += [str(failure) for failure in run_rule_examples(chosen)]
    for fault in faults:
        complain(fault)
    examples = sum(len(rule.examples) for rule in chosen)
    said = words.plural(len(faults), "fault")
    say(f"{words.plural(len(chosen), 'rule')}, {words.plural(examples, 'example')}: {said}")
    return 1 if faults else 0


def rules_of(workspace: Workspace | None) -> Rules:
    """The rules in force: the shipped ones and the council's own. Raises RuleError with every fault of every file."""
    return load_rules([SHIPPED] if workspace is None else [SHIPPED, workspace.own_checks])


def clashes(rules: Rules, catalogue: Catalogue) -> Iterator[str]:
    """Rules that endanger an indicator there is not, or bear an indicator's name: both are set under [limits]."""
    for rule in rules.values():
        for name in rule.endangers:
            if name not in catalogue:
                near = did_you_mean(name, catalogue)
                yield f"{rule.file}: endangers: there is no indicator {name}; {near}"
        if rule.id in catalogue:
            yield f"{rule.file}: an indicator is called {rule.id} already; choose another name"


def run_report(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    rules = rules_of(workspace)
    chosen = [rules.require(name) for name in given.rule or rules]
    if given.children and not (given.why or "").strip():
        raise ComputeError("--children says who the children are", remedy="say in --why what the list is needed for")
    if given.out is not None:
        check_folder(given.out)
    with Progress("Judging the record") as progress:
        report, judgement = build_report(
            Record.open(workspace), chosen, workspace, given.as_at, given.team, progress.step, given.trend
        )
    if given.children:
        access = AccessRecord.open(workspace)
        report = with_rows(report, judgement, access, who=account(), why=given.why)
    say(json.dumps(report.as_json(), indent=2) if given.format == "json" else as_text(report))
    if given.out is not None:
        titles = {each.id: each.title for each in catalogue_of(workspace).values()}
        first_page = write_report(report, given.out, titles)
        complain(f"The report lies at {first_page}")
        if given.children:
            complain("It holds personal data: keep it where such lists are kept, and delete it when it has served.")
    return 0
