-- open_case: one child whose case is open at one month end, once however many referrals are open, and its team.
-- Used by: cin_open, resource_by_quadrant and its variants, resource_workload.
SELECT r.person_id, m.month_end, MAX(r.primary_need_code) AS primary_need_code, MAX(h.team_id) AS team_id
FROM month_end AS m
JOIN referral AS r ON OPEN_AT(r.referral_date, r.close_date, m.month_end)
LEFT JOIN holder AS h ON h.person_id = r.person_id AND OPEN_AT(h.start_date, h.end_date, m.month_end)
WHERE r.nfa IS NULL OR r.nfa = 0
GROUP BY r.person_id, m.month_end
