-- cin_plan: one child in need plan. One child has one plan at a time: a plan still open when the next begins ends
-- that day; a plan told twice is one, and open if either telling is.
-- Used by: cin_plan_reviewed, cin_visits_timely (by way of duty).
WITH told AS (
  SELECT p.person_id, p.start_date, COUNT(p.start_date) AS tellings, COUNT(p.end_date) AS ended,
         MAX(p.end_date) AS last_end_date, MAX(p.team_id) AS team_id
  FROM record.cin_plan AS p
  GROUP BY p.person_id, p.start_date
),
in_order AS (
  SELECT t.person_id, t.start_date, t.team_id,
         CASE WHEN t.tellings = t.ended THEN t.last_end_date END AS told_end_date,
         LEAD(t.start_date) OVER (PARTITION BY t.person_id ORDER BY t.start_date) AS next_start_date
  FROM told AS t
)
SELECT ROW_NUMBER() OVER (ORDER BY o.person_id, o.start_date) AS plan_id, o.person_id, o.start_date, o.team_id,
       CASE WHEN o.told_end_date IS NULL THEN o.next_start_date
            WHEN o.next_start_date < o.told_end_date THEN o.next_start_date
            ELSE o.told_end_date END AS end_date
FROM in_order AS o
