-- looked_after: one period of being looked after. Series of short-term placements (legal status V3, V4) are gone.
-- A period ends on the 18th birthday at the latest (1 March for a child born on 29 February), and when the
-- child's next one begins. The end of a period always breaks continuous care.
-- end_reason: as told, of a period that ended on the day told; a birthday or another period has none.
-- Used by: nearly every cla_ indicator, and stay, duty, adopted, left_care and birthday.
WITH told AS (
  SELECT l.person_id, l.start_date, COUNT(l.start_date) AS tellings, COUNT(l.end_date) AS ended,
         MAX(l.end_date) AS last_end_date, MAX(l.end_reason) AS end_reason, MAX(l.legal_status) AS legal_status,
         MAX(l.need_code) AS need_code, MAX(l.is_uasc) AS is_uasc
  FROM record.lac_period AS l
  WHERE l.legal_status IS NULL OR l.legal_status NOT IN ('V3', 'V4')
  GROUP BY l.person_id, l.start_date
),
grown AS (
  SELECT t.person_id, t.start_date, t.legal_status, t.need_code, t.is_uasc, t.end_reason,
         CASE WHEN t.tellings = t.ended THEN t.last_end_date END AS end_date,
         LEAD(t.start_date) OVER (PARTITION BY t.person_id ORDER BY t.start_date) AS next_start_date,
         CASE WHEN AGE_AT(p.dob, MONTHS_AFTER(p.dob, 216)) < 18 THEN DAYS_AFTER(MONTHS_AFTER(p.dob, 216), 1)
              ELSE MONTHS_AFTER(p.dob, 216) END AS adult_date
  FROM told AS t
  LEFT JOIN record.person AS p ON p.person_id = t.person_id
),
followed AS (
  SELECT g.person_id, g.start_date, g.legal_status, g.need_code, g.is_uasc, g.end_reason, g.adult_date,
         g.end_date AS told_end_date,
         CASE WHEN g.end_date IS NULL THEN g.next_start_date
              WHEN g.next_start_date < g.end_date THEN g.next_start_date
              ELSE g.end_date END AS end_date
  FROM grown AS g
),
capped AS (
  SELECT f.person_id, f.start_date, f.legal_status, f.need_code, f.is_uasc, f.end_reason, f.told_end_date,
         CASE WHEN f.end_date IS NULL THEN f.adult_date
              WHEN f.adult_date < f.end_date THEN f.adult_date
              ELSE f.end_date END AS end_date
  FROM followed AS f
  WHERE f.adult_date IS NULL OR f.start_date < f.adult_date
)
SELECT ROW_NUMBER() OVER (ORDER BY c.person_id, c.start_date) AS period_id,
       c.person_id, c.start_date, c.end_date, c.legal_status, c.need_code, c.is_uasc,
       CASE WHEN c.end_date = c.told_end_date THEN c.end_reason END AS end_reason
FROM capped AS c
