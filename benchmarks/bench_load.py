"""How fast deliveries load, against a floor measured in the same run: CPU seconds and peak memory.

    python benchmarks/bench_load.py [--children 50000] [--rows 10000] [--rounds 3]

Census: the whole of `compendium load`, in a process of its own, less what Python takes to start,
against one pass of lxml into plain rows. Annex A: the same against a bare read of every sheet by
calamine. The files are made by the generators in ../shared/tools; where they are absent, it says so.
Each figure is the least of the rounds, for another program on the machine can only add to it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT.parent / "shared" / "tools"
CENSUS_BAR, ANNEX_BAR = 3.0, 4.0

WALK = "import sys; from pathlib import Path; from benchmarks.walk import walk; walk(Path(sys.argv[1]))"
READ = (
    "import sys; from python_calamine import CalamineWorkbook as Book; book = Book.from_path(sys.argv[1]);"
    " [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]"
)
LOAD = "import sys; from compendium.cli import main; sys.exit(main(sys.argv[1:]))"


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--children", type=int, default=50_000)
    ask.add_argument("--rows", type=int, default=10_000, help="of each of the eleven lists")
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    if not TOOLS.is_dir():
        print(f"not measured: the generators are absent (no folder {TOOLS})")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        census, annex = Path(folder) / "census.xml", Path(folder) / "annex_a_2025-03-31.xlsx"
        _make("gen_cin.py", "--children", given.children, "--seed", 1, "--errors", 0.02, "--out", census)
        _make("gen_annexa.py", "--rows", given.rows, "--seed", 1, "--out", annex)
        slow = compare(f"census of {given.children:,} children", census, WALK, CENSUS_BAR, given.rounds)
        slow |= compare(f"Annex A, 11 lists of {given.rows:,} rows", annex, READ, ANNEX_BAR, given.rounds)
    return int(slow)


def _make(tool: str, *options: object) -> None:
    subprocess.run([sys.executable, str(TOOLS / tool), *map(str, options)], check=True)


def compare(what: str, path: Path, floor: str, bar: float, rounds: int) -> bool:
    """Floor and load by turns, so that both meet the same machine. Whether the load missed its bar."""
    floors, loads, memory = [], [], 0.0
    start_up = min(_run("pass", [])[0] for _ in range(rounds))
    for _ in range(rounds):
        floors.append(_run(floor, [str(path)])[0] - start_up)
        with tempfile.TemporaryDirectory() as folder:
            workspace = Path(folder) / "wealdmere"
            _run(LOAD, ["new", str(workspace)])
            seconds, peak = _run(LOAD, ["load", str(path), "--workspace", str(workspace)])
            loads.append(seconds - start_up)
            memory = max(memory, peak)
    ratio = min(loads) / min(floors)
    verdict = "missed" if ratio > bar else "met"
    print(
        f"{what}: load {min(loads):.2f} s, floor {min(floors):.2f} s, ratio {ratio:.2f}"
        f" (bar {bar:g}: {verdict}), peak {memory:.0f} MB"
    )
    return ratio > bar


def _run(code: str, arguments: Sequence[str]) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a Python process of its own."""
    environment = {key: value for key, value in os.environ.items() if key != "COMPENDIUM_KEY_FILE"}
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments or code} ended with status {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
