"""A small county of drawn figures: eleven indicators, four areas, six teams, 48 months to January 2017.

Its numbers follow simple written rules, so that a test can say what a page must show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from compendium.calendar.months import month_end, month_ends
from compendium.engine.dialect import Query
from compendium.indicators.shape import Comparator, Indicator, Need
from compendium.record.snapshot import Snapshot
from compendium.workspace import Target, Workspace

JANUARY = date(2017, 1, 31)
CUT = date(2017, 3, 3)
FIRST_CUT = date(2017, 2, 3)
AREAS = {"NE": "North East", "NW": "North West", "SE": "South East", "SW": "South West", "countywide": "Countywide teams"}
SHARES = {"NE": 26, "NW": 24, "SE": 30, "SW": 17, "countywide": 3}


@dataclass(frozen=True)
class Team:
    name: str
    area_id: str
    service: str


@dataclass(frozen=True)
class Figure:
    indicator: str
    period: date
    basis: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    area: str | None = None
    team: str | None = None
    breakdown: tuple[str, str] | None = None
    rate: Decimal | None = None
    excluded: dict[str, int] = field(default_factory=dict)
    as_at: date = CUT
    status: str = "ok"
    definition_version: int = 1
    spread: None = None


TEAMS = {
    "NE1": Team("North East assessment", "NE", "assessment"),
    "NE2": Team("North East family support", "NE", "family_support"),
    "NW1": Team("North West assessment", "NW", "assessment"),
    "SE1": Team("South East assessment", "SE", "assessment"),
    "SW1": Team("South West assessment", "SW", "assessment"),
    "HUB": Team("Safeguarding hub", "countywide", "mash"),
}


def indicator(name: str, theme: str, title: str, value: str, polarity: str, **more: Any) -> Indicator:
    """An indicator of the catalogue's own kind, without a query to run."""
    column = "month_end" if more.pop("snapshot", False) else "on_date"
    query = Query(None, {column: "date"}, frozenset(), frozenset(), frozenset(), ())
    needs = tuple(Need(table, 0) for table in more.pop("needs", ("referral",)))
    texts = {
        "title": title,
        "question": f"{title}: how many, and of how many?",
        "why": "It says whether a child waits.",
        "clock": "The first day is day 0, and weekends do not count.",
        "source": "The council’s own records.",
    }
    given: dict[str, Any] = {
        "file": Path(f"{name}.yaml"), "place": "recorded", "row_sets": {"rows": query}, "periods": (), "count": None,
        "denominator_count": None, "matures": None, "rate": None, "scale": (1, 1), "by": (), "limits": {},
        "show_with": (), "at_least": 0, "one_row_per": (), "variant_of": None, "counterweight": None,
        "comparator": None, "definition_version": 1, "examples": (), **more,
    }  # fmt: skip
    return Indicator(id=name, theme=theme, words=texts, value=value, polarity=polarity, needs=needs, **given)


WORSE, BETTER, NEUTRAL = "lower_is_better", "higher_is_better", "neutral"
CATALOGUE = {
    each.id: each
    for each in (
        indicator("contacts", "front_door", "Contacts received", "count", NEUTRAL, by=("source",), needs=("contact",),
                  counterweight="referrals"),
        indicator("referrals", "front_door", "Referrals to children’s social care", "count", NEUTRAL,
                  rate="per_10000_children", comparator=Comparator("referrals_rate", "rolling_12_months")),
        indicator("rereferrals_12m", "front_door", "Re-referrals within 12 months", "percent", WORSE,
                  comparator=Comparator("rereferrals", "rolling_12_months"), by=("age_band",)),
        indicator("mash_timeliness", "front_door", "Hub enquiries completed in time", "percent", BETTER,
                  needs=("mash_enquiry",)),
        indicator("assessments_45wd", "assessments_cin", "Assessments finished in 45 working days", "percent", BETTER),
        indicator("icpc_15wd", "s47_conferences", "Conferences held in 15 working days", "percent", BETTER,
                  comparator=Comparator("icpc", "rolling_12_months"), needs=("icpc", "s47")),
        indicator("cp_visits_10wd", "cp_visits", "Children on a plan visited in the last 10 working days", "percent",
                  BETTER, snapshot=True, limits={"days": 10}, needs=("visit", "cp_plan")),
        indicator("eh_open", "early_help", "Children with early help", "count", NEUTRAL, snapshot=True,
                  needs=("early_help_episode",)),
        indicator("sw_caseload_avg", "workforce", "Cases for each social worker", "ratio", WORSE, snapshot=True,
                  scale=(1, 100), needs=("involvement",)),
        indicator("sw_vacancy_rate", "workforce", "Social worker posts that are vacant", "percent", WORSE,
                  snapshot=True, scale=(100, 100), needs=("establishment",)),
        indicator("audit_grade_mix", "quality_assurance", "Audit judgements by grade", "mix", BETTER, needs=("audit",)),
    )
}  # fmt: skip
GRADES = {"Good": 4, "Requires improvement": 12, "Inadequate": 6}
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
        "audit_grade_mix": (22, 22),
    }[name]


