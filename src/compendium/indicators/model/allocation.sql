-- allocation: a time in which a worker who was in post was allocated to a child as the one who holds the case.
-- A worker who has left holds no case, though the allocation was never ended. is_registered is empty where no
-- source says; a worker of whom nothing is known is not in post.
-- A source that gives no dates says 1 January 1995; what it says of a worker counts where no other source has dates.
-- Used by: cp_unallocated.
WITH dated AS (
  SELECT w.worker_id
  FROM record.worker AS w
  WHERE w.start_date > '1995-01-01'
  GROUP BY w.worker_id
)
SELECT i.person_id, i.worker_id, w.is_registered,
       CASE WHEN w.start_date > i.start_date THEN w.start_date ELSE i.start_date END AS start_date,
       CASE WHEN i.end_date IS NULL THEN w.end_date
            WHEN w.end_date < i.end_date THEN w.end_date
            ELSE i.end_date END AS end_date
FROM record.involvement AS i
JOIN record.worker AS w ON w.worker_id = i.worker_id AND (i.end_date IS NULL OR w.start_date < i.end_date)
 AND (w.end_date IS NULL OR w.end_date > i.start_date)
LEFT JOIN dated AS d ON d.worker_id = w.worker_id
WHERE (i.role IS NULL OR i.role IN ('case_holder', 'social_worker'))
  AND (d.worker_id IS NULL OR w.start_date > '1995-01-01')
