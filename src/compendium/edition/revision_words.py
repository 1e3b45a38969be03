"""The sentences of what changed after it was first published: 22 words at most, and no verb without a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from compendium import words
from compendium.indicators.row_changes import RowChanges


def first(written: str, cut: date) -> str:
    return f"We first published {written}, from records received by {words.day(cut)}."


def now(written: str, why: RowChanges | None) -> str:
    """'It is now 81.7% (103 of 126): 14 records late, 14 corrected.'"""
    told = counted(why) if why else ""
    return f"It is now {written}: {told}." if told else f"It is now {written}."


def counted(why: RowChanges) -> str:
    """'14 records late, 14 corrected, 2 deleted'; '' for none."""
    found = [(why.late, "late"), (why.corrected, "corrected"), (why.deleted, "deleted")]
    told = [(number, kind) for number, kind in found if number]
    parts = [
        f"{words.number(number) if at else words.plural(number, 'record')} {kind}"
        for at, (number, kind) in enumerate(told)
    ]
    return ", ".join(parts)


def verdict(then: str, now: str) -> str:
    """then, now: badges. 'The first verdict was “within usual range”, now “signal: worse than usual”.'"""
    if then == now:
        return f"The verdict is still “{_inside(now)}”."
    return f"The first verdict was “{_inside(then)}”, now “{_inside(now)}”."


def _inside(badge: str) -> str:
    return badge[:1].lower() + badge[1:]


_TARGET = {
    "met": "met",
    "within_tolerance": "missed within its tolerance",
    "missed": "missed by more than its tolerance",
}


def target(then: str, now: str) -> str:
    """then, now: judgements of a target."""
    return f"The target was then {_TARGET[then]}, now it is {_TARGET[now]}."


def redefined(versions: Sequence[tuple[int, date]]) -> str:
    """Where the definition itself was changed after the first publication, and counts every month anew."""
    version, on = versions[-1]
    return (
        f"Both are counted by version {version} of the definition, decided on {words.day(on)}, after it was published."
    )
