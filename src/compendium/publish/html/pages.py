"""The pages of an edition, rendered one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from compendium import words
from compendium.edition import comparison_words, practice_words, revision_words, sentences, year_before_words
from compendium.edition.edition import Chapter, Edition, Finding, IndicatorPage
from compendium.publish.html import pictures, revision_sheets, sheets, trust_sheets
from compendium.publish.html.drivers import difference
from compendium.publish.html.environment import environment
from compendium.publish.html.pictures import Picture

INDEX, ALL, POINTS, DATA = "index.html", "all-figures.html", "ten-points.html", "data-and-definitions.html"
SAVINGS, PRACTICE = "savings.html", "practice.html"
MANY = 12  # exceptions above which each is told compactly, in one paragraph
NAVIGATION = (
    (INDEX, "What matters this month"),
    (ALL, "All figures"),
    (POINTS, "A board’s ten points"),
    (SAVINGS, "Savings claimed"),
    (PRACTICE, "What was done"),
    (DATA, "Data and definitions"),
)
KEY = (
    (
        "signal",
        "Signal: the newest month is hardly to be explained by chance. Orange is worse, blue better, purple neither.",
    ),
    ("worth_a_look", "Worth a look: it may be chance."),
    ("usual", "The newest month is within its usual range, or is not judged."),
    ("missed", "Target missed by more than its tolerance. Targets are set by people, not by chance."),
    ("target", "The target, where one has been set."),
    ("ring", "Provisional: the figure may still change as cases run their course."),
    ("still", "Where months as young as this one have ended up."),
    ("before", "On bars: the same month a year before."),
)


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """File names and their HTML: the first page, the chapters, the indicators, and the pages about the edition."""
    renderer = _Renderer(edition)
    yield INDEX, renderer.index()
    yield ALL, renderer.all_figures()
    yield POINTS, renderer.ten_points()
    yield SAVINGS, renderer.savings()
    yield PRACTICE, renderer.practice()
    yield DATA, renderer.data_and_definitions()
    for chapter in edition.chapters:
        yield chapter_file(chapter), renderer.chapter(chapter)
    for page in edition.pages:
        yield f"{page.id}.html", renderer.indicator(page)


def chapter_file(chapter: Chapter) -> str:
    """An indicator's id has no hyphen, so the two kinds of name never meet."""
    return f"chapter-{chapter.theme.replace('_', '-')}.html"


