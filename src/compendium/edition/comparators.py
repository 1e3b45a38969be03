"""Published figures of other places, as the record holds them: the only SQL of the edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from compendium.record.releases import in_force
from compendium.record.snapshot import Snapshot

_CHOSEN = "measure = ? AND geography_code = ? AND known_from <= ? AND breakdown IS NULL"


@dataclass(frozen=True)
class Published:
    """value None: its publisher did not give it (suppressed or not available), and `symbol` says how."""

    place: str
    period_end: date
    basis: str  # year or snapshot
    value: Decimal | None
    symbol: str | None
    known_from: date
    source: str


def newest_published(snapshot: Snapshot, measure: str, geography_code: str, cut: date) -> Published | None:
    """The newest period that had been published by the cut date, as the release in force by then has it."""
    row = snapshot.connection.execute(
        "SELECT geography_name, period_end, basis, value, symbol, known_from, source"
        f" FROM ({in_force('benchmark', cut, _CHOSEN)}) ORDER BY period_end DESC LIMIT 1",
        [measure, geography_code, cut],
    ).fetchone()
    if row is None:
        return None
    place, period_end, basis, value, symbol, known_from, source = row
    return Published(place or "", period_end, basis, _number(value), symbol, known_from, source or "")


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
