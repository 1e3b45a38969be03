"""What the nodes of one child say together of care: periods, the way to adoption, a care leaver's state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BEGINS = "S"  # the SSDA903 reason of an episode with which care begins
GOES_ON = "X1"  # the SSDA903 reason of an episode that another follows at once


@dataclass(frozen=True)
class Placed:
    """A placement's days, and the SSDA903 reasons with which it began and ended."""

    start: str
    end: str | None
    start_reason: str | None
    end_reason: str | None


def periods(placed: list[Placed]) -> list[dict[str, Any]]:
    """The periods of care whose first day the placements tell, in order.

    A payload begins with the placement that was open at its first day. When care began before it, that day is not
    known, and a period under another day would stand beside the true one: there is none.
    """
    found: list[dict[str, Any]] = []
    known = False  # whether the first day of the period at hand is
    last: Placed | None = None
    for one in sorted(placed, key=lambda each: (each.start, each.end or "9999")):
        ceased = last is not None and last.end is not None and (
            one.start > last.end or last.end_reason not in (None, GOES_ON)
        )  # fmt: skip
        if one.start_reason == BEGINS or last is None or ceased:
            known = one.start_reason == BEGINS
            if known:
                found.append({"start_date": one.start})
        if known:
            ended = one.end is not None and one.end_reason != GOES_ON
            found[-1]["end_date"] = one.end if ended else None
            found[-1]["end_reason"] = one.end_reason if ended else None
        last = one
    return found


def adoption_of(told: list[dict[str, Any]], care: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The child's way to adoption, dated by the period of care it began in; None when that is not known."""
    if not told:
        return None
    first = min((day for one in told for day in one.values() if day), default=None)
    begun = [period["start_date"] for period in care if first is None or period["start_date"] <= first]
    return {**told[0], "entered_care": begun[-1]} if begun else None


def latest_state(told: list[dict[str, Any]], as_at: str) -> dict[str, Any] | None:
    """The care leaver's state as at the payload's day: that of the latest contact."""
    if not told:
        return None
    latest = max(told, key=_contact)
    return {**latest, "as_at": as_at}


def _contact(told: dict[str, Any]) -> str:
    return str(told.get("last_contact_date") or "")
