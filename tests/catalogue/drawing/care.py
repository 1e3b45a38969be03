"""Draws periods of care, placements, reviews, visits, health, adoption and care leavers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from compendium.calendar.months import add_months
from tests.catalogue.drawing.draw import Draw
from tests.catalogue.naive.history import Row

STATUSES = ("C1", "C2", "V2", None, "V3", "V4", "C1", "E1")
REASONS = ("X1", "E11", "E12", "E43", "E45", "E48", "E41", "E4A", "E3", "E8", "E2", None)
KINDS = ("U6", "U4", "U1", "P1", "K2", "K1", "A3", "A5", "A6", "H5", "K3", "R1", "R3", "Z1", "S1", None)
ENTITLED = ("former_relevant", "former_relevant", "relevant", "qualifying", "eligible", None)
AWAY = ("T0", "T1", "T3", "T4")


def periods(draw: Draw) -> list[Row]:
    made = []
    for child in draw.children:
        start = draw.one(
            draw.recent(8), add_months(draw.month, -30) + timedelta(days=draw.one(-900, -1, 0, 1)),
            draw.months_before_month_end(12),
        )  # fmt: skip
        for _ in range(draw.rng.randint(0, 3)):
            ended = draw.ended(
                start, draw.after(start, 200, 900), draw.after(start, 20, 29), draw.recent(13), chance=0.5
            )
            made.append(
                {"person_id": child, "start_date": start, "end_date": ended, "legal_status": draw.one(*STATUSES),
                 "end_reason": draw.one(*REASONS) if ended else None,
                 "health_assessment_date": draw.one(None, None, None, draw.months_before_month_end(6, 12)),
                 "is_uasc": draw.flag(), "team_id": draw.team(), "need_code": draw.one("N1", "N8", None)}
            )  # fmt: skip
            if ended is None and draw.often(0.7):
                break
            start = ended + timedelta(days=draw.one(0, 1, 9)) if ended else draw.after(start, 2, 40)
    return made


def placements(draw: Draw, told: Sequence[Row]) -> list[Row]:
    made: dict[tuple[str, date], Row] = {}
    for period in told:
        day: date | None = period["start_date"]
        for _ in range(draw.rng.randint(0, 5)):
            if day is None:
                break
            kind = draw.one(*KINDS, *AWAY, *AWAY)
            length = draw.one(0, 1, 7, 7, 21, 21, 42, 42, 300, 725, 731)
            ended = draw.maybe(draw.after(day, length), 0.8)
            if ended and ended < day:
                ended = day
            carer = None if kind in AWAY else draw.one("X", "X", "Y", None)
            made.setdefault(
                (period["person_id"], day),
                {"person_id": period["person_id"], "start_date": day, "end_date": ended, "type": kind,
                 "carer_id": carer, "is_long_term": draw.flag(),
                 "location": draw.one("inside", "outside", "outside", None), "urn": draw.one(None, "SC1"),
                 "distance_hundredths": draw.one(None, 0, 1999, 2000, 2001, 5000),
                 "is_registered": draw.one(1, 1, 0, None),
                 "provider": draw.one("PR1", "PR4", None)},
            )  # fmt: skip
            day = ended if ended is None or draw.often(0.8) else ended + timedelta(days=2)
    return list(made.values())


def reviews(draw: Draw, told: Sequence[Row]) -> list[Row]:
    made = []
    for period in told:
        day = draw.after(period["start_date"], 20, 28, 29, 30)
        for span in (3, 6, 6)[: draw.rng.randint(0, 3)]:
            taking_part = draw.one(*(f"PN{number}" for number in range(8)), None)
            made.append({"person_id": period["person_id"], "review_date": day, "participation": taking_part})
            day = draw.one(draw.months_after(day, span), draw.after(day, 70))
    return made


def visits(draw: Draw, told: Sequence[Row]) -> list[Row]:
    made = []
    for placement in told:
        last = draw.month - timedelta(days=draw.one(*range(12, 19), 7, 28, 42, 43))
        for day in (last, draw.after(placement["start_date"], 0, 7, 200), draw.months_before_month_end(3)):
            if draw.often(0.4):
                made.append(
                    {"person_id": placement["person_id"], "kind": "lac", "visit_date": day,
                     "seen": draw.one(1, 1, None, 0), "seen_alone": draw.flag(), "team_id": draw.team()}
                )  # fmt: skip
    return made


def health_checks(draw: Draw, told: Sequence[Row]) -> list[Row]:
    made = []
    for period in told:
        start = period["start_date"]
        about = (
            draw.working_days_after(start, 20), draw.months_after(start, -3, 0), draw.months_before_month_end(12),
            draw.months_before_month_end(6), draw.month + draw.near(), draw.recent(14),
        )  # fmt: skip
        for day in about:
            if draw.often(0.4):
                kind = draw.one("initial", "review", "review", "dental")
                made.append(
                    {
                        "person_id": period["person_id"],
                        "kind": kind,
                        "check_date": day,
                        "refused": draw.one(None, 0, 1),
                        "by_doctor": draw.flag(),
                    }
                )
    return made


def yearly_health(draw: Draw) -> list[Row]:
    """What a return says of a year, which is mostly over on the month's end and sometimes a day beside it."""
    return [
        {"person_id": child, "as_at": day, "health_assessment": draw.flag(), "dental_check": draw.flag(),
         "sdq_score": draw.one(None, 0, 13, 17)}
        for child in draw.children
        for day in {draw.month, draw.month + draw.near()}
        if draw.often(0.3)
    ]  # fmt: skip


