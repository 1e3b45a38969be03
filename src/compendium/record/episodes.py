"""Periods of care, placements and legal statuses, made of the episodes of being looked after.

A yearly return tells a child's care in episodes, and only those that were open in its year: the start of a
period or of a placement may stand in the return of years before. So episodes are kept as delivered, and what
they make up is a query over the merged episodes of all returns:

1. The return of the later year is believed, whenever it was received.
2. An episode still open in its last return, of which a return of a later time says nothing, ended by the first
   day of that one, its reason not known (E99). If the later return has the same episode under another start,
   that start stands, and the episode before it ends then.
3. What only earlier returns have, and what begins while an episode of a later one lasts, is gone; so is what
   lies within another episode of the same return. Otherwise one lasts until the next begins, at the latest.
4. A period begins with the reason S, after a gap, after an episode that ceased care, and where a series of short
   breaks (V3, V4) begins or ends. Within it a placement begins with the reasons P, T, B, U or with another type,
   a legal status with another code.
5. What goes on from an episode of a return before all that were received has the start that another source tells
   of it, if any does; else the day of the first episode known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compendium.record.coverage import Coverage
from compendium.record.merging import merge
from compendium.record.staging import ORDER, Contribution, Teller, made_at
from compendium.record.tables import TABLES, Table
from compendium.record.unread import Unread

# What is made of episodes: table -> its columns, each with the column of the episode that it is made from.
MADE: Mapping[str, Mapping[str, str]] = {
    "lac_period": {
        "person_id": "person_id", "start_date": "start_date", "end_date": "end_date", "end_reason": "end_reason",
        "need_code": "need_code", "legal_status": "legal_status", "legal_status_date": "legal_status",
        "is_uasc": "is_uasc",
    },
    "placement": {
        "person_id": "person_id", "start_date": "start_date", "end_date": "end_date", "type": "type",
        "provider": "provider", "urn": "urn", "is_same_carer": "start_reason", "change_reason": "change_reason",
        "location": "location", "distance_hundredths": "distance_hundredths",
    },
    "legal_status": {
        "person_id": "person_id", "start_date": "start_date", "end_date": "end_date", "code": "legal_status",
    },
    "adoption": {
        "person_id": "person_id", "entered_care": "start_date", "placed_date": "type",
        "placement_order": "legal_status", "order_date": "end_reason", "adopted_by_carer": "type",
        "carer_date": "type",
    },
}  # fmt: skip

# How each column is told of a run of episodes in order (`nth`).
VALUES: Mapping[str, str] = {
    "start_date": "min(start_date)", "end_date": "last(ends ORDER BY nth)", "need_code": "arg_max(need_code, nth)",
    "end_reason": "last(CASE WHEN ends IS NOT NULL THEN ceased END ORDER BY nth)",
    "legal_status": "last(legal_status ORDER BY nth)", "legal_status_date": "max(status_since)",
    "is_uasc": "max(is_uasc)", "type": "arg_max(type, nth)", "provider": "arg_max(provider, nth)",
    "urn": "arg_max(urn, nth)", "is_same_carer": "first(same_carer ORDER BY nth)",
    "change_reason": "last(change_reason ORDER BY nth)", "location": "arg_max(location, nth)",
    "distance_hundredths": "arg_max(distance_hundredths, nth)", "code": "last(legal_status ORDER BY nth)",
}  # fmt: skip
# The reasons of a child's first known episode by which what it belongs to began before it.
GOES_ON = {"lac_period": "LPTBU", "placement": "L", "legal_status": "PT", "adoption": "LPTBU"}
RUNS = {"lac_period": "period_no", "placement": "placement_no", "legal_status": "status_no"}


def made_columns(table: str, supplied: frozenset[str]) -> tuple[str, ...]:
    """The columns of a table that episodes with these columns can make; none of a table that they do not make."""
    return tuple(column for column, source in MADE.get(table, {}).items() if source in supplied)


def trace(contributions: Sequence[Contribution], coverage: Sequence[tuple[int, Coverage]], unread: Unread) -> str:
    """SQL that puts every episode of `staged` into `traced`, with the numbers of its period, placement and status."""
    told = merge(TABLES["lac_episode"], contributions, coverage, unread, placed=True)
    speaking = [(order, one) for order, one in coverage if order not in unread.nameless]
    return f"CREATE OR REPLACE TEMP TABLE traced AS WITH told AS ({told}), {_corrected(speaking)}, {_numbered()}"


def make(
    table: str, columns: Sequence[str], orders: Sequence[int], tellers: Sequence[Teller]
) -> tuple[str, Contribution]:
    """SQL that makes a table from `traced`, and what it contributes to the record.

    orders: the place of each delivery among all, by its place among those that have episodes. A row
    counts as of the newest delivery that has an episode of it. tellers: those, by their place among all.
    """
    name = f"made_{table}"
    values = ", ".join(f"{VALUES[each]} AS {each}" for each in columns if each != "person_id")
    query = (
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * EXCLUDE (told), {made_at(orders)} AS _at,"
        " row_number() OVER (PARTITION BY person_id, start_date ORDER BY told)::INTEGER AS _ordinal,"
        " 1::BIGINT AS _supplies"
        f" FROM (SELECT person_id, max(_at) AS told, {values} FROM traced GROUP BY person_id, {RUNS[table]})"
    )
    return query, Contribution(name, "_at", tuple(columns), (tuple(columns),), tuple(tellers), made=True)


def begin_before(table: Table, made: Contribution) -> str:
    """SQL that gives rows of `staged` made of episodes that go on from one not received the start others tell."""
    start, ends = ("entered_care", "order_date") if table.name == "adoption" else ("start_date", "end_date")
    return f"""UPDATE staged SET {start} = others.began FROM (
      SELECT m._at, max(o.{start}) AS began FROM {made.relation} AS m
      JOIN traced AS t ON t.person_id = m.person_id AND t.start_date = m.{start} AND t.nth = 1
        AND contains('{GOES_ON[table.name]}', t.start_reason)
      JOIN (SELECT person_id, {start}, arg_max_null({ends}, _at) AS ended FROM staged
            WHERE _at NOT IN (SELECT _at FROM {made.relation}) GROUP BY ALL) AS o
        ON o.person_id = m.person_id AND o.{start} < m.{start} AND (o.ended IS NULL OR o.ended > m.{start})
      GROUP BY m._at) AS others WHERE staged._at = others._at"""


def _corrected(coverage: Sequence[tuple[int, Coverage]]) -> str:
    """Episodes that a later return no longer has: ended, or told anew under another start."""
    spans = ", ".join(f"({order}, DATE '{one.complete_from}')" for order, one in coverage if one.grain == "event")
    same = " AND ".join(
        f"n.{name} IS NOT DISTINCT FROM t.{name}"
        for name in ("start_reason", "legal_status", "type", "provider", "urn")
    )
    return f"""
    spans(spoken, begins) AS ({f"VALUES {spans}" if spans else "SELECT 0, DATE '1900-01-01' WHERE false"}),
    gone AS (
      SELECT t._at, min(s.begins) AS gone_on FROM told AS t
      JOIN spans AS s ON s.spoken > t._at // {ORDER} AND s.begins > t.start_date
      ANTI JOIN unread AS u ON u.list = s.spoken AND u.person_id = t.person_id
      WHERE t.end_date IS NULL GROUP BY t._at
    ),
    retold AS (
      SELECT t._at, any_value(t.person_id) AS person_id, any_value(t.start_date) AS told_start,
             max(n.start_date) AS true_start
      FROM gone AS g JOIN told AS t ON t._at = g._at
      JOIN told AS n ON n.person_id = t.person_id AND n._at // {ORDER} > t._at // {ORDER}
        AND n.start_date < g.gone_on AND n.start_date <> t.start_date AND {same}
      GROUP BY t._at
    ),
    denied AS (
      SELECT t._at FROM told AS t
      JOIN told AS n ON n.person_id = t.person_id AND n.start_date < t.start_date
        AND ((n._at // {ORDER} > t._at // {ORDER} AND t.start_date < coalesce(n.end_date, DATE '9999-12-31'))
             OR (n._at // {ORDER} = t._at // {ORDER} AND t.end_date < n.end_date))
    ),
    shifts AS (SELECT person_id, told_start, max(true_start) AS true_start FROM retold GROUP BY ALL),
    kept AS (
      SELECT t.*, CASE WHEN x.true_start >= t.start_date THEN x.true_start
                       ELSE coalesce(t.end_date, g.gone_on) END AS until,
             CASE WHEN t.end_date IS NOT NULL THEN t.end_reason WHEN g.gone_on IS NOT NULL THEN 'E99' END AS ceased
      FROM told AS t LEFT JOIN gone AS g ON g._at = t._at
      LEFT JOIN shifts AS x ON x.person_id = t.person_id AND x.told_start = t.end_date AND t.end_reason = 'X1'
      WHERE t._at NOT IN (SELECT _at FROM retold UNION ALL SELECT _at FROM denied)
    )"""


def _numbered() -> str:
    """Each episode with the day it ended and the numbers of what it belongs to, for each child from 1."""
    return """
    ordered AS (
      SELECT *, row_number() OVER nth AS nth, lead(start_date) OVER nth AS next_start FROM kept
      WINDOW nth AS (PARTITION BY person_id ORDER BY start_date, coalesce(until, DATE '9999-12-31'), _at)
    ),
    ended AS (
      SELECT *, coalesce(legal_status IN ('V3', 'V4'), false) AS short,
             next_start IS NOT NULL AND (until IS NULL OR next_start < until) AS cut,
             CASE WHEN next_start IS NOT NULL AND (until IS NULL OR next_start < until) THEN next_start
                  WHEN until < start_date THEN start_date ELSE until END AS ends
      FROM ordered
    ),
    followed AS (
      SELECT *, nth = 1 OR start_reason = 'S' OR short <> lag(short) OVER nth OR lag(ends) OVER nth < start_date
                OR (NOT lag(cut) OVER nth AND lag(ceased) OVER nth NOT IN ('X1', 'E99')) AS starts_period,
             lag(type) OVER nth AS type_before, lag(legal_status) OVER nth AS status_before
      FROM ended WINDOW nth AS (PARTITION BY person_id ORDER BY nth)
    ),
    parted AS (
      SELECT * EXCLUDE (starts_period, ceased), coalesce(starts_period, false) AS starts_period,
             CASE WHEN NOT cut THEN ceased END AS ceased
      FROM followed
    ),
    numbered AS (
      SELECT *, sum(starts_period::INTEGER) OVER nth AS period_no,
             sum((starts_period OR coalesce(start_reason IN ('P', 'T', 'B', 'U'), false)
                  OR coalesce(type <> type_before, false))::INTEGER) OVER nth AS placement_no,
             sum((starts_period OR legal_status IS DISTINCT FROM status_before)::INTEGER) OVER nth AS status_no,
             CASE WHEN starts_period THEN NULL WHEN start_reason IN ('T', 'U') THEN 1
                  WHEN start_reason IN ('P', 'B') THEN 0 END AS same_carer
      FROM parted WINDOW nth AS (PARTITION BY person_id ORDER BY nth)
    )
    SELECT *, min(start_date) OVER (PARTITION BY person_id, status_no) AS status_since FROM numbered"""
