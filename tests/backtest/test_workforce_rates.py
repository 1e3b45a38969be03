"""The workforce formulas reproduce the department's published rows of 2017 to 2025, from full-time posts alone."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.indicators.values import value_of
from compendium.record.snapshot import Snapshot
from compendium.workspace import COUNTYWIDE, Workspace

pytestmark = pytest.mark.shared
PUBLISHED = Path("data/published/csc_outcomes_and_enablers/data-raw/csww_indicators_2017_to_2025.csv")
COUNTY = Workspace(Path(), "England", "999", True, {COUNTYWIDE: "Countywide teams"}, None, "", Path())
HALF = Decimal("0.05")  # what a printed tenth may hide
NEAR = Decimal("0.11")  # within which the rates below were found

# Indicator -> what it is of and the rate published, and of how many rows the reference met how many. It met 1,440 of
# absence with 253 days in every year. With 254 where there is a leap day, England's row of 2024 is 0.01 too far off,
# and no authority's is beyond what its printed counts allow (30 rows are, with 253).
TOLD = {
    "sw_vacancy_rate": (("vacancy_fte", "inpost_fte"), "vacancy_rate_fte", (1461, 1461)),
    "sw_turnover": (("leavers_fte", "inpost_fte"), "turnover_rate_fte", (1449, 1453)),
    "sw_agency_rate": (("agency_fte", "inpost_fte"), "agency_rate_fte", (1445, 1449)),
    "sw_sickness": (("working_days_lost_fte", "inpost_fte"), "absence_rate_fte", (1439, 1444)),
    "sw_caseload_avg": (("cases", "case_holders_fte"), "caseload_fte", (1457, 1458)),
}
ESTABLISHMENT = {
    "inpost_fte": "in_post_hundredths",
    "vacancy_fte": "vacancy_hundredths",
    "agency_fte": "agency_hundredths",
    "leavers_fte": "leavers_hundredths",
    "working_days_lost_fte": "sickness_days_hundredths",
}


@dataclass(frozen=True)
class Row:
    """One place and year as published; a number that is not given is not there."""

    name: str
    is_authority: bool
    year: int
    number: Mapping[str, Decimal]

    @property
    def team(self) -> str:
        return f"{self.year} {self.name}"

    def hundredths(self, column: str) -> int | None:
        return int(self.number[column] * 100) if column in self.number else None


@pytest.fixture(scope="module")
def published(shared: Path) -> list[Row]:
    with open(shared / PUBLISHED, encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Row(
            f"{row['la_name'] or row['region_name'] or row['country_name']} {row['old_la_code']}".strip(),
            row["geographic_level"] == "Local authority",
            int(row["time_period"]),
            {name: Decimal(text) for name, text in row.items() if text.replace(".", "", 1).isdigit()},
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue([SHIPPED])


@pytest.fixture(scope="module")
def figures(published: list[Row], catalogue: Catalogue) -> Figures:
    """Every row as a team with its posts on 30 September."""
    teams = [
        {"team_id": row.team, "area_id": COUNTYWIDE, "valid_from": date(2010, 1, 1), "valid_to": None}
        for row in published
    ]
    posts = [
        {
            "team_id": row.team,
            "month_end": date(row.year, 9, 30),
            "role": "social_worker",
            **{ours: row.hundredths(theirs) for theirs, ours in ESTABLISHMENT.items()},
        }
        for row in published
    ]
    snapshot = Snapshot.drawn({"team": teams, "establishment": posts}, date(2025, 9, 30))
    months = sorted({date(row.year, 9, 30) for row in published})
    made = compute(snapshot, catalogue, COUNTY, months, [name for name in TOLD if name != "sw_caseload_avg"])
    assert made.problems == {}
    return made


def value(name: str, row: Row, figures: Figures, catalogue: Catalogue) -> Decimal | None:
    """By the indicator's rows; of caseloads, whose rows are children, by its formula (the rows: see below)."""
    if name == "sw_caseload_avg":
        return value_of(catalogue[name], int(row.number["cases"]), row.hundredths("case_holders_fte"), (0, 0))
    return figures.one(name, date(row.year, 9, 30), team=row.team).value


def told(name: str, rows: Sequence[Row]) -> Iterator[tuple[Row, Decimal]]:
    """The rows that give the rate and all that it is of."""
    columns, rate, _ = TOLD[name]
    for row in rows:
        if {*columns, rate} <= row.number.keys() and sum(row.number[each] for each in columns) > 0:
            yield row, row.number[rate]


