"""How many there will be: ranges from a series' own past, and how often they hold."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.signals.forecast import FURTHEST, Ahead, fans, forecast
from compendium.signals.scenario import more_open

STEPS = (10.0, -10.0, 20.0, -20.0)  # nothing is gained or lost over four months
MONTHS = (
    "April", "May", "June", "July", "August", "September",
    "October", "November", "December", "January", "February", "March",
)  # fmt: skip


def fan(values: Sequence[float], floor: float = 0.0) -> tuple[Ahead, ...]:
    return fans(values, [len(values) - 1], floor=floor)[0]


def walk(months: int, start: float = 500.0, steps: Sequence[float] = STEPS) -> list[float]:
    values = [start]
    for at in range(months - 1):
        values.append(values[-1] + steps[at % len(steps)])
    return values


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (walk(36), ""),
        (walk(35), "few_months"),
        ([*[None] * 10, *walk(35)], "few_months"),
        ([*walk(40), None], "no_value"),
        ([], "no_value"),
        (walk(41, start=59.0), "few_cases"),
        ([500.0] * 40, "flat"),
    ],
)
def test_a_forecast_needs_three_years_sixty_cases_and_a_newest_month(values: list[float | None], why: str) -> None:
    made = forecast(values)
    assert made.why_not == why
    assert [each.months for each in made.ahead] == ([] if why else [1, 2, 3, 4, 5, 6])


def test_without_a_forecast_the_range_of_the_last_year_is_told() -> None:
    assert forecast([*[900.0] * 10, *walk(12)]).recent == (500.0, 520.0)
    assert forecast([None]).recent is None


def test_the_point_is_the_last_value_and_ends_after_three_months() -> None:
    values = walk(48)
    assert [each.point for each in forecast(values).ahead] == [values[-1]] * 3 + [None] * 3


def test_the_ranges_hold_what_the_series_did_before() -> None:
    """Steps of 10 and 20 to either side: eight in ten of them lie within 20 of nothing, half of them within 20 too."""
    values = walk(49)
    first = forecast(values).ahead[0]
    assert first.outer == (values[-1] - 20, values[-1] + 20)
    assert first.inner[0] >= first.outer[0] and first.inner[1] <= first.outer[1]


def test_a_drift_moves_the_range_and_not_the_point() -> None:
    steps = [each + 30 for each in STEPS]
    made = forecast(walk(49, steps=steps)).ahead[0]
    assert made.point is not None and made.outer[0] > made.point


def test_what_is_counted_is_never_below_nought() -> None:
    falling = walk(60, start=4000.0, steps=[-50.0, -80.0, -66.0])
    assert all(low >= 0 for each in forecast(falling).ahead for low in each.outer)


def test_a_gap_is_no_movement() -> None:
    values: list[float | None] = list(walk(60))
    values[20:23] = [None] * 3
    assert not forecast(values).why_not


def test_the_probability_of_more_falls_with_what_is_asked() -> None:
    made = Ahead(1, 10.0, (9, 11), (8, 12), (8.0, 9.0, 10.0, 11.0))
    assert [round(made.above(level), 2) for level in (7, 8, 9.5, 12)] == [0.9, 0.7, 0.5, 0.1]


def test_past_forecasts_are_made_again_with_what_was_known_then() -> None:
    """A jump in the newest month: every earlier forecast missed it, and none knew of it."""
    usual = forecast(walk(61))
    jumped = forecast([*walk(60), 900.0])
    assert [each.held for each in usual.past] == [True] * FURTHEST
    assert [each.held for each in jumped.past] == [False] * FURTHEST
    assert [each.outer for each in jumped.past] == [each.outer for each in usual.past]
    assert [track.made for track in jumped.tracks] == [24] * FURTHEST
    assert jumped.tracks[0].held == usual.tracks[0].held - 1


def test_an_error_is_told_in_months_of_usual_change() -> None:
    """A steady climb of 10 a month is wrong by 10 a month further: three times the usual change at three months."""
    made = forecast([500.0 + 10 * at + (at % 2) for at in range(60)])
    assert [round(track.scaled) for track in made.tracks] == [1, 2, 3, 4, 5, 6]


DRAWN = st.lists(st.integers(60, 900).map(float), min_size=40, max_size=70)


@given(DRAWN, st.integers(1, 9))
def test_a_series_twice_as_large_has_ranges_twice_as_wide(values: list[float], times: int) -> None:
    for one, other in zip(fan(values), fan([each * times for each in values]), strict=True):
        assert other.outer == pytest.approx([each * times for each in one.outer])
        assert other.inner == pytest.approx([each * times for each in one.inner])


@given(DRAWN)
def test_half_lies_within_eight_tenths_and_no_later_month_is_surer(values: list[float]) -> None:
    made = fan(values, floor=-1e9)
    for each in made:
        assert each.outer[0] <= each.inner[0] <= each.inner[1] <= each.outer[1]
    widths = [each.outer[1] - each.outer[0] for each in made]
    assert all(after >= before - 1e-6 for before, after in pairwise(widths))


@given(DRAWN)
def test_nothing_is_learnt_from_what_was_not_yet_known(values: list[float]) -> None:
    """The slow way: each past forecast by cutting the series off where it was made."""
    for past in forecast(values, least=0).past:
        then = fan(values[: len(values) - past.months])[past.months - 1]
        assert (past.outer, past.held) == (then.outer, then.holds(values[-1]))


def test_a_scenario_is_the_arithmetic_of_coming_and_going() -> None:
    assert more_open(10, 0.0, 3) == 30
    assert more_open(10, 0.5, 3) == 10 + 5 + 2.5
    assert more_open(10, 1.0, 6) == 10
    with pytest.raises(ValueError, match="between 0 and 1"):
        more_open(10, 1.5, 1)


# How often they hold ----------------------------------------------------------------------------------------------


def stock(kind: str, months: int, draw: np.random.Generator) -> list[float]:
    """A stock of 60 or more, by its monthly steps: a random walk, one with a drift, one with a season on top."""
    while True:
        size = draw.uniform(5, 40)
        steps = draw.normal(draw.uniform(-0.6, 0.6) * size if kind == "drift" else 0, size, months)
        values = draw.uniform(200, 1500) + np.cumsum(steps)
        if kind == "season":
            turn = 2 * np.pi * (np.arange(months) + draw.integers(12)) / 12
            values = values + draw.uniform(1, 3) * size * np.sin(turn)
        if values.min() >= 60:
            return [float(each) for each in values]


def held(values: Sequence[float], origins: Sequence[int]) -> np.ndarray:
    """For each origin and each distance, whether the range of 50% held, and that of 80%."""
    return np.array(
        [
            [[low <= values[at + each.months] <= high for low, high in (each.inner, each.outer)] for each in made]
            for at, made in zip(origins, fans(values, origins), strict=True)
        ]
    )


@pytest.mark.parametrize("kind", ["walk", "drift", "season"])
def test_ranges_of_80_hold_between_78_and_86_of_100_times(kind: str, seed: int, full_counts: bool) -> None:
    """2,000 series of 36 to 96 months of each kind in the proofs. In the short run three deviations are allowed for,
    as if the six distances of a series were one draw, for they are nearly that."""
    draw, number = np.random.default_rng(seed), 2000 if full_counts else 90
    found = []
    for _ in range(number):
        months = int(draw.integers(36, 97))
        found.append(held(stock(kind, months + FURTHEST, draw), [months - 1])[0])
    inner, outer = np.mean(found, axis=(0, 1))
    print(f"{kind}: of {number} series the range of 80% held in {outer:.1%}, that of 50% in {inner:.1%}")
    slack = 0.0 if full_counts else 3 * (0.82 * 0.18 / number) ** 0.5
    assert 0.78 - slack <= outer <= 0.86 + slack
    assert 0.48 - slack <= inner <= 0.60 + slack


def published(folder: Path) -> Iterator[tuple[str, list[float]]]:
    """Referrals a month of every authority that gave all 144 months from April 2012 to March 2024."""
    file = next((folder / "data" / "published" / "cin_2013_2024").glob("c6_*.csv"))
    months: dict[str, dict[int, float]] = defaultdict(dict)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["geographic_level"] != "Local authority":
                continue
            for number, name in enumerate(MONTHS):
                if row[name].isdigit():
                    months[row["new_la_code"]][int(row["time_period"]) * 12 + number] = float(row[name])
    for code, by_month in months.items():
        if len(by_month) == 144:
            yield code, [by_month[month] for month in sorted(by_month)]


@pytest.mark.shared
def test_ranges_of_80_hold_as_often_on_series_that_nobody_here_made(shared: Path, seed: int, full_counts: bool) -> None:
    """Every authority, from origins three to twelve years on, the spring of 2020 among them. A flow, not a stock: its
    last value foretells it badly, and the ranges know it."""
    every, first = (3, 36) if full_counts else (29, 36)
    series = list(published(shared))
    assert len(series) > 120
    found = []
    for number, (_, values) in enumerate(series):
        origins = range(first + (seed + number) % every, len(values) - FURTHEST, every)
        found.append(held(values, origins).reshape(-1, 2))
    inner, outer = np.concatenate(found).mean(axis=0)
    print(f"{len(series)} authorities: the range of 80% held in {outer:.1%}, that of 50% in {inner:.1%}")
    assert 0.78 <= outer <= 0.86
