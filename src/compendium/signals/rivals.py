"""What else could have changed a figure after an action: named beside every effect, found or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from compendium.calendar.months import month_end, month_start
from compendium.signals.action import Action
from compendium.signals.effect import Effect

Kind = Literal["definition", "action", "season", "extreme", "one_month", "cohort"]
CLOSE = 3  # months before an action in which another may still be at work


@dataclass(frozen=True)
class Rival:
    """definition: it changed on `on`. action: another was begun on `on`. season: nothing here tells it from the action.
    extreme: the last month before was out of the usual, and what follows such a month is mostly nearer the middle.
    one_month: without the month `on` no effect would be found. cohort: some months since are not complete yet."""

    kind: Kind
    on: date | None = None
    title: str = ""


def rivals(
    found: Effect, action: Action, *, others: Sequence[Action], seasonal: bool, changed: Sequence[date],
    is_incomplete: bool,
) -> tuple[Rival, ...]:  # fmt: skip
    """others: all that is on record; those on the same figures are named first. changed: days from which another
    definition counts. is_incomplete: whether a month since the action is still provisional."""
    earliest = month_start(action.on, -CLOSE)
    latest = month_end(found.first, max(found.after, 1) - 1)
    told = [Rival("definition", day) for day in sorted(changed) if earliest <= day <= latest]
    told += [
        Rival("action", each.on, each.title)
        for each in sorted(others, key=lambda other: (not set(other.indicators) & set(action.indicators), other.on))
        if each.id != action.id and earliest <= each.on <= latest
    ]
    if found.is_told and found.method != "season" and seasonal:
        told.append(Rival("season"))
    if found.is_told and found.extreme * found.change < 0:
        told.append(Rival("extreme"))
    if found.rests_on is not None:
        told.append(Rival("one_month", found.rests_on))
    if is_incomplete:
        told.append(Rival("cohort"))
    return tuple(told)
