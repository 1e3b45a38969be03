"""compendium key check/copy/custody/rotate: who can open the record, and how that is changed."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from compendium import words
from compendium.commands.arguments import add_workspace
from compendium.commands.screen import Progress, complain, say
from compendium.record.custody import CUSTODIES, FileCustody
from compendium.record.rotation import KeyRotation
from compendium.workspace import KEY_VARIABLE, open_workspace


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("key", help="who can open the record, and how that is changed")
    verbs = here.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="say where the key is, and open everything with it")
    add_workspace(check)
    check.set_defaults(run=run_check)
    copy = verbs.add_parser("copy", help="write a copy of the key into a file, to be kept elsewhere")
    copy.add_argument("file", type=Path, metavar="FILE", help="a file that does not exist yet")
    add_workspace(copy)
    copy.set_defaults(run=run_copy)
    custody = verbs.add_parser("custody", help="keep the key in another place; nothing is sealed anew")
    custody.add_argument("--to", choices=CUSTODIES, required=True, help="where the key is kept from now on")
    add_workspace(custody)
    custody.set_defaults(run=run_custody)
    rotate = verbs.add_parser("rotate", help="make a new key and seal everything with it")
    add_workspace(rotate)
    rotate.set_defaults(run=run_rotate)


def run_check(given: argparse.Namespace) -> int:
    workspace = open_workspace(given.workspace)
    found = KeyRotation(workspace).check()
    deliveries = words.plural(found.deliveries, "delivery", "deliveries")
    blobs = words.plural(found.blobs, "sealed part")
    say(f"The key is in {words.listing([str(each) for each in found.custodies])}.")
    if os.environ.get(KEY_VARIABLE):
        say(f"It was tried with the key file that {KEY_VARIABLE} names: {workspace.key_file}")
    if not found.damaged:
        say(f"Key {found.number} opens everything: {deliveries}, {blobs}, and the access record.")
    for each in found.damaged:
        complain(f"It does not open {each}")
    if found.left:
        complain(f"A rotation was cut short: {words.number(found.left)} of {blobs} are sealed with the old key.")
    if len(found.custodies) > 1:
        complain("The key has been moved or rotated half way. To end it, say the same again:")
        complain("  compendium key rotate, or compendium key custody --to …")
    left = not isinstance(found.custodies[-1], FileCustody) and workspace.key_file.exists()
    if left and not os.environ.get(KEY_VARIABLE):
        complain(f"A key file that is no longer used lies at {workspace.key_file}: destroy it.")
    return 0 if found.good else 1


def run_copy(given: argparse.Namespace) -> int:
    KeyRotation(open_workspace(given.workspace)).copy(given.file)
    say(f"Written: {given.file}")
    say("Whoever has this file and the record can read it. Bring it to where it is kept, and leave none here.")
    say(f"It is used by naming it: {KEY_VARIABLE}=FILE compendium key check")
    return 0


def run_custody(given: argparse.Namespace) -> int:
    say(f"The key is now in {KeyRotation(open_workspace(given.workspace)).move(given.to)}.")
    say("Whoever has an older copy of the key can read the record until you say compendium key rotate.")
    say_copy(given.workspace)
    return 0


def run_rotate(given: argparse.Namespace) -> int:
    rotation = KeyRotation(open_workspace(given.workspace))
    with Progress("Sealing the record with a new key") as progress:
        custody = rotation.rotate(progress.step)
    say(f"The new key is in {custody}.")
    say("Older copies of the key open nothing of this record any more, only older copies of the record.")
    say_copy(given.workspace)
    return 0


def say_copy(workspace: Path) -> None:
    say(f"Keep a new copy in a safe place: compendium key copy --workspace {workspace} FILE")
