"""XmR charts: is a month's figure more than the usual coming and going of its own series?

Limits are the mean ± 2.66 times the mean moving range of a baseline, ranges beyond 3.267 times their mean left out
once (an outlier stays in the mean). A series may be in segments, each with a baseline of its own: where it was
rebased for a dated reason. Constants and rules as NHSRplotthedots 0.2.2 has them, but for three of its faults: a
month that is missing breaks runs, trends and both its moving ranges; a flat series has no limits and says so; a
baseline shorter than twelve is not accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean
from typing import Literal

from compendium.errors import ComputeError
from compendium.signals.patterns import Side, members, on_one_side, trends, two_of_three

LIMIT = 2.66
SCREEN = 3.267
FEWEST_FIXED = 12  # points of a baseline
FEWEST = 13  # points below which no limits are drawn for a reader

Pattern = Literal["outside", "trend", "two_of_three", "run"]  # strongest first
TwoSigma = Literal["between_2_and_3_sigma", "beyond_2_sigma"]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]


@dataclass(frozen=True)
class Rules:
    """Which patterns count. length: points of a run and of a trend. two_sigma: what is close to a limit: beyond two
    thirds of the way only, or beyond the limit as well. screen: whether outlying moving ranges are left out. fixed:
    so many first points of a segment are its baseline; None: all of them."""

    length: int = 7
    two_sigma: TwoSigma = "between_2_and_3_sigma"
    screen: bool = True
    fixed: int | None = None


@dataclass(frozen=True)
class Segment:
    """From one rebasing to the next. start: index of its first point; size: its points, missing ones counted too.

    low, high: the limits; None where nothing varies, so that there is no usual coming and going to speak of.
    screened: how many moving ranges were left out.
    """

    start: int
    size: int
    mean: float
    moving_range: float
    screened: int
    low: float | None
    high: float | None

    @property
    def inner(self) -> tuple[float, float] | None:
        """Two thirds of the way to the limits."""
        if self.low is None or self.high is None:
            return None
        reach = 2 / 3 * LIMIT * self.moving_range
        return self.mean - reach, self.mean + reach

    @property
    def varies(self) -> bool:
        return self.low is not None


@dataclass(frozen=True)
class Point:
    """pattern: the strongest it belongs to, None for the usual. sign: 1 high or rising, -1 low or falling, 0 usual."""

    value: float | None
    pattern: Pattern | None = None
    sign: int = 0


@dataclass(frozen=True)
class XmR:
    """A series with its limits and what stands out in it."""

    points: tuple[Point, ...]
    segments: tuple[Segment, ...]

    @property
    def last(self) -> Point:
        return self.points[-1]

    def segment_at(self, index: int) -> Segment:
        """The one that a point belongs to."""
        return next(each for each in reversed(self.segments) if each.start <= index)


def xmr(values: Sequence[float | None], rules: Rules | None = None, rebased: Sequence[int] = ()) -> XmR:
    """The chart of a series, None standing for a missing month. rebased: indices at which a new segment starts.

    ComputeError for a segment without a value, or a baseline that is too short.
    """
    rules = rules or Rules()
    starts = [0, *sorted(set(rebased) - {0})]
    points: list[Point] = []
    segments = []
    for start, end in pairwise([*starts, len(values)]):
        segment = _segment(values[start:end], rules)
        segments.append(replace(segment, start=start))
        points += _points(values[start:end], segment, rules)
    return XmR(tuple(points), tuple(segments))


def assurance(low: float, high: float, target: float, higher_is_better: bool) -> Assurance:
    """Whether a process between such limits meets a target always, never or now and then. On a limit is within."""
    if target > high:
        return "consistent_fail" if higher_is_better else "consistent_pass"
    if target < low:
        return "consistent_pass" if higher_is_better else "consistent_fail"
    return "inconsistent"


def _segment(values: Sequence[float | None], rules: Rules) -> Segment:
    base = list(values if rules.fixed is None else values[: rules.fixed])
    there = [value for value in base if value is not None]
    if rules.fixed is not None and rules.fixed < FEWEST_FIXED:
        raise ComputeError(
            f"a baseline of {rules.fixed} points is too short", expected=f"at least {FEWEST_FIXED} points"
        )
    if not there:
        raise ComputeError("a part of the series has no value to take its limits from")
    ranges = [abs(now - before) for before, now in pairwise(base) if before is not None and now is not None]
    moving_range, screened = screened_mean(ranges, rules.screen)
    mean = fmean(there)
    reach = LIMIT * moving_range
    low, high = (mean - reach, mean + reach) if moving_range > 0 else (None, None)
    return Segment(0, len(values), mean, moving_range, screened, low, high)


def screened_mean(ranges: Sequence[float], screen: bool) -> tuple[float, int]:
    """The mean of moving ranges, taken again without those that lie far out, and how many did; 0 of none."""
    if not ranges:
        return 0.0, 0
    first = fmean(ranges)
    if not screen or first == 0:
        return first, 0
    kept = [each for each in ranges if each < SCREEN * first]
    return fmean(kept), len(ranges) - len(kept)


def _points(values: Sequence[float | None], segment: Segment, rules: Rules) -> list[Point]:
    sides: list[Side] = [None if value is None else (value > segment.mean) - (value < segment.mean) for value in values]
    if segment.low is None or segment.high is None or segment.inner is None:
        # Nothing varied in the baseline: any other value is a change, and nothing else can be said.
        return [Point(each, "outside" if side else None, side or 0) for each, side in zip(values, sides, strict=True)]
    near_low, near_high = segment.inner
    outside = [0 if each is None else (each > segment.high) - (each < segment.low) for each in values]
    close = [
        int(
            each is not None
            and (each > near_high or each < near_low)
            and (not out or rules.two_sigma == "beyond_2_sigma")
        )
        for each, out in zip(values, outside, strict=True)
    ]
    trend = members(trends(values, rules.length), rules.length)
    run = members(on_one_side(sides, rules.length), rules.length)
    pair = [near and of_three for near, of_three in zip(close, two_of_three(close, sides), strict=True)]
    points = []
    for at, value in enumerate(values):
        side = sides[at] or 0
        found: list[tuple[Pattern, int]] = [
            ("outside", outside[at]), ("trend", trend[at]), ("two_of_three", side * pair[at]), ("run", side * run[at]),
        ]  # fmt: skip
        points.append(next((Point(value, name, sign) for name, sign in found if sign), Point(value)))
    return points
