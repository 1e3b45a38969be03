"""Every sentence of an edition: 22 words at most, and no verb that would need a test.

Higher and lower are plain differences. Nothing here may call one a rise, a trend, a spike or an
improvement: only the words of verdicts may say more, and they stand on a test.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from compendium import words

POLARITY = {
    "higher_is_better": "Higher is better here",
    "lower_is_better": "Higher is worse here",
    "neutral": "Neither higher nor lower is better here",
}


NO_CLEAR_CHANGE = "No clear change"


# How one figure stands to another -------------------------------------------------------------------------------


def difference(unit: str, size: Decimal) -> str:
    """'4.2 points higher', '50% lower', 'the same'. unit: points or per_cent; size is signed."""
    amount = words.points(size) if unit == "points" else words.percent(abs(size), 0 if abs(size) >= 10 else 1)
    if amount in ("0.0 points", "0.0%"):
        return "the same"
    return f"{amount} {'higher' if size > 0 else 'lower'}"


def headline_difference(unit: str, size: Decimal) -> str:
    """'Higher by 67%', 'Lower by 4.6 points', 'The same'."""
    said = difference(unit, size)
    amount, _, direction = said.rpartition(" ")
    return "The same" if said == "the same" else f"{words.upper_first(direction)} by {amount}"


def when(period: date, basis: str) -> str:
    """'in January 2017', 'on 31 January 2017', 'in the 12 months to January 2017'."""
    if basis == "snapshot":
        return f"on {words.day(period)}"
    if basis == "rolling_12_months":
        return f"in the 12 months to {words.month(period)}"
    return f"in {words.month(period)}"


def counted(text: str, period: date, basis: str) -> str:
    """'100 of 123 in January 2017.'; with no such words, 'Counted in January 2017.'"""
    return f"{text or 'Counted'} {when(period, basis)}."


def mix_of(whole: Decimal, period: date, basis: str) -> str:
    """The lead of a mix, which has no one figure for the whole."""
    return f"The parts of {words.number(whole)} {when(period, basis)}."


def shares_of(period: date, basis: str) -> str:
    """The lead of a gap between shares."""
    return f"The shares of each area {when(period, basis)}."


def gap(points: Decimal) -> str:
    """'6.0 points over': a share less the share it is set against."""
    amount = words.points(points)
    return "no gap" if amount == "0.0 points" else f"{amount} {'over' if points > 0 else 'under'}"


def against(share: Decimal, other: Decimal) -> str:
    return f"{words.percent(share)} against {words.percent(other)}"


def was(text: str, period: date, basis: str) -> str:
    return f"{words.upper_first(when(period, basis))} it was {text}."


def nothing_to_compare(period: date, what: str) -> str:
    return f"For {words.month(period)} there is {what}."


def not_compared(period: date, written: str, is_provisional: bool) -> str:
    """Why two figures do not stand beside each other, though both are there."""
    if is_provisional:
        return f"For {words.month(period)} it is {written}. A provisional figure is not compared."
    return f"For {words.month(period)} it is {written}, by an earlier definition. The two are not compared."


def changed_within(version: int) -> str:
    return f"Version {version} of the definition begins within the period, so nothing is added up."


PROVISIONAL_NOT_COMPARED = "Ours is provisional, so it is not set beside it."
EARLIER = "by an earlier definition"


def few(written: str) -> str:
    """Under a share of few."""
    return f"So few can differ by chance; over the last 12 months it is {written}."


# Verdicts -------------------------------------------------------------------------------------------------------

_WHICH = {1: "higher", -1: "lower", 0: ""}


def badge(strength: str, sense: str, sign: int) -> str:
    """'Signal: worse than usual', 'Worth a look: may be better', 'Within usual range'."""
    if strength == "usual":
        return "Within usual range"
    way = sense if sense != "neither" else _WHICH[sign]
    return f"Signal: {way} than usual" if strength == "signal" else f"Worth a look: may be {way}"


def expected(written: str, period: date) -> str:
    """'We expected about 3,193 for a January.'"""
    name = words.MONTHS[period.month - 1]
    return f"We expected about {written} for {'an' if name[0] in 'AO' else 'a'} {name}."


def usual_range(usual: str) -> str:
    return f"Its usual range is {usual}."


def beyond(sign: int, edge: str) -> str:
    """The outer limit, which three months in a thousand pass by chance."""
    return f"Chance alone would hardly ever take it {'above' if sign > 0 else 'below'} {edge}."


def run(months: int, sign: int, middle: str) -> str:
    """middle: of the months that the limits come from, not of all."""
    side = "above" if sign > 0 else "below"
    return f"For {months} months running it has been {side} {middle}, which used to be its average."


def trend(sign: int) -> str:
    return f"It has gone {'up' if sign > 0 else 'down'} every month for seven months. That alone may still be chance."


def may_be_chance(sign: int, usual: str) -> str:
    edge = "high" if sign > 0 else "low"
    return f"That is {edge}: {usual} is usual. It may still be chance."


def within_usual(usual: str) -> str:
    return f"That is within its usual range, {usual}."


NOT_ONE_FIGURE = "It has no one figure that could be judged."
RESTATES = {
    "financial_year": "Each month tells anew of one financial year, so its months are not judged one by one.",
    "school_term": "Its months repeat one school term until the next has ended, so they are not judged one by one.",
}
OVERLAPPING = "Its months overlap, so they are not judged one by one."
NOT_YET_JUDGED = "It is provisional, so it is not judged yet."
NO_FIGURE = "There is no figure to judge."
NOT_CHARTED = {
    "few_months": "Fewer than 13 months are known: too few to say what is usual.",
    "few_cases": "There are too few cases to say whether it has changed.",
    "flat": "It has not varied, so there is no usual range.",
}
_CHARTS = {
    "season": "Each month is set against what earlier months, the season and its working days led us to expect",
    "stock": "Most of it carries over from month to month, so each month is set against the month before",
    "p_prime": "A control chart for shares (Laney’s p′)",
    "binomial": "A chart for shares of few, with exact limits",
    "xmr": "A control chart of months (XmR)",
}


def charted(method: str, baseline: int, screened: int, first: date, last: date) -> str:
    """How the limits were found, for the definition. first, last: months of the baseline."""
    if method == "season":
        return f"{_CHARTS[method]}. {words.plural(baseline, 'month')} before it are known."
    if method == "stock":
        told = f"{_CHARTS[method]}. Its limits come from its {baseline} newest steps before it"
        return f"{told}, without {words.plural(screened, 'leap')}." if screened else f"{told}."
    told = f"{_CHARTS[method]}. Its limits come from {words.month(first)} to {words.month(last)}"
    return f"{told}, without {words.plural(screened, 'leap')} between months." if screened else f"{told}."


def rebased(first: date, why: str, by: str, on: date) -> str:
    return f"They were set anew from {words.month(first)} by {by} on {words.day(on)}: {why}"


MAY_BE_REBASED = "If it is to last and its reason is known, its usual range may be set anew, by name."


def steps(months: int, sign: int) -> str:
    """Of a stock that has gone one way every month."""
    return f"It has gone {'up' if sign > 0 else 'down'} every month for {months} months running."


def step_range(before: str, usual: str) -> str:
    return f"The month before it was {before}, from where {usual} is usual."


def chance(signals: int, judged: int, by_chance: Decimal) -> str:
    """How many signals there are, of how many figures, and how many chance alone would make."""
    about = f"about {words.number(by_chance)}" if by_chance >= 1 else "less than one"
    are = "is a signal" if signals == 1 else "are signals"
    return f"{words.number(signals)} of {words.plural(judged, 'figure')} judged {are}; chance alone would make {about}."


# Targets --------------------------------------------------------------------------------------------------------


def target_origin(written: str, set_by: str, set_on: date) -> str:
    return f"The target is {written}, set by {set_by} on {words.day(set_on)}."


def target_missed(by: str, tolerance: str) -> str:
    return f"It is missed by {by}; the tolerance is {tolerance}."


def target_nearly(by: str, tolerance: str) -> str:
    return f"It is missed by {by}, within the tolerance of {tolerance}."


TARGET_MET = "It is met."
TARGET_NOT_JUDGED = "This month is not judged against it yet, because its figure is provisional or missing."
TARGET_SET_LATER = "This month is not judged against it, because it was set later."
NO_TARGET = "No target has been set for this figure."
NO_TARGET_NEUTRAL = "More is neither good nor bad in itself, so none has been set."


def target_of_few(least: int) -> str:
    return f"This month has fewer than {least}: too few to judge."


# Published figures ------------------------------------------------------------------------------------------------


def published_when(basis: str, end: date) -> str:
    return f"on {words.day(end)}" if basis == "snapshot" else f"in the year to {words.day(end)}"


def published(place: str, basis: str, end: date) -> str:
    return f"{place}, {published_when(basis, end)}."


def published_beside(place: str, written: str, basis: str, end: date, ours_basis: str, ours_written: str) -> str:
    """'England was 22.3% in the year to 31 March 2016; our last 12 months are 24.6%.'"""
    return f"{place} was {written} {published_when(basis, end)}; {_whose(ours_basis)} {ours_written}."


def ours(basis: str, written: str) -> str:
    """Ours over the same length of time, never a month against a year."""
    return f"{words.upper_first(_whose(basis))} {written}."


def _whose(basis: str) -> str:
    return {
        "rolling_12_months": "our last 12 months are",
        "year_to_date": "ours since 1 April is",
        "snapshot": "ours on the month’s last day is",
    }.get(basis, "ours is")


def not_published(place: str) -> str:
    return f"No figure for {place} is published that counts the same thing."


def none_known(place: str, cut: date) -> str:
    return f"No figure for {place} had been published and received by {words.day(cut)}."


def suppressed(place: str, basis: str, end: date) -> str:
    return f"The publisher does not give the figure for {place} {published_when(basis, end)}."


NO_REGION = "The region is not named in the settings."


# Time bases -------------------------------------------------------------------------------------------------------

NO_YEAR_TO_DATE = {
    "snapshot": "This counts one day, so there is no sum over the year.",
    "rolling_12_months": "The figure covers 12 months already.",
    "month": "This figure is not given for the year so far.",
}


def year_to_date(start: date, month: date) -> str:
    return f"{words.month(start)} to {words.month(month)}."


def year_to_date_before(written: str) -> str:
    return f"The same months a year before: {written}."


def rate(written: str, period: date, basis: str) -> str:
    """Over twelve months where it can be: a month's rate beside a published year's would mislead."""
    return f"For every 10,000 children it is {written} {when(period, basis)}."


def set_here(rule: str, written: str, usual: str) -> str:
    """A local rule that is not what others count by: 'Most cases a social worker should hold: 20 cases.'"""
    return f"{rule}: {written}. That is set here; the default is {usual}."


PROVISIONAL = "The figure is provisional: some of its cases need more time before they can be counted."


# Age of the data --------------------------------------------------------------------------------------------------


def runs_to(what: str, end: date, received: date | None) -> str:
    got = f", received {words.day(received)}" if received else ""
    return f"{what}: to {words.day(end)}{got}."


def never_received(what: str) -> str:
    return f"{what}: not received. Figures from it are missing, not zero."


def not_covered(what: str) -> str:
    return f"There is no figure, because no delivery covers all the days it needs of {what}."


def age(days: int) -> str:
    return f"At the cut date the newest of them are {words.plural(days, 'day')} old."


def complete() -> str:
    return "Yes, to the end of the month"


def incomplete(end: date) -> str:
    return f"No. After {words.day(end)} it is missing, not zero"


NOT_RECEIVED = "Not received. Missing, not zero"


def unlisted_areas(names: int) -> str:
    are, their = ("is", "its") if names == 1 else ("are", "their")
    return f"{words.plural(names, 'area')} {are} not in the settings; {their} cases count as countywide."


def unlisted_teams(names: int) -> str:
    are, their = ("is", "its") if names == 1 else ("are", "their")
    return f"{words.plural(names, 'team name')} {are} not in the list of teams; {their} cases count as countywide."


# The front page ---------------------------------------------------------------------------------------------------


def summary(looked_at: int, missed: int, month: date, by_chance: str) -> tuple[str, ...]:
    """The lede of the first page. by_chance: of the signals, as `chance` words it."""
    first = f"We looked at {words.plural(looked_at, 'figure')} for {words.month(month)}."
    third = (
        f"Targets missed by more than the tolerance: {words.number(missed)}."  # not 'about 2. 7 targets'
        if missed
        else "No target is missed by more than its tolerance."
    )
    return (first, by_chance, third)


CHOSEN = (
    "A figure is on this page when its newest month is a signal: hardly to be explained by chance.",
    "That is so when it lies beyond its outer limits, or when nine months running lie on one side of its average.",
    "A figure is also here when it misses its target by more than the tolerance. Targets are set by people.",
    "The furthest out comes first. Second ways of counting, provisional figures and mixes are not judged.",
)
