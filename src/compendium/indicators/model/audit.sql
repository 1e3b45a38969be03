-- audit: one case audit, with the grade that stands (after moderation, where there was one) and, of a case audited
-- again, the grade that stood before. Ranks: outstanding 4, good 3, requires improvement 2, inadequate 1.
-- Used by: audit_grade_mix, audit_good_or_better, audit_moderation_agreement, audit_reaudit_improved, audit_practice.
WITH graded AS (
  SELECT a.audit_id, a.audit_date, a.person_id, a.team_id, a.theme, a.auditor_role, a.sampling, a.grade,
         a.moderated_grade, a.reaudit_of,
         CASE WHEN a.moderated_grade IS NULL THEN a.grade ELSE a.moderated_grade END AS final_grade
  FROM record.audit AS a
),
ranked AS (
  SELECT g.audit_id, g.audit_date, g.person_id, g.team_id, g.theme, g.auditor_role, g.sampling, g.grade,
         g.moderated_grade, g.reaudit_of, g.final_grade,
         CASE WHEN g.grade = 'outstanding' THEN 4 WHEN g.grade = 'good' THEN 3
              WHEN g.grade = 'requires_improvement' THEN 2 WHEN g.grade = 'inadequate' THEN 1 END AS first_rank,
         CASE WHEN g.final_grade = 'outstanding' THEN 4 WHEN g.final_grade = 'good' THEN 3
              WHEN g.final_grade = 'requires_improvement' THEN 2 WHEN g.final_grade = 'inadequate' THEN 1
              END AS final_rank
  FROM graded AS g
),
earlier AS (
  SELECT k.audit_id, MAX(k.final_rank) AS final_rank
  FROM ranked AS k
  GROUP BY k.audit_id
)
SELECT r.audit_id, r.audit_date, r.person_id, r.team_id, r.theme, r.auditor_role, r.sampling, r.grade,
       r.moderated_grade, r.reaudit_of, r.final_grade, r.first_rank, r.final_rank, p.final_rank AS previous_rank
FROM ranked AS r
LEFT JOIN earlier AS p ON p.audit_id = r.reaudit_of