class _Renderer:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.pictures = {page.id: pictures.of_months(page) for page in edition.pages}

    def _page(self, template: str, here: str, title: str, crumbs: list[tuple[str, str]], **more: Any) -> str:
        return (
            environment()
            .get_template(template)
            .render(edition=self.edition, navigation=NAVIGATION, here=here, title=title, crumbs=crumbs, **more)
        )

    def index(self) -> str:
        found = self.edition.findings
        signals = [finding for finding in found if finding.is_signal]
        new = tuple(finding for finding in signals if finding.is_new)
        standing = [self.edition.page(each.indicator) for each in signals if not each.is_new]
        missed = tuple(finding for finding in found if not finding.is_signal)
        all_missed = sum(finding.misses_target for finding in found)
        groups: list[tuple[str, tuple[Finding, ...], str]] = [
            ("New this month: hardly to be explained by chance", new, "" if new else "No signal is new this month."),
            ("Targets missed by more than their tolerance", missed, "" if missed else "No other target is missed so."),
        ]
        return self._page(
            "index.html",
            INDEX,
            NAVIGATION[0][1],
            [],
            lede=sentences.summary(len(self.edition.pages), all_missed, self.edition.month, self.edition.by_chance),
            counts=self._counts(len(signals), all_missed),
            told_revisions=sorted(
                (each for each in self.edition.revisions if each.is_large or each.has_flipped),
                key=lambda each: not each.has_flipped,
            ),
            flipped=self._flipped(),
            looked_again=self._looked_again(),
            classes=self._classes(),
            groups=groups,
            standing=standing,
            is_compact=len(found) > MANY,
            pictures=self.pictures,
            sources=sheets.sources(self.edition.sources),
            chapters=[(chapter_file(chapter), chapter) for chapter in self.edition.chapters],
        )

    def _looked_again(self) -> tuple[str, ...]:
        """Of how many figures verdicts were judged again, and how many do not stand."""
        again = sum(_was_judged_again(page) for page in self.edition.pages)
        but = self.edition.month
        found = [
            [one for one in page.history.flipped if one.month != but] for page in self.edition.pages if page.history
        ]
        flipped = [one for each in found for one in each]
        return (
            revision_words.looked_again(again),
            *revision_words.no_longer_stand(flipped, sum(bool(each) for each in found)),
        )

    def _flipped(self) -> list[tuple[IndicatorPage, list[str]]]:
        """The verdicts on months before that no longer stand."""
        found = [(page, _flips(page, self.edition.month)) for page in self.edition.pages]
        return [(page, told) for page, told in found if told]

    def _classes(self) -> tuple[str, ...]:
        """By which kinds of change the figures of the month have changed."""
        return revision_words.classes([each.why for each in self.edition.revisions], len(self.edition.redefined))

    def _counts(self, signals: int, missed: int) -> list[tuple[str, str]]:
        edition = self.edition
        unknown = sum(page.now.status in ("no_source", "cannot_compute") for page in edition.pages)
        return [
            words.counted(len(edition.pages), "figure", "looked at this month"),
            words.counted(signals, "signal", "hardly to be explained by chance"),
            words.counted(missed, "target", "missed by more than the tolerance"),
            words.counted(len(edition.revisions), "figure", "changed since first published"),
            words.counted(unknown, "figure", "missing, which is not the same as zero"),
        ]

    def all_figures(self) -> str:
        chapters = [
            (chapter_file(chapter), chapter, sheets.glance(self._pages(chapter), chapter.title))
            for chapter in self.edition.chapters
        ]
        return self._page("all-figures.html", ALL, NAVIGATION[1][1], [], chapters=chapters)

    def ten_points(self) -> str:
        changed = revision_sheets.revisions(self.edition.revisions, self.edition.redefined)
        tables = {
            point.number: [{"sheet": sheets.of_point(table), "notes": table.notes} for table in point.tables]
            for point in self.edition.points
        }
        told = {
            "revisions": changed,
            "classes": self._classes(),
            "tables": tables,
            "how_tested": year_before_words.HOW_TESTED,
        }
        return self._page("ten-points.html", POINTS, NAVIGATION[2][1], [], **told)

    def savings(self) -> str:
        claims = [(claim, sheets.assumptions(claim), sheets.claimed_months(claim)) for claim in self.edition.claims]
        return self._page("savings.html", SAVINGS, NAVIGATION[3][1], [], claims=claims)

    def practice(self) -> str:
        actions = self.edition.actions
        impacts = [each for action in actions for each in action.impacts]
        lede: tuple[str, ...] = (*practice_words.LEDE, practice_words.by_chance(impacts))
        if not actions:
            lede = (practice_words.ALONE if self.edition.expectations else practice_words.NONE,)
        return self._page(
            "practice.html", PRACTICE, practice_words.TITLE, [], lede=lede, no_proof=practice_words.NO_PROOF
        )

    def data_and_definitions(self) -> str:
        return self._page(
            "data-and-definitions.html",
            DATA,
            NAVIGATION[5][1],
            [],
            sources=sheets.sources(self.edition.sources),
            **trust_sheets.of(self.edition),
            built_from=sheets.built_from(self.edition),
            deliveries=sheets.deliveries(self.edition.deliveries),
            unlisted=sentences.unlisted_teams(len(self.edition.unlisted_teams)),
            unlisted_teams=sheets.unlisted(
                self.edition.unlisted_teams, "Team names that are not in the list of teams", "Team name"
            ),
            areas=sentences.unlisted_areas(len(self.edition.unlisted_areas)),
            unlisted_areas=sheets.unlisted(self.edition.unlisted_areas, "Areas that are not in the settings", "Area"),
            neighbours=_neighbours(self.edition),
            definitions=[(chapter, self._pages(chapter)) for chapter in self.edition.chapters],
            key=KEY,
        )

    def chapter(self, chapter: Chapter) -> str:
        found = self._pages(chapter)
        return self._page(
            "chapter.html",
            chapter_file(chapter),
            f"Chapter: {chapter.title}",  # an indicator may bear the same title
            [(ALL, "All figures")],
            chapter=chapter,
            pages=found,
            glance=sheets.glance(found, f"{chapter.title} at a glance"),
            pictures=self.pictures,
        )

    def indicator(self, page: IndicatorPage) -> str:
        chapter = next(each for each in self.edition.chapters if each.theme == page.theme)
        main = self.pictures[page.id]
        shown = page.breakdowns[1:] if page.value_kind == "mix" else page.breakdowns
        return self._page(
            "indicator.html",
            f"{page.id}.html",
            page.title,
            [(ALL, "All figures"), (chapter_file(chapter), chapter.title)],
            page=page,
            **_revised(self.edition, page),
            main=[main],
            reading=_how_to_read(page, main),
            tested_alone=comparison_words.TESTED_ALONE,
            key=[each for each in KEY if each[0] in _marks(page)],
            areas=_areas(page),
            teams=_teams(page),
            difference=difference(page),
            breakdowns=[(each.title, pictures.of_breakdown(page, each)) for each in shown],
            forecast=_forecast(page),
            excluded=sheets.excluded(page),
        )

    def _pages(self, chapter: Chapter) -> list[IndicatorPage]:
        return [self.edition.page(name) for name in chapter.indicators]


