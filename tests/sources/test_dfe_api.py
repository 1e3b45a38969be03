"""The daily API's payload: what is kept of it, what it withdraws, and what is said of what it cannot tell."""

# ruff: noqa: E501  an odd value a line

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from compendium.errors import DeliveryError
from compendium.record.ledger import Finding
from compendium.sources import dfe_api_json
from compendium.sources.delivered import open_delivery
from compendium.sources.dfe_api_json import PayloadFile
from tests.sources.desk import Desk, case, census, child
from tests.sources.payload import api_child, complete, episode, payload

FEBRUARY, MARCH, APRIL = date(2017, 2, 3), date(2017, 3, 3), date(2017, 4, 3)


def told(desk: Desk, severity: str = "rejected") -> list[tuple[str, str | None, str]]:
    return [(finding.unit, finding.column, finding.what) for finding in desk.ledger(severity)]


def one(desk: Desk, severity: str = "rejected") -> Finding:
    (finding,) = desk.ledger(severity)
    return finding


WHOLE = api_child(
    episode(
        closure_date="2017-01-09",
        closure_reason="RC7",
        care_worker_details=[{"worker_id": "SW123", "start_date": "2016-05-05", "end_date": "2016-09-01"}],
        child_and_family_assessments=[
            {"child_and_family_assessment_id": "A1", "start_date": "2016-05-05", "authorisation_date": "2016-06-30",
             "factors": ["3B", "19B"], "purge": False}
        ],
        child_in_need_plans=[{"child_in_need_plan_id": "N1", "start_date": "2016-07-01", "end_date": "2016-08-01"}],
        section_47_assessments=[
            {"section_47_assessment_id": "S1", "start_date": "2016-06-01", "icpc_required_flag": True,
             "icpc_date": "2016-06-20", "end_date": "2016-06-10"},
            {"section_47_assessment_id": "S2", "start_date": "2016-08-02", "icpc_required_flag": False},
        ],
        child_protection_plans=[{"child_protection_plan_id": "P1", "start_date": "2016-06-20"}],
    ),
    details={"disabilities": ["LD", "AUT"], "unique_pupil_number_unknown_reason": "UN1"},
    health_and_wellbeing={"sdq_assessments": [{"date": "2016-05-03", "score": 12}], "purge": False},
)  # fmt: skip


def test_a_child_with_all_that_followed_a_referral(desk: Desk) -> None:
    desk.load("api_2017-02-03.json", payload(WHOLE))
    assert desk.ledger("rejected") == [] == desk.ledger("changed")
    who = "person_id, sex, ethnicity, dob, expected_dob, is_disabled, is_uasc, upn_unknown"
    assert desk.rows("person", who) == [("a1", "F", "WBRI", "2010-05-04", None, 1, 0, "UN1")]
    assert desk.rows("person_disability") == [("a1", "AUT"), ("a1", "LD")]
    assert desk.rows("referral", "person_id, referral_date, source_code, nfa, close_date, close_reason") == [
        ("a1", "2016-05-04", "6", 0, "2017-01-09", "RC7")
    ]
    assert desk.rows("assessment", "start_date, referral_date, auth_date") == [
        ("2016-05-05", "2016-05-04", "2016-06-30")
    ]
    assert desk.rows("assessment_factor", "start_date, factor_code") == [("2016-05-05", "19B"), ("2016-05-05", "3B")]
    assert desk.rows("cin_plan", "start_date, end_date, referral_date") == [("2016-07-01", "2016-08-01", "2016-05-04")]
    assert desk.rows("cp_plan", "start_date, end_date, referral_date") == [("2016-06-20", None, "2016-05-04")]
    assert desk.rows("sdq_score", "completed_date, score") == [("2016-05-03", 12)]
    (worker,) = desk.rows("involvement", "person_id, role, start_date, end_date, worker_id")
    assert worker[:4] == ("a1", "case_holder", "2016-05-05", "2016-09-01")
    assert worker[4].startswith("w_") and "SW123" not in worker[4]


def test_a_conference_is_required_where_the_flag_says_so_and_led_to_the_plan_of_its_day(desk: Desk) -> None:
    """Every other return says `not required`; this one says `required`."""
    desk.load("api_2017-02-03.json", payload(WHOLE))
    assert desk.rows("s47", "start_date, end_date, icpc_not_required") == [
        ("2016-06-01", "2016-06-10", 0),
        ("2016-08-02", None, 1),
    ]
    assert desk.rows("icpc", "icpc_date, s47_start_date, referral_date, outcome_cp_plan") == [
        ("2016-06-20", "2016-06-01", "2016-05-04", 1)
    ]


