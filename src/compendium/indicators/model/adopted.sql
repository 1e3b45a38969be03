-- adopted: a child who was adopted, on the day of the order, with the days on the way to it.
-- carer_date: of one adopted by the foster carers, the day on which the child came to them; as told, else that of the
-- stay in which the child was placed for adoption with them (A3, A5).
-- by_carer: 1 when the foster carers adopted, 0 when others did; empty when neither is known.
-- is_sibling: 1 when a child of the same family was placed on the same day.
-- Used by: adopt_a1, adopt_a10, adopt_a2.
WITH groups AS (
  SELECT a.family_id, a.placed_date, COUNT(DISTINCT a.person_id) AS children
  FROM record.adoption AS a
  WHERE a.family_id IS NOT NULL AND a.placed_date IS NOT NULL
  GROUP BY a.family_id, a.placed_date
),
homes AS (
  SELECT a.person_id, a.entered_care, MIN(s.start_date) AS since,
         MAX(CASE WHEN p.type IN ('A3', 'A5') THEN 1 WHEN p.type IN ('A4', 'A6') THEN 0 END) AS by_carer
  FROM record.adoption AS a
  JOIN stay AS s ON s.person_id = a.person_id AND OPEN_AT(s.start_date, s.end_date, a.placed_date)
  LEFT JOIN placement AS p ON p.person_id = a.person_id AND OPEN_AT(p.start_date, p.end_date, a.placed_date)
  GROUP BY a.person_id, a.entered_care
)
SELECT a.person_id, a.order_date, a.entered_care, a.placed_date, a.placement_order, a.matched_date,
       CASE WHEN a.adopted_by_carer IS NULL THEN h.by_carer ELSE a.adopted_by_carer END AS by_carer,
       CASE WHEN a.carer_date IS NOT NULL THEN a.carer_date
            WHEN h.by_carer = 1 THEN h.since END AS carer_date,
       CASE WHEN g.children > 1 THEN 1 WHEN g.children = 1 THEN 0 END AS is_sibling
FROM record.adoption AS a
LEFT JOIN homes AS h ON h.person_id = a.person_id AND h.entered_care = a.entered_care
LEFT JOIN groups AS g ON g.family_id = a.family_id AND g.placed_date = a.placed_date
WHERE a.order_date IS NOT NULL
