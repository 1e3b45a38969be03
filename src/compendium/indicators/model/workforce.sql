-- workforce: the social workers of one team at one month end, in hundredths of a full-time post.
-- A vacancy is a funded post nobody employed by the council fills: posts less people in post where both are
-- given, whatever is written beside them; otherwise as given. A team with more people than posts has none.
-- Used by: sw_vacancy_rate, sw_agency_rate, sw_turnover.
SELECT e.month_end, e.team_id, e.role, e.in_post_hundredths, e.agency_hundredths, e.cover_hundredths,
       e.starters_hundredths, e.leavers_hundredths, e.sickness_days_hundredths,
       CASE WHEN e.establishment_hundredths IS NULL OR e.in_post_hundredths IS NULL THEN e.vacancy_hundredths
            WHEN e.establishment_hundredths < e.in_post_hundredths THEN 0
            ELSE e.establishment_hundredths - e.in_post_hundredths END AS vacancy_hundredths
FROM record.establishment AS e
WHERE e.role = 'social_worker'
