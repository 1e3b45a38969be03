"""Adding up: the pool is the sum of its parts by a naive count, and what cannot be added is named, not added."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compendium.calendar.months import month_end, month_ends
from compendium.errors import ComputeError, DeliveryError
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.indicators.periods import period_start
from compendium.pooling.pool import Pool, read_pool
from compendium.pooling.pooled import Pooled
from compendium.pooling.reading import read_month_cells
from compendium.pooling.report import as_json
from compendium.signals.funnel import PROPORTION, RATE, WITHIN
from tests.pooling.drawn import JANUARY, MONTHS, RULES, catalogue, drawn_cells, pool_of, written

AUTHORITIES = st.lists(st.integers(0, 2**32), min_size=1, max_size=6)
MONTH = st.sampled_from(MONTHS)
STOCKS = {("stocks", "numerator"), ("stocks", "denominator"), ("stocks", "excluded"), ("turnover", "denominator")}
FEW = settings(max_examples=max(10, settings().max_examples // 5))

Said = dict[str, object]


def files(folder: Path, seeds: list[int]) -> list[Path]:
    return [written(folder, f"{100 + at}", drawn_cells(Random(seed))) for at, seed in enumerate(seeds)]


def naive(paths: list[Path], pooled: Pooled) -> tuple[int | None, int | None, dict[str, int]]:
    """From the text of the files alone: the months of the period, of all files in which it has a source."""
    first = f"{period_start(pooled.basis, pooled.month):%Y-%m}"
    last, name = f"{pooled.month:%Y-%m}", pooled.definition.id
    sums: Counter[str] = Counter()
    excluded: Counter[str] = Counter()
    for path in paths:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        rows = [row for row in csv.DictReader(lines) if row["indicator"] == name and first <= row["month"] <= last]
        if not any(row["month"] == last and pooled.basis in row["sourced"].split() for row in rows):
            continue
        for row in rows:
            for measure in ("numerator", "denominator", "excluded"):
                of_part = measure == "numerator" and pooled.definition.value == "mix"
                if (row["category"] == (pooled.category or "")) != of_part and row["category"]:
                    continue
                if row[measure] and ((name, measure) not in STOCKS or row["month"] == last):
                    if measure == "excluded":
                        excluded.update(json.loads(row[measure]))
                    else:
                        sums[measure] += int(row[measure])
                        sums[f"has {measure}"] = 1
    found = [sums[each] if sums[f"has {each}"] else None for each in ("numerator", "denominator")]
    return found[0], found[1], dict(excluded)


@FEW
@given(seeds=AUTHORITIES, month=MONTH)
def test_the_pool_is_the_sum_of_its_parts(seeds: list[int], month: date) -> None:
    with TemporaryDirectory() as folder:
        paths = files(Path(folder), seeds)
        for pooled in pool_of(*paths, month=month).figures():
            numbers = pooled.numbers
            found = numbers.numerator, numbers.denominator, dict(numbers.excluded)
            assert found == naive(paths, pooled), (pooled.definition.id, pooled.basis, pooled.category)
            assert (numbers.status == "no_source") == (not pooled.parts)
            assert len(pooled.parts) + len(pooled.left_out) == len(paths)


@FEW
@given(seeds=AUTHORITIES, month=MONTH)
def test_a_value_is_that_of_the_sums_and_not_the_mean_of_values(seeds: list[int], month: date) -> None:
    with TemporaryDirectory() as folder:
        pool = pool_of(*files(Path(folder), seeds), month=month)
        share, rate = pool.one("shares", "rolling_12_months"), pool.one("counts", "rolling_12_months")
    if share.parts:
        over, under = (
            sum(getattr(each.numbers, name) for each in share.parts) for name in ("numerator", "denominator")
        )
        assert share.numbers.value == (Decimal(100 * over) / under if under else None)
    if rate.parts:
        children = sum(each.children or 0 for each in rate.parts)
        assert rate.rate == 10_000 * Decimal(rate.numbers.numerator or 0) / children


@FEW
@given(seeds=AUTHORITIES, order=st.randoms(use_true_random=False))
def test_the_order_of_folders_and_files_does_not_matter(seeds: list[int], order: Random) -> None:
    with TemporaryDirectory() as folder:
        folders = []
        for at, seed in enumerate(seeds):
            folders.append(Path(folder) / str(at))
            written(folders[-1], f"{100 + at}", drawn_cells(Random(seed)))
        pools = []
        for _ in range(2):
            pool = read_pool(folders, catalogue(), RULES, JANUARY)
            pools.append(as_json(pool, pool.figures()))
            order.shuffle(folders)
    assert pools[0] == pools[1]


def test_each_authority_stands_beside_the_rest_of_them(tmp_path: Path) -> None:
    cells = [
        [cell._replace(numerator=number, denominator=100, sourced=("month",), status="ok", category=None, excluded={})
         for cell in drawn_cells(Random(1)) if cell.indicator == "shares"]
        for number in (10, 20, 60)
    ]  # fmt: skip
    pooled = pool_of(*(written(tmp_path, f"10{at}", each) for at, each in enumerate(cells))).one("shares", "month")
    assert [part.numbers.value for part in pooled.parts] == [Decimal(10), Decimal(20), Decimal(60)]
    assert [pooled.rest(part) for part in pooled.parts] == [Decimal(40), Decimal(35), Decimal(15)]
    assert pooled.numbers.value == 30
    # Three that all lie far apart say nothing of any one of them.
    assert pooled.funnel is not None and pooled.funnel.widened
    assert [pooled.place(part) for part in pooled.parts] == [WITHIN, WITHIN, WITHIN]


def test_limits_are_of_the_kind_that_totals_allow(tmp_path: Path) -> None:
    pool = pool_of(*files(tmp_path, [1, 2]))
    kinds = {name: pool.one(name, catalogue()[name].bases[0]).kind for name in pool.catalogue}
    assert kinds == {
        "shares": PROPORTION, "stocks": PROPORTION, "mixes": PROPORTION, "counts": RATE, "means": "", "turnover": "",
    }  # fmt: skip


@pytest.mark.parametrize("numbers", [(-3, 10), (13, 10)])
def test_what_no_chance_would_give_has_no_limits(tmp_path: Path, numbers: tuple[int, int]) -> None:
    """Less than nothing, or more than there was to count: an underspend, cover beyond what is vacant, a mistake."""
    cells = [cell for cell in drawn_cells(Random(3)) if cell.indicator == "shares"]
    alike = [cell._replace(sourced=("month",), status="ok", numerator=5, denominator=10) for cell in cells]
    odd = [cell._replace(numerator=numbers[0], denominator=numbers[1]) for cell in alike]
    pooled = pool_of(written(tmp_path, "100", alike), written(tmp_path, "200", odd)).one("shares", "month")
    assert pooled.kind == PROPORTION and pooled.funnel is None
    assert pooled.numbers.numerator == 5 + numbers[0]
    assert {pooled.place(part) for part in pooled.parts} == {None}


def test_a_share_of_money_is_no_share_of_cases(tmp_path: Path) -> None:
    whole = load_catalogue([SHIPPED])
    definition = whole["budget_variance"]
    cells = [cell for cell in drawn_cells(Random(3), indicators=[definition]) if cell.month == JANUARY]
    under = [cell._replace(sourced=("month",), status="ok", numerator=-5, denominator=10) for cell in cells]
    files = [read_month_cells(written(tmp_path, code, under, [JANUARY])) for code in ("100", "200")]
    pooled = Pool(whole, {}, JANUARY, files).one("budget_variance", "month")
    assert (pooled.kind, pooled.funnel) == ("", None)
    assert pooled.numbers.value == -50


def test_what_counts_once_each_and_what_is_in_the_middle_are_never_added(tmp_path: Path) -> None:
    pool = pool_of(*files(tmp_path, [1, 2]))
    assert set(pool.not_added) == {"heads", "middles"}
    assert "would count twice" in pool.not_added["heads"]
    assert {pooled.definition.id for pooled in pool.figures()}.isdisjoint(pool.not_added)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"definition_version": 2}, "its definition is version 2, not 1"),
        ({"fingerprint": "another"}, "its definition is called version 1 but counts otherwise"),
        ({"rules": {"days": 15}}, "its rule is days = 15, not 10"),
        ({"rules": {}}, "its rule is days = not set, not 10"),
        ({"status": "cannot_compute", "sourced": ()}, "it could not be computed there"),
        ({"status": "no_source", "sourced": ()}, "no source"),
        ({"numerator": None, "denominator": None}, "its file has no number for January 2017"),
    ],
)
def test_an_authority_that_counts_otherwise_is_named_and_not_added(
    tmp_path: Path, change: dict[str, object], why: str
) -> None:
    cells = [cell for cell in drawn_cells(Random(3)) if cell.indicator == "stocks"]
    alike = [cell._replace(numerator=1, denominator=2, sourced=("snapshot",), status="ok") for cell in cells]
    other = [cell._replace(**change) for cell in alike]  # type: ignore[arg-type]
    pooled = pool_of(written(tmp_path, "100", alike), written(tmp_path, "200", other)).one("stocks", "snapshot")
    assert dict(pooled.left_out) == {"200": why}
    assert (pooled.numbers.numerator, pooled.numbers.denominator) == (1, 2)


def test_the_rules_of_whoever_pools_decide(tmp_path: Path) -> None:
    cells = [cell._replace(rules={"days": 15}) for cell in drawn_cells(Random(3)) if cell.indicator == "stocks"]
    path = written(tmp_path, "100", cells)
    pooled = read_pool([path.parent], catalogue(), {"stocks": {"days": 15}}, JANUARY).one("stocks", "snapshot")
    assert not any("rule" in why for why in pooled.left_out.values())


def test_an_indicator_of_one_councils_own_is_named(tmp_path: Path) -> None:
    cells = list(drawn_cells(Random(4)))
    own = [cell._replace(indicator="our_own") for cell in cells if cell.indicator == "shares"]
    pool = pool_of(written(tmp_path, "100", [*cells, *own]))
    assert pool.unknown == {"our_own": ["Council 100"]}


def test_a_file_that_is_too_short_for_a_period_is_not_half_counted(tmp_path: Path) -> None:
    six, bases = MONTHS[-6:], ("month", "year_to_date", "rolling_12_months")
    cells = [
        cell._replace(numerator=1, denominator=2, sourced=bases, status="ok")
        for cell in drawn_cells(Random(5), six)
        if cell.indicator == "shares"
    ]
    pool = pool_of(written(tmp_path, "100", cells, six))
    assert pool.one("shares", "month").numbers.numerator == 1
    year = pool.one("shares", "rolling_12_months")
    assert (year.numbers.status, year.numbers.numerator) == ("no_source", None)
    assert dict(year.left_out) == {"100": "its file lacks February 2016 to July 2016"}


def test_who_is_missing_is_named_with_what_is_lacking(tmp_path: Path) -> None:
    earlier = list(month_ends(MONTHS[0], month_end(JANUARY, -2)))
    paths = [
        written(tmp_path, "100", drawn_cells(Random(1))),
        written(tmp_path, "200", drawn_cells(Random(2), earlier), earlier, "Late Council"),
    ]
    pool = pool_of(*paths, expected={"100": "Council 100", "200": "Late Council", "300": "Silent Council"})
    assert [(each.code, each.why) for each in pool.missing] == [
        ("200", "its month cells hold February 2015 to November 2016 only"),
        ("300", "sent no month cells"),
    ]
    assert all("200" in pooled.left_out for pooled in pool.figures())


def test_a_stranger_in_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ComputeError, match=r"not among those expected: Council 200 \(month-cells-200.csv\)"):
        pool_of(*(written(tmp_path, code, drawn_cells(Random(1))) for code in ("100", "200")), expected={"100": "A"})


def test_two_files_of_one_authority_are_refused(tmp_path: Path) -> None:
    first = written(tmp_path / "a", "100", drawn_cells(Random(1)))
    second = written(tmp_path / "b", "100", drawn_cells(Random(2)))
    with pytest.raises(DeliveryError, match="are both of authority 100") as refused:
        pool_of(first, second)
    assert "nothing was added up" in str(refused.value)


def test_a_month_that_no_file_holds_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "100", drawn_cells(Random(1)))
    with pytest.raises(ComputeError, match="no file of month cells holds March 2018") as refused:
        pool_of(path, month=date(2018, 3, 31))
    assert "2015-02 to 2017-01" in str(refused.value)
    (tmp_path / "none").mkdir()
    with pytest.raises(ComputeError, match="no such file in the folders"):
        read_pool([tmp_path / "none"], catalogue(), RULES, JANUARY)
