"""How fast the catalogue computes, against hand-written queries that give the same cells, and how that grows.

    python benchmarks/bench_catalogue.py [--county demo/wealdmere] [--rounds 3] [--authorities 1 10 50 150]
                                           [--spark 1 50 150]

1. Every indicator from the county's record: 36 months, the authority, each area and team, each declared breakdown
   singly. Seconds by the clock and of processor.
2. The indicators for which `catalogue_peer.py` has a hand-written query: their month cells by the catalogue, its
   model included, and by the queries, which must give the same integers. Seconds of processor, the least of the rounds.
3. Every indicator from a made-up record of two million events.
4. Every indicator of so many authorities in one database, in a process of its own each: seconds of processor and the
   peak of memory. Beside it the same on Spark, with what the program and Java take; --spark with no number leaves
   that out.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import TypeVar

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.catalogue_peer import PEERS, Cells, cells, prepare, run
from benchmarks.made_up import CUT, EVENTS, made_up_record, names, workspace
from compendium.calendar.months import month_end, month_ends
from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.engine.engine import Engine
from compendium.engine.partition import COLUMN
from compendium.indicators.authority import Authority
from compendium.indicators.compute import compute, compute_region, tables_read
from compendium.indicators.figures import Figures
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.indicators.periods import period_start
from compendium.indicators.placing import month_number
from compendium.record.deliveries import Record
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from compendium.workspace import FILE, Workspace, open_workspace

ROOT = Path(__file__).resolve().parents[1]
COUNTY = ROOT / "demo" / "wealdmere"
AS_AT = date(2017, 3, 3)
MONTHS = list(month_ends(date(2014, 2, 1), date(2017, 1, 31)))
ALL_BAR, PEER_BAR, MANY_BAR = 6.0, 1.5, 20.0
MANY = 2_000_000  # events
SMALL = 0.02  # of a large county: an authority of the growing region
Made = TypeVar("Made")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--county", type=Path, default=COUNTY)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--authorities", type=int, nargs="*", default=[1, 10, 50, 150])
    ask.add_argument("--spark", type=int, nargs="*", default=[1, 50, 150], help="the same on Spark (default: 1 50 150)")
    ask.add_argument("--region", type=int, help=argparse.SUPPRESS)
    ask.add_argument("--on-spark", action="store_true", help=argparse.SUPPRESS)
    given = ask.parse_args()
    catalogue = load_catalogue([SHIPPED])
    if given.region:
        (_region_on_spark if given.on_spark else _region)(given.region, catalogue)
        return 0
    missed = _of_county(given.county, catalogue, given.rounds)
    missed += _many(catalogue)
    _growth(given.authorities)
    _growth(given.spark, "--on-spark")
    return int(missed > 0)


def timed(work: Callable[[], Made]) -> tuple[float, float, Made]:
    """Seconds by the clock, seconds of processor, and what was made."""
    began, used = time.perf_counter(), time.process_time()
    made = work()
    return time.perf_counter() - began, time.process_time() - used, made


def read_all(figures: Figures) -> int:
    """Every figure there is; how many."""
    read = 0
    for indicator in figures.catalogue.values():
        for basis in indicator.bases:
            for month in figures.months:
                read += indicator.value != "mix" and figures.one(indicator.id, month, basis) is not None
                for dimension in ("area", "team", *indicator.dimensions):
                    read += len(figures.by(indicator.id, month, dimension, basis))
    return read


def _of_county(folder: Path, catalogue: Catalogue, rounds: int) -> int:
    if not (folder / FILE).is_file():
        print(f"not measured: there is no county at {folder}; make demo writes it")
        return 0
    county = open_workspace(folder)
    snapshot = Record.open(county).as_at(AS_AT)
    missed = _all("the county's record", snapshot, catalogue, county, ALL_BAR)
    return missed + _against_peer(snapshot, catalogue, county, rounds)


def _all(of: str, snapshot: Snapshot, catalogue: Catalogue, settings: Workspace, bar: float) -> int:
    clock, used, figures = timed(lambda: compute(snapshot, catalogue, settings, MONTHS))
    for name, why in figures.problems.items():
        print(f"  {name}: {why}")
    # On a machine with other work the clock tells of that too; two free processors need no longer than one would.
    said = "missed" if min(clock, used) > bar else "met"
    print(
        f"{of}: the cells of {len(catalogue)} indicators, {len(MONTHS)} months, in {clock:.1f} s "
        f"({used:.1f} s of processor; bar {bar:g} s: {said})"
    )
    clock, used, read = timed(lambda: read_all(figures))
    print(f"  {read:,} figures of all their periods and places read from them in {clock:.1f} s ({used:.1f} s)")
    return int(said == "missed")


def _against_peer(snapshot: Snapshot, catalogue: Catalogue, county: Workspace, rounds: int) -> int:
    chosen = [name for name in PEERS if name in catalogue]

    first = min(period_start(basis, MONTHS[0]) for name in chosen for basis in catalogue[name].bases)

    def by_hand() -> list[list[tuple[object, ...]]]:
        prepare(snapshot.connection, first, MONTHS, snapshot.cut)
        return [run(snapshot.connection, PEERS[name], county.areas) for name in chosen]

    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(timed(lambda: compute(snapshot, catalogue, county, MONTHS, chosen)))
        theirs.append(timed(by_hand))
    figures, found = ours[-1][2], theirs[-1][2]
    same = 0
    for name, rows in zip(chosen, found, strict=True):
        same += _same(name, figures, cells(PEERS[name], rows))
    ours_used, peer_used = min(each[1] for each in ours), min(each[1] for each in theirs)
    ratio = ours_used / peer_used
    said = "missed" if ratio > PEER_BAR else "met"
    print(
        f"{len(chosen)} indicators, their model included: {ours_used:.2f} s of processor; the same {same:,} cells by "
        f"hand-written queries: {peer_used:.2f} s; ratio {ratio:.2f} (bar {PEER_BAR:g}: {said})"
    )
    print(f"  {', '.join(chosen)}")
    return int(said == "missed")


def _same(name: str, figures: Figures, found: Cells) -> int:
    """How many cells were compared, of all periods; AssertionError at the first that differs."""
    definition = figures.catalogue[name]
    compared = 0
    for basis, month in product(definition.bases, figures.months):
        since = month_number(month if definition.is_snapshot else period_start(basis, month))
        parts = ("area", "team", *definition.dimensions)
        for figure in (
            figures.one(name, month, basis),
            *(each for part in parts for each in figures.by(name, month, part, basis)),
        ):
            if figure.status == "no_source":
                continue
            place = [
                each for each in (("area", figure.area), ("team", figure.team), figure.breakdown) if each and each[1]
            ]
            key = tuple(place[0]) if place else ()
            months = [found.get((key, each), (0, 0)) for each in range(since, month_number(month) + 1)]
            numerator, denominator = (sum(each) for each in zip(*months, strict=True))
            wanted = figure.numerator, figure.denominator
            assert wanted == (numerator, denominator if definition.has_denominator else None), (name, figure)
            compared += 1
    return compared


def _many(catalogue: Catalogue) -> int:
    snapshot = made_up_record(MANY / EVENTS)
    return _all(f"{MANY:,} made-up events", snapshot, catalogue, workspace(), MANY_BAR)


def _growth(authorities: Sequence[int], *options: str) -> None:
    """Each in a process of its own, for its peak of memory."""
    for count in authorities:
        subprocess.run([sys.executable, __file__, "--region", str(count), *options], check=True)


def _counted(count: int, engine: Engine, snapshot: Snapshot, catalogue: Catalogue) -> list[date]:
    """Counts a region; the months for which."""
    authorities = {name: Authority(snapshot, workspace().areas, None) for name in names(count)}
    months = list(month_ends(month_end(CUT, -12), month_end(CUT, -1)))
    figures = compute_region(engine, authorities, catalogue, workspace(), months)
    for name, why in next(iter(figures.values())).problems.items():
        print(f"  {name}: {why}")
    return months


def _region_on_spark(count: int, catalogue: Catalogue) -> None:
    from compendium.engine.spark_engine import local_spark

    snapshot = made_up_record(SMALL, count)
    with local_spark() as engine:
        began = time.perf_counter()
        for name in tables_read(catalogue, list(catalogue.values())):
            columns = {**TABLES[name].relation, COLUMN: "text"}
            quoted = ", ".join(f'"{column}"' for column in columns)
            rows = snapshot.connection.execute(f'SELECT {quoted} FROM record."{name}"').fetchall()
            engine.store_rows("record", name, columns, rows)
        handed = time.perf_counter()
        _, used, months = timed(lambda: _counted(count, engine, snapshot, catalogue))
        counted = time.perf_counter() - handed
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    java = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{count:>4} authorities on Spark, {len(months)} months: handed over in {handed - began:.1f} s by the clock, "
        f"counted in {counted:.1f} s, {counted / count:.2f} s each ({used:.1f} s of processor here and "
        f"{java.ru_utime + java.ru_stime:.1f} s in Java, all told); peak {peak / 1000:,.0f} MB here and "
        f"{java.ru_maxrss / 1000:,.0f} MB in Java"
    )


def _region(count: int, catalogue: Catalogue) -> None:
    snapshot = made_up_record(SMALL, count)
    made_in = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    engine = DuckDBEngine(snapshot.connection)
    _, used, months = timed(lambda: _counted(count, engine, snapshot, catalogue))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{count:>4} authorities of {round(SMALL * EVENTS):,} events, {len(months)} months: {used:6.1f} s of "
        f"processor, {used / count:.2f} s each; peak {peak / 1000:,.0f} MB ({made_in / 1000:,.0f} MB before)"
    )


if __name__ == "__main__":
    sys.exit(main())
