"""Contacts, the MASH, early help and referrals."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "contact",
        "A contact about a child; one row a child named",
        key="person_id contact_date source_code",
        event="contact_date",
        columns="""
        person_id         text!                 the child
        contact_date      date!                 the day it was received
        source_code       code:referral_source  who made it
        contact_id        text                  the case system's id
        contact_group_id  text                  one call about several children
        decision_date     date                  the day the next step was decided
        outcome           code:contact_outcome  nfa, advice, early_help, referral, existing_case, other
        on_open_case      flag                  1 when the child's case was open already
        domestic_abuse    flag                  1 when domestic abuse was named
        team_id           team                  the team that took it or whose area it concerns
        recorded_on       date                  the day it was typed in
    """,
    ),
    draw(
        "mash_enquiry",
        "An enquiry of the Multi-Agency Safeguarding Hub",
        key="enquiry_id",
        event="opened_on",
        columns="""
        enquiry_id          text!             the enquiry's id
        person_id           text!             the child
        contact_id          text              the contact it came from
        opened_on           date!             the day it was opened
        opened_at           timestamp         when it was opened
        rating              code:mash_rating  red, amber or green at opening
        closed_at           timestamp         when the decision to share information was made
        partner_waited_for  text              the agency whose answer came last
        team_id             team              the team, or the quadrant's team before central collation
        recorded_on         date              the day it was typed in
    """,
    ),
    draw(
        "early_help_episode",
        "An early help plan or episode of a child",
        key="person_id start_date",
        event="start_date",
        columns="""
        person_id     text!                the child
        start_date    date!                when it began
        family_id     text                 the family
        end_date      date                 when it ended; empty while open
        end_reason    code:eh_end_reason   needs_met, disengaged, moved_away, step_up, transfer
        organisation  text                 who leads the plan
        level         text                 the tier or level of help, as the council names it
        came_from     code:eh_origin       how it came to early help: contact, step_down, self, partner, other
        assessment_start date              when the early help assessment began; empty: with the episode
        assessment_end date                when the early help assessment was completed
        team_id       team                 the team
        recorded_on   date                 the day it was typed in
    """,
    ),
    draw(
        "referral",
        "A referral (a CIN episode)",
        key="person_id referral_date",
        event="referral_date",
        states="case_status",
        columns="""
        person_id          text!                 the child
        referral_date      date!                 the day it was received
        source_code        code:referral_source  who referred
        primary_need_code  code:primary_need     N0 to N9
        nfa                flag                  1 when no further action was decided
        close_date         date                  the day the case closed; empty while open
        close_reason       code:closure_reason   RC1 to RC9
        case_status        text                  as Annex A list 6 gives it, at its extract
        team_id            team                  the team allocated
        recorded_on        date                  the day it was typed in
        reported_referrals_12m  integer          the count a return gives, for reconciliation only
    """,
    ),
)
