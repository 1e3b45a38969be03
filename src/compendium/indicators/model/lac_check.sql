-- lac_check: a day on which a looked-after child's health or teeth were checked, whatever list tells it.
-- kind: health (initial or review), or dental. What was offered and refused is not there.
-- is_yearly: 1 for the word of a yearly return, on the last day of its year, that all was done that the year asked for.
-- Used by: cla_health_assessment, cla_dental.
SELECT h.person_id, CASE WHEN h.kind = 'dental' THEN 'dental' ELSE 'health' END AS kind, h.check_date AS day,
       0 AS is_yearly
FROM record.health_check AS h
WHERE h.refused IS NULL OR h.refused = 0
UNION
SELECT l.person_id, 'health' AS kind, l.health_assessment_date AS day, 0 AS is_yearly
FROM record.lac_period AS l
WHERE l.health_assessment_date IS NOT NULL
UNION
SELECT l.person_id, 'dental' AS kind, l.dental_check_date AS day, 0 AS is_yearly
FROM record.lac_period AS l
WHERE l.dental_check_date IS NOT NULL
UNION
SELECT y.person_id, 'health' AS kind, y.as_at AS day, 1 AS is_yearly
FROM record.lac_health AS y
WHERE y.health_assessment = 1
UNION
SELECT y.person_id, 'dental' AS kind, y.as_at AS day, 1 AS is_yearly
FROM record.lac_health AS y
WHERE y.dental_check = 1
