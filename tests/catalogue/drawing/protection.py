"""Draws section 47 enquiries, conferences, protection plans, their reviews and visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from compendium.calendar.months import add_months
from tests.catalogue.drawing.draw import Draw
from tests.catalogue.naive.history import Row

CATEGORIES = ("NEG", "PHY", "SAB", "EMO", "MUL", None)
TAKING_PART = ("PN0", "PN1", "PN4", "PN6", "PN7", None)


def enquiries(draw: Draw) -> list[Row]:
    made = []
    for child in draw.each(0, 3):
        start = draw.one(draw.recent(4), draw.recent(26), draw.days_before_month_end(60))
        made.append(
            {"person_id": child, "start_date": start, "team_id": draw.team(), "nfa": draw.flag(),
             "end_date": draw.maybe(draw.after(start, 5, 15))}
        )  # fmt: skip
        if draw.often(0.4):
            again = draw.one(start, draw.months_after(start, 12))
            made.append({**made[-1], "start_date": again, "end_date": None})
    return made


def conferences(draw: Draw, told: Sequence[Row]) -> list[Row]:
    """Of enquiries that were told of, and of others that were not."""
    made = []
    for child in draw.each(0, 2):
        held = draw.recent()
        began = held - timedelta(days=draw.one(*range(18, 27), 0, -1, 5))
        for start in [draw.maybe(began, 0.9), began - timedelta(days=7)][: draw.one(1, 1, 1, 2)]:
            made.append({**_conference(draw, child, held, start), "team_id": "NE1"})
    for enquiry in told:
        if draw.often(0.4):
            held = draw.one(
                draw.working_days_after(enquiry["start_date"], 15), draw.after(enquiry["start_date"], 0, 45, 60)
            )
            start = draw.one(enquiry["start_date"], enquiry["start_date"], None)
            made.append(_conference(draw, enquiry["person_id"], held, start))
    return made


def _conference(draw: Draw, child: str, held: object, start: object) -> Row:
    return {"person_id": child, "icpc_date": held, "s47_start_date": start, "team_id": draw.team(),
            "transfer_in": draw.one(0, 0, 0, 1, None), "outcome_cp_plan": draw.one(1, 1, 0, None),
            "is_quorate": draw.flag(), "participation": draw.one(*TAKING_PART)}  # fmt: skip


def plans(draw: Draw, held: Sequence[Row]) -> list[Row]:
    made = []
    for child in draw.children:
        firsts = [row["icpc_date"] for row in held if row["person_id"] == child]
        start = draw.one(
            draw.recent(10),
            draw.month - timedelta(days=draw.one(728, 729, 730, 12, 13, 14, 15, 16)),
            draw.months_before_month_end(3, 6, 24),
            *firsts,
        )
        for _ in range(draw.rng.randint(0, 3)):
            ended = draw.ended(start, draw.after(start, 60, 91, 400), draw.after(start, 1, 30), chance=0.5)
            made.append(
                {"person_id": child, "start_date": start, "end_date": ended, "team_id": draw.team(),
                 "previous_plans": draw.one(None, None, 0, 0, 1), "other_la": draw.one(0, 0, 0, None, 1),
                 "initial_category": draw.one(*CATEGORIES), "latest_category": draw.one(*CATEGORIES)}
            )  # fmt: skip
            start = draw.one(
                start, draw.after(start, 100, 400), draw.after(ended or start, 1, 30),
                draw.months_after(ended or start, 24),
            )  # fmt: skip
    return made


def reviews(draw: Draw, told: Sequence[Row]) -> list[Row]:
    made = []
    for plan in told:
        day = plan["start_date"]
        for span in (draw.one(0, 3, 3, 3), 6, 6)[: draw.rng.randint(0, 3)]:
            day = draw.one(add_months(day, span), draw.months_after(day, span), draw.after(day, 70))
            made.append(
                {"person_id": plan["person_id"], "plan_start_date": plan["start_date"], "review_date": day,
                 "is_quorate": draw.flag(), "participation": draw.one(*TAKING_PART)}
            )  # fmt: skip
    return made


def visits(draw: Draw, told: Sequence[Row]) -> list[Row]:
    made = []
    for plan in told:
        start = plan["start_date"]
        about = (
            draw.month - timedelta(days=draw.one(*range(12, 19), 7, 28, 42, 43)),
            draw.after(start, 0, 7, 200), draw.working_days_after(start, 10, 20), draw.recent(4),
        )  # fmt: skip
        for day in about:
            if draw.often(0.4):
                made.append(
                    {"person_id": plan["person_id"], "kind": "cp", "visit_date": day, "seen": draw.one(1, 1, None, 0),
                     "seen_alone": draw.flag(), "team_id": draw.team()}
                )  # fmt: skip
    return made
