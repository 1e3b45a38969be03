-- s47: one section 47 enquiry about a child; a second row of the same child and day is the same enquiry.
-- Used by: s47_started.
WITH told AS (
  SELECT e.person_id, e.start_date, MAX(e.referral_date) AS referral_date,
         MAX(e.icpc_not_required) AS icpc_not_required, MAX(e.team_id) AS team_id
  FROM record.s47 AS e
  GROUP BY e.person_id, e.start_date
)
SELECT ROW_NUMBER() OVER (ORDER BY t.person_id, t.start_date) AS s47_id,
       t.person_id, t.start_date, t.referral_date, t.icpc_not_required, t.team_id,
       LAG(t.start_date) OVER (PARTITION BY t.person_id ORDER BY t.start_date) AS previous_start_date
FROM told AS t
