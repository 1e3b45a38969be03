"""What must hold of every indicator there is, on any history. A new file is covered without a word here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from compendium.calendar.months import month_end, month_ends
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figure, Figures
from compendium.indicators.periods import period_start
from compendium.indicators.shape import Indicator
from compendium.record.coverage import ALWAYS, Spoken
from compendium.record.deliveries import Record
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from tests.catalogue.county import AREAS, COUNTY, catalogue
from tests.catalogue.drawing import random_history
from tests.catalogue.drawing.draw import TEAMS
from tests.catalogue.naive.history import History
from tests.record.drawn import make_workspace

MONTH = date(2017, 1, 31)
EACH = max(2, settings().max_examples // 10)
SEEDED = settings(max_examples=EACH, phases=[Phase.generate])
SEEDS = st.integers(0, 2**32)
every_indicator = pytest.mark.parametrize("indicator", catalogue().values(), ids=lambda each: each.id)

Counts = tuple[int, int, Mapping[str, int]]


def computed(history: History, *months: date) -> Figures:
    figures = compute(Snapshot.drawn(history, MONTH), catalogue(), COUNTY, months or [MONTH])
    assert figures.problems == {}
    return figures


def counts(figure: Figure) -> Counts:
    return figure.numerator or 0, figure.denominator or 0, +Counter(figure.excluded)


def added(figures: list[Figure]) -> Counts:
    numerators, denominators, excluded = zip(*map(counts, figures), strict=True)
    return sum(numerators), sum(denominators), sum(excluded, Counter[str]())


def whole(figures: Figures) -> Iterator[tuple[str, str, Counts, list[int | None]]]:
    """Every indicator and basis: its figure of the whole county, and those of its categories."""
    for name, indicator in figures.catalogue.items():
        for basis in indicator.bases:
            parts = figures.by(name, MONTH, "category", basis) if indicator.value == "mix" else []
            yield name, basis, counts(figures.one(name, MONTH, basis)), [each.numerator for each in parts]


def counts_once(indicator: Indicator) -> bool:
    """Whether children, families or workers are counted once each, so that parts do not add up to the whole."""
    return indicator.count is not None or indicator.denominator_count is not None


@SEEDED
@given(seed=SEEDS)
def test_areas_and_countywide_make_the_authority(seed: int) -> None:
    figures = computed(random_history(Random(seed), MONTH))
    for name, indicator in figures.catalogue.items():
        for basis in indicator.bases:
            total = counts(figures.one(name, MONTH, basis))
            parts = figures.by(name, MONTH, "area", basis)
            if not counts_once(indicator):
                assert added(parts) == total, f"{name}, {basis}"
                continue
            numerators, denominators, _ = zip(*map(counts, parts), strict=True)
            assert max(numerators) <= total[0] <= sum(numerators), f"{name}, {basis}"
            assert max(denominators) <= total[1] <= sum(denominators), f"{name}, {basis}"


@SEEDED
@given(seed=SEEDS)
def test_months_make_the_year(seed: int) -> None:
    months = list(month_ends(month_end(MONTH, -11), MONTH))
    figures = computed(random_history(Random(seed), MONTH), *months)
    for name, indicator in figures.catalogue.items():
        if "month" not in indicator.bases or counts_once(indicator):
            continue
        stocks = {set_name for set_name, query in indicator.row_sets.items() if "month_end" in query.columns}
        for basis in set(indicator.bases) - {"month", "rolling_36_months"}:
            first = period_start(basis, MONTH)
            parts = [figures.one(name, month, "month") for month in months if month >= first]
            year, total = counts(figures.one(name, MONTH, basis)), added(parts)
            assert year[0] == total[0], f"{name}, {basis}"
            if not stocks:
                assert year == total, f"{name}, {basis}"


@SEEDED
@given(seed=SEEDS)
def test_no_more_counts_than_there_is_to_count(seed: int) -> None:
    figures = computed(random_history(Random(seed), MONTH))
    for name, indicator in figures.catalogue.items():
        if indicator.value == "percent" and set(indicator.row_sets) == {"rows"} and name not in NO_PARTS:
            for basis in indicator.bases:
                for area in (None, *AREAS):
                    figure = figures.one(name, MONTH, basis, area=area)
                    assert (figure.numerator or 0) <= (figure.denominator or 0), f"{name}, {basis}"
                    assert figure.value is None or 0 <= figure.value <= 100


@SEEDED
@given(seed=SEEDS)
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    history = random_history(Random(seed), MONTH)
    shuffled = {table: Random(seed).sample(rows, len(rows)) for table, rows in history.items()}
    assert list(whole(computed(history))) == list(whole(computed(shuffled)))


@SEEDED
@given(seed=SEEDS)
def test_a_child_moved_between_teams_is_counted_once(seed: int) -> None:
    """Cases are handed on in the middle, and everything recorded about a child moves to other teams."""
    history = random_history(Random(seed), MONTH)
    rng = Random(seed)
    moved = {
        table: [
            {**row, "team_id": rng.choice(TEAMS)} if row.get("person_id") and row.get("team_id") else row
            for row in rows
        ]
        for table, rows in history.items()
    }
    moved["involvement"] = [half for row in moved["involvement"] for half in _handed_on(row, rng)]
    assert list(whole(computed(moved))) == list(whole(computed(history)))


def _handed_on(row: dict[str, object], rng: Random) -> Iterator[dict[str, object]]:
    """The same worker's allocation in two teams, one after the other."""
    start, end = row["start_date"], row["end_date"]
    assert isinstance(start, date)
    between = start + (((end if isinstance(end, date) else MONTH) - start) // 2)
    if between <= start:
        yield row
        return
    yield {**row, "end_date": between}
    yield {**row, "start_date": between, "team_id": rng.choice(TEAMS)}


@every_indicator
def test_it_says_what_it_needs(indicator: Indicator) -> None:
    assert indicator.needs


# What is left over of a budget is below nought; agency workers may cover more hours than are vacant.
NO_PARTS = {"budget_variance", "sw_agency_cover_vacancies"}


@cache
def without(tables: frozenset[str]) -> Figures:
    """The same history; no delivery has spoken of some tables."""
    coverage = {name: [] if name in tables else [Spoken(*ALWAYS)] for name in TABLES}
    snapshot = Snapshot.drawn({"team": random_history(Random(1), MONTH)["team"]}, MONTH, coverage)
    return compute(snapshot, catalogue(), COUNTY, [MONTH])


@every_indicator
def test_without_a_source_it_is_never_0(indicator: Indicator) -> None:
    for tables in {frozenset(each.table for each in need.all) for need in indicator.needs}:
        for basis in indicator.bases:
            for area in (None, *AREAS):
                figure = without(tables).one(indicator.id, MONTH, basis, area=area)
                assert (figure.status, figure.numerator, figure.denominator, figure.value) == (
                    "no_source", None, None, None
                ), f"without {', '.join(sorted(tables))}"  # fmt: skip


def test_the_order_of_loading_does_not_matter(rng: Random, tmp_path: Path) -> None:
    history = random_history(rng, MONTH, children=12)
    months = ("2016-11-01", "2016-12-01", "2017-01-31", "2017-01-31")
    parts = list(enumerate(zip(months, _split(history, rng, len(months)), strict=True)))
    found: list[list[tuple[str, str, Counts, list[int | None]]]] = []
    for order in (parts, rng.sample(parts, len(parts))):
        workspace = make_workspace(tmp_path / str(len(found)))
        record = Record.open(workspace)
        for number, (received, rows) in order:
            _load(record, number, received, rows)
        figures = compute(record.as_at(MONTH), catalogue(), workspace, [MONTH])
        assert figures.problems == {}
        found.append(list(whole(figures)))
    assert found[0] == found[1]
    assert any(numerator for _, _, (numerator, _, _), _ in found[0])


def _split(history: History, rng: Random, parts: int) -> list[History]:
    """All that is told of one child is in one delivery, and so is all that is told of none."""
    place = {row["person_id"]: rng.randrange(parts) for row in history["person"]}
    return [
        {
            table: [row for row in rows if place.get(str(row.get("person_id")), 0) == part]
            for table, rows in history.items()
        }
        for part in range(parts)
    ]


def _load(record: Record, number: int, received: str, history: History) -> None:
    day = date.fromisoformat(received)
    with record.receive(f"{number}.csv", f"{number:064}", day, None, source_format="drawn") as intake:
        for table, rows in history.items():
            if not rows:
                continue
            columns = list(dict.fromkeys(name for row in rows for name in row))
            append = intake.appender(table, columns)
            for line, row in enumerate(rows, start=2):
                append((line, *(None if row.get(name) is None else str(row[name]) for name in columns)))
            if TABLES[table].event:
                intake.cover(table, date(2010, 1, 1), day, "assumed")
