"""The sentences of what changed after it was first published: 22 words at most, and no verb without a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from compendium import words
from compendium.edition.revised import MonthRevised
from compendium.indicators.row_changes import RowChanges
from compendium.signals.revisions import AGES as REVISED_AGES
from compendium.signals.revisions import FEWEST, FEWEST_SHOWN, Revisions, Row, to_age, usual


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
        return f"The verdict is still “{inside(now)}”."
    return f"The first verdict was “{inside(then)}”, now “{inside(now)}”."


def inside(badge: str) -> str:
    """A badge within a sentence."""
    return words.lower_first(badge)


_TARGET = {
    "met": "met",
    "within_tolerance": "missed within its tolerance",
    "missed": "missed by more than its tolerance",
}


def target(then: str, now: str) -> str:
    """then, now: judgements of a target."""
    return f"The target was then {_TARGET[then]}, now it is {_TARGET[now]}."


DEFINITION = "definition changed"
SIGNAL = "Signal"  # how the badge of one begins


def redefined(version: int, on: date) -> tuple[str, ...]:
    """Where the definition itself was changed after the first publication, and counts the month anew."""
    return (
        f"Version {version} of the definition was decided on {words.day(on)}, after it was published.",
        "Both figures are counted by it, so what it changed is no revision of the record.",
    )


def classes(changed: Sequence[RowChanges | None], definitions: int) -> tuple[str, ...]:
    """Of the figures that changed by their records, how many by which kind of change, of which one may have several;
    and how many definitions changed."""
    kinds = {
        "with late records": sum(bool(each and each.late) for each in changed),
        "with corrected ones": sum(bool(each and each.corrected) for each in changed),
        "with deleted ones": sum(bool(each and each.deleted) for each in changed),
    }
    by_kind = words.listing([f"{words.number(number)} {kind}" for kind, number in kinds.items()])
    told = [f"{words.plural(len(changed), 'figure')} changed: {by_kind}."] if changed else []
    if definitions:
        told.append(f"{words.plural(definitions, 'figure')} changed by definition, which is no revision of the record.")
    else:
        told.append("No definition was changed since.")
    return tuple(told)


# The triangle ---------------------------------------------------------------------------------------------------

AGES = {0: "First published", 1: "After 1 month", 3: "After 3 months", 12: "After 12 months"}


WHAT_IS_LATE = (
    "A record is late when an earlier delivery had told of its whole month. Teams with fewer than 5 are not shown."
)


def size(amount: float, *, in_points: bool) -> str:
    """'1.2 points', '0.8%'."""
    return words.points(Decimal(str(amount))) if in_points else words.percent(abs(amount))


SAME = "the same"


def signed(amount: float, *, in_points: bool) -> str:
    """'1.2 points higher', 'the same'."""
    told = size(amount, in_points=in_points)
    if told in ("0.0 points", "0.0%"):
        return SAME
    return f"{told} {'higher' if amount > 0 else 'lower'}"


def one_way(found: Revisions) -> str:
    """Whether later figures lie to one side: only a test may say that they do."""
    if found.is_biased:
        return f"Yes: {'higher' if found.mean > 0 else 'lower'} later, more than by chance"
    return "Cannot tell: fewer than 12 months" if found.months < FEWEST else "No more than by chance"


def usually(rows: Sequence[Row], month: date, *, in_points: bool) -> tuple[str, ...]:
    """How far the months before one moved after they were first published, to the age that most of them have reached
    and of those the oldest; and whether the month itself has moved further than any."""
    before = [row for row in rows if row.month < month]
    by_age = {age: usual(to_age(before, age, in_points=in_points)) for age in REVISED_AGES[1:]}
    enough = [(found.months, age, found) for age, found in by_age.items() if found and found.months >= FEWEST_SHOWN]
    if not enough:
        return ("Too few months have been published long enough to say how far a figure usually moves.",)
    months, age, found = max(enough, key=lambda each: each[:2])
    over = f"within {'a month' if age == 1 else words.plural(age, 'month')} of being published"
    if found.low == found.high == 0:
        told = [f"None of the {months} months before it moved {over}."]
    else:
        away = size(found.mean_absolute, in_points=in_points)
        told = [
            f"The {months} months before it moved by {away} on average {over}.",
            _furthest(found, in_points=in_points),
        ]
    if found.is_biased:
        told.append(
            f"On average they are {signed(found.mean, in_points=in_points)} later; chance would hardly do that."
        )
    own = to_age([row for row in rows if row.month == month], age, in_points=in_points)
    if own and abs(own[0]) > max(abs(found.low), abs(found.high)):
        told.append("This month has moved further than any of them.")
    return tuple(told)


def _furthest(found: Revisions, *, in_points: bool) -> str:
    """'They moved by anything from 0.7 points lower to 14.8 points higher.'"""
    low, high = (signed(each, in_points=in_points) for each in (found.low, found.high))
    return f"They moved by anything from {low} to {high}.".replace(SAME, "no change")


def looked_again(figures: int) -> str:
    """Of how many figures the months before were judged again."""
    return (
        f"The earlier months of {words.plural(figures, 'figure')} were judged again: of all that are judged on a chart."
    )


def no_longer_stand(flipped: Sequence[MonthRevised], figures: int) -> tuple[str, ...]:
    """flipped: the months whose verdict has, of so many figures."""
    pairs = [each.verdicts for each in flipped if each.verdicts is not None]
    signals = sum(each.then.startswith(SIGNAL) != each.now.startswith(SIGNAL) for each in pairs)
    whose = f"{words.plural(len(pairs), 'verdict')} on earlier months, of {words.plural(figures, 'figure')},"
    return (
        f"{whose} {'does' if len(pairs) == 1 else 'do'} not stand.",
        f"{words.number(signals)} of them {'is a signal' if signals == 1 else 'are signals'} that came or went.",
    )


def never(months: int, last: date) -> str:
    """Of a figure none of whose months was ever known otherwise than at first."""
    if months == 1:
        return f"{words.month(last)} has not been revised since it was first published."
    return f"None of its {words.number(months)} months to {words.month(last)} was revised after it was first published."


def all_told(months: Sequence[MonthRevised]) -> tuple[str, ...]:
    """By what the months of a triangle changed, all together."""
    revised = [each for each in months if each.is_revised]
    known = [each.why for each in revised if each.why is not None]
    late, corrected, deleted = (sum(getattr(each, kind) for each in known) for kind in ("late", "corrected", "deleted"))
    told = counted(RowChanges(late, corrected, deleted))
    said = [f"{words.plural(len(revised), 'month')} changed: {told}."] if told else []
    anew = sum(each.is_redefined for each in months)
    if anew:
        said.append(f"{words.plural(anew, 'month')} came before the definition changed, which is no revision.")
    return tuple(said)


def why(month: MonthRevised) -> str:
    """'4 records late, 12 corrected', 'definition changed'; '' for neither."""
    told = [counted(month.why) if month.why else "", DEFINITION if month.is_redefined else ""]
    return "; ".join(each for each in told if each)


def flipped(month: MonthRevised) -> str:
    """'December 2016: first “within usual range”, now “signal: better than usual”.' Of a month whose verdict has."""
    assert month.verdicts is not None
    return f"{words.month(month.month)}: first “{inside(month.verdicts.then)}”, now “{inside(month.verdicts.now)}”."
