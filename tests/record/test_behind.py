"""A delivery received late cannot speak of days after its reference date, and of all others it can."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.record.deliveries import Record
from tests.record.drawn import deliver, drawn, held

ANNEX_A = {"source_format": "Annex A"}
CENSUS = {"source_format": "CIN census", "reference": "2017-03-31"}
CASE = "person_id referral_date close_date close_reason\n"


def case(
    record: Record, *, june: str, census: str, columns: tuple[str, ...] = ("close_date", "close_reason")
) -> object:
    """A case as the June workbook had it, and the census received in July."""
    deliver(record, "2017-06-03", [("referral", f"{CASE} a 2016-11-03 {june}")], reference="2017-06-03", **ANNEX_A)
    deliver(record, "2017-07-14", [("referral", f"{CASE} a 2016-11-03 {census}")], **CENSUS)
    (row,) = held(record.as_at(), "referral", *columns)
    return row


def test_a_census_of_march_does_not_open_a_case_that_closed_in_may(record: Record) -> None:
    assert case(record, june="2017-05-10 RC1", census="- -") == ("2017-05-10", "RC1")


def test_it_opens_one_that_is_said_to_have_closed_by_its_reference_date(record: Record) -> None:
    """On 31 March the case was open: the closing date of that day or before was wrong."""
    assert case(record, june="2017-03-31 RC1", census="- -") == ("-", "-")


def test_a_day_that_it_gives_counts_as_of_when_it_was_received(record: Record) -> None:
    assert case(record, june="2017-03-10 RC1", census="2017-03-20 RC8") == ("2017-03-20", "RC8")
    assert case(record, june="- -", census="2017-03-20 RC8") == ("2017-03-20", "RC8")


def test_the_reason_goes_with_its_day(record: Record) -> None:
    """The census closes the case and gives no reason: that is known of March, not of May."""
    assert case(record, june="2017-05-10 RC1", census="2017-03-20 -") == ("2017-03-20", "-")


@pytest.mark.parametrize("beside", [[], [("referral", "person_id referral_date close_date\n b 2016-11-03 2017-03-20")]])
def test_the_reason_stays_too_where_the_row_says_nothing_of_the_day(
    record: Record, beside: list[tuple[str, str]]
) -> None:
    """Whether or not another list of the delivery has the days."""
    deliver(record, "2017-06-03", [("referral", f"{CASE} a 2016-11-03 2017-05-10 RC1")], **ANNEX_A)
    reasons = ("referral", "person_id referral_date close_reason\n a 2016-11-03 -")
    deliver(record, "2017-07-14", [reasons, *beside], **CENSUS)
    told = held(record.as_at(), "referral", "person_id", "close_date", "close_reason")
    assert told[0] == ("a", "2017-05-10", "RC1")


def test_a_workbook_of_the_day_it_was_received_still_opens_a_case(record: Record) -> None:
    deliver(record, "2017-06-03", [("referral", f"{CASE} a 2016-11-03 2017-05-10 RC1")], **ANNEX_A)
    deliver(record, "2017-07-03", [("referral", f"{CASE} a 2016-11-03 - -")], reference="2017-07-03", **ANNEX_A)
    assert held(record.as_at(), "referral", "close_date", "close_reason") == [("-", "-")]


def test_a_correction_between_is_not_undone(record: Record) -> None:
    """May's closing date was taken back in June; the census of March knows of neither."""
    deliver(record, "2017-06-03", [("referral", f"{CASE} a 2016-11-03 2017-05-10 RC1")], **ANNEX_A)
    deliver(record, "2017-07-03", [("referral", f"{CASE} a 2016-11-03 - -")], **ANNEX_A)
    deliver(record, "2017-07-14", [("referral", f"{CASE} a 2016-11-03 - -")], **CENSUS)
    assert held(record.as_at(), "referral", "close_date", "close_reason") == [("-", "-")]


