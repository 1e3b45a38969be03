-- birthday: the 17th to 21st birthday of a care leaver, with what was known on or around it: the last status
-- seen between three months before the birthday and one month after, if any.
-- known is 0 where nothing was seen in that time. Someone born on 29 February has the birthday on 1 March.
-- Used by: cl_eet_birthday, cl_suitable_accom_birthday.
WITH people AS (
  SELECT c.person_id, c.dob
  FROM care_leaver AS c
  WHERE c.dob IS NOT NULL
  GROUP BY c.person_id, c.dob
),
years AS (
  SELECT p.person_id, p.dob, 17 AS age, MONTHS_AFTER(p.dob, 204) AS day FROM people AS p
  UNION ALL
  SELECT p.person_id, p.dob, 18 AS age, MONTHS_AFTER(p.dob, 216) AS day FROM people AS p
  UNION ALL
  SELECT p.person_id, p.dob, 19 AS age, MONTHS_AFTER(p.dob, 228) AS day FROM people AS p
  UNION ALL
  SELECT p.person_id, p.dob, 20 AS age, MONTHS_AFTER(p.dob, 240) AS day FROM people AS p
  UNION ALL
  SELECT p.person_id, p.dob, 21 AS age, MONTHS_AFTER(p.dob, 252) AS day FROM people AS p
),
days AS (
  SELECT y.person_id, y.age,
         CASE WHEN AGE_AT(y.dob, y.day) < y.age THEN DAYS_AFTER(y.day, 1) ELSE y.day END AS birthday
  FROM years AS y
),
sightings AS (
  SELECT d.person_id, d.age, d.birthday, MAX(c.from_date) AS from_date
  FROM days AS d
  LEFT JOIN care_leaver AS c ON c.person_id = d.person_id
   AND d.birthday <= MONTHS_AFTER(c.from_date, 3) AND c.from_date <= MONTHS_AFTER(d.birthday, 1)
  GROUP BY d.person_id, d.age, d.birthday
),
states AS (
  SELECT d.person_id, d.age, MAX(c.from_date) AS from_date
  FROM days AS d
  JOIN care_leaver AS c ON c.person_id = d.person_id AND c.from_date <= MONTHS_AFTER(d.birthday, 1)
  GROUP BY d.person_id, d.age
)
SELECT s.person_id, s.age, s.birthday, l.eligibility, l.gone, l.elsewhere, l.team_id,
       CASE WHEN k.person_id IS NULL THEN 0 ELSE 1 END AS known,
       CASE WHEN k.is_eet = 1 THEN 1 ELSE 0 END AS is_eet,
       CASE WHEN k.is_suitable = 1 THEN 1 ELSE 0 END AS is_suitable
FROM sightings AS s
JOIN states AS t ON t.person_id = s.person_id AND t.age = s.age
JOIN care_leaver AS l ON l.person_id = s.person_id AND l.from_date = t.from_date
LEFT JOIN care_leaver AS k ON k.person_id = s.person_id AND k.from_date = s.from_date
