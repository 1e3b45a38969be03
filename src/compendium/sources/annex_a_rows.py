"""One list of Annex A: its rows into the canonical tables, each kept or rejected with its reason."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date
from operator import itemgetter
from typing import Any

from compendium.record.intake import Intake
from compendium.record.tables import TABLES
from compendium.sources.annex_a_lists import AnnexList, ListColumn
from compendium.sources.annex_a_values import reading
from compendium.sources.cells import Memo, Odd, squeezed
from compendium.sources.feeds import Feed

Emit = Callable[[int, list[Any]], bool]
YES_NO = re.compile(r"\(\s*y\s*/\s*n\s*\)", re.IGNORECASE)


def header_key(header: Any) -> str:
    """How headers are compared: letters and digits only, small, without '(Y/N)'."""
    return squeezed(YES_NO.sub("", str(header)))


class Readings(dict[str, Memo]):
    """kind -> its reading, shared by all lists of a workbook."""

    def __missing__(self, kind: str) -> Memo:
        memo = self[kind] = Memo(reading(kind))
        return memo


class ListReader:
    """Reads one list. extracted: the day of the extract."""

    HOLDS = frozenset({6, 7, 8, 9})  # lists that name who holds the case now

    def __init__(self, shape: AnnexList, sheet: str, extracted: date, intake: Intake, readings: Readings) -> None:
        self._shape, self._sheet, self._intake, self._readings = shape, sheet, intake, readings
        self._day = extracted.isoformat()
        self._columns: list[ListColumn] = []
        self._needed: dict[int, set[str]] = {}  # place of a value -> the tables that it feeds and that need it
        self._at: dict[str, int] = {}  # name of a value -> where it stands among a row's values

    def read(self, rows: list[list[Any]], header: int) -> int:
        """All rows below the header. Returns how many were kept."""
        places = self._match(rows[header])
        keys = {header_key(cell) for cell in rows[header]}
        plan = [(self._readings[column.kind], place) for column, place in zip(self._columns, places, strict=True)]
        seen = [(memo.seen.get, place) for memo, place in plan]
        main, beside = self._feeds()
        first = places[0]  # a row is looked at whole only where its first column says nothing
        read = kept = 0
        for number, cells in enumerate(rows[header + 1 :], header + 2):
            opening = cells[first]
            if isinstance(opening, str) and not opening.strip() and _is_blank(cells):
                continue
            read += 1
            values: list[Any] = [known(cells[place], Odd) for known, place in seen]
            odd: list[tuple[int, Odd]] = []
            if Odd in values:  # something new, or something odd
                for at, value in enumerate(values):
                    if value is Odd:
                        memo, place = plan[at]
                        values[at] = memo.read(cells[place])
                odd = _plainly(values)
                if odd and self._is_header(cells, keys):
                    self._reject(number, None, Odd(None, "it repeats the header row", why="repeated"))
                    continue
            fed = [feed(number, values) for feed in main]
            if not any(fed):
                self._reject_row(number, cells, values, places)
                continue
            for feed in beside:
                feed(number, values)
            self._tell(number, odd, values)
            kept += 1
            self._intake.breathe()
        self._intake.count(self._shape.unit, read, kept, read - kept)
        return kept

    def _match(self, header: list[Any]) -> list[int]:
        """Finds the list's columns in the header row; the ledger notes what is missing and what is not known."""
        keys = [header_key(cell) for cell in header]
        places: list[int] = []
        used: set[int] = set()
        for column in self._shape.columns:
            place = next((keys.index(key) for key in map(header_key, column.headers) if key in keys), None)
            if place is None:
                self._intake.note(f"{self._shape.unit} has no column '{column.headers[0]}'")
                continue
            self._at[column.name] = len(places)
            self._columns.append(column)
            places.append(place)
            used.add(place)
        known = [column.headers[0] for column in self._shape.columns]
        for place, key in enumerate(keys):
            if key and place not in used:
                name = str(header[place])
                near = difflib.get_close_matches(name, known, 1, 0.8)
                shown = f"'{name}'" if near else f"number {place + 1}"
                self._intake.note(
                    f"{self._shape.unit}: the column {shown} is not known and was not read",
                    remedy=f"did you mean '{near[0]}'?" if near else "",
                )
        return places

    def _feeds(self) -> tuple[list[Emit], list[Emit]]:
        """The feeds that can be fed from the columns at hand: the main ones, and those beside them."""
        main = [self._feed(feed) for feed in self._shape.feeds if feed.main and self._can(feed)]
        beside = [self._feed(feed) for feed in self._shape.feeds if not feed.main and self._can(feed)]
        if "person_id" in self._at:
            beside.append(self._person())
            if self._shape.number in self.HOLDS:
                beside.append(self._allocation())
        return main, beside

    def _has(self, source: str) -> bool:
        return source in self._at or source.startswith(":") or source in ("as_at", "holder")

    def _can(self, feed: Feed) -> bool:
        supplied = {column for column, source in zip(feed.columns, feed.sources, strict=True) if self._has(source)}
        return supplied >= set(TABLES[feed.table].required)

    def _feed(self, feed: Feed) -> Emit:
        pairs = [pair for pair in zip(feed.columns, feed.sources, strict=True) if self._has(pair[1])]
        add = self._intake.appender(feed.table, [column for column, _ in pairs])
        table = TABLES[feed.table]
        derived = [self._derived(source, table.column(column).type) for column, source in pairs]
        required = [self._at[source] for column, source in pairs if column in table.required and source in self._at]
        for place in required:
            self._needed.setdefault(place, set()).add(feed.table)
        if all(isinstance(each, int) for each in derived):
            pick = itemgetter(*derived)

            def emit(number: int, values: list[Any]) -> bool:
                for place in required:
                    if values[place] is None:
                        return False
                add((number, *pick(values)))
                return True
        else:

            def emit(number: int, values: list[Any]) -> bool:
                for place in required:
                    if values[place] is None:
                        return False
                add((number, *(values[each] if isinstance(each, int) else each(values) for each in derived)))
                return True

        return emit

    def _derived(self, source: str, kind: str) -> int | Callable[[list[Any]], Any]:
        """Where a feed's value stands among a row's, or how it is made."""
        if source.startswith(":"):
            constant = int(source[1:]) if kind == "flag" else source[1:]
            return lambda values: constant
        if source == "as_at":
            return lambda values: self._day
        if source == "holder":
            return self._holder
        return self._at[source]

    def _holder(self, values: list[Any]) -> str | None:
        """The personal adviser, else the worker, as a pseudonym."""
        for name in ("adviser", "worker"):
            place = self._at.get(name)
            if place is not None and values[place] is not None:
                return self._intake.worker(values[place])
        return None

    def _person(self) -> Emit:
        """Who the child is. A date of birth still to come is an expected one."""
        plain = [name for name in ("sex", "ethnicity", "is_disabled", "is_uasc") if name in self._at]
        births = ["dob", "expected_dob"] if "birth" in self._at else []
        add = self._intake.appender("person", ["person_id", *plain, *births])
        who, places = self._at["person_id"], [self._at[name] for name in plain]
        birth, age, sex = (self._at.get(name) for name in ("birth", "age", "sex"))
        event = self._event()

        def emit(number: int, values: list[Any]) -> bool:
            row = (number, values[who], *[values[place] for place in places])
            if birth is None:
                add(row)
                return True
            born = values[birth]
            years = None if age is None else values[age]
            unborn = born is not None and (born > self._day or years == -1)
            if born is not None and not unborn and event is not None and values[event] is not None:
                untold = years is None or (sex is not None and values[sex] == "U")
                unborn = born > values[event] and untold
            add((*row, None, born) if unborn else (*row, born, None))
            return True

        return emit

    def _event(self) -> int | None:
        """Where the day of the list's own event stands."""
        for feed in self._shape.feeds:
            event = TABLES[feed.table].event
            if event in feed.columns:
                return self._at.get(feed.sources[feed.columns.index(event)])
        return None

    def _allocation(self) -> Emit:
        """Who holds the case on the day of the extract, where it is open then."""
        add = self._intake.appender("allocation_seen", ("person_id", "as_at", "team_id", "worker_id"))
        who, team = self._at["person_id"], self._at.get("team_id")
        closed = self._at.get(self._shape.closed_by or "")

        def emit(number: int, values: list[Any]) -> bool:
            if closed is not None and values[closed] is not None and values[closed] <= self._day:
                return False
            held_by, held_in = self._holder(values), None if team is None else values[team]
            if held_by or held_in:
                add((number, values[who], self._day, held_in, held_by))
            return True

        return emit

    def _tell(self, number: int, odd: list[tuple[int, Odd]], values: list[Any]) -> None:
        """The ledger's entries for what a kept row has that was read leniently or set aside."""
        for place, value in odd:
            what = value.what if value.value is not None else f"{value.what}; it was set aside"
            header = self._columns[place].headers[0]
            self._intake.change(
                self._shape.unit, number, header, what,
                value=value.cell, sheet=self._sheet, kind=value.kind, person=self._who(values),
            )  # fmt: skip
            for table in self._needed.get(place, ()) if value.value is None else ():
                self._intake.lose(table, self._who(values))

    def _reject_row(self, number: int, cells: list[Any], values: list[Any], places: list[int]) -> None:
        """Says which value a row would have needed: of its first main feed."""
        feed = next(feed for feed in self._shape.feeds if feed.main)
        for column, source in zip(feed.columns, feed.sources, strict=True):
            if column not in TABLES[feed.table].required or source == "as_at":
                continue
            header = next(each.headers[0] for each in self._shape.columns if each.name == source)
            if source not in self._at:
                return self._reject(number, header, Odd(None, f"there is no column '{header}'", why="missing"), values)
            place = self._at[source]
            if values[place] is None:
                given = self._readings[self._columns[place].kind][cells[places[place]]]
                odd = given if isinstance(given, Odd) else Odd(None, f"'{header}' is empty", why="missing")
                return self._reject(number, header, odd, values)
        raise AssertionError(f"a row of {self._shape.unit} was refused without a reason")

    def _reject(self, number: int, column: str | None, odd: Odd, values: list[Any] | None = None) -> None:
        self._intake.reject(
            self._shape.unit, number, column, odd.what,
            value=odd.cell or None, sheet=self._sheet, kind=odd.kind, person=self._who(values or []),
        )  # fmt: skip

    def _who(self, values: list[Any]) -> str | None:
        """The child of a row, for the ledger."""
        place = self._at.get("person_id")
        return values[place] if place is not None and place < len(values) else None

    def _is_header(self, cells: list[Any], keys: set[str]) -> bool:
        return len(keys & {header_key(cell) for cell in cells if isinstance(cell, str) and cell}) >= 5


def _plainly(values: list[Any]) -> list[tuple[int, Odd]]:
    """Puts what each odd value was taken for in its place; the odd ones by their place."""
    odd = [(place, value) for place, value in enumerate(values) if value.__class__ is Odd]
    for place, value in odd:
        values[place] = value.value
    return odd


def _is_blank(cells: list[Any]) -> bool:
    return all(isinstance(cell, str) and not cell.strip() for cell in cells)
