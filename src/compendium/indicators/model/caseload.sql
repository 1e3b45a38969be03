-- caseload: one worker at one month end: the children whose case the worker holds, and the hours worked.
-- Agency workers are there; a worker with no case has 0, a worker with no recorded hours has none (0).
-- A source that gives no dates says 1 January 1995; what it says of a worker counts where no other source has dates.
-- Used by: sw_caseload_avg, resource_by_quadrant.
WITH dated AS (
  SELECT w.worker_id
  FROM record.worker AS w
  WHERE w.start_date > '1995-01-01'
  GROUP BY w.worker_id
),
marks AS (
  SELECT w.worker_id, m.month_end, w.team_id, w.role, w.is_agency, w.is_asye, w.fte_hundredths, 0 AS cases
  FROM month_end AS m
  JOIN record.worker AS w ON OPEN_AT(w.start_date, w.end_date, m.month_end)
  LEFT JOIN dated AS d ON d.worker_id = w.worker_id
  WHERE d.worker_id IS NULL OR w.start_date > '1995-01-01'
  UNION ALL
  SELECT h.worker_id, m.month_end, NULL AS team_id, NULL AS role, NULL AS is_agency, NULL AS is_asye,
         0 AS fte_hundredths, 1 AS cases
  FROM month_end AS m
  JOIN holder AS h ON OPEN_AT(h.start_date, h.end_date, m.month_end)
  WHERE h.worker_id IS NOT NULL
)
SELECT k.worker_id, k.month_end, MAX(k.team_id) AS team_id, MAX(k.role) AS role, MAX(k.is_agency) AS is_agency,
       MAX(k.is_asye) AS is_asye, SUM(k.fte_hundredths) AS fte_hundredths, SUM(k.cases) AS cases
FROM marks AS k
GROUP BY k.worker_id, k.month_end
