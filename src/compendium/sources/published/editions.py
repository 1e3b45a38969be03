"""Every table of the department's that is read by its columns, and the words for every measure. Data only."""

from __future__ import annotations

from collections.abc import Mapping

from compendium.sources.published import care, interactive_measures, need, protection, workforce
from compendium.sources.published.edition import Edition

# Compendium's name of a published measure -> what it is, in words. `comparator: measure:` of an indicator names one.
MEASURES: Mapping[str, str] = {
    **need.MEASURES, **protection.MEASURES, **care.MEASURES, **workforce.MEASURES, **interactive_measures.MEASURES,
}  # fmt: skip
EDITIONS: tuple[Edition, ...] = (
    *need.EDITIONS,
    *protection.EDITIONS,
    Edition(
        "Children in need, national: totals (a1 or a2)",
        frozenset({"category", "category_type", "number", "rate", "percent"}),
        (*need.TOTALS, *protection.TOTALS),
        compiled=True,
    ),
    *care.EDITIONS,
    *workforce.EDITIONS,
)
