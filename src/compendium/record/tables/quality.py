"""How good the work is: the plan of audits, deep dives, complaints."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "audit_plan",
        "An audit that was planned, and whether it has been completed",
        key="planned_id",
        event="due_date",
        columns="""
        planned_id    text!  the plan's own number of it
        due_date      date!  by when it is to be completed
        team_id       team   whose practice is to be audited
        theme         text   assessment, planning, re_referral, ...
        service       text   the service, as the plan names it
        completed_on  date   when it was completed and authorised or moderated; empty until then
        audit_id      text   the audit that was made
    """,
    ),
    draw(
        "deep_dive",
        "A closer look at practice, asked for because of a figure",
        key="deep_dive_id",
        event="commissioned_on",
        columns="""
        deep_dive_id     text!  its id
        commissioned_on  date!  when it was asked for
        indicator        text   the indicator that gave cause for it, by its id
        edition          text   the month of the edition that showed it, as 2017-01
        question         text   what it is to answer, in words that name no child
        due_date         date   by when it is to report
        reported_on      date   when it reported; empty until then
        finding          text   what it found, in words that name no child
        action_id        text   the action that followed
    """,
    ),
    draw(
        "complaint",
        "A complaint under the children's complaints procedure, at one stage",
        key="complaint_id stage",
        event="received_on",
        columns="""
        complaint_id   text!    its id
        stage          integer! 1, 2 or 3
        received_on    date!    the day on which the stage's clock began
        responded_on   date     when it was answered; empty until then
        withdrawn_on   date     when it was withdrawn, if it was
        is_extended    flag     1 when the time to answer was extended
        person_id      text     the child, where known
        team_id        team     about whose work
        theme          text     delay, communication, a decision, staff, ...
        outcome        text     upheld, partly_upheld, not_upheld
    """,
    ),
)
