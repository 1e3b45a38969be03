"""The Standard Safeguarding Dataset as tests draw it: a table as lines of cells between bars, written as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from compendium.sources.load import LoadReport
from tests.sources.desk import Desk

FOLDER = "ssd_2017-07-03"


def as_csv(drawing: str) -> str:
    """A drawn table, its first line the header."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()
    )
    return out.getvalue()


def lay(desk: Desk, tables: Mapping[str, str], folder: str = FOLDER) -> str:
    """Writes a folder with a file for each drawn table; its name."""
    (desk.folder / folder).mkdir()
    for name, drawing in tables.items():
        desk.write(f"{folder}/{name}.csv", as_csv(drawing))
    return folder


def load(desk: Desk, folder: str = FOLDER, **tables: str) -> LoadReport:
    """Lays the tables out and loads them as one delivery."""
    return desk.load(lay(desk, tables, folder))
