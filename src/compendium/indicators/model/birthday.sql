-- birthday: the 19th, 20th or 21st birthday of a care leaver, with what was known on or around it: the status last
-- seen by the end of the birthday window, and no earlier than its beginning (rules birthday_months_before and
-- birthday_months_after). Where that is older, or not known, the
-- person is neither learning nor working nor suitably housed, but is still there.
-- untold: nothing has been told for a year before the birthday, nor since: a return of the ages 17 and 18 says nothing
-- of those who have turned 19, and theirs would be a false nought.
-- Someone born on 29 February has the birthday on 1 March of a common year.
-- Used by: cl_eet_birthday, cl_suitable_accom_birthday.
WITH people AS (
  SELECT c.person_id, c.dob
  FROM care_leaver AS c
  WHERE c.dob IS NOT NULL
  GROUP BY c.person_id, c.dob
),
years AS (
  SELECT p.person_id, p.dob, 19 AS age, MONTHS_AFTER(p.dob, 228) AS day
  FROM people AS p
  UNION ALL
  SELECT p.person_id, p.dob, 20 AS age, MONTHS_AFTER(p.dob, 240) AS day
  FROM people AS p
  UNION ALL
  SELECT p.person_id, p.dob, 21 AS age, MONTHS_AFTER(p.dob, 252) AS day
  FROM people AS p
),
days AS (
  SELECT y.person_id, y.age,
         CASE WHEN AGE_AT(y.dob, y.day) < y.age THEN DAYS_AFTER(y.day, 1) ELSE y.day END AS birthday
  FROM years AS y
),
last_seen AS (
  SELECT d.person_id, d.age, d.birthday, MAX(c.from_date) AS from_date
  FROM days AS d
  JOIN care_leaver AS c ON c.person_id = d.person_id AND c.from_date <= MONTHS_AFTER(d.birthday, :birthday_months_after)
  GROUP BY d.person_id, d.age, d.birthday
)
SELECT s.person_id, s.age, s.birthday, c.eligibility, c.gone, c.elsewhere, c.team_id,
       CASE WHEN DAYS_AFTER(s.from_date, 365) <= s.birthday THEN 'not told of for a year' END AS untold,
       CASE WHEN s.birthday <= MONTHS_AFTER(s.from_date, :birthday_months_before) THEN c.is_eet ELSE 0 END AS is_eet,
       CASE WHEN s.birthday <= MONTHS_AFTER(s.from_date, :birthday_months_before) THEN c.is_suitable ELSE 0 END AS is_suitable
FROM last_seen AS s
JOIN care_leaver AS c ON c.person_id = s.person_id AND c.from_date = s.from_date
