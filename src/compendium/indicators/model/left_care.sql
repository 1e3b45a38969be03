-- left_care: a child's leaving care, once for each period that has ended, with the next time that the child left.
-- route: how, in groups of the reasons of the looked-after children return; grown up where only the birthday is known, and
-- empty when no reason is.
-- Used by: cla_ceased, cla_ceased_children, cla_exit_permanence and its variants.
SELECT l.person_id, l.end_date,
       LEAD(l.end_date) OVER (PARTITION BY l.person_id ORDER BY l.start_date) AS next_end_date,
       CASE WHEN l.end_reason IN ('E11', 'E12') THEN 'Adopted'
            WHEN l.end_reason IN ('E43', 'E44', 'E45', 'E46', 'E47', 'E48') THEN 'Special guardianship order'
            WHEN l.end_reason = 'E41' THEN 'Child arrangements order'
            WHEN l.end_reason IN ('E4A', 'E4') THEN 'Home, as planned'
            WHEN l.end_reason = 'E4B' THEN 'Home, not as planned'
            WHEN l.end_reason IN ('E5', 'E6') THEN 'Independent living'
            WHEN l.end_reason = 'E17' THEN 'Grown up, stayed with the carers'
            WHEN l.end_reason = 'E3' THEN 'Care taken over by another council'
            WHEN l.end_reason IS NOT NULL AND l.end_reason NOT IN ('X1', 'E99') THEN 'Other'
            WHEN AGE_AT(p.dob, l.end_date) >= 18 THEN 'Grown up'
       END AS route
FROM looked_after AS l
LEFT JOIN record.person AS p ON p.person_id = l.person_id
WHERE l.end_date IS NOT NULL
