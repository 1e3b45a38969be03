-- birthday: the 19th, 20th or 21st birthday of a care leaver, with what was known on or around it: the status last
-- seen by the end of the birthday window, and no earlier than its beginning (rules birthday_months_before and
-- birthday_months_after). Where that is older, or not known, the person is neither learning nor working nor suitably
-- housed, but is still there; so is one first told of in the three months after the birthday.
-- untold: something was told once, but nothing in the year before the birthday nor in the three months after it: a
-- return of the ages 17 and 18 says nothing of those who have turned 19, and theirs would be a false nought.
-- is_in_touch: there was a contact in the window, whenever it was told of.
-- Someone born on 29 February has the birthday on 1 March of a common year.
-- Used by: cl_eet_birthday, cl_suitable_accom_birthday, cl_neet_birthday, cl_in_touch_birthday, cl_staying_put.
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
told AS (
  SELECT d.person_id, d.age, d.birthday,
         MAX(CASE WHEN c.from_date <= MONTHS_AFTER(d.birthday, :birthday_months_after) THEN c.from_date END) AS last_date,
         MIN(CASE WHEN c.from_date > MONTHS_AFTER(d.birthday, :birthday_months_after) THEN c.from_date END) AS next_date
  FROM days AS d
  JOIN care_leaver AS c ON c.person_id = d.person_id
  GROUP BY d.person_id, d.age, d.birthday
),
chosen AS (
  SELECT t.person_id, t.age, t.birthday,
         CASE WHEN MONTHS_AFTER(t.last_date, 12) > t.birthday THEN t.last_date
              WHEN t.next_date <= MONTHS_AFTER(t.birthday, 3) THEN t.next_date
              ELSE t.last_date END AS from_date
  FROM told AS t
  WHERE t.last_date IS NOT NULL OR t.next_date <= MONTHS_AFTER(t.birthday, 3)
),
touched AS (
  SELECT d.person_id, d.age
  FROM days AS d
  JOIN leaver_contact AS t ON t.person_id = d.person_id AND d.birthday <= MONTHS_AFTER(t.day, :birthday_months_before)
   AND t.day <= MONTHS_AFTER(d.birthday, :birthday_months_after)
  GROUP BY d.person_id, d.age
),
states AS (
  SELECT s.person_id, s.age, s.birthday, s.from_date,
         CASE WHEN s.birthday <= MONTHS_AFTER(s.from_date, :birthday_months_before)
                   AND s.from_date <= MONTHS_AFTER(s.birthday, :birthday_months_after) THEN 1
              ELSE 0 END AS is_seen,
         CASE WHEN MONTHS_AFTER(s.from_date, 12) <= s.birthday THEN 'not told of for a year' END AS untold
  FROM chosen AS s
)
SELECT s.person_id, s.age, s.birthday, c.dob, c.eligibility, c.gone, c.elsewhere, c.team_id, s.untold,
       CASE WHEN t.person_id IS NULL THEN 0 ELSE 1 END AS is_in_touch,
       s.is_seen * c.is_eet AS is_eet, s.is_seen * c.is_neet AS is_neet, s.is_seen * c.is_suitable AS is_suitable,
       s.is_seen * c.is_with_former_carer AS is_with_former_carer
FROM states AS s
JOIN care_leaver AS c ON c.person_id = s.person_id AND c.from_date = s.from_date
LEFT JOIN touched AS t ON t.person_id = s.person_id AND t.age = s.age
