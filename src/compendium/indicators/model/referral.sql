-- referral: one referral of a child, with the child's referral before it.
-- Of several on one day: exact doubles are one; those decided or closed that day are each counted, and come
-- first; of those left open that day only one is counted, since two cases cannot be open together (CIN 8820).
-- previous_closed_on: the day on which the one before was closed, or was decided to need no further action.
-- Used by: referrals, rereferrals_12m, cin_open, resource_by_quadrant.
WITH told AS (
  SELECT r.person_id, r.referral_date, r.nfa, r.close_date,
         CASE WHEN r.source_code IS NULL THEN '10' ELSE r.source_code END AS source_code,
         CASE WHEN r.nfa = 1 OR r.close_date <= r.referral_date THEN 0 ELSE 1 END AS left_open,
         CASE WHEN r.close_date IS NULL THEN 0 ELSE 1 END AS has_closed,
         CASE WHEN r.close_date IS NULL THEN r.referral_date ELSE r.close_date END AS last_day,
         CASE WHEN r.nfa IS NULL THEN 0 ELSE r.nfa END AS nfa_known,
         CASE WHEN r.nfa IS NULL THEN 0 ELSE 1 END AS has_nfa,
         CASE WHEN r.source_code IS NULL THEN 0 ELSE 1 END AS has_source,
         MAX(r.primary_need_code) AS primary_need_code, MAX(r.close_reason) AS close_reason,
         MAX(r.team_id) AS team_id
  FROM record.referral AS r
  GROUP BY r.person_id, r.referral_date, r.source_code, r.nfa, r.close_date
),
ordered AS (
  SELECT t.person_id, t.referral_date, t.nfa, t.close_date, t.source_code, t.left_open,
         t.primary_need_code, t.close_reason, t.team_id,
         CASE WHEN t.close_date IS NULL AND t.nfa = 1 THEN t.referral_date ELSE t.close_date END AS closed_on,
         ROW_NUMBER() OVER (
           PARTITION BY t.person_id, t.referral_date, t.left_open
           ORDER BY t.has_closed, t.last_day DESC, t.source_code, t.nfa_known, t.has_nfa, t.has_source
         ) AS turn
  FROM told AS t
)
SELECT ROW_NUMBER() OVER (ORDER BY o.person_id, o.referral_date, o.left_open, o.turn) AS referral_id,
       o.person_id, o.referral_date, o.nfa, o.close_date, o.close_reason, o.primary_need_code, o.team_id,
       o.source_code,
       CASE WHEN o.source_code IN ('1A', '1B', '1C', '1D') THEN 'Individual'
            WHEN o.source_code = '2A' THEN 'Schools'
            WHEN o.source_code = '2B' THEN 'Education services'
            WHEN o.source_code IN ('3A', '3B', '3C', '3D', '3E', '3F') THEN 'Health services'
            WHEN o.source_code = '4' THEN 'Housing'
            WHEN o.source_code IN ('5A', '5B', '5C', '5D') THEN 'Local authority services'
            WHEN o.source_code = '6' THEN 'Police'
            WHEN o.source_code = '7' THEN 'Other legal agency'
            WHEN o.source_code = '8' THEN 'Other'
            WHEN o.source_code = '9' THEN 'Anonymous'
            ELSE 'Unknown' END AS source,
       LAG(o.referral_date) OVER (
         PARTITION BY o.person_id ORDER BY o.referral_date, o.left_open, o.turn
       ) AS previous_referral_date,
       LAG(o.close_date) OVER (
         PARTITION BY o.person_id ORDER BY o.referral_date, o.left_open, o.turn
       ) AS previous_close_date,
       LAG(o.closed_on) OVER (
         PARTITION BY o.person_id ORDER BY o.referral_date, o.left_open, o.turn
       ) AS previous_closed_on
FROM ordered AS o
WHERE o.left_open = 0 OR o.turn = 1
