"""`verify`: the proofs that a sceptic can run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compendium.cli import main

Captured = pytest.CaptureFixture[str]
HOLDS = {"id": "a", "kind": "g_chart", "input": {"events_between": [3, 5]}, "expected": {"mean": 4}, "tolerance": 0}


def cases(folder: Path, *given: object) -> str:
    file = folder / "cases.json"
    file.write_text(json.dumps({"format": "compendium-spc-cases/1", "cases": given}), encoding="utf-8")
    return str(file)


def test_reference_cases_that_hold(tmp_path: Path, capsys: Captured) -> None:
    assert main(["verify", "statistics", cases(tmp_path, HOLDS, HOLDS)]) == 0
    assert capsys.readouterr().out == "2 passed, 0 failed\n"


def test_a_case_that_fails_is_named_and_is_bad_news(tmp_path: Path, capsys: Captured) -> None:
    wrong = {**HOLDS, "id": "b", "expected": {"mean": 5}}
    file = cases(tmp_path, HOLDS, wrong)
    assert main(["verify", "statistics", file]) == 1
    assert capsys.readouterr().out == "b: mean: expected 5, got 4.0\n1 passed, 1 failed\n"
    assert main(["verify", "statistics", file, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told == {"passed": 1, "failed": 1, "failures": [{"case": "b", "what": "mean: expected 5, got 4.0"}]}


def test_a_file_that_holds_no_cases_cannot_be_verified(tmp_path: Path, capsys: Captured) -> None:
    assert main(["verify", "statistics", str(tmp_path / "none.json")]) == 2
    assert "no file of reference cases" in capsys.readouterr().err


@pytest.mark.shared
def test_the_shared_cases_hold(shared: Path, capsys: Captured) -> None:
    assert main(["verify", "statistics", str(shared / "cases" / "spc_cases.json")]) == 0
    assert capsys.readouterr().out == "78 passed, 0 failed\n"
