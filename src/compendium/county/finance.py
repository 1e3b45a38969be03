"""What services cost each month: aggregates, so no child is in them."""

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


@dataclass(frozen=True, slots=True)
class Spend:
    month: int
    area: str
    service: str
    kind: str
    partner: str
    pence: int


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
