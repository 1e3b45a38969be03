"""Authorities' month cells drawn at random, and a small catalogue with one indicator of each shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from compendium.calendar.months import month_end, month_ends, month_start
from compendium.indicators.loading import Catalogue
from compendium.indicators.periods import period_start
from compendium.indicators.shape import Indicator
from compendium.pooling.addable import fingerprint, why_not_added
from compendium.pooling.export import write_month_cells
from compendium.pooling.month_cells import Header, MonthCell
from compendium.pooling.pool import Pool
from compendium.pooling.reading import read_month_cells
from tests.indicators.drawn import catalogue_of

JANUARY = date(2017, 1, 31)
MONTHS = tuple(month_ends(month_end(JANUARY, -23), JANUARY))
SHAPES = """
shares:
  value: percent
  needs: {referral: month}
  rows: >
    SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, r.nfa AS numerator, 1 AS denominator
    FROM referral AS r WHERE r.nfa IS NOT NULL
counts:
  value: count
  rate: per_10000_children
  needs: {referral: month}
  rows: >
    SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator FROM referral AS r
means:
  value: mean
  periods: [rolling_12_months]
  needs: {referral: month}
  rows: >
    SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date,
           DAYS_BETWEEN(r.referral_date, r.close_date) AS amount FROM referral AS r
mixes:
  value: mix
  needs: {referral: month}
  rows: >
    SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator, r.source_code AS category
    FROM referral AS r
stocks:
  value: percent
  needs: {referral: month_end}
  limits: {days: 10}
  rows: >
    SELECT r.person_id AS child_id, r.team_id, m.month_end,
           CASE WHEN DAYS_BETWEEN(r.referral_date, m.month_end) > :days THEN 1 ELSE 0 END AS numerator, 1 AS denominator
    FROM month_end AS m JOIN referral AS r ON OPEN_AT(r.referral_date, r.close_date, m.month_end)
turnover:
  value: percent
  periods: [rolling_12_months, year_to_date]
  needs: {establishment: month}
  scale: {numerator: 100, denominator: 100}
  numerator_rows: >
    SELECT e.team_id, e.month_end AS on_date, e.leavers_hundredths AS numerator FROM establishment AS e
  denominator_rows: >
    SELECT e.team_id, e.month_end, e.in_post_hundredths AS denominator FROM establishment AS e
heads:
  value: count
  count: child_id
  needs: {referral: month}
  rows: >
    SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator FROM referral AS r
middles:
  value: median
  needs: {referral: month}
  rows: >
    SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date,
           DAYS_BETWEEN(r.referral_date, r.close_date) AS amount FROM referral AS r
"""
RULES: Mapping[str, Mapping[str, int | str]] = {"stocks": {"days": 10}}


@cache
def catalogue() -> Catalogue:
    """One indicator of each shape, by its name in SHAPES."""
    files: dict[str, Any] = {
        name: yaml.safe_dump({"place": "recorded", **shape}) for name, shape in yaml.safe_load(SHAPES).items()
    }
    with TemporaryDirectory() as folder:
        return catalogue_of(Path(folder), **files)


def header(code: str, months: Sequence[date] = MONTHS, name: str = "") -> Header:
    return Header(code, name or f"Council {code}", month_end(months[-1], 1), months[0], months[-1], "drawn", "0")


def drawn_cells(
    rng: Random, months: Sequence[date] = MONTHS, indicators: Iterable[Indicator] | None = None
) -> Iterator[MonthCell]:
    """One authority's cells, whose records begin in some month; before it nothing is known, and it is not 0."""
    begins = month_start(rng.choice(months))
    for each in catalogue().values() if indicators is None else indicators:
        if why_not_added(each):
            continue
        rules = RULES.get(each.id, {})
        for month in months:
            sourced = tuple(basis for basis in each.bases if begins <= period_start(basis, month))
            known = begins <= month
            size = rng.randrange(0, 400) if known and each.has_denominator else None
            number = rng.randrange(0, 1 + (400 if size is None else size)) if known and each.value != "mix" else None
            status = rng.choice(("ok", "ok", "provisional")) if sourced else "no_source"
            excluded = {"not yet due": rng.randrange(1, 9)} if known and rng.random() < 0.3 else {}
            children = 10_000 + 5_000 * rng.randrange(40) if each.rate else None
            one = MonthCell(each.id, 1, fingerprint(each), rules, month, month, None, number, size, excluded, children,
                            "mid-2015" if children else None, sourced, status)  # fmt: skip
            yield one._replace(as_at=JANUARY)
            left = size or 0
            for category in ("Police", "Schools") if each.value == "mix" else ():
                share = rng.randrange(0, left + 1)
                left -= share
                yield one._replace(
                    as_at=JANUARY, category=category, numerator=share if known else None, denominator=None, excluded={}
                )


def written(
    folder: Path, code: str, cells: Iterable[MonthCell], months: Sequence[date] = MONTHS, name: str = ""
) -> Path:
    path = folder / f"month-cells-{code}.csv"
    write_month_cells(path, header(code, months, name), list(cells), {})
    return path


def pool_of(*paths: Path, month: date = JANUARY, expected: Mapping[str, str] | None = None) -> Pool:
    return Pool(catalogue(), RULES, month, [read_month_cells(path) for path in paths], expected)
