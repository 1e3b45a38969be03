"""A small county to count in: drawn tables in, figures out, by the very path that real figures take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from compendium.calendar.months import parse_month
from compendium.engine.drawn import read_drawn
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace
from tests.catalogue.naive.history import Row

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


def figures(tables: Mapping[str, str | list[Row]], month: str, *indicators: str, as_at: date | None = None) -> Figures:
    """Figures of one month; tables are drawn as text, or given as rows where drawing them would be long."""
    last = parse_month(month)
    rows = {name: drawn(table) if isinstance(table, str) else table for name, table in tables.items()}
    made = compute(Snapshot.drawn(rows, as_at or last), catalogue(), COUNTY, [last], list(indicators))
    assert made.problems == {}
    return made
