"""What services cost each month, and how partners answered: aggregates, so no child is in them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from compendium.county import days, places
from compendium.county.workforce import Workforce

BEGIN = days.month("2015-04")
# Pounds a month. Family support of the calibration authority cost 21.6 million in 2016-17.
EARLY_HELP = 1_050_000
EARLY_HELP_SHARE = {"NE": 0.27, "NW": 0.24, "SE": 0.26, "SW": 0.21, places.COUNTYWIDE: 0.02}
MASH = {"county council": 92_000, "police": 61_000, "health": 38_000, "probation": 9_000, "education": 14_000}
SALARY, AGENCY_COST = 4_150, 6_300  # a full-time equivalent, on-costs included
RESPONSES = {"police": 0.84, "health": 0.71, "education": 0.78, "probation": 0.80, "housing": 0.75}
REPORTS = {"health": 0.74, "education": 0.81, "police": 0.69, "probation": 0.77}


@dataclass(frozen=True, slots=True)
class Spend:
    month: int
    area: str
    service: str
    kind: str
    partner: str
    pence: int


@dataclass(frozen=True, slots=True)
class Answer:
    month: int
    agency: str
    area: str
    measure: str
    numerator: int
    denominator: int | None


def spending(workforce: Workforce, chance: random.Random, size: float) -> list[Spend]:
    """Actual and budget, by area and service; who paid for the hub, from its opening."""
    rows: list[Spend] = []
    for month in range(BEGIN, days.LAST_MONTH + 1):
        growth = 1 + 0.002 * (month - BEGIN)
        for area, share in EARLY_HELP_SHARE.items():
            rows += _both(month, area, "early_help", EARLY_HELP * share * growth * size, chance)
        if days.first_of(month) >= days.first_of(days.month_of(days.MASH_OPENS)):
            for partner, amount in MASH.items():
                rows += _both(month, places.COUNTYWIDE, "mash", amount * size, chance, partner)
        for area in (*places.AREAS, places.COUNTYWIDE):
            rows += _people(month, area, workforce, chance)
    return rows


def _people(month: int, area: str, workforce: Workforce, chance: random.Random) -> list[Spend]:
    on = days.last_of(month)
    here = [w for w in workforce.workers if w.here(on) and places.row_of(w.team, on).area == area]
    own = sum(w.fte for w in here if not w.agency)
    agency = sum(w.fte for w in here if w.agency)
    posts = sum(
        workforce.posts(row.team_id, month) for row in places.team_rows() if row.area == area and row.stands(on)
    )
    return [
        Spend(month, area, "staffing", "actual", "", round(own * SALARY * chance.gauss(1, 0.01)) * 100),
        Spend(month, area, "staffing", "budget", "", round(posts * SALARY) * 100),
        Spend(month, area, "agency", "actual", "", round(agency * AGENCY_COST * chance.gauss(1, 0.02)) * 100),
        Spend(month, area, "agency", "budget", "", round(posts * 0.12 * AGENCY_COST) * 100),
    ]


def _both(month: int, area: str, service: str, amount: float, chance: random.Random, partner: str = "") -> list[Spend]:
    spent = round(amount * chance.gauss(1.015, 0.025)) * 100
    return [
        Spend(month, area, service, "actual", partner, spent),
        Spend(month, area, service, "budget", partner, round(amount) * 100),
    ]


def answers(
    chance: random.Random, enquiries: dict[int, int], conferences: dict[int, int], notices: dict[tuple[int, str], int]
) -> list[Answer]:
    """How partners answered the hub, reported to conferences, and how many notices the police sent."""
    rows: list[Answer] = []
    for month in range(BEGIN, days.LAST_MONTH + 1):
        central = days.first_of(month) >= days.first_of(days.month_of(days.MASH_OPENS))
        for agency, share in RESPONSES.items():
            asked = round(enquiries.get(month, 0) * (0.9 if agency == "police" else 0.5))
            kept = min(asked, round(asked * min(0.97, (share + (0.08 if central else 0)) * chance.gauss(1, 0.03))))
            rows.append(Answer(month, agency, places.COUNTYWIDE, "mash_information_in_time", kept, asked))
        for agency, share in REPORTS.items():
            asked = conferences.get(month, 0)
            kept = min(asked, round(asked * share * chance.gauss(1, 0.05)))
            rows.append(Answer(month, agency, places.COUNTYWIDE, "conference_reports_in_time", kept, asked))
        for area in places.AREAS:
            rows.append(Answer(month, "police", area, "domestic_abuse_notices", notices.get((month, area), 0), None))
    return rows
