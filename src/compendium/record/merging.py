"""The record as at a date, merged from deliveries: one query a table, nothing updated in place.

1. Rows with the same natural key and ordinal describe one event, in whatever delivery they stand.
2. An event whose day lies within the `event` or `begun` coverage of a later delivery that does not have it is
   gone: it was withdrawn, or its key was corrected and it stands there under another.
3. Each column is as the newest row has it that supplies the column at all, even if empty.

Newer means received later; of deliveries received on one day, the richer format, and then loaded later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compendium.record.coverage import WITHDRAWS, Coverage
from compendium.record.tables import Table

ORDER = 1 << 40  # a row's place in the whole record: its delivery's order times this, plus its place in the delivery


@dataclass(frozen=True)
class Contribution:
    """Rows of a table, as SQL can read them, and the sets of columns that they supply.

    at: SQL for a row's place in the whole record, different for every row.
    """

    relation: str
    at: str
    columns: tuple[str, ...]
    supplies: tuple[tuple[str, ...], ...]

    @classmethod
    def delivered(
        cls, order: int, path: str, columns: tuple[str, ...], supplies: tuple[tuple[str, ...], ...]
    ) -> Contribution:
        """What one delivery has of a table: a Parquet file in memory. order: of the delivery, oldest first."""
        relation = f"read_parquet('{path}', file_row_number = true)"
        return cls(relation, f"{order}::BIGINT * {ORDER} + file_row_number", columns, supplies)


def stage(table: Table, contributions: Sequence[Contribution]) -> str:
    """SQL that puts the rows of all deliveries under one another, as the table `staged`."""
    sets = _column_sets(contributions)
    pieces = []
    for one in contributions:
        values = ", ".join(
            column.name if column.name in one.columns else f"NULL::{column.sql_type} AS {column.name}"
            for column in table.columns
        )
        bits = " | ".join(
            f"(((_supplies >> {own}) & 1) << {sets.index(frozenset(supplied))})"
            for own, supplied in enumerate(one.supplies)
        )
        pieces.append(f"SELECT {one.at} AS _at, _ordinal, {bits} AS _supplies, {values} FROM {one.relation}")
    return f"CREATE OR REPLACE TEMP TABLE staged AS {' UNION ALL '.join(pieces)}"


def merge(
    table: Table,
    contributions: Sequence[Contribution],
    coverage: Sequence[tuple[int, Coverage]],
    *,
    placed: bool = False,
) -> str:
    """SQL that selects the table as at the cut from `staged`. Coverage is given with its delivery's order.

    placed: each row comes with the place of its newest telling, as `_at`.
    """
    heads, joins, source = ["max(_at) AS newest"], "", {}
    for number, (mask, names) in enumerate(_classes(table, contributions).items()):
        row = "newest" if mask is None else f"row_{number}"
        source.update(dict.fromkeys(names, row))
        if mask is not None:
            heads.append(f"max(_at) FILTER (WHERE (_supplies & {mask}) <> 0) AS at_{number}")
            joins += f" LEFT JOIN staged AS {row} ON {row}._at = heads.at_{number}"
    values = ", ".join(f"{source[column.name]}.{column.name}" for column in table.columns)
    values += ", newest._at" if placed else ""
    events = f"SELECT {', '.join(heads)} FROM staged GROUP BY {', '.join(table.key)}, _ordinal"
    return (
        f"SELECT {values} FROM ({events}) AS heads"
        f" INNER JOIN staged AS newest ON newest._at = heads.newest{joins}{_standing(table, coverage)}"
    )


def _standing(table: Table, coverage: Sequence[tuple[int, Coverage]]) -> str:
    """The end of the query, which leaves out events that a later delivery covers and does not have."""
    spans = ", ".join(
        f"({order}, DATE '{one.complete_from}', DATE '{one.complete_to}')"
        for order, one in coverage
        if one.grain in WITHDRAWS
    )
    if table.event is None or not spans:
        return ""
    return (
        f" LEFT JOIN (SELECT day, max(spoken) AS spoken FROM (SELECT DISTINCT {table.event} AS day FROM staged)"
        f" INNER JOIN (VALUES {spans}) AS spans(spoken, begins, ends) ON day BETWEEN begins AND ends"
        f" GROUP BY day) AS covered ON covered.day = newest.{table.event}"
        f" WHERE covered.spoken IS NULL OR covered.spoken <= newest._at // {ORDER}"
    )


def _column_sets(contributions: Sequence[Contribution]) -> list[frozenset[str]]:
    return list(dict.fromkeys(frozenset(supplied) for one in contributions for supplied in one.supplies))


def _classes(table: Table, contributions: Sequence[Contribution]) -> dict[int | None, list[str]]:
    """Columns that always come together share one look for their newest row: the bits of the sets they
    are in -> the columns. None: every row supplies them, or none does, so the event's newest row will do."""
    sets = _column_sets(contributions)
    classes: dict[int | None, list[str]] = {}
    for column in table.columns:
        mask = sum(1 << bit for bit, supplied in enumerate(sets) if column.name in supplied)
        everywhere = mask in (0, (1 << len(sets)) - 1)
        classes.setdefault(None if everywhere else mask, []).append(column.name)
    return classes
