"""Whether workers have room for the open cases to come: full-time workers times the ceiling on each one's cases.

From the fewest workers there may be, as the council's own staff have come and gone before, to the most, when nobody
leaves and the academy's trainees take posts on the days they are to qualify. Of those at work only some hold cases:
the share that does so now is carried on. Where nobody knows who holds any, all are counted, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from compendium import words
from compendium.calendar.months import month_end
from compendium.edition import forecast_words as said
from compendium.edition.academy import planned_days
from compendium.edition.edition import Reading
from compendium.edition.point_table import PointTable
from compendium.edition.reading import reading
from compendium.indicators.figures import Figures
from compendium.indicators.rules import values_in_force
from compendium.record.snapshot import Snapshot
from compendium.signals import forecast as signals
from compendium.workspace import Workspace

OWN, AGENCY, VACANCIES = "sw_fte_inpost", "sw_agency_rate", "sw_vacancy_rate"
HOLDERS = "sw_caseload_avg"  # over the hours of those who hold a case


@dataclass(frozen=True)
class Room:
    """As seen from one month."""

    figures: Figures
    workspace: Workspace
    snapshot: Snapshot
    month: date

    def by_month(self, cases: signals.Forecast) -> tuple[PointTable | None, tuple[str, ...]]:
        """The whole authority's months ahead, and the sentences of the furthest that has a single figure."""
        own, at_work = self._full_time(OWN), self._at_work()
        if own is None or not at_work:
            return None, ()
        holders, vacancies = self._holders(), self._full_time(VACANCIES) or 0.0
        agency, share = self._full_time(AGENCY) or 0.0, 1.0 if holders is None else holders / at_work
        planned = sorted(day for day in planned_days(self.snapshot, self.month) if day is not None)
        staff = signals.forecast(self._own_staff(), least=0).ahead
        rows: list[tuple[str, ...]] = []
        told: tuple[str, ...] = ()
        for each in cases.ahead:
            end = month_end(self.month, each.months)
            trainees = min(sum(day <= end for day in planned), vacancies)
            left = min(own, staff[each.months - 1].outer[0]) if staff else own
            low, high = (left + agency) * share, at_work * share
            fewest, most = low * self._ceiling, high * self._ceiling + trainees * self._newly
            chances = said.chance(each.above(most)), said.chance(each.above(fewest))
            edges = words.number(fewest), words.number(most)
            workers = said.between(words.number(low, 1), words.number(high + trainees, 1))
            rows.append((words.month(end), workers, said.between(*edges), *chances))
            if each.months == signals.FURTHEST_POINT:
                told = said.room(end, *edges, *chances, holders is not None)
        coming = sum(day <= month_end(self.month, signals.FURTHEST) for day in planned)
        notes = [said.room_of(self._ceiling, self._newly)]
        if holders is not None:
            notes += said.who_holds(self.month, words.amount(holders), words.amount(at_work), self._without_hours())
        notes += said.room_notes(self.month, words.amount(agency), coming, words.amount(vacancies))
        return PointTable("Is there room for the open cases?", said.ROOM, tuple(rows), tuple(notes)), told

    def by_area(self, cases: Mapping[str, signals.Forecast], now: Mapping[str, str]) -> PointTable | None:
        """Each area's, as many months ahead as a single figure is given, with the workers it has now. now: open now."""
        rows = []
        holding = self._holders() is not None
        for area, name in self.workspace.areas.items():
            workers, made = self._holders(area) if holding else self._at_work(area), cases.get(area)
            if not workers or made is None:
                continue
            room = workers * self._ceiling
            ahead = made.ahead[signals.FURTHEST_POINT - 1] if made.ahead else None
            chance = said.chance(ahead.above(room)) if ahead else said.NOT[made.why_not]
            rows.append((name, now[area], words.number(workers, 1), words.number(room), chance))
        if not rows:
            return None
        headings = (*said.ROOM_BY_AREA, said.chance_of_more(month_end(self.month, signals.FURTHEST_POINT)))
        notes = said.room_by_area_notes(self._ceiling, holding)
        return PointTable("Is there room in each area?", headings, tuple(rows), notes)

    @cached_property
    def _ceiling(self) -> int:
        return self._rule("caseload_ceiling")

    @cached_property
    def _newly(self) -> int:
        return self._rule("caseload_ceiling_newly_qualified")

    def _rule(self, name: str) -> int:
        return int(values_in_force(self.figures.catalogue.rules, self.workspace)[name])

    def _own_staff(self) -> list[float | None]:
        found = [each for each in self.figures.series(OWN) if each.period <= self.month]
        return [None if each.value is None else float(each.value) for each in found]

    def _at_work(self, area: str | None = None) -> float | None:
        """The council's own and agency workers together."""
        own = self._full_time(OWN, area)
        return None if own is None else own + (self._full_time(AGENCY, area) or 0.0)

    def _holders(self, area: str | None = None) -> float | None:
        """Those who hold a case; None too where nobody's hours are known."""
        return self._full_time(HOLDERS, area, "denominator") or None

    def _without_hours(self) -> int:
        found = self._reading(HOLDERS)
        return sum(found.excluded.values()) if found else 0

    def _full_time(self, indicator: str, area: str | None = None, part: str = "numerator") -> float | None:
        """So many full-time posts; None where it is not known."""
        found = self._reading(indicator, area)
        posts = getattr(found, part, None)
        return None if posts is None else float(posts)

    def _reading(self, indicator: str, area: str | None = None) -> Reading | None:
        if indicator not in self.figures.catalogue:
            return None
        return reading(self.figures.catalogue[indicator], self.figures.one(indicator, self.month, area=area))
