"""What matters this month: what is out of the usual, and the targets missed by more than their tolerance."""

from __future__ import annotations

from decimal import Decimal

from compendium.edition import sentences, year_before_words
from compendium.edition.edition import Finding, IndicatorPage


def findings(pages: tuple[IndicatorPage, ...]) -> tuple[Finding, ...]:
    """Signals, new ones before long-standing ones and the furthest out first; then missed targets in the order of the
    chapters. No second way of counting."""
    first = [page for page in pages if not page.variant_of]
    signals = sorted((page for page in first if page.judged.is_signal), key=_order)
    missed = [page for page in first if page.misses_target and not page.judged.is_signal]
    return tuple(_finding(page) for page in (*signals, *missed))


def _order(page: IndicatorPage) -> tuple[bool, Decimal, str]:
    return (not page.judged.is_new, -abs(page.judged.away), page.id)


def chance(pages: tuple[IndicatorPage, ...]) -> str:
    """How many of the figures judged are signals, and how many chance alone would make."""
    judged = [page.judged for page in pages if page.judged.badge and not page.variant_of]
    by_chance = sum((each.chance for each in judged), Decimal(0))
    return sentences.chance(sum(each.is_signal for each in judged), len(judged), by_chance)


def _finding(page: IndicatorPage) -> Finding:
    heading = page.title
    if page.year_before is not None:
        found, then = page.stands, page.year_before.period
        stands = year_before_words.stands(found.words, found.is_tested, then) if found else ""
        heading = year_before_words.finding_heading(page.title, page.now.written, stands)
    told = [*page.judged.sentences]
    if page.drivers is not None and page.drivers.alone:
        told.append(page.drivers.alone)
    told += page.besides
    if page.misses_target and page.target is not None:
        told += page.target.sentences
    for cell in page.comparisons:
        if cell.name == "England" and cell.alone:
            told += [cell.alone, *([cell.sentences[-1]] if cell.answer else [])]  # which the test allows
    if page.counterweight is not None and page.counterweight.sentence not in page.sentences:
        told.append(f"Read beside it: {page.counterweight.sentence}")
    return Finding(page.id, heading, tuple(told), page.judged.is_signal, page.judged.is_new, page.misses_target)
