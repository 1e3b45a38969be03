"""The record as at a date: what stands, what is gone, and which value of a column counts."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.record.deliveries import Record
from tests.record.drawn import deliver, drawn, held

JANUARY = ("referral", "2017-01-01", "2017-01-31", "event")
BOTH_MONTHS = ("referral", "2017-01-01", "2017-02-28", "event")


def test_a_late_record_appears_only_from_the_day_it_was_received(record: Record) -> None:
    first = """
        person_id referral_date
        a         2017-01-03
    """
    second = """
        person_id referral_date
        a         2017-01-03
        b         2017-01-30
    """
    deliver(record, "2017-02-03", [("referral", first)], JANUARY)
    deliver(record, "2017-03-03", [("referral", second)], BOTH_MONTHS)
    assert held(record.as_at(date(2017, 3, 2)), "referral", "person_id") == [("a",)]
    assert held(record.as_at(date(2017, 3, 3)), "referral", "person_id") == [("a",), ("b",)]


def test_a_corrected_value_takes_the_place_of_the_old_one(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", "person_id referral_date primary_need_code\n a 2017-01-03 N1")])
    deliver(record, "2017-03-03", [("referral", "person_id referral_date primary_need_code\n a 2017-01-03 N4")])
    columns = ("person_id", "primary_need_code")
    assert held(record.as_at(date(2017, 2, 28)), "referral", *columns) == [("a", "N1")]
    assert held(record.as_at(), "referral", *columns) == [("a", "N4")]


def test_a_value_that_is_now_empty_is_empty(record: Record) -> None:
    """The case was closed by mistake and has been opened again."""
    deliver(record, "2017-02-03", [("referral", "person_id referral_date close_date\n a 2017-01-03 2017-01-20")])
    deliver(record, "2017-03-03", [("referral", "person_id referral_date close_date\n a 2017-01-03 -")])
    assert held(record.as_at(), "referral", "close_date") == [("-",)]


def test_a_delivery_says_nothing_of_columns_it_does_not_have(record: Record) -> None:
    """The census gives the closing date, Annex A the team: one referral has both."""
    deliver(
        record, "2016-07-20", [("referral", "person_id referral_date close_date team_id\n a 2016-01-03 2016-02-20 -")]
    )
    deliver(record, "2016-08-01", [("referral", "person_id referral_date team_id nfa\n a 2016-01-03 T07 0")])
    columns = ("person_id", "referral_date", "close_date", "team_id", "nfa")
    assert held(record.as_at(), "referral", *columns) == [("a", "2016-01-03", "2016-02-20", "T07", "0")]


def test_an_enquiry_whose_day_was_corrected_stands_once_under_its_new_day(record: Record) -> None:
    covers = ("s47", "2017-01-01", "2017-01-31", "event")
    deliver(record, "2017-02-03", [("s47", "person_id start_date\n a 2017-01-10")], covers)
    deliver(record, "2017-03-03", [("s47", "person_id start_date\n a 2017-01-12")], covers)
    assert held(record.as_at(date(2017, 2, 3)), "s47", "start_date") == [("2017-01-10",)]
    assert held(record.as_at(), "s47", "start_date") == [("2017-01-12",)]


def test_a_row_that_is_missing_from_a_complete_extract_is_gone(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", "person_id referral_date\n a 2017-01-03\n b 2017-01-04")], JANUARY)
    deliver(record, "2017-03-03", [("referral", "person_id referral_date\n a 2017-01-03")], BOTH_MONTHS)
    assert held(record.as_at(), "referral", "person_id") == [("a",)]


def test_an_extract_without_a_single_row_still_says_that_there_is_none(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", "person_id referral_date\n a 2017-01-03")], JANUARY)
    deliver(record, "2017-03-03", [("contact", "person_id contact_date\n a 2017-01-02")], JANUARY)
    assert held(record.as_at(), "referral", "person_id") == []


def test_a_row_outside_the_days_covered_stays(record: Record) -> None:
    """The first and the last day covered are covered; the days beside them are not."""
    before = """
        person_id referral_date
        before    2016-12-31
        first     2017-01-01
        last      2017-01-31
        after     2017-02-01
    """
    deliver(record, "2017-02-03", [("referral", before)])
    deliver(record, "2017-03-03", [("referral", "person_id referral_date\n other 2017-01-15")], JANUARY)
    assert held(record.as_at(), "referral", "person_id") == [("after",), ("before",), ("other",)]


def test_an_older_extract_cannot_take_away_what_a_newer_one_has(record: Record) -> None:
    deliver(record, "2017-03-03", [("referral", "person_id referral_date\n late 2017-01-30")])
    deliver(record, "2017-02-03", [("referral", "person_id referral_date\n a 2017-01-03")], JANUARY)
    assert held(record.as_at(), "referral", "person_id") == [("a",), ("late",)]


def test_a_list_of_latest_events_takes_nothing_away(record: Record) -> None:
    plans = "person_id start_date\n a 2016-01-05\n a 2016-12-01"
    deliver(record, "2017-02-03", [("cp_plan", plans)], ("cp_plan", "2016-01-01", "2017-01-31", "event"))
    for month, grain in (("03", "latest_only"), ("04", "snapshot"), ("05", "annual")):
        covers = ("cp_plan", "2016-01-01", "2017-02-28", grain)
        deliver(record, f"2017-{month}-03", [("cp_plan", "person_id start_date\n a 2016-12-01")], covers)
    assert held(record.as_at(), "cp_plan", "start_date") == [("2016-01-05",), ("2016-12-01",)]


def test_an_event_that_comes_back_is_there_again(record: Record) -> None:
    for month, people in (("02", "a"), ("03", "b"), ("04", "a")):
        deliver(record, f"2017-{month}-03", [("referral", f"person_id referral_date\n {people} 2017-01-03")], JANUARY)
    assert held(record.as_at(date(2017, 3, 3)), "referral", "person_id") == [("b",)]
    assert held(record.as_at(), "referral", "person_id") == [("a",)]


def test_two_enquiries_begun_on_one_day_stay_two(record: Record) -> None:
    twins = """
        person_id start_date team_id
        a         2017-01-10 T01
        a         2017-01-10 T02
    """
    covers = ("s47", "2017-01-01", "2017-01-31", "event")
    deliver(record, "2017-02-03", [("s47", twins)], covers)
    deliver(record, "2017-03-03", [("s47", twins.replace("T02", "T03"))], covers)
    assert held(record.as_at(), "s47", "team_id") == [("T01",), ("T03",)]
    deliver(record, "2017-04-03", [("s47", "person_id start_date team_id\n a 2017-01-10 T01")], covers)
    assert held(record.as_at(), "s47", "team_id") == [("T01",)]


def test_an_event_known_by_its_id_moves_with_its_day(record: Record) -> None:
    """An audit's day is not its key: a corrected day is the same audit, and no coverage of the old day matters."""
    covers = ("audit", "2017-01-01", "2017-01-31", "event")
    deliver(record, "2017-02-03", [("audit", "audit_id audit_date grade\n q1 2017-01-10 good")], covers)
    deliver(record, "2017-03-03", [("audit", "audit_id audit_date\n q1 2017-02-10")], covers)
    assert held(record.as_at(), "audit", "audit_id", "audit_date", "grade") == [("q1", "2017-02-10", "good")]


