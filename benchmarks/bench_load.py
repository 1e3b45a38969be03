"""How fast deliveries load, against a floor measured in the same run, and in how much memory: CPU seconds, peak MB.

    python benchmarks/bench_load.py [--children 50000] [--many 200000] [--rows 10000] [--rounds 3]

Census: the reading alone (XML into validated rows held by the intake, less what importing the reader
takes), and the whole of `compendium load`, less what Python takes to start, each in a process of its
own, against one pass of lxml into plain rows. Annex A: the whole load against a bare read of every
sheet by calamine. Then the census of many children, for its memory, and the record of all that was
loaded, for what a snapshot of it takes. The files are made by the generators in ../shared/tools;
where they are absent, it says so. Each figure of time is the least of the rounds, for another
program on the machine can only add to it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT.parent / "shared" / "tools"
READING_BAR, CENSUS_BAR, ANNEX_BAR = 1.5, 2.5, 3.0  # times the floor
MEMORY_BAR = 400  # MB

WALK = "import sys; from pathlib import Path; from benchmarks.walk import walk; walk(Path(sys.argv[1]))"
SHEETS = (
    "import sys; from python_calamine import CalamineWorkbook as Book; book = Book.from_path(sys.argv[1]);"
    " [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]"
)
READER = (
    "import gc, sys; from datetime import date; from pathlib import Path; from compendium.record.intake import Intake;"
    " from compendium.sources import cin_census; from compendium.sources.delivered import open_delivery; gc.disable()"
)
READING = (
    f"{READER}; intake = Intake('', '', date(2025, 6, 1), bytes(32));"
    " cin_census.read(open_delivery(Path(sys.argv[1])), intake); intake.finish()"
)
SNAPSHOT = (
    "import sys; from pathlib import Path; from compendium.record.deliveries import Record;"
    " from compendium.workspace import open_workspace; Record.open(open_workspace(Path(sys.argv[1]))).as_at()"
)
LOAD = "import sys; from compendium.cli import main; sys.exit(main(sys.argv[1:]))"


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--children", type=int, default=50_000)
    ask.add_argument("--many", type=int, default=200_000, help="children of the census that is loaded for its memory")
    ask.add_argument("--rows", type=int, default=10_000, help="of each of the eleven lists")
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    if not TOOLS.is_dir():
        print(f"not measured: the generators are absent (no folder {TOOLS})")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        made = [Path(folder) / name for name in ("census.xml", "annex_a_2025-03-31.xlsx", "many.xml")]
        census, annex, many = made
        _make_census(census, given.children)
        _make("gen_annexa.py", "--rows", given.rows, "--seed", 1, "--out", annex)
        _make_census(many, given.many)
        children = f"census of {given.children:,} children"
        slow = compare(f"{children}, reading", census, WALK, READING_BAR, given.rounds, READING)
        slow |= compare(f"{children}, load", census, WALK, CENSUS_BAR, given.rounds)
        slow |= compare(f"Annex A, 11 lists of {given.rows:,} rows, load", annex, SHEETS, ANNEX_BAR, given.rounds)
        return int(slow | _remember(made, given.many))


def _make_census(path: Path, children: int) -> None:
    _make("gen_cin.py", "--children", children, "--seed", 1, "--errors", 0.02, "--out", path)


def _make(tool: str, *options: object) -> None:
    subprocess.run([sys.executable, str(TOOLS / tool), *map(str, options)], check=True)


def compare(what: str, path: Path, floor: str, bar: float, rounds: int, code: str = LOAD) -> bool:
    """Floor and reader by turns, so that both meet the same machine. Whether the reader missed its bar."""
    floors, times, memory = [], [], 0.0
    start_up = min(_run("pass", [])[0] for _ in range(rounds))
    reader = min(_run(READER, [])[0] for _ in range(rounds)) if code == READING else start_up
    for _ in range(rounds):
        floors.append(_run(floor, [str(path)])[0] - start_up)
        with _workspace() as workspace:
            options = ["load", str(path), "--workspace", str(workspace)] if code == LOAD else [str(path)]
            seconds, peak = _run(code, options)
            times.append(seconds - reader)
            memory = max(memory, peak)
    ratio = min(times) / min(floors)
    verdict = "missed" if ratio > bar else "met"
    print(
        f"{what}: {min(times):.2f} s, floor {min(floors):.2f} s, ratio {ratio:.2f}"
        f" (bar {bar:g}: {verdict}), peak {memory:.0f} MB"
    )
    return ratio > bar


def _remember(paths: Sequence[Path], children: int) -> bool:
    """The memory that the last file takes to load, and then a snapshot of all. Whether it missed its bar."""
    with _workspace() as workspace:
        for path in paths:
            # Each is of other children: they are taken on purpose.
            options = ["load", str(path), "--workspace", str(workspace), "--authority", "209"]
            seconds, peak = _run(LOAD, options)
        verdict = "missed" if peak > MEMORY_BAR else "met"
        print(
            f"census of {children:,} children, load: {seconds:.2f} s, peak {peak:.0f} MB (bar {MEMORY_BAR}: {verdict})"
        )
        seconds, held = _run(SNAPSHOT, [str(workspace)])
        print(f"the record of these {len(paths)} as at its last day: {seconds:.2f} s, peak {held:.0f} MB")
    return peak > MEMORY_BAR


@contextmanager
def _workspace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "wealdmere"
        _run(LOAD, ["new", str(workspace)])
        yield workspace


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
