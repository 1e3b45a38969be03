"""What has vanished from a list: an event that lists showed before, and that a later one should show and does not.

Two rules, for lists of the latest for each child (Annex A lists 6 to 8) and for states on given days.

Withdrawn: an event of a kind that a child has one of at a time (`coverage.ALONE`, `ONE_WITHIN`), shown by
an earlier list of the same format, when a later list covers its day and has the child with an earlier event
or, of the former kinds, not at all; or when it has the child with another event so close after it that the
two are taken for one, its day corrected. What lasts and is known to have ended by the day on which the other
begins is never taken for that: a child may have a plan that ends and be on another ten days later. Of what
does not last (reviews) two are taken for one only within a week, for a conference may be reconvened.

Ended on an unknown day: an event still open in all that was said of it, when a later list speaks of open
events and of a later day, and does not show it. Its end is then the day after the last on which it was
known open, and is named as assumed: no stock counts it any longer, and no month before that day changes.

Neither says anything of a child of whom the later list had a row that could not be read (`unread`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from compendium.record.coverage import ALONE, Coverage, shows_open
from compendium.record.staging import ORDER, Contribution, Teller, bits_of, by_teller, column_sets, event_key
from compendium.record.tables import Table
from compendium.record.unread import Unread

# A child is listed on one day, and by a later list on another less than so many days after it: the day was corrected.
# A plan still open is hardly ended and followed by another so soon; reviews of one week are hardly two.
ONE_WITHIN = {"cp_plan": timedelta(days=35), "cp_review": timedelta(days=7)}


@dataclass(frozen=True)
class Shown:
    """A delivery that shows, for the days of its coverage, the latest of each child or all that was open.

    whole: it had no row that may have been of any child, and so says something by what it does not show.
    """

    teller: Teller
    columns: tuple[str, ...]
    coverage: Coverage
    whole: bool


def lists(
    contributions: Sequence[Contribution], coverage: Sequence[tuple[int, Coverage]], unread: Unread
) -> list[Shown]:
    """Those that hold rows: a list without one was not supplied."""
    return [
        Shown(teller, columns, one, order not in unread.nameless)
        for teller, columns in by_teller(contributions)
        for order, one in coverage
        if order == teller.order and one.grain in ("latest_only", "snapshot")
    ]


def withdrawn(table: Table, contributions: Sequence[Contribution], shown: Sequence[Shown]) -> str | None:
    """SQL that selects the key and ordinal of events that lists have taken back; None: no list can."""
    latest = [each for each in shown if each.coverage.grain == "latest_only"]
    if len(latest) < 2 or table.event is None or table.name not in {*ALONE, *ONE_WITHIN}:
        return None
    day, key = table.event, event_key(table)
    spans = _values(
        (
            each.teller.order,
            each.teller.source_format,
            each.coverage.complete_from,
            each.coverage.complete_to,
            each.whole,
        )
        for each in latest
    )
    told = f"_at // {ORDER} IN ({', '.join(str(each.teller.order) for each in latest)})"
    gone = [f"told.{day} > had.latest AND told.{day} BETWEEN spans.begins AND spans.ends"]
    if table.name in ALONE:
        gone.append(f"had.latest IS NULL AND told.{day} BETWEEN spans.begins AND spans.ends")
    if table.name in ONE_WITHIN:
        apart = ONE_WITHIN[table.name].days
        close = f"told.{day} < had.latest AND told.{day} > had.latest - {apart}"
        gone.append(f"{close} AND coalesce(told.ended > had.latest, true)")
    return (
        f"WITH spans AS (SELECT * FROM (VALUES {spans}) AS spans(list, format, begins, ends, whole)),"
        f" told AS (SELECT {key}, max(_at) AS newest, max(_at // {ORDER}) FILTER (WHERE {told}) AS list,"
        f" {_end_known(table, contributions)} AS ended"
        f" FROM staged GROUP BY {key} HAVING max(_at) FILTER (WHERE {told}) IS NOT NULL),"
        f" had AS (SELECT _at // {ORDER} AS list, person_id, max({day}) AS latest FROM staged"
        f" WHERE {told} GROUP BY 1, 2)"
        " SELECT DISTINCT told.* EXCLUDE (newest, list, ended) FROM told"
        " INNER JOIN spans AS before ON before.list = told.list"
        f" INNER JOIN spans ON spans.format = before.format AND spans.list > told.newest // {ORDER} AND spans.whole"
        " ANTI JOIN unread ON unread.list = spans.list AND unread.person_id = told.person_id"
        " LEFT JOIN had ON had.list = spans.list AND had.person_id = told.person_id"
        f" WHERE {' OR '.join(f'({each})' for each in gone)}"
    )


def ended(table: Table, contributions: Sequence[Contribution], shown: Sequence[Shown]) -> str | None:
    """SQL that selects the key, ordinal and assumed end of events that ended on an unknown day; None: no list can."""
    end, key = table.ends, event_key(table)
    speaking = [
        each for each in shown if each.whole and end in each.columns and shows_open(each.coverage.grain, table.name)
    ]
    if end is None or not speaking:
        return None
    bits = bits_of(end, column_sets(contributions))
    until = _values((each.teller.order, each.coverage.complete_to) for each in speaking)
    known = _values((one.order, one.tells_until) for one, _ in by_teller(contributions))
    return (
        "SELECT DISTINCT open.* EXCLUDE (known), open.known + 1 AS assumed"
        f" FROM (SELECT {key}, max(known) AS known FROM staged"
        f" INNER JOIN (VALUES {known}) AS days(told, known) ON told = _at // {ORDER}"
        f" WHERE (_supplies & {bits}) <> 0 GROUP BY {key} HAVING arg_max_null({end}, _at) IS NULL) AS open"
        f" INNER JOIN (VALUES {until}) AS lists(list, until) ON until > open.known"
        " ANTI JOIN unread ON unread.list = lists.list AND unread.person_id = open.person_id"
    )


def note_ended(table: Table) -> str:
    """SQL that notes in `merging.assumed_end` those of them that stand in the record."""
    return (
        f"INSERT INTO merging.assumed_end SELECT '{table.name}', person_id, {table.event}, assumed FROM ended"
        f" SEMI JOIN record.{table.name} AS held ON held.person_id = ended.person_id"
        f" AND held.{table.event} = ended.{table.event} AND held.{table.ends} = ended.assumed"
    )


def _end_known(table: Table, contributions: Sequence[Contribution]) -> str:
    """SQL for the end that the newest row tells of an event that tells of its end at all."""
    if table.ends is None:
        return "NULL"
    bits = bits_of(table.ends, column_sets(contributions))
    return f"arg_max_null({table.ends}, _at) FILTER (WHERE (_supplies & {bits}) <> 0)"


def _values(rows: Iterable[tuple[int | str | date, ...]]) -> str:
    """Rows of constants, for VALUES."""
    return ", ".join(f"({', '.join(map(_constant, row))})" for row in rows)


def _constant(value: int | str | date) -> str:
    if isinstance(value, date):
        return f"DATE '{value}'"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
