"""What changed in a month since it was first published: figures that were known then and are written otherwise now,
why, and whether the verdict of then still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from compendium.edition import revision_words
from compendium.edition.edition import NO_HEADLINE, IndicatorPage, Reading, Revision
from compendium.edition.judging import CHARTED, judged, rebased_by
from compendium.edition.moves import enough, move, weight
from compendium.edition.reading import reading
from compendium.edition.revised import Redefined, Verdicts
from compendium.edition.targets import held_against
from compendium.indicators.figures import Figures
from compendium.indicators.loading import Catalogue
from compendium.indicators.row_changes import RowChanges
from compendium.indicators.shape import Change, Indicator
from compendium.record.delivery import DeliveryInfo
from compendium.workspace import Rebasing, Workspace

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


def changed_figures(first_known: Figures, now: Figures, month: date) -> list[str]:
    """The indicators whose figure of the month was known at the earlier cut and is another now."""
    return [
        name
        for name, indicator in now.catalogue.items()
        if indicator.value not in NO_HEADLINE
        and (then := first_known.one(name, month)).value is not None
        and indicator.written(then) != indicator.written(now.one(name, month))
    ]


def revisions(
    pages: tuple[IndicatorPage, ...],
    first_known: Figures | None,
    workspace: Workspace,
    cut: date,
    why: Mapping[str, RowChanges],
) -> tuple[Revision, ...]:
    """first_known: the months up to the edition's, as known when it was first published. why: by indicator."""
    if first_known is None:
        return ()
    changed = (_revision(page, first_known, workspace, cut, why.get(page.id)) for page in pages if page.has_headline)
    return tuple(each for each in changed if each is not None)


def _revision(
    page: IndicatorPage, first_known: Figures, workspace: Workspace, cut: date, why: RowChanges | None
) -> Revision | None:
    indicator = first_known.catalogue.get(page.id)
    if indicator is None:
        return None
    first = reading(indicator, first_known.one(page.id, page.now.period))
    if first.value is None or first.written == page.now.written:
        return None  # what was not known then was not revised
    verdicts = _verdicts(page, indicator, first_known, rebased_by(workspace, page.id, cut))
    told = [revision_words.first(first.in_full, first_known.as_at), revision_words.now(page.now.in_full, why)]
    told += [revision_words.verdict(verdicts.then, verdicts.now)] if verdicts else []
    told += _targets(page, indicator, first, workspace)
    return Revision(page.id, page.title, first, page.now, tuple(told), _is_large(page, first), why, verdicts)


def _verdicts(
    page: IndicatorPage, indicator: Indicator, first_known: Figures, rebased: Sequence[Rebasing]
) -> Verdicts | None:
    """The verdict of then comes of the whole series of then, baseline and all."""
    if not page.judged.badge:
        return None
    months = [each for each in first_known.series(page.id) if each.period <= page.now.period]
    then = judged(
        indicator,
        [reading(indicator, each) for each in months if each.definition_version == page.definition_version],
        rebased,
    )
    return Verdicts(then.badge, page.judged.badge) if then.badge else None


def _targets(page: IndicatorPage, indicator: Indicator, first: Reading, workspace: Workspace) -> list[str]:
    """What has become of a target that was met, or missed, when it was first published."""
    target = workspace.targets.get(page.id)
    if target is None or page.target is None:
        return []
    then, now = held_against(indicator, first, target).judgement, page.target.judgement
    if then == now or "not_judged" in (then, now):
        return []
    return [revision_words.target(then, now)]


def told_in_full(pages: Sequence[IndicatorPage], revised: Sequence[Revision]) -> list[str]:
    """The indicators whose triangle an edition draws: all that are judged on a chart, or will be once they are final;
    and any that the first page tells of."""
    moved = {each.indicator for each in revised if each.is_large or each.has_flipped}
    return [page.id for page in pages if page.has_headline and (page.id in moved or _is_charted(page))]


def _is_charted(page: IndicatorPage) -> bool:
    return page.now.basis in CHARTED and bool(page.judged.badge or page.now.is_provisional)


def redefinitions(indicator: Indicator, after: date, until: date, month: date) -> list[Change]:
    """The changes of a definition that count a month and were decided after one day and by another."""
    return [each for each in indicator.changes if after < each.on <= until and not (each.since and each.since > month)]


def redefined(catalogue: Catalogue, first_cut: date | None, cut: date, month: date) -> tuple[Redefined, ...]:
    """The figures whose definition was changed between the first cut and this one."""
    found = []
    for indicator in catalogue.values() if first_cut is not None else ():
        changes = redefinitions(indicator, first_cut or cut, cut, month)
        if changes:
            version, on = changes[-1].version, changes[-1].on
            told = revision_words.redefined(version, on)
            found.append(Redefined(indicator.id, indicator.title, version, on, told))
    return tuple(found)


def _is_large(page: IndicatorPage, first: Reading) -> bool:
    """By the measure of moves, with the same floor; second ways of counting are not told twice."""
    change = move(page.value_kind, page.now, first)
    counts = page.variant_of is None and enough(page.now) and enough(first)
    return counts and change is not None and weight(change) >= LARGE
