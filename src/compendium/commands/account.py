"""Who runs a command: the account of the operating system, whatever the environment says of it."""

from __future__ import annotations

import os
import sys


def account() -> str:
    """Its name, or its number where it has none."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"account {os.getuid()}"
