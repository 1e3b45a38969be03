"""The days of the past that are computed, against all of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from compendium.calendar.months import add_months, month_ends
from compendium.edition.vintage_days import Told, days_that_tell
from compendium.signals.revisions import AGES

MONTHS = list(month_ends(date(2016, 1, 1), date(2016, 12, 31)))
CUT = date(2017, 2, 3)
NIGHTS = [date(2016, 1, 31) + timedelta(days=at) for at in range(1, 369)]


@st.composite
def deliveries(draw: st.DrawFn) -> Told:
    """Some tables every night or week, others now and then; complete to the day before, or to longer ago."""
    found: dict[date, dict[str, date | None]] = {}
    for name in "abc":
        every, lag = draw(st.sampled_from([1, 7, 30, 45])), draw(st.sampled_from([1, 3, 20]))
        gaps = draw(st.sets(st.sampled_from(NIGHTS), max_size=20))
        for day in NIGHTS[draw(st.integers(0, 29)) :: every]:
            if day not in gaps:
                found.setdefault(day, {})[name] = day - timedelta(days=lag)
    return dict(sorted(found.items()))


def asked(found: Told, days: Collection[date], reads: str) -> list[object]:
    """What a triangle asks of an indicator: each month's first day, and what was known of every month then and at each
    age. What was known at a day is when each table that it reads last came."""
    told = [(day, name) for day in days for name in found[day] if name in reads]

    def known(day: date) -> dict[str, date]:
        return {name: on for on, name in told if on <= day}

    def first(month: date) -> date | None:
        whole = [
            min((day for day, name in told if name == each and (found[day][each] or month) >= month), default=None)
            for each in reads
        ]
        return None if None in whole else max(day for day in whole if day)

    firsts = [day for day in map(first, MONTHS) if day is not None]
    return [firsts, [known(add_months(day, age)) for day in firsts for age in AGES if add_months(day, age) <= CUT]]


@given(found=deliveries(), reads=st.sampled_from(["a", "ab", "abc"]))
def test_the_days_that_tell_tell_all_that_is_asked(found: Told, reads: str) -> None:
    if set(reads) <= {name for tables in found.values() for name in tables}:
        assert asked(found, days_that_tell(found, MONTHS), reads) == asked(found, list(found), reads)


def test_of_a_year_of_nights_few_days_are_computed() -> None:
    nightly: Told = {day: {"referral": day - timedelta(days=1)} for day in NIGHTS}
    firsts = [end + timedelta(days=1) for end in [*MONTHS, date(2017, 1, 31)]]
    assert days_that_tell(nightly, MONTHS) == [*firsts, NIGHTS[-1]]
