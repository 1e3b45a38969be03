"""The tables of the Standard Safeguarding Dataset (version 1.4): their columns, and the canonical tables they feed.

A value: our name for it, how it is read (see `ssd_values.py`), and its column; after a bar another name of
the column, for the published description and the published SQL differ. Columns joined by `+` are read
together. The tables stand in the order in which they are read: one that others name by an id comes before
them. `gives` says what others learn by that id: `name=value`, and they read it as `of:name` (see
`ssd_links.py`). A value of a kind that says why a row is not to be kept (`ssd_values.REFUSALS`) feeds nothing.

`collects` names who takes a row besides its feeds: `ssd_links.py` (disability, immigration), `ssd_care.py`,
which puts a period of care together from several tables, or `ssd_rows.py` (factors). Names, addresses,
postcodes and free text are in no drawing, so they are never read.

Source of the names: the dataset's published data objects and SQL (Data to Insight, version 1.4.5).
"""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compendium.sources.feeds import Feed, draw_feeds

ENDS = ("end_date", "close_date", "auth_date", "ceased_date")


@dataclass(frozen=True)
class SsdValue:
    """columns: for each column read, the names it goes by."""

    name: str
    kind: str
    columns: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SsdTable:
    """needs: values without which a row cannot be kept. latest: of a child's rows the one with the latest such value
    is kept. daily: whether the newest row shows how old the whole is. windowed: cut off by its event's day alone."""

    name: str
    values: tuple[SsdValue, ...]
    feeds: tuple[Feed, ...]
    by_id: str | None  # the value by which others name a row
    gives: Mapping[str, str]  # what they learn -> the value
    collects: str | None
    needs: tuple[str, ...]
    covers: tuple[str, ...]
    event: str | None
    latest: str | None
    daily: bool
    windowed: bool

    @property
    def ends(self) -> str | None:
        """The value with the day on which what lasts ended."""
        return next((value.name for value in self.values if value.name in ENDS), None)


def _draw(
    name: str,
    values: str,
    feeds: str = "",
    *,
    by_id: str | None = None,
    gives: str = "",
    collects: str | None = None,
    needs: str = "",
    covers: str = "",
    event: str | None = None,
    latest: str | None = None,
    daily: bool = False,
    windowed: bool = False,
) -> SsdTable:
    drawn = []
    for line in values.strip().splitlines():
        if line.strip():
            value, kind, columns = line.split(maxsplit=2)
            names = tuple(tuple(each.strip() for each in one.split("|")) for one in columns.split("+"))
            drawn.append(SsdValue(value, kind, names))
    given = {each.partition("=")[0]: each.partition("=")[2] for each in gives.split()}
    return SsdTable(
        name, tuple(drawn), draw_feeds(feeds), by_id, given, collects, tuple(needs.split()), tuple(covers.split()),
        event, latest, daily, windowed,
    )  # fmt: skip


