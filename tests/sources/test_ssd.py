"""The Standard Safeguarding Dataset: drawn tables in, canonical rows and an honest ledger out."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.errors import DeliveryError
from compendium.record.pseudonym import worker_pseudonym
from compendium.record.store import Store
from tests.sources.desk import Desk
from tests.sources.ssd import FOLDER, as_csv, lay, load

CONTACTS = """
    cont_contact_id | cont_person_id | cont_contact_date | cont_contact_source_code | cont_contact_source_desc | cont_contact_outcome_json
    7001            | a1             | 2017-01-03 00:00:00.000 | 6                  | Police                   | {"NEW_REFERRAL_FLAG": "Y", "NFA_FLAG": "N"}
    7002            | b2             | 2017-01-04          | 2A                     | Schools                  | {"NFA_FLAG": "Y"}
"""  # noqa: E501
EPISODES = """
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_referral_nfa
    900              | a1             | 2016-05-04         |                 | N
    901              | b2             | 2016-06-01         | 2016-09-01      | N
"""


def outcome(desk: Desk, flags: str) -> tuple[str | None, int | None]:
    """What one contact's outcome is read as, and whether the case was open."""
    load(
        desk,
        ssd_contacts=f"cont_contact_id | cont_person_id | cont_contact_date | cont_contact_outcome_json\n"
        f"1 | a1 | 2017-01-03 | {flags}",
    )
    ((code, on_open_case),) = desk.rows("contact", "outcome, on_open_case")
    return code, on_open_case


def test_a_contact_with_its_source_and_outcome(desk: Desk) -> None:
    report = load(desk, ssd_contacts=CONTACTS)
    assert report.source_format == "Standard Safeguarding Dataset"
    assert desk.rows("contact", "person_id, contact_date, source_code, contact_id, outcome, on_open_case") == [
        ("a1", "2017-01-03", "6", "7001", "referral", 0),
        ("b2", "2017-01-04", "2A", "7002", "nfa", 0),
    ]
    # What the dataset does not tell is not supplied: no team, no day of decision.
    assert "team_id" not in desk.record.deliveries()[0].tables["contact"].columns


@pytest.mark.parametrize(
    ("flags", "read"),
    [
        ('{"NEW_REFERRAL_FLAG": "Y", "EXISTING_REFERRAL_FLAG": "Y", "NFA_FLAG": "Y"}', ("referral", 1)),
        ('{"EXISTING_REFERRAL_FLAG": "Y", "CP_ENQUIRY_FLAG": "Y"}', ("existing_case", 1)),
        ('{"CP_ENQUIRY_FLAG": "Y", "ADVICE_FLAG": "Y"}', ("referral", 0)),
        ('{"PRIVATE_FOSTERING_FLAG": "Y", "ADVICE_FLAG": "Y"}', ("other", 0)),
        ('{"OTHER_OUTCOMES_EXIST_FLAG": "Y", "NFA_FLAG": "Y"}', ("other", 0)),
        ('{"ADVICE_FLAG": "Y", "NFA_FLAG": "Y"}', ("advice", 0)),
        ('{"A_NEW_KIND_FLAG": "Y"}', ("other", 0)),
        ('{"OUTCOME_NFA_FLAG": "T"}', ("nfa", 0)),
        ('{"nfa_flag": 1}', ("nfa", 0)),
        ('[{"NFA_FLAG": true}]', ("nfa", 0)),
        ('{"NFA_FLAG": "N", "ADVICE_FLAG": ""}', (None, None)),
        ("", (None, None)),
    ],
)
def test_of_several_outcomes_the_one_that_leads_furthest_stands(
    desk: Desk, flags: str, read: tuple[str | None, int | None]
) -> None:
    assert outcome(desk, flags) == read
    assert desk.ledger("changed") == []


@pytest.mark.parametrize(
    ("flags", "read", "kind"),
    [
        ('{"NFA_FLAG": "Y", "COMMENTS": "She said "no""}', "nfa", "lenient"),
        ('{"NEW_REFERRAL_FLAG":"Y","COMMENTS":"cut o', "referral", "lenient"),
        ("{not json", None, "malformed"),
        ('"Y"', None, "malformed"),
        ("17", None, "malformed"),
    ],
)
def test_broken_json_shows_what_flags_it_can_and_is_told(desk: Desk, flags: str, read: str | None, kind: str) -> None:
    assert outcome(desk, flags)[0] == read
    (finding,) = desk.ledger("changed")
    assert (finding.kind, finding.unit, finding.row, finding.person_id) == (kind, "ssd_contacts", 2, "a1")
    assert "COMMENTS" not in finding.in_words()


