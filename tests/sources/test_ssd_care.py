"""Children looked after, missing, leaving care or to be adopted, as the Standard Safeguarding Dataset tells of them."""

from __future__ import annotations

from tests.sources.desk import Desk
from tests.sources.ssd import load

EPISODES = """
    clae_cla_episode_id | clae_person_id | clae_cla_episode_start_date | clae_cla_episode_ceased_date | clae_cla_episode_ceased_reason | clae_cla_id | clae_cla_primary_need_code | clae_entered_care_date
    1 | a1 | 2015-01-01 | 2015-03-01 | X1  | 70 | N1 | 2014-06-01
    2 | a1 | 2015-03-01 | 2016-01-01 | E4A | 70 | N1 |
    3 | a1 | 2016-05-01 |            |     | 71 | N5 | 2016-05-01
    4 | b2 | 2016-01-01 | 2016-02-01 | X1  |    | N1 |
    5 | b2 | 2016-02-01 |            |     |    | N1 |
    6 | c3 | 2016-01-01 | 2016-02-01 | X1  | 73 | N1 |
"""  # noqa: E501


def test_episodes_make_periods(desk: Desk) -> None:
    load(desk, ssd_cla_episodes=EPISODES)
    assert desk.rows("lac_period", "person_id, start_date, end_date, end_reason, need_code") == [
        ("a1", "2014-06-01", "2016-01-01", "E4A", "N1"),
        ("a1", "2016-05-01", None, None, "N5"),
        ("b2", "2016-01-01", None, None, "N1"),
        ("c3", "2016-01-01", "2016-02-01", "X1", "N1"),
    ]
    assert any("1 period of care ended with an episode that another should follow" in each.what
               for each in desk.ledger("noted"))  # fmt: skip
    assert "legal_status" not in desk.record.deliveries()[0].tables["lac_period"].columns


def test_what_else_is_told_of_a_period_is_the_latest_within_it(desk: Desk) -> None:
    load(
        desk,
        ssd_cla_episodes=EPISODES,
        ssd_legal_status="""
        lega_legal_status_id | lega_person_id | lega_legal_status | lega_legal_status_start_date | lega_legal_status_end_date
        1 | a1 | V2      | 2015-01-01 | 2015-02-01
        2 | a1 | C1: ICO | 2015-02-01 | 2016-01-01
        3 | a1 | C2      | 2016-05-01 |
        """,  # noqa: E501
        ssd_cla_health="""
        clah_health_check_id | clah_person_id | clah_health_check_type | clah_health_check_date
        1 | a1 | Initial Health Assessment | 2015-01-20
        2 | a1 | Health Assessment         | 2015-07-20
        3 | a1 | Dental Check              | 2015-05-20
        4 | a1 | Hearing                   | 2015-05-20
        """,
        ssd_cla_reviews="""
        clar_cla_review_id | clar_cla_id | clar_cla_review_due_date | clar_cla_review_date | clar_cla_review_cancelled | clar_cla_review_participation
        1 | 70 | 2015-01-29 | 2015-01-28 | N | PN1
        2 | 71 | 2017-08-01 |            | N |
        3 | 70 | 2015-04-29 | 2015-04-28 | Y |
        """,  # noqa: E501
        ssd_cla_care_plan="""
        lacp_table_id | lacp_person_id | lacp_cla_care_plan_start_date | lacp_cla_care_plan_json
        1 | a1 | 2015-01-10 | {"RETURN6M": "Y", "ADOPTION": "N"}
        2 | a1 | 2015-08-10 | {"LTFOST18": "Y"}
        """,
    )
    columns = (
        "start_date, legal_status, legal_status_date, review_due_date, permanence_plan, health_assessment_date,"
        " dental_check_date"
    )
    assert [row for row in desk.rows("lac_period", f"person_id, {columns}") if row[0] == "a1"] == [
        ("a1", "2014-06-01", "C1", "2015-02-01", "2015-01-29", "Long-term fostering", "2015-07-20", "2015-05-20"),
        ("a1", "2016-05-01", "C2", "2016-05-01", "2017-08-01", None, None, None),
    ]
    assert desk.rows("lac_review", "person_id, review_date, participation") == [("a1", "2015-01-28", "PN1")]
    assert desk.rows("health_check", "person_id, kind, check_date") == [
        ("a1", "dental", "2015-05-20"),
        ("a1", "initial", "2015-01-20"),
        ("a1", "review", "2015-07-20"),
    ]
    assert [(each.unit, each.kind) for each in desk.ledger("rejected")] == [
        ("ssd_cla_reviews", "unused"),
        ("ssd_cla_health", "unused"),
    ]


def test_placements_and_their_child_by_the_period(desk: Desk) -> None:
    load(
        desk,
        ssd_cla_episodes=EPISODES,
        ssd_cla_placement="""
        clap_cla_placement_id | clap_cla_id | clap_person_id | clap_cla_placement_start_date | clap_cla_placement_end_date | clap_cla_placement_type | clap_cla_placement_provider | clap_cla_placement_distance | clap_cla_placement_urn
        1 | 70 |    | 2015-01-01 | 2015-03-01 | U4 | PR4 | 12.3456 | SC123
        2 | 71 | a1 | 2016-05-01 |            | K2 | PR1 |         |
        3 | 99 |    | 2016-05-01 |            | K2 | PR1 |         |
        """,  # noqa: E501
    )
    columns = "person_id, start_date, end_date, type, provider, is_long_term, urn, distance_hundredths"
    assert desk.rows("placement", columns) == [
        ("a1", "2015-01-01", "2015-03-01", "U4", "PR4", 1, "SC123", 1235),
        ("a1", "2016-05-01", None, "K2", "PR1", 0, None, None),
    ]
    (lost,) = desk.ledger("rejected")
    assert (lost.unit, lost.row) == ("ssd_cla_placement", 4)


