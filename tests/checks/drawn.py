"""Rules written in a test, one file each, with what they leave unsaid filled in."""

from __future__ import annotations

from pathlib import Path

from compendium.record.checks.loading import Fault, read_rules
from compendium.record.checks.rule import Rule

CLOSED_WITHOUT_REASON = """\
  SELECT r.person_id AS child_id, r.close_date AS on_date
  FROM referral AS r
  WHERE r.close_date IS NOT NULL AND r.close_reason IS NULL
"""
EXAMPLE = "[{says: nothing, cin_census: {A: {Ethnicity: WBRI}}, flags: []}]"


def rule_text(rows: str = CLOSED_WITHOUT_REASON, **more: str) -> str:
    """A rule file; `more` overrides its keys, and an empty one is left out."""
    keys = {
        "title": "A rule of the test",
        "source": "The test",
        "why": "Because.",
        "severity": "error",
        "record": "referral",
        "needs": "[referral]",
        "rows": f"|\n{rows.rstrip()}",
        "examples": EXAMPLE,
        **more,
    }
    return "\n".join(f"{key}: {value}" for key, value in keys.items() if value) + "\n"


def read(folder: Path, text: str, name: str = "the_rule") -> tuple[Rule | None, list[Fault]]:
    (folder / "test").mkdir(parents=True, exist_ok=True)
    (folder / "test" / f"{name}.yaml").write_text(text, encoding="utf-8")
    rules, faults = read_rules([folder])
    return rules.get(name), faults


def made(folder: Path, rows: str = CLOSED_WITHOUT_REASON, name: str = "the_rule", **more: str) -> Rule:
    """A rule without a fault."""
    rule, faults = read(folder, rule_text(rows, **more), name)
    assert rule is not None, faults
    return rule
