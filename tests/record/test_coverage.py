"""What the record can be trusted for."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.calendar.months import add_months
from compendium.record.coverage import ALWAYS, Grain, Spoken, merged
from compendium.record.deliveries import Record
from compendium.record.snapshot import Snapshot
from tests.record.drawn import deliver, held

REFERRAL = [("referral", "person_id referral_date\n a 2017-01-03")]


def test_spans_that_touch_or_overlap_are_joined() -> None:
    january, february = (date(2017, 1, 1), date(2017, 1, 31)), (date(2017, 2, 1), date(2017, 2, 28))
    assert merged([february, january]) == [(date(2017, 1, 1), date(2017, 2, 28))]
    assert merged([(date(2017, 1, 1), date(2017, 3, 31)), february]) == [(date(2017, 1, 1), date(2017, 3, 31))]


def test_a_day_between_keeps_spans_apart() -> None:
    apart = [(date(2017, 1, 1), date(2017, 1, 30)), (date(2017, 2, 1), date(2017, 2, 28))]
    assert merged(apart) == apart


def test_always_has_no_day_after_it() -> None:
    assert merged([ALWAYS, (date(2017, 1, 1), date(2017, 1, 31))]) == [ALWAYS]


def test_a_snapshot_knows_which_days_are_covered(record: Record) -> None:
    deliver(record, "2016-07-20", REFERRAL, ("referral", "2015-04-01", "2016-03-31", "event"))
    deliver(record, "2017-02-03", REFERRAL, ("referral", "2016-08-03", "2017-02-03", "event"))
    snapshot = record.as_at()
    assert snapshot.coverage("referral") == [
        (date(2015, 4, 1), date(2016, 3, 31)),
        (date(2016, 8, 3), date(2017, 2, 3)),
    ]
    assert snapshot.covers("referral", date(2017, 1, 1), date(2017, 1, 31))
    assert not snapshot.covers("referral", date(2016, 3, 1), date(2016, 8, 31))
    assert not snapshot.covers("contact", date(2017, 1, 1), date(2017, 1, 31))


def test_coverage_is_that_of_the_deliveries_received_by_the_cut(record: Record) -> None:
    deliver(record, "2016-07-20", REFERRAL, ("referral", "2015-04-01", "2016-03-31", "event"))
    deliver(record, "2017-02-03", REFERRAL, ("referral", "2016-08-03", "2017-02-03", "event"))
    assert record.as_at(date(2017, 2, 2)).coverage("referral") == [(date(2015, 4, 1), date(2016, 3, 31))]


def test_a_table_without_days_is_covered_once_it_is_fed(record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    snapshot = record.as_at()
    assert snapshot.covers("person", date(2012, 4, 1), date(2030, 3, 31))
    assert not snapshot.covers("team", date(2017, 1, 1), date(2017, 1, 31))


def test_every_grain_counts_as_covered(record: Record) -> None:
    """A list of latest plans takes nothing away, but is what there is to count from."""
    plans = [("cp_plan", "person_id start_date\n a 2016-12-01")]
    deliver(record, "2017-02-03", plans, ("cp_plan", "2016-08-03", "2017-02-03", "latest_only"))
    assert record.as_at().covers("cp_plan", date(2017, 1, 1), date(2017, 1, 31))


def test_a_column_is_covered_by_the_deliveries_that_supply_it(record: Record) -> None:
    span = ("2016-08-01", "2017-02-03")
    deliver(record, "2017-02-03", [("contact", "person_id contact_date\n a 2016-12-01")], ("contact", *span, "event"))
    january = date(2017, 1, 1), date(2017, 1, 31)
    assert record.as_at().covers("contact", *january)
    assert record.as_at().coverage("contact", "decision_date") == []
    drawing = "person_id contact_date decision_date\n a 2017-01-03 2017-01-04"
    deliver(record, "2017-02-04", [("contact", drawing)], ("contact", "2017-01-01", "2017-02-03", "event"))
    assert record.as_at().coverage("contact", "decision_date") == [(date(2017, 1, 1), date(2017, 2, 3))]
    assert record.as_at().coverage("contact") == [(date(2016, 8, 1), date(2017, 2, 3))]


def test_a_delivery_in_which_nothing_happened_lacks_no_column(record: Record) -> None:
    deliver(record, "2017-02-03", [], ("icpc", "2017-01-01", "2017-01-31", "event"))
    assert record.as_at().covers("icpc", date(2017, 1, 1), date(2017, 1, 31), "s47_start_date")


def test_an_undated_table_is_covered_in_the_columns_that_fed_it(record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    assert record.as_at().coverage("person", "sex") == [ALWAYS]
    assert record.as_at().coverage("person", "dob") == []


@pytest.mark.parametrize(
    ("table", "grain", "states", "events"),
    [
        ("cp_plan", "event", True, True),
        ("cp_plan", "assumed", True, True),
        ("cp_plan", "snapshot", True, False),
        ("cp_plan", "annual", False, False),
        ("placement", "latest_only", True, False),
        ("lac_period", "latest_only", True, False),
        ("visit", "latest_only", False, False),
        ("lac_review", "latest_only", False, False),
        ("cp_plan", "latest_only", True, True),
        ("cp_review", "latest_only", False, True),
    ],
)
def test_what_a_grain_can_be_asked_for(table: str, grain: Grain, states: bool, events: bool) -> None:
    """Of the last five weeks: see below for why a list of the latest review holds them."""
    told = Spoken(date(2016, 8, 3), date(2017, 2, 3), grain)
    snapshot = Snapshot.drawn({}, date(2017, 2, 3), {table: [told]})
    january = date(2017, 1, 1), date(2017, 1, 31)
    assert snapshot.covers(table, *january)
    assert snapshot.covers(table, *january, asked="states") is states
    assert snapshot.covers(table, *january, asked="events") is events


def test_a_list_of_the_latest_review_holds_those_of_the_last_five_weeks_and_monthly_lists_hold_them_all() -> None:
    """A review of longer ago may have been followed by another and is then not in it."""

    def reviews(*extracts: date) -> list[tuple[date, date]]:
        told = [Spoken(add_months(day, -6), day, "latest_only") for day in extracts]
        return Snapshot.drawn({}, date(2017, 2, 3), {"cp_review": told}).coverage("cp_review", asked="events")

    january, february = date(2017, 1, 3), date(2017, 2, 3)
    assert reviews(february) == [(date(2016, 12, 31), february)]
    assert reviews(january, february) == [(date(2016, 11, 30), february)]
    assert len(reviews(date(2016, 12, 3), february)) == 2


def test_what_is_only_assumed_to_be_complete_withdraws_nothing(record: Record) -> None:
    deliver(record, "2017-01-03", REFERRAL, ("referral", "2017-01-01", "2017-01-03", "event"))
    later = [("referral", "person_id referral_date\n b 2017-01-20")]
    deliver(record, "2017-02-03", later, ("referral", "2017-01-01", "2017-02-02", "assumed"))
    assert held(record.as_at(), "referral", "person_id") == [("a",), ("b",)]
    deliver(record, "2017-02-04", later, ("referral", "2017-01-01", "2017-02-02", "event"))
    assert held(record.as_at(), "referral", "person_id") == [("b",)]


def test_a_list_of_what_is_open_closes_what_ended_in_days_of_which_nothing_is_known(record: Record) -> None:
    """A census to March 2016 beside a workbook that knows nothing before August: no one knows April to July."""
    events = "person_id start_date end_date"
    census = ("cp_plan", "2015-04-01", "2016-03-31", "event")
    deliver(record, "2016-07-14", [("cp_plan", f"{events}\na 2015-05-01 -")], census, reference="2016-03-31")
    open_on = record.as_at().knows_open
    assert open_on("cp_plan", date(2016, 3, 31), "end_date")
    assert not open_on("cp_plan", date(2016, 4, 30), "end_date")
    deliver(
        record,
        "2017-02-03",
        [("cp_plan", f"{events}\nb 2016-09-01 -")],
        ("cp_plan", "2016-08-03", "2017-02-03", "event"),
    )
    assert not record.as_at().knows_open("cp_plan", date(2017, 1, 31), "end_date"), (
        "a may have ended in May or in October"
    )
    listed = ("cp_plan", "2016-09-03", "2017-03-03", "latest_only")
    deliver(record, "2017-03-03", [("cp_plan", f"{events}\nb 2016-09-01 -")], listed, reference="2017-03-03")
    snapshot = record.as_at()
    assert snapshot.knows_open("cp_plan", date(2017, 1, 31), "end_date"), "a is not listed, so it is open no more"
    assert not snapshot.knows_open("cp_plan", date(2016, 6, 30), "end_date")
    assert held(snapshot, "cp_plan", "person_id", "end_date") == [("a", "2016-04-01"), ("b", "-")]


@pytest.mark.parametrize(
    ("unread", "known"), [((), True), (("c",), True), ((None,), False)], ids=["whole", "of a child", "of any child"]
)
def test_a_list_with_a_row_that_may_be_any_childs_closes_nothing(
    record: Record, unread: tuple[str | None, ...], known: bool
) -> None:
    """What is not in it may have stood in that row, and be open still."""
    events = "person_id start_date end_date"
    census = ("cp_plan", "2015-04-01", "2016-03-31", "event")
    deliver(record, "2016-07-14", [("cp_plan", f"{events}\na 2015-05-01 -")], census, reference="2016-03-31")
    listed = ("cp_plan", "2016-09-03", "2017-03-03", "latest_only")
    plans = [("cp_plan", f"{events}\nb 2016-09-10 -")]
    deliver(record, "2017-03-03", plans, listed, reference="2017-03-03", unread=unread)
    assert record.as_at().knows_open("cp_plan", date(2017, 1, 31), "end_date") is known
