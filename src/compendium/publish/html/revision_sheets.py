"""The tables of what changed after it was first published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from compendium import words
from compendium.edition.edition import Revision
from compendium.edition.revised import Redefined, RevisionHistory, Verdicts
from compendium.edition.revision_words import AGES, DEFINITION, counted, inside, why
from compendium.publish.html.sheets import Sheet, row


def revisions(found: Sequence[Revision], redefined: Sequence[Redefined]) -> Sheet:
    """Each figure of the month that has changed: what it was, what it is, which rows made the difference, and whether
    its verdict still stands; then those that changed by definition alone."""
    anew = {each.indicator for each in redefined}
    rows = [
        row(
            each.title,
            each.first.in_full,
            each.now.in_full,
            _why(each, each.indicator in anew),
            "not judged" if each.verdicts is None else _stands(each.verdicts),
            href=f"{each.indicator}.html",
        )
        for each in found
    ]
    revised = {each.indicator for each in found}
    rows += [
        row(
            each.title,
            "by another definition",
            f"by version {each.version}",
            DEFINITION,
            "not judged",
            href=f"{each.indicator}.html",
        )
        for each in redefined
        if each.indicator not in revised
    ]
    headings = ("Figure", "First published", "Now", "Why", "Verdict of then")
    return Sheet("As first published, and now", headings, tuple(rows))


def _why(revision: Revision, is_redefined: bool) -> str:
    told = [counted(revision.why) if revision.why else "", DEFINITION if is_redefined else ""]
    return "; ".join(each for each in told if each) or "not told"


def triangle(history: RevisionHistory, month: date) -> Sheet:
    """Each month as first published, later and now. A column that no month has reached is left out."""
    reached = [at for at in range(1, len(AGES)) if any(each.at_ages[at] for each in history.months)]
    rows = [
        row(
            words.month(each.month),
            f"{each.at_ages[0]} on {words.day(each.first_on)}",
            *(each.at_ages[at] or "not yet" for at in reached),
            each.now,
            why(each) or ("not told" if each.is_revised else "as first published"),
            "not judged" if each.verdicts is None else _stands(each.verdicts),
            now=each.month == month,
        )
        for each in history.months
    ]
    ages = list(AGES.values())
    headings = ("Month", ages[0], *(ages[at] for at in reached), "Now", "Why", "Verdict of then")
    return Sheet("Each month as first published, later and now", headings, tuple(rows), css="revised")


def _stands(verdicts: Verdicts) -> str:
    return f"{verdicts.then}; now {inside(verdicts.now)}" if verdicts.have_flipped else "stands"


def usual(history: RevisionHistory) -> Sheet:
    """How far figures usually move."""
    rows = [
        row(AGES[each.age], words.number(each.months), each.mean, each.either_way, each.lowest, each.highest, each.told)
        for each in history.usual
    ]
    headings = ("From first published", "Months", "On average", "Average size", "Lowest", "Highest", "All one way?")
    return Sheet("How far a figure usually moves", headings, tuple(rows))


def lateness(history: RevisionHistory) -> Sheet:
    """Team by team, in order of name and never of rank."""
    rows = [row(each.team, words.number(each.late), words.number(each.days)) for each in history.lateness]
    headings = ("Team", "Records that came late", "Median days after the event")
    return Sheet("How late each team’s records come", headings, tuple(rows), (1, 2))
