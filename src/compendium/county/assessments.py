"""How long an assessment takes, and why: the pressure on the team that does it.

Lengths inside and beyond 45 working days follow the published bands of the year. Whether an
assessment is late depends on the month in which it would be finished (the county improved from 62% in
January 2016 to about 84% in December) and on the pressure on its team.
"""

from __future__ import annotations

import math
import random
from functools import cache
from itertools import pairwise

from compendium.county import days
from compendium.county.calibration import yearly
from compendium.county.chance import Mixture, Share, lag
from compendium.county.people import Child
from compendium.county.pressure import Pressure
from compendium.county.records import Assessment, Case

SINGLE_ASSESSMENT = days.day("2014-03-17")  # before it, initial and core assessments, which no return of ours holds
PILOT = (days.day("2014-02-06"), days.day("2014-02-28"))
IN_TIME_BANDS = ("Same day", "1-10", "11-20", "21-30", "31-40", "41-45")
LATE_BANDS = ("46-50", "51-60", "61+")
BAND_DAYS = {"Same day": (0, 0), "1-10": (1, 10), "11-20": (11, 20), "21-30": (21, 30), "31-40": (31, 40),
             "41-45": (41, 45), "46-50": (46, 50), "51-60": (51, 60), "61+": (61, 95)}  # fmt: skip
# The share in time of those finished in a month, before the team's pressure.
IN_TIME = {
    "2014-04": 0.92, "2014-08": 0.725, "2014-12": 0.685, "2015-04": 0.68, "2015-08": 0.675, "2015-12": 0.615,
    "2016-02": 0.62, "2016-04": 0.69, "2016-07": 0.74, "2016-10": 0.775, "2016-12": 0.85, "2017-01": 0.81,
    "2017-03": 0.79, "2017-07": 0.80,
}  # fmt: skip
AREA_ON_ODDS, THIN_ON_ODDS = 2.2, 3.0
FACTORS = Mixture(
    {"3B": 32, "4B": 27, "17A": 17, "1B": 16, "4A": 18, "16A": 13, "2B": 12, "5A": 12, "3A": 11, "18A": 9, "14A": 8,
     "20": 16,
     "19A": 5, "15A": 5, "2A": 5, "7A": 5, "11A": 5, "6B": 4, "6A": 4, "10A": 3, "1A": 2, "13A": 1, "9A": 0.5,
     "12A": 0.5}
)  # fmt: skip


@cache
def bands(year: int, names: tuple[str, ...]) -> Mixture[str]:
    """The year's published lengths; the year of the pilot is too small to say."""
    return Mixture({name: yearly(f"assessments {name}", max(year, 2015)) for name in names})


@cache
def share_in_time(in_month: int) -> float:
    known = sorted((days.month(name), value) for name, value in IN_TIME.items())
    for (before, low), (later, high) in pairwise(known):
        if before <= in_month <= later:
            return low + (high - low) * (in_month - before) / (later - before)
    return known[0][1] if in_month < known[0][0] else known[-1][1]


class Assessments:
    """Begins assessments and decides when they are authorised."""

    def __init__(self, chance: random.Random, pressure: Pressure) -> None:
        self.chance, self.pressure = chance, pressure
        self.in_pilot = Share(chance)
        self.timely: dict[tuple[str, int], Share] = {}

    def of(self, case: Case) -> Assessment | None:
        """The assessment that a referral leads to; none before the single assessment was brought in."""
        pilot = PILOT[0] <= case.day <= PILOT[1] and self.in_pilot.take(0.70, case.size)
        if not pilot and case.day < SINGLE_ASSESSMENT:
            return None
        start = days.after(case.day, self.chance.choice((0, 0, 1, 1, 2)))
        return self.begin(case.children, start, case.assess_team, quick=pilot)

    def begin(self, children: list[Child], start: int, team: str, *, quick: bool = False) -> Assessment:
        chance = self.chance
        made = Assessment(start, start + lag(chance, 0.01, 40), team)
        made.review = days.after(start, 10)
        made.auth = (
            days.after(start, 5 + int(chance.random() * 15)) if quick else self._authorised(start, team, len(children))
        )
        made.auth_known = made.auth + lag(chance, 0.025, 60)
        made.unseen = frozenset(child.child_id for child in children if chance.random() < 0.03)
        made.factors = tuple(sorted({FACTORS.draw(chance) for _ in range(1 + int(chance.random() * 3.5))}))
        return made

    def _authorised(self, start: int, team: str, weight: int) -> int:
        """A length in time and a late one are drawn; the months they would end in decide between them."""
        year = days.year_ending(days.month_of(start))
        in_time = days.after(start, self._length(bands(year, IN_TIME_BANDS)))
        late = days.after(start, self._length(bands(year, LATE_BANDS)))
        yes = self._odds(days.month_of(in_time), team)
        no = self._odds(days.month_of(late), team)
        weight_yes, weight_no = yes / (1 + yes), 1 / (1 + no)
        timely = self.timely.setdefault((team[:2], days.month_of(in_time)), Share(self.chance))
        return in_time if timely.take(weight_yes / (weight_yes + weight_no), weight) else late

    def _odds(self, in_month: int, team: str) -> float:
        share = share_in_time(in_month)
        area, thin = self.pressure.on(team, in_month)
        return share / (1 - share) / (math.pow(area, AREA_ON_ODDS) * math.pow(thin, THIN_ON_ODDS))

    def _length(self, of: Mixture[str]) -> int:
        low, high = BAND_DAYS[of.draw(self.chance)]
        return low + int(self.chance.random() ** (2.0 if high > 90 else 1.0) * (high - low + 1))
