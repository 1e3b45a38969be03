"""The record as at a date, merged from deliveries: one query a table, nothing updated in place.

1. Rows with the same natural key and ordinal describe one event, in whatever delivery they stand.
2. An event whose day lies within the `event` or `begun` coverage of a later delivery that does not have it
   is gone: it was withdrawn, or its key was corrected and it stands there under another. It is gone too
   when a list of the latest takes it back (`vanishing`). A delivery takes back nothing of a child of whom it
   had a row that could not be read (`unread`).
3. Each column is as the newest row has it that supplies the column at all, even if empty; but a
   delivery cannot speak of days after its reference date (`behind`).
4. An event still open that a later list of all that is open does not show has ended on a day that
   nobody knows (`vanishing`).

Newer means received later; of deliveries received on one day, the richer format, and then loaded later.
Events of two formats whose days differ are two events: none is ever taken for another. Where the
formats cover the day, rule 2 leaves that of the newer delivery.
"""

from __future__ import annotations

from collections.abc import Sequence

from compendium.record.coverage import WITHDRAWS, Coverage
from compendium.record.staging import ORDER, Contribution, bits_of, column_sets, event_key, same_event
from compendium.record.tables import Table
from compendium.record.unread import Unread


def merge(
    table: Table,
    contributions: Sequence[Contribution],
    coverage: Sequence[tuple[int, Coverage]],
    unread: Unread,
    *,
    placed: bool = False,
    withdrawn: bool = False,
    ended: bool = False,
) -> str:
    """SQL that selects the table as at the cut from `staged`. Coverage is given with its delivery's order.

    placed: each row comes with the place of its newest telling, as `_at`. withdrawn, ended: whether there
    are tables of these names, as `vanishing` selects them.
    """
    heads, joins, source = ["max(_at) AS newest"], "", {}
    for number, (mask, names) in enumerate(_classes(table, contributions).items()):
        row = "newest" if mask is None else f"row_{number}"
        source.update(dict.fromkeys(names, row))
        if mask is not None:
            heads.append(f"max(_at) FILTER (WHERE (_supplies & {mask}) <> 0) AS at_{number}")
            joins += f" LEFT JOIN staged AS {row} ON {row}._at = heads.at_{number}"
    values = {name: f"{row}.{name}" for name, row in source.items()}
    if ended and table.ends:
        joins += f" LEFT JOIN ended ON {same_event(table, 'ended', 'newest')}"
        values[table.ends] = f"coalesce({values[table.ends]}, ended.assumed) AS {table.ends}"
    covered, standing = _covered(table, coverage, unread)
    if withdrawn:
        standing.append(f"NOT EXISTS (SELECT 1 FROM withdrawn WHERE {same_event(table, 'withdrawn', 'newest')})")
    return (
        f"SELECT {', '.join(values[name] for name in table.column_names)}{', newest._at' if placed else ''}"
        f" FROM (SELECT {', '.join(heads)} FROM staged GROUP BY {event_key(table)}) AS heads"
        f" INNER JOIN staged AS newest ON newest._at = heads.newest{joins}{covered}"
        f" WHERE {' AND '.join(standing) or 'true'}"
    )


def _covered(table: Table, coverage: Sequence[tuple[int, Coverage]], unread: Unread) -> tuple[str, list[str]]:
    """A join and conditions, which leave out events that a later delivery covers and does not have."""
    spans = ", ".join(
        f"({order}, DATE '{one.complete_from}', DATE '{one.complete_to}')"
        for order, one in coverage
        if one.grain in WITHDRAWS and order not in unread.nameless
    )
    if table.event is None or not spans:
        return "", []
    children, apart, same, days = "", "", f"covered.day = newest.{table.event}", f"{table.event} AS day"
    if unread.named:  # each of these children by itself; `child` is empty for all others
        children = (
            " LEFT JOIN (SELECT DISTINCT person_id AS child FROM unread) AS spared ON spared.child = {0}.person_id"
        )
        apart = " ANTI JOIN unread ON unread.list = spoken AND unread.person_id = days.child"
        same += " AND covered.child IS NOT DISTINCT FROM spared.child"
        days += ", child"
    return (
        f"{children.format('newest')} LEFT JOIN (SELECT days.*, max(spoken) AS spoken"
        f" FROM (SELECT DISTINCT {days} FROM staged{children.format('staged')}) AS days"
        f" INNER JOIN (VALUES {spans}) AS spans(spoken, begins, ends) ON day BETWEEN begins AND ends{apart}"
        f" GROUP BY ALL) AS covered ON {same}",
        [f"(covered.spoken IS NULL OR covered.spoken <= newest._at // {ORDER})"],
    )


def _classes(table: Table, contributions: Sequence[Contribution]) -> dict[int | None, list[str]]:
    """Columns that always come together share one look for their newest row: the bits of the sets they
    are in -> the columns. None: every row supplies them, or none does, so the event's newest row will do."""
    sets = column_sets(contributions)
    classes: dict[int | None, list[str]] = {}
    for column in table.columns:
        mask = bits_of(column.name, sets)
        everywhere = mask in (0, (1 << len(sets)) - 1)
        classes.setdefault(None if everywhere else mask, []).append(column.name)
    return classes