@pytest.mark.parametrize(
    ("code", "described", "read"),
    [
        ("6", "", "6"),
        ("41387", "6: Police", "6"),
        ("41387", "Schools", "2A"),
        ("", "3A: GP", "3A"),
        ("41387", "The lady next door", None),
        ("", "", None),
    ],
)
def test_a_source_is_read_by_its_code_or_else_its_description(
    desk: Desk, code: str, described: str, read: str | None
) -> None:
    load(
        desk,
        ssd_contacts="cont_contact_id | cont_person_id | cont_contact_date | cont_contact_source_code |"
        f" cont_contact_source_desc\n1 | a1 | 2017-01-03 | {code} | {described}",
    )
    assert desk.rows("contact", "source_code") == [(read,)]
    assert len(desk.ledger("changed")) == (read is None and bool(code))


@pytest.mark.parametrize(
    ("written", "read"), [("Y", 1), ("N", 0), ("1", 1), ("0", 0), ("T", 1), ("F", 0), ("y", 1), ("", None)]
)
def test_a_flag_is_read_however_it_is_written(desk: Desk, written: str, read: int | None) -> None:
    load(
        desk,
        ssd_cin_episodes="cine_referral_id | cine_person_id | cine_referral_date | cine_referral_nfa\n"
        f"1 | a1 | 2016-05-04 | {written}",
    )
    assert desk.rows("referral", "nfa") == [(read,)]


def test_a_referral_whose_flag_is_empty_is_decided_by_its_outcomes(desk: Desk) -> None:
    load(
        desk,
        ssd_cin_episodes="""
        cine_referral_id | cine_person_id | cine_referral_date | cine_referral_nfa | cine_referral_outcome_json
        1 | a1 | 2016-05-04 |   | {"NFA_FLAG": "Y"}
        2 | b2 | 2016-05-04 |   | {"SINGLE_ASSESSMENT_FLAG": "Y"}
        3 | c3 | 2016-05-04 |   | {"SINGLE_ASSESSMENT_FLAG": "N"}
        4 | d4 | 2016-05-04 | N | {"NFA_FLAG": "Y"}
        """,
    )
    assert desk.rows("referral", "person_id, nfa") == [("a1", 1), ("b2", 0), ("c3", None), ("d4", 0)]


@pytest.mark.parametrize("sentinel", ["1900-01-01", "1900-01-01 00:00:00.000", "01/01/1900", ""])
def test_the_first_of_january_1900_is_no_day(desk: Desk, sentinel: str) -> None:
    load(
        desk,
        ssd_cin_episodes="cine_referral_id | cine_person_id | cine_referral_date | cine_close_date\n"
        f"1 | a1 | 2016-05-04 | {sentinel}\n2 | b2 | {sentinel} |",
    )
    assert desk.rows("referral", "person_id, close_date") == [("a1", None)]
    (refused,) = desk.ledger("rejected")
    assert (refused.kind, refused.column, refused.person_id) == ("missing", "cine_referral_date", "b2")
    assert desk.ledger("changed") == []


def test_ids_link_tables_whether_they_are_numbers_or_text(desk: Desk) -> None:
    load(
        desk,
        ssd_cin_episodes=EPISODES,
        ssd_cin_assessments="""
        cina_assessment_id | cina_person_id | cina_referral_id | cina_assessment_start_date
        A-1                | a1             | 900.0            | 2016-05-05
        A-2                | b2             | 901              | 2016-06-02
        A-3                | b2             | 77               | 2016-08-02
        A-4                | b2             | -1               | 2016-08-09
        """,
    )
    assert desk.rows("assessment", "person_id, start_date, referral_date") == [
        ("a1", "2016-05-05", "2016-05-04"),
        ("b2", "2016-06-02", "2016-06-01"),
        ("b2", "2016-08-02", None),
        ("b2", "2016-08-09", None),
    ]
    assert "ssd_cin_assessments names 1 referral not in this delivery; set aside" in [
        each.what for each in desk.ledger("noted")
    ]


