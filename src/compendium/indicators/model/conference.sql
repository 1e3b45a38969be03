-- conference: one child protection conference about one child: the initial one, or a review of the child's plan.
-- What is told of one child on one day is one conference; kind is initial or review. A review on the plan's first
-- day is an error and is not there. Of two codes of how the child took part, the fuller part counts.
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
SELECT h.person_id, h.conference_date, MIN(h.kind) AS kind, MAX(h.is_quorate) AS is_quorate,
       CASE WHEN MIN(h.known_part) IS NULL THEN MAX(h.participation) ELSE MIN(h.known_part) END AS participation,
       MAX(h.team_id) AS team_id
FROM (
  SELECT e.person_id, e.conference_date, e.kind, e.is_quorate, e.participation, e.team_id,
         CASE WHEN e.participation IN ('PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6', 'PN7')
              THEN e.participation END AS known_part
  FROM held AS e
) AS h
GROUP BY h.person_id, h.conference_date
