"""Which measure of the Local Authority Interactive Tool is which of Compendium's. Data only.

Those in MEASURES are published in none of the tables that are read by their columns; the others are, and
their words stand there. Department for Education; Open Government Licence v3.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compendium.sources.published.edition import (
    FINANCIAL,
    MARCH,
    SEPTEMBER,
    TO_AUGUST,
    TO_DECEMBER,
    TO_SEPTEMBER,
    YEAR,
    Period,
)


@dataclass(frozen=True)
class Taken:
    """One measure of the tool. is_count: a number of children or events, and so its own numerator."""

    measure: str
    period: Period
    is_count: bool
    breakdown: str | None


MEASURES: Mapping[str, str] = {
    "icpc_days": "Initial conferences by the working days since the section 47 enquiry, in the year",
    "cp_open_3m": "Plans open for three months or more on 31 March",
    "cp_reviewed": "Plans of three months or more reviewed within timescales, on 31 March",
    "cp_subsequent": "Plans that were a second or later plan, started in the year",
    "cp_ended_2yrs": "Plans ended in the year that had lasted two years or more",
    "care_applications_rate": "Care applications in the year per 10,000 children (Cafcass)",
    "sw_case_holders_percent": "Social workers who hold cases, % of social workers on 30 September",
    "sw_without_cases_percent": "Qualified social workers without cases, % of social workers on 30 September",
    "sw_senior_percent": "Senior practitioners, % of social workers on 30 September",
    "cla_adopted": "Children looked after who were adopted in the year",
    "cla_adopted_percent": "Adopted, % of children who ceased to be looked after in the year",
    "cla_adopted_application": "Children adopted in the year by how the application was made",
    "cla_adopted_application_percent": "Adoptions by how the application was made, % of those in the year",
    "cla_sgo": "Children who left care by a special guardianship order in the year",
    "cla_sgo_percent": "Left by a special guardianship order, % of children who ceased to be looked after in the year",
    "cla_sgo_guardian_percent": "Special guardians by who they were, % of special guardianship orders in the year",
    "cla_arrangement_order_percent": "Left by a child arrangements order, % of children who ceased to be looked after",
    "cla_returned_home_percent": "Returned home, planned or not, % of children who ceased to be looked after",
    "cla_uasc": "Unaccompanied asylum-seeking children looked after on 31 March",
    "cla_uasc_percent": "Unaccompanied asylum-seeking children, % of children looked after on 31 March",
    "cla_uasc_started_percent": "Unaccompanied asylum-seeking children, % of those who started to be looked after",
    "cla_placement_percent": "Children looked after by kind of placement, % of those on 31 March",
    "cla_20_miles_percent": "Placed over 20 miles from home and outside the authority, % of those on 31 March",
    "cla_3plus": "Children with three or more placements in the year",
    "cla_stability": "Two years with the same carer, under-16s looked after for 2.5 years on 31 March",
    "cla_missing_percent": "Missing at any time in the year, % of all children looked after in it",
    "cla_away_percent": "Away without authorisation at any time in the year, % of all children looked after in it",
    "foster_places": "Approved foster places on 31 March",
    "foster_places_filled": "Foster places filled on 31 March",
    "cl_total": "Care leavers aged 19 to 21 in the year",
    "cl_eet": "Care leavers aged 19 to 21 in education, employment or training",
    "cl_suitable": "Care leavers aged 19 to 21 in suitable accommodation",
    "cl_higher_education": "Care leavers aged 19 to 21 in higher education",
    "cl_not_in_touch_percent": "Care leavers aged 19 to 21 with whom the authority is not in touch, % of care leavers",
    "cl_staying_put_percent": "Care leavers aged 19 and 20 still with their foster carers, % of those who could be",
    "cin_sen_percent": "Special educational needs of school-age children in need, % of them",
    "cin_fsm_percent": "School-age children in need eligible for free school meals, % of them",
    "cin_absence_percent": "Sessions missed by children in need, % of sessions in the school year",
    "cin_persistent_absence_percent": "Persistent absentees, % of children in need",
    "cin_suspended_percent": "Suspended at least once, % of children in need",
    "cin_excluded_percent": "Permanently excluded, % of children in need",
    "cin_good_development_percent": "Good level of development at 5, % of children in need",
    "cin_ks2_percent": "Expected standard at the end of key stage 2, % of children in need",
    "cin_ks4_percent": "Passes at the end of key stage 4, % of children in need",
    "cin_attainment8_score": "Attainment 8 of children in need, average",
    "cin_progress8_score": "Progress 8 of children in need, average",
    "cin_ebacc_score": "English Baccalaureate of children in need, average points",
    "cp_absence_percent": "Sessions missed by children with a protection plan, % of sessions in the school year",
    "cp_persistent_absence_percent": "Persistent absentees, % of children with a protection plan",
    "cp_good_development_percent": "Good level of development at 5, % of children with a protection plan",
    "cp_ks2_percent": "Expected standard at the end of key stage 2, % of children with a protection plan",
    "cp_attainment8_score": "Attainment 8 of children with a protection plan, average",
    "cla_sen_percent": "Special educational needs of children looked after, % of them",
    "cla_absence_percent": "Sessions missed by children looked after, % of sessions in the school year",
    "cla_persistent_absence_percent": "Persistent absentees, % of children looked after",
    "cla_suspended_percent": "Suspended at least once, % of children looked after",
    "cla_good_development_percent": "Good level of development at 5, % of children looked after",
    "cla_ks2_percent": "Expected standard at the end of key stage 2, % of children looked after",
    "cla_ks2_progress_score": "Progress to the end of key stage 2 of children looked after, average",
    "cla_ks4_percent": "Passes at the end of key stage 4, % of children looked after",
    "cla_attainment8_score": "Attainment 8 of children looked after, average",
    "cla_progress8_score": "Progress 8 of children looked after, average",
    "youth_justice_entrants_rate": "First-time entrants to the youth justice system per 100,000 aged 10 to 17",
    "youth_justice_sentenced_rate": "Children cautioned or sentenced per 10,000 aged 10 to 17",
    "youth_reoffending_percent": "Proven re-offending, % of young offenders",
    "unit_cost": "Cost of a child for a week, by service, in pounds (section 251 outturn)",
    "spend_gross": "Gross spending in the year by service, in pounds (section 251 outturn)",
}

# One a line: the tool's name | measure | period | breakdown. '#' before the period marks a count.
_PERIODS: Mapping[str, Period] = {
    "year": YEAR, "march": MARCH, "september": SEPTEMBER, "to_september": TO_SEPTEMBER, "school": TO_AUGUST,
    "calendar": TO_DECEMBER, "financial": FINANCIAL,
}  # fmt: skip
_DRAWN = """
CPP_Total_NumRef                | referrals | #year
CPP_Total_Rateper10,000         | referrals_rate | year
CIN_Refferals_NFA               | referrals_nfa_percent | year
Referrals_AssessedNotNeed       | referrals_not_in_need_percent | year
RefBySource_Schl_%              | referrals_source_percent | year | schools
RefBySource_HealthServ_%        | referrals_source_percent | year | health_services
RefBySource_Police_%            | referrals_source_percent | year | police
ReReferral                      | rereferrals_percent | year
Continue_Assess_Comp            | assessments_45wd_percent | year
Section_47                      | s47_rate | year
CP_conf_15days                  | icpc_15wd_percent | year
ISCP_Conf                       | icpcs_rate | year
10_ICPC                         | icpc_days | #year | up_to_10
15_ICPC                         | icpc_days | #year | 11_to_15
20_ICPC                         | icpc_days | #year | 16_to_20
21_ICPC                         | icpc_days | #year | 21_or_more
CPP_rate                        | cp_plans_open_rate | march
CPP_Num                         | cp_plans_open | #march
CPP_Abuse                       | cp_plans_started | #year
CPP_Abuse_Rate                  | cp_plans_started_rate | year
CPP_31March_3MnthorMore         | cp_open_3m | #march
RevCP                           | cp_reviews_percent | march
CPP_Reviewed_InReqTimeScl       | cp_reviewed | #march
ReRegCPR                        | cp_subsequent | #year
PrevRegCPR                      | cp_subsequent_percent | year
CPPlans2yrsActive               | cp_open_2yrs_percent | march
CPPlans2yrs                     | cp_ended_2yrs_percent | year
DeRegCPR                        | cp_plans_ended_rate | year
CPRDuration                     | cp_ended_2yrs | #year
CareApplications                | care_applications_rate | year
Work_Force_NoSW                 | sw_in_post | september
Work_Force_Vac_Rate             | sw_vacancy_percent | september
Work_Force_TO_Rate              | sw_turnover_percent | to_september
Work_Force_Agecy_Rate           | sw_agency_percent | september
Work_Force_AgencyCover          | sw_agency_cover_percent | september
Vacancies_cover                 | sw_vacancies_covered_percent | september
Work_Force_SWAbsence            | sw_absence_percent | to_september
Work_Force_Num_CaseHeld         | sw_cases | #september
Work_Force_AvgNumCase_SW        | sw_caseload | september
Social_Work_Starters            | sw_starters | to_september
Social_Work_Leavers             | sw_leavers | to_september
Social_Work_Caseholders_%       | sw_case_holders_percent | september
Social_Work_Qualified_no_cases_% | sw_without_cases_percent | september
Social_Work_SeniorPractitioner_% | sw_senior_percent | september
No_of LAC Adopted               | cla_adopted | #year
%_of LAC Adopted                | cla_adopted_percent | year
LACnum_Adopt_AppUnop            | cla_adopted_application | #year | unopposed
LACnum_Adopt_ConsentDisp        | cla_adopted_application | #year | consent_dispensed_with
LAC%_Adopt_AppUnop              | cla_adopted_application_percent | year | unopposed
LAC%_Adopt_ConsentDisp          | cla_adopted_application_percent | year | consent_dispensed_with
LAC                             | cla_rate | march
LACnum                          | cla_total | #march
LACnum_Start                    | cla_started | #year
LACceased                       | cla_ceased | #year
LAC_Start_Rate                  | cla_started_rate | year
LAC_Cease_Rate                  | cla_ceased_rate | year
Unacc_Asylmn_Seek_Childn        | cla_uasc | #march
Unacc_Asylmn_Seek_Childn%       | cla_uasc_percent | march
UASC_%_Starting                 | cla_uasc_started_percent | year
LAC_Good_Develop                | cla_good_development_percent | school
LAC_KS2_ExpStd_R                | cla_ks2_percent | school | reading
LAC_KS2_ExpStd_W                | cla_ks2_percent | school | writing
LAC_KS2_ExpStd_M                | cla_ks2_percent | school | maths
LAC_KS2_ExpStd_GPS              | cla_ks2_percent | school | grammar_punctuation_spelling
LAC_KS2_ExpStd_RWM              | cla_ks2_percent | school | reading_writing_maths
LAC_KS2_AVG_Prog8_R             | cla_ks2_progress_score | school | reading
LAC_KS2_AVG_Prog8_W             | cla_ks2_progress_score | school | writing
LAC_KS2_AVG_Prog8_M             | cla_ks2_progress_score | school | maths
LAC_KS4_AVG_Attain8             | cla_attainment8_score | school
LAC_KS4_AVG_Prog8               | cla_progress8_score | school
LAC_EngMaths9-4                 | cla_ks4_percent | school | english_maths_4
LAC_Fixed_ Ex                   | cla_suspended_percent | school
LAC_Unauth                      | cla_absence_percent | school | unauthorised
LAC_Over_Abs                    | cla_absence_percent | school | overall
LAC_Pers_Abs                    | cla_persistent_absence_percent | school
LAC_SEN                         | cla_sen_percent | school | support
LAC_SEN_Statement               | cla_sen_percent | school | statement_or_plan
LACStable_2016on                | cla_3plus_percent | year
LACStableNum_2016on             | cla_3plus | #year
LAC_LongStable%                 | cla_stability_percent | march
LAC_LongStableNum               | cla_stability | #march
LAC_Foster_Placements           | cla_placement_percent | march | foster
LAC_SecHome_And_ChildHome       | cla_placement_percent | march | homes
LAC_Ind_SInd_Liv_Arr            | cla_placement_percent | march | independent
LAC_Other_Res_Settings          | cla_placement_percent | march | other_residential
LAC_Other_Place_Inc_Unreg       | cla_placement_percent | march | other
LAC_Parents_OR_Others           | cla_placement_percent | march | parents
Stability_School                | cla_school_mid_year_moves_percent | year
Stability_SocialWorker          | cla_3_workers_percent | year
LACDistance                     | cla_20_miles_percent | march
Number_Foster_Places(New)       | foster_places | #march
Number_Foster_Places_Filled(New) | foster_places_filled | #march
LAC_ceased_SGO                  | cla_sgo | #year
LAC_ceased_SGO%                 | cla_sgo_percent | year
LAC_SGO_FFC_Rel%                | cla_sgo_guardian_percent | year | foster_carer_relative_or_friend
LAC_SGO_FFC_Oth%                | cla_sgo_guardian_percent | year | foster_carer_other
LAC_SGO_Car_Rel%                | cla_sgo_guardian_percent | year | relative_or_friend
LAC_ceased_CAO%                 | cla_arrangement_order_percent | year
LAC_RetHome_CarePlan_%          | cla_returned_home_percent | year | planned
LAC_RetHome_Not_CarePlan_%      | cla_returned_home_percent | year | not_planned
LAC_Convictions                 | cla_convictions_percent | year
LACHealth%                      | cla_health_assessment_percent | year
LACVaccinations%                | cla_immunisations_percent | year
LACDental%                      | cla_dental_percent | year
LACSubstance                    | cla_substance_percent | year
Emotional_LAC                   | cla_sdq_score | year
NoCareLeavers                   | cl_total | #year
CareLeaverAcc                   | cl_suitable_percent | year
NoCareLeaverAcc                 | cl_suitable | #year
CareLeaverEET                   | cl_eet_percent | year
CareLeaverEETNum                | cl_eet | #year
LAC_19_HE                       | cl_higher_education_percent | year
LAC_19_HE_Num                   | cl_higher_education | #year
CareLeaversNEET                 | cl_neet_percent | year
CareLeavers_LA_NotInTouch       | cl_not_in_touch_percent | year
StayingPut                      | cl_staying_put_percent | year
Children_missing                | cla_missing_percent | year
Children_Away                   | cla_away_percent | year
CIN                             | cin_open_rate | march
CINTime3months                  | cin_open_duration_percent | march | up_to_3_months
CINTime3-6                      | cin_open_duration_percent | march | 3_to_6_months
CINTime6-1                      | cin_open_duration_percent | march | 6_months_to_1_year
CINTime1-2                      | cin_open_duration_percent | march | 1_to_2_years
CINTime2more                    | cin_open_2yrs_percent | march
CINCease3months                 | cin_ended_duration_percent | year | up_to_3_months
CINCease3-6                     | cin_ended_duration_percent | year | 3_to_6_months
CINCease6-1                     | cin_ended_duration_percent | year | 6_months_to_1_year
CINCease1-2                     | cin_ended_duration_percent | year | 1_to_2_years
CINCease2more                   | cin_ended_duration_percent | year | 2_years_or_more
CINSEN_SUP                      | cin_sen_percent | school | support
CINNoSEN                        | cin_sen_percent | school | none
CINStatement                    | cin_sen_percent | school | statement_or_plan
CINFSM                          | cin_fsm_percent | school
CIN_Good _Develop               | cin_good_development_percent | school
CPP_Good_Develop                | cp_good_development_percent | school
CIN_KS2_ExpStd_M                | cin_ks2_percent | school | maths
CIN_KS2_ExpStd_R                | cin_ks2_percent | school | reading
CIN_KS2_ExpStd_W                | cin_ks2_percent | school | writing
CIN_KS2_ExpStd_GPS              | cin_ks2_percent | school | grammar_punctuation_spelling
CIN_KS2_ExpStd_RWM              | cin_ks2_percent | school | reading_writing_maths
CPPO_KS2_RWM                    | cp_ks2_percent | school | reading_writing_maths
CIN_Avg_Attain8_KS4             | cin_attainment8_score | school
CPPO_KS4_A8                     | cp_attainment8_score | school
CINProgKS2-4_Avg_Prog8          | cin_progress8_score | school
CIN_EngMaths9-5                 | cin_ks4_percent | school | english_maths_5
CIN_EngMaths9-4                 | cin_ks4_percent | school | english_maths_4
CIN_EngBacEntries               | cin_ks4_percent | school | entered_ebacc
CIN_EngBacAPS                   | cin_ebacc_score | school
CINAuthAb_3Term                 | cin_absence_percent | school | authorised
CINUnauthAb_3Term               | cin_absence_percent | school | unauthorised
CINTotalAb_3Term                | cin_absence_percent | school | overall
CPPTotalAb_3Term                | cp_absence_percent | school | overall
CINPermAbsent_3Term             | cin_persistent_absence_percent | school
CPPPerAbs_3Term                 | cp_persistent_absence_percent | school
CINFixedExclusion               | cin_suspended_percent | school
CINPermExclusion                | cin_excluded_percent | school
FirstYJS                        | youth_justice_entrants_rate | calendar
YJS_Caution-Sentence10-17_YO    | youth_justice_sentenced_rate | year
ReoffYO                         | youth_reoffending_percent | year | aged_10_to_14
ReoffYO15-17                    | youth_reoffending_percent | year | aged_15_to_17
LACFinance                      | unit_cost | financial | looked_after
AdoptionFinance                 | unit_cost | financial | adoption
FosteringFinance                | unit_cost | financial | fostering
RescareFinance                  | unit_cost | financial | residential
SWFinance                       | unit_cost | financial | social_work
SENFinance                      | unit_cost | financial | special_educational_needs
C&YPExpenditure                 | spend_gross | financial | total
SureStartFinance                | spend_gross | financial | sure_start
TotalLACFinance                 | spend_gross | financial | looked_after
OtherChildren&FamilyFinance     | spend_gross | financial | other_family
SafeguardingFinance             | spend_gross | financial | safeguarding
FamilySupportFinance            | spend_gross | financial | family_support
YoungPeopleFinance              | spend_gross | financial | young_people
YouthJusticeFinance             | spend_gross | financial | youth_justice
LeaveCareSupServTotExp          | spend_gross | financial | leaving_care
"""


def _taken() -> Mapping[str, Taken]:
    found = {}
    for drawn in _DRAWN.strip().splitlines():
        name, measure, period, breakdown = (part.strip() for part in f"{drawn}|".split("|")[:4])
        found[name] = Taken(measure, _PERIODS[period.removeprefix("#")], period.startswith("#"), breakdown or None)
    return found


TAKEN: Mapping[str, Taken] = _taken()
