"""Who is learning social work in the academy, by the day on which each is to qualify."""

from __future__ import annotations

from datetime import date

from compendium.record.snapshot import Snapshot

_ON_PROGRAMME = (
    "SELECT qualifies_on FROM record.academy_trainee WHERE start_date <= $day"
    " AND (left_on IS NULL OR left_on > $day) AND (converted_on IS NULL OR converted_on > $day)"
)


def planned_days(snapshot: Snapshot, month: date) -> list[date | None]:
    """Of everyone on the programme on the month's last day; None for one without a planned day."""
    return [day for (day,) in snapshot.connection.execute(_ON_PROGRAMME, {"day": month}).fetchall()]
