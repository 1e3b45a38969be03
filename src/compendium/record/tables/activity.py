"""Assessments, section 47, conferences, plans, reviews, visits."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "assessment",
        "A Child and Family assessment",
        key="person_id start_date",
        event="start_date",
        columns="""
        person_id      text!  the child
        start_date     date!  the day it began
        referral_date  date   of the referral it belongs to
        internal_review_date date  the review point set by the manager
        auth_date      date   the day a manager authorised it; empty while open
        child_seen     flag   1 when the child was seen
        needs_support  flag   1 when support was found to be required
        team_id        team   the team
        recorded_on    date   the day its completion was typed in
    """,
    ),
    draw(
        "assessment_factor",
        "A factor identified at the end of an assessment",
        key="person_id start_date factor_code",
        event="start_date",
        columns="""
        person_id    text!                    the child
        start_date   date!                    the assessment's start
        factor_code  code:assessment_factor!  the DfE code
    """,
    ),
    draw(
        "s47",
        "A section 47 enquiry",
        key="person_id start_date",
        event="start_date",
        columns="""
        person_id          text!    the child
        start_date         date!    the strategy discussion that began it
        end_date           date     when it was concluded; empty while open
        nfa                flag     1 when it was concluded with no further action
        referral_date      date     of the referral it belongs to
        icpc_target        date     the target day of the conference, as reported
        icpc_not_required  flag     1 when a conference was not required
        team_id            team     the team
        recorded_on        date     the day it was typed in
        reported_s47_12m   integer  the count a return gives, for reconciliation only
    """,
    ),
    draw(
        "icpc",
        "An initial child protection conference about a child",
        key="person_id s47_start_date icpc_date",
        event="icpc_date",
        columns="""
        person_id        text!  the child
        icpc_date        date!  the day it was held
        s47_start_date   date   the start of the enquiry that led to it; empty for a transfer in
        referral_date    date   of the referral it belongs to
        transfer_in      flag   1 when the child moved in on another authority's plan
        outcome_cp_plan  flag   1 when it ended in a plan
        is_quorate       flag   1 when enough agencies were there
        participation    text   how the child took part, as coded: PN0 to PN7
        team_id          team   the team
        recorded_on      date   the day it was typed in
    """,
    ),
    draw(
        "cin_plan",
        "A child in need plan",
        key="person_id start_date",
        event="start_date",
        columns="""
        person_id      text!  the child
        start_date     date!  when it began
        end_date       date   when it ended; empty while open
        referral_date  date   of the referral it belongs to
        team_id        team   the team
    """,
    ),
    draw(
        "cin_plan_review",
        "A review of a child in need plan",
        key="person_id review_date",
        event="review_date",
        columns="""
        person_id    text!  the child
        review_date  date!  the day it was held
        recorded_on  date   the day it was typed in
    """,
    ),
    draw(
        "cp_plan",
        "A child protection plan",
        key="person_id start_date",
        event="start_date",
        states="latest_category",
        columns="""
        person_id         text!                the child
        start_date        date!                when it began
        end_date          date                 when it ended; empty while open
        referral_date     date                 of the referral it belongs to
        initial_category  code:abuse_category  NEG, PHY, SAB, EMO, MUL
        latest_category   code:abuse_category  the same, latest
        previous_plans    integer              earlier plans, as recorded
        other_la          flag                 1 for a temporary plan held for another authority
        team_id           team                 the team
        recorded_on       date                 the day it was typed in
    """,
    ),
    draw(
        "cp_review",
        "A review conference of a child protection plan",
        key="person_id plan_start_date review_date",
        event="review_date",
        columns="""
        person_id        text!  the child
        plan_start_date  date!  the plan's start
        review_date      date!  the day it was held
        is_quorate       flag   1 when enough agencies were there
        participation    text   how the child took part, as coded: PN0 to PN7
        recorded_on      date   the day it was typed in
    """,
    ),
    draw(
        "core_group",
        "A meeting of the core group of a child's protection plan",
        key="person_id meeting_date",
        event="meeting_date",
        columns="""
        person_id     text!  the child
        meeting_date  date!  the day it was held
        team_id       team   the team
        recorded_on   date   the day it was typed in
    """,
    ),
    draw(
        "visit",
        "A social worker's visit",
        key="person_id kind visit_date",
        event="visit_date",
        columns="""
        person_id    text!            the child
        kind         code:visit_kind! cp, cin, lac, care_leaver
        visit_date   date!            the day
        seen         flag             1 when the child was seen; empty when not recorded
        seen_alone   flag             1 when the child was seen alone
        place        text             home, school, other
        worker_id    worker           who visited
        team_id      team             the team
        recorded_on  date             the day it was typed in
    """,
    ),
    draw(
        "pre_proceedings",
        "Pre-proceedings and family group decision-making",
        key="person_id start_date",
        event="start_date",
        columns="""
        person_id             text!    the child
        start_date            date!    when pre-proceedings began
        referral_date         date     of the referral it belongs to
        letter_sent_date      date     letter before proceedings
        fgdm_offered          flag     a family group decision-making meeting was offered
        fgdm_facilitated      flag     and facilitated
        initial_meeting_date  date     first meeting
        review_meetings       integer  review meetings held
        step_decision_date    date     decision to step up or down
        outcome               text     as coded
        court_date            date     application to court
        letter_issue_date     date     letter of intent to issue
    """,
    ),
)
