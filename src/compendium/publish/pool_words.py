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


def together(pooled: Pooled) -> str:
    """All of them: '81.3% (638 of 785)'."""
    if not pooled.parts:
        return "no source"
    told = value(pooled, pooled.centre)
    if pooled.definition.value not in ("percent", "mix") or not pooled.numbers.denominator:
        return told
    return f"{told} ({fraction(pooled, pooled.numbers.numerator, pooled.numbers.denominator)})"


def fraction(pooled: Pooled, numerator: int | None, denominator: int | None) -> str:
    if denominator is None:
        return "none"
    over, under = pooled.definition.scale
    return f"{amount(numerator, over)} of {amount(denominator, under)}"


def amount(number: int | None, scale: int) -> str:
    return "none" if number is None else words.number(Decimal(number) / scale, 1 if scale > 1 else 0)


def beside(pool: Pool, definition: Indicator) -> str:
    """'Referrals, in the month: 3,016', of all together; '' where nothing is read beside it."""
    other = pool.beside(definition)
    if other is None:
        return ""
    if other.id in pool.not_added:
        return f"{other.title}: never added up, for {pool.not_added[other.id]}"
    if other.value == "mix":
        return f"{other.title}: see its parts"
    pooled = pool.one(other.id, other.bases[0])
    return f"{other.title}, {BASES[pooled.basis]}: {together(pooled)}"
