"""compendium new DIR: a workspace with its settings, its folders and a key of its own."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from compendium.commands.screen import say
from compendium.errors import WorkspaceError
from compendium.record.custody import CUSTODIES
from compendium.record.rotation import KeyRotation
from compendium.workspace import FILE, Workspace, key_name, open_workspace

SETTINGS = """\
# A Compendium workspace: one authority's settings. Nothing about a child is in this file.

[authority]
name = {name}
code = ""               # DfE's three digits; left empty, the first delivery that has one gives it

[areas]                 # the areas you report by, in the order shown; 'countywide' is always there
# NE = "North East"

[store]
key_file = {key}      # keep a copy elsewhere: without it the record cannot be read by anyone

[comparators]
# region = "E12000008"  # the ONS code of your region
# neighbours = "2025"   # the set of statistical neighbours to keep to, by its year; left out, the newest received

[case_system]
# link = "https://cases.example/person/{{person_id}}"   # where a child's record opens, for every list of children

[identity]
# adoptions = true      # join the records before and after an adoption; the law keeps them apart: ask first

# A target in the indicator's own unit, the tolerance beyond which it counts as missed, and its origin.
# [targets.cp_visits_10wd]
# value = 95
# tolerance = 5
# set_by = "the Cabinet"
# set_on = 2025-04-01

# From here on an indicator's usual range is taken anew. It needs a reason, a name and a day, and is told on its page.
# [[rebased.assessments_45wd]]
# from = 2025-10-01
# why = "Assessments were brought into one team."
# by = "the head of performance"
# on = 2026-02-05

# A database that deliveries are read from: compendium load --from-database ssd. Never write a password here.
# [databases.ssd]
# driver = "postgresql"           # or "sqlserver"
# connection = "host=dwh.example dbname=social_care user=compendium_reader"
# schema = "ssd_development"      # where the tables are; left out, the user's own
# password_variable = "SSD_PASSWORD"  # the environment variable that holds it; left out, the driver's own means

# The local rules: what a council may set for itself. Every figure that stands on one prints what is in force.
# docs/reference/rules.md has all of them, with their defaults.
# [rules]
# cp_visit_days = 10      # working days
# count_first_day = 0     # 1: the day of the visit is day 1

# What a single indicator, or rule of data quality, leaves to the council.
# [limits.cla_3plus_placements]
# placements = 3
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("new", help="make a workspace")
    here.add_argument("folder", type=Path, metavar="DIR", help="the folder to make")
    here.add_argument("--name", default="Our council", help="the authority's name, as pages show it")
    here.add_argument(
        "--custody", choices=CUSTODIES, default="file", help="where the record's key is kept (default: a file)"
    )
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    folder = given.folder.resolve()
    settings = SETTINGS.format(name=json.dumps(given.name), key=json.dumps(key_name(folder)))
    workspace = make_workspace(folder, settings, given.custody)
    say(f"Made {workspace.folder}")
    say(f"Its key is in {KeyRotation(workspace).check().custodies[-1]}.")
    say("Without it nobody can read the record. Keep a copy in a safe place:")
    say(f"  compendium key copy --workspace {given.folder} FILE")
    say("What you load is sealed in the record. The files you load from are not: keep them where they are safe.")
    say(f"Next: compendium load --workspace {given.folder} FILE ...")
    return 0


def make_workspace(folder: Path, settings: str, custody: str = "file") -> Workspace:
    """The folder, its compendium.toml and its key. An existing workspace is never overwritten."""
    if (folder / FILE).exists():
        raise WorkspaceError(f"{folder} is a workspace already", remedy="choose another folder")
    try:
        for part in ("indicators", "editions"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(settings, encoding="utf-8")
    except OSError as fault:
        raise WorkspaceError(
            f"{folder} cannot be made: {fault.strerror}", remedy="choose a folder that you may write to"
        ) from fault
    workspace = open_workspace(folder)
    if not workspace.record_folder.exists():
        KeyRotation(workspace).begin(custody)
    return workspace
