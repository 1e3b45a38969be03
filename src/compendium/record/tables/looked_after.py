"""Children looked after, missing, adoption, care leavers."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "lac_period",
        "A period of being looked after",
        key="person_id start_date",
        event="start_date",
        states="legal_status legal_status_date review_due_date permanence_plan",
        columns="""
        person_id     text!              the child
        start_date    date!              the day it began
        end_date      date               the day it ceased; empty while it lasts
        end_reason    text               the SSDA903 code of ceasing
        need_code     code:primary_need  category of need
        legal_status  code:legal_status  latest; V3 and V4 are short-term series
        legal_status_date date           since when
        is_uasc       flag               1 for an unaccompanied asylum-seeking child
        review_due_date date             the latest review's due date as the case system gives it
        permanence_plan text             as coded
        health_assessment_date date      latest health assessment
        dental_check_date date           latest dental check
        reported_placements_12m integer  the count a return gives, for reconciliation only
        reported_missing_12m integer     likewise
        reported_absent_12m integer      likewise
        team_id       team               the team
        recorded_on   date               the day it was typed in
    """,
    ),
    draw(
        "lac_episode",
        "An episode of being looked after: as long as neither legal status nor placement changes. Periods, placements and legal statuses are also made of these",
        key="person_id start_date",
        event="start_date",
        columns="""
        person_id      text!                          the child
        start_date     date!                          the day it began (DECOM)
        start_reason   code:episode_start_reason      why it began (RNE): S starts a period, L changes the legal status only
        legal_status   code:legal_status              the SSDA903 code
        need_code      code:primary_need              category of need
        type           code:placement_type            the SSDA903 code of the placement
        provider       code:placement_provider        the SSDA903 code of the provider
        urn            text                           Ofsted's number of the home or agency
        location       text                           inside or outside the authority, as expanded returns tell it
        distance_hundredths  hundredths               miles from home, times 100, as expanded returns tell it
        end_date       date                           the day it ceased (DEC); empty while it lasts
        end_reason     code:care_end_reason           why it ceased (REC); X1 when another begins the same day
        change_reason  code:placement_change_reason   why the placement changed when it ceased
        is_uasc        flag                           1 for an unaccompanied asylum-seeking child
    """,
    ),
    draw(
        "legal_status",
        "A legal status of a looked-after child",
        key="person_id start_date",
        event="start_date",
        columns="""
        person_id   text!              the child
        start_date  date!              the day from which it held
        end_date    date               the day it ended; empty while it holds
        code        code:legal_status  the SSDA903 code
    """,
    ),
    draw(
        "placement",
        "A placement of a looked-after child",
        key="person_id start_date",
        event="start_date",
        columns="""
        person_id     text!                the child
        start_date    date!                the day it began
        end_date      date                 the day it ended; empty while it lasts
        type          code:placement_type  the SSDA903 code; T0 to T4 are temporary
        provider      text                 the SSDA903 code of the provider
        carer_id      text                 the carer or home, where the case system holds it
        is_long_term  flag                 1 when meant to last to 18
        location      text                 inside or outside the authority
        la_of_placement text               as given
        urn           text                 Ofsted's number of the home or agency
        distance_hundredths  hundredths    miles from home, times 100
        is_same_carer flag                 1 when the carers are those of the placement before it
        is_registered flag                 0 when the home must be registered with Ofsted and is not; 1 for any other
        change_reason code:placement_change_reason  why it ended, where another followed
        recorded_on   date                 the day it was typed in
    """,
    ),
    draw(
        "lac_review",
        "A review of a looked-after child's case",
        key="person_id review_date",
        event="review_date",
        columns="""
        person_id      text!                 the child
        review_date    date!                 the day it was held
        participation  code:participation    PN0 to PN7
        recorded_on    date                  the day it was typed in
    """,
    ),
    draw(
        "missing_episode",
        "A time missing from home or placement",
        key="person_id started_at",
        event="started_on",
        columns="""
        person_id         text!      the child
        started_on        date!      the day it began
        started_at        timestamp  when it began
        ended_at          timestamp  when the child was back
        kind              code:missing_kind  missing, or away without authorisation
        is_looked_after   flag       1 when missing from care
        rhi_offered       flag       1 when a return home interview was offered, where no time is given
        rhi_offered_at    timestamp  return home interview offered
        rhi_accepted      flag       1 when accepted
        rhi_completed_at  timestamp  return home interview held
        team_id           team       the team
        recorded_on       date       the day it was typed in
    """,
    ),
    draw(
        "care_leaver_status",
        "What is known of a care leaver on a day",
        key="person_id as_at",
        event="as_at",
        columns="""
        person_id            text!  the young person
        as_at                date!  the day of the extract, or of the change
        eligibility          text   relevant, former_relevant, qualifying, eligible
        in_touch             flag   1 when the authority is in touch
        last_contact_date    date   latest contact
        accommodation        text   the SSDA903 letter
        is_suitable          flag   1 when the accommodation is suitable
        activity             text   the SSDA903 code; empty when not known
        pathway_review_date  date   latest review of the pathway plan
        exclusion            text   died, returned_home or transferred: leaves every denominator
        accommodation_exclusion  text  abroad, deported or residence_unknown
        team_id              team   the team
        worker_id            worker the personal adviser
    """,
    ),
    draw(
        "adoption",
        "The way of a child to adoption",
        key="person_id entered_care",
        event=None,
        columns="""
        person_id         text!  the child
        entered_care      date!  the day the child entered care
        family_id         text   the family identifier
        decision_date     date   decision that the child should be placed
        placement_order   date   placement order
        matched_date      date   matched
        placed_date       date   placed for adoption
        order_date        date   adoption order
        reversed_date     date   decision that the child should no longer be placed
        reversed_reason   text   why
        ffa_date          date   placed for fostering for adoption
        adopted_by_carer  flag   1 when the child's own foster carers adopt
        carer_date        date   the day the child came to those carers
    """,
    ),
    draw(
        "adoption_decision",
        "A decision about a child's adoption, as a return tells it. The way to adoption is also made of these, and of episodes",
        key="person_id decision_date",
        event=None,
        columns="""
        person_id         text!  the child
        decision_date     date!  decision that the child should be placed for adoption
        matched_date      date   matched
        adopted_by_carer  flag   1 when the child's own foster carers adopt
        reversed_date     date   decision that the child should no longer be placed
        reversed_reason   code:adoption_reversal_reason  why
    """,
    ),
    draw(
        "health_check",
        "A health or dental check of a looked-after child",
        key="person_id kind check_date",
        event="check_date",
        columns="""
        person_id   text!                    the child
        kind        code:health_check_kind!  initial, review or dental
        check_date  date!                    the day
        refused     flag                     1 when it was offered and refused: it was not had then
        by_doctor   flag                     1 when a registered medical practitioner made it, as an initial one needs
        delay_cause text                     why an initial one was late: late_notice, health_capacity, other
    """,
    ),
    draw(
        "pep_review",
        "A review of a looked-after child's personal education plan, or its making",
        key="person_id pep_date",
        event="pep_date",
        columns="""
        person_id    text!  the child
        pep_date     date!  the day it was made or reviewed
        recorded_on  date   the day it was typed in
    """,
    ),
    draw(
        "sdq_score",
        "A score of the strengths and difficulties questionnaire",
        key="person_id completed_date",
        event="completed_date",
        columns="""
        person_id       text!    the child
        completed_date  date!    the day it was completed
        score           integer  0 to 40; empty when none was given
        reason          text     why there is no score, as coded
    """,
    ),
    draw(
        "lac_health",
        "The health of a child looked after for a year or more, as a return tells it once a year",
        key="person_id as_at",
        event="as_at",
        columns="""
        person_id              text!            the child
        as_at                  date!            the end of the year told of
        sdq_score              integer          strengths and difficulties questionnaire, 0 to 40
        sdq_reason             code:sdq_reason  why there is no score
        health_assessment      flag             1 when assessments are up to date
        dental_check           flag             1 when the teeth were checked in the year
        immunisations          flag             1 when up to date
        health_check           flag             1 when development checks of a child under 5 are up to date
        substance_misuse       flag             1 when a problem was identified
        intervention_received  flag             1 when help for it was received
        intervention_offered   flag             1 when it was offered and refused
        convicted              flag             1 when convicted, or made subject of a final warning, in the year
    """,
    ),
    draw(
        "previous_permanence",
        "What a looked-after child left that had been meant to last",
        key="person_id",
        event=None,
        columns="""
        person_id   text!                     the child
        kind        code:previous_permanence  adoption, special guardianship, ...
        order_date  date                      the day of that order
        authority   text                      where it was made, as coded
    """,
    ),
    draw(
        "deprivation_of_liberty",
        "An order that lets a looked-after child be deprived of liberty",
        key="person_id start_date",
        event="start_date",
        columns="""
        person_id   text!  the child
        start_date  date!  the day from which it held
        end_date    date   the day it ended; empty while it holds
    """,
    ),
    draw(
        "adopter",
        "A prospective adopter",
        key="adopter_id enquiry_date",
        event=None,
        columns="""
        adopter_id        text!    the adopter
        enquiry_date      date!    enquiry received
        family_id         text     the family identifier
        sex               code:sex M, F, U
        ethnicity         code:ethnicity  the DfE code
        is_disabled       flag     1 when a disability is recorded
        is_ffa            flag     1 when fostering for adoption
        stage1_start      date     stage 1
        stage1_end        date     stage 1
        stage2_start      date     stage 2
        stage2_end        date     stage 2
        application_date  date     application submitted
        approved_date     date     approved
        matched_date      date     matched
        placed_date       date     children placed
        children_placed   integer  how many
        order_date        date     adoption order
        left_date         date     left the process
        left_reason       text     why
    """,
    ),
)
