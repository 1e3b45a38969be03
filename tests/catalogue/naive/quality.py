"""Audits planned and repeated, deep dives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.catalogue.naive.history import History, Line, open_on
from tests.catalogue.naive.twins import at_month_end, in_period

GRADES = ("inadequate", "requires_improvement", "good", "outstanding")


@in_period("share")
def audits_completed(history: History, as_at: date) -> Iterator[Line]:
    for row in history["audit_plan"]:
        done, due = row["completed_on"], row["due_date"]
        waiting = done is None and due >= as_at
        yield Line(
            due, int(done is not None and done <= due), team=row["team_id"],
            excluded="not yet due" if waiting else None,
        )  # fmt: skip


@in_period("share")
def audit_reaudit_improved(history: History, as_at: date) -> Iterator[Line]:
    grades = {row["audit_id"]: row["moderated_grade"] or row["grade"] for row in history["audit"]}
    for row in history["audit"]:
        if row["reaudit_of"] is None:
            continue
        before, after = grades.get(row["reaudit_of"]), grades[row["audit_id"]]
        better = before is not None and after is not None and GRADES.index(after) > GRADES.index(before)
        excluded = None if before and after else "no grade to compare with"
        yield Line(row["audit_date"], int(better), team=row["team_id"], excluded=excluded)


@at_month_end("count")
def deep_dive_open(history: History, month: date) -> Iterator[Line]:
    for row in history["deep_dive"]:
        if open_on(row["commissioned_on"], row["reported_on"], month):
            yield Line(month)
