-- sdq: a score of the strengths and difficulties questionnaire (0 to 40), on the day on which it was completed; the
-- yearly return's stands on the last day of its year.
-- Used by: cla_sdq, cla_sdq_completed.
WITH told AS (
  SELECT s.person_id, s.completed_date AS day, s.score
  FROM record.sdq_score AS s
  WHERE s.score BETWEEN 0 AND 40
  UNION ALL
  SELECT h.person_id, h.as_at AS day, h.sdq_score AS score
  FROM record.lac_health AS h
  WHERE h.sdq_score BETWEEN 0 AND 40
),
days AS (
  SELECT t.person_id, t.day, MAX(t.score) AS score
  FROM told AS t
  GROUP BY t.person_id, t.day
)
SELECT d.person_id, d.day, d.score,
       LEAD(d.day) OVER (PARTITION BY d.person_id ORDER BY d.day) AS next_day
FROM days AS d
