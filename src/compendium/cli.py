"""The commands. Each finds its workspace in the current folder or by --workspace DIR.

Exit status: 0 done; 1 the answer is bad news (a faulty indicator file, a delivery refused among
others); 2 the command could not be carried out.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from compendium.commands import demo, edition, figures, indicator, load, new
from compendium.commands.screen import complain
from compendium.errors import CompendiumError

COMMANDS = (demo, new, load, figures, indicator, edition)


def parser() -> argparse.ArgumentParser:
    """The whole command line: the documentation is generated from it."""
    top = argparse.ArgumentParser(
        prog="compendium",
        description="The monthly children's services performance compendium, from the records a council holds.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    given = parser().parse_args(arguments)
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


if __name__ == "__main__":
    sys.exit(main())