@pytest.mark.parametrize(
    ("nfa", "outcomes", "authorised", "read"),
    [
        ("Y", "", "2016-06-01", 0),
        ("N", '{"PROV_OF_SERVICES_FLAG": "Y"}', "2016-06-01", 1),
        ("N", "", "2016-06-01", 1),
        ("N", '{"REFERRAL_TO_OTHER_AGENCY_FLAG": "Y"}', "2016-06-01", 0),
        ("", '{"NFA_FLAG": "Y"}', "2016-06-01", 0),
        ("", "", "2016-06-01", None),
        ("N", "", "", None),
    ],
    ids=["no further action", "services", "only the flag", "to another agency", "by outcome", "nothing", "still open"],
)
def test_whether_an_assessment_found_that_support_is_needed(
    desk: Desk, nfa: str, outcomes: str, authorised: str, read: int | None
) -> None:
    load(
        desk,
        ssd_cin_assessments="cina_assessment_id | cina_person_id | cina_assessment_start_date |"
        " cina_assessment_auth_date | cina_assessment_outcome_nfa | cina_assessment_outcome_json\n"
        f"1 | a1 | 2016-05-05 | {authorised} | {nfa} | {outcomes}",
    )
    assert desk.rows("assessment", "needs_support") == [(read,)]


def test_factors_come_as_a_list_or_as_flags(desk: Desk) -> None:
    load(
        desk,
        ssd_cin_assessments="""
        cina_assessment_id | cina_person_id | cina_assessment_start_date
        1                  | a1             | 2016-05-05
        2                  | b2             | 2016-06-02
        3                  | c3             | 2016-06-03
        """,
        ssd_assessment_factors="""
        cinf_table_id | cinf_assessment_id | cinf_assessment_factors_json
        1             | 1                  | ["1A", "2B", "1A"]
        2             | 2                  | {"1A": "Yes", "3A": "No", "3B": "Y"}
        3             | 3                  | ["99Z", "5A"]
        4             | 3                  | ["99Z"]
        5             | 3                  | []
        6             | 3                  | ["1A"
        7             | 8                  | ["1A"]
        """,
    )
    assert desk.rows("assessment_factor") == [
        ("a1", "2016-05-05", "1A"),
        ("a1", "2016-05-05", "2B"),
        ("b2", "2016-06-02", "1A"),
        ("b2", "2016-06-02", "3B"),
        ("c3", "2016-06-03", "5A"),
    ]
    assert [(each.row, each.kind) for each in desk.ledger("rejected")] == [
        (5, "unknown_code"),
        (6, "unused"),
        (7, "malformed"),
        (8, "other"),
    ]
    assert [(each.row, each.kind) for each in desk.ledger("changed")] == [(4, "unknown_code")]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Neglect", "NEG"),
        ("NEG", "NEG"),
        ("Emotional Abuse", "EMO"),
        ("Physical", "PHY"),
        ("Sexual Abuse - suspected", "SAB"),
        ("Multiple: Neglect, Emotional", "MUL"),
        ("Multiple/not recommended", "MUL"),
        ("Neglect and Physical Abuse", "MUL"),
        ("Category 5", None),
        ("", None),
    ],
)
def test_a_category_of_abuse_in_free_text(desk: Desk, written: str, code: str | None) -> None:
    load(
        desk,
        ssd_cp_plans="cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_initial_category\n"
        f"1 | a1 | 2016-05-05 | {written}",
    )
    assert desk.rows("cp_plan", "initial_category") == [(code,)]
    assert len(desk.ledger("changed")) == (code is None and bool(written))


