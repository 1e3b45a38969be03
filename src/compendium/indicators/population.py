"""How many children live in an area, for rates: mid-year estimates of ages 0 to 17."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from compendium.calendar.years import financial_year, population_year
from compendium.indicators.model import RECORD, Model
from compendium.record.releases import in_force

OLDEST_CHILD = 17
CHILDREN = f"age_from >= 0 AND age_to <= {OLDEST_CHILD} AND sex IS NULL AND ethnicity IS NULL"
Ages = dict[tuple[str, int], dict[tuple[int, int], int]]  # code and year -> first and last age -> persons
Vintages = dict[tuple[str, int], str | None]  # code and year -> the release they are of


class Population:
    """children: of each code and year, the persons of each band of ages; codes are areas, or the authority's own."""

    def __init__(self, children: Ages, vintages: Vintages, authority: str | None, areas: Iterable[str]) -> None:
        self._children, self._vintages, self._authority, self._areas = children, vintages, authority, list(areas)

    @classmethod
    def of_all(cls, model: Model) -> Mapping[str, Population]:
        """For each authority of a model, read once from the record's `population`."""
        partition, engine = model.partition, model.engine
        stored = engine.name(RECORD, "population")
        found: dict[str, Ages] = {name: {} for name in model.authorities}
        vintages: dict[str, Vintages] = {name: {} for name in model.authorities}
        cuts = {name: each.snapshot.cut for name, each in model.authorities.items()}
        for cut in set(cuts.values()):
            rows = in_force("population", cut, CHILDREN, stored, partition.column)
            for authority, year, code, first, last, persons, vintage in engine.rows(
                f"SELECT {partition.told('r')}r.mid_year, r.geography_code, r.age_from, r.age_to, r.persons, r.vintage "
                f"FROM ({rows}) AS r"
            ):
                if cuts[authority] == cut:
                    found[authority].setdefault((code, year), {})[first, last] = persons
                    vintages[authority][code, year] = vintage
        return {
            name: cls(found[name], vintages[name], each.geography, each.areas)
            for name, each in model.authorities.items()
        }

    def children(self, area: str | None, month: date) -> int | None:
        """Of an area (None: the whole authority) in the year that a month's rates use, or the latest before it.

        The financial year ending in March Y uses the estimate of mid-(Y-1).
        """
        known = [count for _, count in self._estimates(area, month)]
        return sum(known) if known else None

    def estimate(self, month: date) -> str | None:
        """Which estimate of the whole authority that is: 'mid-2015, mid-year estimates 2012 to 2023'."""
        found = {
            f"mid-{year}" + (f", {vintage}" if (vintage := self._vintages[code, year]) else "")
            for (code, year), _ in self._estimates(None, month)
        }
        return "; ".join(sorted(found)) or None

    def _estimates(self, area: str | None, month: date) -> list[tuple[tuple[str, int], int]]:
        """(code, year) and children of the estimates that add up to a place."""
        wanted = population_year(financial_year(month))
        own = self._latest(self._authority if area is None else area, wanted)
        parts = self._areas if area is None and own is None else ()
        found = [own, *(self._latest(each, wanted) for each in parts)]
        return [each for each in found if each is not None]

    def _latest(self, code: str | None, year: int) -> tuple[tuple[str, int], int] | None:
        years = [known for (of, known) in self._children if of == code and known <= year]
        if code is None or not years:
            return None
        ages = self._children[code, max(years)]
        children = ages.get((0, OLDEST_CHILD)) or _single_ages(ages)
        return None if children is None else ((code, max(years)), children)


def _single_ages(ages: dict[tuple[int, int], int]) -> int | None:
    """The sum of bands that follow one another from 0 to 17; None where they leave a gap or overlap."""
    total, following = 0, 0
    for (first, last), persons in sorted(ages.items()):
        if first != following:
            return None
        total, following = total + persons, last + 1
    return total if following == OLDEST_CHILD + 1 else None
