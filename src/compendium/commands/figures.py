"""compendium figures --month YYYY-MM: figures on the screen, or for a program."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from compendium import words
from compendium.commands.arguments import add_as_at, add_month, add_workspace, check_over
from compendium.commands.catalogue import catalogue_of, local_rules
from compendium.commands.screen import Progress, comma_separated, complain, say, table
from compendium.errors import ComputeError
from compendium.indicators.compute import MOST_MONTHS, compute, rules_in_force
from compendium.indicators.figures import Figure, Figures
from compendium.indicators.loading import Catalogue
from compendium.indicators.rules import RuleInForce
from compendium.indicators.shape import Indicator
from compendium.pooling.addable import rules_by_indicator
from compendium.pooling.export import export_month_cells, months_to
from compendium.record.areas import unlisted_areas
from compendium.record.deliveries import Record
from compendium.workspace import FILE, Workspace, open_workspace

PARTS = {"mix": "category", "share_gap": "area"}  # kinds of value without a figure of the whole -> what they are by


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("figures", help="print figures of a month")
    add_month(here)
    here.add_argument("--indicator", action="append", metavar="ID", help="only this one (may be repeated)")
    here.add_argument("--by", metavar="NAME", help="area, team, category or a breakdown that the indicator declares")
    add_as_at(here)
    here.add_argument("--format", choices=("text", "json", "csv"), default="text", help="how to print the answer")
    here.add_argument(
        "--export",
        type=Path,
        metavar="FOLDER",
        help="print nothing; write a file of month cells for a pool into this folder (see `compendium pool`)",
    )
    here.add_argument(
        "--months", type=int, default=36, metavar="N", help="with --export: so many months to the month (default: 36)"
    )
    add_workspace(here)
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    catalogue = catalogue_of(workspace)
    asked = [catalogue.require(indicator) for indicator in given.indicator or catalogue]
    check_by(asked, given.by)
    if given.export is not None:
        check_span(given.months)
    months = months_to(given.month, given.months) if given.export is not None else [given.month]
    with Progress("Computing") as progress:
        progress.step("the record as at its cut date")
        record = Record.open(workspace)
        snapshot = record.as_at(given.as_at)
        check_over(given.month, snapshot.cut)
        progress.step("figures")
        shown = together(asked, catalogue)
        beside = [each.counterweight for each in asked if each.counterweight and given.export is None]
        wanted = dict.fromkeys([*shown, *beside])
        figures = compute(snapshot, catalogue, workspace, months=months, indicators=list(wanted))
    if given.export is not None:
        return export(figures, workspace, record, given.export)
    chosen = choose(figures, given.month, given.by, shown)
    rules = {name: rules_in_force(each, catalogue, workspace) for name, each in figures.catalogue.items()}
    told = [as_json(each, rules[each.indicator], catalogue[each.indicator].counterweight) for each in chosen]
    if given.format == "json":
        say(json.dumps(told, indent=2))
    elif given.format == "csv":
        say(as_csv(told))
    else:
        say(as_text(figures, chosen, given.month, local_rules(figures.catalogue, catalogue, workspace)))
        for area, count in unlisted_areas(snapshot, workspace.areas).items():
            complain(f"Area {area}, in {words.plural(count, 'row')}, is not in {FILE}: its cases count as countywide")
    return 0


def together(asked: Sequence[Indicator], catalogue: Catalogue) -> list[str]:
    """The indicators asked for, each followed by those without which it is not to be read."""
    return list(dict.fromkeys(name for each in asked for name in (each.id, *each.show_with) if name in catalogue))


def export(figures: Figures, workspace: Workspace, record: Record, folder: Path) -> int:
    """Month cells for a pool: of the whole authority, whole numbers only."""
    rules = rules_by_indicator(figures.catalogue, workspace)
    path, left_out = export_month_cells(figures, rules, record.authority_code, workspace, folder)
    for name, why in left_out.items():
        complain(f"{name} is left out: {why}")
    complain("It holds small numbers as they are: not for publication.")
    say(f"The month cells lie at {path}")
    return 0


def check_span(months: int) -> None:
    if not 1 <= months <= MOST_MONTHS:
        raise ComputeError(f"{months} months cannot be exported", expected=f"1 to {MOST_MONTHS}")


def check_by(indicators: Sequence[Indicator], by: str | None) -> None:
    """Before anything is computed."""
    known = sorted({"area", "team"}.union(*(indicator.dimensions for indicator in indicators)))
    if by is not None and by not in known:
        raise ComputeError(f"no indicator asked for is broken down by {by!r}", expected=", ".join(known))


def choose(figures: Figures, month: date, by: str | None, names: Iterable[str]) -> list[Figure]:
    """Every basis of every indicator asked for: the whole authority, or each part of it.

    What compares the areas with the whole has no figure for the whole, which is no gap to itself: it is given by area.
    """
    chosen: list[Figure] = []
    for indicator in (figures.catalogue[name] for name in names):
        if by is not None and by not in ("area", "team", *indicator.dimensions):
            continue
        for basis in indicator.bases:
            if by is not None:
                chosen += figures.by(indicator.id, month, by, basis)
            elif indicator.value in PARTS:
                chosen += figures.by(indicator.id, month, PARTS[indicator.value], basis)
            else:
                chosen.append(figures.one(indicator.id, month, basis))
    return chosen


def as_json(figure: Figure, rules: Sequence[RuleInForce], counterweight: str | None) -> dict[str, Any]:
    """The object that other programs rely on; null means that there is none, never 0.

    rules: what it stands on; counterweight: the indicator to read beside it.
    """
    return {
        "indicator": figure.indicator,
        "definition_version": figure.definition_version,
        "period": f"{figure.period:%Y-%m}",
        "basis": figure.basis,
        "area": figure.area,
        "team": figure.team,
        "breakdown": None if figure.breakdown is None else dict([figure.breakdown]),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": None if figure.value is None else float(figure.value),
        "rate": None if figure.rate is None else float(figure.rate),
        "excluded": dict(figure.excluded),
        "as_at": figure.as_at.isoformat(),
        "status": figure.status,
        "counterweight": counterweight,
        "rules": {rule.name: {"value": rule.value, "default": rule.default} for rule in rules},
    }


def as_csv(rows: list[dict[str, Any]]) -> str:
    for row in rows:
        row["rules"] = {name: rule["value"] for name, rule in row["rules"].items()}
        for name in ("breakdown", "excluded", "rules"):
            row[name] = "; ".join(f"{key}={value}" for key, value in (row[name] or {}).items())
    return comma_separated(list(rows[0]) if rows else [], [row.values() for row in rows])


def as_text(figures: Figures, chosen: list[Figure], month: date, rules: Sequence[str]) -> str:
    """rules: the lines that tell them."""
    headings = ("Indicator", "Basis", "Place", "Part", "Value", "Of", "Status")
    rows = [
        (
            figure.indicator,
            figure.basis.replace("_", " "),
            place(figures, figure),
            "" if figure.breakdown is None else f"{figure.breakdown[0]}: {figure.breakdown[1]}",
            figures.catalogue[figure.indicator].written(figure),
            fraction(figures, figure),
            figure.status.replace("_", " "),
        )
        for figure in chosen
    ]
    lines = [f"{words.month(month)}, from records received by {words.day(figures.as_at)}", ""]
    lines.append(table(headings, rows, right=(4, 5)))
    lines += [f"{indicator} cannot be computed: {why}" for indicator, why in figures.problems.items()]
    mixed = [each for each in chosen if figures.is_mixed(each.indicator, each.basis, each.period)]
    for name, basis in dict.fromkeys((each.indicator, each.basis) for each in mixed):
        lines.append(f"{name}, {basis.replace('_', ' ')}: its definition changed within the period, so there is no sum")
    first: dict[str, str] = {}  # the first basis of each on which there is none
    for each in chosen:
        if each.status == "no_source":
            first.setdefault(each.indicator, each.basis)
    for name, basis in first.items():
        if lacking := figures.lacking(name, month, basis):
            listed = "; ".join(map(str, lacking))
            lines.append(f"{name} has no source: no delivery covers all the days it needs of {listed}")
    lines += besides(figures, chosen, month)
    return "\n".join([*lines, *rules])


def besides(figures: Figures, chosen: list[Figure], month: date) -> list[str]:
    """The figure to read beside each of those shown, on its first basis, for the whole authority."""
    told = []
    for name in dict.fromkeys(figure.indicator for figure in chosen):
        other = figures.catalogue.get(figures.catalogue[name].counterweight or "")
        if other is None:
            continue
        now = None if other.value in PARTS else figures.one(other.id, month)
        said = "see its parts" if now is None else other.written(now)
        of = fraction(figures, now) if now is not None else ""
        told.append(f"  {name}: {other.title} ({other.id}), {said}{f' ({of})' if of else ''}")
    return ["", "Read beside them:", *told] if told else []


def place(figures: Figures, figure: Figure) -> str:
    if figure.team is not None:
        return figures.teams[figure.team].name
    return "whole authority" if figure.area is None else figures.areas.get(figure.area, figure.area)


def fraction(figures: Figures, figure: Figure) -> str:
    return in_units(figures.catalogue[figure.indicator], figure.numerator, figure.denominator)


def in_units(indicator: Indicator, numerator: int | None, denominator: int | None) -> str:
    """'638 of 804'; hundredths and pence in whole units, as '5,975 of 313.9', '£2,400 of £63,000'."""
    if numerator is None or denominator is None:
        return ""
    above, below = indicator.scale
    return indicator.out_of(Decimal(numerator) / above, Decimal(denominator) / below)
