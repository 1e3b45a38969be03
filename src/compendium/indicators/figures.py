"""Figures: what the catalogue says about each place and period. Made from month cells when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from compendium.engine.dialect_reading import did_you_mean
from compendium.errors import ComputeError
from compendium.indicators.cells import Cells
from compendium.indicators.loading import Catalogue
from compendium.indicators.numbers import Numbers, Period, measure
from compendium.indicators.parts import part_order
from compendium.indicators.periods import period_start
from compendium.indicators.placing import month_number
from compendium.indicators.population import Population
from compendium.indicators.provenance import Lack, Provenance
from compendium.indicators.shape import Indicator
from compendium.indicators.tally import WHOLE, Cell, Key
from compendium.indicators.values import rate_of


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. period: the last day of its last month; value: unrounded, percent 0 to 100, money in pounds.

    status: 'ok', 'provisional' (its cohort's time is not up), 'no_source', 'too_few' or 'cannot_compute'.
    numerator and denominator are the engine's integers (pence, hundredths); None without a source.
    """

    indicator: str
    definition_version: int
    period: date
    basis: str
    area: str | None
    team: str | None
    breakdown: tuple[str, str] | None
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    rate: Decimal | None
    excluded: Mapping[str, int]
    as_at: date
    status: str
    spread: Mapping[str, Decimal] | None = None


@dataclass(frozen=True)
class Team:
    """A team as it was last known. spans: (first day, first day no longer, or None) of each of its rows."""

    name: str
    area_id: str
    service: str | None
    spans: tuple[tuple[date, date | None], ...]

    def existed(self, first: date, last: date) -> bool:
        return any(begins <= last and (ends is None or ends > first) for begins, ends in self.spans)


