"""No worked case is forgotten: each of the fifteen has tests under its name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NAMES = [
    node.name
    for path in sorted(HERE.glob("test_*.py"))
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef)
]


@pytest.mark.parametrize("number", range(1, 16))
def test_the_case_is_held(number: int) -> None:
    assert [name for name in NAMES if name.startswith(f"test_e{number}_")]