def allowed(name: str, row: Row) -> tuple[Decimal, Decimal]:
    """The lowest and highest rate that the printed tenths allow: of the counts, and of the rate itself."""
    over, under = (row.number[column] for column in TOLD[name][0])
    whole = name == "sw_caseload_avg"  # cases are whole, and divided by posts
    least, most = (over, over) if whole else (max(over - HALF, Decimal(0)), over + HALF)
    with_itself = name in ("sw_vacancy_rate", "sw_agency_rate")
    days = (254 if row.year % 4 == 0 else 253) if name == "sw_sickness" else 1  # of work; a leap day is one more
    scale = Decimal(1 if whole else 100) / days

    def rate(over: Decimal, under: Decimal) -> Decimal:
        of = over + under if with_itself else under
        return scale * over / of if of > 0 else Decimal(10_000)

    return rate(least, under + HALF) - HALF, rate(most, max(under - HALF, Decimal(0))) + HALF


@pytest.mark.parametrize("name", TOLD)
def test_published_rates_are_met_as_often_as_the_reference_says(
    name: str, published: list[Row], figures: Figures, catalogue: Catalogue, exceptions: Callable[[str], None]
) -> None:
    met = total = 0
    for row, rate in told(name, published):
        found = value(name, row, figures, catalogue)
        if found is None:
            continue
        total += 1
        if abs(found - rate) <= NEAR:
            met += 1
        else:
            exceptions(f"{name}, {row.name}, {row.year}: {found:.2f} of its own counts, {rate} published")
    wanted, of = TOLD[name][2]
    assert total == of
    assert met >= wanted


@pytest.mark.parametrize("name", TOLD)
def test_every_authoritys_rate_is_one_that_its_printed_counts_allow(
    name: str, published: list[Row], figures: Figures, catalogue: Catalogue, exceptions: Callable[[str], None]
) -> None:
    """Totals of regions and of England may hold authorities that have no row of their own."""
    authorities = 0
    for row, rate in told(name, published):
        found = value(name, row, figures, catalogue)
        least, most = allowed(name, row)
        assert found is not None and least <= found <= most, row.team
        authorities += row.is_authority
        if not least <= rate <= most:
            assert not row.is_authority, f"{row.team}: {rate}, where {least:.2f} to {most:.2f} could be"
            exceptions(f"{name}, {row.name}, {row.year}: {rate} published, {least:.2f} to {most:.2f} of its own counts")
    assert authorities > 1000


def test_caseloads_drawn_as_children_and_a_worker_give_the_published_figure(
    published: list[Row], catalogue: Catalogue, rng: Random, full_counts: bool
) -> None:
    """Of some authorities, each a team with one worker of all its hours."""
    small = [row for row, _ in told("sw_caseload_avg", published) if row.is_authority and row.number["cases"] < 900]
    chosen = rng.sample(small, 40 if full_counts else 4)
    tables: dict[str, list[dict[str, Any]]] = {"team": [], "worker": [], "involvement": []}
    for row in chosen:
        since = date(row.year, 9, 1)
        tables["team"].append({"team_id": row.team, "area_id": COUNTYWIDE, "valid_from": since, "valid_to": None})
        tables["worker"].append(
            {"worker_id": row.team, "role": "case_holder", "team_id": row.team, "start_date": since,
             "fte_hundredths": row.hundredths("case_holders_fte")}
        )  # fmt: skip
        tables["involvement"] += [
            {"person_id": f"{row.team} {number}", "worker_id": row.team, "role": "case_holder", "start_date": since,
             "end_date": date(row.year, 10, 1)}
            for number in range(int(row.number["cases"]))
        ]  # fmt: skip
    snapshot = Snapshot.drawn(tables, date(2025, 9, 30))
    months = sorted({date(row.year, 9, 30) for row in chosen})
    figures = compute(snapshot, catalogue, COUNTY, months, ["sw_caseload_avg"])
    for row in chosen:
        found = figures.one("sw_caseload_avg", date(row.year, 9, 30), team=row.team)
        assert (found.numerator, found.denominator) == (int(row.number["cases"]), row.hundredths("case_holders_fte"))
        least, most = allowed("sw_caseload_avg", row)
        assert found.value is not None and least <= found.value <= most
