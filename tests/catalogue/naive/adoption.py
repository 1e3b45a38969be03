"""The way to adoption: days from entering care to moving in, and from the court's order to a match."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.catalogue.naive.history import History, Line
from tests.catalogue.naive.twins import in_period


@in_period("share")
def adopt_a10(history: History, as_at: date) -> Iterator[Line]:
    """A child adopted by its own foster carers had moved in with them when it came to them."""
    for row in history["adoption"]:
        if row["order_date"]:
            moved_in = row["carer_date"] if row["adopted_by_carer"] == 1 and row["carer_date"] else row["placed_date"]
            days = (moved_in - row["entered_care"]).days if moved_in else 0
            excluded = None if moved_in else "no day of placement recorded"
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
            excluded = "no day of matching recorded"
        days = max(0, (matched - ordered).days) if matched and ordered else 0
        yield Line(adopted, days, child=row["person_id"], excluded=excluded)
