"""A workbook of tables that anyone can read: the form that the Government Analysis Function asks for.

A cover sheet, a list of contents, notes, then one table a sheet, marked as a table, its headings in one row, nothing
merged, no empty row or column in it, no meaning in colour alone. Text is written as text: nothing in a cell can run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter

WIDEST = 60  # letters, beyond which text wraps
Value = str | int | Decimal | date | None
FIRST_ROW = 4  # of a table: under its title, what it is and the way back


@dataclass(frozen=True)
class Table:
    """One sheet. name: of the sheet, at most 31 letters; links: the number of a column -> an address for each row."""

    name: str
    title: str
    says: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    links: dict[int, Sequence[str | None]] = field(default_factory=dict)


def write_book(path: Path, title: str, cover: Sequence[str], notes: Sequence[str], tables: Sequence[Table]) -> None:
    """cover: its lines under the title. An empty cell of a table says so in words, as the guidance asks."""
    # Put together in memory: its parts would else lie in temporary files, children's ids and all.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": title})
        book.set_size(2400, 1600)
        writer = _Writer(book)
        writer.text("Cover", title, cover)
        contents = [("Notes", "Notes"), *((table.name, table.title) for table in tables)]
        writer.contents(contents)
        writer.text("Notes", "Notes", notes)
        for number, table in enumerate(tables, start=1):
            writer.table(table, number)


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        base = {"font_name": "Arial", "font_size": 12, "valign": "top"}
        self._title = book.add_format({**base, "bold": True, "font_size": 16})
        self._plain = book.add_format({**base, "text_wrap": True})
        self._bold = book.add_format({**base, "bold": True, "text_wrap": True})
        self._day = book.add_format({**base, "num_format": "d mmmm yyyy", "align": "left"})
        self._number = book.add_format({**base, "num_format": "#,##0"})
        self._fraction = book.add_format({**base, "num_format": "#,##0.0##"})
        self._link = book.add_format({**base, "font_color": "#0F4C4F", "underline": 1})

    def text(self, name: str, title: str, lines: Sequence[str]) -> None:
        """A sheet of one column."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 90)
        sheet.write_string(0, 0, title, self._title)
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line, self._plain)

    def contents(self, listed: Sequence[tuple[str, str]]) -> None:
        sheet = self._book.add_worksheet("Contents")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 70)
        sheet.write_string(0, 0, "Contents", self._title)
        sheet.write_string(1, 0, "This sheet lists the others, with a link to each.", self._plain)
        for row, (name, title) in enumerate(listed, start=3):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self._link, name)
            sheet.write_string(row, 1, title, self._plain)
        self._mark(sheet, "contents", 2, ("Sheet", "What it holds"), len(listed))

    def table(self, table: Table, number: int) -> None:
        sheet = self._book.add_worksheet(table.name)
        sheet.write_string(0, 0, table.title, self._title)
        sheet.write_string(1, 0, table.says)
        sheet.write_url(2, 0, "internal:'Contents'!A1", self._link, "Back to the contents")
        for column, heading in enumerate(table.headings):
            told = [row[column] for row in table.rows]
            sheet.set_column(column, column, _width(heading, told))
            for at, value in enumerate(told):
                self._cell(sheet, FIRST_ROW + at, column, value, table.links.get(column, ()))
        if not table.rows:
            sheet.write_string(FIRST_ROW, 0, "none", self._plain)
        self._mark(sheet, f"table_{number}", FIRST_ROW - 1, table.headings, len(table.rows))

    def _cell(
        self, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value,
        links: Sequence[str | None],
    ) -> None:  # fmt: skip
        link = links[row - FIRST_ROW] if links else None
        if link and value is not None:
            sheet.write_url(row, column, link, self._link, str(value))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._number)
        elif isinstance(value, Decimal):
            sheet.write_number(row, column, float(value), self._fraction)
        else:
            sheet.write_string(row, column, value or "none", self._plain)

    def _mark(
        self, sheet: xlsxwriter.worksheet.Worksheet, name: str, first: int, headings: Sequence[str], rows: int
    ) -> None:  # fmt: skip
        """As a table, for people who do not see the sheet."""
        columns = [{"header": heading, "header_format": self._bold} for heading in headings]
        options = {"name": name, "columns": columns, "autofilter": False, "style": "Table Style Light 1",
                   "banded_rows": False}  # fmt: skip
        sheet.add_table(first, 0, first + max(rows, 1), len(headings) - 1, options)


def _width(heading: str, told: Sequence[object]) -> int:
    longest = max((len(str(value)) for value in (heading, *told) if value is not None), default=0)
    return min(max(longest + 3, 12), WIDEST)
