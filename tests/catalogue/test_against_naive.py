"""Every core indicator, counted twice: by the catalogue, and by plain Python written from the counting rules."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from compendium.calendar.months import month_end, month_start, window_start
from compendium.calendar.years import financial_year, year_start
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figure, Figures
from compendium.record.snapshot import Snapshot
from tests.catalogue.county import AREAS, COUNTY, catalogue
from tests.catalogue.naive import front_door, looked_after, protection, service
from tests.catalogue.naive.history import History, Line, area
from tests.catalogue.random_history import random_history

FLOWS = {**front_door.FLOWS, **protection.FLOWS, **looked_after.FLOWS, **service.FLOWS}
SNAPSHOTS = {**front_door.SNAPSHOTS, **protection.SNAPSHOTS, **looked_after.SNAPSHOTS, **service.SNAPSHOTS}
OWN_TESTS = {"audit_grade_mix", "sw_turnover", "resource_by_quadrant", "resource_by_quadrant_budget"}
MONTHS = [month_end(date(year, month, 1)) for year, month in ((2016, 2), (2017, 1), (2017, 4), (2015, 12), (2016, 6))]
HISTORIES = max(4, settings().max_examples // 12)

SEEDED = settings(max_examples=HISTORIES, phases=[Phase.generate])  # a seed has nothing to shrink

Counts = tuple[int, int, dict[str, int]]


def period_start(basis: str, month: date) -> date:
    match basis:
        case "year_to_date":
            return year_start(financial_year(month))
        case "rolling_12_months":
            return window_start(month, 12)
        case "quarter":
            return month_start(month, -((month.month - 1) % 3))
    return month_start(month)


def counted(lines: list[Line]) -> Counts:
    kept = [line for line in lines if line.excluded is None]
    reasons = Counter(line.excluded for line in lines if line.excluded is not None)
    return sum(line.numerator for line in kept), sum(line.denominator for line in kept), dict(reasons)


def given_by(figure: Figure) -> Counts:
    excluded = {reason: number for reason, number in figure.excluded.items() if number}
    return figure.numerator or 0, figure.denominator or 0, excluded


def compared(figures: Figures, name: str, lines: list[Line], month: date, basis: str, history: History) -> None:
    divided = figures.catalogue[name].has_denominator
    for place in (None, *AREAS):
        there = [line for line in lines if place is None or area(history, line) == place]
        numerator, denominator, excluded = counted(there)
        found = given_by(figures.one(name, month, basis, area=place))
        expected = (numerator, denominator if divided else 0, excluded)
        assert found == expected, f"{name}, {basis} to {month}, {place or 'whole county'}"


@SEEDED
@given(draws=st.integers(0, 2**32), month=st.sampled_from(MONTHS), known_for=st.sampled_from((0, 3, 45)))
def test_random_histories_count_alike(draws: int, month: date, known_for: int) -> None:
    history = random_history(Random(draws), month)
    as_at = month + timedelta(days=known_for)
    snapshot = Snapshot.drawn(history, as_at)
    months = [month_end(month, -1), month]
    figures = compute(snapshot, catalogue(), COUNTY, months, [*FLOWS, *SNAPSHOTS])
    assert figures.problems == {}
    for name, flow in FLOWS.items():
        lines = list(flow(history, as_at))
        for last in months:
            for basis in figures.catalogue[name].bases:
                first = period_start(basis, last)
                compared(figures, name, [each for each in lines if first <= each.on <= last], last, basis, history)
    for name, at_month_end in SNAPSHOTS.items():
        for last in months:
            compared(figures, name, list(at_month_end(history, last)), last, "snapshot", history)


@SEEDED
@given(draws=st.integers(0, 2**32), month=st.sampled_from(MONTHS))
def test_two_row_sets_count_alike(draws: int, month: date) -> None:
    history = random_history(Random(draws), month)
    names = ["resource_by_quadrant", "sw_turnover"]
    figures = compute(Snapshot.drawn(history, month), catalogue(), COUNTY, [month], names)
    assert figures.problems == {}
    cases, hours = list(service.resource_cases(history, month)), list(service.resource_hours(history, month))
    posts = [row for row in history["establishment"] if row["role"] == "social_worker"]
    left = [row for row in posts if window_start(month, 12) <= row["month_end"] <= month]
    for place in (None, *AREAS):
        found = figures.one("resource_by_quadrant", month, area=place)
        assert found.numerator == sum(1 for line in cases if place in (None, area(history, line)))
        assert found.denominator == sum(line.denominator for line in hours if place in (None, area(history, line)))
        turnover = figures.one("sw_turnover", month, "rolling_12_months", area=place)
        there = [row for row in left if place in (None, area(history, Line(row["month_end"], team=row["team_id"])))]
        assert turnover.numerator == sum(row["leavers_hundredths"] or 0 for row in there)
        assert turnover.denominator == sum(row["in_post_hundredths"] or 0 for row in there if row["month_end"] == month)


@SEEDED
@given(draws=st.integers(0, 2**32), month=st.sampled_from(MONTHS))
def test_grades_count_alike(draws: int, month: date) -> None:
    history = random_history(Random(draws), month)
    figures = compute(Snapshot.drawn(history, month), catalogue(), COUNTY, [month], ["audit_grade_mix"])
    audits = [row for row in history["audit"] if window_start(month, 12) <= row["audit_date"] <= month]
    wanted = Counter(row["moderated_grade"] or row["grade"] for row in audits)
    ungraded = wanted.pop(None, 0)
    found = figures.by("audit_grade_mix", month, "category", "rolling_12_months")
    assert {each.breakdown[1]: each.numerator for each in found if each.breakdown and each.numerator} == dict(wanted)
    whole = figures.one("audit_grade_mix", month, "rolling_12_months")
    assert (whole.denominator or 0) == sum(wanted.values())
    assert whole.excluded.get("no grade recorded", 0) == ungraded


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_indicator_is_counted_twice(name: str) -> None:
    assert name in FLOWS or name in SNAPSHOTS or name in OWN_TESTS
