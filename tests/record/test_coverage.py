"""What the record can be trusted for."""

from __future__ import annotations

from datetime import date

from compendium.record.coverage import ALWAYS, merged
from compendium.record.deliveries import Record
from tests.record.drawn import deliver

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
