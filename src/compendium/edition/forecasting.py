"""The months ahead of a stock: its ranges, how such ranges did before, each area's, whether there is room, what if."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compendium import words
from compendium.calendar.months import month_end
from compendium.edition import forecast_words as said
from compendium.edition.edition import Reading
from compendium.edition.forecast import FanMonth, Forecast
from compendium.edition.judging import charted_month
from compendium.edition.point_table import PointTable
from compendium.edition.reading import reading
from compendium.edition.room import Room
from compendium.indicators.figures import Figures
from compendium.indicators.placing import month_number
from compendium.indicators.shape import Indicator
from compendium.indicators.tally import WHOLE
from compendium.record.snapshot import Snapshot
from compendium.signals import forecast as signals
from compendium.signals.scenario import more_open
from compendium.workspace import COUNTYWIDE, Workspace

CASELOAD = "cin_open"  # what workers must have room for
SHOWN = (3, 6)  # months ahead that sentences and the table of areas tell
PLACED = Decimal("0.95")  # of the cases of a month, for its areas to hold what is theirs
PLACE = 2  # parts of the key of one place
MORE = Decimal("0.1")  # of what a scenario supposes more
YEAR = 12


@dataclass(frozen=True)
class Flow:
    """What a scenario supposes more of. starts: the indicator of all that begins; again: of those supposed, where they
    are not all of them; ends_at_once: the indicator of the share that is never open."""

    supposed: str
    starts: str
    again: str | None = None
    ends_at_once: str | None = None


FLOWS = {
    CASELOAD: Flow("10% more children referred again", "referrals", "rereferrals_12m", "referral_nfa_pct"),
    "cla_total": Flow("10% more children starting to be looked after", "cla_started"),
    "cp_plans_open": Flow("10% more protection plans begun", "cp_plans_started"),
}


def is_stock(indicator: Indicator) -> bool:
    """How many there are at a month's end; second ways of counting are not foretold twice."""
    kind = (indicator.value, indicator.scale) == ("count", (1, 1)) and not indicator.restates
    return indicator.is_snapshot and kind and not indicator.variant_of


