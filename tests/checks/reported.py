"""A drawn report with one rule of each result, for tests of what is published of it."""

from __future__ import annotations

from pathlib import Path

from compendium.record.access import AccessRecord
from compendium.record.checks.report import Report, build_report, with_rows
from compendium.record.deliveries import Record
from compendium.workspace import open_workspace
from tests.checks.drawn import made
from tests.record.drawn import deliver, make_workspace

YEAR = ("2016-04-01", "2017-03-31", "event")
LINK = '[case_system]\nlink = "https://cases.example/{person_id}"\n'
BEFORE = """
    person_id  referral_date  close_date  close_reason
    child-<1>  2016-05-01     2016-08-01  -
    =child-2   2016-05-01     2016-08-31  -
"""
NOW = """
    person_id  referral_date  close_date  close_reason
    child-<1>  2016-05-01     2016-08-01  -
    =child-2   2016-05-01     2016-08-31  RC8
"""


def reported(folder: Path, *, children: bool) -> Report:
    """One rule flagged for one child, one passed, one that could not run; with or without the child."""
    workspace = make_workspace(folder / "wealdmere")
    settings = workspace.folder / "compendium.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + LINK, encoding="utf-8")
    workspace = open_workspace(workspace.folder)
    record = Record.open(workspace)
    deliver(record, "2017-04-03", [("referral", BEFORE)], ("referral", *YEAR), source_format="CIN census")
    deliver(record, "2017-05-03", [("referral", NOW)], ("referral", *YEAR), source_format="CIN census")
    never = "  SELECT r.person_id AS child_id, r.referral_date AS on_date FROM referral AS r WHERE r.nfa = 7"
    rules = [
        made(folder, name="flagged_rule", formats="[CIN census]", endangers="[cin_open]", code='"8805"'),
        made(folder, never, name="passed_rule", title="A rule that passes"),
        made(folder, name="unjudged_rule", title="A rule that cannot run", formats="[SSDA903]", severity="query"),
    ]
    report, judgement = build_report(record, rules, workspace)
    if not children:
        return report
    return with_rows(report, judgement, AccessRecord.open(workspace), who="ann", why="to mend them")
