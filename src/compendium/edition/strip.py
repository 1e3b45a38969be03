"""The comparison strip of an indicator: seven cells, each tested on its own or explained, never blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from compendium import words
from compendium.calendar.months import month_end
from compendium.calendar.years import financial_year, year_start
from compendium.edition import comparison_words as told
from compendium.edition import sentences
from compendium.edition.comparators import Comparators, Published
from compendium.edition.comparison import YEAR_BEFORE, Comparison, Statement
from compendium.edition.differences import Differences, Tested
from compendium.edition.edition import Judged, Reading, SetTarget
from compendium.edition.moves import move
from compendium.edition.reach import reach
from compendium.edition.reading import SHARES, reading
from compendium.indicators.figures import Figures
from compendium.indicators.periods import length, longest
from compendium.indicators.shape import Indicator
from compendium.signals.peers import Peers, pooled, together
from compendium.workspace import Workspace

PREVIOUS, SO_FAR = "Last month", "Year to date"


@dataclass(frozen=True)
class Strip:
    """Makes the cells of one indicator's month."""

    figures: Figures
    indicator: Indicator
    workspace: Workspace
    comparators: Comparators
    cut: date
    month: date
    now: Reading
    target: SetTarget | None
    judged: Judged
    differences: Differences

    def cells(self) -> tuple[Comparison, ...]:
        return (
            self._against(PREVIOUS, -1),
            self._last_year,
            self._year_to_date(),
            self._target(),
            self._published("England", self.workspace.england_code),
            self._published("The region", self.workspace.region_code),
            self._like_ours(),
        )

    def statements(self) -> tuple[Statement, ...]:
        """Two, and two tests: the month against its own usual range, and against the same month a year before."""
        own = self.judged
        first = Statement("Test 1", told.OWN_RANGE, own.badge, own.strength, own.sense, own.sentences)
        period = month_end(self.month, -12)
        cell, before = self._last_year, self._reading(period)
        if cell.is_clear and before is not None:
            found = move(self.indicator.value, self.now, before)
            said = (told.against(found.words if found else cell.headline, before.written), *cell.sentences[1:])
        else:
            said = (f"{sentences.NO_CLEAR_CHANGE}." if cell.answer else told.NOT_MADE, *cell.sentences)
        strength = "worth_a_look" if cell.is_clear else "usual"
        second = told.second_found(cell.answer, cell.sense, period)
        return first, Statement("Test 2", words.month(period), second, strength, cell.sense, said)

    @cached_property
    def _last_year(self) -> Comparison:
        return self._against(YEAR_BEFORE, -12)

    def _reading(self, month: date, basis: str | None = None) -> Reading | None:
        if month not in self.figures.months:
            return None
        return reading(self.indicator, self.figures.one(self.indicator.id, month, basis))

    def _plain(self, now: Reading, before: Reading) -> str:
        found = move(self.indicator.value, now, before)
        return sentences.headline_difference(found.unit, found.size) if found else ""

    def _against(self, name: str, months: int) -> Comparison:
        period = month_end(self.month, months)
        before = self._reading(period)
        if before is None or before.value is None:
            what = before.written if before else "no record"
            return Comparison(name, "No figure", (sentences.nothing_to_compare(period, what),), False)
        if self.now.value is None or not self.now.is_like(before):
            provisional = self.now.is_provisional or before.is_provisional
            why = sentences.not_compared(before.period, before.in_full, provisional)
            return Comparison(name, "Not compared", (why,), False)
        if months == -1 and self._is_of_another_year(period):
            return Comparison(name, "Not compared", (told.another_year(period, before.in_full),), False)
        found = self.differences.between(self.now, before)
        notes = [told.WEAK]
        if months == -1 and self.indicator.seasonal and found.answer != "no_clear_change":
            notes.append(told.SEASON)
        both = told.both(self.now.in_full, before.in_full, (self.month, period), self.now.basis)
        then = told.then(before.in_full, period, before.basis)
        figures = both if found.is_few or found.answer == "no_clear_change" else then
        return self._tested(name, found, (figures,), tuple(notes), self._plain(self.now, before), before.written)

    def _is_of_another_year(self, period: date) -> bool:
        years = financial_year(period), financial_year(self.month)
        return self.indicator.restates == "financial_year" and years[0] != years[1]

    def _tested(
        self, name: str, found: Tested, figures: tuple[str, ...], notes: tuple[str, ...], plain: str, otherwise: str
    ) -> Comparison:
        """plain: the plain difference; it, and otherwise as the headline, stand where nothing was tested."""
        difference = found.difference
        if found.is_few:
            return Comparison(name, told.TOO_FEW_HEAD, (*figures, found.why), True)
        if difference is None:
            return Comparison(name, otherwise, (*figures, *told.untested(plain, found.why)), True)
        sense = self.differences.sense(difference.answer)
        head = sentences.NO_CLEAR_CHANGE
        if difference.answer != "no_clear_change":
            head = sentences.headline_difference(found.unit, Decimal(str(difference.size)))
        span = told.likely(found.unit, difference.answer, *difference.interval)
        badge = told.badge(difference.answer, sense)
        return Comparison(
            name, head, (*figures, span, *notes), True, answer=difference.answer, badge=badge, sense=sense
        )

    def _year_to_date(self) -> Comparison:
        if "year_to_date" not in self.indicator.bases:
            why = sentences.NO_YEAR_TO_DATE.get(self.indicator.bases[0], sentences.NO_YEAR_TO_DATE["month"])
            return Comparison(SO_FAR, "Does not apply", (why,), False)
        if self.figures.is_mixed(self.indicator.id, "year_to_date", self.month):
            why = sentences.changed_within(self.indicator.definition_version)
            return Comparison(SO_FAR, "Not added up", (why,), False)
        so_far = self._reading(self.month, "year_to_date")
        if so_far is None or so_far.value is None:
            what = so_far.written if so_far else "no record"
            return Comparison(SO_FAR, "No figure", (sentences.nothing_to_compare(self.month, what),), False)
        start = year_start(financial_year(self.month))
        months = sentences.year_to_date(start, self.month)
        before = self._reading(month_end(self.month, -12), "year_to_date")
        if so_far.is_provisional:
            return Comparison(SO_FAR, so_far.in_full, (months, sentences.PROVISIONAL), True)
        if before is None or before.value is None or not so_far.is_like(before):
            return Comparison(SO_FAR, so_far.in_full, (months,), True)
        found = self.differences.between(so_far, before)
        figures = (told.so_far(start, self.month, so_far.in_full), sentences.year_to_date_before(before.in_full))
        return self._tested(SO_FAR, found, figures, (), self._plain(so_far, before), so_far.written)

    def _target(self) -> Comparison:
        if self.target is None:
            neutral = self.indicator.polarity == "neutral"
            return Comparison(
                "Target", "No target", (sentences.NO_TARGET_NEUTRAL if neutral else sentences.NO_TARGET,), False
            )
        said = (*self.target.sentences, reach(self.indicator, self.judged, self.target.value))
        return Comparison("Target", self.target.written, said, True)

    def _published(self, place: str, code: str | None) -> Comparison:
        comparator = self.indicator.comparator
        if comparator is None:
            return Comparison(place, "Not published", (sentences.not_published(_inside(place)),), False)
        if code is None:
            return Comparison(place, "Not named", (sentences.NO_REGION,), False)
        found = self.comparators.newest.get((comparator.measure, code))
        if found is None:
            return Comparison(place, "Not known", (sentences.none_known(_inside(place), self.cut),), False)
        if found.value is None:
            said = sentences.suppressed(_inside(_named(place, found)), found.basis, found.period_end)
            return Comparison(place, "Not given", (said,), False)
        return self._compared(place, found, found.value, comparator.basis)

    def _compared(self, place: str, found: Published, value: Decimal, basis: str) -> Comparison:
        if self._per_head and self.indicator.rate is None:
            return Comparison(place, "Not comparable", (told.WHOLE_NUMBER,), False)
        where = _named(place, found)
        cell = self._compared_with(value, basis, _inside(where))
        said = (sentences.published(where, found.basis, found.period_end), *cell.sentences)
        ours = self._ours(self._reading(self.month, basis))
        alone = ""
        apart = (sentences.PROVISIONAL_NOT_COMPARED, told.PART_OF_A_YEAR)
        if ours is not None and not any(each in apart for each in cell.sentences):
            alone = sentences.published_beside(where, cell.headline, found.basis, found.period_end, basis, ours)
        return replace(cell, name=place, sentences=said, alone=alone)

    def _compared_with(self, value: Decimal, basis: str, place: str, peers: Peers | None = None) -> Comparison:
        """Ours beside a published value, on a basis of the same length. peers: those whose middle the value is; we
        differ from them only where we lie beyond all of them too."""
        own = self._reading(self.month, basis)
        head, ours = self._written(value), self._ours(own)
        if own is not None and own.is_provisional:
            return Comparison("", head, (sentences.PROVISIONAL_NOT_COMPARED,), True)
        if own is None or ours is None:
            return Comparison("", head, (), True)
        if length(basis, self.month) < longest(basis):
            return Comparison("", head, (sentences.ours(basis, ours), told.PART_OF_A_YEAR), True)
        tested = self.differences.beside(own, value)
        difference = tested.difference
        if difference is None:
            return Comparison("", head, (sentences.ours(basis, ours), tested.why), True)
        answer = difference.answer
        said = [sentences.ours(basis, ours), self._interval(value, tested), told.stands(answer, place)]
        if peers is not None and answer != "no_clear_change":
            level = float(own.rate if self._per_head and own.rate is not None else own.value or 0)
            is_within = peers.holds(level)
            said[-1] = told.within_spread(answer) if is_within else told.beyond_spread(answer)
            answer = "no_clear_change" if is_within else answer
        sense = self.differences.sense(answer)
        return Comparison("", head, tuple(said), True, "", answer, told.beside_badge(answer, sense), sense)

    def _like_ours(self) -> Comparison:
        """Beside the middle of our statistical neighbours: their year beside our last 12 months, or day beside day."""
        name, comparator, near = told.NEIGHBOURS, self.indicator.comparator, self.comparators.neighbours
        if comparator is None:
            return Comparison(name, "Not published", (told.NONE_PUBLISHES,), False)
        if near is None:
            why = told.no_set(self.cut, self.workspace.neighbours_version)
            return Comparison(name, "Not known", (why,), False)
        if self._per_head and self.indicator.rate is None:
            return Comparison(name, "Not comparable", (told.WHOLE_NUMBER,), False)
        found = self.comparators.of_neighbours(comparator.measure)
        published = [found.get(code) for code in near.codes]
        values = [None if each is None or each.value is None else float(each.value) for each in published]
        peers = together(values)
        if peers is None:
            there = sum(each is not None for each in values)
            return Comparison(name, "Not known", (told.too_few_of(there, len(values), self.cut),), False)
        one = next(iter(found.values()))
        median = words.rounded(peers.median, 2)
        said = [told.median_of(peers.available, peers.places, one.basis, one.period_end)]
        said.append(told.spread(*(self._written(words.rounded(each, 2)) for each in (peers.low, peers.high))))
        whole = self._pooled(published)
        said += [told.pooled(peers.available, whole)] if whole else []
        cell = self._compared_with(median, comparator.basis, told.MEDIAN, peers)
        said += [*cell.sentences, told.set_of(near.version)]
        return replace(cell, name=name, sentences=tuple(said))

    def _pooled(self, published: Sequence[Published | None]) -> str:
        """All of those with a figure together, with x of n, where the counts of each are published; '' where not."""
        if self.indicator.value != "percent":
            return ""
        counts = [
            None if each.numerator is None or each.denominator is None else (each.numerator, each.denominator)
            for each in published
            if each is not None and each.value is not None
        ]
        share = pooled(counts)
        if share is None:
            return ""
        some, whole = (sum(part) for part in zip(*(each for each in counts if each is not None), strict=True))
        return f"{words.percent(100 * share)} ({words.number(some)} of {words.number(whole)})"

    def _interval(self, published: Decimal, tested: Tested) -> str:
        """Where our own figure is likely to lie, in its own unit."""
        assert tested.difference is not None
        ends = [Decimal(str(each)) for each in tested.difference.interval]
        if tested.unit == "points":
            low, high = (words.percent(published + each) for each in ends)
        else:
            low, high = (words.number(published * (1 + each / 100), 1) for each in ends)
        return told.own_interval(low, high)

    @property
    def _per_head(self) -> bool:
        """A count is compared as a rate, or not at all."""
        return self.indicator.value in ("count", "rate")

    def _written(self, value: Decimal) -> str:
        return f"{words.number(value, 1)} per 10,000" if self._per_head else self.indicator.write(value)

    def _ours(self, own: Reading | None) -> str | None:
        if own is None or own.value is None:
            return None
        if not self._per_head:
            return f"{own.written} ({own.of})" if own.of and self.indicator.value in SHARES else own.written
        return words.number(own.rate, 1) if own.rate is not None else None


def _named(place: str, found: Published) -> str:
    """'The South East region': a region may bear the name of one of our own areas."""
    return f"The {found.place} region" if place == "The region" and found.place else found.place or place


def _inside(place: str) -> str:
    """'the region', as it reads within a sentence."""
    return words.lower_first(place) if place.startswith("The ") else place
