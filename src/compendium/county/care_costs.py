"""What placements cost, the fees agreed with outside providers, and what the year's budgets will come to."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from compendium.county import days, places
from compendium.county.finance import BEGIN, Spend
from compendium.county.people import NEVER
from compendium.county.records import Care, Placement

OUTSIDE = ("PR4", "PR5")  # private and voluntary providers
RESIDENTIAL, FOSTERING = ("K", "R", "S"), ("U",)
# Pounds a week: the council's own, and an outside provider's lowest and highest.
OWN = {"residential": 3_300, "fostering": 430, "supported": 380, "other": 140}
FEES = {"residential": (2_550, 4_600), "fostering": (760, 990), "supported": (520, 1_450), "other": (200, 400)}
EXTRA, EDUCATION = 0.18, (350, 900)  # the share of residential placements that pay for education besides
PROVIDERS = {"residential": 14, "fostering": 9, "supported": 6, "other": 2}
RISE = 0.0025  # a month
BUDGETED = ("staffing", "agency", "early_help")
# Spent for each pound of budget: vacancies save, and who will need a placement is not known when a budget is made.
# What the others come to is in the ledger.
OUTTURN = {"staffing": 0.962, "placements": 1.068}


@dataclass(frozen=True, slots=True)
class Fee:
    care: Care
    placement: Placement
    setting: str
    provider: str
    pays_for: str
    weekly_pence: int


@dataclass(frozen=True, slots=True)
class PlacementCost:
    month: int
    area: str
    setting: str
    pence: int


@dataclass(frozen=True, slots=True)
class Forecast:
    month: int
    area: str
    service: str
    budget_pence: int
    forecast_pence: int


def setting_of(placement: Placement) -> str:
    letter = placement.kind[0]
    if letter in RESIDENTIAL:
        return "residential"
    if letter in FOSTERING:
        return "fostering"
    return "supported" if placement.kind in ("H5", "P2") else "other"


@dataclass
class CareCosts:
    chance: random.Random
    periods: list[Care]
    spend: list[Spend]
    fees: list[Fee] = field(default_factory=list)
    costs: list[PlacementCost] = field(default_factory=list)
    forecasts: list[Forecast] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._agree()
        self._cost()
        self._forecast()

    def _agree(self) -> None:
        """A fee for each placement with an outside provider, and for some of the dearest their education."""
        chance = self.chance
        for care in self.periods:
            for placement in care.placements:
                if placement.provider not in OUTSIDE or placement.end <= days.first_of(BEGIN):
                    continue
                setting = setting_of(placement)
                low, high = FEES[setting]
                weekly = round((low + (high - low) * chance.random() ** 2) / 5) * 500
                provider = f"{setting[0].upper()}P{1 + int(chance.random() * PROVIDERS[setting]):02d}"
                self.fees.append(Fee(care, placement, setting, provider, "placement", weekly))
                if setting == "residential" and chance.random() < EXTRA:
                    extra = round((EDUCATION[0] + (EDUCATION[1] - EDUCATION[0]) * chance.random()) / 5) * 500
                    self.fees.append(Fee(care, placement, setting, provider, "education", extra))

    def _cost(self) -> None:
        """The days of each month at the week's price, in the area of the team that held the case as it began."""
        fees: dict[Placement, int] = defaultdict(int)
        for fee in self.fees:
            fees[fee.placement] += fee.weekly_pence
        totals: dict[tuple[int, str, str], int] = defaultdict(int)
        for care in self.periods:
            for placement in care.placements:
                setting = setting_of(placement)
                weekly = fees.get(placement, OWN[setting] * 100)
                for month, nights in _nights(placement):
                    area = places.row_of(care.case.team_on(placement.start), days.first_of(month)).area
                    totals[month, area, setting] += round(weekly * nights / 7 * (1 + RISE * (month - BEGIN)))
        self.costs = [PlacementCost(*key, pence) for key, pence in sorted(totals.items())]

    def _forecast(self) -> None:
        """Month by month nearer to what the year will have come to; early in the year, nearer to the budget."""
        budgets: dict[tuple[int, str, str], int] = defaultdict(int)
        spent: dict[tuple[int, str, str], int] = defaultdict(int)
        for row in self.spend:
            if row.service in BUDGETED:
                totals = budgets if row.kind == "budget" else spent
                totals[days.year_ending(row.month), row.area, row.service] += row.pence
        for cost in self.costs:
            spent[days.year_ending(cost.month), cost.area, "placements"] += cost.pence
        for (year, area, service), actual in sorted(spent.items()):
            budget = actual / OUTTURN[service] if service in OUTTURN else budgets[year, area, service]
            first = days.month(f"{year - 1}-04")
            there = [month for month in range(first, first + 12) if month <= days.LAST_MONTH]
            whole = max(1, round(budget * 12 / len(there) / 100_000)) * 100_000
            drift = actual / budget - 1
            for n, month in enumerate(there, 1):
                known = 0.35 + 0.65 * n / 12
                forecast = round(whole * (1 + drift * known + self.chance.gauss(0, 0.003)) / 10_000) * 10_000
                self.forecasts.append(Forecast(month, area, service, whole, forecast))
        self.forecasts.sort(key=lambda each: (each.month, each.area, each.service))


def _nights(placement: Placement) -> Iterator[tuple[int, int]]:
    """(month, nights) of a placement, from the first month of the county's accounts on."""
    start = max(placement.start, days.first_of(BEGIN))
    end = min(placement.end if placement.end < NEVER else days.END, days.first_of(days.LAST_MONTH + 1))
    while start < end:
        month = days.month_of(start)
        until = min(end, days.first_of(month + 1))
        yield month, until - start
        start = until
