"""How a pool's figures are written: the same on pages, in the workbook and on the screen."""

from __future__ import annotations

from decimal import Decimal

from compendium import words
from compendium.indicators.periods import BASES
from compendium.indicators.shape import Indicator
from compendium.pooling.pool import Pool
from compendium.pooling.pooled import Pooled


def value(pooled: Pooled, number: Decimal | None) -> str:
    """A value as its indicator writes it; a rate with its unit."""
    if number is None:
        return "none"
    return f"{words.number(number, 1)} per 10,000" if pooled.definition.rate else pooled.definition.write(number)


def fraction(pooled: Pooled, numerator: int | None, denominator: int | None) -> str:
    if denominator is None:
        return "none"
    over, under = pooled.definition.scale
    return f"{amount(numerator, over)} of {amount(denominator, under)}"


def amount(number: int | None, scale: int) -> str:
    return "none" if number is None else words.number(Decimal(number) / scale, 1 if scale > 1 else 0)


def beside(pool: Pool, definition: Indicator) -> str:
    """'Referrals, the month: 3,016', of all together; '' where nothing is read beside it."""
    other = pool.beside(definition)
    if other is None:
        return ""
    if other.id in pool.not_added:
        return f"{other.title}: never added up, for {pool.not_added[other.id]}"
    if other.value == "mix":
        return f"{other.title}: see its parts"
    pooled = pool.one(other.id, other.bases[0])
    told = value(pooled, pooled.centre) if pooled.parts else "no source"
    of = pooled.numbers.denominator if pooled.parts else None
    return f"{other.title}, {BASES[pooled.basis]}: {told}" + (
        "" if of is None else f", {fraction(pooled, pooled.numbers.numerator, of)}"
    )
