"""Early help: families that a contact led to it, or that social care stepped down."""

from __future__ import annotations

import heapq
import random

from compendium.county import days, places
from compendium.county.chance import Mixture, Share, lag
from compendium.county.people import NEVER, Family, People
from compendium.county.records import Help

STARTED, CEASED = 300, 294  # children a month
OPEN_AT_START = 1950
REASONS = Mixture({"needs_met": 66.0, "disengaged": 14.0, "moved_away": 5.0, "step_up": 12.0, "transfer": 3.0})
ORGANISATIONS = Mixture(
    {"County early help": 55.0, "School": 25.0, "Children's centre": 12.0, "Voluntary organisation": 8.0}
)


class EarlyHelp:
    def __init__(self, chance: random.Random, people: People, size: float) -> None:
        self.chance, self.people, self.size = chance, people, size
        self.episodes: list[Help] = []
        self.waiting: list[tuple[int, int, Help]] = []
        self.stepping_up: list[Help] = []
        self.stepped_down: list[tuple[int, Family]] = []
        self.to_start = self.to_end = 0.0
        self.down = Share(chance)
        self._seed()

    def _seed(self) -> None:
        helped, first = 0, days.first_of(days.WARM_UP)
        while helped < OPEN_AT_START * self.size:
            family = self.people.family(first)
            helped += len(self._begin(family, first - int(self.chance.random() * 240)).children)

    def _begin(self, family: Family, start: int, *, stepped_down: bool = False) -> Help:
        chance = self.chance
        teams = places.standing("early_help", family.area, max(start, places.BEGINNING))
        team = teams[family.number % len(teams)].team_id
        children = family.minors(start)
        made = Help(family, children, start, start + lag(chance, 0.05, 60), team, ORGANISATIONS.draw(chance), 0)
        made.assessed, made.stepped_down = start + 10 + int(chance.random() * 45), stepped_down
        family.helped_until = NEVER
        self.episodes.append(made)
        ripe = start + 60 + int(chance.expovariate(1 / 170))
        heapq.heappush(self.waiting, (ripe, len(self.episodes), made))
        return made

    def month(self, month: int) -> None:
        first, last = days.first_of(month), days.last_of(month)
        holidays = 0.6 if month % 12 == 7 else 1.035
        self.to_end += CEASED * self.size * holidays
        self.to_start += STARTED * self.size * holidays
        while self.waiting and self.to_end > 0 and self.waiting[0][2].start < first - 30:
            episode = heapq.heappop(self.waiting)[2]
            if episode.end == NEVER:
                self._end(episode, first, last)
        for on, family in self.stepped_down:
            self.to_start -= len(self._begin(family, on + 7, stepped_down=True).children) if family.minors(on) else 0
        self.stepped_down.clear()
        while self.to_start > 0:
            start = days.after(first + int(self.chance.random() * (last - first - 2)), 0)
            self.to_start -= len(self._begin(self._family(start), start).children)

    def _family(self, on: int) -> Family:
        """One family in four is known from before, with no case or help open."""
        families = self.people.families
        if self.chance.random() < 0.25:
            for _ in range(5):
                family = families[int(self.chance.random() * len(families))]
                if (
                    family.free_from < on
                    and family.helped_until < on
                    and family.minors(on)
                    and on - family.last_referral > 400
                ):
                    return family
        return self.people.family(on)

    def _end(self, episode: Help, first: int, last: int) -> None:
        episode.end = first + int(self.chance.random() * (last - first + 1))
        episode.end_known = episode.end + lag(self.chance, 0.06, 60)
        episode.reason = REASONS.draw(self.chance) if self.chance.random() < 0.97 else ""
        episode.family.helped_until = episode.end
        self.to_end -= len(episode.children)
        if episode.reason == "step_up" and episode.family.free_from <= first:
            self.stepping_up.append(episode)

    def step_up(self, on: int) -> Family | None:
        """A family whose early help ended in this month because social care is needed, if one is waiting."""
        while self.stepping_up:
            episode = self.stepping_up.pop()
            family = episode.family
            if family.free_from < on and family.minors(on) and on - family.last_referral > 400:
                episode.end = min(episode.end, on)
                return family
        return None

    def step_down(self, family: Family, on: int) -> None:
        """After a case closes, one family in twenty-five goes on with early help."""
        if family.helped_until != NEVER and self.down.take(0.06):
            self.stepped_down.append((on, family))
