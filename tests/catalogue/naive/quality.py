"""Audits planned and repeated, deep dives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.catalogue.naive.history import History, Line, open_on
from tests.catalogue.naive.twins import Rows, at_month_end, in_period

GRADES = ("inadequate", "requires_improvement", "good", "outstanding")


def planned(history: History, as_at: date) -> Iterator[Line]:
    for row in history["audit_plan"]:
        yield Line(row["due_date"], team=row["team_id"])


@in_period("share", over=Rows(planned, at_month_end=False))
def audits_completed(history: History, as_at: date) -> Iterator[Line]:
    """A late one counts in the month in which it is completed, over those planned for that month."""
    for row in history["audit_plan"]:
        if row["completed_on"]:
            yield Line(row["completed_on"], team=row["team_id"])


@in_period("share")
def audit_reaudit_improved(history: History, as_at: date) -> Iterator[Line]:
    grades = {row["audit_id"]: row["moderated_grade"] or row["grade"] for row in history["audit"]}
    for row in history["audit"]:
        if row["reaudit_of"] is None:
            continue
        before, after = grades.get(row["reaudit_of"]), grades[row["audit_id"]]
        better = before is not None and after is not None and GRADES.index(after) > GRADES.index(before)
        excluded = "no grade recorded" if after is None else "no grade of the audit before" if before is None else None
        yield Line(row["audit_date"], int(better), team=row["team_id"], excluded=excluded)


@at_month_end("count")
def deep_dive_open(history: History, month: date) -> Iterator[Line]:
    for row in history["deep_dive"]:
        if row["indicator"] and open_on(row["commissioned_on"], row["reported_on"], month):
            yield Line(month)
