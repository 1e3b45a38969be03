"""What judging a record by every data-quality rule takes beyond loading it, and how that compares with its load.

    python benchmarks/bench_quality.py [--children 10000] [--rounds 3]

A census of so many children is loaded. Then two processes by turns: one reads the rules and opens the record as at
its last day, the other does the same and judges it by every rule that can run. The difference is what the checks
take; the load of the file, in the same run, is what it is held against. CPU seconds; each is the least of the rounds.
The file is made by a generator in ../shared/tools; where that is absent, it says so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.bench_load import LOAD, TOOLS, _make_census, _run, _workspace

BAR = 0.5  # seconds
OPENED = (
    "import sys; from pathlib import Path; from compendium.record.checks.judging import judge;"
    " from compendium.record.checks.loading import SHIPPED, load_rules;"
    " from compendium.record.deliveries import Record; from compendium.workspace import open_workspace;"
    " workspace = open_workspace(Path(sys.argv[1])); record = Record.open(workspace); rules = load_rules([SHIPPED])"
)
AS_AT = f"{OPENED}; record.as_at()"
JUDGED = f"{OPENED}; judge(record, rules.values(), workspace=workspace)"


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--children", type=int, default=10_000)
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    if not TOOLS.is_dir():
        print(f"not measured: the generators are absent (no folder {TOOLS})")
        return 0
    with tempfile.TemporaryDirectory() as folder, _workspace() as workspace:
        census = Path(folder) / "census.xml"
        _make_census(census, given.children)
        start_up = min(_run("pass", [])[0] for _ in range(given.rounds))
        load = _run(LOAD, ["load", str(census), "--workspace", str(workspace)])[0] - start_up
        opened, judged = [], []
        for _ in range(given.rounds):
            opened.append(_run(AS_AT, [str(workspace)])[0])
            judged.append(_run(JUDGED, [str(workspace)])[0])
    taken = min(judged) - min(opened)
    print(
        f"every rule on a census of {given.children:,} children: {taken:.2f} s beyond loading"
        f" (bar {BAR:g}: {'missed' if taken > BAR else 'met'}); the load of the file {load:.2f} s,"
        f" ratio {taken / load:.2f}"
    )
    return int(taken > BAR)


if __name__ == "__main__":
    sys.exit(main())
