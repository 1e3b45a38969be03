"""What an authority hands out is what its figures say: a pool of one is that one, and no child is in the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from compendium.calendar.months import month_end
from compendium.errors import ComputeError
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.indicators.periods import longest
from compendium.pooling.addable import rules_by_indicator
from compendium.pooling.export import export_month_cells, months_to
from compendium.pooling.month_cells import CAUTION
from compendium.pooling.pool import Pool
from compendium.pooling.reading import read_month_cells
from compendium.record.snapshot import Snapshot
from tests.catalogue.county import COUNTY
from tests.catalogue.county import catalogue as shipped
from tests.catalogue.drawing import random_history
from tests.indicators.drawn import JANUARY, figures_of
from tests.pooling.drawn import catalogue

HISTORIES = settings(max_examples=max(2, settings().max_examples // 25), phases=[Phase.generate])
REFERRALS = """
    person_id  team_id  referral_date  close_date  nfa  source_code
    child-1    NE1      2016-11-10     2016-12-10  1    6
    child-2    NE1      2017-01-05     -           0    6
    child-3    SW1      2017-01-20     -           1    2A
"""
POSTS = """
    month_end   team_id  role           in_post_hundredths  leavers_hundredths
    2016-12-31  NE1      social_worker  1000                100
    2017-01-31  NE1      social_worker  900                 50
"""
POPULATION = """
    mid_year  geography_code  age_from  age_to  persons  vintage
    2015      999             0         17      20000    mid-2015 estimates
"""


def drawn_figures(since: int = 24, **more: str) -> Figures:
    """Two years of months, whose referrals are known for the last `since` of them."""
    known = (month_end(JANUARY, -since) + timedelta(days=1), JANUARY)
    tables = {"referral": REFERRALS, "establishment": POSTS, "population": POPULATION, **more}
    coverage = {name: [known if name == "referral" else (month_end(JANUARY, -24), JANUARY)] for name in tables}
    coverage["team"] = coverage["population"]
    return figures_of(catalogue(), tables, months=months_to(JANUARY, 24), coverage=coverage)


def exported(figures: Figures, folder: Path) -> Path:
    rules = rules_by_indicator(figures.catalogue, COUNTY)
    return export_month_cells(figures, rules, "999", COUNTY, folder)[0]


def check_a_pool_of_one(figures: Figures, path: Path) -> int:
    """Every figure of every basis and of the newest months; how many were compared."""
    rules = rules_by_indicator(figures.catalogue, COUNTY)
    compared = 0
    for month in figures.months[-2:]:
        pool = Pool(figures.catalogue, rules, month, [read_month_cells(path)])
        for pooled in pool.figures():
            name, part = pooled.definition.id, None if pooled.category is None else ("category", pooled.category)
            one = figures.one(name, month, pooled.basis, breakdown=part)
            said = pooled.numbers
            excluded = (
                {} if one.status == "no_source" else dict(one.excluded)
            )  # of what is not told, nothing is exported
            if longest(pooled.basis) > len([each for each in figures.months if each <= month]):
                assert said.status == "no_source", "no more months were exported than were computed"
                continue
            assert (said.status, said.numerator, said.denominator, pooled.value, dict(said.excluded)) == (
                one.status, one.numerator, one.denominator, one.value, excluded,
            ), (name, pooled.basis, pooled.category)  # fmt: skip
            assert pooled.rate == one.rate
            compared += 1
    return compared


@HISTORIES
@given(draws=st.integers(0, 2**32), known_for=st.sampled_from((0, 45)))
def test_a_pool_of_one_is_that_one(draws: int, known_for: int) -> None:
    history = random_history(Random(draws), JANUARY)
    snapshot = Snapshot.drawn(history, JANUARY + timedelta(days=known_for))
    figures = compute(snapshot, shipped(), COUNTY, months_to(JANUARY, 14))
    with TemporaryDirectory() as folder:
        assert check_a_pool_of_one(figures, exported(figures, Path(folder))) > 100


@pytest.mark.parametrize("since", [24, 13, 10, 1])
def test_a_pool_of_one_has_no_source_where_that_one_has_none(tmp_path: Path, since: int) -> None:
    figures = drawn_figures(since)
    assert figures.problems == {}
    check_a_pool_of_one(figures, exported(figures, tmp_path))
    sourced = {cell.month for cell in read_month_cells(exported(figures, tmp_path)).cells
               if cell.indicator == "counts" and cell.numerator is not None}  # fmt: skip
    assert sourced == set(months_to(JANUARY, since))


def test_the_file_says_whose_it_is_and_what_it_may_be_used_for(tmp_path: Path) -> None:
    path = exported(drawn_figures(), tmp_path)
    assert path.name == "month-cells-999-2017-01.csv"
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    assert head[0] == "# compendium month cells, format 1"
    assert "# authority: 999 A county" in head
    assert "# months: 2015-02 to 2017-01" in head
    assert "# synthetic: describes no real council, child or worker" in head
    assert [line.split(": ")[1] for line in head if line.startswith("# left out")] == ["heads", "middles"]
    assert head[-1] == f"# {CAUTION}"


def test_the_file_holds_whole_numbers_with_their_definition_and_population(tmp_path: Path) -> None:
    cells = {(each.indicator, each.month): each for each in read_month_cells(exported(drawn_figures(), tmp_path)).cells
             if each.category is None}  # fmt: skip
    counts, stocks, means = (cells[name, JANUARY] for name in ("counts", "stocks", "means"))
    assert (counts.numerator, counts.denominator, counts.children) == (2, None, 20_000)
    assert counts.population == "mid-2015, mid-2015 estimates"
    assert (stocks.numerator, stocks.denominator, stocks.rules) == (2, 2, {"days": 10})
    assert (means.numerator, means.denominator, means.excluded) == (0, 0, {"no amount recorded": 2})
    assert cells["means", month_end(JANUARY, -2)].numerator == 30
    assert cells["turnover", JANUARY].denominator == 900


def test_no_child_is_in_the_file(tmp_path: Path) -> None:
    assert "child-" not in exported(drawn_figures(), tmp_path).read_text(encoding="utf-8")


def test_an_authority_without_a_code_is_told_where_to_set_it(tmp_path: Path) -> None:
    with pytest.raises(ComputeError, match="the authority has no code") as refused:
        export_month_cells(drawn_figures(), {}, None, replace(COUNTY, authority_code=None), tmp_path)
    assert "[authority] code" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = exported(drawn_figures(), tmp_path).read_bytes()

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("compendium.pooling.export.os.replace", full)
    with pytest.raises(OSError, match="no space"):
        exported(drawn_figures(13), tmp_path)
    (left,) = tmp_path.iterdir()
    assert left.read_bytes() == earlier
