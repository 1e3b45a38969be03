-- assessment: one Child and Family assessment; a double of the same child and day is one, and keeps its first
-- start when reopened. referral_date: as given, or else the child's latest referral whose case was open when the
-- assessment began. is_first_on_referral is 1 for the earliest assessment of its referral.
-- Used by: assessments_45wd, assessments_45wd_from_referral, assessments_open_over_45wd.
WITH told AS (
  SELECT a.person_id, a.start_date, MIN(a.referral_date) AS given_referral_date,
         COUNT(a.start_date) AS tellings, COUNT(a.auth_date) AS finished, MAX(a.auth_date) AS last_auth_date,
         MAX(a.child_seen) AS child_seen, MAX(a.needs_support) AS needs_support, MAX(a.team_id) AS team_id
  FROM record.assessment AS a
  GROUP BY a.person_id, a.start_date
),
open_cases AS (
  SELECT t.person_id, t.start_date, MAX(r.referral_date) AS referral_date
  FROM told AS t
  JOIN referral AS r ON r.person_id = t.person_id AND r.referral_date <= t.start_date
   AND (r.close_date IS NULL OR r.close_date >= t.start_date)
  WHERE t.given_referral_date IS NULL AND (r.nfa IS NULL OR r.nfa = 0)
  GROUP BY t.person_id, t.start_date
),
settled AS (
  SELECT t.person_id, t.start_date, t.child_seen, t.needs_support, t.team_id,
         CASE WHEN t.tellings = t.finished THEN t.last_auth_date END AS auth_date,
         CASE WHEN t.given_referral_date IS NULL THEN o.referral_date
              ELSE t.given_referral_date END AS referral_date
  FROM told AS t
  LEFT JOIN open_cases AS o ON o.person_id = t.person_id AND o.start_date = t.start_date
)
SELECT ROW_NUMBER() OVER (ORDER BY s.person_id, s.start_date) AS assessment_id,
       s.person_id, s.start_date, s.referral_date, s.auth_date, s.child_seen, s.needs_support, s.team_id,
       CASE WHEN s.referral_date IS NULL THEN 0
            WHEN ROW_NUMBER() OVER (PARTITION BY s.person_id, s.referral_date ORDER BY s.start_date) = 1 THEN 1
            ELSE 0 END AS is_first_on_referral
FROM settled AS s
