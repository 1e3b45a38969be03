-- contact: a contact about one child, as recorded, with the source in the Department for Education's groups.
-- Used by: contacts, contact_decision_1wd.
SELECT c.person_id, c.contact_date, c.contact_id, c.contact_group_id, c.decision_date, c.outcome,
       c.on_open_case, c.domestic_abuse, c.team_id, c.source_code,
       CASE WHEN c.source_code IN ('1A', '1B', '1C', '1D') THEN 'Individual'
            WHEN c.source_code = '2A' THEN 'Schools'
            WHEN c.source_code = '2B' THEN 'Education services'
            WHEN c.source_code IN ('3A', '3B', '3C', '3D', '3E', '3F') THEN 'Health services'
            WHEN c.source_code = '4' THEN 'Housing'
            WHEN c.source_code IN ('5A', '5B', '5C', '5D') THEN 'Local authority services'
            WHEN c.source_code = '6' THEN 'Police'
            WHEN c.source_code = '7' THEN 'Other legal agency'
            WHEN c.source_code = '8' THEN 'Other'
            WHEN c.source_code = '9' THEN 'Anonymous'
            ELSE 'Unknown' END AS source
FROM record.contact AS c
