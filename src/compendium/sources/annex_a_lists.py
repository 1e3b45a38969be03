"""The eleven lists of Ofsted's Annex A: their columns, and the canonical tables they feed. Drawn as text.

A column: our name for it, how it is read (see `annex_a_values.py`), its header, and after bars the
other headers it goes by: those of other years, and those the Standard Safeguarding Dataset's own
export gives it. Headers are compared by letters and digits alone.
"""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass

from compendium.sources.feeds import Feed, draw_feeds


@dataclass(frozen=True)
class ListColumn:
    name: str
    kind: str
    headers: tuple[str, ...]


@dataclass(frozen=True)
class AnnexList:
    """held: the column that, when its day has come, says that the case is closed (for who holds a case now)."""

    number: int
    title: str
    columns: tuple[ListColumn, ...]
    feeds: tuple[Feed, ...]
    covers: tuple[str, ...]
    grain: str  # event | latest_only | snapshot | none
    closed_by: str | None = None

    @property
    def unit(self) -> str:
        return f"List {self.number}: {self.title}"


CHILD = """
    person_id  id              Child Unique ID
    sex        code:sex        Gender | Sex
    ethnicity  code:ethnicity  Ethnicity
    birth      birth           Date of Birth
    age        age             Age of Child (Years) | Age
"""
DISABILITY = """
    is_disabled  disabled  Does the Child have a Disability | HasDisability | Disability
"""
TEAM = """
    team_id  text    Allocated Team
    worker   worker  Allocated Worker
"""


def _draw(
    number: int,
    title: str,
    columns: str,
    feeds: str,
    *,
    grain: str = "none",
    covers: str = "",
    closed_by: str | None = None,
) -> AnnexList:
    drawn = []
    for line in columns.strip().splitlines():
        if line.strip():
            name, kind, headers = line.split(maxsplit=2)
            drawn.append(ListColumn(name, kind, tuple(header.strip() for header in headers.split(" | "))))
    return AnnexList(number, title, tuple(drawn), draw_feeds(feeds), tuple(covers.split()), grain, closed_by)


