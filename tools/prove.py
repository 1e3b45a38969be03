"""Runs the tests with the full counts and writes docs/proofs.md: what was proven, when, and with which seed.

Exit status is pytest's. Options are handed on to it: `python tools/prove.py tests/calendar` proves that room only. What
each module last came to is kept in docs/proofs.json, so that the proofs, which take hours, can be run room by room; the
page says of each when that was, on which commit, and which have not been run.
"""

from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
PAGE, KEPT = ROOT / "docs" / "proofs.md", ROOT / "docs" / "proofs.json"


@dataclass
class Proof:
    """One test function; its cases are those it was drawn or parametrised for."""

    cases: int = 0
    failed: int = 0
    not_run: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)

    @property
    def is_idle(self) -> bool:
        return len(self.not_run) == self.cases

    @property
    def result(self) -> str:
        if self.failed:
            return f"**FAILS** in {self.failed} of {self.cases}"
        if self.is_idle:
            return f"not run: {self.not_run[0]}"
        run = self.cases - len(self.not_run)
        return "holds" if run == 1 else f"holds in {run} cases"


@dataclass
class Room:
    """What one module of tests last came to."""

    on: str
    commit: str
    seed: int
    proofs: dict[str, Proof]


def main(options: list[str]) -> int:
    seed = random.SystemRandom().randrange(2**32)
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            "auto",
            "--hypothesis-profile=proofs",
            f"--hypothesis-seed={seed}",
        ]
        status = subprocess.run([*command, f"--junitxml={results}", *options], cwd=ROOT, check=False).returncode
        if not results.is_file():
            return status
        found = read(ElementTree.parse(results).getroot()[0])
    now = {name: Room(date.today().isoformat(), commit(), seed, proofs) for name, proofs in found.items()}
    rooms = {name: room for name, room in {**kept(), **now}.items() if file_of(name).is_file()}
    KEPT.write_text(
        json.dumps({name: asdict(rooms[name]) for name in sorted(rooms)}, indent=1) + "\n", encoding="utf-8"
    )
    PAGE.write_text(page(rooms), encoding="utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
    return status


def kept() -> dict[str, Room]:
    """What earlier runs came to."""
    if not KEPT.is_file():
        return {}
    told = json.loads(KEPT.read_text(encoding="utf-8"))
    return {
        name: Room(**{**room, "proofs": {test: Proof(**proof) for test, proof in room["proofs"].items()}})
        for name, room in told.items()
    }


def read(suite: ElementTree.Element) -> dict[str, dict[str, Proof]]:
    """Module -> test function -> how it went."""
    modules: dict[str, dict[str, Proof]] = defaultdict(dict)
    for case in suite.iter("testcase"):
        proof = modules[case.get("classname", "")].setdefault(case.get("name", "").partition("[")[0], Proof())
        proof.cases += 1
        proof.exceptions += [each.get("value", "") for each in case.iter("property") if each.get("name") == "exception"]
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            proof.failed += 1
        elif skipped is not None:
            proof.not_run.append(skipped.get("message", "no reason given"))
    return modules


def page(rooms: dict[str, Room]) -> str:
    proofs = [proof for room in rooms.values() for proof in room.proofs.values()]
    failed = sum(proof.failed > 0 for proof in proofs)
    idle = sum(proof.is_idle for proof in proofs)
    days = sorted({room.on for room in rooms.values()})
    never = sorted(set(modules()) - set(rooms))
    lines = [
        "# Proofs",
        "",
        "<!-- Written by `make proofs`. -->",
        "",
        f"- Result: {len(proofs) - failed - idle} hold, {failed} fail, {idle} not run",
        f"- Dates: {' to '.join(dict.fromkeys((days[0], days[-1])))}; each room names its own, its commit and its seed",
        "- To repeat one: `--hypothesis-profile=proofs --hypothesis-seed=SEED` and its folder",
        f"- Not run yet with the full counts: {', '.join(each.removeprefix('tests.') for each in never) or 'none'}",
    ]
    for name in sorted(rooms):
        room = rooms[name]
        lines += ["", f"## {name.removeprefix('tests.')}", "", promise(name), ""]
        lines += [f"{room.on}, commit {room.commit}, seed {room.seed}.", ""]
        for test, proof in room.proofs.items():
            lines.append(f"- {sentence(test)}: {proof.result}")
            lines += [f"  - but: {each}" for each in proof.exceptions]
    return "\n".join(lines) + "\n"


def modules() -> list[str]:
    """Every module of tests there is, as pytest names it."""
    files = (ROOT / "tests").rglob("test_*.py")
    return [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]


def file_of(module: str) -> Path:
    return ROOT / f"{module.replace('.', '/')}.py"


def commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--", ".", *(f":!{each.relative_to(ROOT)}" for each in (PAGE, KEPT)))
    return git("rev-parse", "--short=12", "HEAD") + (", with changes not yet committed" if changed else "")


def promise(module: str) -> str:
    """What a test module says of itself."""
    words = ast.get_docstring(ast.parse(file_of(module).read_text(encoding="utf-8"))) or ""
    return " ".join(words.partition("\n\n")[0].split())


def sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    return words[:1].upper() + words[1:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
