"""Protection plans: how many begin and end, again or late, who holds them, and the visits and reviews they owe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from compendium.calendar.months import add_months
from compendium.calendar.working_days import due_day
from tests.catalogue.naive.history import History, Line, Row, birth, of, open_on, people, too_young
from tests.catalogue.naive.protection import plans_of
from tests.catalogue.naive.twins import at_month_end, in_period


def every_plan(history: History) -> Iterator[tuple[str, Row]]:
    for person in people(history["cp_plan"]):
        for plan in plans_of(history, person):
            yield person, plan


def open_plans(history: History, month: date) -> Iterator[tuple[str, Row]]:
    for person, plan in every_plan(history):
        if open_on(plan["start_date"], plan["end_date"], month):
            yield person, plan


@in_period("count")
def cp_plans_started(history: History, as_at: date) -> Iterator[Line]:
    for person, plan in every_plan(history):
        yield Line(plan["start_date"], child=person)


@in_period("count")
def cp_plans_ended(history: History, as_at: date) -> Iterator[Line]:
    for person, plan in every_plan(history):
        if plan["end_date"]:
            yield Line(plan["end_date"], child=person)


@at_month_end("mix")
def cp_category_mix(history: History, month: date) -> Iterator[Line]:
    for person, plan in open_plans(history, month):
        yield Line(month, child=person, category=plan["latest_category"])


@in_period("share")
def cp_repeat_2yrs(history: History, as_at: date) -> Iterator[Line]:
    for person, plan in every_plan(history):
        start = plan["start_date"]
        ends = [each["end_date"] for each in plans_of(history, person) if each["start_date"] < start]
        again = any(end is not None and start <= add_months(end, 24) for end in ends)
        yield Line(start, int(again), child=person)


def reviews_held(history: History, person: str, plan: Row) -> list[date]:
    """The days of the plan's own reviews; none on its first day."""
    start, end = plan["start_date"], plan["end_date"]
    return sorted(
        {
            row["review_date"]
            for row in of(history["cp_review"], person)
            if row["plan_start_date"] == start
            and row["review_date"] > start
            and (end is None or row["review_date"] <= end)
        }
    )


@at_month_end("share")
def cp_reviewed_in_timescale(history: History, month: date) -> Iterator[Line]:
    for person, plan in open_plans(history, month):
        due = add_months(plan["start_date"], 3)
        if due >= month:
            continue
        held = [day for day in reviews_held(history, person, plan) if day <= month]
        in_time = True
        for review in held:
            in_time = in_time and review <= due
            due = add_months(review, 6)
        # The snapshot is of the end of the day: a review due on it and not held is overdue.
        yield Line(month, int(in_time and month < due), child=person)


@at_month_end("count")
def cp_unallocated(history: History, month: date) -> Iterator[Line]:
    registered = {
        row["worker_id"]
        for row in history["worker"]
        if row["is_registered"] == 1 and open_on(row["start_date"], row["end_date"], month)
    }
    for person, _ in open_plans(history, month):
        allocated = any(
            row["role"] == "case_holder"
            and open_on(row["start_date"], row["end_date"], month)
            and row["worker_id"] in registered
            for row in of(history["involvement"], person)
        )
        if not allocated:
            yield Line(month, child=person)


@in_period("share")
def cp_visits_due_ontime(history: History, as_at: date) -> Iterator[Line]:
    """Each visit is due ten working days after the one before it, the first after the plan's start."""
    for person, plan in every_plan(history):
        start, end = plan["start_date"], plan["end_date"]
        seen = sorted(
            {
                row["visit_date"]
                for row in of(history["visit"], person)
                if row["kind"] == "cp" and row["seen"] != 0 and row["visit_date"] > start
                and (end is None or row["visit_date"] <= end)
            }
        )  # fmt: skip
        due = due_day(start, 10)
        for visit in [*seen, None]:
            if end is None or end > due:
                yield Line(due, int(visit is not None and visit <= due), child=person)
            if visit:
                due = due_day(visit, 10)


@in_period("share")
def cp_seen_alone(history: History, as_at: date) -> Iterator[Line]:
    for row in history["visit"]:
        if row["kind"] != "cp" or row["seen"] == 0:
            continue
        person, day = row["person_id"], row["visit_date"]
        if not too_young(history, person, day, 3):
            excluded = None if birth(history, person) else "date of birth not known"
            yield Line(day, int(row["seen_alone"] == 1), child=person, excluded=excluded)
