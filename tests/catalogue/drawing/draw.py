"""Draws days, moments and values that keep landing on the boundaries of the counting rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from compendium.calendar.months import add_months, month_end, month_start
from compendium.calendar.working_days import due_day, earliest_in_time

Choice = TypeVar("Choice")
TEAMS = ("NE1", "NE2", "NW1", "SE1", "SW1", "CW1", "nobody knows", None)
WORKERS = ("W1", "W2", "W3", "W4", "W5", "W6")
FAMILIES = ("F", "G", "H", None)
HOUR = 3600


class Draw:
    """One history about the months that end with `month`; everything falls within three years of it."""

    def __init__(self, rng: Random, month: date, children: int) -> None:
        self.rng, self.month = rng, month
        self.children = [f"C{number:02}" for number in range(children)]
        self.long_ago = date(2010, 1, 1)

    def one(self, *choices: Choice) -> Choice:
        return self.rng.choice(choices)

    def maybe(self, value: Choice, chance: float = 0.7) -> Choice | None:
        return value if self.rng.random() < chance else None

    def often(self, chance: float) -> bool:
        return self.rng.random() < chance

    def flag(self) -> int | None:
        return self.one(0, 0, 1, None)

    def team(self) -> str | None:
        return self.one(*TEAMS)

    def each(self, fewest: int, most: int) -> Sequence[str]:
        """Every child, some more than once."""
        return [child for child in self.children for _ in range(self.rng.randint(fewest, most))]

    def recent(self, months: int = 14) -> date:
        """A day of the last so many months, often the first or last of one."""
        end = month_end(self.month, -self.rng.randrange(months) + 1)
        start = month_start(end)
        return self.one(start, end, start + timedelta(days=self.rng.randrange(28)))

    def month_end(self, months: int = 14) -> date:
        return month_end(self.month, -self.rng.randrange(months) + 1)

    def near(self) -> timedelta:
        """A day less, a day more, or none."""
        return timedelta(days=self.one(-1, 0, 0, 1))

    def after(self, day: date, *spans: int) -> date:
        """About so many days later: a day more, a day less, or exactly."""
        return day + timedelta(days=self.one(*spans)) + self.near()

    def months_after(self, day: date, *spans: int) -> date:
        """About so many months later; fewer than none is before."""
        return add_months(day, self.one(*spans)) + self.near()

    def working_days_after(self, day: date, *spans: int) -> date:
        return due_day(day, self.one(*spans)) + self.near()

    def working_days_before(self, day: date, *spans: int) -> date:
        return earliest_in_time(day, self.one(*spans)) + self.near()

    def days_before_month_end(self, *spans: int) -> date:
        return self.month - timedelta(days=self.one(*spans)) + self.near()

    def months_before_month_end(self, *spans: int) -> date:
        return add_months(self.month, -self.one(*spans)) + self.near()

    def ended(self, start: date, *ends: date, chance: float = 0.6) -> date | None:
        """One of these days or the month's last, if it lies after the start; or not ended."""
        end = self.maybe(self.one(*ends, self.month), chance)
        return end if end is not None and end > start else None

    def moment(self, day: date) -> datetime:
        return datetime.combine(day, time()) + timedelta(seconds=self.rng.randrange(24 * HOUR))

    def hours_after(self, moment: datetime, *spans: int) -> datetime:
        """So many hours later: a second more, a second less, or exactly."""
        return moment + timedelta(seconds=self.one(*spans) * HOUR + self.one(-1, 0, 0, 1))