def test_an_enquiry_its_conference_the_plan_and_its_reviews(desk: Desk) -> None:
    load(
        desk,
        ssd_cin_episodes=EPISODES,
        ssd_s47_enquiry="""
        s47e_s47_enquiry_id | s47e_referral_id | s47e_person_id | s47e_s47_start_date | s47e_s47_end_date | s47e_s47_nfa | s47e_s47_outcome_json
        S1 | 900 | a1 | 2016-06-01 | 2016-06-20 | N | {"CP_CONFERENCE_FLAG": "Y"}
        S2 | 901 | b2 | 2016-07-01 | 2016-07-09 | Y | {"NFA_FLAG": "Y"}
        S3 | 901 | b2 | 2016-08-01 |            |   |
        """,  # noqa: E501
        ssd_initial_cp_conference="""
        icpc_icpc_id | icpc_s47_enquiry_id | icpc_person_id | icpc_referral_id | icpc_icpc_target_date | icpc_icpc_date | icpc_icpc_transfer_in | icpc_icpc_outcome_cp_flag | icpc_icpc_outcome_json
        I1 | S1 | a1 | 900 | 2016-06-22 | 2016-06-20 | N |   | {"CP_FLAG": "Y"}
        I2 | -1 | c3 |     |            | 2016-06-21 | Y | N |
        I3 | S3 | b2 | 901 | 2016-08-22 |            | N |   |
        """,  # noqa: E501
        ssd_cp_plans="""
        cppl_cp_plan_id | cppl_person_id | cppl_referral_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_cp_plan_ola
        P1 | a1 | 900 | 2016-06-20 |            | N
        P2 | c3 |     | 2016-06-21 | 2016-12-01 | Y
        """,  # noqa: E501
        ssd_cp_reviews="""
        cppr_cp_review_id | cppr_person_id | cppr_cp_plan_id | cppr_cp_review_due | cppr_cp_review_date | cppr_cp_review_quorate | cppr_cp_review_participation
        R1 | a1 | P1 | 2016-09-20 | 2016-09-12 | Y | PN1
        R2 | a1 | P1 | 2017-03-12 |            |   |
        R3 | a1 | P9 | 2017-03-12 | 2017-03-01 |   |
        """,  # noqa: E501
    )
    assert desk.rows("s47", "person_id, start_date, end_date, nfa, referral_date, icpc_target, icpc_not_required") == [
        ("a1", "2016-06-01", "2016-06-20", 0, "2016-05-04", "2016-06-22", 0),
        ("b2", "2016-07-01", "2016-07-09", 1, "2016-06-01", None, 1),
        ("b2", "2016-08-01", None, None, "2016-06-01", None, None),
    ]
    assert desk.rows("icpc", "person_id, icpc_date, s47_start_date, referral_date, transfer_in, outcome_cp_plan") == [
        ("a1", "2016-06-20", "2016-06-01", "2016-05-04", 0, 1),
        ("c3", "2016-06-21", None, None, 1, 0),
    ]
    assert desk.rows("cp_plan", "person_id, start_date, end_date, referral_date, other_la") == [
        ("a1", "2016-06-20", None, "2016-05-04", 0),
        ("c3", "2016-06-21", "2016-12-01", None, 1),
    ]
    assert desk.rows("cp_review", "person_id, plan_start_date, review_date, is_quorate, participation") == [
        ("a1", "2016-06-20", "2016-09-12", 1, "PN1")
    ]
    assert [(each.unit, each.row, each.kind) for each in desk.ledger("rejected")] == [
        ("ssd_initial_cp_conference", 4, "unused"),
        ("ssd_cp_reviews", 3, "unused"),
        ("ssd_cp_reviews", 4, "other"),
    ]


def test_who_a_child_is(desk: Desk) -> None:
    load(
        desk,
        ssd_person="""
        pers_person_id | pers_forename | pers_surname | pers_sex | pers_gender | pers_ethnicity | pers_dob | pers_expected_dob | pers_upn_unknown | pers_common_child_id
        a1 | Zebedee | Quux | Male   |        | WBRI | 2010-05-04 | 1900-01-01 | UN4 | 9434765919
        b2 | Zebedee | Quux |        | Female | MWBC | 2012-05-04 |            |     |
        c3 | Zebedee | Quux | U      |        |      | 1900-01-01 | 2017-09-01 |     |
        """,  # noqa: E501
        ssd_disability="""
        disa_table_id | disa_person_id | disa_disability_code
        1 | a1 | NONE
        2 | a1 | AUT
        3 | b2 | NONE
        """,
        ssd_immigration_status="""
        immi_immigration_status_id | immi_person_id | immi_immigration_status
        1 | b2 | Unaccompanied Asylum Seeking Child (UASC)
        2 | a1 | British citizen
        """,
        ssd_family="""
        fami_table_id | fami_family_id | fami_person_id
        1 | F7 | a1
        """,
    )
    assert desk.rows("person", "person_id, sex, ethnicity, dob, expected_dob, is_disabled, is_uasc, upn_unknown") == [
        ("a1", "M", "WBRI", "2010-05-04", None, 1, 0, "UN4"),
        ("b2", "F", "MWBC", "2012-05-04", None, 0, 1, None),
        ("c3", "U", None, None, "2017-09-01", None, 0, None),
    ]
    assert desk.rows("person_disability") == [("a1", "AUT"), ("a1", "NONE"), ("b2", "NONE")]
    assert desk.rows("family") == [("a1", "F7")]


