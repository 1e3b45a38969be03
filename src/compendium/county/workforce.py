"""Social workers, their posts, their comings and goings, and agency cover, month by month.

The path of vacancies is given (it is the county's history); who leaves, who joins and where follows
from it by chance. The South East loses more people than it can hire; everything it is late with
follows from that.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from compendium.county import places
from compendium.county.chance import Mixture
from compendium.county.days import AGENCY_FREEZE, LAST_MONTH, WARM_UP, day, first_of, last_of, month, month_of
from compendium.county.people import NEVER

HOURS = Mixture({1.0: 78.0, 0.8: 8.0, 0.6: 9.0, 0.5: 5.0})
ROLES = Mixture({"case_holder": 70.0, "senior_practitioner": 30.0})
NEW_POSTS = month("2016-08")  # 12 posts are added; the rate of vacancies rises overnight and nobody has left
NEW_POSTS_BY_AREA = {"SE": 4.0, "NE": 3.0, "NW": 3.0, "SW": 2.0, places.COUNTYWIDE: 0.0}
# Vacant FTE at month ends; straight lines between. The academy's 14 take posts in July 2017.
VACANCIES = {"2011-04": 44, "2014-04": 48, "2015-10": 58, "2016-03": 56, "2016-05": 57, "2016-07": 60, "2016-08": 72,
             "2016-10": 70, "2016-12": 68, "2017-01": 64, "2017-03": 62, "2017-06": 60, "2017-07": 60}  # fmt: skip
VACANT_SHARE = {"SE": 0.344, "NE": 0.203, "NW": 0.187, "SW": 0.172, places.COUNTYWIDE: 0.094}
AGENCY = {"2011-04": 60, "2014-04": 70, "2015-10": 78, "2016-07": 80, "2016-10": 80, "2017-01": 78, "2017-07": 74}
AGENCY_SHARE = {"SE": 0.26, "NE": 0.25, "NW": 0.23, "SW": 0.17, places.COUNTYWIDE: 0.09}
DECEMBER_LOSS = ("SE-A2", month("2016-12"), 3)
OTHER_STAFF = (("early_help", "early_help_worker", 7), ("care_leavers", "personal_adviser", 11))


@dataclass(slots=True, eq=False)
class Worker:
    worker_id: str
    team: str
    role: str
    fte: float
    start: int
    end: int = NEVER
    agency: bool = False
    newly_qualified: bool = False
    covers_vacancy: bool = False
    load: int = 0  # cases held, while these are being handed out

    def here(self, on: int) -> bool:
        return self.start <= on < self.end


@dataclass
class Workforce:
    chance: random.Random
    size: float = 1.0
    workers: list[Worker] = field(default_factory=list)
    in_post: dict[str, list[Worker]] = field(default_factory=lambda: defaultdict(list))
    agency: dict[str, list[Worker]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for service, role, each in OTHER_STAFF:
            for row in places.team_rows():
                if (
                    row.service == service
                    and row.since == places.BEGINNING
                    and not any(w.team == row.team_id for w in self.workers)
                ):
                    for _ in range(max(1, round(each * self.size))):
                        self._hire(row.team_id, 1.0, places.BEGINNING, role)
        for each in range(WARM_UP, LAST_MONTH + 2):
            self._leave(each)
            self._join(each)
            self._book(each)

    def posts(self, team: str, in_month: int) -> float:
        """Funded social worker posts of a team at the end of a month, FTE at the county's size."""
        row = places.row_of(team, last_of(in_month))
        if not row.stands(last_of(in_month)) or row.posts == 0:
            return 0.0
        added = NEW_POSTS_BY_AREA.get(row.area, 0.0)
        area_posts = sum(each.posts for each in places.team_rows() if each.area == row.area and not each.until)
        fewer = added * row.posts / area_posts if in_month < NEW_POSTS else 0.0
        return round((row.posts - fewer) * self.size, 2)

    def fte(self, team: str, on: int) -> float:
        """Workers of the team on a day, agency workers included."""
        people = (*self.in_post[team], *self.agency[team])
        return sum(worker.fte for worker in people if worker.here(on))

    def _teams(self, area: str, in_month: int) -> list[str]:
        rows = {
            row.team_id
            for row in places.team_rows()
            if row.area == area and row.posts and row.stands(last_of(in_month))
        }
        return sorted(rows)

    def _hire(self, team: str, fte: float, start: int, role: str = "") -> Worker:
        chance = self.chance
        worker = Worker(f"P{20_001 + len(self.workers)}", team, role or ROLES.draw(chance), fte, start)
        worker.newly_qualified = not role and month_of(start) % 12 in (8, 9) and chance.random() < 0.6
        self.workers.append(worker)
        self.in_post[team].append(worker)
        return worker

    def _leave(self, in_month: int) -> None:
        """About 14% of full-time equivalents leave in a year, in the South East rather more."""
        for area in (*places.AREAS, places.COUNTYWIDE):
            hazard = 0.0125 if area == "SE" else 0.0095
            for team in self._teams(area, in_month):
                for worker in self.in_post[team]:
                    if worker.end == NEVER and worker.role != "personal_adviser" and self.chance.random() < hazard:
                        worker.end = self._some_day(in_month)
        team, there, how_many = DECEMBER_LOSS
        if in_month == there:
            staying = [w for w in self.in_post[team] if w.end == NEVER and w.fte == 1.0]
            for worker in staying[: max(1, round(how_many * self.size))]:
                worker.end = self._some_day(in_month)

    def _join(self, in_month: int) -> None:
        total = _between(VACANCIES, in_month) * self.size
        for area in (*places.AREAS, places.COUNTYWIDE):
            teams = self._teams(area, in_month)
            wanted = sum(self.posts(team, in_month) for team in teams) - total * VACANT_SHARE[area]
            missing = wanted - sum(w.fte for team in teams for w in self.in_post[team] if w.end == NEVER)
            while missing > 0.25:
                fte = min(HOURS.draw(self.chance), max(0.5, round(missing, 1)))
                team = max(teams, key=lambda each: self._gap(each, in_month))
                start = places.BEGINNING - 900 if in_month == WARM_UP else self._some_day(in_month)
                self._hire(team, fte, start)
                missing -= fte

    def _gap(self, team: str, in_month: int) -> float:
        held_back = 1.5 * self.size if DECEMBER_LOSS[0] == team and in_month >= DECEMBER_LOSS[1] else 0.0
        posts = self.posts(team, in_month)
        return (posts - sum(w.fte for w in self.in_post[team] if w.end == NEVER) - held_back) / max(posts, 0.1)

    def _book(self, in_month: int) -> None:
        """Agency bookings: before the freeze about 12 a month for some six months, afterwards few and long."""
        stock = [w for team in self.agency.values() for w in team if w.end == NEVER]
        begun = in_month == WARM_UP
        new = 60 if begun else (4 if first_of(in_month) >= AGENCY_FREEZE else 12) + self.chance.choice((-1, 0, 0, 1))
        new = max(0, round(new * self.size))
        leaving = len(stock) + new - round(_between(AGENCY, in_month) * self.size)
        for worker in sorted(stock, key=lambda each: each.start + 60 * self.chance.random())[: max(0, leaving)]:
            worker.end = self._some_day(in_month)
        for _ in range(new):
            area = max(AGENCY_SHARE, key=self._short_of_agency)
            teams = [team for team in self._teams(area, in_month) if team[-2] in "AFLCU"]
            team = max(teams, key=lambda each: self._uncovered(each, in_month))
            worker = self._hire(team, 1.0, self._some_day(in_month), "case_holder")
            self.in_post[team].remove(worker)
            worker.agency, worker.covers_vacancy = True, self._gap(team, in_month) > 0
            self.agency[team].append(worker)

    def _short_of_agency(self, area: str) -> float:
        there = [w for workers in self.agency.values() for w in workers if w.end == NEVER]
        mine = sum(1 for w in there if places.row_of(w.team, w.start).area == area)
        return AGENCY_SHARE[area] * (len(there) + 1) - mine

    def _uncovered(self, team: str, in_month: int) -> float:
        cover = sum(w.fte for w in self.agency[team] if w.end == NEVER)
        return self._gap(team, in_month) - cover / max(self.posts(team, in_month), 0.1) + 0.1 * self.chance.random()

    def _some_day(self, in_month: int) -> int:
        return first_of(in_month) + int(self.chance.random() * (last_of(in_month) - first_of(in_month) + 1))


def _between(points: dict[str, int], in_month: int) -> float:
    """A value at a month, on straight lines between the months given."""
    known = sorted((month(name), float(value)) for name, value in points.items())
    for (before, low), (later, high) in pairwise(known):
        if before <= in_month <= later:
            return low + (high - low) * (in_month - before) / (later - before)
    return known[-1][1]


ACADEMY = (("academy-2014", day("2014-09-01"), 10, day("2015-07-01")),
           ("academy-2015", day("2015-09-07"), 12, day("2016-07-04")),
           ("academy-2016", day("2016-09-05"), 14, day("2017-07-03")))  # fmt: skip
