"""Areas that the records name and the settings do not: their rows would count as countywide without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES

COLUMN = "area_id"


def unlisted_areas(snapshot: Snapshot, listed: Collection[str]) -> dict[str, int]:
    """Each such area, and how many rows bear it, in order of name."""
    rows: Counter[str] = Counter()
    for name, table in TABLES.items():
        if COLUMN not in table.column_names:
            continue
        found = snapshot.connection.execute(
            f"SELECT {COLUMN}, count(*) FROM record.{name} WHERE {COLUMN} IS NOT NULL GROUP BY {COLUMN}"
        ).fetchall()
        rows.update({area: count for area, count in found if area not in listed})
    return dict(sorted(rows.items()))
