"""How late events come to the record: the days from an event to the delivery in which it first stood.

An event is late when a delivery before, of the format that first told it, had already spoken of its whole month. One
that only moved to another day is not late but corrected: another event of the same person, near it, is told no more
since. Nothing that names anybody leaves: only teams and days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from compendium.record.delivery import DeliveryInfo
from compendium.record.filling import ReadBlob
from compendium.record.memory import Memory
from compendium.record.snapshot import Snapshot
from compendium.record.tables import Table

NEAR = 93  # days within which another event of the same person may be the same one, put right

_LATE = """
WITH told AS (
  SELECT {key}, {event} AS event, min(received) AS first, max(received) AS last, arg_min(format, received) AS format
  FROM told_rows GROUP BY ALL
)
SELECT {columns}, date_diff('day', told.event, told.first) FROM told
WHERE EXISTS (
  SELECT 1 FROM spoken WHERE spoken.format = told.format AND spoken.received < told.first
  AND spoken.begins <= date_trunc('month', told.event) AND spoken.ends >= last_day(told.event)
) AND NOT EXISTS (
  SELECT 1 FROM told AS other WHERE other.person_id = told.person_id AND other.last < told.first
  AND abs(date_diff('day', other.event, told.event)) <= {near}
)
"""


def can_be_late(table: Table) -> bool:
    """Of what happens to a child on a day, where a team stands beside it."""
    return table.event is not None and "person_id" in table.key and "team_id" in table.column_names


def late_by_team(
    table: Table, deliveries: Sequence[DeliveryInfo], read: ReadBlob, snapshot: Snapshot, since: date
) -> dict[str, list[int]]:
    """For each team the days by which its late events of a table came after the event, for events from a day on that
    are in the record now. deliveries: those received by the snapshot's cut."""
    memory = Memory()
    event, key = str(table.event), ", ".join(table.key)
    try:
        memory.connection.execute("CREATE TABLE spoken (format VARCHAR, received DATE, begins DATE, ends DATE)")
        blobs = []
        for number, each in enumerate(deliveries):
            for one in each.coverage:
                if one.table == table.name:
                    given = [each.source_format, each.received_on, one.complete_from, one.complete_to]
                    memory.connection.execute("INSERT INTO spoken VALUES (?, ?, ?, ?)", given)
            if table.name in each.tables and set(table.key) <= set(each.tables[table.name].columns):
                path = memory.put(f"{number}.parquet", read(each.delivery_id, table.name))
                blobs.append(
                    f"SELECT {key}{'' if event in table.key else f', {event}'}, DATE '{each.received_on}' AS received,"
                    f" '{each.source_format}' AS format FROM '{path}' WHERE {event} >= DATE '{since}'"
                )
        if not blobs:
            return {}
        memory.connection.execute(f"CREATE TABLE told_rows AS {' UNION ALL '.join(blobs)}")
        columns = ", ".join(f"told.{each}" for each in table.key)
        question = _LATE.format(key=key, event=event, columns=columns, near=NEAR)
        late = memory.connection.execute(question).fetchall()
    finally:
        memory.close()
    teams = dict(_teams(table, snapshot, since))
    found: dict[str, list[int]] = defaultdict(list)
    for *who, days in late:
        team = teams.get(tuple(who))
        if team is not None:
            found[team].append(days)
    return dict(found)


def _teams(table: Table, snapshot: Snapshot, since: date) -> list[tuple[tuple[object, ...], str | None]]:
    rows = snapshot.connection.execute(
        f"SELECT {', '.join(table.key)}, team_id FROM record.{table.name} WHERE {table.event} >= DATE '{since}'"
    ).fetchall()
    return [(tuple(who), team) for *who, team in rows]
