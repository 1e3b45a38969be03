-- caseload: one worker at one month end: the children whose case the worker holds, and the hours worked.
-- Agency workers are there; a worker with no case has 0, a worker with no recorded hours has none (0).
-- here_since: the first day of the worker's unbroken time, whatever the role, team and hours; team_type: the service
-- of the team on payroll.
-- A source that gives no dates says 1 January 1995; what it says of a worker counts where no other source has dates.
-- Used by: sw_caseload_avg, sw_high_caseload, sw_asye_share, sw_supervision, resource_by_quadrant and its variants.
WITH dated AS (
  SELECT w.worker_id
  FROM record.worker AS w
  WHERE w.start_date > '1995-01-01'
  GROUP BY w.worker_id
),
spells AS (
  SELECT w.worker_id, w.team_id, w.role, w.is_agency, w.is_asye, w.fte_hundredths, w.start_date, w.end_date,
         ROW_NUMBER() OVER (PARTITION BY w.worker_id ORDER BY w.start_date) AS turn,
         LAG(w.start_date) OVER (PARTITION BY w.worker_id ORDER BY w.start_date) AS previous_start_date,
         LAG(w.end_date) OVER (PARTITION BY w.worker_id ORDER BY w.start_date) AS previous_end_date
  FROM record.worker AS w
  LEFT JOIN dated AS d ON d.worker_id = w.worker_id
  WHERE d.worker_id IS NULL OR w.start_date > '1995-01-01'
),
marked AS (
  SELECT s.worker_id, s.team_id, s.role, s.is_agency, s.is_asye, s.fte_hundredths, s.start_date, s.end_date, s.turn,
         CASE WHEN s.previous_end_date < s.start_date OR s.previous_start_date IS NULL THEN 1 ELSE 0 END AS is_new
  FROM spells AS s
),
numbered AS (
  SELECT k.worker_id, k.team_id, k.role, k.is_agency, k.is_asye, k.fte_hundredths, k.start_date, k.end_date,
         SUM(k.is_new) OVER (
           PARTITION BY k.worker_id ORDER BY k.turn ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
         ) AS stint
  FROM marked AS k
),
stints AS (
  SELECT n.worker_id, n.stint, MIN(n.start_date) AS here_since
  FROM numbered AS n
  GROUP BY n.worker_id, n.stint
),
marks AS (
  SELECT n.worker_id, m.month_end, n.team_id, n.role, n.is_agency, n.is_asye, n.fte_hundredths, s.here_since,
         0 AS cases
  FROM month_end AS m
  JOIN numbered AS n ON OPEN_AT(n.start_date, n.end_date, m.month_end)
  JOIN stints AS s ON s.worker_id = n.worker_id AND s.stint = n.stint
  UNION ALL
  SELECT h.worker_id, m.month_end, NULL AS team_id, NULL AS role, NULL AS is_agency, NULL AS is_asye,
         0 AS fte_hundredths, NULL AS here_since, 1 AS cases
  FROM month_end AS m
  JOIN holder AS h ON OPEN_AT(h.start_date, h.end_date, m.month_end)
  WHERE h.worker_id IS NOT NULL
),
workers AS (
  SELECT k.worker_id, k.month_end, MAX(k.team_id) AS team_id, MAX(k.role) AS role, MAX(k.is_agency) AS is_agency,
         MAX(k.is_asye) AS is_asye, SUM(k.fte_hundredths) AS fte_hundredths, SUM(k.cases) AS cases,
         MIN(k.here_since) AS here_since
  FROM marks AS k
  GROUP BY k.worker_id, k.month_end
),
services AS (
  SELECT w.worker_id, w.month_end, MAX(t.service) AS team_type
  FROM workers AS w
  JOIN team AS t ON t.team_id = w.team_id AND OPEN_AT(t.valid_from, t.valid_to, w.month_end)
  GROUP BY w.worker_id, w.month_end
)
SELECT w.worker_id, w.month_end, w.team_id, w.role, w.is_agency, w.is_asye, w.fte_hundredths, w.cases, w.here_since,
       s.team_type
FROM workers AS w
LEFT JOIN services AS s ON s.worker_id = w.worker_id AND s.month_end = w.month_end
