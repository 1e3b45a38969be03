-- saving: what a service cost in a month for which a saving is claimed, and what the same month cost before the change.
-- Cost is all that was spent on the service or on the one it replaces, so that what is left of the old one counts too.
-- The month before the change is the same month of the year that ended with the change; before_pence is NULL where
-- nothing is recorded of it, and from the sixth year on. Of several claims for one service and month the latest made stands.
-- Used by: mash_savings_claimed, mash_savings_realised.
WITH cost AS (
  SELECT k.claim_id, s.month_end, SUM(s.amount_pence) AS pence
  FROM record.savings_claim AS k
  JOIN spend AS s ON s.kind = 'actual' AND (s.service = k.service OR s.service = k.replaces)
  GROUP BY k.claim_id, s.month_end
),
compared AS (
  SELECT k.claim_id, k.service, a.month_end, k.monthly_pence AS claimed_pence, b.pence AS before_pence,
         a.pence AS after_pence,
         ROW_NUMBER() OVER (
           PARTITION BY k.service, a.month_end ORDER BY k.claimed_on DESC, k.claim_id
         ) AS turn
  FROM record.savings_claim AS k
  JOIN cost AS a ON a.claim_id = k.claim_id AND a.month_end >= k.period_from AND a.month_end <= k.period_to
  LEFT JOIN cost AS b ON b.claim_id = k.claim_id AND b.month_end < k.period_from
   AND MONTHS_AFTER(b.month_end, 12) >= k.period_from
   AND (MONTHS_AFTER(DAYS_AFTER(b.month_end, 1), 12) = DAYS_AFTER(a.month_end, 1)
        OR MONTHS_AFTER(DAYS_AFTER(b.month_end, 1), 24) = DAYS_AFTER(a.month_end, 1)
        OR MONTHS_AFTER(DAYS_AFTER(b.month_end, 1), 36) = DAYS_AFTER(a.month_end, 1)
        OR MONTHS_AFTER(DAYS_AFTER(b.month_end, 1), 48) = DAYS_AFTER(a.month_end, 1)
        OR MONTHS_AFTER(DAYS_AFTER(b.month_end, 1), 60) = DAYS_AFTER(a.month_end, 1))
)
SELECT c.claim_id, c.service, c.month_end, c.claimed_pence, c.before_pence, c.after_pence
FROM compared AS c
WHERE c.turn = 1