def _neighbours(edition: Edition) -> str:
    near = edition.neighbours
    return comparison_words.set_in_use(near.version, near.source) if near else comparison_words.NO_SET_IN_USE


def _how_to_read(page: IndicatorPage, main: Picture) -> list[str]:
    if page.value_kind == "mix":
        return ["Each bar is one part of the whole. Together they make 100%."]
    if page.value_kind == "share_gap":
        return ["Dot and ring are two shares of the county. The line between them is the gap."]
    if not main.is_drawn:
        return ["Too few months have a figure for a line, so they are listed."]
    told = ["The line is one figure for each month, as the record now knows it."]
    if page.judged.bands:
        told.append(
            "The grey is where a month lies if nothing has happened: 95 of 100 in the darker part, nearly all in both."
        )
    return told


def _revised(edition: Edition, page: IndicatorPage) -> dict[str, Any]:
    """What changed in the month, and how its months are usually revised."""
    told: dict[str, Any] = {
        "revision": next((each for each in edition.revisions if each.indicator == page.id), None),
        "redefined": next((each for each in edition.redefined if each.indicator == page.id), None),
    }
    if page.history is not None:
        told |= {
            "flipped": _flips(page, edition.month),
            "triangle": revision_sheets.triangle(page.history, edition.month),
            "usual": revision_sheets.usual(page.history),
            "lateness": revision_sheets.lateness(page.history),
            "what_is_late": revision_words.WHAT_IS_LATE,
        }
    return told


def _was_judged_again(page: IndicatorPage) -> bool:
    return page.history is not None and any(each.verdicts for each in page.history.months)


def _flips(page: IndicatorPage, but: date) -> list[str]:
    """Of all months but one, which is told apart."""
    months = page.history.flipped if page.history is not None else ()
    return [revision_words.flipped(each) for each in months if each.month != but]


def _marks(page: IndicatorPage) -> set[str]:
    if not page.has_headline:
        return {"before"} if page.value_kind == "mix" else set()
    marks = {page.judged.strength if page.judged.badge else "usual"}
    if page.misses_target:
        marks.add("missed")
    if page.target:
        marks.add("target")
    if any(reading.is_provisional for reading in page.series):
        marks.add("ring")
    if page.history is not None and page.history.still_to_come:
        marks.add("still")
    return marks


def _areas(page: IndicatorPage) -> dict[str, Any]:
    small = pictures.of_areas(page)
    is_drawn = any(picture.is_drawn for picture in small)
    told = []
    if is_drawn:
        told.append("The charts share one scale, so heights can be compared.")
        start = pictures.areas_start_at(page)
        if start:
            told.append(f"The scale starts at {start}.")
    if page.areas and page.value_kind == "count":
        told.append("The areas and the countywide teams add up to the county.")
    table = sheets.parts(page, page.areas, f"{page.title}: area by area", "Area")
    return {"sentences": told, "multiples": small if is_drawn else [], "sheet": table}


def _forecast(page: IndicatorPage) -> dict[str, Any] | None:
    if page.forecast is None:
        return None
    return {
        "sentences": page.forecast.sentences,
        "scenarios": page.forecast.scenarios,
        "tables": [{"sheet": sheets.of_point(table), "notes": table.notes} for table in page.forecast.tables],
    }


def _teams(page: IndicatorPage) -> dict[str, Any] | None:
    if not page.teams:
        return None
    told = ["Teams stand under their area, in order of name. They are not ranked."]
    if any(part.now.status == "too_few" for part in page.teams):
        told.append("A team with fewer than 5 is given no figure.")
    return {"sentences": told, "picture": pictures.of_teams(page)}
