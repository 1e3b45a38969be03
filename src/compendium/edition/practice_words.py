"""The sentences about actions and expectations. "No effect found" stands as large as "effect found"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from compendium import words
from compendium.edition.practice import Impact
from compendium.signals.rivals import Rival

KINDS = {"audit": "An audit", "workshop": "A workshop", "freeze": "A freeze", "opening": "An opening",
         "other": "An action"}  # fmt: skip
VERDICTS = {"met": "Met", "not_met": "Not met", "cannot_tell": "Cannot tell", "not_due": "Not yet due"}
FOUND = {
    "effect": "Effect found",
    "none": "No effect found",
    "too_soon": "Too soon to say",
    "few_before": "Too few months before to say",
    "few_cases": "Too few to say",
    "planned": "Not begun",
}
TITLE = "Examples of where use of this data has improved practice"  # the board's own words
LEDE = (
    "Each action stands here with what changed after it, beyond what was to be expected without it.",
    "Where no effect was found, it says so. No effect found does not mean that there is none.",
)
NO_PROOF = "A change after an action is no proof that the action made it. What else could have is named."
NONE = "No action is on record. They are written down in actions.toml, beside compendium.toml."
ALONE = "No action is on record, but what was expected is."
NO_RIVAL = "Nothing else on record explains it. What is not on record may."
_NAMED = 2  # other actions that a sentence has room for
_BY_CHANCE = 5  # of 100 in which nothing happened


def signed(kind: str, on: date, by: str, cut: date) -> str:
    began = "Begins" if on > cut else "Begun"
    return f"{KINDS[kind]}. {began} on {words.day(on)}, by {by}."


def badge(found: str, sense: str, sign: int) -> str:
    if found != "effect":
        return FOUND[found]
    way = sense if sense != "neither" else "higher" if sign > 0 else "lower"
    return f"{FOUND[found]}: {way}"


def since(
    months: int, observed: str, expected: str, *, is_stock: bool, to: date | None = None, by_action: bool = True
) -> str:
    """observed: of a share of what happened in the months with x of n, of a stock the mean of the months' ends. to: the
    month in which they end, where others came between them and the action. by_action: not where something was expected
    and nothing done."""
    span = f"the {words.plural(months, 'month')} {f'to {words.month(to)}' if to else 'since'}"
    over, was = (f"At the ends of {span}", f"{observed} on average") if is_stock else (f"In {span}", observed)
    otherwise = "without the action" if by_action else "had nothing changed"
    return f"{over} it was {was}; {otherwise} we expected about {expected}."


def newest(on: date, written: str) -> str:
    """Of a share of a stock, whose days hold mostly the same cases, so that they are not added up."""
    return f"On {words.day(on)} it was {written}."


def likely(low: str, high: str, word: str) -> str:
    """low: the smaller of two amounts without their sign."""
    return f"The difference is likely to be between {low} and {high} {word}."


def anything(low: str, lower: str, high: str, higher: str) -> str:
    return f"It could be anything from {low} {lower} to {high} {higher}."


def too_soon(months: int, needed: int, first: date) -> str:
    if months == 0:
        return f"The first whole month after it is {words.month(first)}; it takes {needed} to say."
    return f"It has {words.plural(months, 'whole month')} after it; it takes {needed} to say."


def few_before(months: int, needed: int) -> str:
    return f"Only {words.plural(months, 'month')} before it have a figure; it takes {needed} to compare."


FEW_CASES = "There are too few cases before or since to compare."


def planned(on: date) -> str:
    return f"It begins on {words.day(on)}, after the records end."


def others(found: Sequence[Rival], beside: Callable[[Rival], str]) -> tuple[str, ...]:
    """What else could explain a change, one sentence each; other actions of the time in one. beside: words those that
    are other figures."""
    titles = [words.lower_first(each.title) for each in found if each.kind == "action"]
    told = [beside(each) if each.figure else _rival(each) for each in found if each.kind != "action"]
    if titles:
        more = [f"{words.number(len(titles) - _NAMED)} more"] if len(titles) > _NAMED else []
        told.append(f"Also begun in that time: {words.listing([*titles[:_NAMED], *more])}.")
    return tuple(told)


def moved(title: str, observed: str, expected: str, *, is_stock: bool) -> str:
    """Of another figure over the same months: 'Contacts, over the same months: 4,100 a month; we expected …'."""
    average = " on average" if is_stock else ""
    return f"{title}, over the same months: {observed}{average}; we expected about {expected}."


def made_of(then: str, month: date, now: str) -> str:
    """'Either part of it: 6,082 divided by 301 in July 2016, 5,782 divided by 308.5 on average since.'"""
    return f"Either part of it: {then} in {words.month(month)}, {now} on average since."


def stood_out(title: str, written: str, month: date, badge: str) -> str:
    """Of another figure in one month: 'Contacts: 5,619 in January 2017, a signal: higher than usual.'"""
    return f"{title}: {written} in {words.month(month)}, a {words.lower_first(badge)}."


def _rival(found: Rival) -> str:
    match found.kind:
        case "definition":
            assert found.on is not None
            return f"The definition changed on {words.day(found.on)}."
        case "season":
            return "The season: too few years came before to take it out."
        case "extreme":
            return "Chance: the last month before was out of the usual, and most months are nearer the middle."
        case "one_month":
            assert found.on is not None
            return f"One month alone: without {words.month(found.on)} no such effect would be found."
        case "cohort":
            return "Cases that still run: some months since are provisional and left out."
        case _:
            raise ValueError(found.kind)


def aim(direction: str, level: str | None, by_month: date) -> str:
    """'at least 85.0% by January 2017', 'lower by March 2017'."""
    what = f"{'at least' if direction == 'higher' else 'at most'} {level}" if level else direction
    return f"{what} by {words.month(by_month)}"


def expected(by: str, made_on: date, aim: str) -> str:
    return f"Expected by {by} on {words.day(made_on)}: {aim}."


def reached(month: date, value: str, low: str, high: str) -> str:
    return f"In {words.month(month)} it was {value}; chance allows {low} to {high}."


def not_due(month: date) -> str:
    return f"{words.month(month)} has no figure yet in these records."


NO_VALUE = "That month has no figure that could be held against it."


def by_chance(impacts: Sequence[Impact]) -> str:
    """How many effects were looked for and found, and how many chance alone would make."""
    tested = [each for each in impacts if each.found in ("effect", "none")]
    found = sum(each.found == "effect" for each in tested)
    chance = round(len(tested) * _BY_CHANCE / 100)
    about = f"about {chance}" if chance else "fewer than 1"
    return f"Effects were found in {found} of {len(tested)} tests; {about} would be found by chance alone."
