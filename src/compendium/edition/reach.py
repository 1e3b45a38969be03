"""What the limits of a figure say about ever reaching its target, if nothing changes."""

from __future__ import annotations

from decimal import Decimal

from compendium.edition import comparison_words as told
from compendium.edition.edition import Judged
from compendium.edition.judging import written_limit
from compendium.indicators.shape import Indicator


def reach(indicator: Indicator, judged: Judged, target: Decimal) -> str:
    """One sentence. The usual range is what 95 of 100 months lie within; beyond the outer limits lie 3 of 1,000."""
    band = judged.bands[-1] if judged.badge and judged.bands else None
    if band is None:
        return told.RANGE_UNKNOWN
    if judged.is_signal:
        return told.SIGNAL  # the limits are of what was, and something has changed
    if judged.by_steps:
        return told.BY_STEPS  # its range is of one step, and the steps of many months may lead far
    higher = indicator.polarity == "higher_is_better"
    # The edges on the side where the target is met, and on the other.
    inner, outer = (band.inner_high, band.high) if higher else (band.inner_low, band.low)
    bad_inner, bad_outer = (band.inner_low, band.low) if higher else (band.inner_high, band.high)
    sign = 1 if higher else -1
    if sign * target > sign * outer:
        return told.never_met(written_limit(indicator, inner), higher)
    if sign * target > sign * inner:
        return told.seldom_met(written_limit(indicator, inner), higher)
    if sign * target >= sign * bad_inner:
        return told.BY_CHANCE
    if sign * target >= sign * bad_outer:
        return told.seldom_missed(written_limit(indicator, bad_inner), not higher)
    return told.always_met(written_limit(indicator, bad_inner), not higher)
