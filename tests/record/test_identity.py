"""One child under several ids."""

from __future__ import annotations

import re
from datetime import date

import pytest

from compendium.errors import ComputeError, DeliveryError
from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.record.likeness import suggested_links
from compendium.record.tables import TABLES
from compendium.workspace import Workspace, open_workspace
from tests.record.drawn import deliver, held

LINK = "person_id linked_to reason decided_by decided_on undone_on\n"
CASES = "person_id referral_date primary_need_code close_date\n"


def link(record: Record, day: str, *rows: str) -> None:
    deliver(record, day, [("person_link", LINK + "\n".join(rows))], source_format="local table")


def linked(old: str, new: str, reason: str = "migration", undone: str = "-") -> str:
    return f"{old} {new} {reason} data_manager 2017-02-01 {undone}"


def test_events_of_both_ids_are_one_childs(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2016-05-03 N1 2016-08-01\n new 2017-01-09 N2 -")])
    link(record, "2017-02-10", linked("old", "new"))
    assert held(record.as_at(), "referral", "person_id", "referral_date") == [
        ("new", "2016-05-03"),
        ("new", "2017-01-09"),
    ]


def test_one_event_under_two_ids_is_one(record: Record) -> None:
    """The system before the migration told of it under the old id, and the one since under the new."""
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -")])
    deliver(record, "2017-03-03", [("referral", "person_id referral_date close_date\n new 2017-01-03 2017-02-20")])
    assert len(held(record.as_at(), "referral")) == 2
    link(record, "2017-03-04", linked("old", "new"))
    told = held(record.as_at(), "referral", "person_id", "primary_need_code", "close_date")
    assert told == [("new", "N1", "2017-02-20")]


def test_both_ids_in_one_delivery_are_one_child_as_the_standing_id_has_it(record: Record) -> None:
    """Whichever stands first: a value beats none, and the standing id's beats the other's."""
    for number, rows in enumerate(("u U - 2017-03-01\n b F 2017-02-27 -", "b F 2017-02-27 -\n u U - 2017-03-01")):
        deliver(record, f"2017-03-0{number + 3}", [("person", f"person_id sex dob expected_dob\n {rows}")])
        link(record, f"2017-03-0{number + 3}", linked("u", "b", "born", "-"))
        told = held(record.as_at(), "person", "person_id", "sex", "dob", "expected_dob")
        assert told == [("b", "F", "2017-02-27", "2017-03-01")]


def test_a_child_born_under_the_same_id_needs_no_link(record: Record) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex dob expected_dob\n a U - 2017-03-01")])
    deliver(record, "2017-04-03", [("person", "person_id sex dob expected_dob\n a F 2017-02-27 -")])
    assert held(record.as_at(), "person", "person_id", "sex", "dob", "expected_dob") == [("a", "F", "2017-02-27", "-")]


def test_links_follow_one_another_whatever_the_order_they_came_in(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} a 2016-05-03 N1 -\n b 2016-06-03 N1 -\n c 2016-07-03 N1 -")])
    link(record, "2017-02-05", linked("b", "c"))
    link(record, "2017-02-04", linked("a", "b"))
    assert {row[0] for row in held(record.as_at(), "referral", "person_id")} == {"c"}


def test_a_link_counts_from_the_day_it_was_received(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -\n new 2017-01-03 N1 -")])
    link(record, "2017-02-10", linked("old", "new"))
    assert len(held(record.as_at(date(2017, 2, 9)), "referral")) == 2
    assert len(held(record.as_at(date(2017, 2, 10)), "referral")) == 1


def test_a_link_that_was_wrong_is_undone_and_the_children_are_two_again(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -\n new 2017-01-03 N1 -")])
    link(record, "2017-02-10", linked("old", "new"))
    link(record, "2017-03-10", linked("old", "new", undone="2017-03-09"))
    assert held(record.as_at(), "referral", "person_id") == [("new",), ("old",)]
    assert held(record.as_at(date(2017, 2, 10)), "referral", "person_id") == [("new",)]


def test_only_the_tables_asked_for_are_read_and_links_apply_all_the_same(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -\n new 2017-01-03 N1 -")])
    link(record, "2017-02-10", linked("old", "new"))
    assert held(record.as_at(tables=["referral"]), "referral", "person_id") == [("new",)]


def test_a_list_that_has_the_child_under_the_new_id_takes_nothing_back(record: Record) -> None:
    plan = "person_id start_date end_date\n other 2016-01-04 -\n"
    for day, child in (("2017-03-03", "old"), ("2017-04-03", "new")):
        covers = ("cp_plan", "2016-09-03", day, "latest_only")
        deliver(record, day, [("cp_plan", f"{plan} {child} 2016-05-01 -")], covers, reference=day)
    both = held(record.as_at(), "cp_plan", "person_id", "end_date")
    assert both == [("new", "-"), ("old", "2017-03-04"), ("other", "-")]
    link(record, "2017-04-04", linked("old", "new"))
    assert held(record.as_at(), "cp_plan", "person_id", "end_date") == [("new", "-"), ("other", "-")]


@pytest.mark.parametrize(("setting", "children"), [("", 2), ("adoptions = false", 2), ("adoptions = true", 1)])
def test_an_adopted_childs_two_records_are_joined_only_where_the_settings_say_so(
    workspace: Workspace, record: Record, setting: str, children: int
) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n before F\n after F")])
    link(record, "2017-02-10", linked("before", "after", "adoption"))
    path = workspace.folder / "compendium.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[identity]\n{setting}\n", encoding="utf-8")
    again = Record.open(open_workspace(workspace.folder))
    assert len(held(again.as_at(), "person")) == children


def test_links_that_change_nothing_are_told(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -\n a 2017-01-03 N1 -")])
    link(record, "2017-02-10", linked("old", "new"), linked("odl", "new2"), linked("a", "b", "adoption"))
    last = record.deliveries()[-1].delivery_id
    assert [each.what.partition(":")[0] for each in record.findings(last)] == [
        "1 link of an id under which nothing was ever delivered changes nothing until it is",
        "1 link of adoption kept and not applied",
    ]


@pytest.mark.parametrize(
    ("links", "fault"),
    [
        ([linked("kid-a", "kid-b"), linked("kid-b", "kid-a")], "the links of 2 ids run in a circle"),
        ([linked("kid-a", "kid-a")], "the links of 1 id run in a circle"),
        ([linked("kid-a", "kid-b"), linked("kid-a", "kid-c")], "1 id is linked to more than one other"),
    ],
)
def test_links_that_part_or_run_in_a_circle_are_refused_and_no_child_is_named(
    record: Record, links: list[str], fault: str
) -> None:
    deliver(record, "2017-02-03", [("person", "person_id sex\n kid-a F")])
    with pytest.raises(DeliveryError, match=fault) as refused:
        link(record, "2017-02-10", *links)
    assert "kid" not in str(refused.value)
    assert len(record.deliveries()) == 1


def test_a_circle_that_two_files_make_is_refused_with_the_second(record: Record) -> None:
    link(record, "2017-02-10", linked("a", "b"))
    with pytest.raises(DeliveryError, match="run in a circle"):
        link(record, "2017-02-11", linked("b", "a"))
    link(record, "2017-02-12", linked("a", "b", undone="2017-02-12"), linked("b", "a"))
    assert record.as_at().cut == date(2017, 2, 12)


@pytest.mark.parametrize(
    ("late", "fault"),
    [
        (linked("b", "a"), "the links of 2 ids run in a circle, as at 20 February 2017"),
        (linked("a", "c"), "1 id is linked to more than one other, as at 20 February 2017"),
    ],
)
def test_a_link_received_while_an_undone_one_still_stood_is_refused_so_that_no_day_is_lost(
    record: Record, late: str, fault: str
) -> None:
    """Loaded later, but received before the other was undone: as at the days between, the two contradict each other."""
    link(record, "2017-02-10", linked("a", "b"))
    link(record, "2017-03-12", linked("a", "b", undone="2017-03-12"))
    with pytest.raises(DeliveryError, match=fault) as refused:
        link(record, "2017-02-20", late)
    assert "by which the other link had been undone" in str(refused.value)
    for day in (date(2017, 2, 10), date(2017, 2, 20), date(2017, 3, 12)):
        assert record.as_at(day).cut == day
    link(record, "2017-03-13", late)
    assert len(record.deliveries()) == 3


def test_a_link_received_before_one_that_it_contradicts_is_refused_with_the_remedy_of_both(record: Record) -> None:
    link(record, "2017-03-10", linked("a", "b"))
    with pytest.raises(DeliveryError, match=r"more than one other\n.*\n  To do: load the wrong link again"):
        link(record, "2017-02-10", linked("a", "c"))


def test_what_one_format_says_is_told_under_the_links_of_another(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -")], source_format="CIN census")
    deliver(record, "2017-02-04", [("referral", f"{CASES} new 2017-01-09 N1 -")], source_format="Annex A")
    link(record, "2017-02-10", linked("old", "new"))
    alone = record.as_at(formats=["CIN census"])
    assert held(alone, "referral", "person_id", "referral_date") == [("new", "2017-01-03")]
    assert [each.source_format for each in alone.deliveries] == ["CIN census"]


def test_of_a_file_of_links_and_more_a_format_is_given_the_links_alone(record: Record) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -")], source_format="CIN census")
    more = [("person_link", LINK + linked("old", "new")), ("referral", f"{CASES} new 2017-01-09 N1 -")]
    deliver(record, "2017-02-10", more, source_format="local table")
    assert held(record.as_at(formats=["CIN census"]), "referral", "referral_date") == [("2017-01-03",)]
    with pytest.raises(ComputeError, match="no delivery had been received"):
        record.as_at(formats=["Annex A"])


def test_a_history_follows_the_child_through_its_ids(record: Record, workspace: Workspace) -> None:
    """Asked for by either id. From the day of the link the event is told under the other."""
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -")])
    deliver(record, "2017-03-03", [("referral", f"{CASES} new 2017-01-03 N4 -")])
    link(record, "2017-03-04", linked("old", "new"))
    access = AccessRecord.open(workspace)
    for asked in ("old", "new"):
        rows = record.history("referral", asked, access=access, who="A. Analyst", why="a letter")
        assert [
            (row["child_id"], row["value"], row["since_delivery"], row["until_delivery"])
            for row in rows
            if row["column"] == "primary_need_code"
        ] == [("new", "N4", 2, None), ("old", "N1", 1, 3)]
    assert len(access.about("old")) == len(access.about("new")) == 2


def test_a_history_after_a_link_was_undone_is_the_one_childs_alone(record: Record, workspace: Workspace) -> None:
    deliver(record, "2017-02-03", [("referral", f"{CASES} old 2017-01-03 N1 -")])
    link(record, "2017-02-10", linked("old", "new"))
    link(record, "2017-03-10", linked("old", "new", undone="2017-03-09"))
    access = AccessRecord.open(workspace)
    told = {
        child: [
            (row["since_delivery"], row["until_delivery"])
            for row in record.history("referral", child, access=access, who="A. Analyst", why="a letter")
            if row["column"] == "primary_need_code"
        ]
        for child in ("old", "new")
    }
    assert told == {"old": [(1, 2), (3, None)], "new": [(2, 3)]}


# Suggestions.

UNBORN = "person_id sex dob expected_dob\n u U - 2017-03-01\n"


@pytest.mark.parametrize(
    ("born", "evidence"),
    [
        (
            ("person", "b F 2017-02-27 -", "referral", "u 2016-12-01\n b 2016-12-01"),
            "referred on the same day; born 2 days",
        ),
        (("person", "b F 2017-03-01 -", "family", "u f1\n b f1"), "the same family; born on the day expected"),
        (
            ("person", "b F 2017-03-04 -", "cp_plan", "u 2017-01-09\n b 2017-01-09"),
            "a plan begun on the same day; born 3",
        ),
        (("person", "b F 2017-02-27 -", "referral", "u 2016-12-01\n b 2016-12-02"), None),
        (("person", "b F 2016-02-27 -", "referral", "u 2016-12-01\n b 2016-12-01"), None),
    ],
)
def test_ids_that_may_be_one_child_are_suggested_once_their_reading_is_on_record(
    record: Record, workspace: Workspace, born: tuple[str, str, str, str], evidence: str | None
) -> None:
    head = {"referral": "referral_date", "family": "family_id", "cp_plan": "start_date"}[born[2]]
    deliver(record, "2017-04-03", [("person", f"{UNBORN} {born[1]}"), (born[2], f"person_id {head}\n {born[3]}")])
    access = AccessRecord.open(workspace)
    rows = suggested_links(record.as_at(), access=access, who="A. Analyst", why="births of spring")
    assert [(row["person_id"], row["linked_to"], row["reason"]) for row in rows] == (
        [("u", "b", "born")] if evidence else []
    )
    assert [row["evidence"].startswith(evidence) for row in rows] == ([True] if evidence else [])
    assert [entry.why for entry in access.entries()] == ["births of spring"]
    assert [len(access.about(child)) for child in ("u", "b")] == ([1, 1] if evidence else [0, 0])


def test_what_has_been_linked_or_born_is_suggested_no_more(record: Record, workspace: Workspace) -> None:
    parts = [
        ("person", f"{UNBORN} b F 2017-02-27 -"),
        ("referral", "person_id referral_date\n u 2016-12-01\n b 2016-12-01"),
    ]
    deliver(record, "2017-04-03", parts)
    link(record, "2017-04-04", linked("u", "b", "born"))
    assert suggested_links(record.as_at(), access=AccessRecord.open(workspace), who="A", why="b") == []


# Names.


def test_no_table_has_a_place_for_a_childs_name_or_address() -> None:
    naming = re.compile(r"name|forename|surname|postcode|address|phone|email|upn$|nhs", re.IGNORECASE)
    allowed = {"team_name", "geography_name", "department_name", "authority_name", "district_name"}
    found = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if naming.search(column.name) and column.name not in allowed
    }
    assert found == set()
