"""One delivery on its way in: rows, counts, findings and coverage, in memory until the whole is committed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import quote

import duckdb

from compendium.record.coverage import Coverage, Grain
from compendium.record.delivery import DeliveryInfo
from compendium.record.ledger import NOTHING_LOST, Count, Finding, Kind
from compendium.record.memory import Memory
from compendium.record.pseudonym import worker_pseudonym
from compendium.record.tables import TABLES, Table

CHUNK = 30_000  # rows of a part held as Python objects before they go to DuckDB
UNIT = "\x1f"  # the control character made to stand between values, where a row is one text
NOTHING = "None"  # as Python writes it
BREATHS = 16  # look at the buffers on every 16th breath only: the look itself costs time

# A row, its source's row first. A reader of millions may give it as one text, its values parted by UNIT, with nothing
# or NOTHING for an empty one; it then vouches that no value holds a control character.
Row = tuple[Any, ...] | str


@dataclass
class DeliveryHead:
    """What a delivery says of itself. Left empty where its format does not say."""

    la_code: str | None = None  # DfE's three digits
    reference_date: date | None = None
    extracted_on: date | None = None
    software: str | None = None


@dataclass
class Part:
    """Rows of one canonical table that all supply the same columns."""

    table: Table
    columns: tuple[str, ...]
    name: str  # of its table in memory
    rows: list[Row] = field(default_factory=list)
    written: int = 0  # rows that have gone to DuckDB

    @property
    def total(self) -> int:
        return self.written + len(self.rows)


class Intake:
    """What a reader fills. Nothing reaches the disk before the delivery is committed as a whole."""

    def __init__(self, file_name: str, source_format: str, received_on: date | None, worker_key: bytes) -> None:
        self.file_name = file_name
        self.source_format = source_format
        self.received_on = received_on
        self.sha256 = ""  # of the content: known beforehand, or to be set by whoever reads it
        self.head = DeliveryHead()
        self.units: dict[str, Count] = {}
        self.findings: list[Finding] = []
        self.coverage: list[Coverage] = []
        self.feeds: dict[str, Collection[str]] = {}  # unit -> the tables that its rows go to, where a reader says so
        self.parts: list[Part] = []
        self.memory = Memory(threads=1)  # a chunk is too small to share out
        self.delivery: DeliveryInfo | None = None  # set once it is committed, or found to be in the record already
        self.was_known = False  # whether it was in the record already, loaded by another process meanwhile
        self._worker_key = worker_key
        self._workers: dict[str, str | None] = {}
        self._lost: dict[str, set[str | None]] = {}
        self._breaths = 0

    def appender(self, table: str, columns: Sequence[str]) -> Callable[[Row], None]:
        """What takes the rows of a new part; see `part`."""
        return self.part(table, columns).rows.append

    def part(self, table: str, columns: Sequence[str]) -> Part:
        """Opens a new part, to whose `rows` rows are added as (source_row, *values in the order of `columns`).

        Values are None, str or int, already validated: dates 'YYYY-MM-DD', timestamps
        'YYYY-MM-DD HH:MM:SS', flags 0 or 1. An empty text is the same as None. The columns named are
        those the part supplies: a value set aside by a later delivery is set aside even by an empty
        one, but a column that is not named says nothing.
        """
        drawn = TABLES[table]
        missing = set(drawn.required) - set(columns)
        unknown = set(columns) - set(drawn.column_names)
        if missing or unknown:
            raise ValueError(f"a part of {table} without {sorted(missing)} or with unknown columns {sorted(unknown)}")
        part = Part(drawn, tuple(columns), f"part_{len(self.parts)}")
        types = ", ".join(
            f"{name} {drawn.column(name).sql_type}" + (" NOT NULL" if name in drawn.required else "")
            for name in columns
        )
        self.memory.connection.execute(f"CREATE TABLE {part.name} (_row BIGINT NOT NULL, {types})")
        self.parts.append(part)
        return part

    def mark(self) -> list[int]:
        """Where the parts stand, so that what is added to them before the next `breathe` can be taken back."""
        return [len(part.rows) for part in self.parts]

    def undo(self, mark: list[int]) -> None:
        """Takes back the rows added since `mark`."""
        for part, held in zip(self.parts, mark, strict=True):
            del part.rows[held:]

    def breathe(self) -> None:
        """Called once a child or a row, so that memory stays flat however long the delivery is."""
        self._breaths += 1
        if self._breaths % BREATHS:
            return
        for part in self.parts:
            if len(part.rows) >= CHUNK:
                self._write(part)

    def finish(self) -> None:
        """The last rows go to DuckDB. RuntimeError when the counts of a unit do not add up."""
        for part in self.parts:
            self._write(part)
        for unit, count in self.units.items():
            if count.read != count.kept + count.rejected:
                raise RuntimeError(f"{unit}: {count.read} read, but {count.kept} kept and {count.rejected} rejected")

    def count(self, unit: str, read: int = 0, kept: int = 0, rejected: int = 0) -> None:
        """Adds to the rows of a unit: 'List 3: Referral', 'Section47', 'contact.csv'."""
        counted = self.units.setdefault(unit, Count())
        counted.read += read
        counted.kept += kept
        counted.rejected += rejected

    def reject(
        self, unit: str, row: int | None, column: str | None, what: str,
        *, value: object = None, remedy: str = "", sheet: str | None = None, kind: Kind = "other",
        person: str | None = None, rows: int = 1,
    ) -> None:  # fmt: skip
        """A row that was not kept, and why. person: the child it is about, where that can be told. rows: how many,
        where they are told together."""
        self.findings.append(
            Finding("rejected", unit, what, sheet, row, column, _text(value), remedy, kind, _text(person) or None, rows)
        )

    def change(
        self, unit: str, row: int | None, column: str | None, what: str,
        *, value: object = None, sheet: str | None = None, kind: Kind = "other", person: str | None = None,
    ) -> None:  # fmt: skip
        """A row that was kept, though a value of it was set aside or read leniently."""
        self.findings.append(
            Finding("changed", unit, what, sheet, row, column, _text(value), "", kind, _text(person) or None)
        )

    def name_findings(self, since: int, person: str) -> None:
        """Whom the entries are about that were made before the child's id was read. since: how many were there then."""
        self.findings[since:] = [replace(each, person_id=person) for each in self.findings[since:]]

    def lose(self, table: str, person: str | None) -> None:
        """A row was kept, but what it would have fed to this table was not, for its day could not be read."""
        self._lost.setdefault(table, set()).add(person)

    def unread(self) -> dict[str, set[str | None]]:
        """Tables covered of which there were rows that could not be read -> the children they were about.

        None among these: a child not known. A unit of which nobody says what it feeds may have fed any table.
        """
        covered = {one.table for one in self.coverage}
        lost = {table: set(whose) for table, whose in self._lost.items() if table in covered}
        for each in self.findings:
            if each.severity == "rejected" and each.kind not in NOTHING_LOST:
                for table in covered.intersection(self.feeds.get(each.unit, covered)):
                    lost.setdefault(table, set()).add(each.person_id)
        return lost

    def note(self, what: str, *, remedy: str = "") -> None:
        """Something about the delivery as a whole."""
        self.findings.append(Finding("noted", "", what, remedy=remedy))

    def cover(self, table: str, complete_from: date, complete_to: date, grain: Grain) -> None:
        """The delivery speaks for these days of this table, both included."""
        if table not in TABLES or complete_to < complete_from:
            raise ValueError(f"coverage of {table} from {complete_from} to {complete_to}")
        self.coverage.append(Coverage(table, complete_from, complete_to, grain))

    def worker(self, raw: str | None) -> str | None:
        """The pseudonym of a payroll number, registration number or name; None for an empty one."""
        if raw is None:
            return None
        if raw not in self._workers:
            self._workers[raw] = worker_pseudonym(self._worker_key, raw) if raw.strip() else None
        return self._workers[raw]

    @property
    def workers(self) -> dict[str, str]:
        """Each pseudonym given, with what it was given for."""
        return {pseudonym: raw for raw, pseudonym in self._workers.items() if pseudonym is not None}

    def _write(self, part: Part) -> None:
        if not part.rows:
            return
        try:
            self._insert(part, _quick(part.rows, 1 + len(part.columns)), "{0}", f"['', '{NOTHING}']")
        except (duckdb.Error, ValueError, TypeError):
            try:
                self._insert(part, _exact(part.rows), "url_decode({0})", "''")
            except duckdb.Error:
                raise RuntimeError(
                    f"{part.table.name}.{self._misfit(part)} is given a value that it cannot hold:"
                    " a reader validates every value before it appends"
                ) from None  # DuckDB's own words would quote the row, and with it a child
        part.written += len(part.rows)
        part.rows.clear()

    def _insert(self, part: Part, text: str, decoded: str, empty: str) -> None:
        """Text whose lines are rows: each value decoded, the words for an empty value given."""
        types = {"_row": "BIGINT"} | {name: part.table.column(name).sql_type for name in part.columns}
        read_as = types if decoded == "{0}" else dict.fromkeys(types, "VARCHAR")
        path = self.memory.put("chunk", text.encode())
        try:
            self.memory.connection.execute(
                f"INSERT INTO {part.name} SELECT {', '.join(map(decoded.format, types))} FROM read_csv('{path}',"
                f" header = false, auto_detect = false, delim = '{UNIT}', quote = '', escape = '', nullstr = {empty},"
                f" columns = {read_as})"
            )
        finally:
            self.memory.drop("chunk")

    def _misfit(self, part: Part) -> str:
        """The column at fault, for whoever writes a reader."""
        for place, name in enumerate(part.columns, start=1):
            column = part.table.column(name)
            rows = map(_values, part.rows)
            values = {row[place] for row in rows if len(row) == len(part.columns) + 1}
            if column.required and values & {None, ""}:
                return name
            for value in values - {None, ""}:
                tried = self.memory.connection.execute(f"SELECT TRY_CAST(? AS {column.sql_type})", [str(value)])
                if tried.fetchall() == [(None,)]:
                    return name
        return "source_row, or the number of values,"


def _quick(rows: list[Row], width: int) -> str:
    """The rows as text parted by control characters: half the time of quoted CSV.

    None is written as Python writes it, so the text 'None' is taken for None too. ValueError when a
    value holds a control character that parts values or rows.
    """
    form = UNIT.join(["%s"] * width)
    try:
        text = "\n".join(rows)  # type: ignore[arg-type]  # rows that are texts already
    except TypeError:
        if all(row.__class__ is tuple for row in rows):
            text = "\n".join(map(form.__mod__, rows))
        else:
            text = "\n".join(row if isinstance(row, str) else form % tuple(row) for row in rows)
    if text.count("\n") != len(rows) - 1 or text.count(UNIT) != len(rows) * (width - 1) or "\r" in text:
        raise ValueError("a value holds a line end or a separator")
    return text


def _exact(rows: list[Row]) -> str:
    """The same with every value as in a URL, so that it may hold anything."""
    return "\n".join(UNIT.join("" if value is None else quote(str(value)) for value in _values(row)) for row in rows)


def _values(row: Row) -> Sequence[Any]:
    return [None if value == NOTHING else value for value in row.split(UNIT)] if isinstance(row, str) else row


def _text(value: object) -> str | None:
    return None if value is None else str(value)
