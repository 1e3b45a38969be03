-- early_help_episode: one early help episode of a child. Its assessment began with it where no other day is recorded.
-- Used by: all eh_ indicators, stepdown_to_eh.
SELECT ROW_NUMBER() OVER (ORDER BY e.person_id, e.start_date) AS episode_id,
       e.person_id, e.start_date, e.family_id, e.end_date, e.end_reason, e.organisation, e.level, e.came_from,
       CASE WHEN e.assessment_start IS NULL THEN e.start_date ELSE e.assessment_start END AS assessment_start,
       e.assessment_end, e.team_id
FROM record.early_help_episode AS e
