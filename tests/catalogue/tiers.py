"""The indicators that a monthly compendium carries: the core, and those that stand beside it as a rule."""

CORE = frozenset({
    "contacts", "contact_decision_1wd", "mash_timeliness", "referrals", "rereferrals_12m", "eh_open",
    "eh_closed_needs_met", "assessments_45wd", "assessments_open_over_45wd", "cin_open", "s47_started", "icpc_15wd",
    "rcpc_timely", "cp_plans_open", "cp_repeat_ever", "cp_open_2yrs", "cp_visits_10wd", "cla_total",
    "cla_3plus_placements", "cla_long_term_stability", "cla_visits_timely", "cla_reviews_timely", "cl_eet",
    "cl_suitable_accom", "sw_vacancy_rate", "sw_agency_rate", "sw_turnover", "sw_caseload_avg", "audit_grade_mix",
    "audit_actions_overdue", "rhi_72h", "resource_by_quadrant",
})  # fmt: skip
STANDARD = frozenset({
    "contact_to_referral_pct", "referrals_rate", "referral_nfa_pct", "referral_source_mix",
    "eh_rereferral_after_closure", "eh_cost_per_closed_family", "assessments_completed", "assessment_factors",
    "cin_visits_timely", "cin_open_2yrs", "s47_to_icpc_pct", "s47_repeat_12m", "icpc_held", "icpc_to_plan_pct",
    "conference_participation", "cp_plans_started", "cp_plans_ended", "cp_category_mix", "cp_repeat_2yrs",
    "cp_reviewed_in_timescale", "cp_unallocated", "cp_visits_due_ontime", "cp_seen_alone", "cla_started",
    "cla_ceased", "cla_review_participation", "cla_placement_mix", "cla_20_miles", "cla_unregistered",
    "cla_health_assessment", "cla_sw_changes", "adopt_a10", "adopt_a2", "cla_exit_permanence", "cl_total",
    "cl_in_touch", "sw_fte_inpost", "sw_agency_cover", "sw_high_caseload", "sw_academy", "audits_completed",
    "audit_reaudit_improved", "deep_dive_open", "partner_strategy_attendance", "partner_conf_reports",
    "partner_school_attendance_cp", "missing_episodes", "rhi_offered", "exploitation_open", "cost_per_cla_week",
    "residential_weekly_cost",
})  # fmt: skip
