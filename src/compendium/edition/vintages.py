"""The figures as they were known at earlier days. Nothing is kept for it: each is computed anew from the deliveries
received by then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import median

from compendium.calendar.months import month_end, month_ends, month_start
from compendium.edition.revised import Lateness
from compendium.indicators.compute import compute, tables_needed
from compendium.indicators.figures import Figures
from compendium.indicators.loading import Catalogue
from compendium.indicators.shape import Indicator
from compendium.record.deliveries import Record
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace

FEWEST_LATE = 5  # late records of a team, below which nothing is said of it: who they are could be guessed
MONTHS = 13  # of which a triangle is drawn: a year, and the month that has just been published


def months_of(month: date) -> list[date]:
    return list(month_ends(month_end(month, 1 - MONTHS), month))


@dataclass(frozen=True)
class Past:
    """Of one indicator: its figures at earlier days and now, oldest first (Figures.as_at is the day), and how late the
    records of each team come."""

    states: Sequence[Figures]
    lateness: tuple[Lateness, ...] = ()


def past(
    record: Record,
    catalogue: Catalogue,
    workspace: Workspace,
    snapshot: Snapshot,
    now: Figures,
    indicators: Sequence[str],
    month: date,
) -> dict[str, Past]:
    """snapshot, now: the record and the figures as they stand."""
    found = _states(record, catalogue, workspace, now, indicators, month)
    since = month_start(month, 1 - MONTHS)
    return {name: Past(each, _lateness(record, snapshot, now, catalogue[name], since)) for name, each in found.items()}


def _lateness(
    record: Record, snapshot: Snapshot, now: Figures, indicator: Indicator, since: date
) -> tuple[Lateness, ...]:
    """Of the table that the indicator needs first, if it is of what happens to a child on a day. In order of name."""
    late = record.late_by_team(indicator.needs[0].table, snapshot, since) if indicator.needs else {}
    found = [
        Lateness(now.teams[team].name, len(days), round(median(days)))
        for team, days in late.items()
        if len(days) >= FEWEST_LATE and team in now.teams
    ]
    return tuple(sorted(found, key=lambda each: each.team))


def _states(
    record: Record, catalogue: Catalogue, workspace: Workspace, now: Figures, indicators: Sequence[str], month: date
) -> dict[str, list[Figures]]:
    """After every day on which something came that an indicator reads, from the end of the first of the months on."""
    months = months_of(month)
    reads = {name: set(tables_needed(catalogue, [catalogue.require(name)])) for name in indicators}
    found: dict[str, list[Figures]] = {name: [] for name in indicators}
    for day, told in _told(record, months[0], now.as_at):
        touched = [name for name in indicators if reads[name] & told]
        if touched:
            tables = set().union(*(reads[name] for name in touched))
            over = [each for each in months if each < day]
            figures = compute(record.as_at(day, tables=tables), catalogue, workspace, over, touched, detail="headline")
            for name in touched:
                found[name].append(figures)
    return {name: [*each, now] for name, each in found.items()}


def _told(record: Record, after: date, before: date) -> Iterator[tuple[date, set[str]]]:
    """The tables of which something came, day by day."""
    there = [each for each in record.deliveries() if after < each.received_on < before]
    for day, deliveries in groupby(there, key=lambda each: each.received_on):
        yield day, {name for each in deliveries for name in (*each.tables, *(one.table for one in each.coverage))}
