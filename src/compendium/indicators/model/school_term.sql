-- school_term: one term of which children's attendance is known, and the day on which the next such term ended.
-- The term in force on a day is the last one that had ended by then.
-- Used by: partner_school_attendance_cp and its variants.
WITH term AS (
  SELECT a.term_end
  FROM record.school_attendance AS a
  GROUP BY a.term_end
)
SELECT t.term_end, LEAD(t.term_end) OVER (ORDER BY t.term_end) AS next_term_end
FROM term AS t
