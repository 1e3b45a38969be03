"""Which reader a delivered file is for, by its content; never by its name alone."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from compendium.errors import DeliveryError
from compendium.record.intake import Intake
from compendium.sources import annex_a, cin_census, dfe_api, local_tables, published, ssd, ssda903, workforce_census
from compendium.sources.delivered import DeliveredFile


class Reader(Protocol):
    """What a module of this room offers."""

    NAME: str

    def recognises(self, delivered: DeliveredFile) -> bool: ...
    def dated(self, delivered: DeliveredFile) -> date | None: ...
    def read(self, delivered: DeliveredFile, intake: Intake) -> None: ...


READERS: tuple[Reader, ...] = (cin_census, workforce_census, ssda903, annex_a, dfe_api, published, ssd, local_tables)


def recognise(delivered: DeliveredFile) -> Reader:
    """The first reader that knows the content. DeliveryError naming the nearest format if none does."""
    for reader in READERS:
        if reader.recognises(delivered):
            return reader
    raise _unknown(delivered)


def deliveries_in(delivered: DeliveredFile) -> tuple[DeliveredFile, ...]:
    """Itself; of a folder with the returns of several years, each of them. DeliveryError when they cannot be told."""
    if delivered.kind == "folder" and ssda903.recognises(delivered):
        return ssda903.parts(delivered)
    return (delivered,)


def _unknown(delivered: DeliveredFile) -> DeliveryError:
    if delivered.kind == "workbook":
        return annex_a.unknown(delivered)
    if delivered.kind == "text":
        return published.unknown(delivered) or local_tables.unknown(delivered)
    if delivered.kind == "folder":
        return delivered.refused(
            "its files together are no return that is known",
            expected="the files of one return, such as an SSDA903",
            remedy="to load every file of the folder by itself, say load --folder",
        )
    if delivered.kind == "json":
        return delivered.refused(
            "no format is known whose JSON looks like this",
            expected="a payload of the department's API: children with a la_child_id",
            remedy="check that this is the file meant",
        )
    if delivered.kind == "parquet":
        return delivered.refused(
            "no Parquet file with these columns is known",
            expected="the file of the Local Authority Interactive Tool, with the columns Short Desc, Years and Values",
            remedy="check that this is the file meant, and that it is whole",
        )
    return delivered.refused(
        "no format is known whose XML looks like this",
        expected="a Children in Need or workforce census: <Message> with a <Header> whose Collection is CIN or CSWW",
        remedy="check that this is the file meant; other returns are not read",
    )
