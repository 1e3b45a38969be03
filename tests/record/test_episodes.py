"""Episodes of yearly returns make one history: periods, placements and legal statuses, without gaps or doubles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest

from compendium.record.deliveries import Record
from tests.record.drawn import Cover, deliver, drawn, held

COLUMNS = "person_id start_date start_reason legal_status type end_date end_reason"


@pytest.fixture(params=["", "zzz yyy", "old a"], ids=["no link", "a link of others", "a link of the child"])
def record(record: Record, request: pytest.FixtureRequest) -> Record:
    """Links between ids, of whomever, change nothing of what is told under the id that stands."""
    if request.param:
        drawing = f"person_id linked_to reason decided_by decided_on\n{request.param} migration manager 2010-01-04"
        deliver(record, "2010-01-05", [("person_link", drawing)], source_format="local table")
    return record


def year(ending: int) -> Cover:
    return "lac_episode", f"{ending - 1}-04-01", f"{ending}-03-31", "event"


def returned(
    record: Record,
    ending: int,
    episodes: str,
    *,
    received: str = "",
    columns: str = COLUMNS,
    unread: Sequence[str | None] = (),
) -> None:
    """A return of the year ending in March, received in July after it."""
    told = [year(ending), *(("lac_period", *year(ending)[1:]), ("placement", *year(ending)[1:]))]
    drawing = f"{columns}\n{episodes.strip()}"
    day, parts = received or f"{ending}-07-01", [("lac_episode", drawing)]
    deliver(record, day, parts, *told, reference=f"{ending}-03-31", unread=unread)


def periods(record: Record) -> list[tuple[str, ...]]:
    return held(record.as_at(tables=["lac_period"]), "lac_period", "person_id", "start_date", "end_date", "end_reason")


def placements(record: Record) -> list[tuple[str, ...]]:
    return held(record.as_at(tables=["placement"]), "placement", "person_id", "start_date", "end_date", "type")


def statuses(record: Record) -> list[tuple[str, ...]]:
    return held(record.as_at(tables=["legal_status"]), "legal_status", "person_id", "start_date", "end_date", "code")


def test_a_change_of_legal_status_keeps_the_placement_and_a_move_keeps_the_status(record: Record) -> None:
    returned(
        record,
        2017,
        """
        a  2016-05-01  S  C1  U6  2016-06-01  X1
        a  2016-06-01  L  C2  U6  2016-09-01  X1
        a  2016-09-01  P  C2  K2  2016-12-24  E4A
        """,
    )
    assert periods(record) == [("a", "2016-05-01", "2016-12-24", "E4A")]
    assert placements(record) == drawn("""
        a  2016-05-01  2016-09-01  U6
        a  2016-09-01  2016-12-24  K2
        """)
    assert statuses(record) == drawn("""
        a  2016-05-01  2016-06-01  C1
        a  2016-06-01  2016-12-24  C2
        """)


@pytest.mark.parametrize(
    ("second", "placed_anew"),
    [("L C2 U6", False), ("P C1 U6", True), ("T C1 U4", True), ("B C2 U6", True), ("U C2 U4", True), ("L C1 K2", True)],
)
def test_what_begins_a_placement(record: Record, second: str, placed_anew: bool) -> None:
    returned(record, 2017, f"a 2016-05-01 S C1 U6 2016-06-01 X1\na 2016-06-01 {second} - -")
    assert [start for _, start, _, _ in placements(record)] == ["2016-05-01", *["2016-06-01"] * placed_anew]
    assert len(periods(record)) == 1


def test_a_period_tells_its_latest_status_and_since_when(record: Record) -> None:
    returned(
        record,
        2017,
        "a 2016-05-01 S C1 U6 2016-06-01 X1\na 2016-06-01 L C2 U6 2016-09-01 X1\na 2016-09-01 P C2 K2 - -",
    )
    assert held(record.as_at(), "lac_period", "legal_status", "legal_status_date") == [("C2", "2016-06-01")]


def test_carers_who_stay_through_a_change_of_placement_are_told(record: Record) -> None:
    returned(
        record,
        2017,
        "a 2016-05-01 S C1 U6 2016-06-01 X1\na 2016-06-01 T C1 U4 2016-09-01 X1\na 2016-09-01 P C1 K2 - -",
    )
    assert held(record.as_at(), "placement", "start_date", "is_same_carer") == drawn("""
        2016-05-01  -
        2016-06-01  1
        2016-09-01  0
        """)


@pytest.mark.parametrize(
    ("first_end", "second", "starts"),
    [
        ("2016-06-01 X1", "2016-06-01 P", ["2016-05-01"]),
        ("2016-06-01 E4A", "2016-06-01 P", ["2016-05-01", "2016-06-01"]),  # care ceased, whatever follows
        ("2016-06-01 X1", "2016-06-01 S", ["2016-05-01", "2016-06-01"]),
        ("2016-06-01 X1", "2016-06-03 P", ["2016-05-01", "2016-06-03"]),  # a gap
        ("2016-06-05 X1", "2016-06-01 P", ["2016-05-01"]),  # one on top of the other
        ("- -", "2016-06-01 P", ["2016-05-01"]),  # left open
        ("2016-06-01 -", "2016-06-01 P", ["2016-05-01"]),
    ],
)
def test_what_begins_a_period(record: Record, first_end: str, second: str, starts: list[str]) -> None:
    returned(record, 2017, f"a 2016-05-01 S C1 U6 {first_end}\na {second} C1 U4 - -")
    assert [start for _, start, _, _ in periods(record)] == starts
    ends = [end for _, _, end, _ in placements(record)]
    assert ends[0] == "2016-06-01" and ends[1] == "-"


def test_a_series_of_short_breaks_is_a_period_of_its_own(record: Record) -> None:
    returned(record, 2017, "a 2016-05-01 S V3 U6 2016-06-01 X1\na 2016-06-01 L C2 U6 - -")
    assert held(record.as_at(), "lac_period", "start_date", "end_date", "legal_status") == drawn("""
        2016-05-01  2016-06-01  V3
        2016-06-01  -           C2
        """)
    assert placements(record) == drawn("a 2016-05-01 2016-06-01 U6\na 2016-06-01 - U6")


def test_years_that_follow_one_another_are_one_history(record: Record) -> None:
    """The second return does not know when the period, or the placement, began."""
    returned(record, 2017, "a 2016-05-01 S C1 U6 2016-12-01 X1\na 2016-12-01 L C2 U6 - -")
    returned(record, 2018, "a 2016-12-01 L C2 U6 2017-08-01 X1\na 2017-08-01 P C2 K2 2018-01-05 E4B")
    assert periods(record) == [("a", "2016-05-01", "2018-01-05", "E4B")]
    assert placements(record) == drawn("a 2016-05-01 2017-08-01 U6\na 2017-08-01 2018-01-05 K2")


def test_what_was_known_the_year_before_is_still_asked_as_at_then(record: Record) -> None:
    returned(record, 2017, "a 2016-05-01 S C1 U6 - -")
    returned(record, 2018, "a 2016-05-01 S C1 U6 2017-08-01 E4A")
    before = record.as_at(date(2018, 6, 30))
    assert held(before, "lac_period", "start_date", "end_date") == [("2016-05-01", "-")]


def test_an_episode_that_is_open_and_then_gone_has_ended(record: Record) -> None:
    returned(record, 2017, "a 2016-05-01 S C1 U6 - -\nb 2016-05-01 S C1 U6 - -")
    returned(record, 2018, "b 2016-05-01 S C1 U6 - -")
    assert periods(record) == drawn("a 2016-05-01 2017-04-01 E99\nb 2016-05-01 - -")


@pytest.mark.parametrize("child", ["a", None])
def test_an_episode_whose_row_cannot_be_read_in_the_later_return_has_not_ended(
    record: Record, child: str | None
) -> None:
    returned(record, 2017, "a 2016-05-01 S C1 U6 - -\nb 2016-05-01 S C1 U6 - -")
    returned(record, 2018, "c 2017-05-01 S C1 U6 - -", unread=[child])
    end_of_b = "2017-04-01 E99" if child else "- -"
    assert periods(record) == drawn(f"a 2016-05-01 - -\nb 2016-05-01 {end_of_b}\nc 2017-05-01 - -")


def test_a_start_that_the_later_return_corrects_is_no_second_placement(record: Record) -> None:
    returned(record, 2017, "a 2016-05-01 S C1 U6 2016-12-01 X1\na 2016-12-01 P C1 K2 - -")
    returned(record, 2018, "a 2016-12-05 P C1 K2 2017-08-01 E4A")
    assert placements(record) == drawn("a 2016-05-01 2016-12-05 U6\na 2016-12-05 2017-08-01 K2")
    assert periods(record) == [("a", "2016-05-01", "2017-08-01", "E4A")]


def test_a_move_that_was_recorded_late_ends_the_placement_before_it(record: Record) -> None:
    returned(record, 2017, "a 2016-05-01 S C1 U6 - -")
    returned(record, 2018, "a 2017-03-20 P C1 K2 - -")
    assert placements(record) == drawn("a 2016-05-01 2017-03-20 U6\na 2017-03-20 - K2")
    assert len(periods(record)) == 1


def test_what_a_later_return_tells_of_the_same_days_replaces_what_was_told(record: Record) -> None:
    returned(record, 2017, "a 2016-08-15 S E1 U4 2016-11-01 X1\na 2016-11-01 P E1 U3 2016-12-25 E4A")
    returned(record, 2018, "a 2016-05-01 S C2 A6 2017-08-19 E8")
    assert placements(record) == [("a", "2016-05-01", "2017-08-19", "A6")]
    assert periods(record) == [("a", "2016-05-01", "2017-08-19", "E8")]


def test_an_episode_within_another_does_not_break_it(record: Record) -> None:
    returned(
        record, 2017, "a 2016-05-01 S C1 U6 2017-01-23 X1\na 2016-08-01 S C1 K2 2016-08-20 E6\na 2017-01-23 P C1 K2 - -"
    )
    assert placements(record) == drawn("a 2016-05-01 2017-01-23 U6\na 2017-01-23 - K2")
    assert len(periods(record)) == 1


def test_an_episode_of_the_year_that_a_new_return_of_that_year_lacks_is_withdrawn(record: Record) -> None:
    returned(record, 2017, "a 2016-05-01 S C1 U6 - -\nb 2016-06-01 S C1 U6 - -")
    returned(record, 2017, "b 2016-06-01 S C1 U6 - -", received="2017-09-01")
    assert periods(record) == [("b", "2016-06-01", "-", "-")]


def test_a_year_that_arrives_after_a_later_one_does_not_reopen_what_had_ended(record: Record) -> None:
    returned(record, 2018, "a 2016-05-01 S C1 U6 2017-08-01 E4A", received="2018-07-01")
    returned(record, 2017, "a 2016-05-01 S C1 U6 - -\nb 2016-05-01 S C1 U6 - -", received="2019-01-01")
    assert periods(record) == drawn("a 2016-05-01 2017-08-01 E4A\nb 2016-05-01 2017-04-01 E99")
    assert held(record.as_at(), "lac_episode", "person_id", "end_date") == drawn("a 2017-08-01\nb -")


def test_other_formats_and_episodes_describe_one_placement(record: Record) -> None:
    deliver(record, "2017-02-03", [("placement", "person_id start_date end_date type carer_id\na 2016-05-01 - U6 f1")])
    returned(record, 2017, "a 2016-05-01 S C1 U6 2017-02-20 E4A")
    assert held(record.as_at(), "placement", "start_date", "end_date", "carer_id") == [
        ("2016-05-01", "2017-02-20", "f1")
    ]
    deliver(record, "2017-08-03", [("placement", "person_id start_date end_date\na 2016-05-01 2017-02-21")])
    assert held(record.as_at(), "placement", "start_date", "end_date") == [("2016-05-01", "2017-02-21")]


@pytest.mark.parametrize(
    ("reason", "ended_before", "starts"),
    [
        ("L", "-", ["2014-02-17"]),
        ("L", "2017-02-01", ["2014-02-17"]),
        ("S", "2016-01-01", ["2014-02-17", "2015-11-20"]),
        ("L", "2014-06-01", ["2014-02-17", "2015-11-20"]),
    ],
)
def test_a_period_that_began_before_the_first_return_has_the_start_that_others_tell(
    record: Record, reason: str, ended_before: str, starts: list[str]
) -> None:
    """The return of one year has the episodes of that year only: 'L' says that its first one is not the first."""
    returned(record, 2017, f"a 2015-11-20 {reason} C2 U6 - -")
    told = f"person_id start_date end_date\na 2014-02-17 {ended_before}"
    deliver(record, "2017-08-03", [("lac_period", told)], reference="2017-08-03")
    assert [start for _, start, _, _ in periods(record)] == starts


def test_what_no_return_supplies_leaves_what_others_say(record: Record) -> None:
    deliver(record, "2017-02-03", [("lac_period", "person_id start_date is_uasc\na 2016-05-01 1")])
    returned(record, 2017, "a 2016-05-01 S C1 U6 - -")
    assert held(record.as_at(), "lac_period", "is_uasc") == [("1",)]
    assert record.as_at().covers("lac_period", date(2016, 4, 1), date(2017, 3, 31), "end_date", "states")
    assert not record.as_at().covers("lac_period", date(2016, 4, 1), date(2017, 3, 31), "is_uasc", "states")


def test_an_impossible_end_is_the_day_it_began(record: Record) -> None:
    returned(record, 2017, "a 2016-05-01 S C1 U6 2016-04-20 E4A")
    assert periods(record) == [("a", "2016-05-01", "2016-05-01", "E4A")]


def test_every_day_of_care_has_one_placement_and_one_status(record: Record, rng: Random) -> None:
    """Whatever the episodes: on no day two placements, and a placement on every day of a period and on no other."""
    lines = []
    for child in "abcdefgh":
        for _ in range(rng.randint(1, 6)):
            begins = date(2016, 4, 1).toordinal() + rng.randint(0, 60)
            ends = date.fromordinal(begins + rng.randint(-3, 30)).isoformat() if rng.random() < 0.8 else "-"
            lines.append(
                f"{child} {date.fromordinal(begins)} {rng.choice('SLPTBU')} {rng.choice(('C1', 'C2', 'V3'))}"
                f" {rng.choice(('U6', 'K2'))} {ends} {rng.choice(('X1', 'E4A', '-'))}"
            )
    returned(record, 2017, "\n".join(lines))
    snapshot = record.as_at()
    tables = [
        held(snapshot, table, "person_id", "start_date", "end_date")
        for table in ("lac_period", "placement", "legal_status")
    ]
    for child in "abcdefgh":
        for day in range(date(2016, 3, 30).toordinal(), date(2016, 7, 30).toordinal()):
            on = date.fromordinal(day).isoformat()
            open_then = [
                sum(who == child and start <= on and (end == "-" or on < end) for who, start, end in told)
                for told in tables
            ]
            assert open_then in ([0, 0, 0], [1, 1, 1]), (child, on, lines)
