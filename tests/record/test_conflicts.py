"""What two formats say differently of one event, and what is no conflict."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.record.conflicts import COMPARED, Conflict
from compendium.record.deliveries import Record
from compendium.record.tables import TABLES
from tests.record.drawn import deliver, make_workspace

YEAR = ("referral", "2016-04-01", "2017-03-31", "event")
LATER = date(2017, 12, 31)
ON_THE_DAY = ("cp_plan", "2016-06-02", "2016-06-02", "snapshot")
LATER_DAY = ("cp_plan", "2016-09-02", "2016-09-02", "snapshot")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(make_workspace(tmp_path / "wealdmere"))


def referral(close: str, source: str = "6") -> str:
    return f"person_id referral_date close_date source_code\na 2016-05-01 {close} {source}"


def told(record: Record, received: str, source_format: str, rows: str, salt: str = "") -> None:
    deliver(record, received, [("referral", rows)], YEAR, source_format=source_format, salt=salt)


def test_two_values_of_one_event_are_a_conflict(record: Record) -> None:
    told(record, "2017-04-03", "CIN census", referral("2016-08-01"))
    told(record, "2017-05-03", "Annex A", referral("2016-08-02"))
    assert record.conflicts(LATER) == [
        Conflict("referral", "a", date(2016, 5, 1), "close_date", "2016-08-02 (Annex A), 2016-08-01 (CIN census)")
    ]
    assert record.conflicts(date(2017, 5, 2)) == [], "the other had not been received"


def test_what_one_of_them_does_not_know_is_no_conflict(record: Record) -> None:
    told(record, "2017-04-03", "CIN census", referral("-"))
    told(record, "2017-05-03", "Annex A", referral("2016-08-02"))
    assert record.conflicts(LATER) == []


def test_a_correction_within_a_format_is_no_conflict(record: Record) -> None:
    told(record, "2017-04-03", "CIN census", referral("2016-08-01"))
    told(record, "2017-05-03", "CIN census", referral("2016-08-02"), "again")
    assert record.conflicts(LATER) == []
    told(record, "2017-06-03", "Annex A", referral("2016-08-02"))
    assert record.conflicts(LATER) == [], "the census agrees by now"


def test_an_event_given_twice_by_a_format_is_left_out(record: Record) -> None:
    told(record, "2017-04-03", "CIN census", referral("2016-08-01") + "\na 2016-05-01 2016-09-01 6")
    told(record, "2017-05-03", "Annex A", referral("2016-08-02"))
    assert record.conflicts(LATER) == []


def test_one_event_that_two_formats_tell_under_two_ids_of_a_child_is_compared(record: Record) -> None:
    told(record, "2017-04-03", "CIN census", "person_id referral_date nfa\nold 2017-01-03 0")
    told(record, "2017-05-03", "Annex A", "person_id referral_date nfa\nnew 2017-01-03 1")
    assert record.conflicts(LATER) == [], "nobody has said that the two are one child"
    links = "person_id linked_to reason decided_by decided_on\nold new migration data_manager 2017-05-04"
    deliver(record, "2017-05-05", [("person_link", links)], source_format="local table")
    assert record.conflicts(LATER) == [
        Conflict("referral", "new", date(2017, 1, 3), "nfa", "1 (Annex A), 0 (CIN census)")
    ]
    assert record.conflicts(date(2017, 5, 4)) == []


def test_a_person_has_no_day(record: Record) -> None:
    for day, source_format, sex in (("2017-04-03", "CIN census", "F"), ("2017-05-03", "Annex A", "M")):
        deliver(record, day, [("person", f"person_id sex\na {sex}")], source_format=source_format)
    assert record.conflicts(LATER) == [Conflict("person", "a", None, "sex", "M (Annex A), F (CIN census)")]


@pytest.mark.parametrize(("column", "unknown", "known"), [("sex", "U", "F"), ("ethnicity", "NOBT", "WBRI")])
def test_what_one_of_them_says_it_does_not_know_is_no_conflict(
    record: Record, column: str, unknown: str, known: str
) -> None:
    for day, source_format, code in (("2017-04-03", "CIN census", unknown), ("2017-05-03", "Annex A", known)):
        deliver(record, day, [("person", f"person_id {column}\na {code}")], source_format=source_format)
    assert record.conflicts(LATER) == []


def test_an_end_that_is_only_assumed_is_no_conflict(record: Record) -> None:
    plan = "person_id start_date end_date\na 2016-05-01 "
    deliver(record, "2016-06-03", [("cp_plan", plan + "-")], ON_THE_DAY, source_format="Annex A")
    later = [("cp_plan", "person_id start_date end_date\nb 2016-05-01 -")]
    deliver(record, "2016-09-03", later, LATER_DAY, source_format="Annex A")
    deliver(
        record, "2016-09-03", [("cp_plan", plan + "2016-08-01")],
        ("cp_plan", "2016-04-01", "2016-09-02", "event"), source_format="CIN census",
    )  # fmt: skip
    assumed = record.as_at(LATER).connection.execute("SELECT * FROM merging.assumed_end").fetchall()
    assert assumed == [], "the census tells it"
    assert record.conflicts(LATER) == []
    deliver(record, "2016-10-03", [("cp_plan", plan + "2016-08-02")], ON_THE_DAY, source_format="Annex A")
    assert [each.column for each in record.conflicts(LATER)] == ["end_date"], "now it is said"


def test_columns_compared_are_columns_of_their_tables_and_no_part_of_their_keys() -> None:
    for table, columns in COMPARED.items():
        assert set(columns) <= set(TABLES[table].column_names) - set(TABLES[table].key)
        assert "person_id" in TABLES[table].key
