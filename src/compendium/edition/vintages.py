"""The figures as they were known at earlier days. Nothing is kept for it: each is computed anew from the deliveries
received by then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from compendium.calendar.months import month_end, month_ends
from compendium.indicators.compute import compute, tables_needed
from compendium.indicators.figures import Figures
from compendium.indicators.loading import Catalogue
from compendium.record.deliveries import Record
from compendium.workspace import Workspace

MONTHS = 13  # of which a triangle is drawn: a year, and the month that has just been published


def months_of(month: date) -> list[date]:
    return list(month_ends(month_end(month, 1 - MONTHS), month))


def states(
    record: Record, catalogue: Catalogue, workspace: Workspace, now: Figures, indicators: Sequence[str], month: date
) -> dict[str, list[Figures]]:
    """Of each indicator its figures after every day on which something came that they read, oldest first, from the end
    of the first of the months on. The last is `now`. Figures.as_at is the day."""
    months = months_of(month)
    reads = {name: set(tables_needed(catalogue, [catalogue.require(name)])) for name in indicators}
    found: dict[str, list[Figures]] = {name: [] for name in indicators}
    for day, told in _told(record, months[0], now.as_at):
        touched = [name for name in indicators if reads[name] & told]
        if touched:
            tables = set().union(*(reads[name] for name in touched))
            over = [each for each in months if each < day]
            figures = compute(record.as_at(day, tables=tables), catalogue, workspace, over, touched)
            for name in touched:
                found[name].append(figures)
    return {name: [*each, now] for name, each in found.items()}


def _told(record: Record, after: date, before: date) -> Iterator[tuple[date, set[str]]]:
    """The tables of which something came, day by day."""
    there = [each for each in record.deliveries() if after < each.received_on < before]
    for day, deliveries in groupby(there, key=lambda each: each.received_on):
        yield day, {name for each in deliveries for name in (*each.tables, *(one.table for one in each.coverage))}