@dataclass(frozen=True)
class Forecaster:
    """Of one month's figures."""

    figures: Figures
    workspace: Workspace
    snapshot: Snapshot
    month: date

    def of(self, indicator: Indicator, series: Sequence[Reading]) -> Forecast | None:
        """None for what is no stock, or is too small to be foretold."""
        if not is_stock(indicator):
            return None
        made = signals.forecast(_values(series))
        if made.why_not in ("no_value", "few_cases"):
            return None
        if made.why_not:
            low, high = (_written(each) for each in made.recent or (0, 0))
            return Forecast(said.no_forecast(made.why_not, said.between(low, high), signals.FEWEST))
        three = made.ahead[signals.FURTHEST_POINT - 1]
        record = made.tracks[signals.FURTHEST_POINT - 1]
        told = [said.lead(*_range(three.outer), self._month(three.months))]
        if record.made:
            told.append(said.held(record.held, record.made, record.months))
        unplaced = self._unplaced(indicator)
        areas = self._areas(indicator, unplaced)
        tables = [self._ahead(made), self._past(made), _record(made), self._places(indicator, areas, unplaced)]
        room_sentences: tuple[str, ...] = ()
        if indicator.id == CASELOAD:
            room = Room(self.figures, self.workspace, self.snapshot, self.month)
            by_month, room_sentences = room.by_month(made)
            now = {area: self._readings(indicator, area)[-1].written for area in areas}
            tables += [each for each in (by_month, room.by_area(areas, now)) if each is not None]
        return Forecast(
            (*told, *room_sentences, *said.HOW, said.OF_NUMBERS),
            tuple(self._fan(each) for each in made.ahead),
            tuple(each for each in tables if each.rows),
            self._scenario(indicator, series),
        )

    def _month(self, ahead: int) -> date:
        return month_end(self.month, ahead)

    def _fan(self, ahead: signals.Ahead) -> FanMonth:
        low, inner_low, inner_high, high = (
            words.rounded(each) for each in (ahead.outer[0], *ahead.inner, ahead.outer[1])
        )
        point = None if ahead.point is None else words.rounded(ahead.point)
        return FanMonth(self._month(ahead.months), point, low, inner_low, inner_high, high)

    def _ahead(self, made: signals.Forecast) -> PointTable:
        rows = [
            (
                words.month(self._month(each.months)),
                said.between(*_range(each.inner)),
                said.between(*_range(each.outer)),
                "none" if each.point is None else _written(each.point),
            )
            for each in made.ahead
        ]
        return PointTable("What is to be expected of the months ahead", said.AHEAD, tuple(rows), ())

    def _past(self, made: signals.Forecast) -> PointTable:
        rows = [
            (
                f"in {words.month(month_end(self.month, -each.months))}",
                said.between(*_range(each.outer)),
                "Yes" if each.held else "No: missed",
            )
            for each in made.past
        ]
        title = f"What would have been said of {words.month(self.month)}, by what was known then"
        return PointTable(title, said.PAST, tuple(rows), ())

    def _areas(self, indicator: Indicator, unplaced: date | None) -> dict[str, signals.Forecast]:
        """Nothing smaller than an area is foretold, and that only by the months since nearly all cases had a team."""
        since = date.min if unplaced is None else unplaced
        return {
            area: signals.forecast(_values([each for each in self._readings(indicator, area) if each.period > since]))
            for area in self.workspace.areas
            if area in self.figures.areas
        }

    def _places(self, indicator: Indicator, areas: dict[str, signals.Forecast], unplaced: date | None) -> PointTable:
        rows = []
        for area, made in areas.items():
            told = [said.between(*_range(made.ahead[each - 1].outer)) for each in SHOWN] if made.ahead else []
            now = self._readings(indicator, area)[-1].written
            rows.append((self.workspace.areas[area], now, *(told or [said.NOT[made.why_not]] * len(SHOWN))))
        notes = said.unplaced(unplaced, signals.FEWEST) if unplaced else ()
        return PointTable("The areas in the months ahead", said.PLACES, tuple(rows), notes)

    def _readings(self, indicator: Indicator, area: str) -> list[Reading]:
        months = self.figures.series(indicator.id, area=area)
        return [reading(indicator, each) for each in months if each.period <= self.month]

    def _unplaced(self, indicator: Indicator) -> date | None:
        """The last month in which more than a few cases had no team on record; None where there is none. Until then the
        areas hold only some of their cases and the countywide teams the rest, so that each seems to grow or to shrink
        as the record fills."""
        whole, areas, teams = Counter[int](), Counter[int](), Counter[int]()
        for (part, key, month, *_), number in self.figures.numbers(indicator.id).items():
            if part != "numerator":
                continue
            if key == WHOLE:
                whole[month] += number
            elif key[0] == "area" and len(key) == PLACE and key[1] != COUNTYWIDE:
                areas[month] += number
            elif key[0] == "team" and len(key) == PLACE:
                teams[month] += number
        placed = {month: max(areas[month], teams[month]) for month in whole}
        months = [each for each in self.figures.months if each <= self.month]
        found = [each for each in months if placed.get(at := month_number(each), 0) < PLACED * whole[at]]
        return max(found, default=None)

    # What if ----------------------------------------------------------------------------------------------------

    def _scenario(self, indicator: Indicator, series: Sequence[Reading]) -> tuple[str, ...]:
        """By the starts of the last twelve months, and by who left: those starts less the change in the stock."""
        flow = FLOWS.get(indicator.id)
        stock = _values(series)[-YEAR - 1 :]
        if flow is None or len(stock) <= YEAR or None in stock:
            return ()
        begun, supposed, never = self._year(flow.starts), self._year(flow.again or flow.starts), Decimal(0)
        if flow.ends_at_once is not None:
            shares = self._year(flow.ends_at_once, "denominator"), self._year(flow.ends_at_once)
            if None in shares or not shares[0]:
                return ()
            never = (shares[1] or Decimal(0)) / shares[0]
        if begun is None or supposed is None:
            return ()
        known = [Decimal(str(each)) for each in stock]
        left = begun * (1 - never) - (known[-1] - known[0])
        leaving = left / sum(known[:-1], Decimal(0))
        if not 0 <= leaving <= 1:
            return ()
        more = supposed * (1 - never) * MORE / YEAR
        after = [(months, words.rounded(more_open(float(more), float(leaving), months))) for months in SHOWN]
        return said.scenario(flow.supposed, more, after)

    def _year(self, name: str, part: str = "numerator") -> Decimal | None:
        """The sum of twelve months; None where one of them is not known."""
        if name not in self.figures.catalogue:
            return None
        indicator = self.figures.catalogue[name]
        months = [month_end(self.month, -back) for back in range(YEAR)]
        if any(month not in self.figures.months for month in months):
            return None
        found = [getattr(reading(indicator, self.figures.one(name, month)), part) for month in months]
        return None if None in found else sum(found, Decimal(0))


def _record(made: signals.Forecast) -> PointTable:
    rows = [
        (
            words.plural(each.months, "month"),
            f"{each.held} of {each.made}",
            f"{each.held_inner} of {each.made}",
            words.number(each.error),
            words.number(each.scaled, 1),
        )
        for each in made.tracks
        if each.made
    ]
    return PointTable("How such forecasts did, made again for each of the last months", said.RECORD, tuple(rows), ())


def _values(series: Sequence[Reading]) -> list[float | None]:
    return [charted_month(each).value for each in series]


def _range(found: signals.Range) -> tuple[str, str]:
    return _written(found[0]), _written(found[1])


def _written(value: float) -> str:
    return words.number(value)
