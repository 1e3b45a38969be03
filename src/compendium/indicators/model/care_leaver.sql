-- care_leaver: what was known of a young person from one day until it was next known.
-- Custody is unsuitable whatever was recorded beside it. EET is education, employment or training.
-- Used by: cl_eet, cl_suitable_accom and their age 17 to 18 variants.
WITH told AS (
  SELECT c.person_id, c.as_at, MAX(c.eligibility) AS eligibility, MAX(c.in_touch) AS in_touch,
         MAX(c.last_contact_date) AS last_contact_date, MAX(c.accommodation) AS accommodation,
         MAX(c.is_suitable) AS is_suitable, MAX(c.activity) AS activity,
         MAX(c.exclusion) AS exclusion, MAX(c.accommodation_exclusion) AS accommodation_exclusion,
         MAX(c.team_id) AS team_id
  FROM record.care_leaver_status AS c
  GROUP BY c.person_id, c.as_at
)
SELECT t.person_id, t.as_at AS from_date,
       LEAD(t.as_at) OVER (PARTITION BY t.person_id ORDER BY t.as_at) AS to_date,
       t.eligibility, t.in_touch, t.last_contact_date, t.activity, t.exclusion, t.accommodation_exclusion,
       t.accommodation, t.team_id, p.dob,
       CASE WHEN t.activity IN ('F1', 'P1', 'F2', 'P2', 'F3', 'P3', 'F4', 'P4', 'F5', 'P5') THEN 1
            ELSE 0 END AS is_eet,
       CASE WHEN t.accommodation IN ('X', 'X1', 'X2') THEN 0
            WHEN t.is_suitable = 1 THEN 1
            ELSE 0 END AS is_suitable
FROM told AS t
LEFT JOIN record.person AS p ON p.person_id = t.person_id
