"""What partners bring: attendance at strategy discussions, reports for conferences, days at school."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from compendium.calendar.months import add_months
from tests.catalogue.naive.history import History, Line, of, open_on
from tests.catalogue.naive.looked_after import period_at
from tests.catalogue.naive.protection import enquiries, plans_of
from tests.catalogue.naive.twins import at_month_end, in_period


@in_period("share")
def partner_strategy_attendance(history: History, as_at: date) -> Iterator[Line]:
    for row in enquiries(history):
        there = {
            each["agency"]
            for each in of(history["strategy_attendance"], row["person_id"])
            if each["discussion_date"] == row["start_date"] and each["attended"] == 1
        }
        yield Line(row["start_date"], int({"police", "health"} <= there), team=row["team_id"])


@in_period("share")
def partner_conf_reports(history: History, as_at: date) -> Iterator[Line]:
    """In time is 48 hours before the conference: two days, as only days are known."""
    for row in history["conference_report"]:
        came, held = row["received_on"], row["conference_date"]
        in_time = came is not None and came + timedelta(days=2) <= held
        yield Line(held, int(in_time), team=row["team_id"])


@at_month_end("share")
def partner_school_attendance_cp(history: History, month: date) -> Iterator[Line]:
    """The half-days of the last term that had ended, of children then on a plan or in care for a year."""
    ended = [row["term_end"] for row in history["school_attendance"] if row["term_end"] <= month]
    for row in history["school_attendance"]:
        person, last = row["person_id"], row["term_end"]
        if not ended or last != max(ended) or not row["possible_sessions"]:
            continue
        on_plan = any(open_on(plan["start_date"], plan["end_date"], last) for plan in plans_of(history, person))
        period = period_at(history, person, last)
        if on_plan or (period and add_months(period.start, 12) <= last):
            yield Line(month, row["attended_sessions"], row["possible_sessions"], child=person)
