"""What partners were asked for and gave: information, attendance, reports, and children's days at school."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "partner_request",
        "What the Multi-Agency Safeguarding Hub asked one agency for in an enquiry",
        key="enquiry_id agency asked_on",
        event="asked_on",
        columns="""
        enquiry_id   text!         the enquiry of `mash_enquiry`, which has the child, the rating and the team
        agency       code:agency!  police, health, education, probation, housing, ...
        asked_on     date!         the day it was asked
        asked_at     timestamp     when it was asked
        answered_at  timestamp     when the answer came; empty while it has not
        recorded_on  date          the day it was typed in
    """,
    ),
    draw(
        "strategy_attendance",
        "One agency's place at the strategy discussion that began a section 47 enquiry about a child",
        key="person_id discussion_date agency",
        event="discussion_date",
        columns="""
        person_id        text!         the child
        discussion_date  date!         the day of the discussion, on which the enquiry of `s47` began
        agency           code:agency!  police, health, education, ...
        attended         flag          1 when it took part; empty when not recorded
        recorded_on      date          the day it was typed in
    """,
    ),
    draw(
        "conference_report",
        "A report that one agency was asked for, for a child protection conference about a child",
        key="person_id conference_date agency",
        event="conference_date",
        columns="""
        person_id        text!         the child
        conference_date  date!         the day of the conference, initial or review
        agency           code:agency!  police, health, education, ...
        received_on      date          the day the report came; empty while it has not
        team_id          team          the child's team
        recorded_on      date          the day it was typed in
    """,
    ),
    draw(
        "school_attendance",
        "A child's half-day sessions at school in one term, as the virtual school collects them",
        key="person_id term_end",
        event="term_end",
        columns="""
        person_id          text!    the child
        term_end           date!    last day of the term, one day for the whole council
        possible_sessions  integer! half-days on which the school was open to the child
        attended_sessions  integer! of those, half-days attended
    """,
    ),
)
