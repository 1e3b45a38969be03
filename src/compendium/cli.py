"""The commands. Each finds its workspace in the current folder or by --workspace DIR.

Exit status: 0 done; 1 the answer is bad news (a faulty indicator file, a delivery refused among
others); 2 the command could not be carried out.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from compendium.commands.crash import leave_no_core, told
from compendium.commands.screen import complain
from compendium.errors import CompendiumError

COMMANDS = (
    "demo",
    "new",
    "load",
    "quality",
    "figures",
    "indicator",
    "edition",
    "benchmarks",
    "pool",
    "verify",
    "savings",
    "effects",
    "ledger",
    "changes",
    "revisions",
    "identity",
    "workers",
    "access",
    "key",
)


def parser(*names: str) -> argparse.ArgumentParser:
    """The whole command line, from which the documentation is generated, or that of the commands named.

    A command is imported only when it is wanted: to load a file needs neither the engine nor the pages.
    """
    top = argparse.ArgumentParser(
        prog="compendium",
        description="The monthly children's services performance compendium, from the records a council holds.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in names or COMMANDS:
        import_module(f"compendium.commands.{name}").add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    leave_no_core()
    words = sys.argv[1:] if arguments is None else list(arguments)
    given = parser(*(name for name in words[:1] if name in COMMANDS)).parse_args(words)
    try:
        return int(given.run(given))
    except CompendiumError as fault:
        complain(str(fault))
        return 2
    except BrokenPipeError:
        # The reader of a pipe (head, less) has left: not an error, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        complain("Stopped. The record is as it was before the delivery being read.")
        return 2
    except Exception as fault:
        complain(told(fault))
        return 2


if __name__ == "__main__":
    sys.exit(main())
