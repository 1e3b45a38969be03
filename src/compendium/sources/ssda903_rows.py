"""One table of an SSDA903 return: its rows into the canonical tables, each kept or rejected with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from compendium import words
from compendium.calendar.ages import birthday
from compendium.calendar.years import financial_year, year_end
from compendium.record.intake import Intake
from compendium.record.ledger import Kind
from compendium.record.tables import TABLES
from compendium.sources.cells import Memo, Odd, shown_header, squeezed
from compendium.sources.ssda903_tables import ADDED, EXPANDED, ReturnTable
from compendium.sources.ssda903_values import WITH_NOUGHT, reading
from compendium.sources.ssda903_year import BIRTHDAYS, ReturnYear

Row = tuple[int, Sequence[Any]]
Values = list[Any]
Made = Callable[[Values, int], Any]  # a column made of a row's values and the year that it is of
SUFFIX = re.compile(r"_[A-Za-z]{2,4}")  # of an authority, put behind the child's id by a tool that pools returns
ADULT = 18


@dataclass(frozen=True)
class GivenTable:
    """A table as delivered. rows: those below the header, anew with each call; sheet: of a workbook only."""

    table: ReturnTable
    unit: str
    sheet: str | None
    header: Sequence[Any]
    rows: Callable[[], Iterable[Row]]

    def column(self, name: str) -> Iterator[Any]:
        """The cells under a header that the guide has, or that tools add."""
        place = self.table.places(self.header).get(name, self.added(name))
        if place is not None:
            yield from (cells[place] for _, cells in self.rows() if place < len(cells))

    def added(self, name: str) -> int | None:
        """Where a header that tools add stands: LA or YEAR."""
        keys = [squeezed(str(cell)) for cell in self.header]
        return keys.index(squeezed(name)) if name in ADDED and squeezed(name) in keys else None


class Readings(dict[str, Memo]):
    """kind -> its reading, shared by all tables of a return. shortened: whether a number lost its '.0'."""

    shortened = False

    def __missing__(self, kind: str) -> Memo:
        memo = self[kind] = Memo(reading(kind))
        return memo


class TableReader:
    """Reads one table. unaccompanied: those whom the return names as such; None when it does not say."""

    def __init__(
        self,
        given: GivenTable,
        year: ReturnYear | None,
        unaccompanied: set[str] | None,
        readings: Readings,
        intake: Intake,
    ) -> None:
        self._given, self._year, self._unaccompanied, self._intake = given, year, unaccompanied, intake
        self._readings, self._drawn = readings, TABLES[given.table.feeds]
        places = given.table.places(given.header)
        self._columns = [column for column in given.table.columns if column.header in places]
        self._plan = [(readings[column.kind], places[column.header]) for column in self._columns]
        self._at = {column.becomes: at for at, column in enumerate(self._columns) if column.becomes}
        births = (at for at, column in enumerate(self._columns) if column.header == "DOB")
        self._born = next(births, None)
        # OC3 tells of a birthday, and has no other day.
        self._birthday = self._born if given.table.name == "OC3" else None
        self._needed = [self._at[name] for name in self._drawn.required if name in self._at]
        self._needed += [] if self._birthday is None else [self._birthday]
        self._authority, self._stated = given.added("LA"), given.added("YEAR")
        self._latest: dict[tuple[Any, ...], int] = {}  # where rows say their YEAR: an event -> the latest that has it

    def read(self) -> int:
        """All rows. Returns how many were kept."""
        self._note_columns()
        width, read, kept, seen = len(self._given.header), 0, 0, set[tuple[Any, ...]]()
        known = [(memo.seen.get, place) for memo, place in self._plan]
        add = self._adder()
        for number, cells in self._in_order():
            read += 1
            if len(cells) != width:
                what = f"the row has {words.plural(len(cells), 'field')}, the header {width}"
                self._reject(number, None, Odd(None, what, why="malformed"))
                continue
            values = [get(cells[place], Odd) for get, place in known]
            odd = self._read_new(values, cells) if Odd in values else []
            if self._authority is not None:
                self._take_suffix(values)
            year = self._year_of(cells)
            fault = self._fault(values, odd, year)
            if fault is None and self._stated is not None and year < self._latest[self._event_of(values)]:
                fault = None, Odd(None, "a row of a later YEAR tells of the same", why="repeated")
            if fault is None and (row := (year, *values)) in seen:
                fault = None, Odd(None, "the same row stands there already", why="repeated")
            if fault is not None:
                self._reject(number, *fault, values)
                continue
            seen.add(row)
            add(number, values, year)
            self._tell(number, odd, values)
            kept += 1
            self._intake.breathe()
        self._intake.count(self._given.unit, read, kept, read - kept)
        return kept

    def _in_order(self) -> Iterable[Row]:
        """The rows; where they are of several years, the oldest year's first, and what the latest of each is noted."""
        if self._stated is None:
            return self._given.rows()
        width = len(self._given.header)
        rows = sorted(self._given.rows(), key=lambda row: self._year_of(row[1]) if len(row[1]) == width else 0)
        for _, cells in rows:
            if len(cells) == width:
                read = (memo[cells[place]] for memo, place in self._plan)
                values = [value.value if isinstance(value, Odd) else value for value in read]
                self._take_suffix(values)
                self._latest[self._event_of(values)] = self._year_of(cells)
        return rows

    def _event_of(self, values: Values) -> tuple[Any, ...]:
        """What tells a row's event from others of the table; in a table without days, and of birthdays, every row's
        own."""
        event = self._at.get(self._drawn.event or "")
        return tuple(values) if event is None else (values[self._at["person_id"]], values[event])

    def _read_new(self, values: Values, cells: Sequence[Any]) -> list[tuple[int, Odd]]:
        """Reads what has not been seen, in its place; what was odd, by its place."""
        odd = []
        for at, value in enumerate(values):
            if value is Odd:
                memo, place = self._plan[at]
                values[at] = value = memo.read(cells[place])
                if isinstance(cells[place], str) and WITH_NOUGHT.fullmatch(cells[place]):
                    self._readings.shortened = True
                if value.__class__ is Odd:
                    odd.append((at, value))
                    values[at] = value.value
        return odd

    def _take_suffix(self, values: Values) -> None:
        who = self._at.get("person_id")
        if who is not None and isinstance(values[who], str) and (found := SUFFIX.search(values[who])):
            values[who] = values[who][: found.start()] if found.end() == len(values[who]) else values[who]

    def _year_of(self, cells: Sequence[Any]) -> int:
        """The year ending in March that a row is of: as its YEAR says, or as the return's."""
        if self._stated is not None and str(cells[self._stated]).strip().isdecimal():
            return min(max(int(cells[self._stated]), 2000), 2100)
        return self._year.year if self._year else 0

    def _fault(self, values: Values, odd: list[tuple[int, Odd]], year: int) -> tuple[str | None, Odd] | None:
        """The column and the reason why a row cannot be kept; None when it can."""
        for at in self._needed:
            if values[at] is None:
                header = self._columns[at].header
                told = next((one for place, one in odd if place == at), None)
                return header, told or Odd(None, f"{header} is empty", why="missing")
        event = self._at.get(self._drawn.event or "")
        if event is not None and year and values[event] > year_end(year).isoformat():
            what = f"it is dated after 31 March {year}, the end of the year that the return is of"
            return self._columns[event].header, Odd(None, what, str(values[event]), "misplaced")
        if self._birthday is not None:
            age = _age_reached(values[self._birthday], year)
            if age not in BIRTHDAYS:
                what = f"turning {age} in the year, where the return tells of those turning 17 to 21"
                return "DOB", Odd(None, what, why="misplaced")
        return None

    def _adder(self) -> Callable[[int, Values, int], None]:
        """Appends a row's values, and what is made of them."""
        made = self._made()
        add = self._intake.appender(self._drawn.name, [*self._at, *made])
        places, makers = list(self._at.values()), list(made.values())
        worker = self._at.get("worker_id")

        def plain(number: int, values: Values, year: int) -> None:
            if worker is not None:
                values[worker] = self._intake.worker(values[worker])
            add((number, *[values[at] for at in places], *[make(values, year) for make in makers]))

        if self._birthday is None:
            return plain
        birth = self._intake.appender("person", ("person_id", "dob"))
        who, born = self._at["person_id"], self._birthday

        def with_birth(number: int, values: Values, year: int) -> None:
            birth((number, values[who], values[born]))
            plain(number, values, year)

        return with_birth

    def _made(self) -> dict[str, Made]:
        """Columns that no cell holds."""
        alone, who, born = self._unaccompanied, self._at["person_id"], self._birthday or 0
        match self._given.table.name:
            case "UASC":
                return {"is_uasc": lambda values, year: 1}
            case "Header" | "Episodes" if alone is not None:
                return {"is_uasc": lambda values, year: int(values[who] in alone)}
            case "OC2":
                return {"as_at": lambda values, year: year_end(year).isoformat()}
            case "OC3":
                return {
                    "as_at": lambda values, year: _birthday(values[born], year),
                    "eligibility": lambda values, year: (
                        "former_relevant" if _age_reached(values[born], year) >= ADULT else "relevant"
                    ),
                }
            case "Missing":
                return {"is_looked_after": lambda values, year: 1}
            case "Social workers":
                return {"role": lambda values, year: "social_worker"}
        return {}

    def _note_columns(self) -> None:
        """What the table lacks, what is not known, and what is known and not kept."""
        given, intake = self._given, self._intake
        places = given.table.places(given.header)
        for name in given.table.headers:
            if name not in places and name not in EXPANDED:
                intake.note(f"{given.unit} has no column '{name}'")
        kept = {column.header for column in self._columns if column.becomes} | {"DOB"}
        if left := [name for name in given.table.headers if name in places and name not in kept]:
            intake.note(f"{given.unit}: {words.listing(left)} not kept, for no figure asks for that")
        known = {*places.values(), self._authority, self._stated}
        for at, cell in enumerate(given.header):
            if at not in known and str(cell).strip():
                shown = shown_header(str(cell), given.table.headers, f"number {at + 1}")
                intake.note(f"{given.unit}: the column {shown} is not known and was not read")

    def _tell(self, number: int, odd: list[tuple[int, Odd]], values: Values) -> None:
        for at, value in odd:
            what = value.what if value.value is not None else f"{value.what}; it was set aside"
            self._intake.change(
                self._given.unit, number, self._columns[at].header, what, value=value.cell, sheet=self._given.sheet,
                kind=value.kind, person=self._who(values),
            )  # fmt: skip

    def _reject(self, number: int, column: str | None, odd: Odd, values: Values | None = None) -> None:
        kind: Kind = odd.why if odd.value is None else odd.kind
        self._intake.reject(
            self._given.unit, number, column, odd.what, value=odd.cell or None, sheet=self._given.sheet, kind=kind,
            person=self._who(values or []),
        )  # fmt: skip

    def _who(self, values: Values) -> str | None:
        place = self._at.get("person_id")
        return values[place] if place is not None and place < len(values) else None


def _age_reached(born: str, year: int) -> int:
    """The birthday that lies in a year ending in March: its number."""
    return year - financial_year(date.fromisoformat(born))


def _birthday(born: str, year: int) -> str:
    birth = date.fromisoformat(born)
    return birthday(birth, _age_reached(born, year)).isoformat()
