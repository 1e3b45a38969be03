"""A small county to count in: drawn tables in, figures out, by the very path that real figures take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from compendium.calendar.months import parse_month
from compendium.engine.drawn import read_drawn
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace
from tests.catalogue.naive.history import Row

Rows = str | Sequence[Mapping[str, Any]]  # drawn as text, or given
AREAS = {
    "NE": "North East", "NW": "North West", "SE": "South East", "SW": "South West", "countywide": "Countywide teams",
}  # fmt: skip
COUNTY = Workspace(Path(), "A county", "999", True, AREAS, None, "", Path())


@cache
def catalogue() -> Catalogue:
    return load_catalogue([SHIPPED])


def drawn(table: str) -> list[Row]:
    """The rows of a table drawn as text."""
    rows, wrong = read_drawn(table)
    assert wrong is None, wrong
    return [dict(row) for row in rows]


def figures(
    tables: Mapping[str, Rows],
    month: str,
    *indicators: str,
    as_at: date | None = None,
    rules: Mapping[str, int | str] | None = None,
) -> Figures:
    """Figures of one month; tables are drawn as text, or given as rows where drawing them would be long."""
    last = parse_month(month)
    rows: dict[str, Sequence[Mapping[str, Any]]] = {
        name: drawn(table) if isinstance(table, str) else table for name, table in tables.items()
    }
    county = replace(COUNTY, rules=rules or {})
    made = compute(Snapshot.drawn(rows, as_at or last), catalogue(), county, [last], list(indicators))
    assert made.problems == {}
    return made


def share(
    indicator: str,
    month: str,
    *,
    as_at: date | None = None,
    rules: Mapping[str, int | str] | None = None,
    **tables: Rows,
) -> tuple[int | None, int | None]:
    """Numerator and denominator of a month, or of its end, for the whole county."""
    figure = figures(tables, month, indicator, as_at=as_at, rules=rules).one(indicator, parse_month(month))
    return figure.numerator, figure.denominator
