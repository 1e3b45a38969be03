"""What changed after an action, what else could have changed it, and whether what was expected came about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.calendar.months import month_end
from compendium.signals.action import Action, Expectation
from compendium.signals.chart import Month
from compendium.signals.effect import Effect, effect, first_whole_month
from compendium.signals.outcome import outcome
from compendium.signals.rivals import Beside, rivals

ON = date(2016, 10, 1)  # nothing of October came before it
BEFORE = date(2016, 9, 30)
STEADY = [12.0, 11.0, 12.0, 13.0, 11.0, 13.0]  # mean 12, and no month follows another


def counts(before: Sequence[float | None], after: Sequence[float | None]) -> list[Month]:
    values = [*before, *after]
    return [Month(month_end(BEFORE, at + 1 - len(before)), value) for at, value in enumerate(values)]


def shares(before: Sequence[tuple[int, int]], after: Sequence[tuple[int, int]]) -> list[Month]:
    plain = counts([0.0] * len(before), [0.0] * len(after))
    return [
        Month(each.period, 100 * x / n if n else None, x, n)
        for each, (x, n) in zip(plain, [*before, *after], strict=True)
    ]


def of_counts(before: Sequence[float | None], after: Sequence[float | None], seasonal: bool = False) -> Effect:
    return effect(counts(before, after), ON, is_share=False, is_count=True, seasonal=seasonal)


def of_shares(before: Sequence[tuple[int, int]], after: Sequence[tuple[int, int]]) -> Effect:
    return effect(shares(before, after), ON, is_share=True, is_count=False)


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (of_counts(STEADY * 4, [4.0, 4.0, 4.0]), "effect"),
        (of_counts(STEADY * 4, [12.0, 11.0, 13.0]), "none"),
        (of_counts(STEADY * 4, [4.0, 4.0]), "too_soon"),
        (of_counts(STEADY * 4, [4.0, None, 4.0]), "too_soon"),
        (of_counts(STEADY * 2, [4.0, 4.0, 4.0]), "effect"),
        (of_counts(STEADY[:5] + STEADY, [4.0, 4.0, 4.0]), "few_before"),
        (of_counts([1.0] * 19 + [0.0] * 5, [0.0] * 3), "few_cases"),
        (of_shares([(700, 1000), (680, 1000)] * 9, [(850, 1000)] * 3), "effect"),
        (of_shares([(700, 1000), (680, 1000)] * 9, [(690, 1000)] * 3), "none"),
        (of_shares([(7, 10), (8, 10)] * 9, [(9, 10)] * 3), "none"),  # 135 of 180, then 27 of 30: few
        (of_shares([(7, 10), (8, 10)] * 9, [(9, 9)] * 3), "few_cases"),
    ],
)
def test_an_effect_is_found_where_one_was_planted(made: Effect, found: str) -> None:
    assert made.found == found


def test_the_change_is_told_with_what_it_may_be() -> None:
    made = of_counts(STEADY * 4, [4.0, 4.0, 4.0])
    assert (made.expected, made.observed, made.change) == pytest.approx((12.0, 4.0, -8.0), abs=0.1)
    assert made.low < -8 < made.high < 0 and made.low + made.high == pytest.approx(2 * made.change)


def test_a_share_is_pooled_and_no_surer_than_so_many_cases_allow() -> None:
    """Without any difference between months there is still that of chance."""
    made = of_shares([(350, 500), (700, 1000)] * 6, [(80, 100), (400, 500)] * 3)
    assert (made.expected, made.observed) == pytest.approx((70.0, 80.0))
    error = math.sqrt(70 * 30 * (1 / 9000 + 1 / 1800))
    assert made.high - made.change >= 1.96 * error


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2016, 10, 1), date(2016, 10, 31)),
        (date(2016, 10, 3), date(2016, 10, 31)),  # a Monday: the first working day
        (date(2016, 10, 4), date(2016, 11, 30)),
        (date(2017, 1, 3), date(2017, 1, 31)),  # 2 January was a bank holiday
    ],
)
def test_a_month_counts_when_no_working_day_of_it_came_before(on: date, first: date) -> None:
    assert first_whole_month(on) == first


def test_the_month_in_which_an_action_began_is_neither_before_nor_after() -> None:
    months = counts(STEADY * 4, [99.0, 12.0, 11.0, 13.0])
    made = effect(months, date(2016, 10, 17), is_share=False, is_count=True)
    assert (made.before, made.after, made.found) == (24, 3, "none")
    assert made.expected == pytest.approx(12.0, abs=0.1)


def test_only_six_months_after_are_looked_at() -> None:
    assert of_counts(STEADY * 4, [12.0] * 6 + [90.0] * 6) == of_counts(STEADY * 4, [12.0] * 6)


def test_a_figure_is_expected_to_go_on_from_where_it_had_come_to() -> None:
    """Down from 33 to 25 two years ago: 25 is expected now, and not the mean of both."""
    before = [33.0, 34.0, 32.0, 33.0] * 3 + [25.0, 26.0, 24.0, 25.0] * 6
    same = effect(counts(before, [25.0] * 6), ON, is_share=False, is_count=False)
    assert same.found == "none" and same.expected == pytest.approx(25, abs=0.5)
    assert effect(counts(before, [33.0] * 6), ON, is_share=False, is_count=False).found == "effect"


def test_a_stock_is_expected_to_go_on_by_its_steps() -> None:
    """Steps of 2 and 4 up: three a month. To stand still then is less than such steps allow."""
    climb = [500.0 + 3 * at + (at % 2) for at in range(30)]
    on = effect(counts(climb[:24], climb[24:]), ON, is_share=False, is_count=True, is_stock=True)
    assert (on.method, on.found) == ("steps", "none") and abs(on.change) < 1
    off = effect(counts(climb[:24], [climb[23]] * 6), ON, is_share=False, is_count=True, is_stock=True)
    assert off.found == "effect" and off.change == pytest.approx(-3 * 3.5, abs=0.5)


def test_the_further_a_figure_wanders_by_itself_the_less_can_be_said() -> None:
    still = of_counts([100.0, 102.0] * 12, [101.0] * 4)
    wandering = of_counts([100.0 + 4 * at for at in range(12)] + [148.0 - 4 * at for at in range(12)], [101.0] * 4)
    assert still.high - still.low < wandering.high - wandering.low


def test_a_wandering_figure_is_not_called_changed() -> None:
    """Months hang together: up for a year, down for a year."""
    wave = [100 + 10 * math.sin(at / 4) for at in range(30)]
    assert of_counts(wave[:24], wave[24:]).found == "none"


def seasonal(months: int, more: float = 1.0, after: int = 4) -> Effect:
    """August a quarter lower; the months after the action times so much."""
    usual = [300.0 if each.period.month == 8 else 400.0 for each in counts([0] * months, [0] * after)]
    wobble = [value * (1.02 if at % 3 else 0.97) for at, value in enumerate(usual)]
    return of_counts(wobble[:months], [value * more for value in wobble[months:]], seasonal=True)


def test_what_is_seasonal_is_set_against_its_own_prediction() -> None:
    assert (seasonal(42).method, seasonal(42).found) == ("season", "none")
    assert seasonal(42, 1.35).found == "effect" and seasonal(42, 1.35).low > 0
    assert seasonal(30).method == "level", "two and a half years show no season"


def test_a_bad_month_before_is_noticed() -> None:
    assert of_counts([*STEADY * 3, 12.0, 11.0, 12.0, 13.0, 11.0, 30.0], [12.0] * 3).extreme == 1
    assert of_counts(STEADY * 4, [12.0] * 3).extreme == 0


@given(st.lists(st.integers(1, 200), min_size=24, max_size=40), st.lists(st.integers(1, 200), min_size=3, max_size=6))
def test_higher_and_lower_are_mirrors(before: list[int], after: list[int]) -> None:
    one = effect(counts(before, after), ON, is_share=False, is_count=False)
    other = effect(counts([-each for each in before], [-each for each in after]), ON, is_share=False, is_count=False)
    assert one.found == other.found
    assert (one.change, one.low, one.high) == pytest.approx((-other.change, -other.high, -other.low))


def nothing(kind: str, months: int, draw: np.random.Generator) -> Effect:
    """Drawn months of which nothing happened in the last six."""
    noise = draw.normal(0, 1, months)
    match kind:
        case "alone":
            values = 100 + 10 * noise
        case "hanging":
            values = np.empty(months)
            values[0] = noise[0] * 1.25
            for at in range(1, months):
                values[at] = 0.6 * values[at - 1] + noise[at]
            values = 100 + 10 * values
        case "wandering":
            values = 300 + np.cumsum(3 * noise)
        case "drifting":
            values = 100 + 0.5 * np.arange(months) + 5 * noise
        case "stock":
            values = 300 + np.cumsum(3 * noise + draw.uniform(-2, 2))
        case "counts":
            values = draw.poisson(12, months).astype(float)
        case "shares":
            sizes = draw.poisson(60, months) + 1
            cases = draw.binomial(sizes, np.clip(draw.normal(0.3, 0.08, months), 0.02, 0.98))
            pairs = [(int(x), int(n)) for x, n in zip(cases, sizes, strict=True)]
            return of_shares(pairs[:-6], pairs[-6:])
        case _:
            waves = 300 * np.exp(0.06 * noise + 0.1 * np.sin(2 * np.pi * np.arange(months) / 12))
            values = draw.poisson(waves).astype(float)
            return of_counts(values[:-6].tolist(), values[-6:].tolist(), seasonal=True)
    drawn = counts(values[:-6].tolist(), values[-6:].tolist())
    return effect(drawn, ON, is_share=False, is_count=kind == "counts", is_stock=kind == "stock")


@pytest.mark.parametrize(
    ("kind", "rate"),
    [("alone", 0.06), ("counts", 0.06), ("shares", 0.06), ("season", 0.06), ("stock", 0.06), ("drifting", 0.06),
     ("hanging", 0.08), ("wandering", 0.08)],
)  # fmt: skip
def test_where_nothing_happened_an_effect_is_found_as_seldom_as_is_said(
    kind: str, rate: float, seed: int, full_counts: bool
) -> None:
    """Two to four years before, six months after. Three deviations of the count itself are allowed for."""
    draw, number = np.random.default_rng(seed), 3000 if full_counts else 200
    least = 42 if kind == "season" else 30
    found = sum(nothing(kind, int(draw.integers(least, 55)), draw).found == "effect" for _ in range(number))
    print(f"{kind}: an effect in {found} of {number}")
    assert found <= number * rate + 3 * math.sqrt(number * rate)


def test_a_planted_change_of_twice_the_usual_spread_is_mostly_found(seed: int, full_counts: bool) -> None:
    draw, number = np.random.default_rng(seed), 1000 if full_counts else 100
    found = 0
    for _ in range(number):
        values = draw.normal(100, 10, 30)
        values[24:] += 20
        found += (
            effect(counts(values[:24].tolist(), values[24:].tolist()), ON, is_share=False, is_count=False).found
            == "effect"
        )
    assert found >= 0.75 * number


# Rivals -----------------------------------------------------------------------------------------------------------

HUB = Action("hub", "One safeguarding hub", "opening", ON, "the board", ("mash_timeliness",))


def test_an_effect_that_rests_on_one_month_says_so() -> None:
    steady = [12.0, 11.0, 12.0, 13.0]
    made = of_counts(STEADY * 4, [*steady[:3], 60.0])
    assert (made.found, made.rests_on) == ("effect", date(2017, 1, 31))
    given: Any = {"others": [], "seasonal": False, "changed": [], "is_incomplete": False}
    assert [(each.kind, each.on) for each in rivals(made, HUB, **given)] == [("one_month", date(2017, 1, 31))]
    assert of_counts(STEADY * 4, [4.0] * 4).rests_on is None


def other(on: date) -> Action:
    return Action(f"on-{on}", f"Something on {on}", "other", on, "somebody", ("mash_timeliness",))


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        ({}, []),
        ({"others": [HUB]}, []),
        ({"others": [other(date(2016, 6, 30))]}, []),
        ({"others": [other(date(2016, 7, 1)), other(date(2017, 3, 31))]}, ["action", "action"]),
        ({"others": [other(date(2017, 4, 1))]}, []),
        ({"changed": [date(2017, 1, 1)]}, ["definition"]),
        ({"changed": [date(2015, 1, 1)]}, []),
        ({"is_incomplete": True}, ["cohort"]),
        ({"seasonal": True}, ["season"]),
    ],
)
def test_what_else_could_have_changed_it_is_named(more: dict[str, object], kinds: list[str]) -> None:
    found = of_counts(STEADY * 4, [4.0] * 6)
    given: Any = {"others": [], "seasonal": False, "changed": [], "is_incomplete": False, **more}
    assert [each.kind for each in rivals(found, HUB, **given)] == kinds


FELL, SAME = of_counts(STEADY * 4, [4.0] * 6), of_counts(STEADY * 4, NEAR := [12.0, 11.0, 13.0] * 2)


@pytest.mark.parametrize(
    ("read_with", "named"),
    [
        (Beside("contacts", FELL), [("moved", "contacts", None)]),
        (
            Beside("contacts", FELL, (date(2016, 8, 31), date(2016, 11, 30))),
            [("moved", "contacts", None), ("signal", "contacts", date(2016, 8, 31))],
        ),
        (Beside("contacts", SAME), []),
        (Beside("contacts", SAME, (date(2016, 6, 30),)), []),
        (
            Beside("contacts", SAME, (date(2016, 7, 31), date(2017, 3, 31))),
            [("signal", "contacts", date(2016, 7, 31)), ("signal", "contacts", date(2017, 3, 31))],
        ),
        (Beside("contacts", SAME, (date(2017, 4, 30),)), []),
    ],
)
def test_a_figure_read_with_it_that_stood_out_in_the_same_time_is_a_rival(
    read_with: Beside, named: list[tuple[str, str, date | None]]
) -> None:
    """From three months before the action to the last of the six after it."""
    given: Any = {"others": [], "seasonal": False, "changed": [], "is_incomplete": False, "beside": [read_with]}
    assert [(each.kind, each.figure, each.on) for each in rivals(FELL, HUB, **given)] == named


def test_before_an_effect_can_be_told_only_what_is_known_by_then_is_named() -> None:
    early = of_counts(STEADY * 4, [4.0])
    read_with = [Beside("contacts", early, (date(2016, 9, 30),))]
    given: Any = {"others": [], "seasonal": True, "changed": [], "is_incomplete": False, "beside": read_with}
    assert [(each.kind, each.on) for each in rivals(early, HUB, **given)] == [("signal", date(2016, 9, 30))]


def test_a_bad_last_month_is_a_rival_to_what_is_better_since() -> None:
    given: Any = {"others": [], "seasonal": False, "changed": [], "is_incomplete": False}
    bad = [*STEADY * 3, 12.0, 11.0, 12.0, 13.0, 11.0, 30.0]
    assert [each.kind for each in rivals(of_counts(bad, [4.0] * 6), HUB, **given)] == ["extreme"]
    assert rivals(of_counts(bad, [40.0] * 6), HUB, **given) == ()


# Expectations -----------------------------------------------------------------------------------------------------


def expected(direction: Any, level: float | None = None, by: date = date(2017, 3, 31)) -> Expectation:
    return Expectation("E", "it", direction, by, ON, "the board", level)


@pytest.mark.parametrize(
    ("direction", "after", "verdict"),
    [
        ("lower", [4.0] * 6, "met"),
        ("higher", [4.0] * 6, "not_met"),
        ("lower", [12.0, 11.0, 13.0] * 2, "cannot_tell"),
        ("lower", [4.0] * 5, "not_due"),
        ("lower", [None] * 5 + [4.0], "cannot_tell"),
    ],
)
def test_a_direction_is_met_when_the_change_is_sure(direction: str, after: list[float | None], verdict: str) -> None:
    made = outcome(expected(direction), counts(STEADY * 4, after), is_share=False, is_count=True)
    assert made.verdict == verdict


def test_months_after_the_one_by_which_do_not_help() -> None:
    late = [12.0, 11.0, 13.0, 4.0, 4.0, 4.0]
    made = outcome(expected("lower", by=date(2016, 12, 31)), counts(STEADY * 4, late), is_share=False, is_count=True)
    assert made.verdict == "cannot_tell"


@pytest.mark.parametrize(
    ("after", "verdict"),
    [(NEAR + [4.0] * 6, "met"), ([4.0] * 6 + NEAR, "cannot_tell"), ([4.0] * 6 + [20.0] * 6, "not_met")],
)
def test_of_a_far_day_the_months_up_to_it_count_and_not_the_first(after: list[float], verdict: str) -> None:
    """What fell at once and rose again by the day is not lower by it."""
    far = expected("lower", by=date(2017, 9, 30))
    made = outcome(far, counts(STEADY * 4, after), is_share=False, is_count=True)
    assert made.verdict == verdict
    assert made.found is not None and (made.found.first, made.found.after) == (date(2017, 4, 30), 6)


def test_the_further_off_the_less_is_known_of_what_carries_over() -> None:
    level = [100.0 + at + (3 if at % 3 else -4) for at in range(36)]
    plain = [12.0, 11.0, 13.0] * 12

    def reach(before: list[float], months: int, is_stock: bool) -> float:
        after = [before[-1]] * months
        by = month_end(BEFORE, months)
        found = effect(counts(before, after), ON, is_share=False, is_count=False, is_stock=is_stock, by=by)
        return found.high - found.low

    near, far = (reach(level, months, True) for months in (6, 12))
    assert far / near == pytest.approx(math.sqrt((6 + 91 / 36 + 9.5**2 / 35) / (91 / 36 + 3.5**2 / 35)))
    assert reach(plain, 12, False) == pytest.approx(reach(plain, 6, False), rel=0.05)


@pytest.mark.parametrize(
    ("direction", "level", "newest", "verdict"),
    [
        ("higher", 70.0, (850, 1000), "met"),
        ("higher", 70.0, (650, 1000), "not_met"),
        ("higher", 70.0, (71, 100), "cannot_tell"),  # 61% to 79%
        ("higher", 70.0, (100, 100), "met"),
        ("lower", 22.0, (150, 1000), "met"),
        ("lower", 22.0, (26, 100), "cannot_tell"),
        ("lower", 22.0, (300, 1000), "not_met"),
        ("higher", 70.0, (0, 0), "cannot_tell"),
    ],
)
def test_a_level_is_met_when_all_that_chance_allows_lies_beyond_it(
    direction: str, level: float, newest: tuple[int, int], verdict: str
) -> None:
    months = shares([(500, 1000)] * 24, [(500, 1000)] * 5 + [newest])
    assert outcome(expected(direction, level), months, is_share=True, is_count=False).verdict == verdict


def test_a_level_of_a_stock_is_held_against_its_own_steps() -> None:
    """77 of 341 on one evening are exactly 22.6%; a sample of 341 would allow 18.5% to 27.3%."""
    months = shares([(100 - at, 341) for at in range(24)], [(77, 341)] * 6)
    made = outcome(expected("lower", 20.0), months, is_share=True, is_count=False, is_stock=True)
    assert made.verdict == "not_met" and made.low is not None and made.low > 22
    plain = outcome(expected("lower", 20.0), months, is_share=True, is_count=False)
    assert plain.verdict == "cannot_tell"


@pytest.mark.parametrize(
    ("level", "newest", "is_count", "verdict"),
    [
        (5.0, 1.0, True, "cannot_tell"),  # one may be nought to five and a half
        (8.0, 1.0, True, "met"),
        (8.0, 40.0, True, "not_met"),
        (11.0, 8.0, False, "met"),
        (11.0, 11.5, False, "cannot_tell"),
    ],
)
def test_a_level_of_counts_and_of_values(level: float, newest: float, is_count: bool, verdict: str) -> None:
    months = counts(STEADY * 4, [12.0] * 5 + [newest])
    assert outcome(expected("lower", level), months, is_share=False, is_count=is_count).verdict == verdict


@pytest.mark.parametrize(("swing", "verdict"), [(0, "met"), (200, "cannot_tell")])
def test_a_level_is_harder_to_reach_for_sure_where_months_differ_by_more_than_chance(swing: int, verdict: str) -> None:
    """800 is sure to be at most 900 if single cases alone moved it, and not where months go up and down by 200."""
    before = [1000.0 + swing * (at % 2) for at in range(24)]
    made = outcome(expected("lower", 900.0), counts(before, [*before[:5], 800.0]), is_share=False, is_count=True)
    assert made.verdict == verdict
    parts = [(int(each), 2000) for each in before]
    of = outcome(expected("lower", 45.0), shares(parts, [*parts[:5], (800, 2000)]), is_share=True, is_count=False)
    assert of.verdict == verdict


def test_a_level_of_what_never_came_before_is_told_by_its_cases() -> None:
    none = outcome(expected("lower", 9.0), counts([0.0] * 24, [0.0] * 6), is_share=False, is_count=True)
    share = outcome(expected("lower", 9.0), shares([(0, 100)] * 24, [(0, 100)] * 6), is_share=True, is_count=False)
    assert (none.verdict, share.verdict) == ("met", "met")
