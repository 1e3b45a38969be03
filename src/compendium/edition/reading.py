"""A computed figure as an edition holds it: in whole units, with its value already in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from compendium.edition import sentences
from compendium.edition.edition import FEW, Reading
from compendium.indicators.figures import Figure, Figures
from compendium.indicators.shape import Indicator

SHARES = ("percent", "mix")  # x of n
_TYPICAL = ("median", "mean")  # of so many
_DIVIDED = ("money", "ratio")


def reading(indicator: Indicator, figure: Figure) -> Reading:
    """Numerator and denominator in the indicator's own units; excluded reasons as they were counted.

    A team, or a part of a percentage, with fewer than 5 is given no figure: not even its numbers are kept.
    """
    numerator, denominator = (
        None if amount is None else Decimal(amount) / scale
        for amount, scale in zip((figure.numerator, figure.denominator), indicator.scale, strict=True)
    )
    if _is_hidden(figure, numerator, denominator):
        written = indicator.written(replace(figure, status="too_few"))
        return Reading(
            figure.period, figure.basis, "too_few", written, "", definition_version=figure.definition_version
        )
    return Reading(
        period=figure.period,
        basis=figure.basis,
        status=figure.status,
        written=_written(indicator, figure),
        of="" if figure.value is None else _of(indicator, numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        value=figure.value,
        rate=figure.rate,
        excluded=dict(figure.excluded),
        definition_version=figure.definition_version,
    )


def _is_hidden(figure: Figure, numerator: Decimal | None, denominator: Decimal | None) -> bool:
    """None at all is not too few; a part of a count is shown whatever its size, as it has no denominator."""
    behind = numerator if figure.team is not None and denominator is None else denominator
    return (figure.team is not None or figure.breakdown is not None) and behind is not None and 0 < behind < FEW


def readings(
    indicator: Indicator, figures: Figures, month: date, basis: str | None = None, *, area: str | None = None,
    breakdown: tuple[str, str] | None = None,
) -> tuple[Reading, ...]:  # fmt: skip
    """Every month up to one, as far back as the version of the definition counts that the last of them has; of an area
    or of a part of a breakdown where one is named."""
    found = figures.series(indicator.id, basis, area=area, breakdown=breakdown)
    months = [each for each in found if each.period <= month]
    version = months[-1].definition_version
    return tuple(reading(indicator, each) for each in months if each.definition_version == version)


def _written(indicator: Indicator, figure: Figure) -> str:
    if indicator.value == "share_gap" and figure.value is not None:
        return sentences.gap(figure.value)
    return indicator.written(figure)


def _of(indicator: Indicator, numerator: Decimal | None, denominator: Decimal | None) -> str:
    if denominator is None:
        return ""
    kind, whole = indicator.value, indicator.part("denominator", denominator)
    if kind in _TYPICAL:
        return f"from {whole}"
    if numerator is None or (kind == "money" and denominator == 1):  # a sum over one month is the sum
        return ""
    if kind in SHARES:
        return indicator.out_of(numerator, denominator)
    return f"{indicator.part('numerator', numerator)} divided by {whole}" if kind in _DIVIDED else ""
