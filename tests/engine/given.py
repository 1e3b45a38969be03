"""Random days, moments and numbers as a stored relation, and what Python says of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from compendium.calendar.ages import age_at
from compendium.calendar.months import add_months
from compendium.engine.emission import SQL_TYPES

FIRST, LAST = date(1996, 1, 1), date(2031, 12, 31)
AS_AT = date(2017, 3, 3)
COLUMNS = {"n": "integer", "a": "date", "b": "date", "moment": "timestamp", "until": "timestamp", "key": "text"}
RELATIONS = {"given": COLUMNS}
KEYS = ("it's", "a\\b", 'say "so"', "éa", "Z", "a", "")
assert set(COLUMNS.values()) == set(SQL_TYPES)
# Each function of the dialect, as an expression over `given AS g`.
EXPRESSIONS = {
    "a_month_on": "MONTHS_AFTER(g.a, 1)", "a_year_on": "MONTHS_AFTER(g.a, 12)", "on": "MONTHS_AFTER(g.a, g.n - 100)",
    "ten_days_on": "DAYS_AFTER(g.a, :limit)", "days": "DAYS_BETWEEN(g.a, g.b)",
    "seconds": "SECONDS_BETWEEN(g.moment, g.until)", "to_as_at": "SECONDS_BETWEEN(g.moment, AS_AT)",
    "day": "DAY_OF(g.moment)", "age": "AGE_AT(g.a, g.b)", "weekday": "WEEKDAY(g.a)",
    "is_open": "CASE WHEN OPEN_AT(g.a, g.b, AS_AT) THEN 1 ELSE 0 END",
    "in_2017": "CASE WHEN g.a >= '2017-01-01' THEN 1 ELSE 0 END",
    "nested": "MONTHS_AFTER(DAYS_AFTER(MONTHS_AFTER(g.a, 1), 1), 1)",
    "is_its": "CASE WHEN g.key = 'it''s' THEN 1 WHEN g.key = 'a\\b' THEN 2 ELSE 0 END",
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    n: int
    a: date
    b: date | None
    moment: datetime
    until: datetime
    key: str

    @classmethod
    def drawn(cls, rng: Random, n: int) -> Given:
        a = rng.choice((_day(rng), _day(rng).replace(day=28), date(2016, 2, 29), _month_end(rng)))
        moment = datetime.combine(_day(rng), datetime.min.time()) + timedelta(seconds=rng.randrange(86_400))
        # An hour that is not, and one that is twice, where clocks change: times here have no zone.
        moment = rng.choice((moment, datetime(2017, 3, 26, 1, 30), datetime(2016, 10, 30, 1, 30)))
        until = moment + timedelta(seconds=rng.randrange(10_000_000))
        b = rng.choice((None, _day(rng), add_months(a, rng.randrange(1, 300))))
        return cls(n, a, b, moment, until, rng.choice(KEYS))

    @property
    def row(self) -> tuple[object, ...]:
        return (self.n, self.a, self.b, self.moment, self.until, self.key)

    def expected(self, limit: int) -> dict[str, object]:
        """What each of EXPRESSIONS is of this row."""
        midnight = datetime.combine(AS_AT, datetime.min.time())
        return {
            "a_month_on": add_months(self.a, 1), "a_year_on": add_months(self.a, 12),
            "on": add_months(self.a, self.n - 100),
            "ten_days_on": self.a + timedelta(days=limit), "days": None if self.b is None else (self.b - self.a).days,
            "seconds": (self.until - self.moment) // timedelta(seconds=1),
            "to_as_at": (midnight - self.moment) // timedelta(seconds=1), "day": self.moment.date(),
            "age": self._age(), "weekday": self.a.isoweekday(),
            "is_open": int(self.a <= AS_AT and (self.b is None or self.b > AS_AT)),
            "in_2017": int(self.a >= date(2017, 1, 1)),
            "nested": add_months(add_months(self.a, 1) + timedelta(days=1), 1),
            "is_its": {"it's": 1, "a\\b": 2}.get(self.key, 0),
        }  # fmt: skip

    def _age(self) -> int | None:
        if self.b is None:
            return None
        if self.b >= self.a:
            return age_at(self.a, self.b)
        return self.b.year - self.a.year - ((self.b.month, self.b.day) < (self.a.month, self.a.day))


def _day(rng: Random) -> date:
    return FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))


def _month_end(rng: Random) -> date:
    return _day(rng).replace(day=1) - timedelta(days=1)
