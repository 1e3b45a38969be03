"""What made the difference between a month and what was expected of it, part by part, exact in sum.

A part of a count contributes what it was less what was expected of it: the middle of its own chart (of what comes
with the seasons its own prediction, of a stock what it was the month before, of anything else its mean over the
baseline), all parts scaled so that together they are what was expected of the whole.

A part of a share contributes in two ways (Kitagawa 1955), each taken midway between then and now, so that swapping the
two only turns the signs: its weight changed (mix: who came), or its own share did (rate: how each was served).

Among many parts some are always far from what was expected. So one is called the main driver only when it

- makes at least half of the difference, the same way;
- lies further from its own past than the most extreme of all the parts that were looked at would by chance, in 95 of
  100 such searches (Šidák's limit); and
- has moved as far apart from all the others: what moves everything alike has no driver among the parts.

Its past is 13 months or more before the newest; of a stock, their steps. The limits are as wide as its months
differed, by their moving range or their deviation, whichever is more, and never narrower than chance among so many
cases, where that is known.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import fmean, stdev
from typing import Generic, TypeVar

from scipy.special import stdtr

from compendium.signals.chart import Chart
from compendium.signals.intervals import student
from compendium.signals.laney import OF_TWO
from compendium.signals.season import INNER, TERMS, Prediction, predicted
from compendium.signals.xmr import FEWEST

Name = TypeVar("Name", bound=Hashable)
SURE = 0.95  # of searches in which nothing has happened, none names a driver
LEAST, MOST = Fraction(1, 2), Fraction(3, 2)  # of the difference, to be its main driver
NEARLY = 0.9  # as much as the most: then the simpler split tells it
RECENT = 24  # months whose mean is expected of a part too small for a season of its own


@dataclass(frozen=True)
class Part:
    """Of a figure, by month: oldest first, in step with the chart of the whole. denominators: of a share or ratio."""

    numerators: Sequence[int]
    denominators: Sequence[int] = ()

    def size(self, at: int) -> int:
        """How many there were in a month."""
        return self.denominators[at] if self.denominators else self.numerators[at]


@dataclass(frozen=True)
class Contribution:
    """expected, now: of a count how many, of a share the part's own. usual: how much of the whole was expected to be
    this part, from 0 to 1. mix, rate: what its weight and what its own share made of the difference; of a count all
    is rate. In the unit of the whole: numbers, or per cent and points."""

    expected: Fraction
    now: Fraction
    usual: Fraction
    mix: Fraction
    rate: Fraction

    @property
    def all(self) -> Fraction:
        return self.mix + self.rate


@dataclass(frozen=True)
class Split(Generic[Name]):
    """The parts' contributions add up to now less expected, exactly. chances: of the parts that make most of it, how
    often chance alone would take one so far from its past."""

    expected: Fraction
    now: Fraction
    parts: Mapping[Name, Contribution]
    chances: Mapping[Name, float]

    @property
    def difference(self) -> Fraction:
        return self.now - self.expected

    @property
    def undoes_itself(self) -> bool:
        """Whether its parts mostly moved against one another, as when cases are recorded elsewhere than before."""
        return sum((abs(each.all) for each in self.parts.values()), Fraction(0)) > 2 * abs(self.difference)

    def share(self, name: Name) -> float:
        """Of the difference; above 1 where the others together moved the other way."""
        return float(self.parts[name].all / self.difference)

    def excess(self, name: Name) -> float:
        """How much more of the difference a part makes than of what usually comes, in shares from -1 to 1. What it
        makes beyond the whole difference counts against it."""
        share = self.share(name)
        return min(share, 2 - share) - float(self.parts[name].usual)


def split_count(chart: Chart, parts: Mapping[Name, Part], expected: Fraction, *, cases: int = 1) -> Split[Name] | None:
    """Of the newest month of a count or of an amount. expected: of the whole, in the unit of the parts.

    cases: how many of that unit make one case, so that chance among cases is known; 0 where it is not (money). None
    where nothing was expected.
    """
    base = chart.base
    middles = {name: _middle(chart, part, base) for name, part in parts.items()}
    whole = sum(middles.values(), Fraction(0))
    if whole <= 0:
        return None
    made = {}
    for name, part in parts.items():
        usual, now = middles[name] / whole, Fraction(part.numerators[-1])
        made[name] = Contribution(usual * expected, now, usual, Fraction(0), now - usual * expected)
    totals = [sum(part.numerators[at] for part in parts.values()) for at in range(len(chart.months))]
    split = Split(expected, Fraction(totals[-1]), made, {})
    tested = _candidates(split, parts, base)
    return Split(
        expected, split.now, made, {name: _chance_of_count(chart, parts[name], totals, base, cases) for name in tested}
    )


def split_share(chart: Chart, parts: Mapping[Name, Part], scale: Fraction, *, cases: int = 1) -> Split[Name] | None:
    """Of the newest month of a share or a ratio, which is `scale` times numerator over denominator.

    cases: how many of the denominator make one of the n cases of a share; 0 for a ratio, which is not x of n. None
    where there was nothing to divide by, then or now.
    """
    base, limit = chart.base, chart.limits[-1]
    pooled = [len(chart.months) - 2] if chart.method == "stock" else base
    then = {name: _pooled(part, pooled) for name, part in parts.items()}
    newest = {name: (part.numerators[-1], part.denominators[-1]) for name, part in parts.items()}
    before, now = _together(then.values(), scale), _together(newest.values(), scale)
    if limit is None or not before or now is None:
        return None
    expected = Fraction(limit.middle)
    stretch = expected / before  # the middle of a chart of ratios is their mean, and not the pooled one
    middle = (expected + now) / 2
    size_then, size_now = (sum(size for _, size in each.values()) for each in (then, newest))
    made = {}
    for name in parts:
        was, own = _together([then[name]], scale), _together([newest[name]], scale)
        was = was * stretch if was is not None else None
        usual, weight = Fraction(then[name][1], size_then), Fraction(newest[name][1], size_now)
        # A part that nobody was in has no share of its own: only its weight makes a difference.
        was, own = (own if was is None else was), (was if own is None else own)
        was, own = (middle if was is None else was), (middle if own is None else own)
        mix, rate = (weight - usual) * ((own + was) / 2 - middle), (own - was) * (weight + usual) / 2
        made[name] = Contribution(was, own, usual, mix, rate)
    split = Split(expected, now, made, {})
    tested = _candidates(split, parts, base)
    plain = float(middle / scale)
    chances = {name: _chance_of_share(chart, parts, name, base, plain, cases) for name in tested}
    return Split(expected, now, made, chances)


def main_driver(splits: Sequence[Split[Name]], parts: int) -> tuple[int, Name] | None:
    """The part that may be called the main driver, as (which split, name); None where there is none.

    Of several, the first, in the order of the splits, of those whose excess is nearly the most. parts: how many were
    looked at in all.
    """
    limit = chance_limit(parts)
    found = [
        (split.excess(name), at, name)
        for at, split in enumerate(splits)
        for name, chance in split.chances.items()
        if chance < limit
    ]
    most = max((excess for excess, _, _ in found), default=0.0)
    near = [each for each in found if each[0] >= NEARLY * most > 0]
    if not near:
        return None
    first = min(at for _, at, _ in near)
    _, at, name = max((each for each in near if each[1] == first), key=lambda each: each[0])
    return at, name


def chance_limit(parts: int) -> float:
    """Šidák's: how seldom one of so many parts must come by chance, for it to be seldom that any does."""
    return -math.expm1(math.log(SURE) / max(parts, 1))


