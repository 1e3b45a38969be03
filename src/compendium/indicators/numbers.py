"""The numbers of one figure, from the cells of its indicator."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from compendium.indicators.cells import Cells
from compendium.indicators.shape import UNTOLD, Indicator
from compendium.indicators.tally import WHOLE, Key
from compendium.indicators.values import median, spread, value_of

NOTHING: Mapping[str, int] = {}


class Period(NamedTuple):
    """A period as the cells know it: its basis, and the numbers of its first and last month."""

    basis: str
    first: int
    last: int


class Numbers(NamedTuple):
    """What a figure says. The defaults are those of a figure that cannot be given."""

    status: str
    numerator: int | None = None
    denominator: int | None = None
    value: Decimal | None = None
    excluded: Mapping[str, int] = NOTHING
    spread: Mapping[str, Decimal] | None = None


def measure(
    definition: Indicator, cells: Cells, place: Key, breakdown: tuple[str, str] | None, period: Period, status: str
) -> Numbers:
    """The numbers of a place, or of a part of the whole; of a mix, of one category in a place.

    Without a category a mix has no numerator, only the number of which the categories are shares.
    """
    category = breakdown if breakdown is not None and breakdown[0] == "category" else None
    key = place if breakdown is None or category else breakdown
    excluded = NOTHING
    if cells.excluded:
        aside = ((reason, tally.total(key, *period)) for reason, tally in sorted(cells.excluded.items()))
        excluded = {reason: number for reason, number in aside if number}
    if _nobody_told_of(cells, period):
        return Numbers("no_source", excluded=excluded)
    if cells.amounts is not None:
        return _distribution(definition, cells.amounts.counts(key, period.first, period.last), excluded, status)
    denominator = None if cells.denominator is None else cells.denominator.total(key, *period)
    numerator = None
    if definition.value != "mix" or category is not None:
        assert cells.numerator is not None
        numerator = cells.numerator.total((*key, *category) if category else key, *period)
    whole = _whole(cells, period) if definition.value == "share_gap" else (0, 0)
    return valued(definition, numerator, denominator, excluded, status, whole)


def valued(
    definition: Indicator, numerator: int | None, denominator: int | None, excluded: Mapping[str, int], status: str,
    whole: tuple[int, int] = (0, 0),
) -> Numbers:  # fmt: skip
    """The numbers with their value, where there are enough. whole: of the whole authority, for a gap of shares."""
    if denominator is not None and denominator < definition.at_least:
        return Numbers("too_few", numerator, denominator, None, excluded)
    value = None if numerator is None else value_of(definition, numerator, denominator, whole)
    return Numbers(status, numerator, denominator, value, excluded)


def _distribution(
    definition: Indicator, counts: Mapping[int, int], excluded: Mapping[str, int], status: str
) -> Numbers:
    size = sum(counts.values())
    if size < definition.at_least:
        return Numbers("too_few", None, size, None, excluded)
    middle, unit = median(counts), definition.scale[0]
    value = None if middle is None else middle / unit
    return Numbers(status, None, size, value, excluded, {name: part / unit for name, part in spread(counts).items()})


def _nobody_told_of(cells: Cells, period: Period) -> bool:
    """Whether nobody is left in the whole authority of whom anything is known: that is not nought of nought."""
    untold = cells.excluded.get(UNTOLD)
    counted = cells.numerator if cells.denominator is None else cells.denominator
    return untold is not None and untold.total(WHOLE, *period) > 0 and not (counted and counted.total(WHOLE, *period))


def _whole(cells: Cells, period: Period) -> tuple[int, int]:
    assert cells.numerator is not None and cells.denominator is not None
    return cells.numerator.total(WHOLE, *period), cells.denominator.total(WHOLE, *period)
