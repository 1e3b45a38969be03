"""The way of a child to adoption, made of the episodes of a period of care and the decisions told beside them.

The period gives the day of entering care, the first placement for adoption (A3 to A6), the placement or freeing order
(E1, D1) and, where it ended in adoption (E11, E12), the order. A decision belongs to the period in which it was made.
"""

from __future__ import annotations

from collections.abc import Sequence

from compendium.record.staging import Contribution, Teller, made_at

OF_EPISODES = (
    "person_id", "entered_care", "placed_date", "placement_order", "order_date", "adopted_by_carer", "carer_date",
)  # fmt: skip
OF_DECISIONS = ("decision_date", "matched_date", "reversed_date", "reversed_reason")


def make_adoptions(orders: Sequence[int], tellers: Sequence[Teller]) -> tuple[str, Contribution]:
    """SQL that makes the table from `traced` and `record.adoption_decision`, and what it contributes.

    orders, tellers: as for `episodes.make`. A row without a decision says nothing of decisions.
    """
    query = f"""CREATE OR REPLACE TEMP TABLE made_adoption AS
    WITH periods AS (
      SELECT person_id, period_no, min(start_date) AS entered_care, max(_at) AS told, last(ends ORDER BY nth) AS ends,
             last(CASE WHEN ceased IN ('E11', 'E12') THEN ends END ORDER BY nth) AS order_date,
             min(start_date) FILTER (WHERE type IN ('A3', 'A4', 'A5', 'A6')) AS placed_date,
             min(start_date) FILTER (WHERE legal_status IN ('E1', 'D1')) AS placement_order,
             min(placement_no) FILTER (WHERE type IN ('A3', 'A5')) AS with_carer
      FROM traced WHERE NOT short GROUP BY person_id, period_no
    ),
    decided AS (
      SELECT p.person_id, p.period_no, max(d.decision_date) AS decision_date, max(d.matched_date) AS matched_date,
             arg_max(d.reversed_date, d.decision_date) AS reversed_date, max(d.adopted_by_carer) AS by_carer,
             arg_max(d.reversed_reason, d.decision_date) AS reversed_reason
      FROM periods AS p JOIN record.adoption_decision AS d ON d.person_id = p.person_id
        AND d.decision_date >= p.entered_care AND (p.ends IS NULL OR d.decision_date <= p.ends)
      GROUP BY p.person_id, p.period_no
    ),
    homes AS (
      SELECT person_id, period_no, placement_no, min(start_date) AS since FROM traced
      GROUP BY person_id, period_no, placement_no
    )
    SELECT p.person_id, p.entered_care, p.placed_date, p.placement_order, p.order_date,
           coalesce(d.by_carer, CASE WHEN p.with_carer IS NOT NULL THEN 1
                                     WHEN p.placed_date IS NOT NULL THEN 0 END) AS adopted_by_carer,
           h.since AS carer_date, d.decision_date, d.matched_date, d.reversed_date, d.reversed_reason,
           {made_at(orders)} AS _at, 1::INTEGER AS _ordinal,
           CASE WHEN d.decision_date IS NULL THEN 1 ELSE 2 END::BIGINT AS _supplies
    FROM periods AS p LEFT JOIN decided AS d ON d.person_id = p.person_id AND d.period_no = p.period_no
    LEFT JOIN homes AS h ON h.person_id = p.person_id AND h.period_no = p.period_no
      AND h.placement_no = p.with_carer - 1
    WHERE coalesce(p.order_date, p.placed_date, p.placement_order, d.decision_date) IS NOT NULL"""
    columns = (*OF_EPISODES, *OF_DECISIONS)
    return query, Contribution("made_adoption", "_at", columns, (OF_EPISODES, columns), tuple(tellers), made=True)
