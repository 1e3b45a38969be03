-- assessment: one Child and Family assessment; a double of the same child and day is one, and keeps its first
-- start when reopened. is_first_on_referral is 1 for the earliest assessment of its referral.
-- Used by: assessments_45wd, assessments_45wd_from_referral, assessments_open_over_45wd.
WITH told AS (
  SELECT a.person_id, a.start_date, MIN(a.referral_date) AS referral_date,
         COUNT(a.start_date) AS tellings, COUNT(a.auth_date) AS finished, MAX(a.auth_date) AS last_auth_date,
         MAX(a.child_seen) AS child_seen, MAX(a.needs_support) AS needs_support, MAX(a.team_id) AS team_id
  FROM record.assessment AS a
  GROUP BY a.person_id, a.start_date
)
SELECT ROW_NUMBER() OVER (ORDER BY t.person_id, t.start_date) AS assessment_id,
       t.person_id, t.start_date, t.referral_date, t.child_seen, t.needs_support, t.team_id,
       CASE WHEN t.tellings = t.finished THEN t.last_auth_date END AS auth_date,
       CASE WHEN t.referral_date IS NULL THEN 0
            WHEN ROW_NUMBER() OVER (PARTITION BY t.person_id, t.referral_date ORDER BY t.start_date) = 1 THEN 1
            ELSE 0 END AS is_first_on_referral
FROM told AS t
