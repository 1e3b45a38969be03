"""What an edition holds of revisions: plain values, so that they come back equal from JSON."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdicts:
    """The badge of a month as it was first published and as the record now stands, both by the rules of today."""

    then: str
    now: str

    @property
    def have_flipped(self) -> bool:
        return self.then != self.now
