"""The figures as they were known at earlier days. Nothing is kept for it: each is computed anew from the deliveries
received by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from statistics import median

from compendium.calendar.months import month_end, month_ends, month_start
from compendium.edition.edition import Reading
from compendium.edition.reading import reading
from compendium.edition.revised import Lateness
from compendium.edition.vintage_days import days_that_tell, told
from compendium.indicators.compute import compute, tables_needed
from compendium.indicators.figures import Figures
from compendium.indicators.loading import Catalogue
from compendium.indicators.row_changes import RowChanges, rows_behind_headlines, why_changed
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
    """Of one indicator. now: its figures as they stand. told: of each month, oldest first, the days that tell, on which
    something came that the indicator reads, each with its reading as at the end of the day; the last is now's. why: how
    the rows changed of each month whose figure is another now. lateness: how late the records of each team come."""

    now: Figures
    told: Mapping[date, Sequence[tuple[date, Reading]]]
    why: Mapping[date, RowChanges] = field(default_factory=dict)
    lateness: tuple[Lateness, ...] = ()

    @classmethod
    def of(cls, indicator: Indicator, states: Sequence[Figures], lateness: tuple[Lateness, ...] = ()) -> Past:
        """From its figures at earlier days and now, oldest first (Figures.as_at is the day)."""
        told: dict[date, list[tuple[date, Reading]]] = defaultdict(list)
        for figures in states:
            for month in figures.months:
                told[month].append((figures.as_at, reading(indicator, figures.one(indicator.id, month))))
        return cls(states[-1], told, lateness=lateness)


def past(
    record: Record,
    catalogue: Catalogue,
    workspace: Workspace,
    snapshot: Snapshot,
    now: Figures,
    indicators: Sequence[str],
    month: date,
    before: Snapshot | None = None,
) -> dict[str, Past]:
    """snapshot, now: the record and the figures as they stand. before: the whole record of an earlier day, if it stands
    in memory already. Of no indicators, where none has a figure, nothing."""
    if not indicators:
        return {}
    earlier = _Earlier(record, catalogue, workspace, snapshot, now, months_of(month), indicators, before)
    earlier.tell()
    late = _lateness(record, snapshot, now, [catalogue[name] for name in indicators], month_start(month, 1 - MONTHS))
    return {name: Past(now, earlier.told[name], earlier.why[name], late[name]) for name in indicators}


class _Earlier:
    """told: by indicator and month, the reading at the end of each day on which something came that it reads. why: by
    indicator and month, how the rows changed from the first day on which the month was known until now."""

    def __init__(
        self,
        record: Record,
        catalogue: Catalogue,
        workspace: Workspace,
        snapshot: Snapshot,
        now: Figures,
        months: Sequence[date],
        indicators: Sequence[str],
        before: Snapshot | None,
    ) -> None:
        self._record, self._catalogue, self._workspace = record, catalogue, workspace
        self._before = before
        self._now, self._months = now, [each for each in months if each in now.months]
        self._reads = {
            name: set(tables_needed(catalogue, [catalogue.require(name)], "headline")) for name in indicators
        }
        self.told: dict[str, dict[date, list[tuple[date, Reading]]]] = {name: defaultdict(list) for name in indicators}
        self.why: dict[str, dict[date, RowChanges]] = {name: {} for name in indicators}
        self._rows_now = rows_behind_headlines(snapshot, catalogue, workspace, indicators, self._months)

    def tell(self) -> None:
        found = told(self._record.deliveries(), self._months[0], self._now.as_at)
        for day in days_that_tell(found, self._months):
            touched = [name for name, read in self._reads.items() if read & found[day].keys()]
            if touched:
                self._tell_of(day, touched)
        for name, month in product(self._reads, self._months):
            self.told[name][month].append((self._now.as_at, self._reading(self._now, name, month)))

    def _tell_of(self, day: date, names: Sequence[str]) -> None:
        """As at the end of a day, of the indicators that read what came on it."""
        months = [each for each in self._months if each < day]
        snapshot = self._before
        if snapshot is None or snapshot.cut != day:
            snapshot = self._record.as_at(day, tables=set().union(*(self._reads[name] for name in names)))
        rows = rows_behind_headlines(snapshot, self._catalogue, self._workspace, names, months)
        figures = compute(
            snapshot, self._catalogue, self._workspace, months, names, detail="headline", model=rows.model
        )
        revised = []
        for name, month in product(names, months):
            known, found = self.told[name][month], self._reading(figures, name, month)
            is_first = found.value is not None and all(each.value is None for _, each in known)
            if is_first and found.written != self._reading(self._now, name, month).written:
                revised.append((name, month))
            known.append((day, found))
        if revised:
            for (name, month), changes in why_changed(rows, self._rows_now, revised).items():
                self.why[name][month] = changes

    def _reading(self, figures: Figures, name: str, month: date) -> Reading:
        return reading(self._catalogue[name], figures.one(name, month))


def _lateness(
    record: Record, snapshot: Snapshot, now: Figures, indicators: Sequence[Indicator], since: date
) -> dict[str, tuple[Lateness, ...]]:
    """Of the table that an indicator needs first, if it is of what happens to a child on a day. In order of name."""
    tables = {each.id: each.needs[0].table for each in indicators if each.needs}
    late = {table: record.late_by_team(table, snapshot, since) for table in sorted(set(tables.values()))}

    def told(table: str) -> tuple[Lateness, ...]:
        found = [
            Lateness(now.teams[team].name, len(days), round(median(days)))
            for team, days in late[table].items()
            if len(days) >= FEWEST_LATE and team in now.teams
        ]
        return tuple(sorted(found, key=lambda each: each.team))

    return {each.id: told(tables[each.id]) if each.id in tables else () for each in indicators}
