"""Early help: what is open, how it ends, what follows and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from compendium.calendar.months import add_months
from tests.catalogue.naive.history import History, Line, of, open_on, people
from tests.catalogue.naive.twins import Rows, at_month_end, in_period


@at_month_end("count")
def eh_open(history: History, month: date) -> Iterator[Line]:
    episodes = history["early_help_episode"]
    for person in people(episodes):
        there = [row for row in of(episodes, person) if open_on(row["start_date"], row["end_date"], month)]
        if there:
            # Of two teams at once either may speak for the child, but only one does.
            yield Line(month, team=max((row["team_id"] for row in there if row["team_id"]), default=None))


@at_month_end("count", once=True)
def eh_open_families(history: History, month: date) -> Iterator[Line]:
    for row in history["early_help_episode"]:
        if open_on(row["start_date"], row["end_date"], month):
            family = row["family_id"]
            yield Line(month, team=row["team_id"], who=family, excluded=None if family else "no family recorded")


@in_period("share")
def eh_closed_needs_met(history: History, as_at: date) -> Iterator[Line]:
    reasons = {None: "no reason recorded", "transfer": "moved between teams"}
    for row in history["early_help_episode"]:
        if row["end_date"]:
            yield Line(
                row["end_date"],
                int(row["end_reason"] == "needs_met"),
                team=row["team_id"],
                excluded=reasons.get(row["end_reason"]),
            )


@in_period("share", once=True)
def eh_rereferral_after_closure(history: History, as_at: date) -> Iterator[Line]:
    """Children, each once, whose early help ended in the period."""
    for row in history["early_help_episode"]:
        ended = row["end_date"]
        if ended:
            referred = [each["referral_date"] for each in of(history["referral"], row["person_id"])]
            again = any(ended <= day <= add_months(ended, 6) for day in referred)
            yield Line(ended, int(again), team=row["team_id"], who=row["person_id"])


def families_with_needs_met(history: History, as_at: date) -> Iterator[Line]:
    for row in history["early_help_episode"]:
        if row["end_date"] and row["end_reason"] == "needs_met":
            yield Line(row["end_date"], team=row["team_id"], who=row["family_id"])


@in_period("share", over=Rows(families_with_needs_met, at_month_end=False, once=True))
def eh_cost_per_closed_family(history: History, as_at: date) -> Iterator[Line]:
    """Pence spent over families closed with needs met."""
    for row in history["service_spend"]:
        if row["service"] == "early_help" and row["kind"] == "actual":
            yield Line(row["month_end"], row["amount_pence"], area=row["area_id"])
