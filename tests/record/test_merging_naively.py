"""The merging query against the same rules in plain Python, on random deliveries loaded in random order."""

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

from compendium.record.deliveries import Record
from compendium.record.tables import TABLES
from tests.record.drawn import make_workspace

FIRST = date(2017, 1, 1)
KEYS = {"referral": ("person_id", "referral_date"), "person": ("person_id",)}
OTHERS = {"referral": ("close_date", "nfa", "team_id"), "person": ("sex", "dob", "is_disabled")}
VALUES: dict[str, list[Any]] = {
    "close_date": [None, date(2017, 2, 1), date(2017, 2, 2)],
    "nfa": [None, 0, 1],
    "team_id": [None, "T01", "T 02"],
    "sex": [None, "F", "M"],
    "dob": [None, date(2010, 1, 1), date(2010, 1, 2)],
    "is_disabled": [None, 0, 1],
    "person_id": ["a", "b", "c"],
    "referral_date": [FIRST + timedelta(days=number) for number in range(4)],
}

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Part:
    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True)
class Delivery:
    number: int  # received so many days after the first
    parts: list[Part]
    complete: tuple[date, date] | None

    @property
    def received_on(self) -> date:
        return FIRST + timedelta(days=100 + self.number)


@st.composite
def parts(draw: st.DrawFn, table: str) -> Part:
    columns = KEYS[table] + tuple(name for name in OTHERS[table] if draw(st.booleans()))
    row = st.tuples(*(st.sampled_from(VALUES[name]) for name in columns))
    return Part(columns, draw(st.lists(row, max_size=6)))


@st.composite
def histories(draw: st.DrawFn, table: str) -> list[Delivery]:
    """Deliveries in the order they are loaded; no two are received on one day."""
    days = VALUES["referral_date"]
    span = st.tuples(st.sampled_from(days), st.sampled_from(days)).filter(lambda ends: ends[0] <= ends[1])
    made = [
        Delivery(number, draw(st.lists(parts(table), min_size=1, max_size=2)), draw(st.none() | span))
        for number in range(draw(st.integers(1, 4)))
    ]
    return draw(st.permutations(made))


def naive(table: str, deliveries: list[Delivery]) -> Counter[Row]:
    """Rule by rule, without a thought for speed."""
    key = len(KEYS[table])
    said: list[dict[Row, dict[str, Any]]] = []
    for delivery in sorted(deliveries, key=lambda one: one.number):
        events: dict[Row, dict[str, Any]] = {}
        for part in delivery.parts:
            seen: Counter[Row] = Counter()
            for row in part.rows:
                seen[row[:key]] += 1
                twin = seen[row[:key]] if TABLES[table].event else 1
                event = events.setdefault((*row[:key], twin), {})
                for name, value in zip(part.columns[key:], row[key:], strict=True):
                    if value is not None or name not in event:
                        event[name] = value
        said.append(events)
    complete = [delivery.complete for delivery in sorted(deliveries, key=lambda one: one.number)]
    standing: Counter[Row] = Counter()
    for event_key in {each for events in said for each in events}:
        newest = max(order for order, events in enumerate(said) if event_key in events)
        if TABLES[table].event and any(
            ends is not None and ends[0] <= event_key[1] <= ends[1] for ends in complete[newest + 1 :]
        ):
            continue
        values = {name: value for events in said for name, value in events.get(event_key, {}).items()}
        standing[(*event_key[:key], *(values.get(name) for name in OTHERS[table]))] += 1
    return standing


@contextmanager
def loaded(table: str, deliveries: list[Delivery]) -> Iterator[Record]:
    with tempfile.TemporaryDirectory() as folder:
        record = Record.open(make_workspace(Path(folder) / "w", code="999"))
        for delivery in deliveries:
            with record.receive(
                f"{delivery.number}.xml", f"{delivery.number:064}", delivery.received_on, source_format="drawn"
            ) as intake:
                intake.head.la_code = "999"
                for part in delivery.parts:
                    append = intake.appender(table, part.columns)
                    for number, row in enumerate(part.rows):
                        append((number, *(each.isoformat() if isinstance(each, date) else each for each in row)))
                if delivery.complete:
                    intake.cover(table, *delivery.complete, "event")
        yield record


def check(table: str, deliveries: list[Delivery]) -> None:
    columns = ", ".join(KEYS[table] + OTHERS[table])
    with loaded(table, deliveries) as record:
        cut = deliveries[-1].received_on  # of the one loaded last, which may be the newest, the oldest or any between
        connection = record.as_at(cut, tables=[table]).connection
        standing = Counter(connection.execute(f"SELECT {columns} FROM record.{table}").fetchall())
        assert standing == naive(table, [one for one in deliveries if one.received_on <= cut])


@given(histories("referral"))
def test_a_table_of_events_as_at_a_day(deliveries: list[Delivery]) -> None:
    check("referral", deliveries)


@given(histories("person"))
def test_a_table_without_days_as_at_a_day(deliveries: list[Delivery]) -> None:
    check("person", deliveries)
