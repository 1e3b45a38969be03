"""One delivery that speaks of an event in several places says one thing of it."""

from __future__ import annotations

from compendium.record.deliveries import Record
from tests.record.drawn import deliver, drawn, held


def test_two_lists_of_one_delivery_describe_one_referral(record: Record) -> None:
    """Annex A: list 3 has every referral, list 6 more about the latest of each child."""
    list_3 = """
        person_id referral_date source_code nfa
        a         2017-01-03    6           0
        a         2016-05-01    1A          1
    """
    list_6 = """
        person_id referral_date primary_need_code close_date
        a         2017-01-03    N1                -
    """
    deliver(record, "2017-02-03", [("referral", list_3), ("referral", list_6)])
    assert held(
        record.as_at(), "referral", "person_id", "referral_date", "source_code", "nfa", "primary_need_code"
    ) == drawn(
        """
        a 2016-05-01 1A 1 -
        a 2017-01-03 6  0 N1
        """
    )


def test_what_only_one_list_supplies_does_not_empty_an_older_value_of_rows_in_the_other(record: Record) -> None:
    """The referral of May is in list 3 only, which has no primary need: the census's need stands."""
    deliver(record, "2016-07-20", [("referral", "person_id referral_date primary_need_code\n a 2016-05-01 N4")])
    parts = [
        ("referral", "person_id referral_date nfa\n a 2016-05-01 1"),
        ("referral", "person_id referral_date primary_need_code\n a 2017-01-03 N1"),
    ]
    deliver(record, "2017-02-03", parts)
    assert held(record.as_at(), "referral", "referral_date", "primary_need_code") == drawn(
        """
        2016-05-01 N4
        2017-01-03 N1
        """
    )


def test_within_a_delivery_a_value_beats_an_empty_cell_and_a_later_list_an_earlier(record: Record) -> None:
    parts = [
        ("person", "person_id sex ethnicity\n a F WBRI\n b M WIRI"),
        ("person", "person_id sex ethnicity\n a - -\n b M MOTH"),
    ]
    info = deliver(record, "2017-02-03", parts)
    assert held(record.as_at(), "person", "person_id", "sex", "ethnicity") == drawn(
        """
        a F WBRI
        b M MOTH
        """
    )
    (entry,) = record.findings(info.delivery_id)
    assert (
        entry.what == "person: 1 row given with different values in different places of this delivery; the last stands"
    )


def test_a_child_repeated_in_one_list_is_one_child(record: Record) -> None:
    contacts = "person_id sex dob\n a F -\n a - 2010-05-01\n a F -"
    info = deliver(record, "2017-02-03", [("person", contacts)])
    assert held(record.as_at(), "person", "person_id", "sex", "dob") == [("a", "F", "2010-05-01")]
    assert record.findings(info.delivery_id) == []


def test_twins_of_one_list_meet_the_twins_of_another_in_order(record: Record) -> None:
    parts = [
        ("s47", "person_id start_date team_id\n a 2017-01-10 T01\n a 2017-01-10 T02"),
        ("s47", "person_id start_date icpc_not_required\n a 2017-01-10 1"),
    ]
    deliver(record, "2017-02-03", parts)
    assert held(record.as_at(), "s47", "team_id", "icpc_not_required") == [("T01", "1"), ("T02", "-")]
