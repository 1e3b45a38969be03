"""How fast an SSDA903 return loads, against a floor measured in the same run: CPU seconds and peak memory.

    python benchmarks/bench_ssda903.py [--children 10000] [--rounds 3]

The whole of `compendium load` of a folder of CSV files, in a process of its own, less what Python takes to
start, against one pass of the csv module over the same files. Then the load, and the judging of the record by every
data-quality rule, together: the return read and checked. The return is made here, from a seed.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.bench_load import _run, _workspace, compare
from benchmarks.bench_quality import JUDGED

BAR = 20.0  # the floor keeps and checks nothing; at this size a third of a load is the start of the program
CHECKED_BAR = 3.0  # seconds
READ_AND_CHECKED = (
    "import sys; from compendium.cli import main; assert main(['load', sys.argv[2], '--workspace', sys.argv[1]]) == 0;"
    f" {JUDGED}"
)
FLOOR = (
    "import csv, sys; from pathlib import Path;"
    " [list(csv.reader(open(path, newline=''))) for path in sorted(Path(sys.argv[1]).iterdir())]"
)
FIRST = date(2016, 4, 1)
COLUMNS = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN",
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "uasc": "CHILD SEX DOB DUC",
    "oc2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT"
    " SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "previous_permanence": "CHILD DOB PREV_PERM LA_PERM DATE_PERM",
    "missing": "CHILD DOB MISSING MIS_START MIS_END",
}
Rows = dict[str, list[list[str]]]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--children", type=int, default=10_000)
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ssda903"
        path.mkdir()
        rows = 0
        for table, lines in make(given.children, random.Random(903)).items():
            rows += len(lines)
            with open(path / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([COLUMNS[table].split(), *lines])
        what = f"SSDA903 of {given.children:,} children, {rows:,} rows"
        slow = compare(what, path, FLOOR, BAR, given.rounds)
        return int(slow | _check(path, given.rounds))


def _check(path: Path, rounds: int) -> bool:
    """Whether the load and the judging missed their bar."""
    start_up, times = min(_run("pass", [])[0] for _ in range(rounds)), []
    for _ in range(rounds):
        with _workspace() as workspace:
            times.append(_run(READ_AND_CHECKED, [str(workspace), str(path)])[0] - start_up)
    seconds = min(times)
    print(f"read and checked: {seconds:.2f} s (bar {CHECKED_BAR:g}: {'missed' if seconds > CHECKED_BAR else 'met'})")
    return seconds > CHECKED_BAR


def make(children: int, chance: random.Random) -> Rows:
    """A return of the year to March 2017."""
    made: Rows = {table: [] for table in COLUMNS}
    for number in range(children):
        child, age = str(600_000 + number), chance.randrange(21)
        born = _day(FIRST - timedelta(365 * age + chance.randrange(365)))
        sex = chance.choice("12")
        made["header"].append([child, sex, born, "WBRI", "", "", ""])
        if age >= 18:
            made["oc3"].append([child, born, chance.choice(["YES", "NO"]), chance.choice(["F2", "G5"]), "U1"])
            continue
        made["episodes"] += _episodes(child, chance)
        made["reviews"] += [
            [child, born, _day(FIRST + timedelta(chance.randrange(364))), f"PN{chance.randrange(8)}"] for _ in "12"
        ]
        made["oc2"].append([child, born, str(chance.randrange(41)), "", "0", "", "1", "1", "1", "0", "", ""])
        made["previous_permanence"].append([child, born, "Z1", "", ""])
        if chance.random() < 0.1:
            made["uasc"].append([child, sex, born, ""])
            on = FIRST + timedelta(chance.randrange(360))
            made["missing"].append([child, born, "M", _day(on), _day(on + timedelta(2))])
    return made


def _episodes(child: str, chance: random.Random) -> Iterator[list[str]]:
    begins = FIRST + timedelta(chance.randrange(-700, 300))
    reason = "S"
    for _ in range(chance.randrange(1, 6)):
        ends = max(begins, FIRST) + timedelta(chance.randrange(1, 200))
        told = [_day(ends), "X1", "CARPL"] if ends.isoformat() < "2017-03-31" else ["", "", ""]
        yield [child, _day(begins), reason, "C2", "N1", chance.choice(["U4", "U6", "K2"]), "PR1", *told,
               "ZZ99 9ZZ", "ZZ99 9ZZ", f"SC{chance.randrange(10**6):06d}"]  # fmt: skip
        if not told[0]:
            return
        begins, reason = ends, chance.choice("PLTBU")


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


if __name__ == "__main__":
    sys.exit(main())
