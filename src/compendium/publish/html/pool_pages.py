"""A pool as pages: who is in it and who is missing, what was added up, and each indicator's page with its funnels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from compendium import words
from compendium.edition import themes
from compendium.edition.sentences import POLARITY
from compendium.indicators.periods import BASES
from compendium.pooling.pool import Pool
from compendium.pooling.pooled import Pooled
from compendium.publish.html import pool_pictures as pictures
from compendium.publish.html import pool_sheets as sheets
from compendium.publish.html.environment import environment
from compendium.publish.html.sheets import Sheet
from compendium.publish.pool_words import beside, fraction, value

INDEX = "index.html"
TITLE = "Authorities together"


@dataclass(frozen=True)
class Masthead:
    """What stands at the head and foot of every page."""

    authority: str
    month: date
    synthetic: bool


def pool_pages(pool: Pool, figures: Sequence[Pooled]) -> Iterator[tuple[str, str]]:
    """File names and their HTML, the first page first. figures: those of an indicator stand together."""
    yield INDEX, _index(pool, figures)
    for name, found in groupby(figures, key=lambda each: each.definition.id):
        yield sheets.page_of(name), _indicator(pool, list(found))


def _page(template: str, pool: Pool, title: str, crumbs: list[tuple[str, str]], **more: Any) -> str:
    many = words.plural(len(pool.members), "authority", "authorities")
    return (
        environment()
        .get_template(template)
        .render(
            edition=Masthead(f"{many} together", pool.month, pool.synthetic),
            navigation=((INDEX, TITLE),),
            here="" if crumbs else INDEX,
            title=title,
            crumbs=crumbs,
            many=many,
            **more,
        )
    )


def _index(pool: Pool, figures: Sequence[Pooled]) -> str:
    compared = [each for each in figures if each.funnel is not None]
    places = sum(len(each.parts) for each in compared)
    beyond = sum(len(pictures.beyond(each)) for each in compared)
    others = [each for each in figures if each.left_out]
    titles = {name: words.upper_first(name.replace("_", " ")) for name in pool.not_added}
    return _page(
        "pool.html",
        pool,
        TITLE,
        [],
        counts=[
            words.counted(len(pool.members), "file", "of month cells received"),
            *([words.counted(len(pool.missing), "authority", "missing", "authorities")] if pool.expected else []),
            words.counted(len(figures), "figure", "added up"),
            words.counted(beyond, "place", f"beyond 99.8%, of {words.number(places)}; about "
                          f"{pictures.expected_by_chance(places)} by chance"),
        ],
        missing=sheets.missing(pool),
        expected=pool.expected is not None,
        chapters=_chapters(pool, figures),
        left_out=sheets.left_out(pool, others),
        never=sheets.never_added(pool, titles),
        members=sheets.members(pool),
        unread=pool.unread,
    )  # fmt: skip


def _chapters(pool: Pool, figures: Sequence[Pooled]) -> list[tuple[str, Sheet]]:
    """Each indicator on its first basis."""
    first = [each for each in figures if each.basis == each.definition.bases[0]]
    ordered = sorted(first, key=lambda each: themes.place(each.definition.theme))
    grouped = groupby(ordered, key=lambda each: each.definition.theme)
    return [(themes.title(theme), sheets.chapter(pool, list(found), themes.title(theme))) for theme, found in grouped]


def _indicator(pool: Pool, figures: list[Pooled]) -> str:
    definition = figures[0].definition
    sections = []
    for number, pooled in enumerate(figures):
        heading = words.upper_first(BASES[pooled.basis])
        if pooled.category is not None:
            heading += f": {pictures.category_words(pooled.category)}"
        caption = f"{definition.title}, {words.lower_first(heading)}"
        sections.append((heading, _sentences(pooled), pictures.picture(pooled, f"funnel-{number}", caption)))
    return _page(
        "pool-indicator.html",
        pool,
        definition.title,
        [(INDEX, TITLE)],
        question=definition.question,
        polarity=POLARITY[definition.polarity],
        sections=sections,
        left_out=sheets.left_out_of(pool, figures),
        version=definition.definition_version,
        beside=beside(pool, definition),
        rules=pool.rules(definition),
    )


def _sentences(pooled: Pooled) -> list[str]:
    if not pooled.parts:
        return ["No authority has a source for it."]
    numbers = pooled.numbers
    of = "" if numbers.denominator is None else f", {fraction(pooled, numbers.numerator, numbers.denominator)}"
    many = words.plural(len(pooled.parts), "authority", "authorities")
    told = value(pooled, pooled.centre) if pooled.centre is not None else numbers.status.replace("_", " ")
    said = [f"{many} together: {told}{of}."]
    if numbers.status == "provisional":
        said.append("Provisional: it may still change.")
    if pooled.without_children:
        said.append(f"Not in the rate, for their children are not known: {words.listing(pooled.without_children)}.")
    if pooled.funnel is not None:
        found = pictures.beyond(pooled)
        said.append(
            f"{len(found)} of {len(pooled.parts)} lie beyond the 99.8% limits; "
            f"{pictures.expected_by_chance(len(pooled.parts))} would by chance alone."
        )
        said.append(_spread(pooled))
    return said


def _spread(pooled: Pooled) -> str:
    assert pooled.funnel is not None
    times = words.number(pooled.funnel.spread, 1)
    if pooled.funnel.widened:
        return f"Authorities lie further apart than chance explains (φ = {times}), which the limits allow for."
    return f"Authorities lie about as far apart as chance explains (φ = {times})."