TABLES: tuple[SsdTable, ...] = (
    _draw("ssd_department", """
        department_id    key    dept_team_id
        department_name  text   dept_team_name
        parent_id        key    dept_team_parent_id
    """, "department! department_id department_name parent_id"),
    _draw("ssd_professionals", """
        professional   key         prof_professional_id
        worker_id      worker      prof_social_worker_registration_no + prof_professional_id
        role           post        prof_professional_job_title
        team_id        words       prof_professional_department
        fte            rounded     prof_full_time_equivalency
        is_agency      flag        prof_agency_worker_flag
        is_registered  registered  prof_social_worker_registration_no
    """, "worker! worker_id role team_id fte_hundredths=fte is_agency is_registered start_date=:1995-01-01",
          by_id="professional", gives="worker=worker_id"),
    _draw("ssd_disability", """
        person_id   child            disa_person_id
        disability  code:disability  disa_disability_code
    """, "person_disability! person_id disability", collects="disability"),
    _draw("ssd_immigration_status", """
        person_id  child  immi_person_id
        is_uasc    uasc   immi_immigration_status
    """, collects="immigration", needs="person_id"),
    _draw("ssd_person", """
        person_id     child             pers_person_id
        sex           sex               pers_sex + pers_gender
        ethnicity     code:ethnicity    pers_ethnicity
        dob           birth             pers_dob
        expected_dob  birth             pers_expected_dob
        death_date    birth             pers_death_date
        is_disabled   of:disability     pers_person_id
        is_uasc       of:immigration    pers_person_id
        upn_unknown   code:upn_unknown  pers_upn_unknown
    """, "person! person_id sex ethnicity dob expected_dob death_date is_disabled is_uasc upn_unknown"),
    _draw("ssd_family", """
        person_id  child  fami_person_id
        family_id  key    fami_family_id
    """, "family! person_id family_id"),
    _draw("ssd_involvements", """
        person_id   child      invo_person_id
        worker_id   of:worker  invo_professional_id
        role        role       invo_professional_role_id
        team_id     words      invo_professional_team
        start_date  day        invo_involvement_start_date
        end_date    day        invo_involvement_end_date
    """, "involvement! person_id worker_id team_id role start_date end_date",
          covers="involvement", event="start_date"),
    _draw("ssd_contacts", """
        person_id     child            cont_person_id
        contact_id    key              cont_contact_id
        contact_date  day              cont_contact_date
        source_code   source           cont_contact_source_code | cont_contact_source + cont_contact_source_desc
        outcome       contact_outcome  cont_contact_outcome_json
        on_open_case  on_open_case     cont_contact_outcome_json
    """, "contact! person_id contact_date source_code contact_id outcome on_open_case",
          covers="contact", event="contact_date", daily=True, windowed=True),
    _draw("ssd_early_help_episodes", """
        person_id     child               earl_person_id
        start_date    day                 earl_episode_start_date
        end_date      day                 earl_episode_end_date
        end_reason    code:eh_end_reason  earl_episode_end_reason
        organisation  text                earl_episode_organisation
    """, "early_help_episode! person_id start_date end_date end_reason organisation",
          covers="early_help_episode", event="start_date"),
    _draw("ssd_cin_episodes", """
        person_id          child                cine_person_id
        referral           key                  cine_referral_id
        referral_date      day                  cine_referral_date
        source_code        source               cine_referral_source_code | cine_referral_source + cine_referral_source_desc
        primary_need_code  code:primary_need    cine_cin_primary_need_code | cine_cin_primary_need
        nfa                no_further_action    cine_referral_nfa + cine_referral_outcome_json
        close_date         day                  cine_close_date
        close_reason       code:closure_reason  cine_close_reason
        team_id            words                cine_referral_team
    """, "referral! person_id referral_date source_code primary_need_code nfa close_date close_reason team_id",
          by_id="referral", gives="referral=referral_date",
          covers="referral", event="referral_date", daily=True),
    _draw("ssd_cin_assessments", """
        person_id      child          cina_person_id
        assessment     key            cina_assessment_id
        start_date     day            cina_assessment_start_date
        referral_date  of:referral    cina_referral_id
        auth_date      day            cina_assessment_auth_date
        child_seen     flag           cina_assessment_child_seen
        needs_support  needs_support  cina_assessment_outcome_nfa + cina_assessment_outcome_json + cina_assessment_auth_date
        team_id        words          cina_assessment_team
    """, "assessment! person_id start_date referral_date auth_date child_seen needs_support team_id",
          by_id="assessment", gives="assessed_child=person_id assessment=start_date",
          covers="assessment", event="start_date"),
    _draw("ssd_assessment_factors", """
        person_id   of:assessed_child  cinf_assessment_id
        start_date  of:assessment      cinf_assessment_id
        factors     text               cinf_assessment_factors_json
    """, collects="factors", needs="person_id start_date factors", covers="assessment_factor", event="start_date"),
    _draw("ssd_cin_plans", """
        person_id      child        cinp_person_id
        start_date     day          cinp_cin_plan_start_date
        end_date       day          cinp_cin_plan_end_date
        referral_date  of:referral  cinp_referral_id
        team_id        words        cinp_cin_plan_team
    """, "cin_plan! person_id start_date end_date referral_date team_id", covers="cin_plan", event="start_date"),
    _draw("ssd_cin_visits", """
        person_id   child  cinv_person_id
        visit_date  day    cinv_cin_visit_date
        seen        flag   cinv_cin_visit_seen
        seen_alone  flag   cinv_cin_visit_seen_alone
    """, "visit! person_id kind=:cin visit_date seen seen_alone",
          covers="visit", event="visit_date", daily=True, windowed=True),
    _draw("ssd_s47_enquiry", """
        person_id          child                    s47e_person_id
        enquiry            key                      s47e_s47_enquiry_id
        start_date         day                      s47e_s47_start_date
        end_date           day                      s47e_s47_end_date
        referral_date      of:referral              s47e_referral_id
        nfa                no_further_action        s47e_s47_nfa + s47e_s47_outcome_json
        icpc_not_required  conference_not_required  s47e_s47_outcome_json
        team_id            words                    s47e_s47_completed_by_team
    """, "s47! person_id start_date end_date nfa referral_date icpc_not_required team_id",
          by_id="enquiry", gives="enquiry=start_date", covers="s47", event="start_date"),
    _draw("ssd_initial_cp_conference", """
        person_id        child          icpc_person_id
        icpc_date        day            icpc_icpc_date
        not_held         not_held       icpc_icpc_date
        s47_start_date   of:enquiry     icpc_s47_enquiry_id
        referral_date    of:referral    icpc_referral_id
        target           day            icpc_icpc_target_date
        transfer_in      flag           icpc_icpc_transfer_in
        outcome_cp_plan  ended_in_plan  icpc_icpc_outcome_cp_flag + icpc_icpc_outcome_json
        team_id          words          icpc_icpc_team
    """, """
        icpc! person_id icpc_date s47_start_date referral_date transfer_in outcome_cp_plan team_id
        s47 person_id start_date=s47_start_date icpc_target=target
    """, covers="icpc", event="icpc_date"),
    _draw("ssd_cp_plans", """
        person_id         child        cppl_person_id
        plan              key          cppl_cp_plan_id
        start_date        day          cppl_cp_plan_start_date
        end_date          day          cppl_cp_plan_end_date
        referral_date     of:referral  cppl_referral_id
        initial_category  category     cppl_cp_plan_initial_category
        latest_category   category     cppl_cp_plan_latest_category
        other_la          flag         cppl_cp_plan_ola
    """, "cp_plan! person_id start_date end_date referral_date initial_category latest_category other_la",
          by_id="plan", gives="plan=start_date", covers="cp_plan", event="start_date"),
    _draw("ssd_cp_visits", """
        person_id   child  cppv_person_id
        visit_date  day    cppv_cp_visit_date
        seen        flag   cppv_cp_visit_seen
        seen_alone  flag   cppv_cp_visit_seen_alone
    """, "visit! person_id kind=:cp visit_date seen seen_alone",
          covers="visit", event="visit_date", daily=True, windowed=True),
    _draw("ssd_cp_reviews", """
        person_id        child     cppr_person_id
        plan_start_date  of:plan   cppr_cp_plan_id
        review_date      day       cppr_cp_review_date
        not_held         not_held  cppr_cp_review_date
        is_quorate       flag      cppr_cp_review_quorate
        participation    words     cppr_cp_review_participation
    """, "cp_review! person_id plan_start_date review_date is_quorate participation",
          covers="cp_review", event="review_date"),
    _draw("ssd_cla_episodes", """
        person_id      child                 clae_person_id
        start_date     day                   clae_cla_episode_start_date
        ceased_date    day                   clae_cla_episode_ceased_date
        ceased_reason  code:care_end_reason  clae_cla_episode_ceased_reason
        need_code      code:primary_need     clae_cla_primary_need_code
        period         key                   clae_cla_id
        entered_date   day                   clae_entered_care_date
    """, by_id="period", gives="cared_for=person_id", collects="episode", needs="person_id start_date",
          covers="lac_period", event="start_date"),
    _draw("ssd_legal_status", """
        person_id     child              lega_person_id
        legal_status  code:legal_status  lega_legal_status
        start_date    day                lega_legal_status_start_date
        end_date      day                lega_legal_status_end_date
    """, "legal_status! person_id start_date end_date code=legal_status",
          collects="legal_status", needs="person_id legal_status start_date", covers="legal_status", event="start_date"),
    _draw("ssd_cla_placement", """
        person_id     child_of                 clap_person_id + clap_cla_id
        start_date    day                      clap_cla_placement_start_date
        end_date      day                      clap_cla_placement_end_date
        type          code:placement_type      clap_cla_placement_type
        is_long_term  long_term                clap_cla_placement_type
        provider      code:placement_provider  clap_cla_placement_provider
        urn           words                    clap_cla_placement_urn
        distance      rounded                  clap_cla_placement_distance
        change_reason code:placement_change_reason  clap_cla_placement_change_reason
    """, "placement! person_id start_date end_date type provider is_long_term urn distance_hundredths=distance change_reason",
          covers="placement", event="start_date"),
    _draw("ssd_cla_reviews", """
        person_id      child_of            clar_cla_person_id + clar_cla_id
        review_date    day                 clar_cla_review_date
        due_date       day                 clar_cla_review_due_date
        cancelled      cancelled           clar_cla_review_cancelled
        participation  code:participation  clar_cla_review_participation
    """, "lac_review! person_id review_date participation",
          collects="review", needs="person_id", covers="lac_review", event="review_date"),
    _draw("ssd_cla_visits", """
        person_id   child_of  clav_person_id + clav_cla_id
        visit_date  day       clav_cla_visit_date
        seen        flag      clav_cla_visit_seen
        seen_alone  flag      clav_cla_visit_seen_alone
    """, "visit! person_id kind=:lac visit_date seen seen_alone",
          covers="visit", event="visit_date", daily=True, windowed=True),
    _draw("ssd_cla_care_plan", """
        person_id   child            lacp_person_id
        start_date  day              lacp_cla_care_plan_start_date
        plan        permanence_plan  lacp_cla_care_plan_json
    """, collects="care_plan", needs="person_id start_date"),
    _draw("ssd_cla_health", """
        person_id   child         clah_person_id
        kind        health_check  clah_health_check_type
        check_date  day           clah_health_check_date
    """, "health_check! person_id kind check_date",
          collects="health_check", needs="person_id kind check_date", covers="health_check", event="check_date"),
    _draw("ssd_cla_previous_permanence", """
        person_id   child                     lapp_person_id
        kind        code:previous_permanence  lapp_previous_permanence_option
        order_date  birth                     lapp_previous_permanence_order_date
        authority   words                     lapp_previous_permanence_la
    """, "previous_permanence! person_id kind order_date authority"),
    _draw("ssd_sdq_scores", """
        person_id       child  csdq_person_id
        completed_date  day    csdq_sdq_completed_date
        score           whole  csdq_sdq_score
        reason          words  csdq_sdq_reason
    """, "sdq_score! person_id completed_date score reason", covers="sdq_score", event="completed_date"),
    _draw("ssd_missing", """
        person_id        child         miss_person_id
        started_on       day           miss_missing_episode_start_date
        started_at       moment        miss_missing_episode_start_date
        ended_at         moment        miss_missing_episode_end_date
        kind             missing_kind  miss_missing_episode_type
        is_looked_after  of:care       miss_person_id + miss_missing_episode_start_date
        rhi_offered      flag          miss_missing_rhi_offered
        rhi_accepted     flag          miss_missing_rhi_accepted
    """, "missing_episode! person_id started_on started_at ended_at kind is_looked_after rhi_offered rhi_accepted",
          covers="missing_episode", event="started_on"),
    _draw("ssd_permanence", """
        person_id         child     perm_person_id
        entered_care      of:entry  perm_person_id + perm_cla_id + perm_adm_decision_date + perm_placement_order_date + perm_placed_for_adoption_date
        no_adoption       no_adoption  perm_adm_decision_date + perm_placement_order_date + perm_matched_date + perm_placed_for_adoption_date + perm_decision_reversed_date + perm_placed_ffa_cp_date
        decision_date     day       perm_adm_decision_date
        placement_order   day       perm_placement_order_date
        matched_date      day       perm_matched_date
        placed_date       day       perm_placed_for_adoption_date
        order_date        adoption_order  perm_permanence_order_date + perm_permanence_order_type
        reversed_date     day       perm_decision_reversed_date
        reversed_reason   code:adoption_reversal_reason  perm_decision_reversed_reason
        ffa_date          day       perm_placed_ffa_cp_date
        adopted_by_carer  flag      perm_adopted_by_carer_flag
        carer_date        day       perm_placed_foster_carer_date
    """, "adoption! person_id entered_care decision_date placement_order matched_date placed_date order_date reversed_date reversed_reason ffa_date adopted_by_carer carer_date"),
    _draw("ssd_pre_proceedings", """
        person_id             child  prep_person_id
        start_date            day    prep_pre_pro_decision_date
        letter_sent_date      day    prep_pre_pro_letter_date
        initial_meeting_date  day    prep_initial_pre_pro_meeting_date
        review_meetings       whole  prep_pre_pro_meetings_num
        step_decision_date    day    prep_agree_stepdown_issue_date
        outcome               words  prep_pre_pro_outcome
        letter_issue_date     day    prep_care_pro_letter_date
    """, "pre_proceedings! person_id start_date letter_sent_date initial_meeting_date review_meetings step_decision_date outcome letter_issue_date",
          covers="pre_proceedings", event="start_date"),
    # Last, for it is the state on the day of the extract, which the newest rows of the others show.
    _draw("ssd_care_leavers", """
        person_id                child                   clea_person_id
        not_eligible             not_eligible            clea_care_leaver_eligibility
        eligibility              eligibility             clea_care_leaver_eligibility
        in_touch                 in_touch                clea_care_leaver_in_touch
        exclusion                exclusion               clea_care_leaver_in_touch
        last_contact_date        day                     clea_care_leaver_latest_contact
        accommodation            accommodation           clea_care_leaver_accommodation
        accommodation_exclusion  accommodation_excluded  clea_care_leaver_accommodation
        is_suitable              suitable                clea_care_leaver_accom_suitable
        activity                 code:activity           clea_care_leaver_activity
        pathway_review_date      day                     clea_pathway_plan_review_date
        team_id                  words                   clea_care_leaver_allocated_team | clea_care_leaver_allocated_team_name
        worker_id                of:worker               clea_care_leaver_personal_advisor + clea_care_leaver_worker_id | clea_care_leaver_worker_name
    """, "care_leaver_status! person_id as_at eligibility in_touch last_contact_date accommodation is_suitable activity pathway_review_date exclusion accommodation_exclusion team_id worker_id",
          latest="last_contact_date", covers="care_leaver_status"),
)  # fmt: skip
