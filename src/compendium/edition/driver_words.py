"""Words for what made the difference: where it lies, never why, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from compendium import words
from compendium.edition import sentences

COMPASS = re.compile(r"(North|South|East|West|Central|Centre)([ -]?(North|South|East|West|north|south|east|west))*")
NOUNS = {
    "age_band": "age", "source": "source", "domestic_abuse": "domestic abuse", "legal_status": "legal status",
}  # fmt: skip
HEADED = {"area": "area", "team": "team", "source": "who made it", "age_band": "age"}
SHORT = 4  # words of a label that leave a sentence short enough for more
OTHERS, UNKNOWN = "All others", "Not known"
OTHER_AREAS, ALL_AREAS = "other areas", "all areas"
ADDS_UP = "The parts add up exactly."
WHERE_NOT_WHY = "This says where the difference lies, not why."


def noun(dimension: str) -> str:
    """What the parts of a breakdown are, in a list: 'source', 'age'."""
    return NOUNS.get(dimension, dimension.replace("_", " "))


def title(dimensions: Sequence[str]) -> str:
    """'From expected to actual, by area and who made it'."""
    return f"From expected to actual, by {words.listing([HEADED.get(each, noun(each)) for each in dimensions])}"


def first_bar(period: date) -> str:
    return f"Expected for {words.MONTHS[period.month - 1]}"


def last_bar(period: date, basis: str) -> str:
    """'In January 2017', 'On 31 January 2017'."""
    return words.upper_first(sentences.when(period, basis))


def points(size: Decimal) -> str:
    """Always many: 'of the 1.0 points that were not expected'."""
    return f"{words.number(size, 1)} points"


def signed(written: str, amount: Decimal) -> str:
    """'+1,650', '−4.6 points'; written: of the amount without its sign."""
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{written}"


def where(dimension: str, label: str, area: str = "") -> str:
    """A part as a sentence names it: 'the police in the South East'."""
    within = f" in {_place(area)}" if area else ""
    match dimension:
        case "area":
            return _place(label)
        case "team":
            return f"the {label}" if "team" in label.lower() else f"the team {label}"
        case "source":
            name = words.lower_first(label)
            return f"{'the police' if name == 'police' else name}{within}"
    recorded = "" if len(label.split()) > SHORT else "those recorded as "
    return f"{recorded}“{label}”{within}"


def _place(area: str) -> str:
    return f"the {area}" if COMPASS.fullmatch(area) else area


def main(place: str, part: str, whole: str) -> str:
    """part, whole: amounts without their sign, '1,650' and '2,426'; '6.1' and '9.0 points'."""
    return f"{part} of the {whole} that were not expected came from {place}."


def main_below(place: str, part: str, whole: str) -> str:
    """Of a count below what was expected."""
    return f"{part} of the {whole} by which it is below what was expected are in {place}."


def main_beyond(place: str, part: str, rest: str, sign: int) -> tuple[str, str]:
    """Where the others together moved the other way."""
    ways = ("above", "below") if sign > 0 else ("below", "above")
    named = words.upper_first(place)
    return (
        f"{named}: {part} {ways[0]} what was expected.",
        f"All others together are {rest} {ways[1]} it.",
    )


def no_driver(dimensions: Sequence[str]) -> str:
    """'No one area, source or age accounts for it.'"""
    return f"No one {words.listing([noun(each) for each in dimensions], 'or')} accounts for it."


def mix_and_rate(mix: str, rate: str) -> str:
    return f"How each part fared made {rate}, and how much there was of each part {mix}."


def looked(parts: int, ways: int) -> str:
    return f"We looked at {words.plural(parts, 'part')}, in {words.plural(ways, 'way')} of splitting this figure."


def seldom(chance: float) -> str:
    """chance: that a search in which nothing has happened finds any part so far out."""
    often = (
        "less than once in 1,000"
        if chance < 0.001
        else "less than once in 100"
        if chance < 0.01
        else "in fewer than 5 of 100"
    )
    return f"Chance alone would find a driver so far out {often} such searches."


NONE_STANDS_OUT = "No part both makes half of the difference and stands out from its own past and from the rest."
