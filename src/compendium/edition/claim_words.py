"""The sentences of a claim of a saving: 22 words at most, and none that calls a lower cost a saving."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from compendium import words
from compendium.edition.edition import ClaimedMonth

ENTERS = {"plus": "added", "minus": "taken away", "times": "multiplied by", None: "not in the sum"}
SERVICES = {"mash": "the safeguarding hub", "front_door": "the front doors before it"}
UNCHECKED = "Nothing in the record can check it."
NO_PROOF = "A lower cost is no proof that the change brought it about. Pay rises are not taken out."


def made(on: date, by: str | None, begins: date, ends: date, monthly: Decimal) -> tuple[str, ...]:
    """Who claimed what, when, and for how long."""
    who = f" by {words.lower_first(by)}" if by else ""
    return (
        f"Claimed on {words.day(on)}{who}.",
        f"{words.money(monthly)} is said to be saved in each month from {words.day(begins)} to {words.day(ends)}.",
    )


def amount(value: Decimal, unit: str) -> str:
    """'250,000 pounds a month'."""
    return f"{plain(value)} {unit}"


def plain(value: Decimal) -> str:
    return words.number(value, 0 if value == value.to_integral_value() else 2)


def arithmetic(result: Decimal | None, monthly: Decimal) -> tuple[str, ...]:
    """Whether the claim follows from its own assumptions."""
    if result is None:
        return ("The claim gives no calculation: no assumption enters a sum.",)
    if result == monthly:
        return (f"The assumptions come to {words.money(result)} a month, which is what was claimed.",)
    apart = words.money(abs(result - monthly))
    return (
        f"The assumptions come to {words.money(result)} a month, and {words.money(monthly)} was claimed.",
        f"The two are {apart} apart: the claim does not follow from its assumptions.",
    )


def shown(what: str, value: str, months: Sequence[date], apart: Decimal, *, in_points: bool = False) -> str:
    """What the record shows of an assumption, over which months, and how far from it that is."""
    over = f"in {words.month(months[0])}"
    if len(months) > 1:
        over = f"over {words.plural(len(months), 'month')}, {words.month(months[0])} to {words.month(months[-1])}"
    size = words.rounded(abs(apart), 0 if abs(apart) >= 100 else 1)
    if size == 0:
        return f"{what}: {value} {over}. That is as assumed."
    amount = words.points(size) if in_points else words.amount(size)
    return f"{what}: {value} {over}. That is {amount} {'more' if apart > 0 else 'less'} than assumed."


def cost_of(service: str) -> str:
    return f"Cost of {_named(service)}, a month"


def _named(service: str) -> str:
    return SERVICES.get(service) or service.replace("_", " ")


def not_known_since(begins: date) -> str:
    return f"The record shows no figure for it since {words.day(begins)}."


def not_spent(service: str) -> str:
    return f"The record holds no cost of {_named(service)} for the months in question."


def no_indicator(name: str) -> str:
    return f"The record cannot check it: there is no indicator {name}."


def conclusion(months: Sequence[ClaimedMonth], monthly: Decimal) -> tuple[str, ...]:
    """What was claimed for the months that can be compared, and by how much they were cheaper or dearer."""
    compared = [each for each in months if each.fall is not None]
    if not compared:
        lack = "no month before the change" if months else "no month since the change"
        return (f"The record cannot show whether anything was saved: its costs hold {lack} to compare.",)
    fall = sum((each.fall for each in compared if each.fall is not None), Decimal(0))
    claimed = monthly * len(compared)
    told = [
        f"{words.money(claimed)} was claimed for the {words.plural(len(compared), 'month')} that can be compared.",
        f"They cost {words.money(abs(fall))} {'less' if fall >= 0 else 'more'} than the same months before the change.",
    ]
    if fall < claimed:
        told.append(f"That is {words.money(claimed - fall)} short of the claim.")
    else:
        told.append(f"That is the claim{f' and {words.money(fall - claimed)} more' if fall > claimed else ''}.")
    if len(compared) < len(months):
        told.append(
            f"Left out: {words.plural(len(months) - len(compared), 'month')} whose cost before is not recorded."
        )
    return (*told, NO_PROOF)
