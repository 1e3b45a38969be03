"""The sentences of comparisons. Each that calls a difference a rise or a fall is reached from a clear test only."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from compendium import words
from compendium.edition import sentences

NOT_TESTED = "It is a plain difference, not tested."
OVERLAP = "The two periods share months, so the difference is not tested."
SAME_CASES = "Both days count mostly the same cases, which two places do not, so this difference is not tested."
RESTATED = {
    "financial_year": "Each tells of a whole financial year, so the difference is not tested.",
    "school_term": "Each tells of a whole school term, so the difference is not tested.",
}
SHORT = "Too few earlier months are known to test the difference."
TOO_FEW_HEAD = "Too few to say"
TOO_FEW = "These are too few to say whether it has changed."
NONE = "There were none, then or now."
TOO_FEW_BESIDE = "Ours are too few to say whether they differ."
NO_MONTHS = "It is not given for single months, which a test would need."
WEAK = "One month against one month is a weak test."
SEASON = "Part of it may be the season."
TESTED_ALONE = "Each comparison is tested on its own, at 95%. A rise or a fall is named only where its test is clear."


# Two figures of one's own ---------------------------------------------------------------------------------------


def then(written: str, period: date, basis: str) -> str:
    """'87.0% (859 of 987) in December 2016.'"""
    return f"{written} {sentences.when(period, basis)}."


def both(now: str, before: str, periods: tuple[date, date], basis: str) -> str:
    """'26.9% (221 of 823) in January 2017, 24.2% (200 of 826) in January 2016.'"""
    return f"{now} {sentences.when(periods[0], basis)}, {before} {sentences.when(periods[1], basis)}."


def likely(unit: str, answer: str, low: float, high: float) -> str:
    """'The rise is likely to be between 1.7 and 7.8 points.' or, where not clear, which way it may be."""
    if answer == "no_clear_change":
        return f"The difference is likely to be between {_signed(unit, low)} and {_signed(unit, high)}."
    ends = sorted((abs(low), abs(high)))
    name = "rise" if answer == "higher" else "fall"
    return f"The {name} is likely to be between {_span(unit, ends[0], ends[1])}."


def untested(difference: str, why: str) -> tuple[str, ...]:
    """The plain difference, 'Lower by 15%', and why nothing more is said of it."""
    return (f"{difference}.", why) if difference else (why,)


def against(found: str, before: str) -> str:
    """'4.6 points lower (84.5% then).'"""
    return f"{words.upper_first(found)} ({before} then)."


def another_year(period: date, written: str) -> str:
    """Of a month before April, beside one since, where months restate one financial year."""
    return f"For {words.month(period)} it is {written}, of the financial year before. The two are not compared."


def so_far(start: date, month: date, written: str) -> str:
    return f"{words.month(start)} to {words.month(month)}: {written}."


def badge(answer: str, sense: str) -> str:
    """What a clear test found: 'Clear: worse', 'Clear: higher'."""
    if answer == "no_clear_change":
        return ""
    return f"Clear: {sense if sense != 'neither' else answer}"


def true_share(low: str, high: str) -> str:
    """Of a share of few, whose own figure says little."""
    return f"The true share is likely to be between {low} and {high}."


# The two statements ---------------------------------------------------------------------------------------------


OWN_RANGE = "its own usual range"
NOT_MADE = "Not made."


def second_found(answer: str, sense: str, before: date) -> str:
    """'Clear: better than January 2016'; '' where it was not made."""
    if answer in ("", "no_clear_change"):
        return sentences.NO_CLEAR_CHANGE if answer else ""
    return f"Clear: {sense if sense != 'neither' else answer} than {words.month(before)}"


# A target -------------------------------------------------------------------------------------------------------


def never_met(edge: str, ends: bool) -> str:
    return f"The usual range {'ends' if ends else 'begins'} at {edge}, so the target will not be met by waiting."


def seldom_met(edge: str, ends: bool) -> str:
    """Beyond the inner limit, within the outer one."""
    return f"The usual range {'ends' if ends else 'begins'} at {edge}, so few months will meet the target by chance."


BY_CHANCE = "The target lies within its usual range: it will be met in some months and not in others, by chance."


def seldom_missed(edge: str, ends: bool) -> str:
    return f"The usual range {'ends' if ends else 'begins'} at {edge}, so few months will miss the target by chance."


def always_met(edge: str, ends: bool) -> str:
    return (
        f"The usual range {'ends' if ends else 'begins'} at {edge}, so the target is always met unless things change."
    )


SIGNAL = "The newest month is a signal, so what was usual cannot say whether the target will be met."
BY_STEPS = "Most of it carries over, so the range of one month cannot say whether the target will be met in time."
RANGE_UNKNOWN = "Its usual range is not known, so it cannot be said whether waiting will meet the target."


# Published figures ----------------------------------------------------------------------------------------------


def own_interval(low: str, high: str) -> str:
    return f"Ours is likely to be between {low} and {high}."


def stands(answer: str, place: str) -> str:
    """'That is lower than England.', 'That is not clearly different from England.'"""
    if answer == "no_clear_change":
        return f"That is not clearly different from {place}."
    return f"That is {answer} than {place}."


PART_OF_A_YEAR = "That is a part of a year, so it is not compared with a whole one."
WHOLE_NUMBER = "A number for a whole country or region cannot stand beside ours."


def beside_badge(answer: str, sense: str) -> str:
    """'Ours is lower: worse', 'Ours is higher', '' where not clear."""
    if answer == "no_clear_change":
        return ""
    return f"Ours is {answer}{'' if sense == 'neither' else f': {sense}'}"


# Councils like ours ---------------------------------------------------------------------------------------------


NEIGHBOURS = "Councils like ours"
MEDIAN = "their median"
NONE_PUBLISHES = "No figure of our statistical neighbours is published that counts the same thing."


def no_set(cut: date, version: str | None) -> str:
    which = f"No set of {version} with us in it" if version else "No set of statistical neighbours with us in it"
    return f"{which} had been received by {words.day(cut)}."


def too_few_of(available: int, neighbours: int, cut: date) -> str:
    """Of so few no middle is given."""
    some = f"Only {available}" if available else "None"
    return f"{some} of our {neighbours} statistical neighbours had a published figure by {words.day(cut)}."


def median_of(available: int, neighbours: int, basis: str, end: date) -> str:
    """'Their median in the year to 31 March 2016; 8 of 10 available.'"""
    return f"Their median {sentences.published_when(basis, end)}; {available} of {neighbours} available."


def spread(low: str, high: str) -> str:
    return f"They lie between {low} and {high}."


def pooled(available: int, written: str) -> str:
    """The share of all their cases, where the median gives each council one voice."""
    return f"The cases of all {available} together: {written}."


def within_spread(answer: str) -> str:
    return f"That is {answer} than their median, but within their range."


def beyond_spread(answer: str) -> str:
    return f"That is {answer} than each of them."


def set_of(version: str) -> str:
    return f"They are our statistical neighbours in the set of {version}."


def set_in_use(version: str, source: str) -> str:
    return f"This edition keeps to the set of {version}, from {source or 'a table of our own'}."


NO_SET_IN_USE = "This edition is held against no set of statistical neighbours."


# Differences in words -------------------------------------------------------------------------------------------


def _span(unit: str, low: float, high: float) -> str:
    """'0.7 and 8.5 points', '11% and 150%'."""
    if unit == "points":
        return f"{words.number(low, 1)} and {words.points(high)}"
    return f"{_per_cent(low)} and {_per_cent(high)}"


def _signed(unit: str, size: float) -> str:
    """'3.1 points lower', '12% higher', 'nothing'."""
    said = sentences.difference(unit, Decimal(str(size)))
    return "nothing" if said == "the same" else said


def _per_cent(size: float) -> str:
    return words.percent(size, 0 if size >= 10 else 1)
