"""The academy's trainees, how social workers came to the county, and their supervision; dated local events.

Whoever takes a post after the academy is one of the workers who then joined, so that all lists tell of one person.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from compendium.county import days, places
from compendium.county.chance import Mixture
from compendium.county.people import NEVER
from compendium.county.workforce import ACADEMY, Worker, Workforce

SOCIAL_WORK = ("case_holder", "senior_practitioner")
CONVERTS_WITHIN = 130  # days after qualifying
LEFT_EARLY = {"academy-2014": 1, "academy-2015": 2, "academy-2016": 0}
ROUTES = Mixture({"experienced": 71.0, "overseas": 12.0, "agency_conversion": 17.0})
SUPERVISED_SINCE = days.day("2015-04-01")
# Working days from one supervision to the next: mostly within twenty; less often kept in the South East.
KEPT = {"SE": 0.66, "NE": 0.82, "NW": 0.85, "SW": 0.88, places.COUNTYWIDE: 0.84}
EVENTS = (
    ("new-posts-2016", "new_posts", days.day("2016-08-01"), "Twelve social work posts were added"),
    ("hub-2016", "mash_opened", days.MASH_OPENS, "The four front doors became one safeguarding hub"),
    ("freeze-2016", "agency_freeze", days.AGENCY_FREEZE, "No agency worker is taken on without the director's word"),
)


@dataclass(slots=True, eq=False)
class Trainee:
    worker_id: str
    cohort: str
    start: int
    qualifies: int
    team: str
    converted: int = NEVER
    left: int = NEVER


@dataclass(slots=True, eq=False)
class Starter:
    worker: Worker
    route: str


@dataclass(slots=True, eq=False)
class Supervision:
    worker: Worker
    day: int


@dataclass
class Staffing:
    chance: random.Random
    workforce: Workforce
    trainees: list[Trainee] = field(default_factory=list)
    starters: list[Starter] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.social_workers = [w for w in self.workforce.workers if w.role in SOCIAL_WORK]
        for cohort in ACADEMY:
            self._cohort(*cohort)
        self._starters()
        for worker in self.social_workers:
            self._supervise(worker)
        self.supervisions.sort(key=lambda each: (each.day, each.worker.worker_id))

    def _cohort(self, name: str, start: int, headcount: int, qualifies: int) -> None:
        chance = self.chance
        joined = [
            w for w in self.social_workers
            if not w.agency and w.fte == 1.0 and qualifies <= w.start < qualifies + CONVERTS_WITHIN
        ]  # fmt: skip
        chance.shuffle(joined)
        teams = [row.team_id for area in places.AREAS for row in places.standing("family_support", area, start)]
        for n in range(headcount):
            trainee = Trainee(f"T{20_001 + len(self.trainees)}", name, start, qualifies, teams[n % len(teams)])
            self.trainees.append(trainee)
            if n < LEFT_EARLY[name]:
                trainee.left = start + 60 + int(chance.random() * (qualifies - start - 60))
            elif joined:
                worker = joined.pop()
                trainee.worker_id, trainee.team = worker.worker_id, worker.team
                trainee.converted, trainee.left = worker.start, worker.end
            else:
                trainee.converted = qualifies + int(chance.random() * 30)

    def _starters(self) -> None:
        academy = {trainee.worker_id for trainee in self.trainees}
        for worker in self.social_workers:
            if worker.agency or worker.start < days.first_of(days.FIRST_MONTH):
                continue
            if worker.worker_id in academy:
                route = "academy"
            else:
                route = "newly_qualified" if worker.newly_qualified else ROUTES.draw(self.chance)
            self.starters.append(Starter(worker, route))

    def _supervise(self, worker: Worker) -> None:
        chance = self.chance
        kept = KEPT[places.row_of(worker.team, max(worker.start, SUPERVISED_SINCE)).area]
        # Each meeting misses its day as often as leaves the share of workers wanted at a month's end.
        on = max(worker.start, SUPERVISED_SINCE - int(chance.random() * 28))
        while True:
            usual = chance.random() < kept
            on = days.after(on, 14 + int(chance.random() * 6) if usual else 22 + int(chance.expovariate(1 / 12)))
            if on >= min(worker.end, days.END):
                return
            if on >= SUPERVISED_SINCE:
                self.supervisions.append(Supervision(worker, on))
