"""A fault of the program, told without what it was working on: a traceback, and the words of an exception, may
quote a child's row. A core dump would hold all of them, so none is left."""

from __future__ import annotations

import os
import sys
import traceback

DEBUG = "COMPENDIUM_DEBUG"


def leave_no_core() -> None:
    """No memory image on the disk after a crash, where the system lets a process say so."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def told(fault: BaseException) -> str:
    """Its kind, and the lines of the program it went through; all of it only where COMPENDIUM_DEBUG is set."""
    if os.environ.get(DEBUG):
        return "".join(traceback.format_exception(fault)).rstrip()
    frames = [(frame.f_globals.get("__name__", "?"), line) for frame, line in traceback.walk_tb(fault.__traceback__)]
    shown = [f"  at {module}, line {line}" for module, line in frames if module.startswith("compendium")]
    if isinstance(fault, OSError) and fault.strerror:
        place = f"{fault.filename}: " if fault.filename else ""
        remedy = "  To do: see that there is room on the disk, and that this account may read and write there"
        return "\n".join([f"{place}{fault.strerror}", *shown, remedy])
    first = f"This is a fault of the program, not of yours: {type(fault).__name__}"
    remedy = (
        "  To do: report these lines; no child's value is in them. The full traceback may quote a row: to see it,"
        f" set {DEBUG}=1 where nobody else reads along, and pass it to nobody"
    )
    return "\n".join([first, *shown, remedy])
