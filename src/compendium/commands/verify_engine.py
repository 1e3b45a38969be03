"""compendium verify engine: the catalogue counted on DuckDB and on another engine, every whole number compared."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compendium import words
from compendium.commands.arguments import add_as_at, add_workspace
from compendium.commands.catalogue import catalogue_of
from compendium.commands.screen import Progress, say
from compendium.engine.engine import Engine
from compendium.errors import ComputeError
from compendium.indicators.comparison import Comparison
from compendium.indicators.compute import all_months, compute, tables_read
from compendium.indicators.drawn_regions import drawn_regions
from compendium.indicators.loading import Catalogue
from compendium.record.deliveries import Record
from compendium.record.handover import empty_duckdb, hand_over
from compendium.record.snapshot import Snapshot
from compendium.sources.database import counting_in
from compendium.workspace import FILE, Workspace, open_workspace

ENGINES = {"postgresql": "PostgreSQL", "spark": "Spark"}
SHOWN = 20  # differences printed for each engine; --format json has all of them
WHERE = {
    "postgresql": "temporary tables of the database {database}, which only this session saw; they were taken back",
    "spark": "Spark within this program; what it put on a disk was encrypted, in a folder that has been removed",
}


@dataclass(frozen=True)
class Asked:
    """What is to be counted. snapshot: None for the examples."""

    catalogue: Catalogue
    workspace: Workspace | None
    snapshot: Snapshot | None
    months: list[date]
    database: str | None


def add_engine(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = verbs.add_parser("engine", help="count the catalogue on another engine too, and compare every whole number")
    here.add_argument("--engine", choices=(*ENGINES, "all"), default="all", help="the other engine (default: all)")
    here.add_argument("--database", metavar="NAME", help="for postgresql: the database, as [databases.NAME] has it")
    here.add_argument("--months", type=_whole, default=12, metavar="N", help="the last N whole months (default: 12)")
    here.add_argument("--examples", action="store_true", help="the drawn examples instead of the record")
    here.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    add_as_at(here)
    add_workspace(here)
    here.set_defaults(run=run_engine)


def run_engine(given: argparse.Namespace) -> int:
    """1 when a number differs."""
    asked = _asked(given)
    chosen = list(ENGINES) if given.engine == "all" else [given.engine]
    found: dict[str, Comparison] = {}
    for name in chosen:
        with Progress(f"Counting on DuckDB and on {ENGINES[name]}"), _opened(name, asked) as engine:
            found[name] = _compared(engine, asked)
    if given.format == "json":
        told = {name: {**vars(each), "indicators": sorted(each.indicators)} for name, each in found.items()}
        say(json.dumps(told, indent=2))
    else:
        for name, each in found.items():
            _tell(name, each, asked)
    return 1 if any(each.differences for each in found.values()) else 0


def _asked(given: argparse.Namespace) -> Asked:
    """Raises ComputeError or WorkspaceError when something is missing, before anything is counted."""
    folder: Path = given.workspace
    # The examples are the catalogue's own, so they need a workspace only for the database.
    wanted = not given.examples or given.database is not None or (folder / FILE).is_file()
    workspace = open_workspace(folder) if wanted else None
    if given.engine in ("postgresql", "all") and given.database is None:
        raise ComputeError(
            "it is not said in which PostgreSQL database to count",
            remedy="name one of the settings' with --database NAME, or choose --engine spark",
        )
    catalogue = catalogue_of(workspace)
    if given.examples or workspace is None:
        return Asked(catalogue, workspace, None, [], given.database)
    snapshot = Record.open(workspace).as_at(given.as_at)
    months = all_months(snapshot, list(catalogue.values()))[-given.months :]
    return Asked(catalogue, workspace, snapshot, months, given.database)


@contextmanager
def _opened(name: str, asked: Asked) -> Iterator[Engine]:
    if name == "postgresql":
        assert asked.workspace is not None and asked.database is not None
        with counting_in(asked.workspace.database(asked.database)) as connection:
            from compendium.engine.postgres_engine import PostgresEngine

            yield PostgresEngine(connection)
        return
    try:
        from compendium.engine.spark_engine import local_spark
    except ImportError:
        raise ComputeError("Spark is not installed", remedy="install Compendium with it: compendium[spark]") from None
    with local_spark() as engine:
        yield engine


def _compared(engine: Engine, asked: Asked) -> Comparison:
    made = Comparison()
    if asked.snapshot is None or asked.workspace is None:
        for region in drawn_regions(asked.catalogue):
            made.add(region.figures(empty_duckdb(), asked.catalogue), region.figures(engine, asked.catalogue))
        return made
    hand_over(engine, {"": asked.snapshot}, tables_read(asked.catalogue, list(asked.catalogue.values())))
    one = compute(asked.snapshot, asked.catalogue, asked.workspace, asked.months)
    other = compute(asked.snapshot, asked.catalogue, asked.workspace, asked.months, engine=engine)
    made.add({"": one}, {"": other})
    return made


def _tell(name: str, found: Comparison, asked: Asked) -> None:
    if asked.snapshot is not None:
        last, tables = asked.months[-1], tables_read(asked.catalogue, list(asked.catalogue.values()))
        place = WHERE[name].format(database=asked.database)
        say(f"{words.plural(len(tables), 'table')} of the record went to {place}.")
        of = f"{words.plural(len(asked.months), 'month')} to {words.month(last)}"
    else:
        of = "the drawn examples"
    alike = "no difference" if not found.differences else words.plural(len(found.differences), "difference")
    counted = words.plural(len(found.indicators), "indicator")
    numbers = words.plural(found.numbers, "whole number")
    say(f"{ENGINES[name]}: {counted}, {of}, {numbers} compared with DuckDB: {alike}")
    for each in found.differences[:SHOWN]:
        say(f"  {each}")
    if len(found.differences) > SHOWN:
        say(f"  and {len(found.differences) - SHOWN} more; --format json has all of them")


def _whole(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of months; write it as 12")
    return int(text)
