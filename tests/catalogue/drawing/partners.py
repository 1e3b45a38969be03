"""Draws what partners were asked for and gave, the plan of audits, the academy, fees and spending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from compendium.calendar.months import add_months, month_end
from tests.catalogue.drawing.draw import WORKERS, Draw
from tests.catalogue.naive.history import AREAS, Row

AGENCIES = ("police", "health", "education")


def attendances(draw: Draw, enquiries: Sequence[Row]) -> list[Row]:
    """Of most agencies at most discussions; some of a day on which no enquiry began."""
    made = {}
    for enquiry in enquiries:
        for agency in AGENCIES:
            if draw.often(0.8):
                day = enquiry["start_date"] + timedelta(days=draw.one(0, 0, 0, 0, 0, 1))
                row = {"person_id": enquiry["person_id"], "discussion_date": day, "agency": agency,
                       "attended": draw.one(1, 1, 1, 0, None)}  # fmt: skip
                made[row["person_id"], day, agency] = row
    return list(made.values())


def reports(draw: Draw, conferences: Sequence[Row]) -> list[Row]:
    made = {}
    for conference in conferences:
        for agency in AGENCIES:
            if draw.often(0.5):
                held = conference["icpc_date"]
                row = {"person_id": conference["person_id"], "conference_date": held, "agency": agency,
                       "received_on": draw.one(None, draw.after(held, -2), draw.after(held, -2, 0)),
                       "team_id": draw.team()}  # fmt: skip
                made[row["person_id"], held, agency] = row
    return list(made.values())


def school(draw: Draw) -> list[Row]:
    """Terms end on days that are no month's end."""
    ends = [month_end(draw.month, -back) - timedelta(days=draw.one(0, 10)) for back in (0, 1, 4, 8, 13)]
    return [
        {"person_id": child, "term_end": end, "possible_sessions": draw.one(0, 100, 130),
         "attended_sessions": draw.one(0, 50, 99)}
        for child in draw.children
        for end in ends
        if draw.often(0.6)
    ]  # fmt: skip


def planned_audits(draw: Draw) -> list[Row]:
    made = []
    for number in range(20):
        due = draw.one(draw.recent(), draw.month, draw.after(draw.month, 0, 3, 45))
        made.append(
            {"planned_id": str(number), "due_date": due, "team_id": draw.team(), "theme": draw.one("a", None),
             "completed_on": draw.one(None, due, draw.after(due, 0, 0, 14), month_end(due) + draw.near()),
             "audit_id": draw.one(None, str(number))}
        )  # fmt: skip
    return made


def trainees(draw: Draw) -> list[Row]:
    made = []
    for number in range(12):
        start = draw.one(draw.recent(26), draw.recent(3))
        qualifies = add_months(start, draw.one(14, 24))
        made.append(
            {"worker_id": draw.one(*WORKERS, f"T{number}"), "cohort_id": draw.one("one", "two", None),
             "start_date": start, "qualifies_on": qualifies, "team_id": draw.team(),
             "converted_on": draw.one(None, draw.months_after(start, 14, 24), qualifies + draw.near()),
             "left_on": draw.one(None, None, draw.months_after(start, 6, 24))}
        )  # fmt: skip
    return list({(row["worker_id"], row["start_date"]): row for row in made}.values())


def fees(draw: Draw) -> list[Row]:
    made = []
    for child in draw.each(0, 2):
        start = draw.one(draw.recent(), draw.month + draw.near())
        for fee in ("placement", "therapy")[: draw.one(1, 2)]:
            made.append(
                {"person_id": child, "start_date": start, "end_date": draw.ended(start, draw.recent(3), chance=0.4),
                 "setting": draw.one("residential", "residential", "fostering"),
                 "provider_id": draw.one("a", "b", None),
                 "fee": fee, "weekly_pence": draw.one(0, 100, 300_000)}
            )  # fmt: skip
    return list({(row["person_id"], row["start_date"], row["provider_id"], row["fee"]): row for row in made}.values())


def spending(draw: Draw) -> list[Row]:
    return [
        {"month_end": month_end(draw.month, -back), "area_id": area, "service": service, "kind": kind,
         "partner": None, "amount_pence": draw.one(0, 1, 100_000)}
        for back in range(14)
        for area in (*AREAS, "countywide")
        for service in ("early_help", "mash", "agency", "staffing", "looked_after")
        for kind in ("actual", "budget", "forecast")
        if draw.often(0.4)
    ]  # fmt: skip
