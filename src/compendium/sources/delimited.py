"""A delivered text file as lines of fields: CSV, or the same with semicolons or tabs."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice

from compendium.errors import DeliveryError
from compendium.sources.cells import day, shown_header
from compendium.sources.delivered import DeliveredFile

DELIMITERS = ",;\t|"
COMPLETE = re.compile(r"complete:\s*(\S+)\s+to\s+(\S+)", re.IGNORECASE)
AUTHORITY = re.compile(r"authority:\s*(\d{3})\b", re.IGNORECASE)
# A case note can be longer than the 131,072 letters that csv allows a field.
csv.field_size_limit(2**31 - 1)


class Delimited:
    """comments: the '#' lines before the header, without the '#'. header: the field names as delivered."""

    def __init__(self, delivered: DeliveredFile) -> None:
        self._delivered = delivered
        self.comments: list[str] = []
        self._first = 0  # lines before the header
        opening = ""
        with delivered.lines() as lines:
            for line in lines:
                if line.lstrip('"').startswith("#"):
                    # A spreadsheet saves a line of one cell with a comma for each empty one, and may quote it.
                    self.comments.append(line.strip(' \t\r\n",;').lstrip("#").strip())
                elif line.strip():
                    opening = line
                    break
                self._first += 1
        self.delimiter = max(DELIMITERS, key=opening.count)
        self.header = [field.strip() for field in next((fields for _, fields in self._records()), [])]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(line on which it begins, fields) of every row below the header that is not blank."""
        return ((line, fields) for line, fields in islice(self._records(), 1, None) if any(map(str.strip, fields)))

    @property
    def authority(self) -> str | None:
        """The three digits of a line `# authority: 999` before the header."""
        found = (AUTHORITY.search(comment) for comment in self.comments)
        return next((each[1] for each in found if each), None)

    def complete(self, without: str) -> tuple[date, date] | None:
        """The days that `# complete:` names. A line that cannot be read refuses the file: a guess would make noughts.

        without: what holds when there is no such line, for the refusal.
        """
        for comment in self.comments:
            if not re.match(r"complete\b", comment, re.IGNORECASE):
                continue
            found = COMPLETE.fullmatch(comment)
            stated = (day(found[1]), day(found[2])) if found else (None, None)
            if isinstance(stated[0], str) and isinstance(stated[1], str) and stated[0] <= stated[1]:
                return date.fromisoformat(stated[0]), date.fromisoformat(stated[1])
            raise self._delivered.refused(
                "the line that begins with '# complete' cannot be read",
                expected="two days, the earlier first: # complete: 2012-04-01 to 2017-02-02",
                remedy=f"correct the line; {without}",
            )
        return None

    def repeating(self, names: Sequence[str | None], known: Collection[str]) -> DeliveryError | None:
        """The refusal of a file in which two headers name the same column.

        names: what each header is taken for. known: the names that there are, for no other is shown.
        """

        def shown(at: int, otherwise: str) -> str:
            header = self.header[at]
            return f"'{header}'" if names[at] in known else shown_header(header, known, otherwise)

        for at, name in enumerate(names):
            if name and name in names[:at]:
                return self._delivered.refused(
                    f"the header {shown(at, f'of its column {at + 1}')} stands twice: it names"
                    f" the same column as {shown(names.index(name), 'an earlier one')}",
                    expected="each column once",
                    remedy="take one of the two out, or give it its own name",
                )
        return None

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """DeliveryError when quotation marks do not match: what follows could then be anything."""
        begins = self._first + 1
        try:
            with self._delivered.lines() as lines:
                reader = csv.reader(islice(lines, self._first, None), delimiter=self.delimiter, strict=True)
                for fields in reader:
                    yield begins, fields
                    begins = self._first + reader.line_num + 1
        except csv.Error as fault:
            raise self._delivered.refused(
                f"the quotation marks of the row that begins on line {begins} do not match",
                expected='a quotation mark within a value doubled: "He said ""no"""',
                remedy="export the file again as CSV; nothing of it was loaded",
            ) from fault
