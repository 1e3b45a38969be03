"""The part of the county that one extract of the Standard Safeguarding Dataset shows, and how it writes a cell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from compendium.county import days
from compendium.county.knowledge import Knowledge
from compendium.county.people import NEVER, Child
from compendium.county.records import Care, Case


class Window:
    """known: the case system at the close of a day. since: the window's first day. people: whom rows have named."""

    def __init__(self, known: Knowledge, since: int) -> None:
        self.known, self.since, self.on = known, since, known.on
        self.people: dict[str, Child] = {}
        service = known.world.service
        self._numbers = {case: number for number, case in enumerate(service.cases, 1)}
        self._care = {care: number for number, care in enumerate(service.looked_after.periods, 1)}

    def named(self, child: Child) -> str:
        self.people[child.child_id] = child
        return child.child_id

    def cases(self) -> Iterator[Case]:
        """What the system had of referrals, whatever the window."""
        return self.known.cases()

    def shows(self, end: int) -> bool:
        """What lasts is there while it is open, or if it ended in the window."""
        return end >= self.since

    def referral(self, case: Case, child: Child) -> str:
        """A child's referral by a number of its own: a case is one for each child."""
        return f"{self._numbers[case]}{child.child_id[-6:]}"

    def period(self, care: Care) -> str:
        return str(self._care[care])

    def care(self) -> Iterator[Care]:
        return (care for care in self.known.care() if self.shows(self.known.care_end(care)))


def when(day: int | None) -> str | None:
    """A day as the system keeps it: with midnight's time; nothing for what has not happened."""
    return None if day is None or day >= NEVER else f"{days.iso(day)} 00:00:00"


def at(moment: tuple[int, int], on: int) -> str | None:
    """A moment, once it has come."""
    day, minutes = moment
    return None if day > on else f"{days.iso(day)} {minutes // 60:02d}:{minutes % 60:02d}:00"


def yes_no(value: bool | None) -> str | None:
    return None if value is None else "Y" if value else "N"


def flags(names: Iterable[str], *set_flags: str) -> str:
    """Outcomes as the dataset writes them: every flag by name, Y or N."""
    return json.dumps({f"{name}_FLAG": "Y" if name in set_flags else "N" for name in names})
