"""Published figures of other places, and which authorities are most like ours, as the record holds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from compendium.edition.comparison import Council, NeighbourSet
from compendium.record.releases import in_force
from compendium.record.snapshot import Snapshot

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


@dataclass(frozen=True)
class Comparators:
    """What an edition is held against. newest: by measure and place, the figure of the newest period that had been
    published by the cut date, as the release in force by then has it. neighbours: councils like ours."""

    newest: Mapping[tuple[str, str], Published]
    neighbours: NeighbourSet | None = None

    def of_neighbours(self, measure: str) -> Mapping[str, Published]:
        """Theirs by code, of the newest period that any of them has: never of two periods."""
        codes = self.neighbours.codes if self.neighbours else ()
        found = {code: each for code in codes if (each := self.newest.get((measure, code))) is not None}
        last = max((each.period_end for each in found.values()), default=None)
        return {code: each for code, each in found.items() if each.period_end == last}


def comparators(
    snapshot: Snapshot, measures: Collection[str], places: Collection[str], cut: date, near: NeighbourSet | None = None
) -> Comparators:
    """Of these measures and places, and of the neighbours."""
    codes = [*places, *(near.codes if near else ())]
    if not measures or not codes:
        return Comparators({}, near)
    chosen = (
        f"measure IN ({', '.join('?' * len(measures))}) AND geography_code IN ({', '.join('?' * len(codes))})"
        " AND known_from <= ? AND breakdown IS NULL"
    )
    rows = snapshot.connection.execute(
        "SELECT measure, geography_code, geography_name, period_end, basis, value, symbol, known_from, source,"
        f" numerator, denominator FROM ({in_force('benchmark', cut, chosen)}) QUALIFY"
        " ROW_NUMBER() OVER (PARTITION BY measure, geography_code ORDER BY period_end DESC) = 1",
        [*measures, *codes, cut],
    ).fetchall()
    found = {
        (measure, code): Published(place or "", end, basis, _number(value), symbol, known, source or "", above, below)
        for measure, code, place, end, basis, value, symbol, known, source, above, below in rows
    }
    return Comparators(found, near)


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
