-- cp_plan: one child protection plan of this authority; plans held for another authority are gone.
-- One child has one plan at a time: a plan still open when the next begins ends that day.
-- earlier_plans: the larger of the number recorded and the number seen here; is_floor is 1 when none was
-- recorded, so that the number seen is the least it can be.
-- Used by: cp_plans_open, cp_repeat_ever, cp_open_2yrs, cp_visits_10wd, rcpc_timely (by way of duty).
WITH told AS (
  SELECT p.person_id, p.start_date, COUNT(p.start_date) AS tellings, COUNT(p.end_date) AS ended,
         MAX(p.end_date) AS last_end_date, MAX(p.referral_date) AS referral_date,
         MAX(p.initial_category) AS initial_category, MAX(p.latest_category) AS latest_category,
         MAX(p.previous_plans) AS recorded_plans, MAX(p.team_id) AS team_id
  FROM record.cp_plan AS p
  WHERE p.other_la IS NULL OR p.other_la = 0
  GROUP BY p.person_id, p.start_date
),
in_order AS (
  SELECT t.person_id, t.start_date, t.tellings, t.ended, t.last_end_date, t.referral_date, t.initial_category,
         t.latest_category, t.recorded_plans, t.team_id,
         ROW_NUMBER() OVER (ORDER BY t.person_id, t.start_date) AS plan_id,
         ROW_NUMBER() OVER (PARTITION BY t.person_id ORDER BY t.start_date) - 1 AS seen_plans,
         LEAD(t.start_date) OVER (PARTITION BY t.person_id ORDER BY t.start_date) AS next_start_date
  FROM told AS t
),
settled AS (
  SELECT o.plan_id, o.person_id, o.start_date, o.referral_date, o.initial_category, o.latest_category, o.team_id,
         CASE WHEN o.tellings > o.ended THEN o.next_start_date
              WHEN o.next_start_date < o.last_end_date THEN o.next_start_date
              ELSE o.last_end_date END AS end_date,
         CASE WHEN o.recorded_plans > o.seen_plans THEN o.recorded_plans ELSE o.seen_plans END AS earlier_plans,
         CASE WHEN o.recorded_plans IS NULL THEN 1 ELSE 0 END AS is_floor
  FROM in_order AS o
)
SELECT s.plan_id, s.person_id, s.start_date, s.end_date, s.referral_date, s.initial_category, s.latest_category,
       s.team_id, s.earlier_plans, s.is_floor,
       LAG(s.end_date) OVER (PARTITION BY s.person_id ORDER BY s.start_date) AS previous_end_date
FROM settled AS s
