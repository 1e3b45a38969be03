"""Runs every test with the full counts and writes docs/proofs.md: what was proven, when, and with which seed.

Exit status is pytest's. Options are handed on to it: `python tools/prove.py tests/calendar`.
"""

from __future__ import annotations

import ast
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "proofs.md"


@dataclass
class Proof:
    """One test function; its cases are those it was drawn or parametrised for."""

    cases: int = 0
    failed: int = 0
    not_run: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)

    @property
    def result(self) -> str:
        if self.failed:
            return f"**FAILS** in {self.failed} of {self.cases}"
        if len(self.not_run) == self.cases:
            return f"not run: {self.not_run[0]}"
        run = self.cases - len(self.not_run)
        return "holds" if run == 1 else f"holds in {run} cases"


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
            "--dist",
            "loadgroup",
            "--hypothesis-profile=proofs",
            f"--hypothesis-seed={seed}",
        ]
        status = subprocess.run([*command, f"--junitxml={results}", *options], cwd=ROOT, check=False).returncode
        if not results.is_file():
            return status
        suite = ElementTree.parse(results).getroot()[0]
    PAGE.write_text(page(read(suite), seed, float(suite.get("time", "0")), options), encoding="utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
    return status


def read(suite: ElementTree.Element) -> dict[str, dict[str, Proof]]:
    """Module -> test function -> how it went."""
    modules: dict[str, dict[str, Proof]] = defaultdict(lambda: defaultdict(Proof))
    for case in suite.iter("testcase"):
        proof = modules[case.get("classname", "")][case.get("name", "").partition("[")[0]]
        proof.cases += 1
        proof.exceptions += [each.get("value", "") for each in case.iter("property") if each.get("name") == "exception"]
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            proof.failed += 1
        elif skipped is not None:
            proof.not_run.append(skipped.get("message", "no reason given"))
    return modules


def page(modules: dict[str, dict[str, Proof]], seed: int, seconds: float, options: list[str]) -> str:
    proofs = [proof for module in modules.values() for proof in module.values()]
    failed = sum(proof.failed > 0 for proof in proofs)
    idle = sum(len(proof.not_run) == proof.cases for proof in proofs)
    lines = [
        "# Proofs",
        "",
        "<!-- Written by `make proofs`. -->",
        "",
        f"- Date: {date.today().isoformat()}",
        f"- Commit: {commit()}",
        f"- Seed: {seed} (repeat with `--hypothesis-profile=proofs --hypothesis-seed={seed}`)",
        f"- Run: {', '.join(f'`{option}`' for option in options) or 'everything'}",
        f"- Time: {seconds / 60:.0f} min",
        f"- Result: {len(proofs) - failed - idle} hold, {failed} fail, {idle} not run",
    ]
    for module in sorted(modules):
        lines += ["", f"## {module.removeprefix('tests.')}", "", promise(module), ""]
        for name, proof in modules[module].items():
            lines.append(f"- {sentence(name)}: {proof.result}")
            lines += [f"  - but: {each}" for each in proof.exceptions]
    return "\n".join(lines) + "\n"


def commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--", ".", f":!{PAGE.relative_to(ROOT)}")
    return git("rev-parse", "--short=12", "HEAD") + (", with changes not yet committed" if changed else "")


def promise(module: str) -> str:
    """What a test module says of itself."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    if not path.is_file():
        return ""
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(words.partition("\n\n")[0].split())


def sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    return words[:1].upper() + words[1:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