def in_whole_steps(amounts: Sequence[Fraction], whole: int) -> list[int]:
    """Whole numbers nearest to the amounts that add up to the whole, by the largest remainder. The amounts add up to
    less than 1 more or less than it."""
    steps = [math.floor(each) for each in amounts]
    order = sorted(range(len(amounts)), key=lambda at: steps[at] - amounts[at])
    for at in order[: whole - sum(steps)]:
        steps[at] += 1
    return steps


# What was expected of a part, and its past ------------------------------------------------------------------------


def _middle(chart: Chart, part: Part, base: Sequence[int]) -> Fraction:
    if chart.method == "stock":
        return Fraction(part.numerators[-2])
    made = _prediction(chart, part)
    if made is not None:
        return Fraction(made.expected)
    recent = base[-RECENT:]
    return Fraction(sum(part.numerators[at] for at in recent), max(len(recent), 1))


def _prediction(chart: Chart, part: Part) -> Prediction | None:
    if chart.method != "season":
        return None
    values = zip(chart.months[:-1], part.numerators, strict=False)
    series = [(month.period, None if month.value is None else float(number)) for month, number in values]
    return predicted(series, chart.months[-1].period)


def _pooled(part: Part, base: Sequence[int]) -> tuple[int, int]:
    return sum(part.numerators[at] for at in base), sum(part.denominators[at] for at in base)


