-- lac_check: a day on which a looked-after child's health or teeth were checked, whatever list tells it.
-- kind: health (initial or review), or dental. What was offered and refused is not there.
-- Used by: cla_health_assessment, cla_dental.
SELECT h.person_id, CASE WHEN h.kind = 'dental' THEN 'dental' ELSE 'health' END AS kind, h.check_date AS day
FROM record.health_check AS h
WHERE h.refused IS NULL OR h.refused = 0
UNION
SELECT l.person_id, 'health' AS kind, l.health_assessment_date AS day
FROM record.lac_period AS l
WHERE l.health_assessment_date IS NOT NULL
UNION
SELECT l.person_id, 'dental' AS kind, l.dental_check_date AS day
FROM record.lac_period AS l
WHERE l.dental_check_date IS NOT NULL
