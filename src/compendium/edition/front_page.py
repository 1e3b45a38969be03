"""What matters this month: targets missed by more than their tolerance, and the largest moves."""

from __future__ import annotations

from compendium.edition import sentences
from compendium.edition.edition import Finding, IndicatorPage, Move
from compendium.edition.moves import large_moves, move


def findings(pages: tuple[IndicatorPage, ...]) -> tuple[Finding, ...]:
    """Missed targets in the order of the chapters, then the moves, largest first; no indicator twice."""
    moves = large_moves(pages)
    missed = [_finding(page, moves.get(page.id)) for page in pages if page.misses_target and not page.variant_of]
    pages_by_id = {page.id: page for page in pages}
    told = {finding.indicator for finding in missed}
    moved = [_finding(pages_by_id[name], found) for name, found in moves.items() if name not in told]
    return (*missed, *moved)


def _finding(page: IndicatorPage, found: Move | None) -> Finding:
    year_before = page.year_before
    plain = move(page.value_kind, page.now, year_before)
    heading = page.title
    if year_before is not None:
        heading = sentences.finding_heading(
            page.title, page.now.written, plain.words if plain else None, year_before.period
        )
    told = list(page.besides)
    if page.misses_target and page.target is not None:
        told += page.target.sentences
    told += [cell.alone for cell in page.comparisons if cell.name == "England" and cell.alone]
    if page.counterweight is not None:
        told.append(f"Read beside it: {page.counterweight.sentence}")
    return Finding(page.id, heading, tuple(told), page.misses_target, found)
