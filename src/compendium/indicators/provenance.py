"""What the record can be trusted for: whether a figure has a source, and whether it is final."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from compendium import words
from compendium.calendar.months import add_months, month_start
from compendium.calendar.working_days import elapsed
from compendium.indicators.periods import period_start
from compendium.indicators.shape import Indicator, Need
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES


@dataclass(frozen=True)
class Lack:
    """What a figure needs and no delivery covers.

    begins, ends: the days of which it is needed, both included; None for a table without days.
    """

    need: Need
    begins: date | None = None
    ends: date | None = None

    def __str__(self) -> str:
        """'cp_plan.end_date, 1 April 2016 to 31 January 2017'."""
        name = f"{self.need.table}.{self.need.column}" if self.need.column else self.need.table
        if self.begins is None or self.ends is None:
            return name
        days = [words.day(day) for day in dict.fromkeys((self.begins, self.ends))]
        return f"{name}, {' to '.join(days)}"


class Provenance:
    """For one indicator on one snapshot, under rules in force. as_at: to which everything it needs is complete."""

    def __init__(self, indicator: Indicator, snapshot: Snapshot, parameters: Mapping[str, int | str]) -> None:
        self._indicator, self._snapshot, self._parameters = indicator, snapshot, parameters
        self.as_at = min([snapshot.cut, *self._complete_to()])
        self._known: dict[tuple[str, date], bool] = {}

    def has_source(self, basis: str, month: date) -> bool:
        """Every table and column needed is covered for the whole period, and as long before as the file says."""
        found = self._known.get((basis, month))
        if found is None:
            found = month <= self._snapshot.cut and all(
                self._covered(need, basis, month) for need in self._indicator.needs
            )
            self._known[basis, month] = found
        return found

    def lacking(self, basis: str, month: date) -> list[Lack]:
        """What stands between the month and a figure; nothing when it has a source or lies beyond the record."""
        needs = [need for need in self._indicator.needs if not self._covered(need, basis, month)]
        return list(dict.fromkeys(self._lack(need, basis, month) for need in needs))

    def is_provisional(self, month: date) -> bool:
        """A cohort whose time is not yet up can still change."""
        span = self._indicator.matures
        if span is None:
            return False
        count = int(self._parameters[span.count]) if isinstance(span.count, str) else span.count
        if span.unit == "working_days":
            return elapsed(month, self.as_at) < count
        ready = add_months(month, count) if span.unit == "months" else month + timedelta(days=count)
        return self.as_at < ready

    def _covered(self, need: Need, basis: str, month: date) -> bool:
        return any(self._speaks(each, basis, month) for each in need.all)

    def _speaks(self, need: Need, basis: str, month: date) -> bool:
        snapshot = self._snapshot
        if TABLES[need.table].event is None:
            # A table without dates speaks of no days: it is there, or it is not.
            return bool(snapshot.coverage(need.table, need.column))
        if need.kind == "month_end":
            return snapshot.knows_open(need.table, month, need.column)
        since = self._since(need, basis, month)
        if need.kind == "latest" and snapshot.covers(need.table, month, month, need.column, "latest"):
            return True
        if need.kind == "once":
            spans = snapshot.coverage(need.table, need.column)
            return any(begins <= month and ends >= since for begins, ends in spans)
        return snapshot.covers(need.table, since, month, need.column, "anything" if need.kind == "told" else "events")

    def _lack(self, need: Need, basis: str, month: date) -> Lack:
        if TABLES[need.table].event is None:
            return Lack(need)
        if need.kind == "month_end":
            # Of a table of which nothing is known, the day itself; else all days since the first that is known.
            known = (begins for begins, _ in self._snapshot.coverage(need.table, need.column))
            return Lack(need, min(min(known, default=month), month), month)
        return Lack(need, self._since(need, basis, month), month)

    @staticmethod
    def _since(need: Need, basis: str, month: date) -> date:
        """The first of the days of which a need that is not of a month's end is."""
        if need.kind in ("once", "latest", "told"):
            return month_start(month, 1 - need.months)
        return month_start(period_start(basis, month), -need.months)

    def _complete_to(self) -> list[date]:
        """For each need, the last day of which that which speaks longest of it does."""
        ends = []
        for need in self._indicator.needs:
            dated = [each for each in need.all if TABLES[each.table].event is not None]
            spoken = [self._snapshot.coverage(each.table, each.column) for each in dated]
            ends += [max(spans[-1][1] for spans in spoken if spans)] if any(spoken) else []
        return ends
