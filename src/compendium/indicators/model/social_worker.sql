-- social_worker: a time in which a social worker was a child's: each allocation that has days, and where there is none,
-- what lists tell of who held the case (see holder).
-- Used by: cla_sw_changes.
SELECT i.person_id, i.worker_id, i.start_date, i.end_date
FROM record.involvement AS i
WHERE (i.role IS NULL OR i.role IN ('case_holder', 'social_worker')) AND i.worker_id IS NOT NULL
  AND (i.end_date IS NULL OR i.end_date > i.start_date)
UNION
SELECT h.person_id, h.worker_id, h.start_date, h.end_date
FROM holder AS h
WHERE h.worker_id IS NOT NULL
