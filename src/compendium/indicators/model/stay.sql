-- stay: an unbroken time of a looked-after child with one carer.
-- Folded into it: a temporary move (T0 to T4, within its limit of days) from which the child comes back or has
-- not yet left; a placement row with the same carer; adoption by the child's own foster carers (A3, A5).
-- Where no carer is recorded, coming back means the same kind of placement, provider and home.
-- Used by: cla_3plus_placements, cla_long_term_stability, cla_visits_timely (by way of duty).
WITH kinds AS (
  SELECT e.person_id, e.period_id, e.start_date, e.end_date, e.type, e.provider, e.carer_id, e.urn,
         e.is_long_term, e.location,
         CASE WHEN e.type IN ('T0', 'T1') AND (e.end_date IS NULL OR DAYS_BETWEEN(e.start_date, e.end_date) <= 42)
              THEN 0
              WHEN e.type IN ('T2', 'T3') AND (e.end_date IS NULL OR DAYS_BETWEEN(e.start_date, e.end_date) <= 21)
              THEN 0
              WHEN e.type = 'T4' AND (e.end_date IS NULL OR DAYS_BETWEEN(e.start_date, e.end_date) <= 7) THEN 0
              ELSE 1 END AS is_settled
  FROM placement AS e
),
numbered AS (
  SELECT k.person_id, k.period_id, k.start_date, k.end_date, k.type, k.provider, k.carer_id, k.urn,
         k.is_long_term, k.location,
         k.is_settled,
         SUM(k.is_settled) OVER (
           PARTITION BY k.person_id, k.period_id ORDER BY k.start_date
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
         ) AS settled_no
  FROM kinds AS k
),
gaps AS (
  SELECT n.period_id, n.settled_no, SUM(1 - n.is_settled) AS temporary_moves
  FROM numbered AS n
  GROUP BY n.period_id, n.settled_no
),
pairs AS (
  SELECT y.period_id, y.settled_no,
         CASE WHEN y.type IN ('A3', 'A5') OR x.carer_id = y.carer_id THEN 1
              WHEN g.temporary_moves > 0 AND (x.carer_id IS NULL OR y.carer_id IS NULL) AND x.type = y.type
                   AND (x.provider = y.provider OR x.provider IS NULL OR y.provider IS NULL)
                   AND (x.urn = y.urn OR x.urn IS NULL OR y.urn IS NULL) THEN 1
              ELSE 0 END AS is_same
  FROM numbered AS y
  JOIN numbered AS x ON x.period_id = y.period_id AND x.settled_no + 1 = y.settled_no AND x.is_settled = 1
  JOIN gaps AS g ON g.period_id = x.period_id AND g.settled_no = x.settled_no
  WHERE y.is_settled = 1
),
moves AS (
  SELECT n.person_id, n.period_id, n.start_date, n.end_date, n.type, n.carer_id, n.is_long_term, n.location,
         n.is_settled, n.settled_no,
         CASE WHEN n.is_settled = 1 AND own.is_same = 1 THEN 0
              WHEN n.is_settled = 1 THEN 1
              WHEN n.settled_no = 0 THEN 1
              WHEN coming.period_id IS NULL OR coming.is_same = 1 THEN 0
              ELSE 1 END AS moved
  FROM numbered AS n
  LEFT JOIN pairs AS own ON own.period_id = n.period_id AND own.settled_no = n.settled_no
  LEFT JOIN pairs AS coming ON coming.period_id = n.period_id AND coming.settled_no = n.settled_no + 1
),
counted AS (
  SELECT m.person_id, m.period_id, m.start_date, m.end_date, m.type, m.carer_id, m.is_long_term, m.location,
         SUM(m.moved) OVER (
           PARTITION BY m.person_id, m.period_id ORDER BY m.start_date
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
         ) AS stay_no,
         ROW_NUMBER() OVER (
           PARTITION BY m.person_id, m.period_id ORDER BY m.is_settled, m.start_date
         ) AS settled_last
  FROM moves AS m
),
spans AS (
  SELECT c.person_id, c.period_id, c.stay_no, MIN(c.start_date) AS start_date, MAX(c.carer_id) AS carer_id,
         COUNT(c.start_date) AS parts, COUNT(c.end_date) AS ended_parts, MAX(c.end_date) AS last_end_date,
         MAX(c.settled_last) AS settled_last
  FROM counted AS c
  GROUP BY c.person_id, c.period_id, c.stay_no
)
SELECT ROW_NUMBER() OVER (ORDER BY s.person_id, s.start_date) AS stay_id,
       s.person_id, s.period_id, s.start_date, s.carer_id, c.type, c.is_long_term, c.location,
       CASE WHEN s.parts = s.ended_parts THEN s.last_end_date END AS end_date,
       LAG(s.start_date) OVER (PARTITION BY s.person_id, s.period_id ORDER BY s.start_date) AS previous_start_date
FROM spans AS s
JOIN counted AS c ON c.period_id = s.period_id AND c.stay_no = s.stay_no AND c.settled_last = s.settled_last