def test_no_name_postcode_or_pupil_number_is_held_anywhere(desk: Desk) -> None:
    details = {"unique_pupil_number": "A123456789012", "former_unique_pupil_number": "B123456789012"}
    report = desk.load("api_2017-02-03.json", payload(api_child(episode(), details=details)))
    said = json.dumps(report.as_json()) + "".join(map(str, desk.ledger("changed") + desk.ledger("noted")))
    held = str([desk.rows(table) for table in ("person", "referral")])
    for secret in ("Zebedee", "Quux", "ZZ99", "A123456789012", "B123456789012"):
        assert secret not in said and secret not in held


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([WHOLE, api_child(episode(), identity="b2")]),
        json.dumps([WHOLE, api_child(episode(), identity="b2")], indent=2),
        f"{json.dumps(WHOLE)}\n{json.dumps(api_child(episode(), identity='b2'))}\n",
        json.dumps({"Children": [WHOLE, api_child(episode(), identity="b2")], "la_code": 999}),
        json.dumps([{"la_code": "999", "Children": WHOLE}, {"children": [api_child(episode(), identity="b2")]}]),
        f'{{"la_code": "999"}}\n{json.dumps([WHOLE])}\n{json.dumps({"Children": api_child(episode(), identity="b2")})}',
        json.dumps([WHOLE, api_child(episode(), identity="b2")]).encode("utf-16"),
        b"\xef\xbb\xbf" + json.dumps([WHOLE, api_child(episode(), identity="b2")]).encode(),
    ],
    ids=["array", "indented", "a line each", "wrapped", "array of wrappers", "mixed", "utf-16", "utf-8 with mark"],
)
def test_however_the_children_are_wrapped_they_are_the_same(desk: Desk, content: str | bytes) -> None:
    report = desk.load("api_2017-02-03.json", content)
    assert (report.units["children"].kept, report.units["social_care_episodes"].kept) == (2, 2)
    assert desk.rows("person", "person_id") == [("a1",), ("b2",)] and desk.ledger("rejected") == []


def test_children_that_do_not_fit_one_piece_of_the_file(desk: Desk) -> None:
    """Whatever the file is cut into: long children, and letters of several bytes at every place."""
    notes = [api_child(episode(), identity=f"c{n}", details={"surname": "é☃𝄞" * (n * 9_001)}) for n in range(30)]
    report = desk.load("api_2017-02-03.json", json.dumps(notes, ensure_ascii=False))
    assert report.units["children"].kept == 30 == len(desk.rows("referral"))


def test_a_child_is_given_before_the_file_has_been_read(desk: Desk) -> None:
    """A file of a whole authority is never held whole."""
    path = desk.write("api.json", payload(*[api_child(episode(), identity=f"c{n}") for n in range(9_000)]))
    with path.open("rb") as stream:
        children = PayloadFile(open_delivery(path), stream).children()
        next(children)
        assert stream.tell() < path.stat().st_size / 2
        assert sum(1 for _ in children) == 8_999


def test_a_child_that_is_absurdly_long_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dfe_api_json, "LARGEST", 5_000)
    monkeypatch.setattr(dfe_api_json, "PIECE", 1_000)
    assert desk.load("good.json", payload(WHOLE)).units["children"].kept == 1
    long = api_child(episode(), identity="b2", details={"surname": "x" * 20_000})
    with pytest.raises(DeliveryError, match="one value takes more than 5,000 letters, after 1 child") as refusal:
        desk.load("long.json", payload(WHOLE | {"mis_child_id": "other"}, long))
    assert "xxx" not in str(refusal.value)


def test_the_staging_table_the_payload_is_sent_from(desk: Desk) -> None:
    rows = [(WHOLE, "Unchanged"), (api_child(episode(), identity="b2"), "Deleted"), ("{", "New")]
    quoted = [('"' + (each if isinstance(each, str) else json.dumps(each)).replace('"', '""') + '"', state)
              for each, state in rows]  # fmt: skip
    lines = [f"{n},{n},{payload},{state}" for n, (payload, state) in enumerate(quoted)]
    head = "# authority: 999\n# complete: 2015-04-01 to 2017-02-03\nid,person_id,json_payload,row_state\n"
    report = desk.load("ssd_api_data_staging_2017-02-03.csv", head + "\n".join(lines) + "\n")
    assert report.source_format == "DfE API"
    assert (report.units["children"].read, report.units["children"].kept) == (3, 1)
    assert [(finding.row, finding.unit, finding.what) for finding in desk.ledger("rejected")] == [
        (5, "children", "it is deleted at its source"),
        (5, "social_care_episodes", "it stands in what is deleted at its source"),
        (5, "disabilities", "it stands in what is deleted at its source"),
        (6, "children", "an object was expected"),
    ]
    assert desk.record.as_at(None, ["referral"]).covers("referral", date(2015, 4, 1), FEBRUARY, None, "events")


