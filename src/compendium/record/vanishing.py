"""What has vanished from a list: an event that lists showed before, and that a later one should show and does not.

Two rules, for lists of the latest for each child (Annex A lists 6 to 8) and for states on given days.

Withdrawn: an event of a kind that a child has one of at a time (`coverage.ALONE`, `coverage.KEPT_APART`),
shown by an earlier list of the same format, when a later list covers its day and has the child with an
earlier event or, of the former kinds, not at all; or when it has the child with another event so close
after it that the two can only be one, its day corrected.

Ended on an unknown day: an event still open in all that was said of it, when a later list speaks of open
events and of a later day, and does not show it. Its end is then the day after the last on which it was
known open, and is named as assumed: no stock counts it any longer, and no month before that day changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from compendium.record.coverage import ALONE, KEPT_APART, STATES, Coverage
from compendium.record.staging import ORDER, Contribution, Teller, bits_of, by_teller, column_sets, event_key
from compendium.record.tables import Table


@dataclass(frozen=True)
class Shown:
    """A delivery that shows, for the days of its coverage, the latest of each child or all that was open."""

    teller: Teller
    columns: tuple[str, ...]
    coverage: Coverage


def lists(contributions: Sequence[Contribution], coverage: Sequence[tuple[int, Coverage]]) -> list[Shown]:
    """Those that hold rows: a list without one was not supplied."""
    return [
        Shown(teller, columns, one)
        for teller, columns in by_teller(contributions)
        for order, one in coverage
        if order == teller.order and one.grain in ("latest_only", "snapshot")
    ]


def withdrawn(table: Table, shown: Sequence[Shown]) -> str | None:
    """SQL that selects the key and ordinal of events that lists have taken back; None: no list can."""
    latest = [each for each in shown if each.coverage.grain == "latest_only"]
    if len(latest) < 2 or table.event is None or table.name not in {*ALONE, *KEPT_APART}:
        return None
    day, key = table.event, event_key(table)
    spans = _values(
        (
            each.teller.order,
            each.teller.source_format,
            each.coverage.complete_from,
            each.coverage.complete_to,
        )
        for each in latest
    )
    told = f"_at // {ORDER} IN ({', '.join(str(each.teller.order) for each in latest)})"
    gone = [f"told.{day} > had.latest AND told.{day} BETWEEN spans.begins AND spans.ends"]
    if table.name in ALONE:
        gone.append(f"had.latest IS NULL AND told.{day} BETWEEN spans.begins AND spans.ends")
    if table.name in KEPT_APART:
        apart = KEPT_APART[table.name].days
        gone.append(f"told.{day} < had.latest AND told.{day} > had.latest - {apart}")
    return (
        f"WITH spans AS (SELECT * FROM (VALUES {spans}) AS spans(list, format, begins, ends)),"
        f" told AS (SELECT {key}, max(_at) AS newest, max(_at // {ORDER}) FILTER (WHERE {told}) AS list"
        f" FROM staged GROUP BY {key} HAVING max(_at) FILTER (WHERE {told}) IS NOT NULL),"
        f" had AS (SELECT _at // {ORDER} AS list, person_id, max({day}) AS latest FROM staged"
        f" WHERE {told} GROUP BY 1, 2)"
        " SELECT DISTINCT told.* EXCLUDE (newest, list) FROM told"
        " INNER JOIN spans AS before ON before.list = told.list"
        f" INNER JOIN spans ON spans.format = before.format AND spans.list > told.newest // {ORDER}"
        " LEFT JOIN had ON had.list = spans.list AND had.person_id = told.person_id"
        f" WHERE {' OR '.join(f'({each})' for each in gone)}"
    )


def ended(table: Table, contributions: Sequence[Contribution], shown: Sequence[Shown]) -> str | None:
    """SQL that selects the key, ordinal and assumed end of events that ended on an unknown day; None: no list can."""
    end, key = table.ends, event_key(table)
    speaking = [
        each for each in shown if end in each.columns and (each.coverage.grain == "snapshot" or table.name in STATES)
    ]
    if end is None or not speaking:
        return None
    bits = bits_of(end, column_sets(contributions))
    until = _values((each.coverage.complete_to,) for each in speaking)
    known = _values((one.order, one.tells_until) for one, _ in by_teller(contributions))
    return (
        f"SELECT open.* EXCLUDE (known), open.known + 1 AS assumed FROM (SELECT {key}, max(known) AS known FROM staged"
        f" INNER JOIN (VALUES {known}) AS days(told, known) ON told = _at // {ORDER}"
        f" WHERE (_supplies & {bits}) <> 0 GROUP BY {key} HAVING arg_max_null({end}, _at) IS NULL) AS open"
        f" WHERE EXISTS (SELECT 1 FROM (VALUES {until}) AS lists(until) WHERE until > open.known)"
    )


def note_ended(table: Table) -> str:
    """SQL that notes in `merging.assumed_end` those of them that stand in the record."""
    return (
        f"INSERT INTO merging.assumed_end SELECT '{table.name}', person_id, {table.event}, assumed FROM ended"
        f" SEMI JOIN record.{table.name} AS held ON held.person_id = ended.person_id"
        f" AND held.{table.event} = ended.{table.event} AND held.{table.ends} = ended.assumed"
    )


def _values(rows: Iterable[tuple[int | str | date, ...]]) -> str:
    """Rows of constants, for VALUES."""
    return ", ".join(f"({', '.join(map(_constant, row))})" for row in rows)


def _constant(value: int | str | date) -> str:
    if isinstance(value, date):
        return f"DATE '{value}'"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
