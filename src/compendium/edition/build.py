"""One month's edition from the computed figures, the workspace's settings and the record as at its cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from compendium.edition import sentences, themes, year_before_words
from compendium.edition.actions_file import read_actions
from compendium.edition.claims import savings_claims
from compendium.edition.comparators import Comparators, comparators, neighbours
from compendium.edition.data_age import data_age, deliveries, unlisted_teams
from compendium.edition.drivers import with_drivers
from compendium.edition.edition import Chapter, Edition, IndicatorPage, Unlisted
from compendium.edition.front_page import chance, findings
from compendium.edition.impacts import actions_taken, expected_alone
from compendium.edition.indicator_page import PageMaker
from compendium.edition.judging import rebased_by
from compendium.edition.point_tables import point_tables
from compendium.edition.revisions import redefined, revisions, told_in_full
from compendium.edition.targets import check_targets
from compendium.edition.ten_points import ten_points
from compendium.edition.triangle import history
from compendium.edition.trusting import trust, trust_tables, with_trust
from compendium.edition.vintages import Past
from compendium.errors import ComputeError
from compendium.indicators.figures import Figures
from compendium.indicators.row_changes import RowChanges
from compendium.record.areas import unlisted_areas
from compendium.record.checks.judging import Judgement
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace

NOTHING: Mapping[str, RowChanges] = MappingProxyType({})


def build_edition(
    figures: Figures,
    workspace: Workspace,
    month: date,
    snapshot: Snapshot,
    *,
    first_known: Figures | None = None,
    why_revised: Mapping[str, RowChanges] = NOTHING,
    earlier: Callable[[Sequence[str]], Mapping[str, Past]] | None = None,
    judgement: Judgement | None = None,
) -> Edition:
    """month: its last day. first_known: it and the months before as at the earlier cut that first knew it.
    why_revised: how the rows of each figure that has changed since did. earlier: gives what is known of the past
    of some indicators. judgement: what the data-quality rules say of the record.

    ComputeError when the figures do not hold the month; WorkspaceError for a target that could not be judged.
    """
    check_targets(figures.catalogue, workspace)
    _check_month(figures, month)
    sources = data_age(snapshot, month)
    held_against = _held_against(figures, workspace, snapshot)
    entries = read_actions(workspace, figures.catalogue)
    maker = PageMaker(figures, workspace, snapshot, sources, figures.as_at, month, held_against, entries)
    ordered = sorted(figures.catalogue.values(), key=lambda indicator: themes.place(indicator.theme))
    pages = with_drivers(tuple(maker.page(indicator) for indicator in ordered), maker)
    changed = revisions(pages, first_known, workspace, figures.as_at, why_revised)
    if earlier is not None:
        pages = _with_triangles(pages, earlier(told_in_full(pages, changed)), workspace, month)
    first_cut = None if first_known is None else first_known.as_at
    practised = [page.practice for page in pages if page.practice]
    trusted = None if judgement is None else trust(judgement, figures.teams, month)
    pages = with_trust(pages, judgement, trusted) if judgement and trusted else pages
    tables = {**point_tables(pages, snapshot, month), "5": trust_tables(trusted) if trusted else ()}
    return Edition(
        authority=workspace.authority_name,
        synthetic=workspace.synthetic,
        month=month,
        cut=figures.as_at,
        first_cut=first_cut,
        deliveries=deliveries(snapshot),
        sources=sources,
        unlisted_teams=unlisted_teams(snapshot),
        unlisted_areas=tuple(Unlisted(*each) for each in unlisted_areas(snapshot, workspace.areas).items()),
        chapters=_chapters(pages),
        pages=pages,
        findings=findings(pages),
        rule=(*sentences.CHOSEN, year_before_words.HOW_TESTED),
        by_chance=chance(pages),
        revisions=changed,
        redefined=redefined(figures.catalogue, first_cut, figures.as_at, month),
        claims=savings_claims(figures, snapshot, month),
        neighbours=held_against.neighbours,
        actions=actions_taken(entries, practised, figures.as_at),
        expectations=expected_alone(practised),
        points=ten_points(
            pages, changed, deliveries(snapshot), figures.as_at, first_cut, tables, maker.part_stands, trusted
        ),
        trust=trusted,
    )


def _check_month(figures: Figures, month: date) -> None:
    if month not in figures.months:
        raise ComputeError(
            f"the figures hold nothing for {month:%Y-%m}",
            expected=f"a month from {figures.months[0]:%Y-%m} to {figures.months[-1]:%Y-%m}",
        )


def _held_against(figures: Figures, workspace: Workspace, snapshot: Snapshot) -> Comparators:
    """England, the region, and the councils most like the authority: by the workspace's code, or else by that of the
    first delivery that has one."""
    code = workspace.authority_code or next((each.la_code for each in snapshot.deliveries if each.la_code), None)
    near = neighbours(snapshot, code, workspace.neighbours_version)
    measures = {each.comparator.measure for each in figures.catalogue.values() if each.comparator}
    places = [each for each in (workspace.england_code, workspace.region_code) if each]
    return comparators(snapshot, measures, places, figures.as_at, near)


def _with_triangles(
    pages: tuple[IndicatorPage, ...], past: Mapping[str, Past], workspace: Workspace, month: date
) -> tuple[IndicatorPage, ...]:
    made = []
    for page in pages:
        if page.id in past:
            now = past[page.id].now
            rebased = rebased_by(workspace, page.id, now.as_at)
            page = replace(page, history=history(now.catalogue[page.id], past[page.id], month, rebased))
        made.append(page)
    return tuple(made)


def _chapters(pages: tuple[IndicatorPage, ...]) -> tuple[Chapter, ...]:
    order = dict.fromkeys(page.theme for page in pages)
    return tuple(
        Chapter(theme, themes.title(theme), themes.lede(theme), tuple(page.id for page in pages if page.theme == theme))
        for theme in order
    )
