"""DuckDB in memory, and nowhere else: nothing spills to a disk, nothing is fetched, and once loaded nothing is read.

Text and Parquet pass between Python and DuckDB through fsspec's memory filesystem, so that no file
with a child's data ever exists.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import duckdb
from fsspec.implementations.memory import MemoryFileSystem

from compendium.engine.locking import lock

_numbers = itertools.count(1)


class Memory:
    """One DuckDB connection and the files in memory that it may read and write."""

    def __init__(self, threads: int | None = None) -> None:
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "temp_directory": "",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        if threads is not None:
            self.connection.execute(f"SET threads = {threads}")
        self._files = MemoryFileSystem()
        self._folder = f"/compendium-{next(_numbers)}"
        self.connection.register_filesystem(self._files)

    def path(self, name: str) -> str:
        """How SQL names a file of this memory."""
        return f"memory://{self._folder}/{name}"

    def put(self, name: str, content: bytes) -> str:
        self._files.pipe_file(f"{self._folder}/{name}", content)
        return self.path(name)

    def get(self, name: str) -> bytes:
        content: bytes = self._files.cat_file(f"{self._folder}/{name}")
        return content

    def drop(self, name: str) -> None:
        self._files.rm_file(f"{self._folder}/{name}")

    def query(self, sql: str, batch: int = 20_000) -> Iterator[list[tuple[Any, ...]]]:
        """The answer in batches, on a cursor of its own, so that rows may be written meanwhile.

        ValueError when the database refuses, as for a damaged file; its own words may quote what it holds.
        """
        cursor = self.connection.cursor()
        try:
            answer = cursor.execute(sql)
            while rows := answer.fetchmany(batch):
                yield rows
        except duckdb.Error:
            raise ValueError("the database cannot answer") from None
        finally:
            cursor.close()

    def clear(self) -> None:
        """All files gone; the connection stays."""
        if self._files.exists(self._folder):
            self._files.rm(self._folder, recursive=True)

    def close(self) -> None:
        self.clear()
        self.connection.close()

    def lock(self) -> duckdb.DuckDBPyConnection:
        """The connection, from now on closed to every file and network, and its settings fixed."""
        self.clear()
        lock(self.connection)
        return self.connection
