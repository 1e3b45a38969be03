"""compendium revisions --indicator ID: how its months were revised, and whether their verdicts of then still stand."""

from __future__ import annotations

import argparse
import json

from compendium import words
from compendium.calendar.months import last_month_over
from compendium.commands.arguments import add_as_at, add_workspace, check_over
from compendium.commands.arguments import month as month_of
from compendium.commands.catalogue import catalogue_of, local_rules
from compendium.commands.screen import Progress, say, table
from compendium.edition.edition import NO_HEADLINE
from compendium.edition.judging import rebased_by
from compendium.edition.plain import as_plain
from compendium.edition.revised import RevisionHistory
from compendium.edition.revision_words import AGES, WHAT_IS_LATE, flipped, why
from compendium.edition.triangle import history
from compendium.edition.vintages import past
from compendium.errors import ComputeError
from compendium.indicators.compute import compute, tables_needed
from compendium.record.deliveries import Record
from compendium.workspace import open_workspace

NOTHING = "Nothing is known of it in these months."


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("revisions", help="how an indicator's months changed after they were first published")
    here.add_argument("--indicator", required=True, metavar="ID", help="which one")
    here.add_argument(
        "--month", type=month_of, metavar="YYYY-MM", help="the last of 13 months (default: the newest that is over)"
    )
    add_as_at(here)
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    add_workspace(here)
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    indicator = catalogue.require(given.indicator)
    if indicator.value in NO_HEADLINE:
        raise ComputeError(
            f"{indicator.id} has no one figure that could be revised", expected="a count or a share, say"
        )
    with Progress("Computing") as progress:
        progress.step("the record as at its cut date")
        record = Record.open(workspace)
        cut = given.as_at or record.latest()
        month = given.month or last_month_over(cut)
        check_over(month, cut)
        snapshot = record.as_at(cut, tables=tables_needed(catalogue, [indicator], "headline"))
        now = compute(snapshot, catalogue, workspace, indicators=[indicator.id], detail="headline")
        progress.step("its months as they were known before")
        before = past(record, catalogue, workspace, snapshot, now, [indicator.id], month)[indicator.id]
        found = history(indicator, before, month, rebased_by(workspace, indicator.id, cut))
    if given.format == "json":
        say(json.dumps(as_plain(found), ensure_ascii=False, indent=2))
    else:
        rules = local_rules([indicator.id], catalogue, workspace)
        say(NOTHING if found is None else "\n".join([as_text(indicator.words["title"], found), *rules]))
    return 0


def as_text(title: str, found: RevisionHistory) -> str:
    lines = [title, ""]
    if found.was_revised:
        rows = [
            (
                words.month(each.month),
                words.day(each.first_on),
                *(known or "not yet" for known in each.at_ages),
                each.now,
                why(each),
            )
            for each in found.months
        ]
        headings = ("Month", "First known on", *AGES.values(), "Now", "Why")
        lines += [table(headings, rows, right=range(2, len(headings) - 1)), ""]
    if found.usual:
        usual = [
            (
                AGES[each.age],
                words.number(each.months),
                each.mean,
                each.either_way,
                each.lowest,
                each.highest,
                each.told,
            )
            for each in found.usual
        ]
        named = ("Revised", "Months", "On average", "Average size", "Lowest", "Highest", "All one way?")
        lines += [table(named, usual, right=(1,)), ""]
    lines += [*found.sentences, *map(flipped, found.flipped)]
    if found.lateness:
        late = [(each.team, words.number(each.late), words.number(each.days)) for each in found.lateness]
        lines += [
            "",
            table(("Team", "Late records", "Median days after the event"), late, right=(1, 2)),
            "",
            WHAT_IS_LATE,
        ]
    return "\n".join(lines)
