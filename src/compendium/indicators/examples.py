"""The examples of indicator files: drawn rows in, through the very path that real figures take, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from compendium import words
from compendium.errors import CompendiumError
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figure, Figures
from compendium.indicators.loading import Catalogue
from compendium.indicators.shape import Example, Indicator
from compendium.record.board import Board
from compendium.record.snapshot import Snapshot
from compendium.workspace import COUNTYWIDE, Workspace

AUTHORITY = "999"  # the geography code of the whole authority in a drawn `population`


@dataclass(frozen=True)
class Failure:
    """An example that does not hold."""

    indicator: Indicator
    example: Example
    what: str

    def __str__(self) -> str:
        return f"{self.indicator.file}, line {self.example.line}: {self.what}\n  Example: {self.example.says}"


def run_examples(catalogue: Catalogue, only: list[str] | None = None) -> list[Failure]:
    """Every example of every indicator (or of those named); what did not hold."""
    failures, board = [], Board()
    for name in only or list(catalogue):
        indicator = catalogue.require(name)
        for example in indicator.examples:
            found = differences(catalogue, indicator, example, board)
            failures += [Failure(indicator, example, what) for what in found]
    return failures


def differences(
    catalogue: Catalogue, indicator: Indicator, example: Example, board: Board | None = None
) -> Iterator[str]:
    """What an example expected and did not get. board: to draw on (None: one of its own)."""
    try:
        snapshot = Snapshot.drawn(example.given, example.as_at, board=board)
        figures = compute(snapshot, catalogue, example_workspace(indicator, example), [example.month], [indicator.id])
    except CompendiumError as fault:
        yield str(fault)
        return
    yield from unlike(figures, indicator, example)


def unlike(figures: Figures, indicator: Indicator, example: Example) -> Iterator[str]:
    """What figures, made from what an example draws, have otherwise than it expects."""
    if indicator.id in figures.problems:
        yield figures.problems[indicator.id]
        return
    expect = dict(example.expect)
    basis = example.basis or None
    for area, wanted in expect.pop("areas", {}).items():
        figure = figures.one(indicator.id, example.month, basis, area=area)
        yield from _compare(f"area {area}: ", wanted, figure)
    for team, wanted in expect.pop("teams", {}).items():
        figure = figures.one(indicator.id, example.month, basis, team=team)
        yield from _compare(f"team {team}: ", wanted, figure)
    for dimension, values in expect.pop("by", {}).items():
        for value, wanted in values.items():
            figure = figures.one(indicator.id, example.month, basis, breakdown=(dimension, str(value)))
            yield from _compare(f"{dimension} {value}: ", wanted, figure)
    if "categories" in expect:
        yield from _compare_categories(expect.pop("categories"), figures, indicator, example, basis)
    if "amounts" in expect:
        found = dict(figures.amounts(indicator.id, example.month, basis))
        if found != expect["amounts"]:
            yield f"amounts: expected {expect['amounts']}, got {dict(sorted(found.items()))}"
        del expect["amounts"]
    yield from _compare("", expect, figures.one(indicator.id, example.month, basis))


def _compare_categories(
    wanted: Mapping[str, int], figures: Figures, indicator: Indicator, example: Example, basis: str | None
) -> Iterator[str]:
    found = {
        figure.breakdown[1]: figure.numerator
        for figure in figures.by(indicator.id, example.month, "category", basis)
        if figure.breakdown and figure.numerator
    }
    if found != {str(name): number for name, number in wanted.items() if number}:
        yield f"categories: expected {dict(wanted)}, got {found}"


def _compare(where: str, wanted: Mapping[str, Any], figure: Figure) -> Iterator[str]:
    for name, value in wanted.items():
        found = getattr(figure, name)
        if name in ("value", "rate") and value is not None:
            # As exact as it is written: `value: 66.7` is right for 66.666...
            written = Decimal(str(value))
            decimals = max(0, -int(written.as_tuple().exponent))
            if found is None or words.rounded(found, decimals) != written:
                yield f"{where}{name}: expected {value}, got {found}"
        elif name == "excluded":
            if dict(found) != {str(reason): number for reason, number in value.items()}:
                yield f"{where}excluded: expected {dict(value)}, got {dict(found)}"
        elif found != value:
            yield f"{where}{name}: expected {value}, got {found}"


def example_workspace(indicator: Indicator, example: Example) -> Workspace:
    """A county of the areas that the example draws or expects, and of the rules that it sets."""
    drawn = {row["area_id"] for rows in example.given.values() for row in rows if row.get("area_id")}
    areas = dict.fromkeys(sorted({*map(str, drawn), *map(str, example.expect.get("areas", {}))} - {COUNTYWIDE}))
    return Workspace(
        folder=Path(),
        authority_name="The example's county",
        authority_code=AUTHORITY,
        synthetic=True,
        areas={**{area: area for area in areas}, COUNTYWIDE: "Countywide"},
        region_code=None,
        england_code="",
        key_file=Path(),
        limits={indicator.id: {name: value for name, value in example.rules.items() if name in indicator.limits}},
        rules={name: value for name, value in example.rules.items() if name not in indicator.limits},
    )
