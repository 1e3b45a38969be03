"""Teams, workers, establishment, the academy, audits, and what happened in the organisation itself."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "team",
        "A team and the area it belongs to, over time",
        key="team_id valid_from",
        event=None,
        columns="""
        team_id     text!  the council's own id of the team
        team_name   text   as people write it; other formats name teams by it
        service     text   mash, assessment, family_support, looked_after, care_leavers, disability, early_help, uasc, reviewing
        area_id     text!  an area of compendium.toml, or 'countywide'
        valid_from  date!  first day of this row
        valid_to    date   first day on which it no longer holds; empty while it does
    """,
    ),
    draw(
        "department",
        "A team as the case system lists it; what `team` says of it comes first",
        key="department_id",
        event=None,
        columns="""
        department_id    text!  the case system's id
        department_name  text   its name
        parent_id        text   the id of the department above it
    """,
    ),
    draw(
        "worker",
        "A social worker or other case holder, over time",
        key="worker_id start_date",
        event=None,
        columns="""
        worker_id       worker!     payroll or registration number
        role            text        senior_manager, middle_manager, first_line_manager, senior_practitioner, case_holder, qualified_without_cases, personal_adviser, early_help_worker
        team_id         team        the team on payroll
        fte_hundredths  hundredths  contracted hours over standard hours: 100 is full time
        is_agency       flag        1 for an agency (locum) worker
        is_registered   flag        1 when registered with Social Work England (or its forerunner)
        is_asye         flag        1 in the assessed and supported year in employment
        start_date      date!       first day in this role, team and hours; 1995-01-01 where the source gives no dates
        end_date        date        first day no longer so; empty while it holds
    """,
    ),
    draw(
        "establishment",
        "Posts, people and agency cover, each month and team",
        key="month_end team_id role",
        event="month_end",
        columns="""
        month_end                 date!       last day of the month
        team_id                   team!       the team
        role                      text!       social_worker or another role
        establishment_hundredths  hundredths  funded posts, FTE
        in_post_hundredths        hundredths  directly employed, FTE
        agency_hundredths         hundredths  agency workers, FTE
        cover_hundredths          hundredths  of those agency workers, covering a vacancy, FTE
        vacancy_hundredths        hundredths  vacant posts, FTE
        starters_hundredths       hundredths  joined in the month, FTE
        leavers_hundredths        hundredths  left in the month, FTE
        sickness_days_hundredths  hundredths  working days lost in the month
    """,
    ),
    draw(
        "workforce_return",
        "What the yearly workforce census says of the whole authority",
        key="as_at",
        event="as_at",
        columns="""
        as_at                 date!       the day of the census, 30 September
        vacancies_hundredths  hundredths  vacant posts, FTE
        agency_hundredths     hundredths  agency workers, FTE
        agency_headcount      integer     agency workers, people
    """,
    ),
    draw(
        "worker_return",
        "What the yearly workforce census says of a social worker: in post on its day, or left in the year before it",
        key="worker_id as_at",
        event="as_at",
        columns="""
        worker_id             worker!     Social Work England registration number
        as_at                 date!       the day of the census, 30 September
        is_agency             flag        1 for an agency (locum) worker
        role                  text        senior_manager, middle_manager, first_line_manager, senior_practitioner, case_holder, qualified_without_cases
        fte_millionths        millionths  contracted hours over standard hours; of a leaver, those on leaving
        start_date            date        when the role began
        end_date              date        when it ended; empty while it lasts
        origin                code:worker_origin  where the worker came from
        destination           code:worker_destination  where a leaver went
        leaving_reason        code:worker_leaving_reason  why
        cases                 integer     children held on the day
        cases_fte_millionths  millionths  hours of holding them, over standard hours
        days_lost_hundredths  hundredths  working days lost to sickness in the year
        is_absent             flag        1 when absent on the day
        absence_reason        code:worker_absence  why
        is_asye               flag        1 in the assessed and supported year in employment
    """,
    ),
    draw(
        "agency_booking",
        "An agency (locum) worker's booking",
        key="booking_id",
        event="start_date",
        columns="""
        booking_id      text!       the booking's id
        team_id         team!       where
        fte_hundredths  hundredths  hours booked over standard hours
        start_date      date!       first day
        end_date        date        first day no longer booked
        covers_vacancy  flag        1 when it covers a vacant post
    """,
    ),
    draw(
        "academy_cohort",
        "A cohort of the social worker academy",
        key="cohort_id",
        event="start_date",
        columns="""
        cohort_id     text!    the cohort's name
        start_date    date!    when it began
        headcount     integer  people who began
        qualifies_on  date     when those who stay can take a post
        team_id       team     where they are placed, if known
    """,
    ),
    draw(
        "academy_trainee",
        "Someone learning social work in the academy, from the first day until in a post or gone",
        key="worker_id start_date",
        event="start_date",
        columns="""
        worker_id     worker!  payroll or registration number
        cohort_id     text     the cohort's name
        start_date    date!    when the person began
        qualifies_on  date     when the person can take a post, if all goes well
        converted_on  date     when the person took a post and cases; empty until then
        left_on       date     when the person left the programme or, after it, the council; empty while here
        team_id       team     where the person is placed
    """,
    ),
    draw(
        "worker_starter",
        "A social worker who joined the council's own staff",
        key="worker_id start_date",
        event="start_date",
        columns="""
        worker_id       worker!             payroll or registration number
        start_date      date!               first day
        team_id         team                where
        fte_hundredths  hundredths          contracted hours over standard hours: 100 is full time
        route           code:starter_route  how the person came
    """,
    ),
    draw(
        "supervision",
        "A supervision of one worker by the worker's manager",
        key="worker_id supervised_on",
        event="supervised_on",
        columns="""
        worker_id      worker!  who was supervised
        supervised_on  date!    the day it was held
        team_id        team     the worker's team
    """,
    ),
    draw(
        "local_event",
        "A dated change in the organisation that figures are read with: a hub opened, a freeze began",
        key="event_id",
        event=None,
        columns="""
        event_id    text!  the council's own name of it
        kind        text!  agency_freeze, mash_opened, new_posts, ...
        start_date  date!  first day
        end_date    date   first day on which it no longer holds; empty while it does
        area_id     text   an area, where it concerned that area only
        says        text   what it was, in words that name no one
    """,
    ),
    draw(
        "audit",
        "A case audit",
        key="audit_id",
        event="audit_date",
        columns="""
        audit_id         text!                 the audit's id
        audit_date       date!                 the day it was completed
        person_id        text                  the child, where one case was audited
        team_id          team                  whose practice was audited
        theme            text                  assessment, planning, re_referral, ...
        auditor_role     text                  who audited, as a role
        sampling         text                  random, targeted or thematic
        grade            code:audit_grade      as first graded
        moderated_grade  code:audit_grade      after moderation, if moderated
        reaudit_of       text                  the audit this one repeats
    """,
    ),
    draw(
        "audit_dimension",
        "The grade of one area of practice within an audit",
        key="audit_id dimension",
        event="audit_date",
        columns="""
        audit_id    text!             the audit
        audit_date  date!             the audit's day
        dimension   text!             voice_of_child, analysis, planning, management_oversight, timeliness, ...
        grade       code:audit_grade  outstanding, good, requires_improvement, inadequate
    """,
    ),
    draw(
        "audit_action",
        "Something to be done because of an audit",
        key="action_id",
        event="agreed_on",
        columns="""
        action_id  text!  the action's id
        audit_id   text!  the audit
        team_id    team   who must do it
        what       text   in words that name no child
        agreed_on  date!  when
        due_date   date   by when
        done_date  date   when it was done; empty while open
    """,
    ),
)
