-- placement: one placement of a looked-after child, as long as the child's period of care and the next placement let
-- it last. Gone: placements that begin and end on one day (under 24 hours), and those outside any period of care.
-- Used by: cla_total, cla_placement_mix, cla_20_miles, cla_unregistered and their variants, and stay.
WITH told AS (
  SELECT p.person_id, p.start_date, COUNT(p.start_date) AS tellings, COUNT(p.end_date) AS ended,
         MAX(p.end_date) AS last_end_date, MAX(p.type) AS type, MAX(p.provider) AS provider,
         MAX(p.carer_id) AS carer_id, MAX(p.urn) AS urn, MAX(p.is_long_term) AS is_long_term,
         MAX(p.location) AS location, MAX(p.distance_hundredths) AS distance_hundredths,
         MIN(p.is_registered) AS is_registered
  FROM record.placement AS p
  WHERE p.end_date IS NULL OR p.end_date > p.start_date
  GROUP BY p.person_id, p.start_date
),
in_care AS (
  SELECT t.person_id, l.period_id, l.end_date AS period_end, t.start_date, t.type, t.provider, t.carer_id, t.urn,
         t.is_long_term, t.location, t.distance_hundredths, t.is_registered,
         CASE WHEN t.tellings = t.ended THEN t.last_end_date END AS own_end_date,
         LEAD(t.start_date) OVER (PARTITION BY t.person_id, l.period_id ORDER BY t.start_date) AS next_start_date
  FROM told AS t
  JOIN looked_after AS l ON l.person_id = t.person_id AND OPEN_AT(l.start_date, l.end_date, t.start_date)
)
SELECT c.person_id, c.period_id, c.start_date, c.type, c.provider, c.carer_id, c.urn, c.is_long_term, c.location,
       c.distance_hundredths, c.is_registered,
       CASE WHEN c.next_start_date < c.own_end_date THEN c.next_start_date
            WHEN c.own_end_date IS NULL AND c.next_start_date IS NOT NULL THEN c.next_start_date
            WHEN c.own_end_date IS NULL THEN c.period_end
            WHEN c.period_end < c.own_end_date THEN c.period_end
            ELSE c.own_end_date END AS end_date
FROM in_care AS c