def adoptions(draw: Draw) -> list[Row]:
    made = []
    for child in draw.children:
        if draw.often(0.6):
            continue
        adopted = draw.one(draw.recent(37), draw.months_before_month_end(36), draw.recent(3))
        entered = adopted - timedelta(days=draw.one(400, 641, 900))
        placed = draw.one(entered, draw.after(entered, 92, 300))
        ordered = draw.after(entered, 100, 250)
        matched = draw.one(ordered, draw.after(ordered, 0, 121, 200), draw.after(ordered, -40))
        made.append(
            {"person_id": child, "entered_care": entered, "family_id": draw.one("F", "G", None),
             "placement_order": draw.maybe(ordered, 0.8), "order_date": draw.maybe(adopted, 0.85),
             "matched_date": draw.maybe(matched, 0.8),
             "placed_date": draw.maybe(placed, 0.85), "adopted_by_carer": draw.flag(),
             "carer_date": draw.one(None, entered, placed, draw.after(entered, 92))}
        )  # fmt: skip
    return made


def statuses(draw: Draw, people: Sequence[Row]) -> list[Row]:
    """About the months' ends, and about the windows around birthdays."""
    made = []
    born = {row["person_id"]: row["dob"] for row in people}
    for child in draw.each(0, 3):
        about = [draw.recent(), draw.month, draw.days_before_month_end(56), draw.months_before_month_end(12)]
        if born.get(child):
            near = add_months(born[child], 12 * draw.one(19, 20, 21))
            about += [add_months(near, draw.one(-3, 1)) + draw.near(), near + timedelta(days=draw.one(-364, -365))]
        day = draw.one(*about)
        contact = draw.one(None, day, draw.after(day, -56), draw.days_before_month_end(56), draw.recent(6))
        made.append(
            {"person_id": child, "as_at": day, "eligibility": draw.one(*ENTITLED), "in_touch": draw.flag(),
             "last_contact_date": contact,
             "accommodation": draw.one("U", "X", "G", "H", "R", "Z", None), "is_suitable": draw.flag(),
             "activity": draw.one("F1", "P2", "F4", "G4", "G5", "G6", "0", None), "team_id": draw.team(),
             "pathway_review_date": draw.one(None, draw.months_before_month_end(6), draw.recent()),
             "exclusion": draw.one(None, None, None, None, "died", "returned_home", "transferred"),
             "accommodation_exclusion": draw.one(None, None, None, "abroad", "deported", "residence_unknown")}
        )  # fmt: skip
    return list({(row["person_id"], row["as_at"]): row for row in made}.values())
