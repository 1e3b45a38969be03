"""The merging query against the same rules in plain Python, on random deliveries of several formats in random order."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from compendium.record.coverage import Grain
from compendium.record.deliveries import Record
from compendium.record.tables import TABLES
from tests.record.drawn import make_workspace

FIRST = date(2017, 1, 1)


def days(*numbers: int | None) -> list[Any]:
    return [None if number is None else FIRST + timedelta(days=number) for number in numbers]


KEYS = {
    "referral": ("person_id", "referral_date"),
    "cp_plan": ("person_id", "start_date"),
    "person": ("person_id",),
}
OTHERS = {
    "referral": ("close_date", "close_reason", "case_status", "nfa", "team_id"),
    "cp_plan": ("end_date", "latest_category", "initial_category"),
    "person": ("sex", "dob", "expected_dob", "is_disabled"),
}
VALUES: dict[str, list[Any]] = {
    "close_date": days(None, None, 20, 45, 70, 90),
    "end_date": days(None, None, 20, 45, 70, 90),
    "close_reason": [None, "RC1", "RC8"],
    "case_status": [None, "open", "plan"],
    "latest_category": [None, "NEG", "EMO"],
    "initial_category": [None, "NEG", "EMO"],
    "nfa": [None, 0, 1],
    "team_id": [None, "T01", "T 02"],
    "sex": [None, "F", "M"],
    "dob": days(None, None, 20, 70),
    "expected_dob": days(None, 25, 75),
    "is_disabled": [None, 0, 1],
    "person_id": ["a", "b", "c"],
    "referral_date": days(0, 10, 30, 50),
    "start_date": days(0, 10, 30, 50),
}
END = {"referral": "close_date", "cp_plan": "end_date"}
HAPPENS = {"close_date": "close_date", "close_reason": "close_date", "end_date": "end_date", "dob": "dob"}
STATES = {"case_status", "latest_category", "sex", "expected_dob"}
FORMATS = ("Annex A", "CIN census", "local table")  # the poorest first
GRAINS: tuple[Grain, ...] = ("event", "assumed", "latest_only", "snapshot", "annual")

Row = tuple[Any, ...]
Said = dict[Row, dict[str, Any]]


@dataclass(frozen=True)
class Part:
    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True)
class Delivery:
    number: int
    source_format: str
    received_on: date
    reference: date | None
    parts: list[Part]
    grain: Grain | None
    span: tuple[date, date]
    unread: frozenset[str | None]  # of whom it has a row that is rejected

    @property
    def known(self) -> date:
        return self.reference or self.received_on

    def says_what_is_not(self, child: str) -> bool:
        return not self.unread & {child, None}

    def covers(self, day: date) -> bool:
        return self.span[0] <= day <= self.span[1]


@st.composite
def parts(draw: st.DrawFn, table: str) -> Part:
    columns = KEYS[table] + tuple(name for name in OTHERS[table] if draw(st.booleans()))
    row = st.tuples(*(st.sampled_from(VALUES[name]) for name in columns))
    return Part(columns, draw(st.lists(row, max_size=6)))


@st.composite
def histories(draw: st.DrawFn, table: str) -> list[Delivery]:
    """Deliveries in the order they are loaded."""
    edges = st.sampled_from(days(0, 30, 40, 60, 80))  # often the very days of a reference
    made = [
        Delivery(
            number,
            draw(st.sampled_from(FORMATS)),
            draw(st.sampled_from(days(60, 80, 100, 120))),
            draw(st.sampled_from(days(None, 40, 60, 80))),
            draw(st.lists(parts(table), min_size=1, max_size=2)),
            draw(st.none() | st.sampled_from(GRAINS)) if TABLES[table].event else None,
            draw(st.tuples(edges, edges).filter(lambda ends: ends[0] <= ends[1])),
            draw(st.sampled_from([frozenset(each) for each in ((), (), "a", "ab", (None,))])),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    return draw(st.permutations(made))


class Naive:
    """The record of one table, rule by rule, without a thought for speed."""

    def __init__(self, table: str, loaded: list[Delivery]) -> None:
        self.table, self.key = table, len(KEYS[table])
        self.deliveries = sorted(
            loaded, key=lambda one: (one.received_on, FORMATS.index(one.source_format), loaded.index(one))
        )
        self.said: list[Said] = []
        for order, delivery in enumerate(self.deliveries):
            self.said.append(self._settled(delivery))
            self._take_over(order)

    def _settled(self, delivery: Delivery) -> Said:
        events: Said = {}
        for part in delivery.parts:
            seen: Counter[Row] = Counter()
            for row in part.rows:
                seen[row[: self.key]] += 1
                twin = seen[row[: self.key]] if TABLES[self.table].event else 1
                event = events.setdefault((*row[: self.key], twin), {})
                for name, value in zip(part.columns[self.key :], row[self.key :], strict=True):
                    if value is not None or name not in event:
                        event[name] = value
        return events

    def _newest(self, event: Row, name: str, among: list[int]) -> Any:
        return next((self.said[o][event][name] for o in reversed(among) if name in self.said[o].get(event, {})), None)

    def _take_over(self, order: int) -> None:
        known = self.deliveries[order].known
        before = [o for o in range(order) if self.said[o]]
        if not any(self.deliveries[o].received_on > known for o in before):
            return
        ahead = [o for o in before if self.deliveries[o].known > known]
        for event, own in self.said[order].items():
            taken = {}
            for name, value in own.items():
                if name in STATES:
                    if any(name in self.said[o].get(event, {}) for o in ahead):
                        taken[name] = self._newest(event, name, ahead)
                elif (day := HAPPENS.get(name)) is not None and own.get(day) is None and value is None:
                    later = self._newest(event, day, before)
                    if later is not None and later > known:
                        taken[name] = self._newest(event, name, before)
            own |= taken

    def _lists(self, *grains: Grain) -> list[int]:
        return [o for o, one in enumerate(self.deliveries) if one.grain in grains and self.said[o]]

    def _withdrawn(self, event: Row, newest: int) -> bool:
        told = [o for o in self._lists("latest_only") if event in self.said[o]]
        if self.table != "cp_plan" or not told:
            return False
        child, day = event[:2]
        for order in self._lists("latest_only"):
            one = self.deliveries[order]
            if (
                order <= newest
                or not one.says_what_is_not(child)
                or one.source_format != self.deliveries[told[-1]].source_format
            ):
                continue
            latest = max((key[1] for key in self.said[order] if key[0] == child), default=None)
            if latest is None or day > latest:
                if one.covers(day):
                    return True
            elif timedelta(0) < latest - day < timedelta(days=35):
                end = self._newest(event, "end_date", list(range(len(self.said))))
                if end is None or end > latest:
                    return True
        return False

    def _assumed_end(self, event: Row) -> date | None:
        end = END[self.table]
        known = max(self.deliveries[o].known for o, events in enumerate(self.said) if end in events.get(event, {}))
        speaking = [o for o in self._lists("latest_only", "snapshot") if self._has_column(o, end)]
        if any(self.deliveries[o].span[1] > known and self.deliveries[o].says_what_is_not(event[0]) for o in speaking):
            return known + timedelta(days=1)
        return None

    def _has_column(self, order: int, name: str) -> bool:
        return any(name in part.columns and part.rows for part in self.deliveries[order].parts)

    def rows(self) -> Counter[Row]:
        standing: Counter[Row] = Counter()
        for event in {each for events in self.said for each in events}:
            newest = max(order for order, events in enumerate(self.said) if event in events)
            later = self.deliveries[newest + 1 :]
            if TABLES[self.table].event and any(
                one.grain == "event" and one.covers(event[1]) and one.says_what_is_not(event[0]) for one in later
            ):
                continue
            if self._withdrawn(event, newest):
                continue
            values = {name: value for events in self.said for name, value in events.get(event, {}).items()}
            end = END.get(self.table)
            if end in values and values[end] is None:
                values[end] = self._assumed_end(event)
            standing[(*event[: self.key], *(values.get(name) for name in OTHERS[self.table]))] += 1
        return standing


@contextmanager
def loaded(table: str, deliveries: list[Delivery]) -> Iterator[Record]:
    with tempfile.TemporaryDirectory() as folder:
        record = Record.open(make_workspace(Path(folder) / "w", code="999"))
        for one in deliveries:
            name, sha256 = f"{one.number}.xml", f"{one.number:064}"
            with record.receive(name, sha256, one.received_on, source_format=one.source_format) as intake:
                intake.head.la_code, intake.head.reference_date = "999", one.reference
                for part in one.parts:
                    append = intake.appender(table, part.columns)
                    for number, row in enumerate(part.rows):
                        append((number, *(each.isoformat() if isinstance(each, date) else each for each in row)))
                for child in one.unread:
                    intake.reject("rows", None, None, "a row that is not kept", person=child)
                if one.grain:
                    intake.cover(table, *one.span, one.grain)
        yield record


def check(table: str, deliveries: list[Delivery]) -> None:
    columns = ", ".join(KEYS[table] + OTHERS[table])
    with loaded(table, deliveries) as record:
        cut = deliveries[-1].received_on  # of the one loaded last, which may be the newest, the oldest or any between
        connection = record.as_at(cut, tables=[table]).connection
        standing = Counter(connection.execute(f"SELECT {columns} FROM record.{table}").fetchall())
        assert standing == Naive(table, [one for one in deliveries if one.received_on <= cut]).rows()


@given(histories("referral"))
def test_a_table_of_cases_as_at_a_day(deliveries: list[Delivery]) -> None:
    check("referral", deliveries)


@given(histories("cp_plan"))
def test_a_table_of_what_a_child_has_one_of_as_at_a_day(deliveries: list[Delivery]) -> None:
    check("cp_plan", deliveries)


@given(histories("person"))
def test_a_table_without_days_as_at_a_day(deliveries: list[Delivery]) -> None:
    check("person", deliveries)
