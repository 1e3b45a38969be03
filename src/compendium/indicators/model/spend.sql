-- spend: what one service of one area spent, was given or expects to spend in one month, whoever paid; in pence.
-- Used by: resource_by_quadrant_budget.
SELECT s.month_end, s.area_id, s.service, s.kind, SUM(s.amount_pence) AS amount_pence
FROM record.service_spend AS s
GROUP BY s.month_end, s.area_id, s.service, s.kind
