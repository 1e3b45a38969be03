"""What looked-after children cost a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.catalogue.naive.history import History, Line, open_on
from tests.catalogue.naive.looked_after import looked_after
from tests.catalogue.naive.twins import Rows, at_month_end, in_period


def days_looked_after(history: History, month: date) -> Iterator[Line]:
    for person, _ in looked_after(history, month):
        yield Line(month, 0, 365, child=person)


@in_period("share", over=Rows(days_looked_after, at_month_end=True))
def cost_per_cla_week(history: History, as_at: date) -> Iterator[Line]:
    """The year's spending, over the children looked after at its end."""
    for row in history["placement_spend"]:
        yield Line(row["month_end"], row["amount_pence"], area=row["area_id"])


@at_month_end("share")
def residential_weekly_cost(history: History, month: date) -> Iterator[Line]:
    there = [
        row
        for row in history["placement_fee"]
        if row["setting"] == "residential" and open_on(row["start_date"], row["end_date"], month)
    ]
    for person in sorted({row["person_id"] for row in there}):
        weekly = sum(row["weekly_pence"] for row in there if row["person_id"] == person)
        yield Line(month, weekly, 1, child=person)
