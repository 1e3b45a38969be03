"""What changed in a month since it was first known: figures that were known then and are written otherwise now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from compendium.edition import sentences
from compendium.edition.edition import IndicatorPage, Reading, Revision
from compendium.edition.moves import enough, move, weight
from compendium.edition.reading import reading
from compendium.indicators.figures import Figures
from compendium.record.delivery import DeliveryInfo

LARGE = 10  # per cent, or 5 points: a revision this large is told on the first page


def first_cut_of(deliveries: Sequence[DeliveryInfo], month: date, cut: date) -> date | None:
    """The day before the cut on which a month was first known: when half of the tables that speak of its last day by
    the cut did so. What comes in ones and twos before the others does not make an edition. None: not before the cut."""

    def told(day: date) -> set[str]:
        return {
            one.table
            for each in deliveries
            for one in each.coverage
            if each.received_on <= day and one.complete_from <= month <= one.complete_to
        }

    days = sorted({each.received_on for each in deliveries if month < each.received_on < cut})
    return next((day for day in days if 2 * len(told(day)) >= len(told(cut))), None)


def revisions(pages: tuple[IndicatorPage, ...], first_known: Figures | None) -> tuple[Revision, ...]:
    if first_known is None:
        return ()
    found = []
    for page in pages:
        indicator = first_known.catalogue.get(page.id)
        if not page.has_headline or indicator is None:
            continue
        first = reading(indicator, first_known.one(page.id, page.now.period))
        if first.value is None or first.written == page.now.written:
            continue  # what was not known then was not revised
        told = sentences.revised(first.in_full, first_known.as_at, page.now.in_full)
        found.append(Revision(page.id, page.title, first, page.now, told, _is_large(page, first)))
    return tuple(found)


def _is_large(page: IndicatorPage, first: Reading) -> bool:
    """By the measure of moves, with the same floor; second ways of counting are not told twice."""
    change = move(page.value_kind, page.now, first)
    counts = page.variant_of is None and enough(page.now) and enough(first)
    return counts and change is not None and weight(change) >= LARGE
