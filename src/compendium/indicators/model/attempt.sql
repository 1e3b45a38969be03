-- attempt: of a child protection plan, the first visit at which the child was not seen, since the child last was.
-- Used by: cp_visits_10wd.
SELECT d.subject_id AS plan_id, d.since_date, MIN(v.visit_date) AS tried_date
FROM duty AS d
JOIN record.visit AS v ON v.person_id = d.person_id AND v.kind = 'cp' AND v.seen = 0
 AND v.visit_date > d.since_date AND (d.until_date IS NULL OR v.visit_date < d.until_date)
WHERE d.kind = 'cp_visit'
GROUP BY d.subject_id, d.since_date
