"""The dialect on Spark, on one machine or on a platform that holds the records of many authorities.

What is stored is a temporary view of the session over rows that Spark keeps itself; no table is written to a
warehouse. What Spark puts on a disk, spilt rows and shuffled blocks, lies in a private folder, is encrypted with a
key that is only in memory, and goes with the session (`local_spark`). On a platform that is the platform's affair.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from py4j.protocol import Py4JError
from pyspark import SparkContext, StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from sqlglot import exp
from sqlglot.dialects.spark import Spark

from compendium.engine.dialect_reading import Columns
from compendium.engine.emission import Emitter
from compendium.engine.engine import Engine
from compendium.errors import ComputeError

# What Spark logs of a fault may quote a value. It takes a root without an appender for not configured at all.
SILENCE = """status = off
appender.none.type = Null
appender.none.name = none
rootLogger.level = off
rootLogger.appenderRef.none.ref = none
"""
CHUNK = 200_000  # rows handed over at a time
TYPES = {"integer": "bigint", "text": "string", "date": "date", "timestamp": "timestamp_ntz"}
# Set on every session: errors instead of wrong numbers, names in double quotes, and times without a zone.
SETTINGS: Mapping[str, str] = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
}
# A run lasts minutes: compiling well costs more than it saves, and Java gives it up when what is compiled has no room.
JAVA = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC"
LOCAL: Mapping[str, str] = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "4g",  # at most
    "spark.ui.enabled": "false",
    # Of the thousands of questions that it answers, it would keep the last thousand plans in memory.
    "spark.sql.ui.retainedExecutions": "1",
    "spark.ui.retainedJobs": "1",
    "spark.ui.retainedStages": "1",
    "spark.ui.retainedTasks": "1",
    "spark.ui.showConsoleProgress": "false",
    "spark.io.encryption.enabled": "true",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.eventLog.enabled": "false",
}


class SparkEmitter(Emitter):
    dialect = Spark

    def months_after(self, day: exp.Expression, months: exp.Expression) -> exp.Expression:
        return exp.Anonymous(this="ADD_MONTHS", expressions=[day, exp.cast(months, "int")])

    def days_after(self, day: exp.Expression, days: exp.Expression) -> exp.Expression:
        return exp.Anonymous(this="DATE_ADD", expressions=[day, exp.cast(days, "int")])

    def days_between(self, earlier: exp.Expression, later: exp.Expression) -> exp.Expression:
        return exp.Anonymous(this="DATEDIFF", expressions=[later, earlier])

    def seconds_between(self, earlier: exp.Expression, later: exp.Expression) -> exp.Expression:
        return exp.Anonymous(this="TIMESTAMPDIFF", expressions=[exp.Var(this="SECOND"), earlier, later])

    def place(self, schema: str, table: str) -> tuple[str, str]:
        return "", f"{schema}.{table}"


class SparkEngine(Engine):
    """A session of Spark's, whose settings it fixes."""

    emitter = SparkEmitter()

    def __init__(self, session: SparkSession) -> None:
        self.session = session
        self._stored: dict[tuple[str, str], DataFrame | None] = {}
        for name, value in SETTINGS.items():
            session.conf.set(name, value)

    def clear(self, schema: str) -> None:
        for place, table in list(self._stored):
            if place == schema:
                self.drop(place, table)

    def store(self, schema: str, table: str, sql: str) -> None:
        with _told():
            made = self._kept(self.session.sql(sql))
        self._name(schema, table, made)

    def store_rows(self, schema: str, table: str, columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
        shape = ", ".join(f"`{name}` {TYPES[kind]}" for name, kind in columns.items())
        waiting = (tuple(row) for row in rows)
        made: DataFrame | None = None
        with _told():
            while (chunk := list(islice(waiting, CHUNK))) or made is None:
                kept = self._kept(self.session.createDataFrame(chunk, shape, verifySchema=False))
                made = kept if made is None else made.unionAll(kept)
        self._name(schema, table, made)

    def stand_in(self, schema: str, table: str, columns: Columns, source: str) -> None:
        typed = ", ".join(f'CAST("{name}" AS {TYPES[kind]}) AS "{name}"' for name, kind in columns.items())
        with _told():
            self._name(schema, table, self.session.sql(f"SELECT {typed} FROM {source}"))

    def drop(self, schema: str, table: str) -> None:
        if self._stored.pop((schema, table), None) is not None:
            self.session.sql(f"DROP VIEW {self.name(schema, table)}")

    def table(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        with _told():
            made = self.session.sql(sql)
            return made.columns, [tuple(row) for row in made.collect()]

    def _kept(self, made: DataFrame) -> DataFrame:
        """Evaluated now and once: what is not is evaluated by every question, and its plan grows with each view."""
        return made.localCheckpoint(eager=True, storageLevel=StorageLevel.MEMORY_AND_DISK)

    def _name(self, schema: str, table: str, made: DataFrame) -> None:
        made.createOrReplaceTempView(f"`{schema}.{table}`")
        self._stored[schema, table] = made


@contextmanager
def local_spark(settings: Mapping[str, str] = MappingProxyType({})) -> Iterator[SparkEngine]:
    """Spark within this process. One at a time; ComputeError when there is no Java to run it."""
    folder = tempfile.mkdtemp(prefix="spark-")  # for this user alone
    (Path(folder) / "log4j2.properties").write_text(SILENCE, encoding="utf-8")
    given = {name: os.environ.pop(name) for name in ("SPARK_LOCAL_DIRS", "SPARK_CONF_DIR") if name in os.environ}
    os.environ["SPARK_CONF_DIR"] = folder
    builder = SparkSession.builder.master("local[2]").appName("compendium")
    places = {
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.driver.extraJavaOptions": f"{JAVA} -Djava.io.tmpdir={folder}",
    }
    for name, value in {**LOCAL, **SETTINGS, **settings, **places}.items():
        builder = builder.config(name, value)
    try:
        try:
            session = builder.getOrCreate()
        except Exception as fault:
            raise ComputeError(
                f"Spark does not start ({type(fault).__name__})",
                remedy="install Java 17 or 21, and name it in JAVA_HOME",
            ) from None
        try:
            yield SparkEngine(session)
        finally:
            _end(session)
    finally:
        del os.environ["SPARK_CONF_DIR"]
        os.environ.update(given)
        shutil.rmtree(folder, ignore_errors=True)


def _end(session: SparkSession) -> None:
    """Java too, which pyspark keeps for the next session, and with it what it holds in memory."""
    gateway = SparkContext._gateway
    with suppress(Py4JError, OSError):  # where Java has ended already
        session.stop()
    if gateway is not None:
        with suppress(Py4JError, OSError):
            gateway.shutdown()
        process = gateway.proc
        process.stdin.close()  # upon which it ends
        process.wait()
        SparkContext._gateway = SparkContext._jvm = None


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (Py4JError, OSError):
        what = "Java, in which Spark runs, failed or ended"
        raise ComputeError(what, remedy="free some memory and run it again; a large record wants 4 GB") from None
    except PySparkException as fault:
        # Spark's own words may quote a child's value, so only their kind is told.
        raise ComputeError(f"Spark refused the query ({type(fault).__name__})") from None
