"""Children missing from home or placement, and the talk with them when they are back."""

from __future__ import annotations

import random

from compendium.county import days
from compendium.county.chance import lag
from compendium.county.people import Child
from compendium.county.records import Missing
from compendium.county.service import Service

A_MONTH = 62
BEGIN = days.month("2014-04")


def missing_of(service: Service, chance: random.Random) -> list[Missing]:
    """About 62 episodes a month, of children of ten and over; half of them from care, some again and again."""
    found: list[Missing] = []
    in_care = [care for care in service.looked_after.periods if care.child.eighteen() > days.first_of(BEGIN)]
    restless = [care for care in in_care if chance.random() < 0.16]
    for month in range(BEGIN, days.LAST_MONTH + 1):
        first, last = days.first_of(month), days.last_of(month)
        there = [c for c in restless if c.start <= first and c.end > last and 10 <= c.child.age(first) <= 17]
        open_cases = [case for case in service.cases if case.day <= first and case.close > last]
        wanted = max(1, round(A_MONTH * service.calibration.size * chance.gauss(1, 0.12)))
        for _ in range(wanted):
            on = first + int(chance.random() * (last - first - 1))
            if there and chance.random() < 0.52:
                care = chance.choice(there)
                found.append(_episode(care.child, on, True, care.case.team_on(on), chance))
            elif open_cases:
                case = chance.choice(open_cases)
                child = max(case.children, key=lambda each: -each.born)
                if 10 <= child.age(on) <= 17:
                    found.append(_episode(child, on, False, case.team_on(on), chance))
    return sorted(found, key=lambda episode: (episode.started_at, episode.child.child_id))


def _episode(child: Child, on: int, looked_after: bool, team: str, chance: random.Random) -> Missing:
    started = (on, int(chance.random() * 1440))
    minutes = started[1] + int(min(chance.expovariate(1 / 900), 20000)) + 40
    ended = (on + minutes // 1440, minutes % 1440)
    made = Missing(child, started, ended, ended[0] + lag(chance, 0.04, 40), looked_after, team)
    if chance.random() < 0.90:
        made.offered_at = _later(ended, 3 + chance.random() * 40)
        made.accepted = chance.random() < 0.82
        if made.accepted:
            hours = 12 + chance.random() * 58 if chance.random() < 0.67 else 74 + chance.expovariate(1 / 60)
            made.held_at = _later(ended, hours)
    return made


def _later(at: tuple[int, int], hours: float) -> tuple[int, int]:
    minutes = at[1] + int(hours * 60)
    return (at[0] + minutes // 1440, minutes % 1440)
