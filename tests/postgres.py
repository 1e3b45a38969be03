"""A PostgreSQL server of a test's own: made in a temporary folder, reached by a socket in it, stopped afterwards.

The server refuses to run as root, so that root starts it as the user `postgres` of the system's package.
Nothing of it listens on a network. What a test adds to it lasts as long as the server does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
SERVER_USER = "postgres"  # who runs the server when root runs the tests


@dataclass(frozen=True)
class Cluster:
    """folder: holds the socket. The superuser is called owner and needs no password by the socket."""

    folder: Path

    def conninfo(self, user: str = "owner", database: str = "postgres") -> str:
        return f"host={self.folder} user={user} dbname={database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.conninfo(database=database), autocommit=True)

    def make(self, database: str) -> str:
        """A new, empty database; its name."""
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database}")
            connection.execute(f"CREATE DATABASE {database}")
        return database


def programs() -> Path | None:
    """Where initdb and pg_ctl are, or None. On Windows no server is started."""
    if sys.platform == "win32":
        return None
    found = [path for place in PLACES for path in sorted(Path("/").glob(place[1:])) if (path / "initdb").is_file()]
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


@contextmanager
def running() -> Iterator[Cluster]:
    """A server that runs meanwhile."""
    there = programs()
    assert there is not None
    # Not below pytest's folder: a socket's path may have 107 letters, and root's folders are closed to the server.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if _is_root():
            shutil.chown(folder, SERVER_USER)
        data = folder / "data"
        _run(there / "initdb", ["-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync"])
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        _run(there / "pg_ctl", ["-D", data, "-o", options, "-l", folder / "log", "-w", "start"])
        try:
            yield Cluster(folder)
        finally:
            _run(there / "pg_ctl", ["-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, arguments: Sequence[object]) -> None:
    user = SERVER_USER if _is_root() else None
    subprocess.run(
        [str(program), *map(str, arguments)],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=tempfile.gettempdir(),
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
