"""What an edition holds of revisions: plain values, so that they come back equal from JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compendium.indicators.row_changes import RowChanges


@dataclass(frozen=True)
class Verdicts:
    """The badge of a month as it was first published and as the record now stands, both by the rules of today."""

    then: str
    now: str

    @property
    def have_flipped(self) -> bool:
        return self.then != self.now


@dataclass(frozen=True)
class MonthRevised:
    """A row of the triangle, in words. first_on: the day on which its figure was first known. at_ages: on that day, and
    one, three and twelve months later; '' for a day that is yet to come. is_late: it was first known more than two
    months after its end, with a backlog. verdicts: None where one of the two was not judged. why: how its rows changed;
    None where the figure is as it was. is_redefined: its definition was changed since, and all is counted by the one in
    force."""

    month: date
    first_on: date
    at_ages: tuple[str, ...]
    now: str
    is_revised: bool
    is_late: bool
    verdicts: Verdicts | None
    why: RowChanges | None = None
    is_redefined: bool = False

    @property
    def has_flipped(self) -> bool:
        return self.verdicts is not None and self.verdicts.have_flipped


@dataclass(frozen=True)
class UsualRevision:
    """From the first publication to an age, in words: over how many months, the mean, the mean of sizes, the range."""

    age: int
    months: int
    mean: str
    either_way: str
    lowest: str
    highest: str
    told: str  # whether they go one way


@dataclass(frozen=True)
class StillToCome:
    """Where a month that is still immature may end up, by how months of its age have moved; in a reading's unit."""

    period: date
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Lateness:
    """How late a team's records come: half of those that came late stood in the record so many days after the event."""

    team: str
    late: int
    days: int


@dataclass(frozen=True)
class RevisionHistory:
    """The triangle of an indicator, newest month first, and what it usually comes to."""

    months: tuple[MonthRevised, ...]
    usual: tuple[UsualRevision, ...]
    sentences: tuple[str, ...]
    still_to_come: tuple[StillToCome, ...] = ()
    lateness: tuple[Lateness, ...] = ()

    @property
    def flipped(self) -> tuple[MonthRevised, ...]:
        return tuple(each for each in self.months if each.has_flipped)

    @property
    def was_revised(self) -> bool:
        """Whether any of its months was ever known otherwise than at first."""
        return any(each.is_revised or len({*each.at_ages} - {""}) > 1 for each in self.months)

    def is_revised(self, month: date) -> bool:
        return any(each.is_revised for each in self.months if each.month == month)


@dataclass(frozen=True)
class Redefined:
    """A figure whose definition was changed after the month was first published. What that changes is no revision of
    the record: its figures of then and of now are both counted by the version in force."""

    indicator: str
    title: str
    version: int
    on: date
    sentences: tuple[str, ...]
