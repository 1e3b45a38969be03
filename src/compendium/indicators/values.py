"""From whole numbers to a value: the one place where figures are divided. Nothing is rounded here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from compendium.indicators.shape import Indicator

QUARTILES = {"p25": Decimal("0.25"), "p75": Decimal("0.75")}


def value_of(indicator: Indicator, numerator: int, denominator: int | None, whole: tuple[int, int]) -> Decimal | None:
    """The value, or None where there is nothing to divide by. Percentages are 0 to 100, money is in pounds.

    whole: numerator and denominator of the whole authority, against which a share is taken.
    """
    units = Decimal(numerator) / indicator.scale[0]
    if indicator.value == "share_gap":
        if not whole[0] or not whole[1]:
            return None
        return 100 * (Decimal(numerator) / whole[0] - Decimal(denominator or 0) / whole[1])
    if denominator is None:
        return units
    if denominator == 0:
        return None
    divided = units / (Decimal(denominator) / indicator.scale[1])
    return 100 * divided if indicator.value in ("percent", "mix") else divided


def median(counts: Mapping[int, int]) -> Decimal | None:
    return quantile(counts, Decimal("0.5"))


def spread(counts: Mapping[int, int]) -> Mapping[str, Decimal]:
    """The quartiles."""
    found = {name: quantile(counts, share) for name, share in QUARTILES.items()}
    return {name: value for name, value in found.items() if value is not None}


def quantile(counts: Mapping[int, int], share: Decimal) -> Decimal | None:
    """By linear interpolation between the two values nearest (as spreadsheets do): {amount: how often}."""
    total = sum(counts.values())
    if total == 0:
        return None
    place = share * (total - 1)
    below = int(place)
    low, high = _nth(counts, below), _nth(counts, min(below + 1, total - 1))
    return low + (high - low) * (place - below)


def _nth(counts: Mapping[int, int], position: int) -> Decimal:
    passed = 0
    for amount in sorted(Counter(counts)):
        passed += counts[amount]
        if position < passed:
            return Decimal(amount)
    raise IndexError(position)


def rate_of(indicator: Indicator, numerator: int, children: int | None) -> Decimal | None:
    """Per 10,000 children."""
    return None if not children else 10000 * Decimal(numerator) / indicator.scale[0] / children
