"""The way to adoption: days from entering care to moving in, and from the court's order to a match."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.catalogue.naive.history import History, Line, Row, open_on
from tests.catalogue.naive.looked_after import periods_of, stay_at
from tests.catalogue.naive.placements import placement_on
from tests.catalogue.naive.twins import in_period


def _home(history: History, row: Row) -> tuple[int | None, date | None]:
    """Whether the placement of the day says that the foster carers adopt, and since when the child was with them."""
    person, day = row["person_id"], row["placed_date"]
    period = next((each for each in periods_of(history, person) if day and open_on(each.start, each.end, day)), None)
    stay = stay_at(history, person, period, day) if period else None
    placed = placement_on(history, person, day) if day else None
    kind = placed["type"] if placed else None
    by_carer = {"A3": 1, "A5": 1, "A4": 0, "A6": 0}.get(kind or "") if stay else None
    return by_carer, stay.start if stay and by_carer == 1 else None


@in_period("share")
def adopt_a10(history: History, as_at: date) -> Iterator[Line]:
    """A child adopted by its own foster carers had moved in with them when it came to them."""
    for row in history["adoption"]:
        if row["order_date"] is None:
            continue
        by_placement, since = _home(history, row)
        by_carer = by_placement if row["adopted_by_carer"] is None else row["adopted_by_carer"]
        came = row["carer_date"] or since
        excluded = None
        if row["placed_date"] is None:
            excluded = "day of being placed not recorded"
        elif by_carer is None:
            excluded = "not known whether the foster carers adopted"
        elif by_carer == 1 and came is None:
            excluded = "day of coming to the carers not recorded"
        moved_in = came if by_carer == 1 else row["placed_date"]
        days = (moved_in - row["entered_care"]).days if moved_in else 0
        yield Line(row["order_date"], days, child=row["person_id"], excluded=excluded)


@in_period("share")
def adopt_a2(history: History, as_at: date) -> Iterator[Line]:
    """A match before the order took no days; without an order, or a placement before adoption, there is no clock."""
    for row in history["adoption"]:
        adopted, ordered, matched, placed = (
            row[name] for name in ("order_date", "placement_order", "matched_date", "placed_date")
        )
        if adopted is None:
            continue
        excluded = None
        if ordered is None:
            excluded = "no placement order"
        elif placed is None or placed >= adopted:
            excluded = "not placed before the adoption order"
        elif matched is None:
            excluded = "day of the match not recorded"
        days = max(0, (matched - ordered).days) if matched and ordered else 0
        yield Line(adopted, days, child=row["person_id"], excluded=excluded)
