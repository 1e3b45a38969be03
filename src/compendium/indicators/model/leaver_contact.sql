-- leaver_contact: a day on which the council was in touch with a care leaver: the latest contact that a list tells, a
-- visit on which the young person was seen, or, where a list tells no day, the day of which it says that they are in
-- touch.
-- Used by: birthday, and leaver_in_touch.
SELECT c.person_id, c.last_contact_date AS day
FROM record.care_leaver_status AS c
WHERE c.last_contact_date IS NOT NULL
UNION
SELECT c.person_id, c.as_at AS day
FROM record.care_leaver_status AS c
WHERE c.last_contact_date IS NULL AND c.in_touch = 1
UNION
SELECT v.person_id, v.visit_date AS day
FROM record.visit AS v
WHERE v.kind = 'care_leaver' AND (v.seen = 1 OR v.seen IS NULL)