class Figures:
    """All figures of some indicators and months; `problems` says why an indicator could not be computed."""

    def __init__(
        self,
        catalogue: Catalogue,
        as_at: date,
        months: Sequence[date],
        areas: Mapping[str, str],
        teams: Mapping[str, Team],
        population: Population,
        cells: Mapping[str, Cells],
        provenance: Mapping[str, Provenance],
        problems: Mapping[str, str],
        *,
        headline_only: bool = False,
    ) -> None:
        self.catalogue, self.as_at, self.months = catalogue, as_at, list(months)
        self.areas, self.teams, self.problems = areas, teams, problems
        self._headline_only = headline_only
        self._population, self._cells, self._provenance = population, cells, provenance

    def one(
        self,
        indicator: str,
        month_end: date,
        basis: str | None = None,
        *,
        area: str | None = None,
        team: str | None = None,
        breakdown: tuple[str, str] | None = None,
    ) -> Figure:
        """One figure; area and team None is the whole authority. ComputeError for what does not exist."""
        definition = self._defined(indicator).at(month_end)
        basis = self._basis(definition, basis)
        self._check_place(definition, area, team, breakdown)
        if month_end not in self.months:
            raise ComputeError(f"{month_end.isoformat()} is not among the months computed")
        return self._figure(definition, month_end, basis, area, team, breakdown)

    def series(
        self,
        indicator: str,
        basis: str | None = None,
        *,
        area: str | None = None,
        team: str | None = None,
        breakdown: tuple[str, str] | None = None,
    ) -> list[Figure]:
        """One figure for every month, oldest first."""
        return [self.one(indicator, month, basis, area=area, team=team, breakdown=breakdown) for month in self.months]

    def by(self, indicator: str, month_end: date, dimension: str, basis: str | None = None) -> list[Figure]:
        """One figure for each part: 'area', 'team', 'category' or a declared breakdown."""
        definition = self._defined(indicator)
        chosen = self._basis(definition, basis)
        if dimension == "area":
            return [self.one(indicator, month_end, chosen, area=area) for area in self.areas]
        if dimension == "team":
            first = period_start(chosen, month_end)
            there = [team for team, known in self.teams.items() if known.existed(first, month_end)]
            return [self.one(indicator, month_end, chosen, team=team) for team in there]
        return [
            self.one(indicator, month_end, chosen, breakdown=(dimension, value))
            for value in self.parts(indicator, dimension)
        ]

    def parts(self, indicator: str, dimension: str) -> list[str]:
        """The values of a breakdown that occur in any month, in the order shown."""
        definition = self._defined(indicator)
        if dimension not in definition.dimensions:
            raise ComputeError(
                f"{indicator} is not broken down by {dimension!r}",
                expected=did_you_mean(dimension, ("area", "team", *definition.dimensions)),
            )
        known = [self._cells[each.key] for each in definition.definitions if each.key in self._cells]
        values = dict.fromkeys(value for cells in known for value in cells.part_values(dimension))
        return part_order(dimension, list(values))

    def _defined(self, indicator: str) -> Indicator:
        return self.catalogue.require(indicator)

    def _basis(self, definition: Indicator, basis: str | None) -> str:
        if basis is not None and basis not in definition.bases:
            raise ComputeError(
                f"{definition.id} is not given on the basis {basis!r}", expected=", ".join(definition.bases)
            )
        if self._headline_only and basis not in (None, definition.bases[0]):
            raise ComputeError(f"of {definition.id} only the headline was computed", expected=definition.bases[0])
        return basis or definition.bases[0]

    def _check_place(
        self, definition: Indicator, area: str | None, team: str | None, breakdown: tuple[str, str] | None
    ) -> None:
        if self._headline_only and (area, team, breakdown) != (None, None, None):
            raise ComputeError(f"of {definition.id} only the headline was computed", expected="the whole authority")
        if area is not None and area not in self.areas:
            raise ComputeError(f"there is no area {area!r}", expected=did_you_mean(area, self.areas))
        if team is not None and team not in self.teams:
            raise ComputeError(f"there is no team {team!r}", expected=did_you_mean(team, self.teams))
        if area is not None and team is not None:
            raise ComputeError("name an area or a team, not both")
        if breakdown is not None and breakdown[0] not in definition.dimensions:
            raise ComputeError(
                f"{definition.id} is not broken down by {breakdown[0]!r}",
                expected=did_you_mean(breakdown[0], definition.dimensions),
            )
        if breakdown is not None and breakdown[0] != "category" and (area is not None or team is not None):
            raise ComputeError("a breakdown is given for the whole authority only")

    def _figure(
        self,
        definition: Indicator,
        month: date,
        basis: str,
        area: str | None,
        team: str | None,
        breakdown: tuple[str, str] | None,
    ) -> Figure:
        numbers = self._numbers(definition, month, basis, area, team, breakdown)
        rate = None
        if definition.rate is not None and numbers.numerator is not None and team is None and breakdown is None:
            rate = rate_of(definition, numbers.numerator, self._population.children(area, month))
        value = rate if definition.value == "rate" else numbers.value
        return Figure(
            definition.id, definition.definition_version, month, basis, area, team, breakdown,
            numbers.numerator, numbers.denominator, value, rate, numbers.excluded, self.as_at,
            numbers.status, numbers.spread,
        )  # fmt: skip

    def _numbers(
        self,
        definition: Indicator,
        month: date,
        basis: str,
        area: str | None,
        team: str | None,
        breakdown: tuple[str, str] | None,
    ) -> Numbers:
        if definition.key in self.problems or self.is_mixed(definition.id, basis, month):
            return Numbers("cannot_compute")
        provenance = self._provenance[definition.key]
        if not provenance.has_source(basis, month) or not self._team_there(team, basis, month):
            return Numbers("no_source")
        status = "provisional" if provenance.is_provisional(month) else "ok"
        return measure(
            definition, self._cells[definition.key], _place(area, team), breakdown, _period(basis, month), status
        )

    def is_mixed(self, indicator: str, basis: str, month: date) -> bool:
        """Whether some of the period's months are counted by another version of the definition than its last."""
        definition = self._defined(indicator)
        return definition.at(period_start(basis, month)) is not definition.at(month)

    def _team_there(self, team: str | None, basis: str, month: date) -> bool:
        return team is None or self.teams[team].existed(period_start(basis, month), month)

    def lacking(self, indicator: str, month_end: date, basis: str | None = None) -> list[Lack]:
        """What no delivery covers of that which the whole authority's figure needs."""
        definition = self._defined(indicator).at(month_end)
        if definition.key in self.problems:
            return []
        return self._provenance[definition.key].lacking(self._basis(definition, basis), month_end)

    def in_month(self, indicator: str, month_end: date, breakdown: tuple[str, str] | None = None) -> Numbers:
        """The whole authority's numbers of one month by itself, on whichever bases the indicator is given."""
        definition = self._defined(indicator)
        number = month_number(month_end)
        alone = Period(definition.bases[0], number, number)
        return measure(definition, self._cells[indicator], WHOLE, breakdown, alone, self.state(indicator, month_end))

    def state(self, indicator: str, month_end: date) -> str:
        """'cannot_compute', 'no_source' where no period that ends with the month has one, 'provisional' or 'ok'.

        A month that a past version of the definition counts is not one of the definition in force.
        """
        if indicator in self.problems or self._defined(indicator).at(month_end).is_past:
            return "cannot_compute"
        if not self.sourced(indicator, month_end):
            return "no_source"
        return "provisional" if self._provenance[indicator].is_provisional(month_end) else "ok"

    def sourced(self, indicator: str, month_end: date) -> tuple[str, ...]:
        """The bases on which the period that ends with the month has a source."""
        if indicator in self.problems or self._defined(indicator).at(month_end).is_past:
            return ()
        known = self._provenance[indicator]
        return tuple(basis for basis in self._defined(indicator).bases if known.has_source(basis, month_end))

    def complete_to(self, indicator: str) -> date:
        """The day to which everything the indicator needs is complete."""
        return self._provenance[self._defined(indicator).id].as_at

    def children(self, month_end: date) -> tuple[int | None, str | None]:
        """How many children the whole authority's rates of a month are of, and by which estimate."""
        return self._population.children(None, month_end), self._population.estimate(month_end)

    def amounts(
        self, indicator: str, month_end: date, basis: str | None = None, *, area: str | None = None,
        team: str | None = None,
    ) -> Mapping[int, int]:  # fmt: skip
        """How often each amount occurred, of an indicator whose value is a median."""
        definition = self._defined(indicator).at(month_end)
        chosen = self._basis(definition, basis)
        cells = self._cells[definition.key]
        if cells.amounts is None:
            raise ComputeError(f"{indicator} has no amounts", expected="an indicator with `value: median`")
        period = _period(chosen, month_end)
        return cells.amounts.counts(_place(area, team), period.first, period.last)

    def numbers(self, indicator: str) -> Mapping[Cell, int]:
        """Every whole number that an engine gave for an indicator, but for noughts."""
        self._defined(indicator)
        cells = self._cells.get(indicator)
        return cells.numbers() if cells else {}


def _place(area: str | None, team: str | None) -> Key:
    return ("area", area) if area is not None else ("team", team) if team is not None else WHOLE


@cache
def _period(basis: str, month: date) -> Period:
    return Period(basis, month_number(period_start(basis, month)), month_number(month))
