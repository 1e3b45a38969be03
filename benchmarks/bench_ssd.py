"""How fast the Standard Safeguarding Dataset loads, against DuckDB's read_csv of the same files in the same run.

    python benchmarks/bench_ssd.py [--children 10000] [--rounds 3]

The folder is that of a county with so many children. The load is the whole of `compendium load` in a process of
its own, less what Python takes to start; the floor is DuckDB with one thread, in a process of its own, reading every
file into a table, as it guesses the columns. CPU seconds and peak memory; each time is the least of the rounds.
The load of half the children is measured too: memory that is flat does not double.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench_load import LOAD, _run

from compendium.county import days
from compendium.county.world import make_world
from compendium.county.writers.ssd import write_ssd

BAR = 4.0
CHILDREN = 117_000  # of the whole county
DAY = days.day("2017-07-03")
READ = (
    "import sys, duckdb; from pathlib import Path; c = duckdb.connect(config={'threads': 1});"
    " [c.execute(f\"CREATE TABLE {p.stem} AS SELECT * FROM read_csv('{p}')\") for p in Path(sys.argv[1]).iterdir()]"
)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--children", type=int, default=10_000)
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    start_up = min(_run("pass", [])[0] for _ in range(given.rounds))
    with tempfile.TemporaryDirectory() as folder:
        half, _ = _written(Path(folder) / "half", given.children // 2)
        whole, rows = _written(Path(folder) / "whole", given.children)
        floors, loads, memory, smaller = [], [], 0.0, 0.0
        for _ in range(given.rounds):
            floors.append(_run(READ, [str(whole)])[0] - start_up)
            seconds, peak = _load(whole)
            loads.append(seconds - start_up)
            memory, smaller = max(memory, peak), max(smaller, _load(half)[1])
    ratio = min(loads) / min(floors)
    print(
        f"SSD of {given.children:,} children, {rows:,} rows: load {min(loads):.2f} s, floor {min(floors):.2f} s, ratio"
        f" {ratio:.2f} (bar {BAR:g}: {'missed' if ratio > BAR else 'met'}), peak {memory:.0f} MB,"
        f" {smaller:.0f} MB for half the children"
    )
    return int(ratio > BAR)


def _written(folder: Path, children: int) -> tuple[Path, int]:
    """The folder of the dataset, and its rows."""
    written = write_ssd(make_world(2017, children / CHILDREN), DAY, folder)
    return written, sum(path.read_bytes().count(b"\n") - 1 for path in written.iterdir())


def _load(folder: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as made:
        workspace = str(Path(made) / "wealdmere")
        _run(LOAD, ["new", workspace])
        return _run(LOAD, ["load", str(folder), "--workspace", workspace])


if __name__ == "__main__":
    sys.exit(main())