def _together(parts: Iterable[tuple[int, int]], scale: Fraction) -> Fraction | None:
    pairs = list(parts)
    size = sum(denominator for _, denominator in pairs)
    return scale * sum(numerator for numerator, _ in pairs) / size if size else None


# How far from its past --------------------------------------------------------------------------------------------


def _candidates(split: Split[Name], parts: Mapping[Name, Part], base: Sequence[int]) -> list[Name]:
    """Those that make at least half of the difference and have 13 months of their own before."""
    if not split.difference:
        return []
    return [
        name
        for name, made in split.parts.items()
        if LEAST <= made.all / split.difference <= MOST and sum(parts[name].size(at) > 0 for at in base) >= FEWEST
    ]


def _chance_of_count(chart: Chart, part: Part, totals: Sequence[int], base: Sequence[int], cases: int) -> float:
    """The more of two: so far from its own past, and so far from its usual share of the whole."""
    numbers = part.numerators
    share = (sum(numbers[at] for at in base) + 0.5) / (sum(totals[at] for at in base) + 1)
    usual = math.sqrt(max(fmean(numbers[at] for at in base), 1.0) * (cases or 1))
    months = _looked_at(chart, base)
    alone = {at: numbers[at] / usual for at in months}
    apart = {
        at: (numbers[at] - share * totals[at]) / math.sqrt(share * (1 - share) * totals[at] * (cases or 1))
        for at in months
        if totals[at] > 0
    }
    made = _prediction(chart, part)
    own = _beyond(chart, alone, cases) if made is None else _beyond_prediction(made, numbers[-1])
    return max(own, _beyond(chart, apart, cases))


def _chance_of_share(
    chart: Chart, parts: Mapping[Name, Part], name: Name, base: Sequence[int], middle: float, cases: int
) -> float:
    """As of a count: of what it adds to the whole, alone and beside the whole."""
    own = parts[name]
    weight = sum(own.denominators[at] for at in base) / sum(
        each.denominators[at] for each in parts.values() for at in base
    )
    spread = math.sqrt(max(middle * (1 - middle), 0.001) / cases) if cases else 1.0
    alone, apart = {}, {}
    for at in _looked_at(chart, base):
        size = sum(each.denominators[at] for each in parts.values())
        if size > 0 and 0 < weight < 1:
            whole = sum(each.numerators[at] for each in parts.values()) - middle * size
            added = own.numerators[at] - middle * own.denominators[at]
            unit = spread * math.sqrt(size * weight)
            alone[at] = added / unit
            apart[at] = (added - weight * whole) / (unit * math.sqrt(1 - weight))
    return max(_beyond(chart, alone, cases), _beyond(chart, apart, cases)) if alone else 1.0


def _looked_at(chart: Chart, base: Sequence[int]) -> list[int]:
    """The baseline and the newest month, and of a stock the month before it too."""
    last = len(chart.months) - 1
    return sorted({*base, last, *([last - 1] if chart.method == "stock" else [])})


def _beyond(chart: Chart, scores: Mapping[int, float], cases: int) -> float:
    """How often chance alone takes the newest of the scores (by month) as far from the others' mean, either way.

    A score's deviation by chance among cases alone is 1, where it is known (cases above 0). Of a stock the steps are
    scored, which so many cases say nothing of.
    """
    floor = 1.0 if cases else 0.0
    if chart.method == "stock":
        scores, floor = {at: scores[at] - scores[at - 1] for at in scores if at - 1 in scores}, 0.0
    *past, last = sorted(scores)
    if len(past) < FEWEST - 1 or last != len(chart.months) - 1:
        return 1.0
    values = [scores[at] for at in past]
    ranges = [abs(scores[after] - scores[at]) for at, after in pairwise(past) if after == at + 1]
    spread = max(floor, stdev(values), fmean(ranges) / OF_TWO if ranges else 0.0)
    if not spread:
        return 1.0  # what never varied has no limits
    away = abs(scores[last] - fmean(values)) / (spread * math.sqrt(1 + 1 / len(values)))
    return 2 * float(stdtr(len(values) - 1, -away))


def _beyond_prediction(made: Prediction, number: int) -> float:
    freedom = made.months - TERMS
    spread = math.log(made.inner[1] / made.expected) / student(freedom, INNER)
    away = abs(math.log(max(number, 0.5) / made.expected)) / spread
    return 2 * float(stdtr(freedom, -away))
