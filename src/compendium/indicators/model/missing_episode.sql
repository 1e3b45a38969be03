-- missing_episode: one time a child was missing, with the day on which the child's episode before it began, and
-- where a child in care was placed (location: inside or outside the authority).
-- The one before began on an earlier day: two of one day have the same.
-- Used by: missing_episodes, missing_children, missing_repeat, rhi_offered, rhi_72h.
WITH days AS (
  SELECT e.person_id, e.started_on
  FROM record.missing_episode AS e
  GROUP BY e.person_id, e.started_on
),
placed AS (
  SELECT d.person_id, d.started_on, MAX(s.location) AS location
  FROM days AS d
  JOIN stay AS s ON s.person_id = d.person_id AND OPEN_AT(s.start_date, s.end_date, d.started_on)
  GROUP BY d.person_id, d.started_on
),
before AS (
  SELECT d.person_id, d.started_on,
         LAG(d.started_on) OVER (PARTITION BY d.person_id ORDER BY d.started_on) AS previous_started_on
  FROM days AS d
)
SELECT e.person_id, e.started_on, e.started_at, e.ended_at, e.kind, e.is_looked_after, e.rhi_offered,
       e.rhi_offered_at, e.rhi_accepted, e.rhi_completed_at, e.team_id, b.previous_started_on, p.location
FROM record.missing_episode AS e
JOIN before AS b ON b.person_id = e.person_id AND b.started_on = e.started_on
LEFT JOIN placed AS p ON p.person_id = e.person_id AND p.started_on = e.started_on
