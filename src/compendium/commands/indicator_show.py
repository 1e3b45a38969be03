"""compendium indicator show ID: a definition, its figures of the last months, and the rows behind one of them."""

from __future__ import annotations

import argparse
from datetime import date

from compendium import words
from compendium.calendar.months import last_month_over, month_end, month_ends
from compendium.commands.account import account
from compendium.commands.arguments import add_as_at, add_workspace, check_over, month
from compendium.commands.catalogue import catalogue_of
from compendium.commands.figures import PARTS, fraction, in_units
from compendium.commands.screen import comma_separated, say, table
from compendium.errors import ComputeError
from compendium.indicators.compute import compute, rules_in_force
from compendium.indicators.figures import Figure, Figures
from compendium.indicators.loading import Catalogue
from compendium.indicators.rows import rows_behind
from compendium.indicators.shape import Indicator
from compendium.record.access import AccessRecord, ChildRows
from compendium.record.deliveries import Record
from compendium.record.snapshot import Snapshot
from compendium.workspace import FILE, Workspace, open_workspace

MONTHS = 13  # so that the same month a year before is there


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    show = verbs.add_parser("show", help="print a definition, its figures and the rows behind one of them")
    _add_cell(show)
    show.add_argument("--month", type=month, metavar="YYYY-MM", help="the last month (default: the last one over)")
    show.add_argument("--rows", action="store_true", help="the list behind that month's figure; reading it is recorded")
    show.add_argument("--why", default="", metavar="TEXT", help="with --rows: what the list is needed for")
    show.set_defaults(run=run_show)
    rows = verbs.add_parser("rows", help="the list behind a figure; reading it is recorded")
    _add_cell(rows)
    rows.add_argument("--month", type=month, required=True, metavar="YYYY-MM", help="the month, for example 2017-01")
    rows.add_argument("--why", required=True, metavar="TEXT", help="why the list is needed; kept in the access record")
    rows.add_argument("--format", choices=("text", "csv"), default="text", help="how to print the list")
    rows.set_defaults(run=run_rows)


def _add_cell(to: argparse.ArgumentParser) -> None:
    """What names a figure, and which of its rows."""
    to.add_argument("indicator", metavar="ID", help="the indicator, for example icpc_15wd")
    to.add_argument("--basis", help="the basis of the figure (default: the indicator's first)")
    to.add_argument("--area", help="only this area, by its name or id")
    to.add_argument("--team", help="only this team, by its id")
    to.add_argument("--by", metavar="NAME=PART", help="only this part of a breakdown, for example age_band='5 to 9'")
    to.add_argument("--missed", action="store_true", help="of the rows, only those not in the numerator: the overdue")
    add_as_at(to)
    add_workspace(to)


def run_show(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace) if (given.workspace / FILE).is_file() else None
    catalogue = catalogue_of(workspace)
    indicator = catalogue.require(given.indicator)
    say(indicator.in_words(rules_in_force(indicator, catalogue, workspace)))
    say(_beside(catalogue, indicator))
    if workspace is None or not Record.open(workspace).deliveries():
        return 0
    snapshot = Record.open(workspace).as_at(given.as_at)
    last = given.month or last_month_over(snapshot.cut)
    check_over(last, snapshot.cut)
    shown = [indicator.id, *([indicator.counterweight] if indicator.counterweight else [])]
    figures = compute(snapshot, catalogue, workspace, list(month_ends(month_end(last, 1 - MONTHS), last)), shown)
    say()
    say(_series(figures, indicator, last, given, workspace))
    if given.rows:
        say()
        _say_rows(given, workspace, catalogue, snapshot, last, "text")
    return 0


