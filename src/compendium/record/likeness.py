"""Ids that may be one child: an unborn child's and a born one's, for people to decide. Nothing is linked here.

A pair is suggested when the born child's day of birth lies near the day on which the unborn one was expected,
and both belong to one family, were referred on one day, or were made subject to a plan on one day. Twins and
cousins fit too: that is why somebody must look. Children who are older, or adopted, are never suggested.
"""

from __future__ import annotations

from compendium.record.access import AccessRecord, ChildRows
from compendium.record.snapshot import Snapshot

EARLY, LATE = 112, 28  # days before and after the expected day on which a child may be born
TABLES = ("person", "person_link", "family", "referral", "cp_plan")

QUERY = f"""
WITH unborn AS (
  SELECT person_id, expected_dob FROM record.person
  WHERE dob IS NULL AND expected_dob IS NOT NULL
    AND person_id NOT IN (SELECT person_id FROM record.person_link WHERE undone_on IS NULL)
),
near AS (
  SELECT u.person_id, b.person_id AS linked_to, date_diff('day', u.expected_dob, b.dob) AS after
  FROM unborn AS u
  JOIN record.person AS b ON b.dob BETWEEN u.expected_dob - {EARLY} AND u.expected_dob + {LATE}
),
shared AS (
  SELECT n.person_id, n.linked_to, 'the same family' AS evidence FROM near AS n
  WHERE EXISTS (SELECT 1 FROM record.family AS x JOIN record.family AS y ON y.family_id = x.family_id
                WHERE x.person_id = n.person_id AND y.person_id = n.linked_to)
  UNION ALL
  SELECT n.person_id, n.linked_to, 'referred on the same day' FROM near AS n
  WHERE EXISTS (SELECT 1 FROM record.referral AS x JOIN record.referral AS y ON y.referral_date = x.referral_date
                WHERE x.person_id = n.person_id AND y.person_id = n.linked_to)
  UNION ALL
  SELECT n.person_id, n.linked_to, 'a plan begun on the same day' FROM near AS n
  WHERE EXISTS (SELECT 1 FROM record.cp_plan AS x JOIN record.cp_plan AS y ON y.start_date = x.start_date
                WHERE x.person_id = n.person_id AND y.person_id = n.linked_to)
)
SELECT s.person_id, s.linked_to, string_agg(s.evidence, ' and ' ORDER BY s.evidence), any_value(n.after)
FROM shared AS s JOIN near AS n ON n.person_id = s.person_id AND n.linked_to = s.linked_to
GROUP BY s.person_id, s.linked_to ORDER BY s.person_id, s.linked_to
"""


def suggested_links(snapshot: Snapshot, *, access: AccessRecord, who: str, why: str) -> ChildRows:
    """Rows as of `person_link`, without who decided and when; given once it is on record that they are read."""
    rows = [
        {
            "person_id": unborn,
            "linked_to": born,
            "reason": "born",
            "decided_by": "",
            "decided_on": "",
            "evidence": f"{evidence}; born {_days(after)} expected",
        }
        for unborn, born, evidence, after in snapshot.connection.execute(QUERY).fetchall()
    ]
    children = [row[name] for row in rows for name in ("person_id", "linked_to")]
    return access.hand_out(rows, children=children, who=who, what="ids that may be one child", why=why)


def _days(after: int) -> str:
    if after == 0:
        return "on the day"
    return f"{abs(after)} days {'after' if after > 0 else 'before'} the day"
