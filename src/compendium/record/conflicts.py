"""What deliveries of two formats say differently of one event: the merged record keeps the newer, and would not tell.

Only what each format says in the end is compared, so a correction within a format is no conflict; only values that
both give, so that what one of them does not know yet, or says it does not know, is none either; and only of events
that neither has twice. An end that is assumed because a list no longer shows the event was not said by anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compendium.record.delivery import DeliveryInfo
from compendium.record.episodes import MADE
from compendium.record.filling import ReadBlob, create, fill
from compendium.record.identity import of_formats
from compendium.record.memory import Memory
from compendium.record.tables import TABLES

# The columns that say what was so, once and for all: what may have changed between two extracts is no conflict.
COMPARED: Mapping[str, tuple[str, ...]] = {
    "person": ("dob", "sex", "ethnicity"),
    "referral": ("source_code", "nfa", "close_date"),
    "assessment": ("auth_date",),
    "s47": ("icpc_not_required",),
    "cin_plan": ("end_date",),
    "cp_plan": ("end_date", "initial_category"),
    "lac_period": ("end_date",),
    "placement": ("end_date", "type"),
}
# Codes that say that the value is not known: an unborn child's sex, an ethnicity refused or not yet asked for.
NOT_KNOWN: Mapping[str, tuple[str, ...]] = {"sex": ("U",), "ethnicity": ("NOBT", "REFU")}

# Only what differs is put into words: nearly all that two formats tell is the same.
DIFFERING = """
WITH differing AS (
  SELECT table_name, person_id, on_date, column_name FROM told GROUP BY ALL HAVING MIN(told) <> MAX(told)
)
SELECT t.table_name, t.person_id, t.on_date, t.column_name,
       STRING_AGG(t.told || ' (' || t.source_format || ')', ', ' ORDER BY t.source_format)
FROM told AS t
SEMI JOIN differing AS d ON d.table_name = t.table_name AND d.person_id = t.person_id
  AND d.column_name = t.column_name AND d.on_date IS NOT DISTINCT FROM t.on_date
GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Conflict:
    """One column of one event. told: what each format says, '2016-08-02 (Annex A), 2016-08-01 (CIN census)'."""

    table: str
    person_id: str
    on_date: date | None
    column: str
    told: str


def compared_formats(deliveries: Iterable[DeliveryInfo]) -> dict[str, set[str]]:
    """The tables that can be compared -> the formats that tell of them: two or more."""
    tellers: dict[str, set[str]] = {table: set() for table in COMPARED}
    for delivery in deliveries:
        for table in _told_of(delivery) & COMPARED.keys():
            tellers[table].add(delivery.source_format)
    return {table: formats for table, formats in tellers.items() if len(formats) > 1}


def conflicts_of(deliveries: Sequence[DeliveryInfo], read: ReadBlob) -> list[Conflict]:
    """Of deliveries, oldest first; in the order of tables and children. The links of all apply to what each says."""
    compared = compared_formats(deliveries)
    if not compared:
        return []
    memory = Memory()
    try:
        memory.connection.execute(
            "CREATE TABLE told (source_format VARCHAR, table_name VARCHAR, person_id VARCHAR, on_date DATE,"
            " column_name VARCHAR, told VARCHAR)"
        )
        for source_format in sorted(set().union(*compared.values())):
            create(memory.connection)
            fill(memory, {*compared, "lac_episode"}, of_formats(deliveries, [source_format]), read)
            for table in compared:
                memory.connection.execute(_tell(table), [source_format])
            memory.connection.execute("DROP SCHEMA record CASCADE; DROP SCHEMA merging CASCADE")
        return [Conflict(*row) for row in memory.connection.execute(DIFFERING).fetchall()]
    finally:
        memory.close()


def _told_of(delivery: DeliveryInfo) -> set[str]:
    """The tables that a delivery feeds; of the episodes of a yearly return others are made."""
    return {*delivery.tables, *(MADE if "lac_episode" in delivery.tables else ())}


def _tell(table: str) -> str:
    """The values of one format, a row each. An event that it has twice could be either, and is left out."""
    key = ", ".join(TABLES[table].key)
    day = TABLES[table].event or "CAST(NULL AS DATE)"
    values = " UNION ALL ".join(
        f"SELECT person_id, on_date, '{column}' AS column_name, CAST({column} AS VARCHAR) AS told FROM once"
        f" WHERE {_said(table, column)}"
        for column in COMPARED[table]
    )
    return (
        f"INSERT INTO told WITH once AS (SELECT *, {day} AS on_date FROM record.{table}"
        f" QUALIFY COUNT(*) OVER (PARTITION BY {key}) = 1)"
        f" SELECT ?, '{table}', person_id, on_date, column_name, told FROM ({values}) AS v WHERE told IS NOT NULL"
    )


def _said(table: str, column: str) -> str:
    """Whether a value was told as known."""
    if column in NOT_KNOWN:
        return f"{column} NOT IN ({', '.join(repr(code) for code in NOT_KNOWN[column])})"
    if column != TABLES[table].ends:
        return "true"
    return (
        f"NOT EXISTS (SELECT 1 FROM merging.assumed_end AS a WHERE a.table_name = '{table}'"
        f" AND a.person_id = once.person_id AND a.began = once.on_date AND a.assumed = once.{column})"
    )
