"""What happens too seldom to be counted by the month, judged by what lies between one event and the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from compendium.edition.edition import Judged
from compendium.edition.seldom import judged_by_gaps
from compendium.indicators.event_days import Day
from compendium.signals.rare import t_chart
from compendium.signals.verdict import CHANCE_OF_GAPS, verdict_of_gaps
from tests.edition.drawn import catalogue

MONTH = date(2017, 1, 31)
COUNT = replace(catalogue()["contacts"], polarity="lower_is_better")
SHARE = catalogue()["icpc_15wd"]
USUAL = [20, 45, 31, 8, 60, 27, 39, 15, 52, 24, 33, 41] * 2  # days, or cases, between two
# Nelson's t-chart by hand: the gaps to the power 1/3.6, their mean and moving range, and back.
POWERS = [gap ** (1 / 3.6) for gap in USUAL]
STEP = sum(abs(POWERS[at] - POWERS[at - 1]) for at in range(1, len(POWERS))) / (len(POWERS) - 1)
LONGEST = round((sum(POWERS) / len(POWERS) + 3 / 1.128 * STEP) ** 3.6)


def days(gaps: Sequence[int], since: int) -> list[Day]:
    """An event after each gap, the last so many days before the month's end."""
    ends = [MONTH - timedelta(days=since)]
    for gap in reversed(gaps):
        ends.append(ends[-1] - timedelta(days=gap))
    return [Day(on, 1, 1) for on in reversed(ends)]


def cases(gaps: Sequence[int], since: int) -> list[Day]:
    """A day with so many cases before each one that counts."""
    told = [*gaps, since]
    first = MONTH - timedelta(days=len(told))
    found = [Day(first, 1, 1)]
    found += [Day(first + timedelta(days=at), 1, gap + 1) for at, gap in enumerate(gaps, start=1)]
    return [*found, Day(MONTH, 0, since)]


def told(gaps: Sequence[int], since: int) -> Judged:
    found = judged_by_gaps(COUNT, days(gaps, since), MONTH)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("gaps", "since", "badge", "last"),
    [
        (USUAL, 20, "Within usual range", f"Up to {round(LONGEST / 7)} weeks between two is usual."),
        # An open gap that is short says nothing.
        (USUAL, 0, "Within usual range", f"Up to {round(LONGEST / 7)} weeks between two is usual."),
        (USUAL, LONGEST + 1, "Signal: better than usual",
         f"Chance alone would hardly ever leave more than {round(LONGEST / 7)} weeks between two."),
        ([*USUAL, 12, 9, 14, 8, 11, 13, 10, 7, 9], 5, "Signal: worse than usual",
         "The last 9 have all come sooner than half of them used to."),
        # The time since the last, once it is longer than half of them used to be, is the newest gap.
        ([*USUAL, 12, 9, 14, 8, 11, 13, 10, 7, 9], 40, "Within usual range",
         f"Up to {round(LONGEST / 7)} weeks between two is usual."),
        ([*USUAL, 15, 40, 45, 50, 40, 45, 50, 40, 45], 40, "Signal: better than usual",
         "The last 8 have all come later than half of them used to, and the next is later already."),
        ([*USUAL, 50, 9, 14, 8, 11, 13, 10, 7], 5, "Worth a look: may be worse",
         "The last 7 have all come sooner than half of them used to."),
    ],
)  # fmt: skip
def test_the_ladder_of_gaps(gaps: list[int], since: int, badge: str, last: str) -> None:
    found = told(gaps, since)
    assert (found.badge, found.sentences[-1]) == (badge, last)
    assert found.sentences[0].startswith("It has come about every 5 weeks; the last was ")


def test_the_limits_are_those_of_the_t_chart_of_the_first_24_gaps() -> None:
    assert round(t_chart([float(each) for each in USUAL]).high) == LONGEST
    assert told([*USUAL, 300], 20).sentences[-1] == told(USUAL, 20).sentences[-1]


def test_a_signal_is_new_in_the_month_that_brings_it() -> None:
    assert told(USUAL, LONGEST + 10).is_new and not told(USUAL, LONGEST + 40).is_new


def test_events_that_came_close_are_new_only_in_the_month_of_the_last() -> None:
    close = [*USUAL, 12, 9, 14, 8, 11, 13, 10, 7, 9]
    assert told(close, 5).is_new and not told([*close, 28], 5).is_new


@pytest.mark.parametrize(("since", "is_signal"), [(0, True), (30, True), (31, False), (60, False)])
def test_a_short_gap_is_a_signal_in_the_month_in_which_it_ended(since: int, is_signal: bool) -> None:
    """January has 31 days; of gaps of about a hundred one of twenty is short, and long ago it is no news."""
    steady = [100, 104, 97, 101, 95, 103, 99, 106, 98, 102, 96, 105] * 2
    found = told([*steady, 20], since)
    assert (found.badge == "Signal: worse than usual") is is_signal
    assert found.sentences[-1].startswith("Only 3 weeks lay between the last two.") is is_signal


@pytest.mark.parametrize(("earlier", "is_new"), [(100, True), (150, False)])
def test_of_a_share_a_month_ago_is_so_many_cases_ago(earlier: int, is_new: bool) -> None:
    """Up to 133 cases between two is usual; 180 have gone by, so many of them before January."""
    before = [Day(each.on - timedelta(days=60), each.events, each.cases) for each in cases(USUAL, earlier)]
    found = judged_by_gaps(SHARE, [*before, Day(MONTH, 0, 180 - earlier)], MONTH)
    assert found is not None and found.strength == "signal"
    assert found.is_new is is_new


def test_of_a_share_the_cases_between_are_counted() -> None:
    usual = judged_by_gaps(SHARE, cases(USUAL, 12), MONTH)
    seldom = judged_by_gaps(SHARE, cases(USUAL, 400), MONTH)
    assert usual is not None and seldom is not None
    assert usual.sentences == (
        "It has come about every 33 cases; the last was 12 cases before the end of the month.",
        "Up to 133 cases between two is usual.",  # 32.9 + 3 √(32.9 · 33.9)
    )
    assert seldom.badge == "Signal: worse than usual" and "(g-chart)" in seldom.method


def test_fewer_than_12_gaps_or_gaps_all_alike_are_not_judged() -> None:
    assert judged_by_gaps(COUNT, days(USUAL[:11], 3), MONTH) is None
    assert judged_by_gaps(COUNT, days([30] * 24, 3), MONTH) is None
    assert judged_by_gaps(COUNT, [], MONTH) is None


def test_events_that_come_as_ever_are_a_signal_as_seldom_as_is_said(seed: int, full_counts: bool) -> None:
    draw, number, flagged = np.random.default_rng(seed), 20_000 if full_counts else 2_000, 0
    for _ in range(number):
        gaps = [float(each) for each in np.ceil(draw.exponential(40, 40))]
        since = float(draw.exponential(40))
        found = verdict_of_gaps(t_chart(gaps[:24]), gaps, since, "neutral", is_recent=since < 31)
        flagged += found.strength == "signal"
    allowed = number * CHANCE_OF_GAPS / 1000
    assert flagged <= allowed + 3 * allowed**0.5
