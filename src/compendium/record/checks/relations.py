"""What a rule may read besides the canonical tables: deliveries, their ledgers, and the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from compendium import words
from compendium.calendar.months import month_end, month_start
from compendium.calendar.years import financial_year, year_start
from compendium.engine.dialect_reading import Columns
from compendium.engine.engine import Engine
from compendium.record.conflicts import compared_formats
from compendium.record.coverage import Span, Spoken, merged, shows_open
from compendium.record.deliveries import Record
from compendium.record.delivery import DeliveryInfo
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES

BUILT_IN: Mapping[str, Columns] = {
    # The deliveries that feed the rule. is_superseded: 1 when later ones of its format speak for all its days.
    "delivery": {
        "source_format": "text", "received_on": "date", "reference_date": "date", "year_start": "date",
        "extracted_on": "date", "is_superseded": "integer",
    },
    # The entries of their ledgers, those of superseded deliveries left out. row: in the delivered file.
    "ledger": {
        "source_format": "text", "received_on": "date", "reference_date": "date", "severity": "text", "kind": "text",
        "unit": "text", "column_name": "text", "child_id": "text", "row": "integer",
    },
    # Days between the first and the last that are known of a table, of which not every event is known; in words:
    # 'contact, 1 to 31 October 2016'.
    "coverage_gap": {"table_name": "text", "first_day": "date", "last_day": "date", "in_words": "text"},
    # The whole months of which every event of a table is known.
    "covered_month": {"table_name": "text", "month_start": "date", "month_end": "date"},
    # Team names that no row of `team` explains.
    "unknown_team": {"table_name": "text", "team_name": "text", "row_count": "integer"},
    # Values of one event that two formats give differently; in words:
    # 'close_date: 2016-08-02 (Annex A), 2016-08-01 (CIN census)'.
    "conflict": {
        "table_name": "text", "child_id": "text", "on_date": "date", "column_name": "text", "in_words": "text",
    },
    # Events that began on one day and ended on another that is only assumed: a list of what is open shows them no more.
    "assumed_end": {"table_name": "text", "child_id": "text", "began_on": "date", "ended_on": "date"},
}  # fmt: skip


def relations() -> Mapping[str, Columns]:
    """Everything a rule may name."""
    return {**{table.name: table.relation for table in TABLES.values()}, **BUILT_IN}


def store_relation(name: str, engine: Engine, schema: str, snapshot: Snapshot, record: Record) -> None:
    """One of the built-in relations as a table of the schema."""
    engine.store_rows(schema, name, BUILT_IN[name], _rows(name, snapshot, record))


def _rows(name: str, snapshot: Snapshot, record: Record) -> list[tuple[Any, ...]]:
    match name:
        case "delivery":
            return _deliveries(snapshot.deliveries)
        case "ledger":
            return [row for each in current(snapshot.deliveries) for row in _ledger(each, record)]
        case "coverage_gap":
            return [
                (table, *gap, f"{table}, {' to '.join(words.day(day) for day in dict.fromkeys(gap))}")
                for table in TABLES
                for gap in gaps(_known(snapshot.deliveries, table))
            ]
        case "covered_month":
            known = {table: _months(_known(snapshot.deliveries, table)) for table in TABLES}
            return [(table, month_start(end), end) for table, months in known.items() for end in months]
        case "conflict":
            return [
                (each.table, each.person_id, each.on_date, each.column, f"{each.column}: {each.told}")
                for each in record.conflicts(snapshot.cut)
            ]
        case "assumed_end":
            return snapshot.assumed_ends()
    return [(each.table, each.name, each.rows) for each in snapshot.unknown_teams]


def unanswerable(name: str, snapshot: Snapshot, record: Record) -> str | None:
    """Why one of the built-in relations can hold no row, whatever the deliveries say; None: it could."""
    match name:
        case "conflict" if not compared_formats(
            each for each in record.deliveries() if each.received_on <= snapshot.cut
        ):
            return "nothing to compare: no two formats that were delivered tell of the same table"
        case "assumed_end" if not any(
            shows_open(one.grain, one.table) for each in snapshot.deliveries for one in each.coverage
        ):
            return "nothing to judge: no delivery lists all that was open"
        case "coverage_gap" if not any(len(_statements(snapshot.deliveries, table)) > 1 for table in TABLES):
            return "nothing to compare: no two deliveries tell of every event of the same table"
    return None


def most_months(snapshot: Snapshot, tables: Iterable[str]) -> int:
    """The longest run of whole months of which every event of one of the tables is known."""
    spans = [span for table in tables for span in _known(snapshot.deliveries, table)]
    return max((len(_months([span])) for span in spans), default=0)


def _deliveries(deliveries: Sequence[DeliveryInfo]) -> list[tuple[Any, ...]]:
    standing = {each.delivery_id for each in current(deliveries)}
    return [
        (each.source_format, each.received_on, each.reference_date, _year_start(each.reference_date),
         each.extracted_on, int(each.delivery_id not in standing))
        for each in deliveries
    ]  # fmt: skip


def _year_start(reference: date | None) -> date | None:
    return reference and year_start(financial_year(reference))


def _ledger(delivery: DeliveryInfo, record: Record) -> list[tuple[Any, ...]]:
    return [
        (delivery.source_format, delivery.received_on, delivery.reference_date, each.severity, each.kind, each.unit,
         each.column, each.person_id, each.row)
        for each in record.findings(delivery.delivery_id)
    ]  # fmt: skip


def current(deliveries: Sequence[DeliveryInfo]) -> list[DeliveryInfo]:
    """Those that no later deliveries of the same format have superseded, oldest first."""
    return [each for at, each in enumerate(deliveries) if not _is_superseded(each, deliveries[at + 1 :])]


def _is_superseded(delivery: DeliveryInfo, later: Iterable[DeliveryInfo]) -> bool:
    """Later ones speak for every day of every table it speaks of; what has no days is replaced by the next like it."""
    alike = [each for each in later if each.source_format == delivery.source_format]
    fed = {table for table in delivery.tables if TABLES[table].event is None or not delivery.coverage}
    days = {one.table for one in delivery.coverage}
    if not fed | days:
        return any(each.file_name == delivery.file_name for each in alike)
    again = {table for each in alike for table in each.tables}
    return fed <= again and all(
        any(first <= one.complete_from and one.complete_to <= last for first, last in _spans(alike, one.table))
        for one in delivery.coverage
    )


def _spans(deliveries: Iterable[DeliveryInfo], table: str) -> list[Span]:
    return merged(
        (one.complete_from, one.complete_to) for each in deliveries for one in each.coverage if one.table == table
    )


def _known(deliveries: Iterable[DeliveryInfo], table: str) -> list[Span]:
    """The days of which every event of a dated table is known: what was delivered says so, without reading it."""
    return merged(_statements(deliveries, table))


def _statements(deliveries: Iterable[DeliveryInfo], table: str) -> list[Span]:
    """As `_known`, as it was told: one for each statement."""
    spoken = [
        Spoken(one.complete_from, one.complete_to, one.grain)
        for each in deliveries
        for one in each.coverage
        if one.table == table and TABLES[table].event is not None
    ]
    return [days for one in spoken if (days := one.days(table, None, "events"))]


def gaps(spans: Sequence[Span]) -> list[Span]:
    """What lies between spans that are in order and do not touch."""
    day = timedelta(days=1)
    return [(before[1] + day, after[0] - day) for before, after in pairwise(spans)]


def _months(spans: Iterable[Span]) -> list[date]:
    """The last days of the whole months within some spans."""
    found = []
    for begins, ends in spans:
        last = month_end(begins) if begins.day == 1 else month_end(begins, 1)
        while last <= ends:
            found.append(last)
            last = month_end(last, 1)
    return found