def test_of_a_table_without_days_the_newest_word_on_each_row_stands(record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex dob\n a F 2010-05-01\n b M 2011-05-01")])
    deliver(record, "2017-03-03", [("person", "person_id dob\n a 2010-05-02")])
    assert held(record.as_at(), "person", "person_id", "sex", "dob") == drawn(
        """
        a F 2010-05-02
        b M 2011-05-01
        """
    )


def test_rows_with_an_empty_part_of_their_key_are_matched_by_it(record: Record) -> None:
    """A transfer in has no enquiry: its conference is still one conference, not one a month."""
    conference = "person_id s47_start_date icpc_date outcome_cp_plan\n a - 2017-01-20 {}"
    deliver(record, "2017-02-03", [("icpc", conference.format("0"))])
    deliver(record, "2017-03-03", [("icpc", conference.format("1"))])
    assert held(record.as_at(), "icpc", "icpc_date", "outcome_cp_plan") == [("2017-01-20", "1")]


def test_of_deliveries_received_on_one_day_the_one_loaded_later_is_newer(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", "person_id referral_date nfa\n a 2017-01-03 0")])
    deliver(record, "2017-02-03", [("referral", "person_id referral_date nfa\n a 2017-01-03 1")])
    assert held(record.as_at(), "referral", "nfa") == [("1",)]


@pytest.mark.parametrize("loaded", [("Annex A", "local table"), ("local table", "Annex A")])
def test_of_two_formats_received_on_one_day_the_richer_is_believed_however_they_were_loaded(
    record: Record, loaded: tuple[str, str]
) -> None:
    said = {
        "Annex A": "person_id start_date end_date\na 2016-12-01 -",
        "local table": "person_id start_date end_date\na 2016-12-01 2017-01-05",
    }
    for source_format in loaded:
        deliver(record, "2017-02-03", [("lac_period", said[source_format])], source_format=source_format)
    assert held(record.as_at(), "lac_period", "end_date") == [("2017-01-05",)]


def test_only_the_tables_asked_for_are_read(record: Record) -> None:
    parts = [
        ("referral", "person_id referral_date team_id\n a 2017-01-03 duty"),
        ("contact", "person_id contact_date\n a 2017-01-02"),
        ("team", "team_id team_name area_id valid_from\n T01 Duty NE 2012-04-01"),
    ]
    deliver(record, "2017-02-03", parts, JANUARY)
    snapshot = record.as_at(tables=["referral"])
    assert held(snapshot, "referral", "person_id", "team_id") == [("a", "T01")]
    assert held(snapshot, "contact") == []
    assert snapshot.coverage("referral") == [(date(2017, 1, 1), date(2017, 1, 31))]
