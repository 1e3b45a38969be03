"""Draws teams that moved, people, who holds whose case, the workforce, audits and missing children."""

from __future__ import annotations

from datetime import date, timedelta

from compendium.calendar.months import add_months, month_end, month_start
from tests.catalogue.drawing.draw import WORKERS, Draw
from tests.catalogue.naive.history import AREAS, Row

ROLES = ("case_holder", "case_holder", "case_holder", "senior_practitioner", "qualified_without_cases", None)


def teams(draw: Draw) -> list[Row]:
    """NE2 moved to another area two months ago; SW1 was closed on the first day of the month before."""
    moved, closed = month_start(draw.month, -2), month_start(draw.month, -1)
    spans: list[tuple[str, str, date, date | None]] = [
        ("NE1", "NE", draw.long_ago, None),
        ("NE2", "NE", draw.long_ago, moved),
        ("NE2", "SE", moved, None),
        ("NW1", "NW", draw.long_ago, None),
        ("SE1", "SE", draw.long_ago, None),
        ("SW1", "SW", draw.long_ago, draw.one(None, None, closed)),
        ("CW1", "countywide", draw.long_ago, None),
    ]
    return [
        {"team_id": team, "area_id": area, "valid_from": begins, "valid_to": ends, "service": draw.one("mash", "cp")}
        for team, area, begins, ends in spans
    ]


def people(draw: Draw) -> list[Row]:
    """Birthdays of every age that a rule names fall about the month's end; some on a leap day; twins share theirs."""
    made: list[Row] = []
    for child in draw.children:
        turned = add_months(draw.month, -12 * draw.one(2, 3, 4, 5, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25))
        near = draw.one(-100, -31, -1, 0, 0, 1, 31, 100)
        leap = date(draw.month.year - draw.month.year % 4 - draw.one(4, 12, 16, 20), 2, 29)
        born = draw.one(turned + timedelta(days=near), turned + timedelta(days=near), leap)
        if made and draw.often(0.15):
            born = made[-1]["dob"]
        known = draw.maybe(born, 0.92)
        made.append(
            {"person_id": child, "dob": known, "sex": draw.one("M", "F", "U", None),
             "ethnicity": draw.one("WBRI", "MWBC", None), "is_disabled": draw.flag(), "is_uasc": draw.flag(),
             "expected_dob": None if known else draw.one(None, draw.recent()), "death_date": None}
        )  # fmt: skip
    return made


def involvements(draw: Draw) -> list[Row]:
    made = []
    for child in draw.each(0, 4):
        start = draw.one(draw.recent(26), draw.months_before_month_end(12))
        ended = draw.maybe(draw.one(start, draw.after(start, 30, 200), draw.month), 0.6)
        if ended and ended < start:
            ended = None
        made.append(
            {"person_id": child, "worker_id": draw.one(*WORKERS), "team_id": draw.team(),
             "role": draw.one("case_holder", "case_holder", "case_holder", "reviewing_officer", "personal_adviser"),
             "start_date": start, "end_date": ended}
        )  # fmt: skip
    # One worker is allocated to a child once a day.
    return list({(row["person_id"], row["worker_id"], row["start_date"]): row for row in made}.values())


def workers(draw: Draw) -> list[Row]:
    made = []
    for worker in WORKERS[:5]:
        start: date | None = draw.one(draw.long_ago, draw.recent(26), draw.months_before_month_end(12, 24))
        for _ in range(draw.one(1, 1, 2)):
            if start is None:
                break
            ended = draw.ended(start, draw.recent(13), chance=0.4)
            made.append(
                {"worker_id": worker, "role": draw.one(*ROLES), "team_id": draw.team(), "start_date": start,
                 "fte_hundredths": draw.one(100, 100, 50, 60, 0, None), "is_agency": draw.flag(),
                 "is_registered": draw.one(1, 1, 0, None), "is_asye": draw.flag(), "end_date": ended}
            )  # fmt: skip
            start = ended
    return made


def posts(draw: Draw) -> list[Row]:
    return [
        {"month_end": month_end(draw.month, -back), "team_id": team,
         "role": draw.one("social_worker", "social_worker", "manager"),
         "establishment_hundredths": draw.one(None, 1000, 900), "in_post_hundredths": draw.one(None, 800, 950),
         "agency_hundredths": (agency := draw.one(None, 0, 150)),
         "cover_hundredths": draw.one(None, 0, 50, 150) if agency else agency,
         "vacancy_hundredths": draw.one(None, 0, 100), "starters_hundredths": draw.one(None, 0, 100),
         "leavers_hundredths": draw.one(None, 0, 100, 50), "sickness_days_hundredths": draw.one(None, 0, 1250)}
        for back in range(14)
        for team in ("NE1", "NE2", "NW1", "SE1", "SW1", "CW1")
        if draw.often(0.9)
    ]  # fmt: skip


def audits(draw: Draw) -> list[Row]:
    grades = ("good", "outstanding", "requires_improvement", "inadequate", None)
    return [
        {"audit_id": str(number), "audit_date": draw.recent(), "grade": draw.one(*grades), "theme": draw.one("a", "b"),
         "moderated_grade": draw.one(*grades, None, None), "team_id": draw.team(),
         "person_id": draw.one(*draw.children, None), "sampling": draw.one("random", "targeted", None),
         "reaudit_of": draw.one(None, str(draw.rng.randrange(number + 1)), str(draw.rng.randrange(24)))}
        for number in range(24)
    ]  # fmt: skip


def actions(draw: Draw) -> list[Row]:
    made = []
    for number in range(20):
        agreed = draw.recent(4)
        done = draw.maybe(draw.one(draw.after(agreed, 10, 40), draw.month), 0.5)
        made.append(
            {"action_id": str(number), "audit_id": "1", "agreed_on": agreed, "team_id": draw.team(),
             "due_date": draw.one(None, draw.month, draw.month - timedelta(days=1), draw.after(agreed, 20)),
             "done_date": done if done and done >= agreed else None}
        )  # fmt: skip
    return made


def missing(draw: Draw) -> list[Row]:
    made: list[Row] = []
    for child in draw.each(0, 3):
        gone = draw.moment(draw.one(draw.recent(), draw.days_before_month_end(30, 90)))
        back = draw.hours_after(gone, 1, 20, 40)
        told = draw.maybe(gone, 0.9)
        row = {"person_id": child, "started_on": gone.date(), "started_at": told, "ended_at": draw.maybe(back, 0.9),
               "kind": draw.one("M", "M", "A", None), "is_looked_after": draw.flag(), "rhi_offered": draw.flag(),
               "rhi_offered_at": draw.maybe(draw.hours_after(back, 1, 72), 0.4), "rhi_accepted": draw.flag(),
               "rhi_completed_at": draw.maybe(draw.hours_after(back, 72, 72, 22, -8), 0.7),
               "team_id": draw.team()}  # fmt: skip
        made.append(row)
        if draw.often(0.15):
            made.append({**row, "started_on": gone.date() + timedelta(days=1), "started_at": None})
    return made


def population(draw: Draw) -> list[Row]:
    """Children of each area, and some years those of the whole authority, as the council's own figures."""
    return [
        {"mid_year": year, "geography_code": code, "age_from": 0, "age_to": 17, "persons": draw.one(1, 3, 20_000)}
        for year in range(draw.month.year - 4, draw.month.year)
        for code in (*AREAS, "countywide", "999")
        if draw.often(0.6)
    ]
