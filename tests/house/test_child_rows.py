"""Rows about single children reach a surface through one gate, AccessRecord.hand_out, which records the reading first.

What a surface may not do itself: ask the record's tables, or take a child's id from what a room above
holds. A room that has rows of children offers a function that takes the access record and returns
`ChildRows`; only the gate makes those. tests/commands/test_child_rows.py tries every command.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.test_imports import modules

SURFACES = {"commands", "publish", "web", "cli"}
GATE = "record.access"
# What holds a connection to the record's tables, a child's id, or rows that nobody has recorded yet.
UNRECORDED = {"connection", "person_id", "flagged", "events_changed", "history_of"}
MADE_UP = {"commands.rule_examples"}  # runs the examples of rule files, whose children are drawn
IDS = {"child_id", "person_id"}
QUERY = re.compile(r"\bselect\b.+\bfrom\b", re.IGNORECASE | re.DOTALL)


def faults(name: str, tree: ast.Module) -> Iterator[str]:
    imported = {each.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for each in node.names}
    for node in ast.walk(tree):
        where = f"{name}, line {getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ChildRows":
            if name != GATE:
                yield f"{where}: only AccessRecord.hand_out makes ChildRows"
        elif name.split(".")[0] not in SURFACES or name in MADE_UP:
            continue
        elif isinstance(node, ast.Attribute) and node.attr in UNRECORDED:
            yield f"{where}: .{node.attr} is for the room that has it; it hands rows out by AccessRecord.hand_out"
        elif isinstance(node, ast.alias) and node.name in UNRECORDED:
            yield f"{where}: {node.name} is for the room that has it; it hands rows out by AccessRecord.hand_out"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value in IDS and "ChildRows" not in imported:
                yield f"{where}: {node.value} stands in rows of children, which come as ChildRows"
            elif QUERY.search(node.value) and "\n" not in node.value.strip():
                yield f"{where}: a surface asks no query of its own"


def test_rows_of_children_reach_a_surface_by_the_gate_alone() -> None:
    assert [fault for name, tree in modules() for fault in faults(name, tree)] == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("commands.quality", "rows = judgement.flagged('a_rule')"),
        ("commands.figures", "snapshot.connection.execute(asked)"),
        ("commands.changes", "from compendium.record.history import history_of"),
        ("web.views.child", "names = [finding.person_id for finding in findings]"),
        ("publish.workbook", "rows[0]['child_id']"),
        ("commands.figures", "ask('SELECT * FROM record.referral')"),
        ("indicators.rows", "rows = ChildRows(found)"),
    ],
)
def test_a_way_round_the_gate_is_found(name: str, line: str) -> None:
    assert len(list(faults(name, ast.parse(line)))) == 1


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("record.checks.judging", "rows = self._engine.connection"),
        ("record.access", "rows = ChildRows(found)"),
        ("commands.ledger", "from compendium.record.access import ChildRows\ndef f(rows): return rows[0]['child_id']"),
    ],
)
def test_the_gate_itself_is_open(name: str, line: str) -> None:
    assert list(faults(name, ast.parse(line))) == []