@dataclass(frozen=True)
class DrawnFigures:
    """Figures with the same names as the computed ones. change: applied to every figure before it is given."""

    as_at: date = CUT
    change: Callable[[Figure], Figure] = lambda figure: figure

    catalogue = CATALOGUE
    teams = TEAMS
    months = tuple(month_ends(date(2013, 2, 28), JANUARY))

    def one(
        self, indicator: str, month: date, basis: str | None = None, *, area: str | None = None,
        team: str | None = None, breakdown: tuple[str, str] | None = None,
    ) -> Figure:  # fmt: skip
        kind = CATALOGUE[indicator]
        basis = basis or kind.bases[0]
        length = {"month": 1, "snapshot": 1, "year_to_date": (month.month - 4) % 12 + 1, "rolling_12_months": 12}[basis]
        counts = [_counted(indicator, self._back(month_end(month, -back))) for back in range(length)]
        numerator = sum(count for count, _ in counts)
        denominator = None if counts[0][1] is None else sum(count or 0 for _, count in counts)
        share = SHARES[area] if area else {"NE2": 1, "HUB": 0}.get(team, 14) if team else 100
        if breakdown:
            share = {**CONTACTS, **AGES}.get(breakdown[1], 100)
            numerator = GRADES.get(breakdown[1], numerator)
        numerator = numerator * share // 100
        denominator = None if denominator is None else denominator * (100 if breakdown else share) // 100
        figure = Figure(
            indicator, month, basis, numerator, denominator, _value(kind, numerator, denominator), area, team, breakdown,
            rate=Decimal(numerator) / 26 if kind.rate else None, as_at=self.as_at,
            excluded={"not yet due": 31} if indicator == "cp_visits_10wd" else {},
        )  # fmt: skip
        return self.change(figure)

    def _back(self, month: date) -> int:
        return (JANUARY.year - month.year) * 12 + JANUARY.month - month.month

    def series(self, indicator: str, basis: str | None = None, *, area: str | None = None, team: str | None = None,
               breakdown: tuple[str, str] | None = None) -> list[Figure]:  # fmt: skip
        return [self.one(indicator, month, basis, area=area, team=team, breakdown=breakdown) for month in self.months]

    def by(self, indicator: str, month: date, dimension: str, basis: str | None = None) -> list[Figure]:
        if dimension == "area":
            return [self.one(indicator, month, basis, area=area) for area in SHARES]
        if dimension == "team":
            return [self.one(indicator, month, basis, team=team) for team in TEAMS]
        parts = {"source": CONTACTS, "age_band": AGES, "category": GRADES}[dimension]
        return [self.one(indicator, month, basis, breakdown=(dimension, part)) for part in parts]


def _value(kind: Indicator, numerator: int, denominator: int | None) -> Decimal | None:
    if kind.value == "count":
        return Decimal(numerator)
    if not denominator:
        return None
    whole = Decimal(numerator) / kind.scale[0] / (Decimal(denominator) / kind.scale[1])
    return whole * 100 if kind.value in ("percent", "mix") else whole


def changed(**of: Callable[[Figure], Figure]) -> Callable[[Figure], Figure]:
    """A change for some indicators, by name."""
    return lambda figure: of.get(figure.indicator, lambda same: same)(figure)


def as_first_known() -> DrawnFigures:
    """January as at the earlier cut: fewer conferences had been recorded, and fewer of them in time."""

    def late(figure: Figure) -> Figure:
        if figure.area or figure.team or figure.period != JANUARY or figure.basis != "month":
            return figure
        return replace(figure, numerator=72, denominator=108, value=Decimal(7200) / 108, as_at=FIRST_CUT)

    return DrawnFigures(FIRST_CUT, changed(icpc_15wd=late))


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
            "cp_visits_10wd": Target(Decimal(95), Decimal(5), "Cabinet", date(2015, 4, 1)),
            "sw_vacancy_rate": Target(Decimal(15), Decimal(2), "the council", date(2016, 4, 1)),
            "assessments_45wd": Target(Decimal(83), Decimal(3), "Cabinet", date(2015, 4, 1)),
        },
    }
    return Workspace(**{**given, **more})


BENCHMARKS = [
    # measure, period_end, basis, geography_type, geography_code, geography_name, value, symbol, known_from
    ("rereferrals", "2016-03-31", "year", "national", "E92000001", "England", "22.3", None, "2016-11-01"),
    ("rereferrals", "2017-03-31", "year", "national", "E92000001", "England", "21.9", None, "2017-11-01"),
    ("rereferrals", "2016-03-31", "year", "regional", "E12000008", "South East", "25.0", None, "2016-11-01"),
    ("icpc", "2016-03-31", "year", "national", "E92000001", "England", "76.7", None, "2016-11-01"),
    ("icpc", "2016-03-31", "year", "regional", "E12000008", "South East", None, "x", "2016-11-01"),
    ("referrals_rate", "2016-03-31", "year", "national", "E92000001", "England", "532.2", None, "2016-11-01"),
]
COLUMNS = ("measure", "period_end", "basis", "geography_type", "geography_code", "geography_name", "value", "symbol",
           "known_from")  # fmt: skip


def snapshot(cut: date = CUT) -> Snapshot:
    """The record as at the cut: benchmarks, and early help that ended in November."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in BENCHMARKS]
    coverage = {"early_help_episode": [(date(2012, 4, 1), date(2016, 11, 30))], "partner_activity": []}
    return Snapshot.drawn({"benchmark": rows}, cut, coverage)
