"""Tables within workbooks (.xlsx, .ods): where a sheet's header stands, and its rows below, cell by cell as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from compendium.sources.cells import Odd, text
from compendium.sources.delivered import DeliveredFile

DEEPEST = 12  # rows of title and notes above a header


@dataclass(frozen=True)
class SheetTable:
    """header: cells as text. at: the row on which it stands, from 1. body: the rows below."""

    sheet: str
    header: tuple[str, ...]
    at: int
    body: Sequence[Sequence[Any]]

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """(row, header -> cell) of every row that is not blank. Of headers that repeat, the first column counts."""
        for number, cells in enumerate(self.body, start=self.at + 1):
            if any(plain(cell) for cell in cells):
                row = dict(zip(reversed(self.header), reversed(cells[: len(self.header)]), strict=False))
                yield number, row


def tables(delivered: DeliveredFile, needed: frozenset[str]) -> Iterator[SheetTable]:
    """Of every sheet whose first rows hold a header with the columns needed."""
    for name in delivered.workbook.sheet_names:
        rows = delivered.sheet(name)
        for at, cells in enumerate(rows[:DEEPEST]):
            header = tuple(plain(cell) for cell in cells)
            if needed <= set(header):
                yield SheetTable(name, header, at + 1, rows[at + 1 :])
                break


def plain(cell: Any) -> str:
    """A cell as text, '' for an empty one; a whole number loses its '.0'."""
    read = text(cell)
    return "" if read is None or isinstance(read, Odd) else str(read)
