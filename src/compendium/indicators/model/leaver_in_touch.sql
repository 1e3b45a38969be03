-- leaver_in_touch: a time in which the council is in touch with a care leaver by one contact, its last day included
-- (rule contact_weeks).
-- Used by: cl_in_touch.
SELECT c.person_id, c.day AS first_day, DAYS_AFTER(c.day, 7 * :contact_weeks) AS last_day
FROM leaver_contact AS c
