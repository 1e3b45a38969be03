"""The one place that decides a verdict: how sure it is that a month is out of the usual.

signal: beyond the outer limit, or the newest of nine or more on one side of the middle. worth a look: beyond the
inner limit only, or the newest of seven or eight on one side, of a trend, or of two of three near a limit. Anything
else with enough behind it is within the usual range. Whether it is better or worse follows from which way the figure
is better.

Nine, and not seven, because the middle of a baseline of two years is itself known only roughly: in a series in which
nothing happens seven in a row make 2.4 of 100 newest months a signal by themselves, nine 0.9.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from compendium.signals.chart import Chart, Found
from compendium.signals.patterns import running
from compendium.signals.rare import Between

Strength = Literal["signal", "worth_a_look", "usual", "too_few"]
Sense = Literal["better", "worse", "neither"]
POLARITY = {"higher_is_better": 1, "lower_is_better": -1, "neutral": 0}
NOTED_RUN, SURE_RUN = 7, 9
# How many of 1,000 newest months in which nothing has happened are a signal nevertheless, at the most. Simulated.
CHANCE = {"season": 5, "stock": 20, "binomial": 20, "p_prime": 25, "xmr": 25, "none": 0}
CHANCE_OF_GAPS = 20  # the same of what is judged by the gaps between events


@dataclass(frozen=True)
class Verdict:
    """sign: 1 higher than expected, -1 lower, 0 as expected. found: what speaks for it; 'inner' is beyond the inner
    limit alone."""

    strength: Strength
    sense: Sense
    sign: int
    found: Found | Literal["inner", ""]


TOO_FEW = Verdict("too_few", "neither", 0, "")


def verdict(chart: Chart, polarity: str) -> Verdict:
    """Of the newest month of a chart."""
    if chart.method == "none":  # it may have no month at all
        return TOO_FEW
    month, limit, pattern = chart.months[-1], chart.limits[-1], chart.patterns[-1]
    if month.value is None or limit is None:
        return TOO_FEW
    if pattern is not None and (pattern[0] == "outside" or (pattern[0] == "run" and run_of(chart) >= SURE_RUN)):
        return _made("signal", pattern[1], pattern[0], polarity)
    low, high = limit.inner
    if not low <= month.value <= high:
        return _made("worth_a_look", 1 if month.value > high else -1, "inner", polarity)
    if pattern is not None:
        return _made("worth_a_look", pattern[1], pattern[0], polarity)
    return Verdict("usual", "neither", 0, "")


def verdict_of_gaps(
    usual: Between, gaps: Sequence[float], open_gap: float, polarity: str, *, is_recent: bool
) -> Verdict:
    """Of what happens too seldom to be counted by the month. gaps: all that are over, in order; open_gap: since the
    last event. Longer gaps are fewer events. is_recent: the newest gap ended in the month that is judged; a short one
    of before is no news of it."""
    if usual.longer_than_usual(open_gap):
        return _made("signal", -1, "outside", polarity)
    if is_recent and gaps and gaps[-1] < usual.low:
        return _made("signal", 1, "outside", polarity)
    run = usual.running(gaps, open_gap)
    if abs(run) >= NOTED_RUN:
        strength: Strength = "signal" if abs(run) >= SURE_RUN else "worth_a_look"
        return _made(strength, -1 if run > 0 else 1, "run", polarity)
    return Verdict("usual", "neither", 0, "")


def run_of(chart: Chart) -> int:
    """How many months up to the newest lie on the same side of the middle as it does."""
    return running(chart.sides)


def expected_by_chance(charts: list[Chart]) -> float:
    """How many of these charts would be flagged as a signal in a month in which nothing has happened anywhere."""
    judged = [each for each in charts if each.limits[-1] is not None and each.months[-1].value is not None]
    return sum(CHANCE[each.method] for each in judged) / 1000


def sense_of(sign: int, polarity: str) -> Sense:
    """What it is to be higher (1) or lower (-1) than expected, for a figure of this polarity."""
    better = POLARITY[polarity] * sign
    return "better" if better > 0 else "worse" if better < 0 else "neither"


def _made(strength: Strength, sign: int, found: Found | Literal["inner"], polarity: str) -> Verdict:
    return Verdict(strength, sense_of(sign, polarity), sign, found)
