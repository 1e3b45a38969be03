"""What a delivery changed, and what an event was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compendium.errors import ComputeError
from compendium.record.access import AccessRecord
from compendium.record.changes import Changes, Counts, changes_between
from compendium.record.deliveries import Record
from compendium.workspace import Workspace
from tests.record.drawn import deliver

CASES = "person_id referral_date primary_need_code close_date\n"
JANUARY = ("referral", "2017-01-01", "2017-02-03", "event")
FEBRUARY = ("referral", "2017-01-01", "2017-03-03", "event")


def two_extracts(record: Record) -> str:
    """February's extract, and March's with one of everything. Gives the id of the second."""
    first = f"{CASES} a 2017-01-03 N1 -\n b 2017-01-04 N1 -\n c 2017-01-05 N1 -\n d 2017-01-06 - -\n e 2017-01-07 N1 -"
    second = (
        f"{CASES} a 2017-01-03 N1 -\n b 2017-01-04 N4 2017-02-20\n c 2017-01-05 N1 2017-02-20\n d 2017-01-06 N2 -\n"
        "late 2017-01-30 N1 -\n new 2017-02-20 N1 -"
    )
    deliver(record, "2017-02-03", [("referral", first)], JANUARY)
    return deliver(record, "2017-03-03", [("referral", second)], FEBRUARY).delivery_id


def test_a_delivery_adds_completes_closes_corrects_and_withdraws(record: Record) -> None:
    """Late is what belongs to January, of which the extract before had told to its end."""
    changes = record.changes(two_extracts(record))
    assert changes.counts == {"referral": Counts(added=2, late=1, completed=1, closed=1, corrected=1, withdrawn=1)}
    assert [
        (each.kind, each.key["person_id"], each.late, each.values)
        for each in changes.events_changed("referral")
        if each.kind != "added"
    ] == [
        ("closed", "c", False, {"close_date": (None, date(2017, 2, 20))}),
        ("completed", "d", False, {"primary_need_code": (None, "N2")}),
        ("corrected", "b", False, {"primary_need_code": ("N1", "N4"), "close_date": (None, date(2017, 2, 20))}),
        ("withdrawn", "e", False, _values("e", date(2017, 1, 7), was=True)),
    ]
    assert [
        (each.key["person_id"], each.late) for each in changes.events_changed("referral") if each.kind == "added"
    ] == [
        ("new", False),
        ("late", True),
    ]


def _values(person: str, day: date, *, was: bool) -> dict[str, tuple[Any, Any]]:
    told = {"person_id": person, "referral_date": day, "primary_need_code": "N1"}
    return {name: (value, None) if was else (None, value) for name, value in told.items()}


def test_a_state_that_has_moved_on_is_no_correction(record: Record) -> None:
    """The latest category is what was so on the day of the extract; the first category was so once and for all."""
    plans = "person_id start_date initial_category latest_category end_date\n"
    first = f"{plans} a 2016-05-01 NEG NEG -\n b 2016-05-02 NEG NEG -\n c 2016-05-03 NEG NEG -"
    second = f"{plans} a 2016-05-01 NEG EMO 2017-02-20\n b 2016-05-02 NEG EMO -\n c 2016-05-03 EMO NEG -"
    deliver(record, "2017-02-03", [("cp_plan", first)])
    changes = record.changes(deliver(record, "2017-03-03", [("cp_plan", second)]).delivery_id)
    assert changes.counts == {"cp_plan": Counts(completed=1, closed=1, corrected=1)}


def test_the_first_delivery_adds_everything_and_nothing_late(record: Record) -> None:
    two_extracts(record)
    first = record.deliveries()[0].delivery_id
    assert record.changes(first).counts == {"referral": Counts(added=5)}


def test_one_that_says_the_same_again_changes_nothing(record: Record) -> None:
    same = [("referral", f"{CASES} a 2017-01-03 N1 -")]
    deliver(record, "2017-02-03", same, JANUARY)
    assert record.changes(deliver(record, "2017-03-03", same, FEBRUARY).delivery_id).counts == {}


def test_changes_since_a_day_are_those_of_all_received_from_it_on(record: Record) -> None:
    two_extracts(record)
    deliver(record, "2017-04-03", [("referral", f"{CASES} a 2017-01-03 N8 -")])
    assert record.changes_since(date(2017, 3, 4)).counts == {"referral": Counts(corrected=1)}
    assert record.changes_since(date(2017, 3, 3)).counts["referral"].corrected == 2
    assert record.changes_since(date(2017, 3, 3), date(2017, 3, 31)).counts["referral"].corrected == 1


def test_a_delivery_received_before_others_is_compared_with_what_was_known_then(record: Record) -> None:
    """The order of loading does not matter."""
    deliver(record, "2017-03-03", [("referral", f"{CASES} a 2017-01-03 N4 -")])
    early = deliver(record, "2017-02-03", [("referral", f"{CASES} a 2017-01-03 N1 -")])
    assert record.changes(early.delivery_id).counts == {"referral": Counts(added=1)}


def test_a_plan_that_a_list_has_no_more_is_a_change_of_that_list(record: Record) -> None:
    plan, covers = "person_id start_date end_date\n b 2016-06-01 -", ("cp_plan", "2016-09-03", "{}", "latest_only")
    for day, more in (("2017-03-03", "\n a 2016-05-01 -"), ("2017-04-03", "")):
        listed = (covers[0], covers[1], day, covers[3])
        info = deliver(record, day, [("cp_plan", plan + more)], listed, reference=day, source_format="Annex A")
    changes = record.changes(info.delivery_id)
    assert changes.counts == {"cp_plan": Counts(closed=1)}
    assert changes.assumed_ends == 1, "nobody told the day"


def test_an_end_that_is_told_is_not_assumed_and_one_assumed_before_is_not_counted_again(record: Record) -> None:
    for day, plans in (("2017-03-03", "a 2016-05-01 -"), ("2017-04-03", "b 2016-06-01 2017-03-20")):
        listed, plan = ("cp_plan", "2016-09-03", day, "latest_only"), f"person_id start_date end_date\n {plans}"
        deliver(record, day, [("cp_plan", plan)], listed, reference=day, source_format="Annex A")
    again = deliver(record, "2017-04-04", [("cp_plan", plan)], listed, reference=day, source_format="Annex A")
    assert record.changes_since(date(2017, 3, 4)).assumed_ends == 1
    assert record.changes(again.delivery_id).assumed_ends == 0


def between(record: Record, tables: Sequence[str], children: Sequence[str]) -> Changes:
    first, second = (each.received_on for each in (record.deliveries()[0], record.deliveries()[-1]))
    return changes_between(record.as_at(first), record.as_at(second), tables, children)


def test_between_two_records_in_memory_the_events_of_some_children_change_as_deliveries_change_them(
    record: Record,
) -> None:
    whole = record.changes(two_extracts(record))
    for some in ("abcde", "b", ["late", "e"], []):
        changes = between(record, ["referral", "contact"], list(some))
        assert list(changes.events_changed("referral") if some else []) == [
            replace(each, late=False) for each in whole.events_changed("referral") if each.key["person_id"] in some
        ]
        assert changes.counts.keys() == ({"referral"} if some else set())


def test_between_them_a_table_that_is_not_kept_by_child_is_compared_whole(record: Record) -> None:
    teams = "team_id team_name area_id valid_from\n T01 {} NE 2012-04-01\n T02 Care SE 2012-04-01"
    for day, name in (("2017-02-03", "Duty"), ("2017-03-03", "Door")):
        deliver(record, day, [("team", teams.format(name))])
    (changed,) = between(record, ["team"], []).events_changed("team")
    assert (changed.kind, changed.values) == ("corrected", {"team_name": ("Duty", "Door")})


def test_a_team_by_name_is_no_other_team(record: Record) -> None:
    team = ("team", "team_id team_name area_id valid_from\n T01 Duty NE 2012-04-01")
    deliver(record, "2017-02-03", [team, ("referral", "person_id referral_date team_id\n a 2017-01-03 T01")])
    named = deliver(record, "2017-03-03", [("referral", "person_id referral_date team_id\n a 2017-01-03 Duty")])
    assert record.changes(named.delivery_id).counts == {}


LINK = "person_id linked_to reason decided_by decided_on undone_on\n old new duplicate data_manager 2017-02-04"


def test_a_link_changes_what_was_told_of_both_ids(record: Record) -> None:
    """One referral told under both is one less; undone, it is two again."""
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -\n new 2017-01-03 N1 2017-02-01")])
    joined = deliver(record, "2017-02-04", [("person_link", f"{LINK} -")])
    parted = deliver(record, "2017-02-05", [("person_link", f"{LINK} 2017-02-05")])
    assert record.changes(joined.delivery_id).counts == {
        "person_link": Counts(added=1),
        "referral": Counts(withdrawn=1),
    }
    assert record.changes(parted.delivery_id).counts == {
        "person_link": Counts(completed=1),
        "referral": Counts(added=1),
    }


def test_there_must_be_such_a_delivery(record: Record) -> None:
    with pytest.raises(ComputeError, match="no such delivery"):
        record.changes("000001-abc")


def test_rows_are_handed_out_once_their_reading_is_on_record(record: Record, workspace: Workspace) -> None:
    changes, access = record.changes(two_extracts(record)), AccessRecord.open(workspace)
    rows = changes.hand_out(access=access, who="A. Analyst", why="why did January move?")
    assert {row["child_id"] for row in rows} == {"b", "c", "d", "e", "late", "new"}
    assert {(row["key"], row["column"], row["was"], row["now"]) for row in rows if row["child_id"] == "d"} == {
        ("referral_date 2017-01-06", "primary_need_code", None, "N2")
    }
    (entry,) = access.about("late")
    assert (entry.what, entry.why, len(entry.children)) == ("what delivery 2 changed", "why did January move?", 6)


def history(record: Record, workspace: Workspace, table: str, child: str, *columns: str) -> list[tuple[Any, ...]]:
    """column, value, the number of the delivery since which and that until which, of the columns named."""
    rows = record.history(table, child, access=AccessRecord.open(workspace), who="A. Analyst", why="a letter")
    return [
        (row["column"], row["value"], row["since_delivery"], row["until_delivery"])
        for row in rows
        if row["column"] in columns
    ]


def test_a_value_is_remembered_since_the_delivery_that_told_it_until_the_one_that_told_another(
    record: Record, workspace: Workspace
) -> None:
    for day, told in (
        ("2017-02-03", " a 2017-01-03 N1 -"),
        ("2017-03-03", " a 2017-01-03 N1 -\n b 2017-01-04 N1 -"),
        ("2017-04-03", " a 2017-01-03 N4 2017-03-10"),
        ("2017-05-03", " b 2017-01-04 N1 -"),
        ("2017-06-03", " a 2017-01-03 N4 -"),
    ):
        deliver(record, day, [("referral", CASES + told)], ("referral", "2017-01-01", day, "event"))
    assert history(record, workspace, "referral", "a", "referral_date", "primary_need_code", "close_date") == [
        ("referral_date", date(2017, 1, 3), 1, 4),
        ("referral_date", date(2017, 1, 3), 5, None),
        ("primary_need_code", "N1", 1, 3),
        ("primary_need_code", "N4", 3, 4),
        ("primary_need_code", "N4", 5, None),
        ("close_date", date(2017, 3, 10), 3, 4),
    ]
    assert history(record, workspace, "referral", "nobody", "referral_date") == []


def test_two_formats_that_contradict_each_other_are_both_in_the_history(record: Record, workspace: Workspace) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} a 2017-01-03 N1 -")], source_format="Annex A")
    deliver(record, "2017-02-10", [("referral", f"{CASES} a 2017-01-03 N4 -")], source_format="local table")
    assert history(record, workspace, "referral", "a", "primary_need_code") == [
        ("primary_need_code", "N1", 1, 2),
        ("primary_need_code", "N4", 2, None),
    ]


def test_an_event_with_a_key_of_its_own_has_a_history_beside_episodes(record: Record, workspace: Workspace) -> None:
    """It is another child's once the enquiry is told of that one."""
    deliver(record, "2017-02-03", [("lac_episode", "person_id start_date\n a 2016-01-04")], source_format="SSDA903")
    for day, child in (("2017-02-10", "a"), ("2017-02-17", "b")):
        deliver(record, day, [("mash_enquiry", f"enquiry_id opened_on person_id\n e1 2016-01-01 {child}")])
    assert history(record, workspace, "mash_enquiry", "a", "enquiry_id") == [("enquiry_id", "e1", 2, 3)]
    assert history(record, workspace, "mash_enquiry", "b", "enquiry_id") == [("enquiry_id", "e1", 3, None)]
    assert history(record, workspace, "lac_period", "a", "start_date") == [("start_date", date(2016, 1, 4), 1, None)]


