"""The columns of one delivered table of the Standard Safeguarding Dataset, found for the values drawn of it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from compendium import words
from compendium.errors import DeliveryError, Place
from compendium.record.intake import Intake
from compendium.record.tables import TABLES
from compendium.sources.cells import Memo, Odd
from compendium.sources.ssd_links import Links
from compendium.sources.ssd_tables import SsdTable, SsdValue

Cells = Sequence[Any]
Get = Callable[[Cells], Any]


@dataclass(frozen=True)
class Rows:
    """places: where each column asked for stands in a row. width: the fields of a whole row, where one may be short."""

    places: Mapping[str, int]
    width: int | None
    each: Iterator[tuple[int, Cells]]


@dataclass(frozen=True)
class GivenTable:
    """A table as it was delivered. columns: in small letters. rows: opens it for the columns asked for."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Sequence[str]], Rows]


class Columns:
    """at: name of a value -> where it stands among a row's values, in the order of `shown`, the columns by which the
    ledger names them; needs: where the values stand that every row must have. DeliveryError when there is no column
    for one of these, or for one that the canonical table cannot be without."""

    def __init__(self, shape: SsdTable, given: GivenTable, intake: Intake, links: Links) -> None:
        self._given, self._intake = given, intake
        self.at: dict[str, int] = {}
        self.shown: list[str] = []
        self._singles: list[tuple[Memo, str]] = []
        self._several: list[tuple[Memo, list[str | None]]] = []
        needs = shape.needs or sorted(feed_values(shape))
        required = feed_values(shape).union(needs)
        for value in sorted(shape.values, key=lambda each: len(each.columns) > 1):
            if links.can(value.kind) or value.name in required:
                self._find(value, links, value.name in required)
        self.needs = [self.at[name] for name in needs]

    def open(self) -> Rows:
        """The table's rows, with the columns that are used and no others."""
        wanted = [column for _, column in self._singles]
        wanted += [column for _, columns in self._several for column in columns if column]
        rows = self._given.rows(list(dict.fromkeys(wanted)))
        self._readings: list[tuple[Memo, Get]] = [
            (memo, itemgetter(rows.places[column])) for memo, column in self._singles
        ]
        self._readings += [
            (memo, _together([rows.places[column] if column else None for column in columns]))
            for memo, columns in self._several
        ]
        self._known = [(memo.seen.get, rows.places[column]) for memo, column in self._singles]
        self._joined = [(memo.seen.get, get) for memo, get in self._readings[len(self._singles) :]]
        return rows

    def read(self, cells: Cells) -> tuple[list[Any], list[tuple[int, Odd]]]:
        """A row's values, and those of them that are odd, by place; each is put down as what it was taken for."""
        values: list[Any] = [known(cells[place], Odd) for known, place in self._known]
        values += [known(get(cells), Odd) for known, get in self._joined]
        odd: list[tuple[int, Odd]] = []
        if Odd in values:  # something new, or something odd
            for at, value in enumerate(values):
                if value is Odd:
                    memo, get = self._readings[at]
                    read = memo.read(get(cells))
                    if isinstance(read, Odd):
                        odd.append((at, read))
                        read = read.value
                    values[at] = read
        return values, odd

    def _find(self, value: SsdValue, links: Links, needed: bool) -> None:
        columns = [next((each for each in names if each in self._given.columns), None) for names in value.columns]
        shown = next((each for each in columns if each), None)
        if shown is None:
            self._missing(value, needed)
            return
        self.at[value.name] = len(self.shown)
        self.shown.append(shown)
        memo = links.memo(value.kind, needed)
        if len(columns) == 1:
            self._singles.append((memo, shown))
        else:
            self._several.append((memo, columns))

    def _missing(self, value: SsdValue, needed: bool) -> None:
        names = words.listing([each[0] for each in value.columns], "or")
        near = difflib.get_close_matches(value.columns[0][0], self._given.columns, 1, 0.8)
        hint = f"did you mean {near[0]}?" if near else ""
        if not needed:
            self._intake.note(f"{self._given.name} has no column {names}", remedy=hint)
            return
        raise DeliveryError(
            f"{self._given.name} has no column {names}, which every row of it needs",
            where=Place(file=self._intake.file_name),
            expected="the columns of the published dataset, under their published names",
            remedy=f"export the table with that column, or leave the table out{f' ({hint})' if hint else ''};"
            " nothing was loaded",
        )


def feed_values(shape: SsdTable) -> set[str]:
    """The values that the main feed's table requires."""
    return {
        source
        for feed in shape.feeds
        if feed.main
        for column, source in zip(feed.columns, feed.sources, strict=True)
        if column in TABLES[feed.table].required and not source.startswith(":") and source != "as_at"
    }


def _together(places: Sequence[int | None]) -> Get:
    """The cells of several columns as one tuple; None for a column that is not there."""
    found = [place for place in places if place is not None]
    if len(found) == len(places):
        return itemgetter(*found)
    return lambda cells: tuple(None if place is None else cells[place] for place in places)
