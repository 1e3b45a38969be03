"""Modules stay small enough to read, say what they are, and are named for what they hold."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "compendium"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "manager", "stuff"}


def of_the_house(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=of_the_house)
def test_a_module_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE, "part it where the concept parts"
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module opens by saying what it holds"
    too_long = [
        f"{node.name}: {lines} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_no_module_is_a_drawer() -> None:
    assert [of_the_house(path) for path in MODULES if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


def test_the_tree_names_no_place_of_one_machine_and_leaves_nothing_for_later() -> None:
    # Written in two halves, so that this file may be read by its own test.
    unwanted = re.compile("|".join(("/wor" + "k/", "/hom" + "e/[a-z]", "TO" + "DO", "FIX" + "ME")))
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".lock"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if unwanted.search(line):
                found.append(f"{name}, line {number}: {line.strip()[:80]}")
    assert found == []


def test_what_others_wrote_carries_its_licence() -> None:
    vendored = {path for path in ROOT.glob("[!.]*/**/vendor/*") if path.is_file() and path.suffix != ".md"}
    licences = {path for path in vendored if path.name.startswith("LICENSE-")}
    assert licences
    for path in vendored - licences:
        own = [each for each in licences if path.name.split(".")[0] in each.name and each.parent == path.parent]
        assert own, f"{path.relative_to(ROOT)} has no LICENSE-{path.name.split('.')[0]} beside it"