def run_rows(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    snapshot = Record.open(workspace).as_at(given.as_at)
    _say_rows(given, workspace, catalogue_of(workspace), snapshot, given.month, given.format)
    return 0


def _beside(catalogue: Catalogue, indicator: Indicator) -> str:
    if indicator.counterweight:
        return f"Read beside it: {catalogue[indicator.counterweight].title} ({indicator.counterweight})"
    return f"Nothing is read beside it: {indicator.no_counterweight}" if indicator.no_counterweight else ""


def _series(figures: Figures, indicator: Indicator, last: date, given: argparse.Namespace, workspace: Workspace) -> str:
    """Month by month; of a figure that only its parts have, the parts of the last month."""
    part, area = _part(given.by), _area(given.area, workspace)
    basis = _basis(given.basis)
    if part is None and area is None and given.team is None and indicator.value in PARTS:
        dimension = PARTS[indicator.value]
        parts = figures.by(indicator.id, last, dimension, basis)
        named = [((each.area and figures.areas[each.area]) or (each.breakdown or ("", ""))[1], each) for each in parts]
        return _table(figures, words.month(last), named)
    found = figures.series(indicator.id, basis, area=area, team=given.team, breakdown=part)
    text = _table(figures, "Month", [(words.month(each.period), each) for each in found])
    if not indicator.counterweight:
        return text
    other = figures.catalogue[indicator.counterweight]
    if other.value in PARTS:
        return f"{text}\nRead beside it: {other.title}: see its parts"
    now = figures.one(other.id, last)
    of = fraction(figures, now)
    return f"{text}\nRead beside it: {other.title}, {words.month(last)}: {other.written(now)}{f' ({of})' if of else ''}"


def _table(figures: Figures, heading: str, named: list[tuple[str, Figure]]) -> str:
    """The version stands in a column where there is more than one: what lies on either side is not one series."""
    has_break = len({figure.definition_version for _, figure in named}) > 1
    headings = [heading, "Value", "Of", "Status", *(["Version"] if has_break else [])]
    rows = [
        [
            name,
            figures.catalogue[figure.indicator].written(figure),
            fraction(figures, figure),
            figure.status.replace("_", " "),
            *([str(figure.definition_version)] if has_break else []),
        ]
        for name, figure in named
    ]
    why = [f"{name}: {problem}" for name, problem in figures.problems.items()]
    mark = ["The definition changed where the version does: do not compare across it."] if has_break else []
    return "\n".join([table(headings, rows, right=(1, 2)), *mark, *why])


def _say_rows(
    given: argparse.Namespace, workspace: Workspace, catalogue: Catalogue, snapshot: Snapshot, last: date, form: str
) -> None:
    indicator = catalogue.require(given.indicator)
    rows = rows_behind(
        snapshot,
        catalogue,
        workspace,
        indicator.id,
        last,
        _basis(given.basis),
        area=_area(given.area, workspace),
        team=given.team,
        part=_part(given.by),
        missed=given.missed,
        access=AccessRecord.open(workspace),
        who=account(),
        why=given.why,
    )
    headings = list(rows[0]) if rows else []
    cells = [["" if row[name] is None else str(row[name]) for name in headings] for row in rows]
    if form == "csv":
        say(comma_separated(headings, cells))
        return
    if rows:
        say(table(headings, cells))
    say(total(indicator, rows))


def total(indicator: Indicator, rows: ChildRows) -> str:
    """'139 rows: 110 of 136; 3 left out, each with its reason': what the figure makes of the rows."""
    counted = [row for row in rows if row["excluded"] is None]
    said = words.plural(len(rows), "row")
    if rows and "denominator" in rows[0] and "counts_in" not in rows[0]:
        parts = [sum(row[part] or 0 for row in counted) for part in ("numerator", "denominator")]
        said += f": {in_units(indicator, *parts)}"
    if len(counted) < len(rows):
        said += f"; {words.number(len(rows) - len(counted))} left out, each with its reason"
    return said


def _basis(given: str | None) -> str | None:
    return given and given.replace(" ", "_")


def _area(given: str | None, workspace: Workspace) -> str | None:
    return next((each for each, name in workspace.areas.items() if given in (each, name)), given)


def _part(given: str | None) -> tuple[str, str] | None:
    if given is None:
        return None
    name, equals, part = given.partition("=")
    if not equals:
        expected = "--by NAME=PART, for example --by age_band='5 to 9'"
        raise ComputeError(f"--by {given!r} names no part", expected=expected)
    return name, part