# Care


def placed(start: str, reason: str | None, end: str | None = None, ended: str | None = None) -> dict[str, Any]:
    given = {"start_date": start, "start_reason": reason, "end_date": end, "end_reason": ended, "placement_type": "U6"}
    return {"child_looked_after_placement_id": start} | {name: value for name, value in given.items() if value}


def in_care(*placements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return api_child(episode(child_looked_after_placements=list(placements), **more))


@pytest.mark.parametrize(
    ("placements", "periods"),
    [
        pytest.param([placed("2016-08-01", "S")], [("2016-08-01", None, None)], id="one that lasts"),
        pytest.param(
            [placed("2016-09-01", "P"), placed("2016-08-01", "S", "2016-09-01", "X1")],
            [("2016-08-01", None, None)],
            id="a move, in whatever order it is written",
        ),
        pytest.param(
            [placed("2016-08-01", "S", "2016-09-01", "E4A"), placed("2016-11-02", "S", "2016-12-01", "E8")],
            [("2016-08-01", "2016-09-01", "E4A"), ("2016-11-02", "2016-12-01", "E8")],
            id="two periods",
        ),
        pytest.param(
            [placed("2014-03-01", "P", "2016-09-01", "E4A")], [], id="begun before the payload's days: no first day"
        ),
        pytest.param(
            [placed("2014-03-01", "P", "2016-09-01", "X1"), placed("2016-09-01", "P"), placed("2017-01-01", "S")],
            [("2017-01-01", None, None)],
            id="the next period is known again",
        ),
        pytest.param(
            [placed("2016-08-01", "S", "2016-09-01", "E4A"), placed("2016-11-02", None)],
            [("2016-08-01", "2016-09-01", "E4A")],
            id="after a gap, without a reason",
        ),
        pytest.param(
            [placed("2016-08-01", "S", "2016-09-01", "X1")], [("2016-08-01", None, None)], id="goes on unseen"
        ),
    ],
)
def test_periods_of_care_are_told_by_their_placements(
    desk: Desk, placements: list[dict[str, Any]], periods: list[tuple[Any, ...]]
) -> None:
    report = desk.load("api_2017-02-03.json", payload(in_care(*placements)))
    assert desk.rows("lac_period", "start_date, end_date, end_reason") == periods
    assert len(desk.rows("placement")) == len(placements) == report.units["child_looked_after_placements"].kept


def test_the_way_to_adoption_is_dated_by_the_period_it_began_in(desk: Desk) -> None:
    care = [placed("2013-05-01", "S", "2014-05-01", "E4A"), placed("2016-05-01", "S")]
    adoption = {"initial_decision_date": "2016-09-01", "matched_date": "2016-11-01", "purge": False}
    desk.load("api_2017-02-03.json", payload(in_care(*care, adoption=adoption)))
    assert desk.rows("adoption", "entered_care, decision_date, matched_date, placed_date") == [
        ("2016-05-01", "2016-09-01", "2016-11-01", None)
    ]


def test_an_adoption_whose_period_of_care_is_not_known_is_in_the_ledger(desk: Desk) -> None:
    desk.load("api_2017-02-03.json", payload(in_care(adoption={"placed_date": "2016-09-01"})))
    assert told(desk) == [("adoption", None, "no placement in the payload says when care began")]
    assert "Annex A list 10" in one(desk).remedy


def test_what_every_episode_repeats_is_kept_once(desk: Desk) -> None:
    state = {"contact_date": "2016-12-01", "activity": "F1", "accommodation": "D", "purge": False}
    episodes = [episode("2014-05-04", care_leavers=state), episode("2016-05-04", care_leavers=state)]
    desk.load("api_2017-02-03.json", payload(api_child(*episodes)))
    assert desk.rows("care_leaver_status", "as_at, last_contact_date, activity, accommodation") == [
        ("2017-02-03", "2016-12-01", "F1", "D")
    ]
    assert (one(desk).unit, one(desk).kind) == ("care_leavers", "repeated")


# Whole payloads, one after another

MOVED_IN = "<DateOfInitialCPC>2016-07-01</DateOfInitialCPC>"


def test_a_complete_payload_withdraws_what_it_no_longer_holds(desk: Desk) -> None:
    """A referral under another day, and a plan that is gone: once it is said to be complete, and not before."""
    plan = {"child_protection_plan_id": "P1", "start_date": "2016-06-20"}
    desk.load("a_2017-02-03.json", payload(api_child(episode("2016-05-04", child_protection_plans=[plan]))))
    again = api_child(episode("2016-05-06"))
    desk.load("b_2017-03-03.json", payload(again))
    assert desk.rows("referral", "referral_date") == [("2016-05-04",), ("2016-05-06",)]
    desk.load("c_2017-04-03.json", complete(again, ends="2017-04-03"))
    assert (desk.rows("referral", "referral_date"), desk.rows("cp_plan")) == ([("2016-05-06",)], [])
    assert len(desk.rows("referral", as_at=MARCH)) == 2 == len(desk.rows("cp_plan", as_at=MARCH)) + 1


def test_it_withdraws_nothing_that_an_api_payload_cannot_hold(desk: Desk) -> None:
    """Conferences of children who moved in, other workers, care before its days, other children's contacts."""
    desk.load("cin.xml", census(child(case(MOVED_IN))), received=date(2017, 1, 3))
    desk.load(
        "involvement_2017-01-04.csv",
        "person_id,worker_id,role,start_date\na1,P7,personal_adviser,2016-05-04\n",
    )
    desk.load("lac_period_2017-01-05.csv", "person_id,start_date\na1,2016-05-04\n")
    desk.load("api_2017-02-03.json", complete(api_child(episode())))
    assert desk.rows("icpc", "icpc_date") == [("2016-07-01",)]
    assert desk.rows("involvement", "role") == [("personal_adviser",)]
    assert desk.rows("lac_period", "start_date") == [("2016-05-04",)]


def test_of_a_whole_child_what_is_not_there_is_empty(desk: Desk) -> None:
    desk.load("a_2017-02-03.json", payload(api_child(episode(closure_date="2017-01-09", closure_reason="RC7"))))
    desk.load("b_2017-03-03.json", payload(api_child(episode())))
    assert desk.rows("referral", "close_date, close_reason") == [(None, None)]


def test_of_what_the_api_does_not_have_the_census_is_believed(desk: Desk) -> None:
    desk.load("cin.xml", census(child(case())), received=date(2017, 1, 3))
    desk.load("api_2017-02-03.json", payload(api_child(episode(referral_source="2A"))))
    assert desk.rows("referral", "referral_date, source_code, primary_need_code") == [("2016-05-04", "2A", "N1")]


@pytest.mark.parametrize(
    ("head", "covered", "grain"),
    [
        ({"complete_from": "2015-04-01", "complete_to": "2017-02-03"}, ("2015-04-01", "2017-02-03"), "event"),
        ({}, ("2016-05-01", "2016-05-04"), "assumed"),
    ],
)
def test_what_a_whole_payload_is_trusted_for(
    desk: Desk, head: dict[str, str], covered: tuple[str, str], grain: str
) -> None:
    """Said to be complete: all its days. Otherwise the months that have an event, of those a payload goes back."""
    old, new = episode("2010-03-04"), episode("2016-05-04")
    desk.load("api_2017-02-03.json", payload(api_child(old, new), **head))
    every = desk.record.deliveries()[0].coverage
    spoken = {one.table: one for one in every if one.grain in ("event", "assumed")}
    begins, ends = map(date.fromisoformat, covered)
    assert (spoken["referral"].complete_from, spoken["referral"].complete_to) == (begins, ends)
    assert spoken["referral"].grain == grain
    assert set(spoken) <= {"referral", "assessment", "assessment_factor", "s47", "icpc", "cin_plan", "cp_plan"}
    assert all(one.grain == "assumed" for table, one in spoken.items() if table == "icpc")
    lasting = {(one.table, one.complete_from, one.complete_to) for one in every if one.grain == "snapshot"}
    assert lasting == ({(name, begins, ends) for name in ("referral", "cin_plan", "cp_plan")} if head else set())


BARE = {"ethnicity": None, "disabilities": None, "uasc_flag": None}  # what a child may well lack
SAID = '"complete_from": "2015-04-01", "complete_to": "2017-02-03"'


@pytest.mark.parametrize(
    "written",
    [
        f'{{{SAID}, "Children": [{{}}]}}',
        f'{{"Children": [{{}}], {SAID}}}',
        f'[{{"Children": [{{}}], {SAID}}}]',
        f"{{{SAID}}}\n{{}}",
    ],
    ids=["before the children", "after them", "around them in an array", "a line before"],
)
def test_a_payload_that_says_it_is_complete_is_believed_of_every_child(desk: Desk, written: str) -> None:
    """A child of whom no ethnicity, disability or flag is recorded is whole all the same: nothing of it is known."""
    desk.load("person.csv", "person_id,ethnicity\nu1,WBRI\n", received=date(2016, 1, 1))
    placed = [{"start_date": "2016-05-10", "start_reason": "S", "placement_type": "U1"}]
    bare = api_child(episode(child_looked_after_placements=placed), identity="u1", details=BARE)
    desk.load("api_2017-02-03.json", written.replace("{}", json.dumps(bare)))
    assert desk.record.as_at().coverage("referral") == [(date(2015, 4, 1), date(2017, 2, 3))]
    assert desk.rows("lac_period", "person_id, start_date") == [("u1", "2016-05-10")]
    assert not any("in part" in finding.what for finding in desk.ledger("noted"))


def test_a_statement_that_is_found_too_late_refuses_the_payload(desk: Desk) -> None:
    more = '"filler": "' + "x" * 600 + '"'
    with pytest.raises(DeliveryError, match="stand after the children") as refused:
        desk.load("api_2017-02-03.json", f'{{"Children": [{json.dumps(api_child(episode()))}], {SAID}, {more}}}')
    assert "before Children" in refused.value.remedy and desk.record.deliveries() == []


def test_what_was_open_before_a_complete_payload_and_is_not_in_it_has_ended(desk: Desk) -> None:
    """On a day that nobody knows: the day after the last on which it was known open."""
    desk.load("referral.csv", "person_id,referral_date,close_date\nz9,2010-05-04,\n", received=date(2017, 1, 3))
    desk.load("api_2017-02-03.json", complete(api_child(episode())))
    assert desk.rows("referral", "person_id, referral_date, close_date") == [
        ("a1", "2016-05-04", None),
        ("z9", "2010-05-04", "2017-01-04"),
    ]


# Payloads of changes


def changes(*episodes: dict[str, Any], identity: str = "a1", **more: Any) -> str:
    """A child with its id and what has changed."""
    return payload({"la_child_id": identity, **more, "social_care_episodes": list(episodes)})


def test_of_a_child_in_part_what_is_not_there_is_as_it_was(desk: Desk) -> None:
    desk.load("a_2017-02-03.json", payload(api_child(episode(closure_date="2017-01-09", closure_reason="RC7"))))
    reopened = {"social_care_episode_id": "E1", "referral_date": "2016-05-04", "closure_date": None}
    desk.load("b_2017-03-03.json", changes(reopened, child_details={"ethnicity": "BAFR"}))
    assert desk.rows("referral", "referral_date, source_code, close_date, close_reason") == [
        ("2016-05-04", "6", None, "RC7")
    ]
    assert desk.rows("person", "sex, ethnicity, dob, is_uasc") == [("F", "BAFR", "2010-05-04", 0)]
    assert desk.rows("referral", "close_date", as_at=FEBRUARY) == [("2017-01-09",)]


def test_a_value_that_cannot_be_read_changes_nothing_in_part(desk: Desk) -> None:
    desk.load("a_2017-02-03.json", payload(api_child(episode())))
    desk.load("b_2017-03-03.json", changes(child_details={"ethnicity": "martian"}))
    assert desk.rows("person", "ethnicity") == [("WBRI",)]
    assert told(desk, "changed")[0][:2] == ("children", "ethnicity")


def test_what_has_only_its_id_is_in_the_ledger_with_the_remedy_and_the_record_stays(desk: Desk) -> None:
    """No row can be told by an id: the ids are the case system's, and may be others in its next payload."""
    plan = {"child_protection_plan_id": "P1", "start_date": "2016-06-20"}
    desk.load("a_2017-02-03.json", payload(api_child(episode(child_protection_plans=[plan]))))
    ended = {"child_protection_plan_id": "P1", "end_date": "2017-02-20"}
    desk.load("b_2017-03-03.json", changes(episode("", child_protection_plans=[ended])))
    assert told(desk) == [
        ("social_care_episodes", "referral_date", "there is no referral_date"),
        ("child_protection_plans", "start_date", "there is no start_date"),
    ]
    assert all("whole payload" in finding.remedy and finding.person_id == "a1" for finding in desk.ledger("rejected"))
    assert desk.rows("cp_plan", "start_date, end_date, referral_date") == [("2016-06-20", None, "2016-05-04")]
    desk.load("c_2017-04-03.json", payload(api_child(episode(child_protection_plans=[plan | ended]))))
    assert desk.rows("cp_plan", "start_date, end_date") == [("2016-06-20", "2017-02-20")]


def test_a_new_plan_under_an_episode_known_by_its_id_alone_is_kept(desk: Desk) -> None:
    desk.load("a_2017-02-03.json", payload(api_child(episode())))
    begun = {"child_protection_plan_id": "P2", "start_date": "2017-02-20"}
    desk.load("b_2017-03-03.json", changes(episode("", child_protection_plans=[begun])))
    assert desk.rows("cp_plan", "start_date, end_date, referral_date") == [("2017-02-20", None, None)]


@pytest.mark.parametrize("kind", ["child", "episode", "plan"])
def test_what_is_deleted_is_told_and_goes_with_the_next_complete_payload(desk: Desk, kind: str) -> None:
    plan: dict[str, Any] = {"child_protection_plan_id": "P1", "start_date": "2016-06-20"}
    whole = api_child(episode(child_protection_plans=[plan]))
    desk.load("a_2017-02-03.json", payload(whole, api_child(episode("2016-09-01"), identity="b2")))
    gone = json.loads(json.dumps(whole))
    node = {"child": gone, "episode": gone["social_care_episodes"][0]}.get(kind)
    (gone["social_care_episodes"][0]["child_protection_plans"][0] if node is None else node)["purge"] = True
    desk.load("b_2017-03-03.json", payload(gone))
    rejected = desk.ledger("rejected")
    assert rejected[0].what == "it is deleted at its source" and "complete" in rejected[0].remedy
    assert len(desk.rows("cp_plan")) == 1, "no payload that is not complete withdraws anything"
    left = api_child(episode("2016-09-01"), identity="b2")
    remaining = [left] if kind == "child" else [api_child(*([episode()] if kind == "plan" else [])), left]
    desk.load("c_2017-04-03.json", complete(*remaining, ends="2017-04-03"))
    assert desk.rows("cp_plan") == []
    assert len(desk.rows("referral")) == (2 if kind == "plan" else 1)
    assert len(desk.rows("cp_plan", as_at=MARCH)) == 1


@pytest.mark.parametrize(
    ("identity", "referred", "left"), [("a1", "2016-13-05", ["a1", "c3"]), (None, "2016-05-04", ["a1", "b2", "c3"])]
)
def test_a_complete_payload_withdraws_nothing_of_a_child_of_whom_it_has_a_node_that_cannot_be_read(
    desk: Desk, identity: Any, referred: str, left: list[str]
) -> None:
    """Where the child itself cannot be told, nothing of anybody."""
    plan = {"child_protection_plan_id": "P1", "start_date": "2016-06-20"}
    of_all = [api_child(episode(child_protection_plans=[plan]), identity=each) for each in ("a1", "b2", "c3")]
    desk.load("a_2017-02-03.json", complete(*of_all))
    desk.load(
        "b_2017-03-03.json", complete(api_child(episode(referred), identity=identity), of_all[2], ends="2017-03-03")
    )
    for table in ("referral", "cp_plan"):
        assert [child for (child,) in desk.rows(table, "person_id")] == left


def test_what_only_the_second_copy_of_a_child_holds_is_not_withdrawn(desk: Desk) -> None:
    desk.load("a_2017-02-03.json", complete(api_child(episode("2016-05-04"), episode("2016-09-01"))))
    halves = [api_child(episode("2016-05-04")), api_child(episode("2016-09-01"))]
    desk.load("b_2017-03-03.json", complete(*halves, ends="2017-03-03"))
    assert len(desk.rows("referral")) == 2


def test_a_complete_payload_may_say_itself_that_a_node_is_deleted(desk: Desk) -> None:
    desk.load("a_2017-02-03.json", complete(api_child(episode("2016-05-04"), episode("2016-09-01"))))
    gone = episode("2016-05-04") | {"purge": True}
    desk.load("b_2017-03-03.json", complete(api_child(gone, episode("2016-09-01")), ends="2017-03-03"))
    assert desk.rows("referral", "referral_date") == [("2016-09-01",)]


def test_a_state_is_not_told_in_part(desk: Desk) -> None:
    """A care leaver's new contact without the old activity would read as an activity not known."""
    changed = episode("", care_leavers={"contact_date": "2017-02-01"}, adoption={"matched_date": "2017-02-01"})
    desk.load("b_2017-03-03.json", changes(changed))
    assert told(desk)[1:] == [
        ("adoption", None, "it cannot be told in part"),
        ("care_leavers", None, "it cannot be told in part"),
    ]
    assert desk.rows("care_leaver_status") == [] == desk.rows("adoption")


def test_a_file_with_a_child_in_part_covers_no_day_unless_it_says_so(desk: Desk) -> None:
    desk.load("a_2017-02-03.json", payload(api_child(episode("2016-09-01"))))
    part = {"la_child_id": "b2", "child_details": {"sex": "M"}}
    desk.load("b_2017-03-03.json", payload(api_child(episode()), part))
    assert desk.record.deliveries()[-1].coverage == ()
    assert any("1 child comes in part" in finding.what for finding in desk.ledger("noted"))
    assert len(desk.rows("referral")) == 2


def test_a_birth_told_in_part_empties_nothing(desk: Desk) -> None:
    unborn = {"date_of_birth": None, "expected_date_of_birth": "2017-02-20", "sex": "U"}
    desk.load("a_2017-02-03.json", payload(api_child(episode(), details=unborn)))
    desk.load("b_2017-03-03.json", changes(child_details={"date_of_birth": "2017-02-18", "sex": "M"}))
    assert desk.rows("person", "dob, sex, ethnicity") == [("2017-02-18", "M", "WBRI")]


# Odd content


@pytest.mark.parametrize(
    ("node", "finding"),
    [
        ({"referral_date": "2016-05-04", "referral_source": "ZZ"}, ("changed", "social_care_episodes", "referral_source")),
        ({"referral_date": "2016-05-04", "closure_date": 20170109}, None),
        ({"referral_date": "2016-05-04", "closure_date": ["2017-01-09"]}, ("changed", "social_care_episodes", "closure_date")),
        ({"referral_date": "04/05/2016"}, None),
        ({"referral_date": "2016-02-31"}, ("rejected", "social_care_episodes", "referral_date")),
        ({"referral_date": {"day": 4}}, ("rejected", "social_care_episodes", "referral_date")),
        ({"referral_date": None}, ("rejected", "social_care_episodes", "referral_date")),
        ("E1", ("rejected", "social_care_episodes", None)),
        ([], ("rejected", "social_care_episodes", None)),
        ({"referral_date": "2016-05-04", "referral_no_further_action_flag": "Perhaps"}, ("changed", "social_care_episodes", "referral_no_further_action_flag")),
        ({"referral_date": "2016-05-04", "child_protection_plans": {"start_date": "2016-06-01"}}, None),
        ({"referral_date": "2016-05-04", "child_protection_plans": "2016-06-01"}, ("rejected", "child_protection_plans", None)),
        ({"referral_date": "2016-05-04", "disabilities": ["LD"]}, ("rejected", "disabilities", None)),
        ({"referral_date": "2016-05-04", "child_and_family_assessments": [{"start_date": "2016-06-01", "factors": [{"code": "3B"}]}]}, ("rejected", "factors", "factors")),
        ({"referral_date": "2016-05-04", "child_and_family_assessments": [{"factors": ["3B"]}]}, ("rejected", "child_and_family_assessments", "start_date")),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_told_and_nothing_falls_over(
    desk: Desk, node: Any, finding: tuple[str, str, str | None] | None
) -> None:
    report = desk.load("api_2017-02-03.json", payload(api_child(node)))
    found = desk.ledger("rejected") + desk.ledger("changed")
    assert ([(each.severity, each.unit, each.column) for each in found][:1]) == ([finding] if finding else [])
    assert all(count.read == count.kept + count.rejected for count in report.units.values())
    assert len(desk.rows("person")) == 1


@pytest.mark.parametrize("identity", [None, True, "", "NaN", "\ud800", "a\u0000b", ["a1"], {"id": "a1"}])
def test_a_child_without_an_id_is_nothing_and_all_in_it_is_in_the_ledger(desk: Desk, identity: Any) -> None:
    plans = [{"start_date": "2016-06-20"}, {"start_date": "2016-07-20"}]
    lost = api_child(episode(child_protection_plans=plans), identity=identity)
    desk.load("api_2017-02-03.json", payload(lost, api_child(episode(), identity="b2")))
    units = [unit for unit, *_ in told(desk)]
    assert units == [
        "children",
        "social_care_episodes",
        "child_protection_plans",
        "child_protection_plans",
        "disabilities",
    ]
    assert desk.rows("person", "person_id") == [("b2",)]


@pytest.mark.parametrize("identity", [1234, "01234", "x" * 3000, 10**30, "é 1"])
def test_an_id_is_kept_as_it_is_written(desk: Desk, identity: Any) -> None:
    desk.load("api_2017-02-03.json", payload(api_child(identity=identity)))
    assert desk.rows("person", "person_id") == [(str(identity),)]


def test_a_child_that_stands_there_twice_is_not_counted_twice(desk: Desk) -> None:
    desk.load("api_2017-02-03.json", payload(WHOLE, WHOLE))
    assert len(desk.rows("referral")) == 1 == len(desk.rows("cp_plan"))
    assert told(desk)[0] == ("children", "la_child_id", "the child stands there already; the first was kept")


def test_two_referrals_of_one_day_are_two(desk: Desk) -> None:
    desk.load("api_2017-02-03.json", payload(api_child(episode(), episode(referral_source="2A"))))
    assert desk.rows("referral", "source_code") == [("2A",), ("6",)]


def test_a_key_that_stands_twice_is_told_and_nothing_below_it_is_lost(desk: Desk) -> None:
    twice = json.dumps(api_child(episode())).replace('"social_care_episodes"', '"social_care_episodes": [{}], "x"', 1)
    twice = twice.replace('"x":', '"social_care_episodes":')
    report = desk.load("api_2017-02-03.json", f"[{twice}]")
    assert report.units["social_care_episodes"].read == 2 == report.units["social_care_episodes"].rejected
    assert told(desk, "changed") == [("children", "social_care_episodes", "it stands there twice; the first was kept")]


def test_keys_that_the_api_does_not_have_are_named_unless_they_may_be_somebodys_name(desk: Desk) -> None:
    content = api_child(episode(risk_level="high", Quux="1", refferal_date="2016-05-04"), risk_level=3)
    desk.load("api_2017-02-03.json", payload(content, **{"Zebedee Quux of 4 High Street": "1"}))
    notes = [(finding.what, finding.remedy) for finding in desk.ledger("noted") if "no field" in finding.what]
    assert notes == [
        ("the API has no field of that kind; 1 was not read", ""),
        ("the API has no field of that kind; 1 was not read", ""),
        ("the API has no field 'refferal_date'; 1 was not read", "did you mean 'referral_date'?"),
        ("the API has no field 'risk_level'; 2 were not read", ""),
    ]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5000, "-0.0", "true"])
def test_numbers_that_are_none(desk: Desk, value: str) -> None:
    content = payload(api_child(health_and_wellbeing={"sdq_assessments": [{"date": "2016-05-03", "score": "@"}]}))
    desk.load("api_2017-02-03.json", content.replace('"@"', value))
    assert desk.rows("sdq_score", "completed_date, score") in ([("2016-05-03", None)], [("2016-05-03", 0)])


GOOD = payload(api_child(episode()), api_child(episode(), identity="b2"))
DEEP = '{"a":' * 60_000 + "1" + "}" * 60_000


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (GOOD[:-20], "the JSON stops in the middle, after 1 child"),
        (GOOD[: GOOD.index("b2")], "the JSON stops in the middle, after 1 child"),
        (GOOD + "]", "the JSON is not well formed, after 2 children"),
        (GOOD.replace("}, {", "} {", 1), "the JSON is not well formed"),
        (GOOD.replace('"sex": ', '"sex" ', 1), "the JSON is not well formed, after 0 children"),
        (GOOD.replace("WBRI", "WB\nRI", 1), "the JSON is not well formed"),
        (GOOD.replace("F", DEEP, 1).replace(f'"{DEEP}"', DEEP), "its values are nested too deeply, after 0 children"),
        (GOOD.replace("WBRI", "é").encode("cp1252"), "it is not written in UTF-8"),
        (GOOD.replace("[", "", 1), "the JSON is not well formed"),
        ('[{"la_child_id": 1}, ' + "[" * 100_000, "its values are nested too deeply"),
        (complete(WHOLE, begins="2017-02-03", ends="2015-04-01"), "complete_from and complete_to cannot be read"),
        (payload(WHOLE, complete_from="2015-04-01"), "complete_from and complete_to cannot be read"),
    ],
)
def test_a_payload_that_is_broken_is_refused_by_name_and_the_record_is_as_it_was(
    desk: Desk, content: str | bytes, what: str
) -> None:
    desk.load("first.json", payload(WHOLE))
    before = desk.files()
    with pytest.raises(DeliveryError) as refusal:
        desk.load("api_2017-03-03.json", content)
    assert what in refusal.value.what and refusal.value.remedy and refusal.value.where.file == "api_2017-03-03.json"
    assert not any(word in str(refusal.value) for word in ("Zebedee", "WBRI", "b2"))
    assert desk.files() == before


def test_json_of_something_else_is_refused(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="no format is known whose JSON looks like this"):
        desk.load("stock.json", '[{"sku": 1}]')


def test_another_authoritys_payload_is_refused(desk: Desk) -> None:
    desk.load("first.json", payload(WHOLE))
    with pytest.raises(DeliveryError, match="authority 998"):
        desk.load("second.json", payload(WHOLE).replace("999", "998", 1))
