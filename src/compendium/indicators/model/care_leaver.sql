-- care_leaver: what was known of a young person from one day until it was next known.
-- Custody is unsuitable whatever was recorded beside it. EET is education, employment or training.
-- gone: why the person is in no denominator; elsewhere: why in none of accommodation (what was recorded as the
-- reason comes before the letter of the accommodation).
-- Used by: cl_eet, cl_suitable_accom, their variants by age, and birthday.
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
       t.eligibility, t.in_touch, t.last_contact_date, t.activity, t.accommodation, t.team_id, p.dob,
       CASE WHEN t.exclusion = 'died' THEN 'died'
            WHEN t.exclusion = 'returned_home' THEN 'returned home'
            WHEN t.exclusion = 'transferred' THEN 'moved to another council' END AS gone,
       CASE WHEN t.accommodation_exclusion = 'abroad' THEN 'gone abroad'
            WHEN t.accommodation_exclusion = 'deported' THEN 'deported'
            WHEN t.accommodation_exclusion = 'residence_unknown' THEN 'residence not known'
            WHEN t.accommodation IN ('G', 'G1', 'G2') THEN 'gone abroad'
            WHEN t.accommodation IN ('H', 'H1', 'H2') THEN 'deported'
            WHEN t.accommodation IN ('R', 'R1', 'R2') THEN 'residence not known' END AS elsewhere,
       CASE WHEN t.activity IN ('F1', 'P1', 'F2', 'P2', 'F3', 'P3', 'F4', 'P4', 'F5', 'P5') THEN 1
            ELSE 0 END AS is_eet,
       CASE WHEN t.accommodation IN ('X', 'X1', 'X2') THEN 0
            WHEN t.is_suitable = 1 THEN 1
            ELSE 0 END AS is_suitable
FROM told AS t
LEFT JOIN record.person AS p ON p.person_id = t.person_id
