-- s47: one section 47 enquiry about a child; a second row of the same child and day is the same enquiry.
-- icpc_date is the day of the first conference that names this enquiry: of two enquiries behind one conference
-- both led to it.
-- Used by: s47_started, s47_to_icpc_pct, s47_repeat_12m.
WITH told AS (
  SELECT e.person_id, e.start_date, MAX(e.referral_date) AS referral_date, MAX(e.nfa) AS nfa,
         MAX(e.icpc_not_required) AS icpc_not_required, MAX(e.team_id) AS team_id
  FROM record.s47 AS e
  GROUP BY e.person_id, e.start_date
),
led AS (
  SELECT c.person_id, c.s47_start_date, MIN(c.icpc_date) AS icpc_date
  FROM record.icpc AS c
  WHERE c.s47_start_date IS NOT NULL
  GROUP BY c.person_id, c.s47_start_date
)
SELECT ROW_NUMBER() OVER (ORDER BY t.person_id, t.start_date) AS s47_id,
       t.person_id, t.start_date, t.referral_date, t.nfa, t.icpc_not_required, l.icpc_date, t.team_id,
       LAG(t.start_date) OVER (PARTITION BY t.person_id ORDER BY t.start_date) AS previous_start_date
FROM told AS t
LEFT JOIN led AS l ON l.person_id = t.person_id AND l.s47_start_date = t.start_date
