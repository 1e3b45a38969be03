"""Which days of the past a triangle can tell of: where something comes every night, few of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from compendium.calendar.months import add_months
from compendium.record.delivery import DeliveryInfo
from compendium.signals.revisions import AGES

Told = Mapping[date, Mapping[str, date | None]]  # day -> table -> the last day of which it told all, if it said so


def told(deliveries: Iterable[DeliveryInfo], after: date, before: date) -> Told:
    """Between two days, neither of them included: the tables of which something came, day by day, oldest first."""
    found: dict[date, dict[str, date | None]] = {}
    for each in deliveries:
        if after < each.received_on < before:
            tables = found.setdefault(each.received_on, {})
            for name in each.tables:
                tables.setdefault(name, None)
            for covered in each.coverage:
                known = tables.get(covered.table)
                tables[covered.table] = max(covered.complete_to, known or covered.complete_to)
    return dict(sorted(found.items()))


def days_that_tell(found: Told, months: Sequence[date]) -> list[date]:
    """months: by their last days. Of each month the day on which a table first told of it, and what had come of every
    table by then and by each of AGES later: no other day can be a month's first, or be asked for afterwards."""
    by_table: defaultdict[str, list[date]] = defaultdict(list)
    firsts: set[date] = set()
    for day, tables in found.items():
        for name in tables:
            by_table[name].append(day)
    for name, days in by_table.items():
        for month in months:
            later = days[bisect_right(days, month) :]
            whole = (day for day in later if (found[day][name] or month) >= month)
            firsts.update(later[:1], [first] if (first := next(whole, None)) else [])
    asked = {add_months(first, age) for first in firsts for age in AGES}
    return sorted({days[at - 1] for days in by_table.values() for day in asked if (at := bisect_right(days, day))})
