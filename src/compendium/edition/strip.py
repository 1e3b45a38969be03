"""The comparison strip of an indicator: seven cells, each tested on its own or explained, never blank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compendium import words
from compendium.calendar.months import month_end
from compendium.calendar.years import financial_year, year_start
from compendium.edition import comparison_words as told
from compendium.edition import sentences
from compendium.edition.comparators import Published, newest_published
from compendium.edition.comparison import Comparison, Statement
from compendium.edition.differences import Differences, Tested
from compendium.edition.edition import Judged, Reading, SetTarget
from compendium.edition.moves import move
from compendium.edition.reach import reach
from compendium.edition.reading import reading
from compendium.indicators.figures import Figures
from compendium.indicators.shape import Indicator
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace

PREVIOUS, YEAR_BEFORE, SO_FAR = "Last month", "Same month last year", "Year to date"


@dataclass(frozen=True)
class Strip:
    """Makes the cells of one indicator's month."""

    figures: Figures
    indicator: Indicator
    workspace: Workspace
    snapshot: Snapshot
    cut: date
    month: date
    now: Reading
    target: SetTarget | None
    judged: Judged
    differences: Differences

    def cells(self) -> tuple[Comparison, ...]:
        return (
            self._against(PREVIOUS, -1),
            self._against(YEAR_BEFORE, -12),
            self._year_to_date(),
            self._target(),
            self._published("England", self.workspace.england_code),
            self._published("The region", self.workspace.region_code),
        )

    def statements(self) -> tuple[Statement, ...]:
        """Two, and two tests: the month against its own usual range, and against the same month a year before."""
        own = self.judged
        first = Statement("Test 1", told.OWN_RANGE, own.badge, own.strength, own.sense, own.sentences)
        period = month_end(self.month, -12)
        cell = self._against(YEAR_BEFORE, -12)
        before = self._reading(period)
        if cell.is_clear and before is not None:
            found = move(self.indicator.value, self.now, before)
            said = (told.against(found.words if found else cell.headline, before.written), *cell.sentences[1:])
        else:
            said = (f"{told.NO_CLEAR_CHANGE}." if cell.answer else told.NOT_MADE, *cell.sentences)
        strength = "worth_a_look" if cell.is_clear else "usual"
        second = told.second_found(cell.answer, cell.sense, period)
        return first, Statement("Test 2", words.month(period), second, strength, cell.sense, said)

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
        found = self.differences.between(self.now, before)
        notes = [told.WEAKER if found.is_restless else told.WEAK]
        if months == -1 and self.indicator.seasonal and found.answer != "no_clear_change":
            notes.append(told.SEASON)
        both = told.both(self.now.in_full, before.in_full, (self.month, period), self.now.basis)
        then = told.then(before.in_full, period, before.basis)
        figures = both if found.answer == "no_clear_change" else then
        return self._tested(name, found, (figures,), tuple(notes), self._plain(self.now, before), before.written)

    def _tested(
        self, name: str, found: Tested, figures: tuple[str, ...], notes: tuple[str, ...], plain: str, otherwise: str
    ) -> Comparison:
        """plain: the plain difference; it, and otherwise as the headline, stand where nothing was tested."""
        difference = found.difference
        if difference is None:
            return Comparison(name, otherwise, (*figures, *told.untested(plain, found.why)), True)
        sense = self.differences.sense(difference.answer)
        head = told.NO_CLEAR_CHANGE
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
        found = newest_published(self.snapshot, comparator.measure, code, self.cut)
        if found is None:
            return Comparison(place, "Not known", (sentences.none_known(_inside(place), self.cut),), False)
        if found.value is None:
            said = sentences.suppressed(_inside(_named(place, found)), found.basis, found.period_end)
            return Comparison(place, "Not given", (said,), False)
        return self._compared(place, found, found.value, comparator.basis)

    def _compared(self, place: str, found: Published, value: Decimal, basis: str) -> Comparison:
        own = self._reading(self.month, basis)
        if self._per_head and self.indicator.rate is None:
            return Comparison(place, "Not comparable", (told.WHOLE_NUMBER,), False)
        head, ours = self._written(value), self._ours(own)
        where = _named(place, found)
        said = [sentences.published(where, found.basis, found.period_end)]
        if own is not None and own.is_provisional:
            return Comparison(place, head, (*said, sentences.PROVISIONAL_NOT_COMPARED), True)
        if own is None or ours is None:
            return Comparison(place, head, tuple(said), True)
        said.append(sentences.ours(basis, ours))
        alone = sentences.published_beside(where, head, found.basis, found.period_end, basis, ours)
        tested = self.differences.beside(own, value)
        difference = tested.difference
        if difference is None:
            return Comparison(place, head, (*said, tested.why), True, alone)
        said += [self._interval(value, tested), told.stands(difference.answer, _inside(where))]
        sense = self.differences.sense(difference.answer)
        badge = told.beside_badge(difference.answer, sense)
        return Comparison(place, head, tuple(said), True, alone, difference.answer, badge, sense)

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
            return own.written
        return words.number(own.rate, 1) if own.rate is not None else None


def _named(place: str, found: Published) -> str:
    """'The South East region': a region may bear the name of one of our own areas."""
    return f"The {found.place} region" if place == "The region" and found.place else found.place or place


def _inside(place: str) -> str:
    """'the region', as it reads within a sentence."""
    return place[0].lower() + place[1:] if place.startswith("The ") else place
