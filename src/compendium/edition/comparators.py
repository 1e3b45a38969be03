"""Published figures of other places, and which authorities are most like ours, as the record holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from compendium.edition.comparison import Council, NeighbourSet
from compendium.record.releases import in_force
from compendium.record.snapshot import Snapshot

_CHOSEN = "measure = ? AND known_from <= ? AND breakdown IS NULL"
_NEIGHBOURS = """
SELECT near.set_version, near.source, near.neighbour_code,
       COALESCE((SELECT max(authority_name) FROM record.authority WHERE authority_code = near.neighbour_code),
                (SELECT max(geography_name) FROM record.benchmark WHERE geography_code = near.neighbour_code),
                near.neighbour_code)
FROM record.statistical_neighbour AS near
WHERE near.authority_code = $code AND near.set_version = COALESCE($version, (
    SELECT max(set_version) FROM record.statistical_neighbour WHERE authority_code = $code))
ORDER BY near.rank
"""


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
    numerator: int | None = None
    denominator: int | None = None


def newest_published(snapshot: Snapshot, measure: str, geography_code: str, cut: date) -> Published | None:
    """The newest period that had been published by the cut date, as the release in force by then has it."""
    return next(iter(_published(snapshot, measure, [geography_code], cut).values()), None)


def newest_of_each(
    snapshot: Snapshot, measure: str, geography_codes: Sequence[str], cut: date
) -> Mapping[str, Published]:
    """The figures of several places, by code, of the newest period that any of them has: never of two periods."""
    return _published(snapshot, measure, geography_codes, cut)


def _published(snapshot: Snapshot, measure: str, codes: Sequence[str], cut: date) -> Mapping[str, Published]:
    chosen = f"{_CHOSEN} AND geography_code IN ({', '.join('?' * len(codes))})"
    rows = snapshot.connection.execute(
        "SELECT geography_code, geography_name, period_end, basis, value, symbol, known_from, source, numerator,"
        f" denominator FROM ({in_force('benchmark', cut, chosen)})"
        " QUALIFY period_end = max(period_end) OVER ()",
        [measure, cut, *codes],
    ).fetchall()
    return {
        code: Published(place or "", end, basis, _number(value), symbol, known, source or "", above, below)
        for code, place, end, basis, value, symbol, known, source, above, below in rows
    }


def neighbours(snapshot: Snapshot, authority_code: str | None, version: str | None) -> NeighbourSet | None:
    """The authorities most like ours in one version of the department's model, nearest first; the newest version
    received where none is named. None where the record holds no such set of ours."""
    rows = snapshot.connection.execute(_NEIGHBOURS, {"code": authority_code, "version": version}).fetchall()
    if not rows:
        return None
    _, source, *_ = rows[0]
    return NeighbourSet(rows[0][0], source or "", tuple(Council(code, name) for _, _, code, name in rows))


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
