"""How fast the months of a whole catalogue are judged, and what stands out is explained.

    python benchmarks/bench_signals.py [--indicators 83] [--places 45] [--months 48] [--rounds 3]

Every indicator of every area and team: its chart and verdict; of each signal the drivers (five parts), the triangle of
its last year's revisions, and of a stock the forecast. The series are drawn at random, counts and shares, stocks and
seasons in the proportions of the catalogue. Seconds of processor, the least of the rounds, beside the plainest chart
there could be of the same months: their mean and moving range by numpy.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from compendium.calendar.months import month_end
from compendium.signals.chart import Chart, Month, chart
from compendium.signals.drivers import Part, split_count, split_share
from compendium.signals.forecast import forecast
from compendium.signals.revisions import AGES, Row, to_age, usual
from compendium.signals.verdict import verdict

BAR = 3.0
NEWEST = date(2017, 1, 31)
KINDS = ("share", "count", "stock", "stock share", "season")
OF_THE_CATALOGUE = (0.40, 0.25, 0.17, 0.15, 0.03)
PARTS, VINTAGES = 5, 13
SEED = 2017


@dataclass(frozen=True)
class Series:
    """One indicator of one place. parts: its numerators and denominators by part and month."""

    kind: str
    months: list[Month]
    parts: dict[str, Part]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--indicators", type=int, default=83)
    ask.add_argument("--places", type=int, default=45)
    ask.add_argument("--months", type=int, default=48)
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    drawn = _drawn(given.indicators * given.places, given.months)
    floors, ours = [], []
    for _ in range(given.rounds):
        began = time.process_time()
        _plainest(drawn)
        floors.append(time.process_time() - began)
        began = time.process_time()
        told = _judged(drawn)
        ours.append(time.process_time() - began)
    best = min(ours)
    print(
        f"{len(drawn):,} series of {given.months} months ({given.indicators} indicators x {given.places} places), "
        f"judged, and {told['signal']} signals explained: {best:.2f} s of processor, "
        f"{best / min(floors):.0f} times mean and moving range by numpy "
        f"(bar {BAR:g} s: {'missed' if best > BAR else 'met'})"
    )
    print(f"  {', '.join(f'{name} {number:,}' for name, number in sorted(told.items()))}")
    return int(best > BAR)


def _judged(drawn: Sequence[Series]) -> Counter[str]:
    told: Counter[str] = Counter()
    for each in drawn:
        made = chart(
            each.months,
            is_share="share" in each.kind,
            is_count="share" not in each.kind,
            is_stock="stock" in each.kind,
            seasonal=each.kind == "season",
        )
        found = verdict(made, "lower_is_better")
        told[found.strength] += 1
        if found.strength == "signal":
            _explain(each, made)
            told["drivers"] += 1
            told["triangles"] += 1
            told["forecasts"] += "stock" in each.kind
    return told


def _explain(series: Series, made: Chart) -> None:
    limit = made.limits[-1]
    assert limit is not None
    if "share" in series.kind:
        split_share(made, series.parts, Fraction(100))
    else:
        split_count(made, series.parts, Fraction(limit.middle))
    last = len(series.months) - 1
    rows = []
    for at in range(last - VINTAGES, last + 1):
        value = series.months[at].value
        rows.append(Row(series.months[at].period, (value,) * len(AGES), value, last - at))
    for age in AGES[1:]:
        usual(to_age(rows, age, in_points="share" in series.kind))
    if "stock" in series.kind:
        forecast([each.value for each in series.months])


def _plainest(drawn: Sequence[Series]) -> None:
    for each in drawn:
        values = np.array([month.value for month in each.months])
        reach = 2.66 * np.abs(np.diff(values)).mean()
        _ = values.mean() - reach <= values[-1] <= values.mean() + reach


def _drawn(number: int, months: int) -> list[Series]:
    draw = np.random.default_rng(SEED)
    ends = [month_end(NEWEST, at + 1 - months) for at in range(months)]
    return [_one(draw, str(draw.choice(KINDS, p=OF_THE_CATALOGUE)), ends) for _ in range(number)]


def _one(draw: np.random.Generator, kind: str, ends: Sequence[date]) -> Series:
    size = float(draw.uniform(20, 400)) / PARTS
    walk = np.exp(np.cumsum(draw.normal(0, 0.01, len(ends)))) if "stock" in kind else np.ones(len(ends))
    season = np.array([0.75 if end.month == 8 else 1.0 for end in ends]) if kind == "season" else 1.0
    wholes = draw.poisson(size * walk * season, (PARTS, len(ends))) + 1
    shares = draw.binomial(wholes, draw.uniform(0.2, 0.9))
    is_share = "share" in kind
    over, under = (shares.sum(axis=0), wholes.sum(axis=0)) if is_share else (wholes.sum(axis=0), None)
    made = []
    for at, end in enumerate(ends):
        n = None if under is None else float(under[at])
        made.append(Month(end, 100 * float(over[at]) / n if n else float(over[at]), float(over[at]), n))
    parts = {
        str(part): Part((shares if is_share else wholes)[part].tolist(), wholes[part].tolist() if is_share else ())
        for part in range(PARTS)
    }
    return Series(kind, made, parts)


if __name__ == "__main__":
    sys.exit(main())
