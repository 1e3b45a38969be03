"""The tables of what changed after it was first published."""

from __future__ import annotations

from datetime import date

from compendium import words
from compendium.edition.revised import MonthRevised, RevisionHistory
from compendium.edition.revision_words import AGES
from compendium.publish.html.sheets import Sheet, row


def triangle(history: RevisionHistory, month: date) -> Sheet:
    """Each month as first published, later and now. A column that no month has reached is left out."""
    reached = [at for at in range(1, len(AGES)) if any(each.at_ages[at] for each in history.months)]
    rows = [
        row(
            words.month(each.month),
            f"{each.at_ages[0]} on {words.day(each.first_on)}",
            *(each.at_ages[at] or "not yet" for at in reached),
            each.now,
            _verdict(each),
            now=each.month == month,
        )
        for each in history.months
    ]
    ages = list(AGES.values())
    headings = ("Month", ages[0], *(ages[at] for at in reached), "Now", "Verdict of then")
    return Sheet("Each month as first published, later and now", headings, tuple(rows), css="revised")


def _verdict(month: MonthRevised) -> str:
    if month.verdicts is None:
        return "not judged"
    return f"{month.verdicts.then}; now {_inside(month.verdicts.now)}" if month.has_flipped else "stands"


def _inside(badge: str) -> str:
    return badge[:1].lower() + badge[1:]


def usual(history: RevisionHistory) -> Sheet:
    """How far figures usually move."""
    rows = [
        row(AGES[each.age], words.number(each.months), each.mean, each.either_way, each.lowest, each.highest, each.told)
        for each in history.usual
    ]
    headings = ("From first published", "Months", "On average", "Average size", "Lowest", "Highest", "All one way?")
    return Sheet("How far a figure usually moves", headings, tuple(rows))


def lateness(history: RevisionHistory) -> Sheet:
    rows = [row(each.team, words.number(each.late), words.plural(each.days, "day")) for each in history.lateness]
    headings = ("Team", "Records that came late", "Days from the event to the record, half of them at most")
    return Sheet("How late a team’s records come", headings, tuple(rows), (1, 2))
