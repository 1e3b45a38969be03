-- icpc: one initial child protection conference about one child, with the strategy discussion that set its
-- clock going. Of two enquiries behind one conference the earlier sets the clock: a later one does not restart it.
-- Used by: icpc_15wd.
WITH told AS (
  SELECT c.person_id, c.icpc_date, MIN(c.s47_start_date) AS s47_start_date, MAX(c.transfer_in) AS transfer_in,
         MAX(c.outcome_cp_plan) AS outcome_cp_plan, MAX(c.team_id) AS team_id
  FROM record.icpc AS c
  GROUP BY c.person_id, c.icpc_date
)
SELECT ROW_NUMBER() OVER (ORDER BY t.person_id, t.icpc_date) AS icpc_id,
       t.person_id, t.icpc_date, t.s47_start_date, t.transfer_in, t.outcome_cp_plan, t.team_id
FROM told AS t
