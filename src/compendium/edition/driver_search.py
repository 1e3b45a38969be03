"""The search for what made a month's difference: every split of one figure that adds up to the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from compendium import words
from compendium.edition.edition import FEW
from compendium.indicators.figures import Figures
from compendium.indicators.placing import month_number
from compendium.indicators.shape import Indicator
from compendium.indicators.tally import WHOLE, Key
from compendium.signals.chart import Chart
from compendium.signals.drivers import Part, Split, main_driver, split_count, split_share

REST: Key = ("", "")  # what the parts of a breakdown leave of the whole: rows of no team, for one
ANEW = Fraction(1, 10)  # of a share's cases: with more in new parts, or fewer in their usual ones, a split misleads
ALIKE = Fraction(8, 10)
DIVIDED = ("percent", "ratio", "mean", "money")


@dataclass(frozen=True)
class Tried:
    """One way of splitting a figure. dimensions: ('area',), ('source',), ('area', 'source')."""

    dimensions: tuple[str, ...]
    parts: Mapping[Key, Part]
    split: Split[Key]


@dataclass(frozen=True)
class Search:
    """tried: from the simplest split to the last, in the order in which an equally good one is told first."""

    indicator: Indicator
    chart: Chart
    tried: tuple[Tried, ...]

    @classmethod
    def of(cls, indicator: Indicator, chart: Chart, figures: Figures) -> Search:
        """Areas, the breakdowns that its file declares, and teams."""
        ways = [(each,) for each in ("area", *indicator.by, "team")]
        return cls(indicator, chart, tuple(_tried(indicator, chart, figures, ways)))

    def crossed(self, figures: Figures) -> Search:
        """With every breakdown within the areas too. figures: computed with these."""
        ways = [("area", each) for each in self.indicator.by]
        return replace(self, tried=(*self.tried, *_tried(self.indicator, self.chart, figures, ways)))

    @property
    def parts(self) -> int:
        """How many parts were looked at."""
        return sum(len(each.parts.keys() - {REST}) for each in self.tried)

    @property
    def main(self) -> tuple[Tried, Key] | None:
        """The main driver and its split."""
        found = main_driver([each.split for each in self.tried], self.parts)
        return None if found is None else (self.tried[found[0]], found[1])

    @property
    def may_cross(self) -> bool:
        """Whether both an area and a part of a breakdown stand out: a part within an area that makes most of the
        difference would make both do so."""
        found = {
            each.dimensions[0] == "area"
            for each in self.tried
            if each.dimensions != ("team",) and main_driver([each.split], self.parts) is not None
        }
        return found == {True, False}

    @property
    def plainest(self) -> Tried | None:
        """To be shown where there is no main driver, so that no part of any is beyond chance: the first split whose
        parts do not mostly undo one another and hold much the same cases as before."""
        singles = [each for each in self.tried if len(each.dimensions) == 1]
        return next((each for each in singles if not each.split.undoes_itself and _alike(each) >= ALIKE), None)


def _tried(indicator: Indicator, chart: Chart, figures: Figures, ways: Sequence[tuple[str, ...]]) -> Iterator[Tried]:
    numbers = figures.numbers(indicator.id)
    months = [month_number(each.period) for each in chart.months]
    known = [at for at, each in enumerate(chart.months) if each.value is not None]
    cells: dict[Key, dict[tuple[str, int], int]] = {}
    for (name, key, month, *_), number in numbers.items():  # what is counted once each also by when it was before
        months_of = cells.setdefault(key, {})
        months_of[name, month] = months_of.get((name, month), 0) + number
    whole = _part(cells.get(WHOLE, {}), indicator, months)
    for dimensions in ways:
        parts = {key: _part(found, indicator, months) for key, found in cells.items() if _way(key) == dimensions}
        rest = _rest(whole, list(parts.values()), known)
        if rest is None or len(parts) < 2:
            continue
        if any(rest.numerators) or any(rest.denominators):
            parts[REST] = rest
        split = _split(indicator, chart, parts)
        if split is not None and split.difference and not _is_recorded_anew(Tried(dimensions, parts, split)):
            # Parts within areas are many, and their noise adds up: there the areas themselves must not undo it.
            if len(dimensions) == 1 and split.undoes_itself:
                split = replace(split, chances={})
            yield Tried(dimensions, parts, split)


def _way(key: Key) -> tuple[str, ...]:
    """('area', 'NE', 'source', 'Police') is a part of the split by area and source."""
    return key[::2]


def _part(cells: Mapping[tuple[str, int], int], indicator: Indicator, months: Sequence[int]) -> Part:
    numerators = [cells.get(("numerator", month), 0) for month in months]
    if not indicator.has_denominator:
        return Part(numerators)
    return Part(numerators, [cells.get(("denominator", month), 0) for month in months])


def _rest(whole: Part, parts: Sequence[Part], known: Sequence[int]) -> Part | None:
    """What the parts leave of the whole; None where they hold more than it in any month: a child who was counted once
    in each of two parts."""
    rest = Part(
        [number - sum(part.numerators[at] for part in parts) for at, number in enumerate(whole.numerators)],
        [number - sum(part.denominators[at] for part in parts) for at, number in enumerate(whole.denominators)],
    )
    sizes = rest.denominators or rest.numerators
    return None if any(sizes[at] < 0 for at in known) else rest


def _alike(tried: Tried) -> Fraction:
    """How many of a share's cases are in the parts that they were expected in, from 0 to 1; of a count 1."""
    now = sum(part.denominators[-1] for part in tried.parts.values() if part.denominators)
    if not now:
        return Fraction(1)
    pairs = ((tried.split.parts[key].usual, Fraction(part.denominators[-1], now)) for key, part in tried.parts.items())
    return sum((min(pair) for pair in pairs), Fraction(0))


def _is_recorded_anew(tried: Tried) -> bool:
    """Whether more than a tenth of a share's cases are in parts that nobody was in then, or nobody is in now: as when
    areas were not recorded yet. Then the parts say nothing of how each fared."""
    now = sum(part.denominators[-1] for part in tried.parts.values() if part.denominators)
    if not now:
        return False
    usual = {key: tried.split.parts[key].usual for key in tried.parts}
    new = sum(Fraction(part.denominators[-1], now) for key, part in tried.parts.items() if not usual[key])
    gone = sum(usual[key] for key, part in tried.parts.items() if not part.denominators[-1])
    return max(new, gone) > ANEW


def _split(indicator: Indicator, chart: Chart, parts: Mapping[Key, Part]) -> Split[Key] | None:
    """Parts of fewer than 5, and what is not known, are never named."""
    above, below = indicator.scale
    if indicator.has_denominator:
        hundred = 100 if indicator.value == "percent" else 1
        is_cases = indicator.value == "percent"
        split = split_share(chart, parts, Fraction(hundred * below, above), cases=below if is_cases else 0)
        one_case = below
    else:
        limit = chart.limits[-1]
        expected = Fraction(0 if limit is None else limit.middle) * above
        if indicator.value == "count" and above == 1:
            expected = Fraction(int(words.rounded(float(expected))))  # as it is told
        split = split_count(chart, parts, expected, cases=0 if indicator.value == "money" else above)
        one_case = above
    if split is None:
        return None
    named = {
        key: chance
        for key, chance in split.chances.items()
        if key != REST and (indicator.value == "money" or not 0 < parts[key].size(-1) < FEW * one_case)
    }
    return replace(split, chances=named)
