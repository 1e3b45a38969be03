"""Snapshots: every canonical table as drawn, and a connection that is closed to everything else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from compendium.errors import ComputeError
from compendium.record.deliveries import Record
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from tests.record.drawn import deliver, held

CUT = date(2017, 2, 3)


def columns(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in snapshot.connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
        " WHERE schema_name = 'record' ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(table, []).append((column, kind))
    return found


def test_every_canonical_table_is_there_as_drawn_whether_fed_or_not(record: Record) -> None:
    """The team name makes `referral` a table made anew: its columns are the same."""
    deliver(record, "2017-02-03", [("referral", "team_id person_id referral_date\n duty a 2017-01-03")])
    as_drawn = {table.name: [(one.name, one.sql_type) for one in table.columns] for table in TABLES.values()}
    assert columns(record.as_at()) == as_drawn
    assert columns(Snapshot.drawn({}, CUT)) == as_drawn


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY record.person TO 'person.csv'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "SET temp_directory = 'spill'",
        "SET enable_external_access = true",
    ],
)
def test_the_connection_reads_and_writes_nothing_outside(record: Record, statement: str) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    for snapshot in (record.as_at(), Snapshot.drawn({}, CUT)):
        with pytest.raises(duckdb.Error):
            snapshot.connection.execute(statement)


def test_nothing_can_spill_to_a_disk(record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    setting = "SELECT current_setting('temp_directory')"
    assert record.as_at().connection.execute(setting).fetchall() == [("",)]


def test_models_can_be_built_in_the_connection(record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    connection = record.as_at().connection
    connection.execute("CREATE SCHEMA model; CREATE TABLE model.person AS SELECT * FROM record.person")
    assert connection.execute("SELECT person_id, sex FROM model.person").fetchall() == [("a", "F")]


def test_a_snapshot_knows_its_cut_and_its_deliveries(record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    deliver(record, "2017-03-03", [("person", "person_id sex\n a M")])
    assert record.as_at().cut == date(2017, 3, 3)
    february = record.as_at(date(2017, 2, 10))
    assert (february.cut, [one.received_on for one in february.deliveries]) == (date(2017, 2, 10), [date(2017, 2, 3)])


def test_a_record_without_deliveries_says_so(record: Record) -> None:
    with pytest.raises(ComputeError, match="holds no delivery yet"):
        record.as_at()


def test_a_day_before_the_first_delivery_says_when_that_was(record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    with pytest.raises(ComputeError, match="first was received on 3 February 2017"):
        record.as_at(date(2017, 2, 2))


def test_drawn_rows_are_held_as_they_are() -> None:
    snapshot = Snapshot.drawn(
        {"referral": [{"person_id": "a", "referral_date": "2017-01-03"}, {"person_id": "b", "referral_date": CUT}]}, CUT
    )
    assert held(snapshot, "referral", "person_id", "referral_date", "nfa") == [
        ("a", "2017-01-03", "-"),
        ("b", "2017-02-03", "-"),
    ]


def test_drawn_rows_may_be_many() -> None:
    rows = [{"person_id": str(number), "contact_date": "2017-01-03"} for number in range(501)]
    assert len(held(Snapshot.drawn({"contact": rows}, CUT), "contact")) == 501


def test_what_a_drawing_does_not_limit_is_covered() -> None:
    january = (date(2017, 1, 1), date(2017, 1, 31))
    snapshot = Snapshot.drawn({}, CUT, coverage={"referral": [january], "contact": []})
    assert snapshot.coverage("referral") == [january]
    assert not snapshot.covers("contact", *january)
    assert snapshot.covers("assessment", *january)


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"referal": [{}]}, "there is no table 'referal'\n  Expected: did you mean referral"),
        (
            {"referral": [{"closed": "2017-01-03"}]},
            "the table referral has no column 'closed'\n  Expected: did you mean",
        ),
        ({"referral": [{"referral_date": "31/02/2017"}]}, "a drawn row of referral does not fit its columns"),
    ],
)
def test_a_faulty_drawing_is_told(tables: dict[str, list[dict[str, str]]], words: str) -> None:
    with pytest.raises(ComputeError) as fault:
        Snapshot.drawn(tables, CUT)
    assert words in str(fault.value)


def test_the_files_in_memory_are_gone_once_it_is_made(record: Record, tmp_path: Path) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    record.as_at()
    assert MemoryFileSystem().find("/") == []
