"""The Standard Safeguarding Dataset as CSV: a folder with one file a table (`ssd_contacts.csv`), or one such file.

A file is known by its headers, whatever it is called. See `ssd_delivery.py` for what is taken from the
tables, and `ssd_database.py` for the same tables in the council's own database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from compendium.errors import DeliveryError
from compendium.record.intake import Intake
from compendium.sources import ssd_delivery
from compendium.sources.cells import shown_name
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import DeliveredFile
from compendium.sources.ssd_columns import GivenTable, Rows
from compendium.sources.ssd_tables import TABLES

NAME = ssd_delivery.NAME
KNOWN = {name for shape in TABLES for value in shape.values for names in value.columns for name in names}
REMEDY = "put the day of the extract into the name of the folder or file, as in ssd_2017-07-03"


def recognises(delivered: DeliveredFile) -> bool:
    for each in _files(delivered):
        with suppress(DeliveryError):  # a file that cannot be read is refused by whoever reads it
            if ssd_delivery.table_named(_header(each)):
                return True
    return False


def dated(delivered: DeliveredFile) -> date | None:
    """The day that the files' names give, where the folder's does not."""
    return max((day for each in delivered.members if (day := each.named_day)), default=None)


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """Every table. DeliveryError when two files hold the same one."""
    tables: dict[str, DeliveredFile] = {}
    for each in _files(delivered):
        name = ssd_delivery.table_named(_header(each))
        if name is None:
            _note_strange(each, intake)
        elif name in tables:
            raise delivered.refused(
                f"two files hold the table {name}: {tables[name].name} and {each.name}",
                expected="one file for each table",
                remedy="take out the one that is not meant; nothing was loaded",
            )
        else:
            tables[name] = each
    for each in delivered.members:
        if each.kind != "text":
            _note_strange(each, intake)
    given = {name: _given(name, file, intake) for name, file in tables.items() if name not in ssd_delivery.UNUSED}
    unused = {name: _Count(file) for name, file in tables.items() if name in ssd_delivery.UNUSED}
    ssd_delivery.read_tables(given, unused, intake, delivered.named_day or dated(delivered), REMEDY)


def _files(delivered: DeliveredFile) -> Iterator[DeliveredFile]:
    yield from (each for each in (delivered.members or (delivered,)) if each.kind == "text")


def _header(file: DeliveredFile) -> list[str]:
    """Its columns in small letters."""
    return [column.lower() for column in Delimited(file).header]


def _note_strange(file: DeliveredFile, intake: Intake) -> None:
    intake.note(
        f"{shown_name(file.name, 'a file of the folder')} is no table of the dataset and was not read",
        remedy="load it by itself if it is a delivery of its own",
    )


def _given(name: str, file: DeliveredFile, intake: Intake) -> GivenTable:
    lines = Delimited(file)
    columns = tuple(column.lower() for column in lines.header)
    if twice := lines.repeating(columns, KNOWN):
        raise twice
    if file.encoding not in ("utf-8", "utf-8-sig"):
        intake.note(f"{name} is written in {file.encoding}, not in UTF-8; it was read as such")

    def rows(wanted: Sequence[str]) -> Rows:
        return Rows({column: columns.index(column) for column in wanted}, len(columns), lines.rows())

    return GivenTable(name, columns, rows)


class _Count:
    """Counts the rows of a file of which nothing is taken."""

    def __init__(self, file: DeliveredFile) -> None:
        self._file = file

    def __call__(self) -> int:
        return sum(1 for _ in Delimited(self._file).rows())
