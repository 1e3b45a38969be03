"""Kills a command again and again, at random moments and at random steps on the disk, and looks at what is left.

    python -m tests.record.killing FOLDER ROUNDS SEED WORD...

FOLDER/start is a workspace (its key beside it); the command is run on a copy of it, in a process
forked from this one so that it is at work at once. After each kill the record is opened and written
down, the command is run again to its end, and the record is written down once more. Prints, as JSON,
the record before and after the command undisturbed, and a list of [how, after the kill, after the
next run] with a name for what the record was: 'before', 'after', or what went wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import compendium.commands.key
import compendium.commands.load  # noqa: F401  # what the command would import, is imported before the first fork
from compendium.cli import main
from compendium.record.deliveries import Record
from compendium.record.tables import TABLES
from compendium.workspace import open_workspace

STEPS = ("mkdir", "fsync", "rename", "replace", "unlink")


def told(workspace: Path) -> str:
    """Everything the record says, as one hash. Raises when it does not open."""
    record = Record.open(open_workspace(workspace))
    said = [each.as_json() for each in record.deliveries()]
    said += [finding.as_json() for each in record.deliveries() for finding in record.findings(each.delivery_id)]
    connection = record.as_at(date(2018, 1, 1)).connection
    said += [{name: repr(connection.execute(f"FROM record.{name} ORDER BY ALL").fetchall())} for name in TABLES]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def forked(act: Callable[[], str]) -> tuple[int, int]:
    """A process that acts and writes what it says; its number and where to read."""
    ends = os.pipe()
    child = os.fork()
    if child:
        os.close(ends[1])
        return child, ends[0]
    try:
        os.close(ends[0])
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.write(ends[1], act().encode())
    except BaseException as fault:
        os.write(ends[1], f"{type(fault).__name__}: {fault}".encode())
    os._exit(0)


def answer(act: Callable[[], str]) -> str:
    child, end = forked(act)
    with os.fdopen(end, "rb") as stream:
        said = stream.read().decode()
    os.waitpid(child, 0)
    return said


def counting(steps: list[int], deadly: int | None) -> None:
    """Counts the steps on the disk, and dies at the deadly one, before it is taken."""

    def watched(name: str) -> None:
        whole = getattr(os, name)

        def step(*given: object, **named: object) -> object:
            steps[0] += 1
            if steps[0] == deadly:
                os.kill(os.getpid(), signal.SIGKILL)
            return whole(*given, **named)

        setattr(os, name, step)

    for name in STEPS:
        watched(name)


def run(words: list[str], deadly: int | None = None) -> str:
    steps = [0]
    counting(steps, deadly)
    return f"{main(words)} {steps[0]}"


def killed(words: list[str], draw: Random, seconds: float, steps: int) -> str:
    if draw.random() < 0.5:
        deadly = draw.randint(1, steps)
        answer(lambda: run(words, deadly))
        return f"at step {deadly} of {steps}"
    child, end = forked(lambda: run(words))
    wait = draw.uniform(0, seconds)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.close(end)
    os.waitpid(child, 0)
    return f"after {wait:.3f} of {seconds:.3f} s"


def rounds(folder: Path, count: int, seed: int, words: list[str]) -> dict[str, object]:
    draw, start, work = Random(seed), folder / "start", folder / "work"
    command = [*words, "--workspace", str(work)]

    def fresh() -> None:
        for kind in ("", ".key"):
            to = Path(f"{work}{kind}")
            shutil.rmtree(to, ignore_errors=True) if to.is_dir() else to.unlink(missing_ok=True)
        Path(f"{work}.key.new").unlink(missing_ok=True)
        shutil.copytree(start, work)
        shutil.copy(f"{start}.key", f"{work}.key")

    fresh()
    names = {answer(lambda: told(work)): "before"}
    began = time.monotonic()
    status, steps = answer(lambda: run(command)).split()
    seconds = time.monotonic() - began
    names.setdefault(answer(lambda: told(work)), "after")
    found = []
    for _ in range(count):
        fresh()
        how = killed(command, draw, seconds, int(steps))
        left = answer(lambda: told(work))
        again = answer(lambda: run(command)).split()[0]
        ended = answer(lambda: told(work))
        found.append([how, names.get(left, left), again, names.get(ended, ended)])
    return {"status": status, "names": sorted(names.values()), "rounds": found}


if __name__ == "__main__":
    given = sys.argv[1:]
    print(json.dumps(rounds(Path(given[0]), int(given[1]), int(given[2]), given[3:])))
