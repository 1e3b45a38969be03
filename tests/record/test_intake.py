"""Intake: what a reader may hand over, what it may not, and how nothing of a child gets into a message."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.record.deliveries import Record
from compendium.record.intake import CHUNK, Intake
from compendium.record.ledger import Count
from tests.record.drawn import deliver, held, make_workspace

DAY = date(2017, 2, 3)


def receive(record: Record, table: str, columns: tuple[str, ...], *rows: tuple[Any, ...]) -> None:
    with record.receive("a.csv", "a" * 64, DAY, source_format="drawn") as intake:
        append = intake.appender(table, columns)
        for row in rows:
            append(row)


def texts(record: Record, *values: str) -> list[str | None]:
    """Texts that have been through the record, in the order given."""
    receive(
        record,
        "audit_action",
        ("action_id", "audit_id", "agreed_on", "what"),
        *((number, f"{number:06}", "q1", "2017-01-03", value) for number, value in enumerate(values)),
    )
    found = record.as_at().connection.execute("SELECT what FROM record.audit_action ORDER BY action_id").fetchall()
    return [text for (text,) in found]


@pytest.mark.parametrize(
    "value",
    ["a,b", 'say "so"', "two\nlines", "carriage\rreturn", "unit\x1fseparator", " spaces ", "Åsa — 東", "1e5", "NULL"],
)
def test_a_text_comes_back_as_it_went_in(record: Record, value: str) -> None:
    assert texts(record, value, "plain") == [value, "plain"]


def test_a_carriage_return_at_the_end_of_every_row_is_part_of_the_text(record: Record) -> None:
    assert texts(record, "one\r", "two\r") == ["one\r", "two\r"]


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text != "None"), min_size=1))
def test_any_text_comes_back_as_it_went_in(values: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert texts(Record.open(make_workspace(Path(folder) / "w")), *values) == values


def test_the_text_none_is_no_value_but_may_be_an_id(record: Record) -> None:
    """It is how other programs write an empty cell; as an id it is taken for what it is."""
    assert texts(record, "None", "plain") == [None, "plain"]
    receive(record, "person", ("person_id", "sex"), (2, "None", "F"))


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_text_is_no_value(record: Record, empty: str | None) -> None:
    receive(record, "referral", ("person_id", "referral_date", "close_date"), (2, "a", "2017-01-03", empty))
    assert held(record.as_at(), "referral", "close_date") == [("-",)]


def test_every_type_comes_back(record: Record) -> None:
    receive(
        record,
        "mash_enquiry",
        ("enquiry_id", "person_id", "opened_on", "opened_at"),
        (2, "0042", "a", "2017-01-03", "2017-01-03 09:30:00"),
    )
    assert record.as_at().connection.execute(
        "SELECT enquiry_id, opened_on, opened_at::VARCHAR FROM record.mash_enquiry"
    ).fetchall() == [("0042", date(2017, 1, 3), "2017-01-03 09:30:00")]


def test_more_rows_than_a_chunk_are_all_kept(record: Record) -> None:
    with record.receive("a.csv", "a" * 64, DAY, source_format="drawn") as intake:
        append = intake.appender("contact", ("person_id", "contact_date"))
        for number in range(2 * CHUNK + 1):
            append((number, str(number), "2017-01-03"))
            intake.breathe()
        assert sum(len(part.rows) for part in intake.parts) < 2 * CHUNK, "memory is to stay flat"
    found = record.as_at().connection.execute("SELECT count(DISTINCT person_id), count(*) FROM record.contact")
    assert found.fetchall() == [(2 * CHUNK + 1, 2 * CHUNK + 1)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((2, "child-100023", "31/02/2017", None), "referral.referral_date"),
        ((2, "child-100023", None, None), "referral.referral_date"),
        ((2, "child-100023", "2017-01-03", "yes"), "referral.nfa"),
        ((2, "child-100023", "2017-01-03"), "the number of values"),
    ],
)
def test_a_reader_that_does_not_validate_is_told_the_column_and_never_the_row(
    record: Record, row: tuple[Any, ...], words: str
) -> None:
    with pytest.raises(RuntimeError) as fault:
        receive(record, "referral", ("person_id", "referral_date", "nfa"), row)
    assert words in str(fault.value)
    assert "100023" not in str(fault.value)
    assert fault.value.__suppress_context__, "a traceback would show DuckDB's words, and with them the row"
    assert record.deliveries() == []


@pytest.mark.parametrize("columns", [("person_id",), ("person_id", "referral_date", "closed")])
def test_a_part_has_the_columns_of_its_table_and_all_that_are_required(
    record: Record, columns: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match="a part of referral"):
        receive(record, "referral", columns)


def test_rows_read_are_rows_kept_and_rows_rejected(record: Record) -> None:
    with record.receive("a.csv", "a" * 64, DAY, source_format="drawn") as intake:
        intake.count("List 3", read=2)
        intake.count("List 3", kept=1, rejected=1)
        intake.reject("List 3", 3, "Date of referral", "31/02/2017 is not a date", value="31/02/2017")
    assert record.deliveries()[0].units == {"List 3": Count(2, 1, 1)}
    with (
        pytest.raises(RuntimeError, match="List 3: 2 read, but 1 kept and 0 rejected"),
        record.receive("b.csv", "b" * 64, DAY, source_format="drawn") as intake,
    ):
        intake.count("List 3", read=2, kept=1)
    assert len(record.deliveries()) == 1


def test_coverage_that_ends_before_it_begins_is_a_fault_of_the_reader(record: Record) -> None:
    with (
        pytest.raises(ValueError, match="coverage of referral"),
        record.receive("a.csv", "a" * 64, DAY, source_format="drawn") as intake,
    ):
        intake.cover("referral", date(2017, 2, 1), date(2017, 1, 31), "event")


def test_a_reader_may_set_what_the_content_says(record: Record) -> None:
    def read(intake: Intake) -> None:
        intake.source_format, intake.received_on = "cin_census", date(2016, 7, 20)
        intake.head.la_code, intake.head.reference_date, intake.head.software = "999", date(2016, 3, 31), "Liquid"

    with record.receive("a.xml", "a" * 64) as intake:
        read(intake)
    info = record.deliveries()[0]
    assert (info.source_format, info.received_on, info.reference_date) == (
        "cin_census",
        date(2016, 7, 20),
        date(2016, 3, 31),
    )
    assert (info.la_code, info.software) == ("999", "Liquid")


def test_a_delivery_that_nobody_dated_is_not_committed(record: Record) -> None:
    with pytest.raises(ValueError, match="the day it was received"), record.receive("a.xml", "a" * 64):
        pass
    assert record.deliveries() == []


def test_the_rows_of_a_table_are_told(record: Record) -> None:
    info = deliver(record, "2017-02-03", [("person", "person_id sex\n a F\n b M")])
    assert {name: table.rows for name, table in info.tables.items()} == {"person": 2}
