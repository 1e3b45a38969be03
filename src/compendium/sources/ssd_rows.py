"""One table of the Standard Safeguarding Dataset: its rows into the canonical tables, each kept or rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from operator import itemgetter
from typing import Any

from compendium import words
from compendium.record.intake import Intake
from compendium.record.tables import TABLES
from compendium.sources.cells import Memo, Odd, code
from compendium.sources.feeds import Feed
from compendium.sources.ssd_care import Care
from compendium.sources.ssd_columns import Columns, GivenTable, feed_values
from compendium.sources.ssd_links import Links
from compendium.sources.ssd_outcomes import factors
from compendium.sources.ssd_tables import SsdTable
from compendium.sources.ssd_values import REFUSALS

Emit = Callable[[int, list[Any]], "bool | Odd"]
Oddities = list[tuple[int, Odd]]
NOTHING = Odd(None, "nothing in it is taken", why="unused")


class TableReader:
    """Reads one table. extracted: the day of the extract, for what is the state on that day."""

    def __init__(
        self, shape: SsdTable, given: GivenTable, intake: Intake, links: Links, care: Care, extracted: date | None
    ) -> None:
        self.name = shape.name
        self._shape, self._given, self._intake, self._links = shape, given, intake, links
        self._columns = Columns(shape, given, intake, links)
        self._at = dict(self._columns.at)
        self._constants: list[str | None] = []
        self._needed: dict[int, set[str]] = {}  # place of a value -> the tables that it feeds and that need it
        self._constant("as_at", extracted.isoformat() if extracted else None)
        self._refusals = {
            self._at[each.name] for each in shape.values if each.kind in REFUSALS and each.name in self._at
        }
        self._main = [self._feed(feed) for feed in shape.feeds if feed.main]
        self._beside = [self._feed(feed) for feed in shape.feeds if not feed.main and self._can(feed)]
        collect = self._collector(care)
        self._takers = [*self._main, *([collect] if collect else [])]
        self.days = Counter[str]()  # of the events kept: day -> how many
        self.ended_days: set[str] = set()  # of those of them that have ended
        self.lasts = shape.ends in self._at  # whether it tells when what lasts ended
        self.kept = self._read = 0

    def read(self) -> None:
        """Every row."""
        rows = self._columns.open()
        read, event, ends = (
            self._columns.read,
            self._at.get(self._shape.event or ""),
            self._at.get(self._shape.ends or ""),
        )
        held: dict[Any, tuple[int, list[Any], Oddities]] = {}
        for number, cells in rows.each:
            self._read += 1
            if rows.width is not None and len(cells) != rows.width:
                what = f"the row has {len(cells)} fields, the header {rows.width}"
                self._reject(number, None, Odd(None, what, why="malformed"), [])
                continue
            values, odd = read(cells)
            values += self._constants
            if not self._possible(number, values, odd):
                continue
            if self._shape.latest:
                self._hold(held, number, values, odd)
                continue
            taken = [take(number, values) for take in self._takers]
            if not any(each is True for each in taken):
                self._reject_untaken(number, values, odd, taken)
                continue
            for feed in self._beside:
                feed(number, values)
            if event is not None and values[event] is not None:
                self.days[values[event]] += 1
                if ends is not None and values[ends] is not None:
                    self.ended_days.add(values[event])
            self._keep(number, values, odd)
        for number, values, odd in held.values():
            for feed in self._main:
                feed(number, values)
            self._keep(number, values, odd)
        for noun, count in self._links.lost().items():
            name = words.plural(count, noun)
            self._intake.note(f"{self._shape.name} names {name} not in this delivery; set aside")
        self._intake.count(self._shape.name, self._read, self.kept, self._read - self.kept)

    def _constant(self, name: str, value: str | None) -> None:
        self._at[name] = len(self._columns.shown) + len(self._constants)
        self._constants.append(value)

    def _can(self, feed: Feed) -> bool:
        given = {column for column, source in zip(feed.columns, feed.sources, strict=True) if source in self._at}
        return given >= set(TABLES[feed.table].required)

    def _feed(self, feed: Feed) -> Emit:
        """Columns whose value is not delivered are not supplied."""
        for source in feed.sources:
            if source.startswith(":") and source not in self._at:
                self._constant(source, source[1:])
        pairs = [pair for pair in zip(feed.columns, feed.sources, strict=True) if pair[1] in self._at]
        add = self._intake.appender(feed.table, [column for column, _ in pairs])
        required = [self._at[source] for column, source in pairs if column in TABLES[feed.table].required]
        for place in required:
            self._needed.setdefault(place, set()).add(feed.table)
        pick = itemgetter(*(self._at[source] for _, source in pairs))

        def emit(number: int, values: list[Any]) -> bool:
            for place in required:
                if values[place] is None:
                    return False
            add((number, *pick(values)))
            return True

        return emit

    def _collector(self, care: Care) -> Emit | None:
        """Who takes a row besides the feeds."""
        name = self._shape.collects
        if name is None:
            return None
        if name == "factors":
            return self._factors()
        if name in ("disability", "immigration"):
            learn = getattr(self._links, name)
            return lambda number, values: bool(learn(self._by_name(values)))
        tell = getattr(care, name)
        return lambda number, values: bool(tell(number, self._by_name(values)))

    def _factors(self) -> Emit:
        """A row for each factor of an assessment."""
        add = self._intake.appender("assessment_factor", ("person_id", "start_date", "factor_code"))
        memo = Memo(code("assessment_factor"))
        who, start, at = (self._at[name] for name in ("person_id", "start_date", "factors"))

        def emit(number: int, values: list[Any]) -> bool | Odd:
            given, fault = factors(values[at])
            if fault:
                return Odd(None, fault, str(values[at]), why="malformed")
            read = [memo[each] for each in given]
            odd = [each for each in read if isinstance(each, Odd)]
            known = dict.fromkeys(each.value if isinstance(each, Odd) else each for each in read)
            known.pop(None, None)
            for factor in known:
                add((number, values[who], values[start], factor))
            if not known:
                return odd[0] if odd else Odd(None, "it holds no factor", why="unused")
            self._tell(number, [(at, each) for each in odd], values)
            return True

        return emit

    def _by_name(self, values: list[Any]) -> dict[str, Any]:
        return {name: values[place] for name, place in self._at.items()}

    def _possible(self, number: int, values: list[Any], odd: Oddities) -> bool:
        """Whether nothing forbids a row to be kept; else it is rejected."""
        for place, why in odd:
            if place in self._refusals:
                self._reject(number, place, why, values)
                return False
        for place in self._columns.needs:
            if values[place] is None:
                self._reject_lacking(number, place, values, odd)
                return False
        return True

    def _hold(self, held: dict[Any, Any], number: int, values: list[Any], odd: Oddities) -> None:
        """Keeps the latest row of a child back until all are read; the other one is rejected."""
        at, person = self._at.get(self._shape.latest or ""), values[self._at["person_id"]]
        new, before = (number, values, odd), held.get(person)
        if before is not None:
            later = at is None or (values[at] or "") >= (before[1][at] or "")
            new, lost = (new, before) if later else (before, new)
            self._reject(lost[0], None, Odd(None, "a later row of the same child is kept", why="repeated"), lost[1])
        held[person] = new

    def _keep(self, number: int, values: list[Any], odd: Oddities) -> None:
        by_id = self._at.get(self._shape.by_id or "")
        if by_id is not None and values[by_id] is not None:
            for name, source in self._shape.gives.items():
                self._links.learn(name, values[by_id], values[self._at[source]])
        if odd:
            self._tell(number, odd, values)
        self.kept += 1
        self._intake.breathe()

    def _tell(self, number: int, odd: Oddities, values: list[Any]) -> None:
        """The ledger's entries for what a kept row has that was read leniently or set aside."""
        for place, value in odd:
            what = value.what if value.value is not None else f"{value.what}; it was set aside"
            self._intake.change(
                self._shape.name, number, self._columns.shown[place], what,
                value=value.cell, kind=value.kind, person=self._who(values),
            )  # fmt: skip
            for table in self._needed.get(place, ()) if value.value is None else ():
                self._intake.lose(table, self._who(values))

    def _reject_untaken(self, number: int, values: list[Any], odd: Oddities, taken: list[bool | Odd]) -> None:
        """A row that has what every row needs, and yet nothing to keep."""
        why = next((each for each in taken if isinstance(each, Odd)), None)
        if why is not None:
            return self._reject(number, self._at["factors"], why, values)
        lacking = [self._at[name] for name in sorted(feed_values(self._shape)) if name in self._at]
        place = next((each for each in lacking if values[each] is None), None)
        if place is None:
            return self._reject(number, None, NOTHING, values)
        self._reject_lacking(number, place, values, odd)

    def _reject_lacking(self, number: int, place: int, values: list[Any], odd: Oddities) -> None:
        """Says which value a row would have needed."""
        empty = Odd(None, f"{self._columns.shown[place]} is empty", why="missing")
        self._reject(number, place, next((why for at, why in odd if at == place), empty), values)

    def _reject(self, number: int, place: int | None, why: Odd, values: list[Any]) -> None:
        column = None if place is None else self._columns.shown[place]
        self._intake.reject(
            self._shape.name, number, column, why.what,
            value=why.cell or None, kind=why.kind, person=self._who(values),
        )  # fmt: skip

    def _who(self, values: list[Any]) -> str | None:
        """The child of a row, for the ledger."""
        place = self._at.get("person_id")
        return values[place] if place is not None and place < len(values) else None