def test_workers_teams_and_who_holds_a_case(desk: Desk) -> None:
    load(
        desk,
        ssd_department="""
        dept_team_id | dept_team_name | dept_team_parent_id | dept_team_parent_name
        1            | Duty           | 9                   | North
        9            | North          | -1                  |
        """,
        ssd_professionals="""
        prof_professional_id | prof_social_worker_registration_no | prof_professional_name | prof_professional_job_title | prof_professional_department | prof_full_time_equivalency | prof_agency_worker_flag
        501 | SW123 | Quux, Z | Senior Social Worker, advanced practitioner | Duty | 0.81081 | N
        502 |       | Quux, Y | Personal Advisor                            | Duty | 1       | Y
        """,  # noqa: E501
        ssd_involvements="""
        invo_involvements_id | invo_professional_id | invo_professional_role_id | invo_professional_team | invo_person_id | invo_involvement_start_date | invo_involvement_end_date
        1 | 501     | CW                       | 1    | a1 | 2016-01-01 | 2016-03-01
        2 | 502     | 16PLUS                   | Duty | a1 | 2016-02-01 |
        3 | Quux, X | Allocated Case Worker    | -1   | b2 | 2016-02-01 |
        4 | 501     | Independent Reviewing Officer | 1 | b2 | 2016-02-01 |
        5 | 501     | School nurse             | 1    | b2 | 2016-02-02 |
        6 | -1      | CW                       | 1    | b2 | 2016-02-03 |
        """,  # noqa: E501
    )
    key = Store.of(desk.workspace).worker_key
    first, second, third = (worker_pseudonym(key, each) for each in ("SW123", "502", "Quux, X"))
    assert set(
        desk.rows("worker", "worker_id, role, team_id, fte_hundredths, is_agency, is_registered, start_date")
    ) == {
        (first, "senior_practitioner", "Duty", 81, 0, 1, "1995-01-01"),
        (second, "personal_adviser", "Duty", 100, 1, None, "1995-01-01"),
    }
    assert desk.rows("involvement", "person_id, start_date, worker_id, team_id, role, end_date") == [
        ("a1", "2016-01-01", first, "1", "case_holder", "2016-03-01"),
        ("a1", "2016-02-01", second, "Duty", "personal_adviser", None),
        *sorted([("b2", "2016-02-01", third, None, "case_holder", None),
                 ("b2", "2016-02-01", first, "1", "reviewing_officer", None)], key=lambda row: row[2]),
        ("b2", "2016-02-02", first, "1", "other", None),
    ]  # fmt: skip
    assert desk.rows("department") == [("1", "Duty", "9"), ("9", "North", None)]
    assert [(each.unit, each.column) for each in desk.ledger("rejected")] == [
        ("ssd_involvements", "invo_professional_id")
    ]


def test_visits_of_every_kind(desk: Desk) -> None:
    load(
        desk,
        ssd_cin_visits="""
        cinv_cin_visit_id | cinv_person_id | cinv_cin_visit_date | cinv_cin_visit_seen | cinv_cin_visit_seen_alone
        1 | a1 | 2017-01-03 | Y | N
        """,
        ssd_cp_visits="""
        cppv_cp_visit_id | cppv_person_id | cppv_cp_visit_date | cppv_cp_visit_seen | cppv_cp_visit_seen_alone
        1 | a1 | 2017-01-04 | N |
        """,
        ssd_cla_visits="""
        clav_cla_visit_id | clav_person_id | clav_cla_visit_date | clav_cla_visit_seen | clav_cla_visit_seen_alone
        1 | b2 | 2017-01-05 | 1 | 1
        """,
    )
    assert desk.rows("visit", "person_id, kind, visit_date, seen, seen_alone") == [
        ("a1", "cin", "2017-01-03", 1, 0),
        ("a1", "cp", "2017-01-04", 0, None),
        ("b2", "lac", "2017-01-05", 1, 1),
    ]


