-- care_leaver: what was known of a young person from one day until it was next known.
-- Custody is unsuitable whatever was recorded beside it. EET is education, employment or training.
-- gone: why the person is in no denominator; elsewhere: why in none of accommodation (what was recorded as the
-- reason comes before the letter of the accommodation).
-- A source that tells of contact, activity and accommodation only (the daily API) leaves the rest as last told.
-- known_until: what was told counts as known for a year; from that day on nothing is known of the person.
-- Used by: nearly every cl_ indicator, and birthday.
WITH told AS (
  SELECT c.person_id, c.as_at, MAX(c.eligibility) AS eligibility, MAX(c.in_touch) AS in_touch,
         MAX(c.last_contact_date) AS last_contact_date, MAX(c.accommodation) AS accommodation,
         MAX(c.is_suitable) AS is_suitable, MAX(c.activity) AS activity,
         MAX(c.exclusion) AS exclusion, MAX(c.accommodation_exclusion) AS accommodation_exclusion,
         MAX(c.team_id) AS team_id
  FROM record.care_leaver_status AS c
  GROUP BY c.person_id, c.as_at
),
kinds AS (
  SELECT t.person_id, t.as_at, t.eligibility, t.in_touch, t.last_contact_date, t.accommodation, t.is_suitable,
         t.activity, t.exclusion, t.accommodation_exclusion, t.team_id,
         CASE WHEN t.eligibility IS NULL AND t.in_touch IS NULL AND t.is_suitable IS NULL AND t.exclusion IS NULL
                   AND t.accommodation_exclusion IS NULL THEN 0
              ELSE 1 END AS is_full
  FROM told AS t
),
numbered AS (
  SELECT k.person_id, k.as_at, k.eligibility, k.in_touch, k.last_contact_date, k.accommodation, k.is_suitable,
         k.activity, k.exclusion, k.accommodation_exclusion, k.team_id, k.is_full,
         SUM(k.is_full) OVER (
           PARTITION BY k.person_id ORDER BY k.as_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
         ) AS full_no
  FROM kinds AS k
),
filled AS (
  SELECT n.person_id, n.as_at, f.eligibility, f.in_touch, n.last_contact_date, n.accommodation, f.is_suitable,
         n.activity, f.exclusion, f.accommodation_exclusion,
         CASE WHEN n.team_id IS NULL THEN f.team_id ELSE n.team_id END AS team_id
  FROM numbered AS n
  LEFT JOIN numbered AS f ON f.person_id = n.person_id AND f.full_no = n.full_no AND f.is_full = 1
)
SELECT t.person_id, t.as_at AS from_date,
       LEAD(t.as_at) OVER (PARTITION BY t.person_id ORDER BY t.as_at) AS to_date,
       MONTHS_AFTER(t.as_at, 12) AS known_until,
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
       CASE WHEN t.activity IN ('G4', 'G5', 'G6') THEN 1 ELSE 0 END AS is_neet,
       CASE WHEN t.accommodation IN ('X', 'X1', 'X2') THEN 0
            WHEN t.is_suitable = 1 THEN 1
            ELSE 0 END AS is_suitable,
       CASE WHEN t.accommodation IN ('Z', 'Z1', 'Z2') THEN 1 ELSE 0 END AS is_with_former_carer
FROM filled AS t
LEFT JOIN record.person AS p ON p.person_id = t.person_id
