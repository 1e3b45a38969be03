"""Children missing from home or care, the interviews they are offered, and exploitation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.catalogue.naive.history import History, Line, open_on
from tests.catalogue.naive.twins import at_month_end, in_period


@in_period("count")
def missing_episodes(history: History, as_at: date) -> Iterator[Line]:
    for row in history["missing_episode"]:
        yield Line(row["started_on"], team=row["team_id"])


@in_period("share")
def rhi_offered(history: History, as_at: date) -> Iterator[Line]:
    for row in history["missing_episode"]:
        if row["ended_at"]:
            offered = row["rhi_offered"] == 1 or row["rhi_offered_at"] is not None
            yield Line(row["ended_at"].date(), int(offered), team=row["team_id"])


@at_month_end("count", once=True)
def exploitation_open(history: History, month: date) -> Iterator[Line]:
    for row in history["exploitation_flag"]:
        if open_on(row["start_date"], row["end_date"], month):
            yield Line(month, child=row["person_id"], who=row["person_id"])
