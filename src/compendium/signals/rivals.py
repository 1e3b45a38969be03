"""What else could have changed a figure after an action: named beside every effect, found or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from compendium.calendar.months import month_end, month_start
from compendium.signals.action import Action
from compendium.signals.effect import Effect

Kind = Literal["definition", "action", "parts", "moved", "signal", "season", "extreme", "one_month", "cohort"]
CLOSE = 3  # months before an action in which another may still be at work


@dataclass(frozen=True)
class Rival:
    """definition: it changed on `on`. action: another was begun on `on`. parts: the figure is one thing over another,
    and either may have changed. moved: a figure read with this one, `figure`, was off what was expected of it over the
    same months. signal: it was newly out of its usual range in the month `on`. season: nothing here tells it from the
    action. extreme: the last month before was out of the usual, and what follows such a month is mostly nearer the
    middle. one_month: without the month `on` no effect would be found. cohort: some months since are not complete."""

    kind: Kind
    on: date | None = None
    title: str = ""
    figure: str = ""


@dataclass(frozen=True)
class Beside:
    """A figure that is read with another. change: of it over the months after the other's action, as an effect is
    tested. signals: the months, by their last days, in which it was newly out of its usual range."""

    figure: str
    change: Effect
    signals: tuple[date, ...] = ()


def window(found: Effect, action: Action) -> tuple[date, date]:
    """The days in which what happened may be a rival: from shortly before the action to the last month looked at."""
    return month_start(action.on, -CLOSE), month_end(found.first, max(found.after, 1) - 1)


def rivals(
    found: Effect, action: Action, *, others: Sequence[Action], seasonal: bool, changed: Sequence[date],
    is_incomplete: bool, beside: Sequence[Beside] = (), ratio: str = "",
) -> tuple[Rival, ...]:  # fmt: skip
    """others: all that is on record; those on the same figures are named first. changed: days from which another
    definition counts. is_incomplete: whether a month since the action is still provisional. beside: of the figures read
    with this one, in their order. ratio: the figure itself, where it is one thing over another."""
    earliest, latest = window(found, action)
    told = [Rival("definition", day) for day in sorted(changed) if earliest <= day <= latest]
    told += [
        Rival("action", each.on, each.title)
        for each in sorted(others, key=lambda other: (not set(other.indicators) & set(action.indicators), other.on))
        if each.id != action.id and earliest <= each.on <= latest
    ]
    if found.is_told and ratio:
        told.append(Rival("parts", figure=ratio))
    for each in beside:
        has_moved = found.is_told and each.change.found == "effect"
        told += [Rival("moved", figure=each.figure)] if has_moved else []
        until = month_start(found.first) if has_moved else latest  # what it did since is told already
        told += [Rival("signal", on, figure=each.figure) for on in each.signals if earliest <= on <= until]
    if found.is_told and found.method != "season" and seasonal:
        told.append(Rival("season"))
    if found.is_told and found.extreme * found.change < 0:
        told.append(Rival("extreme"))
    if found.rests_on is not None:
        told.append(Rival("one_month", found.rests_on))
    if is_incomplete:
        told.append(Rival("cohort"))
    return tuple(told)
