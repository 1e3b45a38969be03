"""compendium edition build --month YYYY-MM: the month's edition as accessible pages."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from compendium.commands.arguments import add_as_at, add_month, add_workspace, check_over
from compendium.commands.catalogue import catalogue_of
from compendium.commands.indicator_record import record_own
from compendium.commands.quality import rules_of
from compendium.commands.screen import Progress, say
from compendium.edition.build import build_edition
from compendium.edition.revisions import changed_figures, first_cut_of
from compendium.edition.vintages import Past, past
from compendium.indicators.compute import all_months, compute
from compendium.indicators.row_changes import rows_behind_headlines, why_changed
from compendium.publish.html.write import write
from compendium.record.checks.judging import judge
from compendium.record.deliveries import Record
from compendium.workspace import Workspace, open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("edition", help="the month's edition")
    verbs = here.add_subparsers(dest="verb", required=True, metavar="VERB")
    build = verbs.add_parser("build", help="build the edition of a month as HTML pages")
    add_month(build)
    add_as_at(build)
    add_workspace(build)
    build.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    with Progress("Building the edition") as progress:
        first_page = build(workspace, given.month, given.as_at, progress.step)
    say(f"The edition lies at {first_page}")
    return 0


def build(workspace: Workspace, month: date, as_at: date | None, step: Callable[[str], None]) -> Path:
    """The edition's first page. A later cut also computes the month as it was first known, to show what changed."""
    record = Record.open(workspace)
    cut = as_at or record.latest()
    check_over(month, cut)
    catalogue = catalogue_of(workspace)
    record_own(catalogue, workspace)
    step("the record as at its cut date")
    snapshot = record.as_at(cut)
    step("figures")
    figures = compute(snapshot, catalogue, workspace)
    before, first_known, why = None, None, {}
    first_cut = first_cut_of(record.deliveries(), month, cut)
    if first_cut is not None:
        step("the month as it was first published")
        before = record.as_at(first_cut)
        months = all_months(before, catalogue.values())
        then = rows_behind_headlines(before, catalogue, workspace, list(catalogue), months)
        first_known = compute(before, catalogue, workspace, months, detail="headline", model=then.model)
        step("what changed since")
        changed = changed_figures(first_known, figures, month)
        if changed:
            now = rows_behind_headlines(snapshot, catalogue, workspace, changed, [month])
            found = why_changed(then, now, [(name, month) for name in changed])
            why = {name: each for (name, _), each in found.items()}

    def earlier(names: Sequence[str]) -> Mapping[str, Past]:
        step("the months as they were known before")
        return past(record, catalogue, workspace, snapshot, figures, names, month, before)

    step("the data-quality rules")
    judgement = judge(record, rules_of(workspace).values(), cut, workspace)
    step("pages")
    edition = build_edition(
        figures,
        workspace,
        month,
        snapshot,
        first_known=first_known,
        why_revised=why,
        earlier=earlier,
        judgement=judgement,
    )
    return write(edition, workspace.editions_folder / f"{month:%Y-%m}")
