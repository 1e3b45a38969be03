"""The sentences about months ahead: chances and ranges, never one figure alone and never a promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from compendium import words

BANDS = ((0.1, "less than 10 in 100"), (0.33, "10 to 33 in 100"), (0.67, "33 to 67 in 100"), (0.9, "67 to 90 in 100"))
OVER = "more than 90 in 100"
HOW = (
    "The forecast is the last figure: nothing that was tried foretold it better.",
    "The ranges come from its own past movements, widened until they held often enough.",
)
OF_NUMBERS = "It is a forecast of a number. It says nothing of any one child."
AHEAD = ("Month", "5 in 10 chance", "8 in 10 chance", "Forecast")
RECORD = ("Months ahead", "8 in 10 range held", "5 in 10 range held", "Mean miss", "In usual monthly changes")
PAST = ("Made for this month", "8 in 10 chance", "Did it hold?")
PLACES = ("Area", "Now", "In 3 months, 8 in 10 chance", "In 6 months, 8 in 10 chance")
ROOM = ("Month", "Full-time workers", "Room for", "Chance of more, with most workers", "With fewest workers")
ROOM_BY_AREA = ("Area", "Open now", "Full-time workers", "Room for")

# Why a part has no forecast, in a cell.
NOT = {
    "few_cases": "too few cases",
    "few_months": "too few months",
    "no_value": "no source",
    "flat": "never changed",
}


def unplaced(last: date, months: int) -> tuple[str, str]:
    """last: the month until which areas did not hold all that is theirs."""
    return (
        f"Until {words.month(last)} more than 5 in 100 cases had no team on record, and so no area.",
        f"An area is foretold by the months since then only, and it takes {months}.",
    )


def between(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def lead(low: str, high: str, period: date) -> str:
    return f"There is an 8 in 10 chance of between {low} and {high} on {words.day(period)}."


def no_forecast(why: str, recent: str, months: int) -> tuple[str, ...]:
    """why: as `signals.forecast` gives it. recent: the range of the last months that have a figure."""
    reason = {
        "few_months": f"There is no forecast: it takes {months} months with a figure to make one.",
        "flat": "There is no forecast: the figure has never changed.",
    }[why]
    return (reason, f"In the last 12 months it was {recent}.")


def held(held: int, made: int, months: int) -> str:
    """How the range of 80% did when forecasts were made again by what was known then."""
    return f"Tried on the last {made} months, the range {months} months ahead held {held} of {made} times."


def chance(probability: float) -> str:
    """In bands: a chance worked out from past movements is not known to the point."""
    return next((said for below, said in BANDS if probability < below), OVER)


NOT_ALL_HOLD = "Social workers in post who hold no case are counted as well, so there may be less room."


def room(period: date, fewest: str, most: str, with_most: str, with_fewest: str, holding: bool) -> tuple[str, ...]:
    """holding: whether only those who hold cases are counted."""
    told = f"Workers have room for {between(fewest, most)} open cases on {words.day(period)}."
    more = f"The chance that more are open is {with_most}"
    if with_most != with_fewest:
        more = f"{more} with the most workers, {with_fewest} with the fewest"
    return (told, f"{more}.") if holding else (told, f"{more}.", NOT_ALL_HOLD)


def room_of(ceiling: int, newly: int) -> str:
    return f"Room is {ceiling} cases for each full-time worker, {newly} for one newly qualified."


def who_holds(day: date, holders: str, at_work: str, without_hours: int) -> tuple[str, ...]:
    """holders, at_work: as full-time workers. without_hours: how many who hold cases have none recorded."""
    told = (
        f"Only those who hold cases are counted: {holders} of the {at_work} full-time workers on {words.day(day)}.",
        "In the months ahead the same share of those at work is taken to hold cases.",
    )
    if not without_hours:
        return told
    are = "is" if without_hours == 1 else "are"
    return *told, f"{words.plural(without_hours, 'worker')} with cases but no recorded hours {are} not counted."


def room_notes(day: date, agency: str, trainees: int, vacancies: str) -> tuple[str, ...]:
    return (
        f"Every open case is taken to be held by one of them. {agency} agency workers are taken to stay.",
        "Fewest: the council’s own staff fall to the low end of their own 8 in 10 range.",
        f"Most: nobody leaves, and each of {words.plural(trainees, 'academy trainee')} takes a post when qualified.",
        f"Trainees fill no more than the {vacancies} vacancies of {words.day(day)}.",
    )


def chance_of_more(day: date) -> str:
    return f"Chance of more on {words.day(day)}"


def room_by_area_notes(ceiling: int, holding: bool) -> tuple[str, ...]:
    whom = "each full-time worker who holds cases there now" if holding else "each full-time worker of the area"
    return (
        f"Room is {ceiling} cases for {whom}, agency workers too{'' if holding else ', as many as now'}.",
        "Trainees are not counted: which area each will work in is not known.",
    )


def scenario(supposed: str, each_month: Decimal, after: Sequence[tuple[int, Decimal]]) -> tuple[str, str]:
    """after: how many more are open after so many months."""
    told = words.listing([f"{words.number(more)} more after {words.plural(months, 'month')}" for months, more in after])
    return (
        f"Scenario, no forecast: {supposed}, about {words.number(each_month)} more a month.",
        f"If cases end as in the last 12 months, that makes {told}.",
    )