def test_a_child_of_whom_only_the_id_is_told_has_a_history(record: Record, workspace: Workspace) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n a -")])
    deliver(record, "2017-03-03", [("person", "person_id sex\n a F")])
    assert history(record, workspace, "person", "a", "person_id", "sex") == [
        ("person_id", "a", 1, None),
        ("sex", "F", 2, None),
    ]


def test_twins_are_told_together(record: Record, workspace: Workspace) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} a 2017-01-03 N1 -\n a 2017-01-03 N4 -")])
    assert history(record, workspace, "referral", "a", "primary_need_code") == [
        ("primary_need_code", "N1 and N4", 1, None)
    ]


def test_a_team_by_name_is_the_team_in_a_history(record: Record, workspace: Workspace) -> None:
    team = ("team", "team_id team_name area_id valid_from\n T01 Duty NE 2012-04-01")
    deliver(record, "2017-02-03", [("referral", "person_id referral_date team_id\n a 2017-01-03 Duty")])
    deliver(record, "2017-03-03", [team])
    assert history(record, workspace, "referral", "a", "team_id") == [
        ("team_id", "Duty", 1, 2),
        ("team_id", "T01", 2, None),
    ]


def test_a_history_is_of_a_table_about_children_and_its_reading_is_on_record(
    record: Record, workspace: Workspace
) -> None:
    two_extracts(record)
    access = AccessRecord.open(workspace)
    for table in ("team", "referal"):
        with pytest.raises(ComputeError, match=rf"no table '{table}' about children\n  Expected: .*referral"):
            history(record, workspace, table, "a")
    assert access.entries() == []
    history(record, workspace, "referral", "nobody")
    assert [entry.what for entry in access.about("nobody")] == ["the history of a child in referral"]


def test_a_history_as_at_a_day_knows_nothing_that_came_later(record: Record, workspace: Workspace) -> None:
    two_extracts(record)
    access = AccessRecord.open(workspace)
    rows = record.history("referral", "c", date(2017, 2, 28), access=access, who="A. Analyst", why="a letter")
    assert {row["column"] for row in rows} == {"referral_date", "primary_need_code"}
    assert {row["until"] for row in rows} == {None}