def test_help_plans_and_pre_proceedings(desk: Desk) -> None:
    load(
        desk,
        ssd_cin_episodes=EPISODES,
        ssd_early_help_episodes="""
        earl_episode_id | earl_person_id | earl_episode_start_date | earl_episode_end_date | earl_episode_reason | earl_episode_end_reason | earl_episode_organisation
        1 | a1 | 2016-01-04 | 2016-04-01 | words about a child | Needs met | School
        2 | b2 | 2016-01-04 | 2016-05-01 |                     | They left | Health
        """,  # noqa: E501
        ssd_cin_plans="""
        cinp_cin_plan_id | cinp_referral_id | cinp_person_id | cinp_cin_plan_start_date | cinp_cin_plan_end_date | cinp_cin_plan_team
        1 | 900 | a1 | 2016-05-20 | | 1
        """,  # noqa: E501
        ssd_pre_proceedings="""
        prep_table_id | prep_person_id | prep_pre_pro_decision_date | prep_pre_pro_letter_date | prep_initial_pre_pro_meeting_date | prep_pre_pro_meetings_num | prep_pre_pro_outcome
        1      | a1     | 2016-06-01 | 2016-06-08 | 2016-06-20 | 2 | Issue proceedings
        SSD_PH | SSD_PH | 1900/01/01 |            |            |   |
        """,  # noqa: E501
    )
    assert desk.rows("early_help_episode", "person_id, start_date, end_date, end_reason, organisation") == [
        ("a1", "2016-01-04", "2016-04-01", "needs_met", "School"),
        ("b2", "2016-01-04", "2016-05-01", None, "Health"),
    ]
    assert desk.rows("cin_plan", "person_id, start_date, end_date, referral_date, team_id") == [
        ("a1", "2016-05-20", None, "2016-05-04", "1")
    ]
    assert desk.rows(
        "pre_proceedings", "person_id, start_date, letter_sent_date, initial_meeting_date, review_meetings, outcome"
    ) == [("a1", "2016-06-01", "2016-06-08", "2016-06-20", 2, "Issue proceedings")]
    (placeholder,) = desk.ledger("rejected")
    assert (placeholder.kind, placeholder.what) == ("unused", "it is a placeholder row")


def test_one_file_is_read_too_and_columns_in_any_case_and_order(desk: Desk) -> None:
    swapped = """
        CONT_PERSON_ID | CONT_CONTACT_DATE | a_local_column | CONT_CONTACT_ID
        a1             | 03/01/2017        | x              | 1
    """
    report = desk.load("extract 7.csv", as_csv(swapped))
    assert [(unit, count.kept) for unit, count in report.units.items()] == [("ssd_contacts", 1)]
    assert desk.rows("contact", "person_id, contact_date") == [("a1", "2017-01-03")]
    assert desk.ledger("noted")[0].what.startswith("received on 2017-08-01")


def test_names_of_both_publications_are_known(desk: Desk) -> None:
    """The published description has no child in a review's row, the published SQL has."""
    reviews = "clar_cla_review_id | clar_cla_id | {} clar_cla_review_date | clar_cla_review_cancelled\n"
    episodes = """
        clae_cla_episode_id | clae_person_id | clae_cla_episode_start_date | clae_cla_id
        1 | a1 | 2016-01-01 | 70
    """
    load(desk, "ssd_2017-07-01", ssd_cla_episodes=episodes, ssd_cla_reviews=reviews.format("") + "1|70|2016-02-01|N")
    assert desk.rows("lac_review", "person_id, review_date") == [("a1", "2016-02-01")]
    with_child = (
        reviews.format("clar_cla_person_id |") + "1|70|a1|2016-02-01|N\n2|70||2016-05-01|N\n3|70|a1|2016-08-01|Y"
    )
    load(desk, "ssd_2017-07-02", ssd_cla_episodes=episodes, ssd_cla_reviews=with_child)
    assert desk.rows("lac_review", "person_id, review_date") == [("a1", "2016-02-01"), ("a1", "2016-05-01")]
    assert [each.what for each in desk.ledger("rejected")] == ["it was cancelled"]


