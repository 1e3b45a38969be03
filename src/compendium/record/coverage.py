"""Coverage: the days for which a delivery can be trusted to speak of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["event", "latest_only", "snapshot", "annual"]
Span = tuple[date, date]  # both days included

ALWAYS: Span = (date.min, date.max)


@dataclass(frozen=True)
class Coverage:
    """One delivery's word on one table.

    event: every event of those days is there, so one that is not has been withdrawn.
    latest_only: the latest for each child; snapshot: the state on a day; annual: once a year. None of
    these says anything of what is not there.
    """

    table: str
    complete_from: date
    complete_to: date
    grain: Grain

    def as_json(self) -> dict[str, str]:
        return {
            "table": self.table,
            "complete_from": self.complete_from.isoformat(),
            "complete_to": self.complete_to.isoformat(),
            "grain": self.grain,
        }

    @classmethod
    def from_json(cls, given: dict[str, str]) -> Coverage:
        return cls(
            given["table"],
            date.fromisoformat(given["complete_from"]),
            date.fromisoformat(given["complete_to"]),
            given["grain"],  # type: ignore[arg-type]
        )


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, joined where they overlap or where one begins on the day after another ends."""
    joined: list[Span] = []
    for begins, ends in sorted(spans):
        if joined and (joined[-1][1] == date.max or begins <= joined[-1][1] + timedelta(days=1)):
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined
