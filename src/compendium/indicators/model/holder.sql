-- holder: an interval in which one worker holds a child's case; the intervals of a child never overlap.
-- From allocations with dates, where a child has any: of two at once the later one holds the case, and the
-- earlier holds it again if the later ends first. Otherwise from the extracts that only name who held the case
-- on their own day: each speaks for the days since the extract before it (the first for half a year), and the
-- last of all for the days that follow.
-- Used by: the framework (place: holder), caseload, resource_by_quadrant.
WITH allocated AS (
  SELECT i.person_id, i.worker_id, i.start_date, MAX(i.team_id) AS team_id,
         COUNT(i.start_date) AS tellings, COUNT(i.end_date) AS ended, MAX(i.end_date) AS last_end_date
  FROM record.involvement AS i
  WHERE (i.role IS NULL OR i.role = 'case_holder') AND (i.end_date IS NULL OR i.end_date > i.start_date)
  GROUP BY i.person_id, i.worker_id, i.start_date
),
spans AS (
  SELECT a.person_id, a.worker_id, a.team_id, a.start_date,
         CASE WHEN a.tellings = a.ended THEN a.last_end_date END AS end_date
  FROM allocated AS a
),
edges AS (
  SELECT s.person_id, s.start_date AS day
  FROM spans AS s
  UNION
  SELECT s.person_id, s.end_date AS day
  FROM spans AS s
  WHERE s.end_date IS NOT NULL
),
pieces AS (
  SELECT e.person_id, e.day AS start_date,
         LEAD(e.day) OVER (PARTITION BY e.person_id ORDER BY e.day) AS end_date
  FROM edges AS e
),
claims AS (
  SELECT p.person_id, p.start_date, p.end_date, s.worker_id, s.team_id,
         ROW_NUMBER() OVER (
           PARTITION BY p.person_id, p.start_date ORDER BY s.start_date DESC, s.worker_id
         ) AS turn
  FROM pieces AS p
  JOIN spans AS s ON s.person_id = p.person_id AND OPEN_AT(s.start_date, s.end_date, p.start_date)
),
known AS (
  SELECT s.person_id
  FROM spans AS s
  GROUP BY s.person_id
),
extract_days AS (
  SELECT a.as_at
  FROM record.allocation_seen AS a
  GROUP BY a.as_at
),
extracts AS (
  SELECT d.as_at, LAG(d.as_at) OVER (ORDER BY d.as_at) AS previous_as_at,
         LEAD(d.as_at) OVER (ORDER BY d.as_at) AS next_as_at
  FROM extract_days AS d
),
named AS (
  SELECT a.person_id, a.as_at, a.worker_id, a.team_id,
         CASE WHEN a.worker_id IS NULL THEN 1 ELSE 0 END AS is_nameless,
         CASE WHEN a.worker_id IS NULL THEN '' ELSE a.worker_id END AS worker_order,
         CASE WHEN a.team_id IS NULL THEN '' ELSE a.team_id END AS team_order
  FROM record.allocation_seen AS a
  WHERE a.worker_id IS NOT NULL OR a.team_id IS NOT NULL
),
seen AS (
  SELECT n.person_id, n.as_at, n.worker_id, n.team_id,
         ROW_NUMBER() OVER (
           PARTITION BY n.person_id, n.as_at ORDER BY n.is_nameless, n.team_order DESC, n.worker_order
         ) AS turn
  FROM named AS n
)
SELECT c.person_id, c.worker_id, c.team_id, c.start_date, c.end_date
FROM claims AS c
WHERE c.turn = 1
UNION ALL
SELECT s.person_id, s.worker_id, s.team_id,
       CASE WHEN x.previous_as_at IS NULL THEN DAYS_AFTER(s.as_at, -183)
            ELSE DAYS_AFTER(x.previous_as_at, 1) END AS start_date,
       CASE WHEN x.next_as_at IS NOT NULL THEN DAYS_AFTER(s.as_at, 1) END AS end_date
FROM seen AS s
JOIN extracts AS x ON x.as_at = s.as_at
LEFT JOIN known AS k ON k.person_id = s.person_id
WHERE s.turn = 1 AND k.person_id IS NULL