def test_what_is_not_used_is_counted_and_told(desk: Desk) -> None:
    report = load(
        desk,
        ssd_contacts=CONTACTS,
        ssd_address="""
        addr_table_id | addr_person_id | addr_address_postcode
        1 | a1 | ZZ99 9ZZ
        2 | b2 | ZZ99 9ZZ
        """,
    )
    assert "ssd_address" not in report.units
    assert "ssd_address: 2 rows; nothing is taken from this table" in [each.what for each in desk.ledger("noted")]


def test_nothing_that_names_or_places_anybody_reaches_the_record(desk: Desk) -> None:
    load(
        desk,
        ssd_person="pers_person_id | pers_forename | pers_surname | pers_dob\na1 | Zebedee | Quuxington | 2010-01-01",
        ssd_cla_placement="clap_cla_placement_id | clap_person_id | clap_cla_placement_start_date |"
        " clap_cla_placement_postcode\n1 | a1 | 2016-01-01 | ZZ98 7YY",
        ssd_contacts=CONTACTS + '    9 | a1 | 2017-01-05 | 6 | Police | {"NFA_FLAG":"Y","COMMENTS":"Hush"}',
    )
    held = "".join(
        str(desk.rows(table)) for table in ("person", "placement", "contact")
    )  # what the record can give back
    findings = str(desk.record.findings(desk.record.deliveries()[-1].delivery_id))
    for word in ("Zebedee", "Quuxington", "ZZ98", "Hush"):
        assert word not in held + findings


def test_a_table_without_a_column_that_every_row_needs_is_refused(desk: Desk) -> None:
    with pytest.raises(DeliveryError) as refused:
        load(desk, ssd_contacts="cont_contact_id | cont_persn_id | cont_contact_date\n1 | a1 | 2017-01-03")
    assert "ssd_contacts has no column cont_person_id" in refused.value.what
    assert "did you mean cont_persn_id?" in refused.value.remedy
    assert desk.record.deliveries() == []


def test_so_is_one_without_a_column_that_only_its_canonical_table_needs(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="ssd_cla_reviews has no column clar_cla_review_date"):
        load(
            desk, ssd_cla_reviews="clar_cla_review_id | clar_cla_person_id | clar_cla_review_due_date\n1|a1|2016-02-01"
        )


def test_a_table_twice_is_refused(desk: Desk) -> None:
    lay(desk, {"ssd_contacts": CONTACTS, "ssd_contacts_old": CONTACTS})
    with pytest.raises(DeliveryError, match="two files hold the table ssd_contacts"):
        desk.load(FOLDER)
    assert desk.record.deliveries() == []


def test_a_column_that_is_not_there_is_told_with_the_nearest_name(desk: Desk) -> None:
    load(
        desk, ssd_contacts="cont_contact_id | cont_person_id | cont_contact_date | cont_outcome_json\n1|a1|2017-01-03|"
    )
    noted = {each.what: each.remedy for each in desk.ledger("noted")}
    assert noted["ssd_contacts has no column cont_contact_outcome_json"] == "did you mean cont_outcome_json?"


def test_a_short_row_is_told_and_a_strange_file_is_named(desk: Desk) -> None:
    lay(desk, {"ssd_contacts": CONTACTS})
    desk.write(f"{FOLDER}/ssd_contacts.csv", as_csv(CONTACTS) + "7003,c3\n")
    desk.write(f"{FOLDER}/readme.txt", "what this is\n")
    report = desk.load(FOLDER)
    assert report.units["ssd_contacts"].rejected == 1
    assert [(each.row, each.kind) for each in desk.ledger("rejected")] == [(4, "malformed")]
    assert any("readme.txt is no table of the dataset" in each.what.replace("'", "") for each in desk.ledger("noted"))


def test_the_day_received_may_stand_in_the_names_of_the_files(desk: Desk) -> None:
    (desk.folder / "export").mkdir()
    desk.write("export/ssd_contacts_2017-01-06.csv", as_csv(CONTACTS))
    desk.load("export")
    (delivery,) = desk.record.deliveries()
    assert (delivery.received_on, delivery.extracted_on) == (date(2017, 1, 6), date(2017, 1, 6))


def test_the_same_folder_again_changes_nothing(desk: Desk) -> None:
    load(desk, ssd_contacts=CONTACTS)
    before = desk.files()
    assert desk.load(FOLDER).already_loaded
    assert desk.files() == before