LISTS: tuple[AnnexList, ...] = (
    _draw(1, "Contacts", CHILD + """
        contact_date  day                   Date of Contact
        source_code   code:referral_source  Contact Source
    """, """
        contact! person_id contact_date source_code
    """, grain="event", covers="contact"),
    _draw(2, "Early Help", CHILD + """
        start_date      day   Assessment start date
        assessment_end  day   Assessment completion date
        organisation    text  Organisation completing assessment
    """, """
        early_help_episode! person_id start_date assessment_end organisation
    """, grain="latest_only", covers="early_help_episode"),
    _draw(3, "Referral", CHILD + """
        referral_date  day                   Date of referral | Referral Date
        source_code    code:referral_source  Referral Source
        nfa            flag                  Referral NFA?
        reported       whole                 Number of Referrals in Last 12 Months | Referrals Last 12 Months
    """ + TEAM, """
        referral! person_id referral_date source_code nfa team_id reported_referrals_12m=reported
    """, grain="event", covers="referral"),
    _draw(4, "Assessments", CHILD + DISABILITY + """
        start_date     day   Continuous Assessment Start Date | Continuous Assessment Start
        child_seen     flag  Child Seen During Continuous Assessment | Continuous Assessment Child Seen
        auth_date      day   Continuous Assessment Date of Authorisation | Continuous Assessment Auth Date
        needs_support  flag  Was the child assessed as requiring LA children's social care support? | CSC Support Required | Was the child assessed as being in need at assessment?
    """ + TEAM, """
        assessment! person_id start_date auth_date child_seen needs_support team_id
    """, grain="event", covers="assessment"),
    _draw(5, "Section 47 enquiries and Initial Child Protection Conferences", CHILD + DISABILITY + """
        start_date        day    Strategy discussion initiating Section 47 Enquiry Start Date | Strat Discussion Date
        icpc_not_required flag   Was an Initial Child Protection Conference deemed unnecessary? | Initial CP Conf Unnecessary
        icpc_date         day    Date of Initial Child Protection Conference | Initial CP Conf Date
        outcome_cp_plan   flag   Did the Initial Child Protection Conference Result in a Child Protection Plan | CP Conf Result In CP Plan
        reported_s47      whole  Number of Section 47 Enquiries in the last 12 months | Number S47s 12m
        reported_icpc     whole  Number of ICPCs in the last 12 months | Number ICPCs 12m
    """ + TEAM, """
        s47! person_id start_date icpc_not_required team_id reported_s47_12m=reported_s47
        icpc! person_id icpc_date s47_start_date=start_date outcome_cp_plan team_id
    """, grain="event", covers="s47 icpc"),
    _draw(6, "Children in Need", CHILD + DISABILITY + """
        referral_date      day                  CIN Start Date
        primary_need_code  code:primary_need    Primary Need Code
        last_seen          day                  Date Child Was Last Seen | Date Child Last Seen
        close_date         day                  CIN Closure Date
        close_reason       code:closure_reason  Reason for Closure
        case_status        phrase               Case Status
    """ + TEAM, """
        referral! person_id referral_date primary_need_code close_date close_reason case_status
    """, grain="latest_only", covers="referral", closed_by="close_date"),
    _draw(7, "Child protection", CHILD + DISABILITY + """
        start_date        day                  Child Protection Plan Start Date
        initial_category  code:abuse_category  Initial Category of Abuse
        latest_category   code:abuse_category  Latest Category of Abuse
        visit_date        day                  Date of the Last Statutory Visit
        seen_alone        flag                 Was the Child Seen Alone? | Child Seen Alone
        review_date       day                  Date of latest review conference | Date Of Latest Review Conf
        end_date          day                  Child Protection Plan End Date
        protected         flag                 Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months | Protection Last Six Months
        previous_plans    whole                Number of Previous Child Protection Plans
    """ + TEAM, """
        cp_plan! person_id start_date end_date initial_category latest_category previous_plans team_id
        visit person_id kind=:cp visit_date seen=:1 seen_alone
        cp_review person_id plan_start_date=start_date review_date
    """, grain="latest_only", covers="cp_plan visit cp_review", closed_by="end_date"),
    _draw(8, "Children in care", CHILD + """
        is_uasc            flag                     Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N) | UASC
    """ + DISABILITY + """
        start_date         day                      Date Started to be Looked After | Loooked After Start Date | Looked After Start Date
        need_code          code:primary_need        Child's Category of Need | Child Category Of Need
        repeat_period      flag                     Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N) | Is this a second or subsequent episode of being a Looked After Child within the last 12 months (Y/N) | Subsequent LAC Episode Last 12 Months
        legal_status_date  day                      Start date of current legal status | Most Recent Legal Status Start
        legal_status       code:legal_status        Child's Legal Status | Legal Status
        review_date        day                      Date of Latest Statutory Review | Latest Statutory Review Date
        visit_date         day                      Date of Last Social Work Visit | Last Social Work Visit Date
        permanence_plan    phrase                   What is the permanence plan for this child? | Permanence Plan
        iro_visit          day                      Date of Last IRO Visit / Contact to the Child | Last IRO Visit Date
        health_date        day                      Date of Last Health Assessment | Last Health Assessment Date
        dental_date        day                      Date of Last Dental Check | Last Dental Check Date
        placements         whole                    Number of Placements in the Last 12 months | Placements Last 12 Months
        end_date           day                      Date Ceased to be Looked After | Ceased Looked After Date
        end_reason         code:care_end_reason     Reason Ceased to be Looked After | Reason Ceased Looked After
        placed_on          day                      Start Date of Most Recent Placement | Most Recent Placement Start Date
        placement_type     code:placement_type      Placement Type
        provider           code:placement_provider  Placement Provider
        postcode           nothing                  Placement postcode
        urn                text                     URN of Placement | Placement URN
        location           location                 Placement Location
        placement_la       text                     LA of Placement | Placement LA
        missing            whole                    Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months | Episodes Child Missing From Placement
        absent             whole                    Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months | Episodes Child Absent From Placement
        rhi_offered        flag                     Was the child offered a Return Interview after their last missing episode (Y/N)? | Child Offered Return Interview After Last MFH
        rhi_accepted       flag                     Did the child accept a Return Interview after their last missing episode (Y/N)? | Child Accepted Return Interview After Last MFH
    """ + TEAM, """
        lac_period! person_id start_date end_date end_reason need_code legal_status legal_status_date is_uasc permanence_plan health_assessment_date=health_date dental_check_date=dental_date reported_placements_12m=placements reported_missing_12m=missing reported_absent_12m=absent team_id
        placement person_id start_date=placed_on type=placement_type provider location la_of_placement=placement_la urn
        lac_review person_id review_date
        visit person_id kind=:lac visit_date
        health_check person_id kind=:review check_date=health_date
        health_check person_id kind=:dental check_date=dental_date
    """, grain="latest_only", covers="lac_period placement lac_review visit health_check", closed_by="end_date"),
    _draw(9, "Care leavers", CHILD + """
        is_uasc                  flag                    Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N) | UASC
    """ + DISABILITY + TEAM + """
        adviser                  worker                  Allocated Personal Advisor | Allocated Personal Adviser
        eligibility              eligibility             Eligibility Category
        pathway_review_date      day                     Latest Pathway Plan Review Date | Latest Pathway Plan
        in_touch                 in_touch                LA in Touch
        exclusion                exclusion               LA in Touch
        last_contact_date        day                     Latest Date of Contact | Latest Contact
        accommodation            accommodation           Type of Accommodation
        accommodation_exclusion  accommodation_excluded  Type of Accommodation
        is_suitable              suitable                Suitability of Accommodation
        activity                 code:activity           Activity Status
    """, """
        care_leaver_status! person_id as_at eligibility in_touch last_contact_date accommodation is_suitable activity pathway_review_date exclusion accommodation_exclusion team_id worker_id=holder
    """, grain="snapshot", covers="care_leaver_status"),
    _draw(10, "Adoption", """
        person_id        id              Child Unique ID
        family_id        id              Family identifier
        sex              code:sex        Gender | Sex
        ethnicity        code:ethnicity  Ethnicity
        birth            birth           Date of Birth
        age              age             Age of Child (Years) | Age
    """ + DISABILITY + """
        entered_care     day     Date the Child Entered Care | Entered Care Date
        decision_date    day     Date of Decision that Child Should be Placed for Adoption | ADMSHOBPA Decision Date
        placement_order  day     Date of Placement Order | Placement Order Date
        matched_date     day     Date of Matching Child and Prospective Adopters | Matched For Adoption Date
        placed_date      day     Date Placed for Adoption | Placed For Adoption Date
        order_date       day     Date of Adoption Order | Adoption Order Date
        reversed_date    day     Date of Decision that Child Should No Longer be Placed for Adoption | Decision Reversed Date
        reversed_reason  code:adoption_reversal_reason  Reason Why Child No Longer Placed for Adoption | Decision Reversed Reason
        ffa_date         day     Date the child was placed for fostering in FFA or concurrent planning placement | Date FFA Consurrency Placement | Date FFA Concurrency Placement
    """, """
        adoption! person_id entered_care family_id decision_date placement_order matched_date placed_date order_date reversed_date reversed_reason ffa_date
    """),
    _draw(11, "Adopters", """
        adopter_id        id              Individual adopter identifier
        family_id         id              Family identifier
        sex               code:sex        Gender | Sex
        ethnicity         code:ethnicity  Ethnicity
        is_disabled       flag            Disability | Does the Adopter have a Disability
        is_ffa            flag            Is the (prospective) adopter fostering for adoption?
        enquiry_date      day             Date enquiry received
        stage1_start      day             Date Stage 1 started
        stage1_end        day             Date Stage 1 ended
        stage2_start      day             Date Stage 2 started
        stage2_end        day             Date Stage 2 ended
        application_date  day             Date application submitted
        approved_date     day             Date application approved
        matched_date      day             Date adopter matched with child(ren)
        placed_date       day             Date child/children placed with adopter(s)
        children_placed   whole           No. of children placed
        order_date        day             Date of Adoption Order
        left_date         day             Date of leaving adoption process
        left_reason       phrase          Reason for leaving adoption process
    """, """
        adopter! adopter_id enquiry_date family_id sex ethnicity is_disabled is_ffa stage1_start stage1_end stage2_start stage2_end application_date approved_date matched_date placed_date children_placed order_date left_date left_reason
    """),
)  # fmt: skip
