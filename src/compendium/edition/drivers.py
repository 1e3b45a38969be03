"""What made the difference: for each figure that is out of the usual, the split that most concentrates it, in words.

Every breakdown that a figure declares is tried, and its areas and its teams. Where an area and a part of a breakdown
both stand out, the breakdowns are tried within the areas too: only then are crossed cells asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from compendium import words
from compendium.edition import driver_words
from compendium.edition.driver_search import DIVIDED, REST, Search, Tried
from compendium.edition.edition import FEW, IndicatorPage
from compendium.edition.indicator_page import PageMaker
from compendium.edition.judging import chart_of, rebased_by
from compendium.edition.labels import label
from compendium.edition.split import Split, SplitPart
from compendium.indicators.compute import compute
from compendium.indicators.shape import Indicator
from compendium.indicators.tally import Key
from compendium.signals.drivers import Contribution, in_whole_steps

SPLIT = ("count", *DIVIDED)  # kinds of value that parts add up to
OUT_OF_THE_USUAL = ("signal", "worth_a_look")
SHOWN = 5  # parts at the most, before all others
COUNTS_ONE = Decimal(1)
TENTH = Decimal("0.1")


def with_drivers(pages: tuple[IndicatorPage, ...], maker: PageMaker) -> tuple[IndicatorPage, ...]:
    """The pages, each that is out of the usual with what made the difference. maker: by which they were made."""
    figures, searches = maker.figures, {}
    for page in pages:
        if page.judged.strength in OUT_OF_THE_USUAL and page.value_kind in SPLIT:
            indicator = figures.catalogue[page.id]
            rebased = rebased_by(maker.workspace, page.id, maker.cut)
            chart = chart_of(indicator, maker.all_months(indicator), rebased)
            searches[page.id] = Search.of(indicator, chart, figures)
    crossed = [name for name, search in searches.items() if search.may_cross]
    if crossed:
        more = compute(maker.snapshot, figures.catalogue, maker.workspace, figures.months, crossed, detail="crossed")
        searches |= {name: searches[name].crossed(more) for name in crossed}
    return tuple(
        replace(page, drivers=_Told(page, searches[page.id], maker).split()) if page.id in searches else page
        for page in pages
    )


@dataclass(frozen=True)
class _Row:
    """Some parts of a split together, as one step."""

    name: str
    made: tuple[Contribution, ...]
    numerator: int
    denominator: int
    is_main: bool = False

    @property
    def all(self) -> Fraction:
        return sum((each.all for each in self.made), Fraction(0))

    @property
    def mix(self) -> Fraction:
        return sum((each.mix for each in self.made), Fraction(0))

    @property
    def expected(self) -> Fraction:
        """Of a count how many; of a share that of all together."""
        return sum((each.expected for each in self.made), Fraction(0))


@dataclass(frozen=True)
class _Told:
    """A search in words and figures."""

    page: IndicatorPage
    search: Search
    maker: PageMaker

    @property
    def indicator(self) -> Indicator:
        return self.search.indicator

    @property
    def is_divided(self) -> bool:
        return self.indicator.has_denominator

    @property
    def step(self) -> Decimal:
        """The smallest difference that is shown."""
        kind = self.indicator.value
        return COUNTS_ONE if kind == "money" or (kind == "count" and self.indicator.scale[0] == 1) else TENTH

    @property
    def unit(self) -> int:
        """How many of a split's unit make one of the figure's."""
        return 1 if self.is_divided else self.indicator.scale[0]

    def split(self) -> Split | None:
        """None where nothing adds up to the whole, or the difference is too small to show."""
        main = self.search.main
        tried = main[0] if main else self.search.plainest
        if not self.search.tried:
            return None
        any_split = (tried or self.search.tried[0]).split
        expected, received = (self._steps(each) for each in (any_split.expected, any_split.now))
        if received == expected:
            return None
        whole = received - expected
        rows = self._rows(tried, main[1] if main else None) if tried else []
        rows = rows if len(rows) > 1 else []
        mixes = self._mixes(rows)
        differences = in_whole_steps([self._exact(row.all) for row in rows], whole if rows else 0)
        parts = tuple(map(self._part, rows, differences, mixes))
        is_told = bool(rows) and self.is_divided
        mix, rate = (self._signed(sum(mixes)), self._signed(whole - sum(mixes))) if is_told else ("", "")
        named = self._named(parts, whole, main) if main else ()
        if not named:
            named = (driver_words.no_driver([each.dimensions[0] for each in self._singles()]),)
        return Split(
            title=driver_words.title(tried.dimensions) if tried and parts else "",
            expected=expected * self.step,
            received=received * self.step,
            expected_written=self._write(expected),
            received_written=self._write(received),
            written=self._signed(whole),
            mix=mix,
            rate=rate,
            parts=parts,
            sentences=(*named, driver_words.mix_and_rate(mix, rate)) if is_told else named,
            sure=self._sure(main),
            alone=" ".join(named) if main else "",
        )

    def _singles(self) -> list[Tried]:
        return [each for each in self.search.tried if len(each.dimensions) == 1]

    # Words ---------------------------------------------------------------------------------------------------------

    def _named(self, parts: Sequence[SplitPart], whole: int, main: tuple[Tried, Key]) -> tuple[str, ...]:
        key = main[1]
        amount = next(int(part.difference / self.step) for part in parts if part.is_main)
        place = (
            driver_words.where(*self._labelled(key))
            if len(key) == 2
            else driver_words.where(*self._labelled(key[2:]), area=self._labelled(key[:2])[1])
        )
        rest, sign = whole - amount, 1 if whole > 0 else -1
        if rest * sign < 0:
            return driver_words.main_beyond(place, self._amount(amount), self._amount(rest), sign)
        of = self._amount(amount) if not self._in_points else words.number(abs(amount) * self.step, 1)
        if whole < 0 and not self.is_divided:
            return (driver_words.main_below(place, of, self._amount(whole)),)
        return (driver_words.main(place, of, self._amount(whole)),)

    def _sure(self, main: tuple[Tried, Key] | None) -> tuple[str, ...]:
        looked = driver_words.looked(self.search.parts, len(self.search.tried))
        if main is None:
            return (looked, driver_words.NONE_STANDS_OUT)
        alone = main[0].split.chances[main[1]]
        return (looked, driver_words.seldom(1 - (1 - alone) ** self.search.parts), driver_words.WHERE_NOT_WHY)

    def _labelled(self, key: Key) -> tuple[str, str]:
        """The dimension of a part, and what the part is called."""
        dimension, value = key
        if dimension == "area":
            return dimension, self.maker.workspace.areas.get(value, value)
        team = self.maker.figures.teams.get(value) if dimension == "team" else None
        return dimension, team.name if team is not None else label(dimension, value)

    # Figures -------------------------------------------------------------------------------------------------------

    def _exact(self, amount: Fraction) -> Fraction:
        """In steps."""
        return amount / self.unit / Fraction(self.step)

    def _steps(self, amount: Fraction) -> int:
        exact = self._exact(amount)
        return int(words.rounded(Decimal(exact.numerator) / exact.denominator))

    @property
    def _in_points(self) -> bool:
        return self.indicator.value == "percent"

    def _write(self, steps: int) -> str:
        return self.indicator.write(steps * self.step)

    def _amount(self, steps: int) -> str:
        """Of a difference, without its sign."""
        size = abs(steps) * self.step
        return driver_words.points(size) if self._in_points else self.indicator.write(size)

    def _signed(self, steps: int) -> str:
        return driver_words.signed(self._amount(steps), Decimal(steps))

    def _mixes(self, rows: Sequence[_Row]) -> list[int]:
        if not self.is_divided:
            return [0] * len(rows)
        return in_whole_steps(
            [self._exact(row.mix) for row in rows], self._steps(sum((r.mix for r in rows), Fraction(0)))
        )

    def _part(self, row: _Row, difference: int, mix: int) -> SplitPart:
        now, expected = self._now(row, difference)
        return SplitPart(
            name=row.name,
            difference=difference * self.step,
            written=self._signed(difference),
            expected=expected,
            now=now,
            of=self._of(row),
            mix=self._signed(mix) if self.is_divided else "",
            rate=self._signed(difference - mix) if self.is_divided else "",
            is_main=row.is_main,
        )

    def _now(self, row: _Row, difference: int) -> tuple[str, str]:
        """What it was, and what was expected of it, in words."""
        if not self.is_divided:
            now = self._steps(Fraction(row.numerator))
            return self._write(now), self._write(now - difference)
        usual = sum((each.usual for each in row.made), Fraction(0))
        was = sum((each.usual * each.expected for each in row.made), Fraction(0))
        above, below = self.indicator.scale
        now_value = Fraction(row.numerator * below, row.denominator * above) if row.denominator else None
        if now_value is not None and self._in_points:
            now_value *= 100
        return self._written(now_value), self._written(was / usual if usual else None)

    def _written(self, value: Fraction | None) -> str:
        return "none" if value is None else self.indicator.write(Decimal(value.numerator) / value.denominator)

    def _of(self, row: _Row) -> str:
        if not self._in_points or not row.denominator:
            return ""
        numerator, denominator = (
            Decimal(each) / scale
            for each, scale in zip((row.numerator, row.denominator), self.indicator.scale, strict=True)
        )
        return self.indicator.out_of(numerator, denominator)

    # Rows ----------------------------------------------------------------------------------------------------------

    def _rows(self, tried: Tried, main: Key | None) -> list[_Row]:
        """The main driver, then the others that made most, and all the rest together."""
        together: dict[str, list[Key]] = {}
        for key in tried.parts:
            together.setdefault(self._row_name(key, main), []).append(key)
        rows = [self._row(tried, name, keys, is_main=main in keys) for name, keys in together.items()]
        rows = [row for row in rows if row.all or row.numerator or row.denominator]
        first = [row for row in rows if row.is_main]
        others = sorted((row for row in rows if not row.is_main), key=lambda row: (-abs(row.all), row.name))
        kept: list[_Row] = []
        folded: list[_Row] = []
        for row in others:
            fits = len(first) + len(kept) < SHOWN and not self._is_few([row]) and row.name != driver_words.UNKNOWN
            (kept if fits else folded).append(row)
        while folded and kept and self._is_few(folded):
            folded.append(kept.pop())
        sign = 1 if tried.split.difference > 0 else -1
        kept.sort(key=lambda row: -sign * row.all)
        if len(folded) == 1 and not self._is_few(folded):
            return [*first, *kept, *folded]
        return [*first, *kept, *([_all_of(folded)] if folded else [])]

    def _row_name(self, key: Key, main: Key | None) -> str:
        if key == REST:
            return driver_words.UNKNOWN
        if len(key) == 2:
            return self._labelled(key)[1]
        area, part = self._labelled(key[:2])[1], self._labelled(key[2:])[1]
        if main is None or key[2:] != main[2:]:
            return f"{part}, {driver_words.ALL_AREAS}"
        return f"{part}, {area if key == main else driver_words.OTHER_AREAS}"

    def _row(self, tried: Tried, name: str, keys: Iterable[Key], *, is_main: bool) -> _Row:
        parts = [tried.parts[key] for key in keys]
        return _Row(
            name,
            tuple(tried.split.parts[key] for key in keys),
            sum(part.numerators[-1] for part in parts),
            sum(part.denominators[-1] for part in parts) if self.is_divided else 0,
            is_main,
        )

    def _is_few(self, rows: Sequence[_Row]) -> bool:
        """So few behind them that who they are could be guessed; none at all is not too few."""
        if self.indicator.value == "money":
            return False
        above, below = self.indicator.scale
        size = sum(row.denominator if self.is_divided else row.numerator for row in rows)
        return 0 < size < FEW * (below if self.is_divided else above)


def _all_of(rows: Sequence[_Row]) -> _Row:
    return _Row(
        driver_words.OTHERS,
        tuple(each for row in rows for each in row.made),
        sum(row.numerator for row in rows),
        sum(row.denominator for row in rows),
    )
