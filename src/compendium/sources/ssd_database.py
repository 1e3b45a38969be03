"""The Standard Safeguarding Dataset where it is made: in the council's own database, read without a file between.

A reading is a delivery like any other: received today, and known by its day and a digest of what was read, so that
a dataset that is as it was when it was last read changes nothing. Only the columns that `ssd_tables.py` draws are
fetched; of the tables of which nothing is taken, the rows are counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from compendium.errors import DeliveryError, Place
from compendium.record.intake import Intake
from compendium.sources import ssd_delivery
from compendium.sources.database import Connection, connected
from compendium.sources.ssd_columns import GivenTable, Rows
from compendium.sources.ssd_delivery import UNUSED
from compendium.sources.ssd_tables import TABLES
from compendium.workspace import Database

NAME = ssd_delivery.NAME
REMEDY = "have the dataset made anew before it is read"
OTHERWISE = {"ssd_cla_placements": "ssd_cla_placement"}  # what a table is called here and there -> by its own name
READ = frozenset({*OTHERWISE, *(shape.name for shape in TABLES)})


def read(database: Database, intake: Intake) -> None:
    """Every table, as of one moment. DeliveryError when none can be read."""
    with connected(database) as connection:
        tables = connection.tables(READ.union(UNUSED))
        digest = hashlib.sha256()
        given, unused = {}, {}
        for table, columns in tables.items():
            name = OTHERWISE.get(table.lower(), table.lower())
            if name in UNUSED:
                unused[name] = partial(connection.count, table)
            else:
                given[name] = _given(connection, name, table, columns, digest.update)
        if not given:
            raise DeliveryError(
                "no table of the dataset is there, or none that this user may read",
                where=Place(file=intake.file_name),
                expected="tables such as ssd_person and ssd_contacts",
                remedy=f"name their schema under [databases.{database.name}], or ask for SELECT on them",
            )
        ssd_delivery.read_tables(given, unused, intake, None, REMEDY)
        intake.sha256 = digest.hexdigest()


def _given(
    connection: Connection, name: str, table: str, columns: Sequence[str], digest: Callable[[bytes], None]
) -> GivenTable:
    small = {column.lower(): column for column in columns}

    def rows(wanted: Sequence[str]) -> Rows:
        def each() -> Iterator[tuple[int, Sequence[str | None]]]:
            digest(repr((name, tuple(wanted))).encode())
            for number, row in enumerate(connection.rows(table, [small[column] for column in wanted]), 1):
                digest(repr(row).encode())
                yield number, row

        return Rows({column: place for place, column in enumerate(wanted)}, None, each())

    return GivenTable(name, tuple(small), rows)