def test_two_returns_behind_each_other_leave_it_as_it_is(record: Record) -> None:
    deliver(record, "2017-06-03", [("referral", f"{CASE} a 2016-11-03 2017-05-10 RC1")], **ANNEX_A)
    for received in ("2017-07-14", "2017-07-20"):
        deliver(record, received, [("referral", f"{CASE} a 2016-11-03 - -")], **CENSUS)
    assert held(record.as_at(), "referral", "close_date", "close_reason") == [("2017-05-10", "RC1")]


def test_what_two_deliveries_say_apart_is_kept_apart(record: Record) -> None:
    """Of one the day is from the workbook, of the other from the council's own table, each as it was then."""
    deliver(record, "2017-06-03", [("referral", f"{CASE} a 2016-11-03 2017-05-10 RC1")], **ANNEX_A)
    deliver(
        record, "2017-06-05", [("referral", "person_id referral_date close_date\n a 2016-11-03 2017-05-12")],
        source_format="local table",
    )  # fmt: skip
    deliver(record, "2017-07-14", [("referral", f"{CASE} a 2016-11-03 - -")], **CENSUS)
    assert held(record.as_at(), "referral", "close_date", "close_reason") == [("2017-05-12", "RC1")]


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [
        ("assessment", "a 2017-03-01", "start_date auth_date"),
        ("cp_plan", "a 2017-01-10", "start_date end_date"),
        ("lac_period", "a 2017-01-10", "start_date end_date"),
        ("placement", "a 2017-01-10", "start_date end_date"),
        ("person", "a", "dob"),
        ("person", "a", "death_date"),
    ],
)
def test_it_is_so_of_every_day_that_says_what_has_happened(record: Record, table: str, key: str, column: str) -> None:
    head = f"person_id {column}\n {key}"
    deliver(record, "2017-06-03", [(table, f"{head} 2017-05-10")], **ANNEX_A)
    deliver(record, "2017-07-14", [(table, f"{head} -")], **CENSUS)
    assert held(record.as_at(), table, column.split()[-1]) == [("2017-05-10",)]


def test_a_day_that_is_planned_ahead_can_be_taken_back_by_anyone(record: Record) -> None:
    head = "person_id start_date icpc_target\n a 2017-03-20"
    deliver(record, "2017-06-03", [("s47", f"{head} 2017-04-10")], **ANNEX_A)
    deliver(record, "2017-07-14", [("s47", f"{head} -")], **CENSUS)
    assert held(record.as_at(), "s47", "icpc_target") == [("-",)]


def test_a_state_is_as_the_delivery_says_that_has_seen_the_latest_day(record: Record) -> None:
    """The category changed in May; the census of March still has the one before. A corrected first category stands."""
    head = "person_id start_date initial_category latest_category\n a 2017-01-10"
    deliver(record, "2017-06-03", [("cp_plan", f"{head} NEG EMO")], reference="2017-06-03", **ANNEX_A)
    deliver(record, "2017-07-14", [("cp_plan", f"{head} PHY PHY")], **CENSUS)
    assert held(record.as_at(), "cp_plan", "initial_category", "latest_category") == [("PHY", "EMO")]
    deliver(record, "2017-08-03", [("cp_plan", f"{head} PHY SAB")], reference="2017-08-03", **ANNEX_A)
    assert held(record.as_at(), "cp_plan", "latest_category") == [("SAB",)]


def test_a_child_born_since_stays_born(record: Record) -> None:
    head = "person_id sex dob expected_dob\n"
    deliver(record, "2017-03-03", [("person", f"{head} a U - 2017-05-12")], reference="2017-03-03", **ANNEX_A)
    deliver(record, "2017-06-03", [("person", f"{head} a F 2017-05-10 -")], reference="2017-06-03", **ANNEX_A)
    deliver(record, "2017-07-14", [("person", f"{head} a U - 2017-05-12\n b U - 2017-04-20")], **CENSUS)
    unborn_at_first = held(record.as_at(date(2017, 3, 31)), "person", "person_id", "sex", "dob", "expected_dob")
    assert unborn_at_first == [("a", "U", "-", "2017-05-12")]
    assert held(record.as_at(), "person", "person_id", "sex", "dob", "expected_dob") == drawn(
        """
        a F 2017-05-10 -
        b U -          2017-04-20
        """
    )
