-- conference: one child protection conference about one child: the initial one, or a review of the child's plan.
-- kind is initial or review. A review on the plan's first day is an error and is not there.
-- Used by: conference_participation, conference_quorate.
WITH held AS (
  SELECT c.person_id, c.icpc_date AS conference_date, 'initial' AS kind, c.is_quorate, c.participation, c.team_id
  FROM record.icpc AS c
  UNION ALL
  SELECT p.person_id, r.review_date AS conference_date, 'review' AS kind, r.is_quorate, r.participation,
         p.team_id
  FROM cp_plan AS p
  JOIN record.cp_review AS r ON r.person_id = p.person_id AND r.plan_start_date = p.start_date
   AND r.review_date > p.start_date AND (p.end_date IS NULL OR r.review_date <= p.end_date)
)
SELECT h.person_id, h.conference_date, h.kind, MAX(h.is_quorate) AS is_quorate,
       MAX(h.participation) AS participation, MAX(h.team_id) AS team_id
FROM held AS h
GROUP BY h.person_id, h.conference_date, h.kind
