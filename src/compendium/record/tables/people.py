"""Children and who holds their case."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "person",
        "A child or young person known to the service; no names",
        key="person_id",
        event=None,
        states="sex expected_dob upn_unknown",
        columns="""
        person_id     text!           the child's id in the case system
        sex           code:sex        M, F, U
        ethnicity     code:ethnicity  the DfE four-letter code
        dob           date            date of birth; empty while unborn
        expected_dob  date            expected date of birth of an unborn child
        death_date    date            date of death
        is_disabled   flag            1 when any disability is recorded, 0 when NONE is
        is_uasc       flag            1 for an unaccompanied asylum-seeking child
        upn_unknown   code:upn_unknown  why there is no pupil number
    """,
    ),
    draw(
        "person_disability",
        "A disability recorded for a child",
        key="person_id disability",
        event=None,
        columns="""
        person_id   text!             the child
        disability  code:disability!  the DfE code
    """,
    ),
    draw(
        "involvement",
        "A worker's allocation to a child",
        key="person_id worker_id start_date",
        event="start_date",
        columns="""
        person_id   text!    the child
        worker_id   worker!  the worker
        team_id     team     the worker's team for this case
        role        text     case_holder, personal_adviser, reviewing_officer, early_help_worker; social_worker as a return names one
        start_date  date!    first day
        end_date    date     first day no longer allocated; empty while it lasts
    """,
    ),
    draw(
        "allocation_seen",
        "Who held a case on the day of an extract that gives no dates",
        key="person_id as_at",
        event="as_at",
        columns="""
        person_id  text!   the child
        as_at      date!   the day of the extract
        team_id    team    the team named
        worker_id  worker  the worker named
    """,
    ),
    draw(
        "person_link",
        "An id of a child that is used no more, and the one in its place, as somebody decided",
        key="person_id linked_to",
        event=None,
        columns="""
        person_id   text!              the id that is used no more
        linked_to   text!              the id under which the child is known now
        reason      code:link_reason!  born, adoption, migration or duplicate
        decided_by  text!              who decided it, as a role
        decided_on  date!              when
        undone_on   date               when it was found to be wrong; empty while it holds
        evidence    text               what it was decided on, in words that name no child
    """,
    ),
    draw(
        "family",
        "A child's family",
        key="person_id family_id",
        event=None,
        columns="""
        person_id  text!  the child
        family_id  text!  the family
    """,
    ),
)
