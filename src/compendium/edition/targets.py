"""How a month stands to a target that people set."""

from __future__ import annotations

from decimal import Decimal

from compendium import words
from compendium.edition import sentences
from compendium.edition.edition import Reading, SetTarget
from compendium.indicators.shape import Indicator
from compendium.workspace import Target


def judged(indicator: Indicator, now: Reading, target: Target) -> SetTarget:
    """Met, missed within the tolerance, missed by more, or not judged (a provisional month, or none)."""
    aim = _aim(indicator, target.value)
    origin = sentences.target_origin(aim, target.set_by, target.set_on)
    judgement, told = "not_judged", sentences.TARGET_NOT_JUDGED
    if now.value is not None and not now.is_provisional:
        short = target.value - now.value if indicator.polarity != "lower_is_better" else now.value - target.value
        by, tolerance = (_amount(indicator, each) for each in (short, target.tolerance))
        if short <= 0:
            judgement, told = "met", sentences.TARGET_MET
        elif short <= target.tolerance:
            judgement, told = "within_tolerance", sentences.target_nearly(by, tolerance)
        else:
            judgement, told = "missed", sentences.target_missed(by, tolerance)
    return SetTarget(target.value, aim, target.tolerance, target.set_by, target.set_on, judgement, (origin, told))


def _amount(indicator: Indicator, size: Decimal) -> str:
    """A distance from a target: points for percentages, the indicator's own unit for anything else."""
    if indicator.value not in ("percent", "share_gap"):
        return indicator.write(size)
    return words.points(size, 0 if _is_whole(size) else 1)


def _aim(indicator: Indicator, value: Decimal) -> str:
    """'95%': people set targets in whole numbers, and a decimal would claim a precision they did not mean."""
    return words.percent(value, 0) if indicator.value == "percent" and _is_whole(value) else indicator.write(value)


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()
