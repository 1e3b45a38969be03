"""The comparison strip of an indicator: six cells, each filled or explained, never blank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compendium import words
from compendium.calendar.months import month_end
from compendium.calendar.years import financial_year, year_start
from compendium.edition import sentences
from compendium.edition.comparators import Published, newest_published
from compendium.edition.edition import Comparison, Reading, SetTarget
from compendium.edition.moves import move
from compendium.edition.reading import reading
from compendium.indicators.figures import Figures
from compendium.indicators.shape import Indicator
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace


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

    def cells(self) -> tuple[Comparison, ...]:
        return (
            self._against("Last month", self._reading(month_end(self.month, -1))),
            self._against("Same month last year", self._reading(month_end(self.month, -12))),
            self._year_to_date(),
            self._target(),
            self._published("England", self.workspace.england_code),
            self._published("The region", self.workspace.region_code),
        )

    def _reading(self, month: date, basis: str | None = None) -> Reading | None:
        if month not in self.figures.months:
            return None
        return reading(self.indicator, self.figures.one(self.indicator.id, month, basis))

    def _against(self, name: str, before: Reading | None) -> Comparison:
        if before is None or before.value is None:
            what = before.written if before else "no record"
            period = month_end(self.month, -1 if name == "Last month" else -12)
            return Comparison(name, "No figure", (sentences.nothing_to_compare(period, what),), False)
        if not self.now.is_like(before):
            provisional = self.now.is_provisional or before.is_provisional
            why = sentences.not_compared(before.period, before.in_full, provisional)
            return Comparison(name, "Not compared", (why,), False)
        told = sentences.counted(before.in_full, before.period, before.basis)
        found = move(self.indicator.value, self.now, before)
        head = sentences.headline_difference(found.unit, found.size) if found else before.written
        return Comparison(name, head, (told,), True)

    def _year_to_date(self) -> Comparison:
        if "year_to_date" not in self.indicator.bases:
            why = sentences.NO_YEAR_TO_DATE.get(self.indicator.bases[0], sentences.NO_YEAR_TO_DATE["month"])
            return Comparison("Year to date", "Does not apply", (why,), False)
        if self.figures.is_mixed(self.indicator.id, "year_to_date", self.month):
            why = sentences.changed_within(self.indicator.definition_version)
            return Comparison("Year to date", "Not added up", (why,), False)
        so_far = self._reading(self.month, "year_to_date")
        if so_far is None or so_far.value is None:
            what = so_far.written if so_far else "no record"
            return Comparison("Year to date", "No figure", (sentences.nothing_to_compare(self.month, what),), False)
        told = [sentences.year_to_date(year_start(financial_year(self.month)), self.month)]
        before = self._reading(month_end(self.month, -12), "year_to_date")
        if so_far.is_provisional:
            told.append(sentences.PROVISIONAL)
        if before is not None and before.value is not None and so_far.is_like(before):
            told.append(sentences.year_to_date_before(before.in_full))
        return Comparison("Year to date", so_far.in_full, tuple(told), True)

    def _target(self) -> Comparison:
        if self.target is None:
            neutral = self.indicator.polarity == "neutral"
            return Comparison(
                "Target", "No target", (sentences.NO_TARGET_NEUTRAL if neutral else sentences.NO_TARGET,), False
            )
        return Comparison("Target", self.target.written, self.target.sentences, True)

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
            told = sentences.suppressed(_inside(_named(place, found)), found.basis, found.period_end)
            return Comparison(place, "Not given", (told,), False)
        return self._compared(place, found, found.value, comparator.basis)

    def _compared(self, place: str, found: Published, value: Decimal, basis: str) -> Comparison:
        own = self._reading(self.month, basis)
        per_head = self.indicator.value in ("count", "rate")  # a count is compared as a rate, or not at all
        if per_head:
            head = f"{words.number(value, 1)} per 10,000"
            ours = words.number(own.rate, 1) if own is not None and own.rate is not None else None
        else:
            head = self.indicator.write(value)
            ours = own.written if own is not None and own.value is not None else None
        where = _named(place, found)
        told = [sentences.published(where, found.basis, found.period_end)]
        if own is not None and own.is_provisional:
            return Comparison(place, head, (*told, sentences.PROVISIONAL_NOT_COMPARED), True)
        if ours is None:
            return Comparison(place, head, tuple(told), True)
        told.append(sentences.ours(basis, ours))
        alone = sentences.published_beside(where, head, found.basis, found.period_end, basis, ours)
        return Comparison(place, head, tuple(told), True, alone)


def _named(place: str, found: Published) -> str:
    """'The South East region': a region may bear the name of one of our own areas."""
    return f"The {found.place} region" if place == "The region" and found.place else found.place or place


def _inside(place: str) -> str:
    """'the region', as it reads within a sentence."""
    return place[0].lower() + place[1:] if place.startswith("The ") else place
