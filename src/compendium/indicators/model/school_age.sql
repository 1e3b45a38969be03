-- school_age: from when until when somebody is of compulsory school age: from the first 1 September, 1 January or
-- 1 April after the fifth birthday, to the end of the school year in which the child turns 16. end_day is no longer
-- in it.
-- Used by: cla_pep_current.
WITH born AS (
  SELECT p.person_id, p.dob, MONTHS_AFTER(p.dob, 60) AS five,
         MONTHS_AFTER('1950-09-01', 12 * AGE_AT('1950-09-01', p.dob)) AS year_born
  FROM record.person AS p
  WHERE p.dob >= '1950-09-01'
),
fives AS (
  SELECT b.person_id, b.dob, b.five, b.year_born, MONTHS_AFTER(b.year_born, 64) AS january,
         MONTHS_AFTER(b.year_born, 67) AS april, MONTHS_AFTER(b.year_born, 72) AS september
  FROM born AS b
)
SELECT f.person_id, f.dob, MONTHS_AFTER(f.year_born, 204) AS end_day,
       CASE WHEN f.five < f.january THEN f.january
            WHEN f.five < f.april THEN f.april
            ELSE f.september END AS first_day
FROM fives AS f
