"""Locking a connection once its data is in it. By itself, so that loading a file does not wait for SQLGlot."""

from __future__ import annotations

import duckdb


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """No spill to disk, no files, no network, no way back."""
    connection.execute("SET temp_directory = ''")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
