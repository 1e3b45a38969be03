"""Draws contacts, the safeguarding hub, early help, referrals, assessments and plans for children in need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from compendium.calendar.months import add_months
from tests.catalogue.drawing.draw import FAMILIES, Draw
from tests.catalogue.naive.history import Row

SOURCES = ("6", "2A", "2B", "1A", "3A", "9", "10", None)
OUTCOMES = ("nfa", "advice", "early_help", "referral", "referral", "existing_case", "other", None)
FACTORS = ("1A", "2B", "3A", "4A", "21", "5A")


def contacts(draw: Draw) -> list[Row]:
    made = []
    for child in draw.each(1, 4):
        day = draw.recent()
        decided = draw.maybe(draw.after(day, 0, 1, 2, 3, 4), 0.8)
        made.append(
            {"person_id": child, "contact_date": day, "decision_date": decided, "on_open_case": draw.flag(),
             "team_id": draw.team(), "source_code": draw.one(*SOURCES), "outcome": draw.one(*OUTCOMES),
             "contact_group_id": draw.one("K", "L", None), "domestic_abuse": draw.flag()}
        )  # fmt: skip
    return made


def mash(draw: Draw) -> list[Row]:
    made = []
    for number, child in enumerate(draw.each(1, 3)):
        opened = draw.moment(draw.recent())
        closed = opened + timedelta(seconds=draw.one(4, 24, 72) * 3600 + draw.one(-1, 0, 1, 900))
        made.append(
            {"enquiry_id": str(number), "person_id": child, "opened_on": opened.date(),
             "opened_at": draw.maybe(opened, 0.95), "rating": draw.one("red", "amber", "green", None),
             "closed_at": draw.maybe(closed, 0.8), "team_id": draw.team()}
        )  # fmt: skip
    return made


def referrals(draw: Draw) -> list[Row]:
    made = []
    for child in draw.children:
        day = draw.one(draw.recent(26), draw.months_before_month_end(24))
        for _ in range(draw.rng.randint(0, 4)):
            closed = draw.maybe(draw.one(day, draw.after(day, 20, 60, 400), draw.month), 0.6)
            closed = closed if closed and closed >= day else None
            made.append(
                {"person_id": child, "referral_date": day, "source_code": draw.one("6", "2A", "10", None),
                 "nfa": draw.flag(), "close_date": closed, "team_id": draw.team(),
                 "close_reason": draw.one("RC1", "RC5", "RC8", "RC9", None) if closed else None,
                 "primary_need_code": draw.one("N1", "N2", None)}
            )  # fmt: skip
            day = draw.one(day, draw.months_after(day, 12), draw.months_after(day, 3, 12))
    return made


def early_help(draw: Draw) -> list[Row]:
    made = []
    for child in draw.each(0, 2):
        start = draw.recent()
        ended = draw.maybe(draw.one(draw.after(start, 30, 120), draw.month), 0.7)
        if ended and ended < start:
            ended = start
        made.append(
            {"person_id": child, "start_date": start, "family_id": draw.one(*FAMILIES), "end_date": ended,
             "end_reason": draw.one("needs_met", "needs_met", "step_up", "transfer", None), "team_id": draw.team(),
             "assessment_end": draw.maybe(draw.working_days_after(start, 20, 30, 45))}
        )  # fmt: skip
    return made


def referrals_after_help(draw: Draw, episodes: Sequence[Row]) -> list[Row]:
    """About the end of early help, and six months later."""
    made = []
    for episode in episodes:
        if episode["end_date"] and draw.often(0.5):
            day = draw.months_after(episode["end_date"], 0, 1, 6, 6)
            made.append(
                {"person_id": episode["person_id"], "referral_date": day, "source_code": "6", "nfa": draw.flag(),
                 "close_date": draw.maybe(day, 0.3), "team_id": draw.team(), "close_reason": None,
                 "primary_need_code": None}
            )  # fmt: skip
    return made


def assessments(draw: Draw) -> list[Row]:
    made = []
    for child in draw.each(0, 3):
        done = draw.recent()
        start = done - timedelta(days=draw.one(*range(60, 70), 0, -1, 10))
        referred = draw.one(start - timedelta(days=draw.one(0, 2, 3)), None)
        row = {"person_id": child, "start_date": start, "referral_date": referred, "team_id": draw.team(),
               "auth_date": draw.maybe(done, 0.75), "child_seen": draw.flag()}  # fmt: skip
        made.append(row)
        if draw.often(0.15):
            made.append({**row, "auth_date": draw.one(None, done, done + timedelta(days=1)), "child_seen": draw.flag()})
        if referred and draw.often(0.3):
            made.append({**row, "start_date": start + timedelta(days=draw.one(0, 1, 5))})
    return made


def factors(draw: Draw, told: Sequence[Row]) -> list[Row]:
    made = []
    for row in told:
        for _ in range(draw.one(0, 1, 2, 4)):
            start = row["start_date"] + timedelta(days=draw.one(0, 0, 0, 1))
            made.append({"person_id": row["person_id"], "start_date": start, "factor_code": draw.one(*FACTORS)})
    return made


def cin_plans(draw: Draw) -> list[Row]:
    made = []
    for child in draw.each(0, 2):
        start = draw.one(draw.recent(8), draw.working_days_before(draw.month, 20), draw.days_before_month_end(28, 42))
        made.append(
            {"person_id": child, "start_date": start, "team_id": draw.team(),
             "end_date": draw.ended(start, draw.after(start, 20, 100), chance=0.4)}
        )  # fmt: skip
    return made


def cin_visits(draw: Draw, plans: Sequence[Row]) -> list[Row]:
    made = []
    for plan in plans:
        about = (
            draw.working_days_before(draw.month, 20), draw.working_days_before(add_months(draw.month, -1), 20),
            draw.after(plan["start_date"], 0, 10), draw.month + draw.near(),
        )  # fmt: skip
        for day in about:
            if draw.often(0.35):
                made.append(
                    {"person_id": plan["person_id"], "kind": draw.one("cin", "cin", "cp"), "visit_date": day,
                     "seen": draw.one(1, 1, None, 0), "seen_alone": draw.flag(), "team_id": draw.team()}
                )  # fmt: skip
    return made
