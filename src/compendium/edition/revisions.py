"""What changed in a month since it was first known: figures that were known then and are written otherwise now."""

from __future__ import annotations

from compendium.edition import sentences
from compendium.edition.edition import IndicatorPage, Reading, Revision
from compendium.edition.moves import enough, move, weight
from compendium.edition.reading import reading
from compendium.indicators.figures import Figures

LARGE = 10  # per cent, or 5 points: a revision this large is told on the first page


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
