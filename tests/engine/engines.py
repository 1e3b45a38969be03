"""The engines that tests run on, each as a parameter; those that need a program are marked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from compendium.engine.engine import Engine
from compendium.record.handover import empty_duckdb
from tests.postgres import Cluster

# Texts in the order of a language, in which 'a' comes before 'Z': the engine must not follow it.
DATABASE = "CREATE DATABASE {} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-GB' LOCALE 'C.UTF-8'"

duckdb = pytest.param("duckdb", id="DuckDB")
postgres = pytest.param("postgresql", id="PostgreSQL", marks=pytest.mark.postgres)
spark = pytest.param("spark", id="Spark", marks=[pytest.mark.spark, pytest.mark.slow])
EVERY = [duckdb, postgres, spark]
OTHERS = [postgres, spark]


@contextmanager
def opened(name: str, fixture: Callable[[str], object]) -> Iterator[Engine]:
    """An engine by its name; fixture: pytest's `request.getfixturevalue`, for what the engine needs."""
    if name == "duckdb":
        yield empty_duckdb()
    elif name == "postgresql":
        from compendium.engine.postgres_engine import PostgresEngine

        cluster = fixture("cluster")
        assert isinstance(cluster, Cluster)
        with cluster.connect() as connection:
            connection.execute("DROP DATABASE IF EXISTS english")
            connection.execute(DATABASE.format("english"))
        with cluster.connect("english") as connection:
            engine = PostgresEngine(connection)
            yield engine
            engine.close()
    else:
        shared = fixture("spark")
        assert isinstance(shared, Engine)
        yield shared
        for schema in ("record", "model"):
            shared.clear(schema)
