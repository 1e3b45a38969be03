"""Coverage: the days for which a delivery can be trusted to speak of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["event", "begun", "assumed", "latest_only", "snapshot", "annual"]
Asked = Literal["anything", "states", "events", "latest"]  # what a covered day is wanted for
Span = tuple[date, date]  # both days included

WITHDRAWS = ("event", "begun")  # what is not there of the days covered has been withdrawn

ALWAYS: Span = (date.min, date.max)

# Lists of the latest for each child say what is so now only where a row is a state that lasts: a visit or a
# review that has been followed by another is gone from them.
STATES = frozenset({"cp_plan", "lac_period", "placement", "referral", "early_help_episode"})
# What a child does not have twice within so many days. A list of the latest holds all of the last days: whatever
# came before is older than they are. Five weeks, so that monthly lists follow one another without a gap. What is
# listed twice so close (a conference that was reconvened) is two events nevertheless: see `vanishing.ONE_WITHIN`.
KEPT_APART = {"cp_plan": timedelta(days=35), "cp_review": timedelta(days=35)}

# For how long before it was made a list of the latest says when each child's last event had been: what was the last
# one long before may have been followed by another since.
OF_LATE = timedelta(days=34)

# What a child has one of at a time. Whoever had one at any time in the days that a list of the latest covers is in it.
ALONE = frozenset({"cp_plan", "lac_period"})


@dataclass(frozen=True)
class Coverage:
    """One delivery's word on one table.

    event: every event of those days is there, so one that is not has been withdrawn. begun: the same, but what
    began before those days and ended within them is not, so that it is not known what was so on them. assumed: as
    event, but nobody has said so, and it withdraws nothing. latest_only: the latest for each child; snapshot: all
    that was so at any time in those days; annual: once a year. What of a missing event follows from a list of the
    latest and from a snapshot, `vanishing` says; from the other two, nothing.
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


@dataclass(frozen=True)
class Spoken:
    """The days of which a delivery speaks, at which grain and in which columns (None: in all of them).

    whole: it had no unreadable row that may have been of any child, and so says something by what it does not show.
    """

    begins: date
    ends: date
    grain: Grain = "event"
    columns: frozenset[str] | None = None
    whole: bool = True

    def days(self, table: str, column: str | None, asked: Asked) -> Span | None:
        """The days it covers of one column for what is asked; None when it covers none."""
        if column is not None and self.columns is not None and column not in self.columns:
            return None
        if asked == "anything" or self.grain in ("event", "assumed") or (asked, self.grain) == ("events", "begun"):
            return self.begins, self.ends
        if asked == "latest" and self.grain in ("latest_only", "snapshot"):
            return max(self.begins, self.ends - OF_LATE), self.ends
        if asked == "latest" and self.grain == "annual":
            return self.ends, self.ends
        if asked == "states" and shows_open(self.grain, table):
            return self.begins, self.ends
        if asked == "events" and self.grain == "latest_only" and table in KEPT_APART:
            return max(self.begins, self.ends - KEPT_APART[table] + timedelta(days=1)), self.ends
        return None

    def lists_open(self, table: str, column: str | None) -> bool:
        """Whether it shows all that was open, with that column: what it does not show has ended (see `vanishing`)."""
        if not self.whole or self.columns is None or not shows_open(self.grain, table):
            return False
        return column is None or column in self.columns


def shows_open(grain: Grain, table: str) -> bool:
    """Whether all that was open in the days covered is there."""
    return grain == "snapshot" or (grain == "latest_only" and table in STATES)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, joined where they overlap or where one begins on the day after another ends."""
    joined: list[Span] = []
    for begins, ends in sorted(spans):
        if joined and (joined[-1][1] == date.max or begins <= joined[-1][1] + timedelta(days=1)):
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined
