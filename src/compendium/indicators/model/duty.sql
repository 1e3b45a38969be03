-- duty: one thing that had to be done, from the start or the last time it was done until it is done again.
-- kind: cp_visit, cp_review and core_group (subject: a protection plan), cin_visit and cin_review (a child in need
-- plan), lac_review (a period of care), lac_visit (a stay).
-- since_date with since_done 0 is the start, with 1 the last doing; until_date is the first of done and ended;
-- fell_due is 0 where the subject ended on or before the due date.
-- Clocks. cp_review: three months from the plan's first day, then six from each review, or 91 and 183 days (rule
-- review_rule). lac_review (regulation 33): 20 working days, three months, then six. lac_visit (regulation 28):
-- one week; six weeks; three months after the first year of a placement meant to last to 18; with parents under an
-- interim care order, weekly until the first review and then four weeks. core_group: so many working days from the
-- plan's first day, then so many weeks from each meeting (rules core_group_first_days, core_group_weeks). The others
-- have no clock that all their readers share, so no due date here.
-- A further kind of duty adds one line to `subject` and one to `doing`.
-- Used by: rcpc_timely, core_group_timely, cp_visits_10wd and others of visits, cin_visits_timely, cin_plan_reviewed,
-- cla_visits_timely, cla_reviews_timely.
WITH subject AS (
  SELECT 'cp_visit' AS kind, p.plan_id AS subject_id, p.person_id, p.start_date, p.end_date
  FROM cp_plan AS p
  UNION ALL
  SELECT 'cp_review' AS kind, p.plan_id AS subject_id, p.person_id, p.start_date, p.end_date
  FROM cp_plan AS p
  UNION ALL
  SELECT 'core_group' AS kind, p.plan_id AS subject_id, p.person_id, p.start_date, p.end_date
  FROM cp_plan AS p
  UNION ALL
  SELECT 'cin_visit' AS kind, n.plan_id AS subject_id, n.person_id, n.start_date, n.end_date
  FROM cin_plan AS n
  UNION ALL
  SELECT 'cin_review' AS kind, n.plan_id AS subject_id, n.person_id, n.start_date, n.end_date
  FROM cin_plan AS n
  UNION ALL
  SELECT 'lac_review' AS kind, l.period_id AS subject_id, l.person_id, l.start_date, l.end_date
  FROM looked_after AS l
  UNION ALL
  SELECT 'lac_visit' AS kind, s.stay_id AS subject_id, s.person_id, s.start_date, s.end_date
  FROM stay AS s
),
doing AS (
  SELECT 'cp_visit' AS kind, p.plan_id AS subject_id, v.visit_date AS day
  FROM cp_plan AS p
  JOIN record.visit AS v ON v.person_id = p.person_id AND v.kind = 'cp'
   AND OPEN_AT(p.start_date, p.end_date, v.visit_date)
  WHERE v.seen = 1 OR v.seen IS NULL
  UNION ALL
  SELECT 'cp_review' AS kind, p.plan_id AS subject_id, r.review_date AS day
  FROM cp_plan AS p
  JOIN record.cp_review AS r ON r.person_id = p.person_id AND r.plan_start_date = p.start_date
   AND r.review_date > p.start_date AND (p.end_date IS NULL OR r.review_date <= p.end_date)
  UNION ALL
  SELECT 'core_group' AS kind, p.plan_id AS subject_id, g.meeting_date AS day
  FROM cp_plan AS p
  JOIN record.core_group AS g ON g.person_id = p.person_id AND OPEN_AT(p.start_date, p.end_date, g.meeting_date)
  UNION ALL
  SELECT 'cin_visit' AS kind, n.plan_id AS subject_id, v.visit_date AS day
  FROM cin_plan AS n
  JOIN record.visit AS v ON v.person_id = n.person_id AND v.kind = 'cin'
   AND OPEN_AT(n.start_date, n.end_date, v.visit_date)
  WHERE v.seen = 1 OR v.seen IS NULL
  UNION ALL
  SELECT 'cin_review' AS kind, n.plan_id AS subject_id, r.review_date AS day
  FROM cin_plan AS n
  JOIN record.cin_plan_review AS r ON r.person_id = n.person_id
   AND OPEN_AT(n.start_date, n.end_date, r.review_date)
  UNION ALL
  SELECT 'lac_review' AS kind, l.period_id AS subject_id, r.review_date AS day
  FROM looked_after AS l
  JOIN record.lac_review AS r ON r.person_id = l.person_id
   AND r.review_date > l.start_date AND (l.end_date IS NULL OR r.review_date <= l.end_date)
  UNION ALL
  SELECT 'lac_visit' AS kind, s.stay_id AS subject_id, v.visit_date AS day
  FROM stay AS s
  JOIN record.visit AS v ON v.person_id = s.person_id AND v.kind = 'lac'
   AND OPEN_AT(s.start_date, s.end_date, v.visit_date)
  WHERE v.seen = 1 OR v.seen IS NULL
),
marks AS (
  SELECT s.kind, s.subject_id, s.start_date AS day, 0 AS done
  FROM subject AS s
  UNION ALL
  SELECT d.kind, d.subject_id, d.day, 1 AS done
  FROM doing AS d
),
days AS (
  SELECT m.kind, m.subject_id, m.day, MAX(m.done) AS since_done
  FROM marks AS m
  GROUP BY m.kind, m.subject_id, m.day
),
steps AS (
  SELECT d.kind, d.subject_id, d.day AS since_date, d.since_done,
         ROW_NUMBER() OVER (PARTITION BY d.kind, d.subject_id ORDER BY d.day) AS step,
         LEAD(d.day) OVER (PARTITION BY d.kind, d.subject_id ORDER BY d.day) AS done_date
  FROM days AS d
),
first_review AS (
  SELECT l.period_id, MIN(r.review_date) AS review_date
  FROM looked_after AS l
  JOIN record.lac_review AS r ON r.person_id = l.person_id
   AND r.review_date > l.start_date AND (l.end_date IS NULL OR r.review_date <= l.end_date)
  GROUP BY l.period_id
),
lac_visit_rule AS (
  SELECT s.stay_id, s.start_date, s.is_long_term, f.review_date AS first_review_date,
         CASE WHEN s.type = 'P1' AND l.legal_status = 'C1' THEN 1 ELSE 0 END AS is_interim_with_parent
  FROM stay AS s
  JOIN looked_after AS l ON l.period_id = s.period_id
  LEFT JOIN first_review AS f ON f.period_id = s.period_id
),
lac_first_due AS (
  SELECT l.period_id, w.day
  FROM looked_after AS l
  JOIN working_day AS w ON w.number = l.start_date_wd + 20
),
core_group_first_due AS (
  SELECT p.plan_id, w.day
  FROM cp_plan AS p
  JOIN working_day AS w ON w.number = p.start_date_wd + :core_group_first_days
),
due AS (
  SELECT t.kind, t.subject_id, t.step, t.since_date, t.since_done, t.done_date,
         CASE WHEN t.kind = 'cp_review' AND :review_rule = '91_183' AND t.step = 1 THEN DAYS_AFTER(t.since_date, 91)
              WHEN t.kind = 'cp_review' AND :review_rule = '91_183' THEN DAYS_AFTER(t.since_date, 183)
              WHEN t.kind = 'cp_review' AND t.step = 1 THEN MONTHS_AFTER(t.since_date, 3)
              WHEN t.kind = 'cp_review' THEN MONTHS_AFTER(t.since_date, 6)
              WHEN t.kind = 'core_group' AND t.since_done = 0 THEN g.day
              WHEN t.kind = 'core_group' THEN DAYS_AFTER(t.since_date, :core_group_weeks * 7)
              WHEN t.kind = 'lac_review' AND t.step = 1 THEN w.day
              WHEN t.kind = 'lac_review' AND t.step = 2 THEN MONTHS_AFTER(t.since_date, 3)
              WHEN t.kind = 'lac_review' THEN MONTHS_AFTER(t.since_date, 6)
              WHEN t.kind = 'lac_visit' AND t.since_done = 0 THEN DAYS_AFTER(t.since_date, 7)
              WHEN t.kind = 'lac_visit' AND v.is_interim_with_parent = 1 AND v.first_review_date <= t.since_date
              THEN DAYS_AFTER(t.since_date, 28)
              WHEN t.kind = 'lac_visit' AND v.is_interim_with_parent = 1 THEN DAYS_AFTER(t.since_date, 7)
              WHEN t.kind = 'lac_visit' AND v.is_long_term = 1 AND MONTHS_AFTER(v.start_date, 12) <= t.since_date
              THEN MONTHS_AFTER(t.since_date, 3)
              WHEN t.kind = 'lac_visit' THEN DAYS_AFTER(t.since_date, 42) END AS due_date
  FROM steps AS t
  LEFT JOIN lac_first_due AS w ON t.kind = 'lac_review' AND w.period_id = t.subject_id
  LEFT JOIN core_group_first_due AS g ON t.kind = 'core_group' AND g.plan_id = t.subject_id
  LEFT JOIN lac_visit_rule AS v ON t.kind = 'lac_visit' AND v.stay_id = t.subject_id
)
SELECT u.kind, u.subject_id, s.person_id, u.step, u.since_date, u.since_done, u.due_date, u.done_date,
       s.end_date AS ended_date,
       CASE WHEN u.done_date IS NULL THEN s.end_date
            WHEN s.end_date < u.done_date THEN s.end_date
            ELSE u.done_date END AS until_date,
       CASE WHEN u.due_date IS NULL OR s.end_date <= u.due_date THEN 0 ELSE 1 END AS fell_due
FROM due AS u
JOIN subject AS s ON s.kind = u.kind AND s.subject_id = u.subject_id
