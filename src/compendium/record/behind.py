"""Deliveries that are behind: received after others, but speaking of an earlier day than those had seen.

The census received in July speaks of 31 March; the workbook received in June has seen May. Where a case
closed in May, the census's empty closing date says only that it was open on 31 March. So, before the rows
are merged, each row of a delivery that is behind takes over what it could not know:

- an empty day of something that happens, and its reason, where older rows have a later day than its
  reference date;
- a state, where an older row speaks of a later day than its reference date.

Whatever else it says counts as of the day it was received: a corrected day of February stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from compendium.record.staging import (
    ORDER,
    Contribution,
    Teller,
    bits_of,
    by_teller,
    column_sets,
    event_key,
    same_event,
)
from compendium.record.tables import Table


def take_over(table: Table, contributions: Sequence[Contribution]) -> Iterator[str]:
    """SQL that changes `staged`, to be run in this order: oldest delivery first."""
    sets, told = column_sets(contributions), by_teller(contributions)
    for one, columns in told:
        before = [each for each, _ in told if each.order < one.order]
        if any(each.received_on > one.tells_until for each in before):
            own = [name for name in columns if name not in table.key and name != table.event]
            ahead = [each for each in before if each.tells_until > one.tells_until]
            if days := _days(table, own):
                yield _take_days(table, one, days, sets)
            if ahead and (states := [name for name in own if name in table.states]):
                yield _take_states(table, one, states, ahead, sets)


def _days(table: Table, own: Sequence[str]) -> dict[str, str]:
    """Columns that are empty until something has happened -> the column with the day on which it did.

    A reason has its day even where the delivery has not.
    """
    happens = {each.name for each in table.columns if each.happens and each.name not in table.states}
    reasons = {name: f"{name.removesuffix('_reason')}_date" for name in own if name.endswith("_reason")}
    days = {name: name for name in own} | reasons
    return {name: day for name, day in days.items() if day in happens}


def _take_days(table: Table, one: Teller, days: Mapping[str, str], sets: Sequence[frozenset[str]]) -> str:
    told = {
        name: f"arg_max_null({name}, _at) FILTER (WHERE (_supplies & {bits_of(name, sets)}) <> 0)"
        for name in sorted({*days, *days.values()})
    }
    taken = {
        name: (
            f"staged.{day} IS NULL AND staged.{name} IS NULL AND older.{day} > DATE '{one.tells_until}'",
            f"older.{name}",
        )
        for name, day in days.items()
    }
    lacking = " OR ".join(f"{day} IS NULL" for day in dict.fromkeys(days.values()))
    return _statement(table, one, told, taken, lacking, f"_at < {one.order * ORDER}")


def _take_states(
    table: Table, one: Teller, states: Sequence[str], ahead: Sequence[Teller], sets: Sequence[frozenset[str]]
) -> str:
    """Wrapped, so that an empty state is told from none."""
    told = {
        name: f"arg_max({{'value': {name}}}, _at) FILTER (WHERE (_supplies & {bits_of(name, sets)}) <> 0)"
        for name in states
    }
    taken = {name: (f"older.{name} IS NOT NULL", f"older.{name}.value") for name in states}
    spans = " OR ".join(f"(_at >= {each.order * ORDER} AND _at < {(each.order + 1) * ORDER})" for each in ahead)
    return _statement(table, one, told, taken, "true", f"({spans})")


def _statement(
    table: Table,
    one: Teller,
    told: Mapping[str, str],
    taken: Mapping[str, tuple[str, str]],
    lacking: str,
    older: str,
) -> str:
    """told: column -> what the older rows say of it. taken: column -> when it is taken over, and its value."""
    key, own = event_key(table), f"_at >= {one.order * ORDER} AND _at < {(one.order + 1) * ORDER}"
    changes = ", ".join(
        f"{name} = CASE WHEN {when} THEN {value} ELSE staged.{name} END" for name, (when, value) in taken.items()
    )
    aggregates = ", ".join(f"{aggregate} AS {name}" for name, aggregate in told.items())
    return (
        f"UPDATE staged SET {changes} FROM (SELECT {key}, {aggregates} FROM staged AS earlier WHERE {older}"
        f" AND EXISTS (SELECT 1 FROM staged AS own WHERE {own} AND ({lacking})"
        f" AND {same_event(table, 'own', 'earlier')}) GROUP BY {key}) AS older"
        f" WHERE staged._at >= {one.order * ORDER} AND staged._at < {(one.order + 1) * ORDER}"
        f" AND {same_event(table, 'staged', 'older')} AND ({' OR '.join(when for when, _ in taken.values())})"
    )
