"""What changed in a month since it was first published: figures that were known then and are written otherwise now,
why, and whether the verdict of then still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from compendium.edition import revision_words
from compendium.edition.edition import NO_HEADLINE, IndicatorPage, Reading, Revision
from compendium.edition.judging import judged, rebased_by
from compendium.edition.moves import enough, move, weight
from compendium.edition.reading import reading
from compendium.edition.revised import Verdicts
from compendium.edition.targets import held_against
from compendium.indicators.figures import Figures
from compendium.indicators.row_changes import RowChanges
from compendium.indicators.shape import Indicator
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
    told += _redefined(indicator, first_known.as_at, page.now.period)
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


def told_in_full(pages: Sequence[IndicatorPage], revised: Sequence[Revision], *, is_first: bool) -> list[str]:
    """The indicators whose triangle an edition draws: those it tells of on its first page, and those whose months are
    not final yet. Each costs the record as at a dozen days; of any other `compendium revisions` draws it.

    is_first: that the edition is the first to know the month. Then nothing has changed yet, and what is held against
    a target is drawn with how far it may still move.
    """
    moved = [each.indicator for each in revised if each.is_large or each.has_flipped]
    own = [page for page in pages if page.has_headline and not page.variant_of and page.now.value is not None]
    young = [page.id for page in own if page.now.is_provisional or (is_first and page.target is not None)]
    return list(dict.fromkeys([*moved, *young]))


def _redefined(indicator: Indicator, first_cut: date, month: date) -> list[str]:
    """A definition changed since is not in the difference: both are counted by the one in force."""
    since = [
        (change.version, change.on)
        for change in indicator.changes
        if change.on > first_cut and (change.since is None or change.since <= month)
    ]
    return [revision_words.redefined(since)] if since else []


def _is_large(page: IndicatorPage, first: Reading) -> bool:
    """By the measure of moves, with the same floor; second ways of counting are not told twice."""
    change = move(page.value_kind, page.now, first)
    counts = page.variant_of is None and enough(page.now) and enough(first)
    return counts and change is not None and weight(change) >= LARGE