def test_times_missing_from_care_and_from_home(desk: Desk) -> None:
    load(
        desk,
        ssd_cla_episodes=EPISODES,
        ssd_missing="""
        miss_table_id | miss_person_id | miss_missing_episode_start_date | miss_missing_episode_type | miss_missing_episode_end_date | miss_missing_rhi_offered | miss_missing_rhi_accepted
        1 | a1 | 2015-06-01 22:15:00.000 | Missing | 2015-06-02 07:00 | Y  | N
        2 | a1 | 2016-03-01              | Absent  |                  | NA | NA
        3 | d4 | 2016-03-01 10:00        | M       | 2016-03-01 11:00 | N  |
        """,  # noqa: E501
    )
    columns = "person_id, started_at, ended_at, kind, is_looked_after, rhi_offered, rhi_accepted"
    assert desk.rows("missing_episode", columns) == [
        ("a1", "2015-06-01 22:15:00", "2015-06-02 07:00:00", "M", 1, 1, 0),
        ("a1", "2016-03-01 00:00:00", None, "A", 0, None, None),
        ("d4", "2016-03-01 10:00:00", "2016-03-01 11:00:00", "M", 0, 0, None),
    ]
    # It does not tell when an interview was held, so nothing can be said of 72 hours.
    assert "rhi_completed_at" not in desk.record.deliveries()[0].tables["missing_episode"].columns


def test_care_leavers_are_as_they_were_on_the_day_of_the_extract(desk: Desk) -> None:
    load(
        desk,
        ssd_care_leavers="""
        clea_table_id | clea_person_id | clea_care_leaver_eligibility | clea_care_leaver_in_touch | clea_care_leaver_latest_contact | clea_care_leaver_accommodation | clea_care_leaver_accom_suitable | clea_care_leaver_activity | clea_pathway_plan_review_date | clea_care_leaver_allocated_team
        1 | a1 | Former relevant child    | YES  | 2017-05-01 | U: Independent living | Suitable   | F2 | 1900-01-01 | 7
        2 | a1 | Relevant child           | NO   | 2016-05-01 | X: In custody         | Unsuitable | G5 |            | 7
        3 | b2 | No Current Eligibility   | YES  | 2017-05-01 |                       |            |    |            |
        4 | c3 | Qualifying               | DIED |            | R                     |            |    | 2017-01-01 | -1
        """,  # noqa: E501
    )
    columns = (
        "person_id, as_at, eligibility, in_touch, last_contact_date, accommodation, is_suitable, activity,"
        " pathway_review_date, exclusion, accommodation_exclusion, team_id"
    )
    assert desk.rows("care_leaver_status", columns) == [
        ("a1", "2017-07-03", "former_relevant", 1, "2017-05-01", "U", 1, "F2", None, None, None, "7"),
        (
            "c3",
            "2017-07-03",
            "qualifying",
            None,
            None,
            "R",
            None,
            None,
            "2017-01-01",
            "died",
            "residence_unknown",
            None,
        ),
    ]
    assert [(each.row, each.kind) for each in desk.ledger("rejected")] == [(3, "repeated"), (4, "unused")]


def test_the_way_to_adoption(desk: Desk) -> None:
    load(
        desk,
        ssd_cla_episodes=EPISODES,
        ssd_permanence="""
        perm_table_id | perm_person_id | perm_cla_id | perm_adm_decision_date | perm_placement_order_date | perm_matched_date | perm_placed_for_adoption_date | perm_permanence_order_date | perm_permanence_order_type | perm_adopted_by_carer_flag | perm_placed_foster_carer_date
        1 | a1 | 70 | 2014-09-01 | 2014-12-01 | 2015-02-01 | 2015-03-01 | 2016-01-01 | Adoption | Y | 2014-06-01
        2 | a1 |    | 2016-09-01 |            |            |            |            |          | N |
        3 | b2 |    |            |            |            |            | 2017-01-01 | SGO      |   |
        4 | z9 |    | 2016-09-01 |            |            |            |            |          |   |
        """,  # noqa: E501
    )
    columns = "person_id, entered_care, decision_date, placed_date, order_date, adopted_by_carer, carer_date"
    assert desk.rows("adoption", columns) == [
        ("a1", "2014-06-01", "2014-09-01", "2015-03-01", "2016-01-01", 1, "2014-06-01"),
        ("a1", "2016-05-01", "2016-09-01", None, None, 0, None),
    ]
    assert [(each.row, each.kind) for each in desk.ledger("rejected")] == [(4, "unused"), (5, "other")]


def test_scores_and_permanence_before_care(desk: Desk) -> None:
    load(
        desk,
        ssd_sdq_scores="""
        csdq_table_id | csdq_person_id | csdq_sdq_completed_date | csdq_sdq_reason | csdq_sdq_score
        1 | a1 | 2016-05-01 |      | 17
        2 | a1 | 2017-05-01 | SDQ2 |
        """,
        ssd_cla_previous_permanence="""
        lapp_table_id | lapp_person_id | lapp_previous_permanence_order_date | lapp_previous_permanence_option | lapp_previous_permanence_la
        1 | a1 | 2012-05-01 | P1 | E10000016
        """,  # noqa: E501
    )
    assert desk.rows("sdq_score") == [("a1", "2016-05-01", 17, None), ("a1", "2017-05-01", None, "SDQ2")]
    assert desk.rows("previous_permanence") == [("a1", "P1", "2012-05-01", "E10000016")]
