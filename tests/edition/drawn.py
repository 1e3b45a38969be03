"""A small county of drawn figures: thirteen indicators, four areas, six teams, 48 months to January 2017.

Its numbers follow simple written rules, so that a test can say what a page must show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from compendium.calendar.months import month_ends, months_between
from compendium.edition.revised import Lateness
from compendium.edition.vintages import Past
from compendium.indicators.figures import Figure, Figures, Team
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.indicators.placing import month_number
from compendium.indicators.tally import Cell
from compendium.indicators.values import value_of
from compendium.record.snapshot import Snapshot
from compendium.workspace import Target, Workspace

JANUARY = date(2017, 1, 31)
CUT = date(2017, 3, 3)
FIRST_CUT = date(2017, 2, 3)
AREAS = {
    "NE": "North East",
    "NW": "North West",
    "SE": "South East",
    "SW": "South West",
    "countywide": "Countywide teams",
}
SHARES = {"NE": 26, "NW": 24, "SE": 30, "SW": 17, "countywide": 3}


ALWAYS = ((date(2012, 4, 1), None),)
TEAMS = {
    "NE1": Team("North East assessment", "NE", "assessment", ALWAYS),
    "NE2": Team("North East family support", "NE", "family_support", ALWAYS),
    "NW1": Team("North West assessment", "NW", "assessment", ALWAYS),
    "SE1": Team("South East assessment", "SE", "assessment", ALWAYS),
    "SW1": Team("South West assessment", "SW", "assessment", ALWAYS),
    "HUB": Team("Safeguarding hub", "countywide", "mash", ALWAYS),
}


DRAWN = (
    "contacts", "referrals", "rereferrals_12m", "mash_timeliness", "assessments_45wd", "icpc_15wd", "cp_visits_10wd",
    "eh_open", "sw_caseload_avg", "sw_vacancy_rate", "resource_by_quadrant", "audit_grade_mix", "audit_good_or_better",
)  # fmt: skip


@cache
def catalogue() -> Catalogue:
    """The shipped indicators that have drawn figures."""
    whole = load_catalogue([SHIPPED])
    return Catalogue({name: whole.require(name) for name in DRAWN}, whole.views, whole.rules)


POSTS = {"NE": 27, "NW": 26, "SE": 25, "SW": 19, "countywide": 3}
GRADES = {"good": 4, "requires_improvement": 12, "inadequate": 6}
THEMES = {"assessment": 100}
CONTACTS = {"Police": 40, "Schools": 25, "Health services": 20, "Anyone else, such as neighbours and relatives": 15}
AGES = {"Under 1": 10, "1 to 4": 25, "5 to 9": 30, "10 to 15": 30, "16 and over": 5}


def _counted(name: str, months_back: int) -> tuple[int, int | None]:
    """Numerator and denominator of the whole county, so many months before January 2017."""
    wave = (months_back * 7) % 12  # the same month of every year has the same wave
    spike = months_back == 0
    return {
        "contacts": (5600 if spike else 3000 + 60 * wave, None),
        "referrals": (800 + 10 * wave, None),
        "rereferrals_12m": (200 + 2 * wave + (21 if spike else 0), 800 + 10 * wave),
        "mash_timeliness": (600 + wave, 700),
        "assessments_45wd": (max(500, 660 - 4 * months_back), 800),
        "icpc_15wd": (100 if spike else 95 - wave, 123),
        "cp_visits_10wd": (719 - wave, 906),
        "eh_open": (2400 + 5 * wave, None),
        "sw_caseload_avg": (1950 + wave, 10950),
        "sw_vacancy_rate": (6400, 32600),
        "resource_by_quadrant": (5400, 25850),
        "audit_grade_mix": (22, 22),
        "audit_good_or_better": (4, 22),
    }[name]


class DrawnFigures(Figures):
    """Figures written by rule instead of computed. change: applied to every figure before it is given."""

    def __init__(self, as_at: date = CUT, change: Callable[[Figure], Figure] = lambda figure: figure) -> None:
        self.as_at, self.change = as_at, change
        self.catalogue, self.teams, self.areas = catalogue(), TEAMS, AREAS
        self.months = list(month_ends(date(2013, 2, 28), JANUARY))

    def one(
        self, indicator: str, month_end: date, basis: str | None = None, *, area: str | None = None,
        team: str | None = None, breakdown: tuple[str, str] | None = None,
    ) -> Figure:  # fmt: skip
        kind = self.catalogue[indicator]
        basis = basis or kind.bases[0]
        length = {"year_to_date": (month_end.month - 4) % 12 + 1, "rolling_12_months": 12}.get(basis, 1)
        counts = [_counted(indicator, months_between(month_end, JANUARY) + back) for back in range(length)]
        numerator = sum(count for count, _ in counts)
        denominator = None if counts[0][1] is None else sum(count or 0 for _, count in counts)
        whole = (numerator, denominator or 0)
        share = SHARES[area] if area else {"NE2": 1, "HUB": 0}.get(team, 14) if team else 100
        if breakdown:
            share = {**CONTACTS, **AGES, **THEMES}.get(breakdown[1], 100)
            numerator = GRADES.get(breakdown[1], numerator)
        numerator = numerator * share // 100
        if indicator == "resource_by_quadrant" and area:
            share = POSTS[area]
        if denominator is not None and (breakdown is None or breakdown[0] != "category"):
            denominator = denominator * share // 100
        if kind.value == "mix" and not breakdown:  # a mix has no one figure for the whole
            return Figure(
                indicator, 1, month_end, basis, area, team, None, None, denominator, None, None, {}, CUT, "ok"
            )
        figure = Figure(
            indicator=indicator, definition_version=1, period=month_end, basis=basis, area=area, team=team,
            breakdown=breakdown, numerator=numerator, denominator=denominator,
            value=value_of(kind, numerator, denominator, whole), rate=Decimal(numerator) / 26 if kind.rate else None,
            excluded={"not yet due": 31} if indicator == "cp_visits_10wd" else {}, as_at=self.as_at, status="ok",
        )  # fmt: skip
        return self.change(figure)

    def numbers(self, indicator: str) -> Mapping[Cell, int]:
        """As the figures of every month have them: of the whole, areas, teams and parts."""
        found: dict[Cell, int] = {}
        kind = self.catalogue[indicator]
        for month in self.months:
            figures = [
                self.one(indicator, month),
                *self.by(indicator, month, "area"),
                *self.by(indicator, month, "team"),
            ]
            figures += [each for name in kind.by for each in self.by(indicator, month, name)]
            for each in figures:
                key = ("area", each.area) if each.area else ("team", each.team) if each.team else each.breakdown or ()
                for name in ("numerator", "denominator"):
                    found[name, key, month_number(month)] = getattr(each, name) or 0
        return found

    def by(self, indicator: str, month_end: date, dimension: str, basis: str | None = None) -> list[Figure]:
        if dimension == "area":
            return [self.one(indicator, month_end, basis, area=area) for area in SHARES]
        if dimension == "team":
            return [self.one(indicator, month_end, basis, team=team) for team in TEAMS]
        parts = {"source": CONTACTS, "age_band": AGES, "category": GRADES, "theme": THEMES}.get(dimension, {})
        return [self.one(indicator, month_end, basis, breakdown=(dimension, part)) for part in parts]


def changed(**of: Callable[[Figure], Figure]) -> Callable[[Figure], Figure]:
    """A change for some indicators, by name."""
    return lambda figure: of[figure.indicator](figure) if figure.indicator in of else figure


def as_first_known() -> DrawnFigures:
    """January as at the earlier cut: fewer conferences had been recorded, and fewer of them in time."""

    def late(figure: Figure) -> Figure:
        if figure.area or figure.team or figure.period != JANUARY or figure.basis != "month":
            return figure
        return replace(figure, numerator=72, denominator=108, value=Decimal(7200) / 108, as_at=FIRST_CUT)

    return DrawnFigures(FIRST_CUT, changed(icpc_15wd=late))


def as_known_before(names: Sequence[str]) -> dict[str, Past]:
    """The months as at the earlier cut and now, and one team whose records come late."""
    late = (Lateness("South East assessment", 6, 35),)
    return {name: Past.of(catalogue()[name], [as_first_known(), DrawnFigures()], late) for name in names}


def workspace(**more: Any) -> Workspace:
    given: dict[str, Any] = {
        "folder": Path("/nowhere"),
        "authority_name": "Wealdmere County Council",
        "authority_code": "999",
        "synthetic": True,
        "areas": AREAS,
        "region_code": "E12000008",
        "england_code": "E92000001",
        "key_file": Path("/nowhere.key"),
        "targets": {
            "cp_visits_10wd": Target(Decimal(95), Decimal(5), "the Cabinet", date(2015, 4, 1)),
            "sw_vacancy_rate": Target(Decimal(15), Decimal(2), "the council", date(2016, 4, 1)),
            "assessments_45wd": Target(Decimal(83), Decimal(3), "the Cabinet", date(2015, 4, 1)),
        },
    }
    return Workspace(**{**given, **more})


BENCHMARKS = [
    # measure, period_end, basis, geography_type, geography_code, geography_name, value, symbol, known_from
    ("rereferrals_percent", "2016-03-31", "year", "national", "E92000001", "England", "22.3", None, "2016-11-01"),
    ("rereferrals_percent", "2017-03-31", "year", "national", "E92000001", "England", "21.9", None, "2017-11-01"),
    ("rereferrals_percent", "2016-03-31", "year", "regional", "E12000008", "South East", "25.0", None, "2016-11-01"),
    ("icpc_15wd_percent", "2016-03-31", "year", "national", "E92000001", "England", "76.7", None, "2016-11-01"),
    ("icpc_15wd_percent", "2016-03-31", "year", "regional", "E12000008", "South East", None, "x", "2016-11-01"),
    ("referrals_rate", "2016-03-31", "year", "national", "E92000001", "England", "532.2", None, "2016-11-01"),
]
NEIGHBOURS = {code: f"Council {code}" for code in map(str, range(801, 811))}
# Re-referrals of ten councils like ours, of which one is withheld and one never came.
SHARES_OF_NEIGHBOURS = {"801": 190, "802": 210, "803": 220, "804": 230, "805": 240, "806": 250, "807": 260, "808": 280}
COLUMNS = ("measure", "period_end", "basis", "geography_type", "geography_code", "geography_name", "value", "symbol",
           "known_from")  # fmt: skip


def snapshot(cut: date = CUT) -> Snapshot:
    """The record as at the cut: benchmarks, councils like ours, and early help that ended in November."""
    rows: list[dict[str, object]] = [dict(zip(COLUMNS, row, strict=True)) for row in BENCHMARKS]
    of_ours: dict[str, object] = {**rows[0], "geography_type": "authority"}
    rows += [
        of_ours | {"geography_code": code, "geography_name": NEIGHBOURS[code], "value": str(share / 10),
                   "numerator": share, "denominator": 1000}
        for code, share in SHARES_OF_NEIGHBOURS.items()
    ]  # fmt: skip
    rows.append(of_ours | {"geography_code": "809", "geography_name": "Council 809", "value": None, "symbol": "c"})
    near = [
        {"set_version": "2014", "authority_code": "999", "rank": rank, "neighbour_code": code, "source": "sn_2014.csv"}
        for rank, code in enumerate(NEIGHBOURS, start=1)
    ]
    coverage = {"early_help_episode": [(date(2012, 4, 1), date(2016, 11, 30))], "partner_request": []}
    return Snapshot.drawn({"benchmark": rows, "statistical_neighbour": near}, cut, coverage)
