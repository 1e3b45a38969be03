"""Tables as pages show them: a caption, headings, rows of cells. The first cell of a row names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compendium import words
from compendium.edition import sentences
from compendium.edition.edition import (
    SMALL,
    Delivery,
    Edition,
    IndicatorPage,
    Part,
    Reading,
    SavingsClaim,
    Source,
    Unlisted,
)
from compendium.edition.point_table import PointTable

UNBROKEN = "\u00a0"  # a space at which no line ends


@dataclass(frozen=True)
class Cell:
    text: str
    href: str = ""


@dataclass(frozen=True)
class Row:
    """group: a heading over the rows that follow; now: the month that the page is about."""

    cells: tuple[Cell, ...]
    group: bool = False
    now: bool = False


@dataclass(frozen=True)
class Sheet:
    """right: the numbers of the columns that hold figures."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    right: tuple[int, ...] = ()
    css: str = ""


def row(*texts: str, now: bool = False, href: str = "") -> Row:
    return Row((Cell(texts[0], href), *(Cell(text) for text in texts[1:])), now=now)


def of_point(table: PointTable) -> Sheet:
    """Its words are written already; all but the name of a row are figures."""
    right = tuple(range(1, len(table.headings)))
    return Sheet(table.title, table.headings, tuple(row(*cells) for cells in table.rows), right)


def months(page: IndicatorPage, series: Sequence[Reading], caption: str) -> Sheet:
    """The figures of a line, newest first. Those of the whole that have been revised are marked, as are provisional
    ones."""
    has_of = any(reading.of for reading in series)
    is_whole = series is page.series and page.history is not None and page.history.was_revised
    rows = []
    for number, reading in enumerate(reversed(series)):
        told = marked(page, reading, " [p]")
        if is_whole and page.history is not None and page.history.is_revised(reading.period):
            told += " [r]"
        texts = [words.month(reading.period), told, *([reading.of or "none"] if has_of else [])]
        rows.append(row(*texts, now=number == 0))
    headings = ("Month", "Figure", *(["Out of"] if has_of else []))
    caption += "; [p] is provisional" if any(reading.is_provisional for reading in series) else ""
    caption += "; [r] is revised since first published" if is_whole else ""
    return Sheet(caption, headings, tuple(rows), tuple(range(1, len(headings))))


def parts(page: IndicatorPage, found: Sequence[Part], caption: str, what: str) -> Sheet:
    """Areas, teams or categories: now and the same month a year before, under the headings of their groups."""
    has_of = any(part.now.of for part in found)
    year_before = page.year_before.period if page.year_before else None
    headings = [what, words.month(page.now.period), *(["Out of"] if has_of else [])]
    headings += [words.month(year_before)] if year_before else []
    rows, group = [], ""
    for part in found:
        if part.group and part.group != group:
            group = part.group
            rows.append(Row((Cell(group),), group=True))
        texts = [part.name, shown(page, part.now), *([part.now.of or "none"] if has_of else [])]
        if year_before:
            texts.append(marked(page, part.year_before) if part.year_before else "no record")
        rows.append(row(*texts))
    return Sheet(caption, tuple(headings), tuple(rows), tuple(range(1, len(headings))))


def marked(page: IndicatorPage, reading: Reading, provisional: str = " (provisional)") -> str:
    """The figure, and why it does not stand beside the month's own: it can still change, or was counted otherwise."""
    told = shown(page, reading) + (provisional if reading.is_provisional else "")
    return told if reading.definition_version == page.now.definition_version else f"{told} ({sentences.EARLIER})"


def shown(page: IndicatorPage, reading: Reading) -> str:
    """The figure as a table gives it: a percentage of few is flagged."""
    is_share = page.value_kind in ("percent", "mix") and reading.value is not None
    is_small = is_share and reading.denominator is not None and reading.denominator < SMALL
    return f"{reading.written} (small number)" if is_small else reading.written


def glance(pages: Sequence[IndicatorPage], caption: str) -> Sheet:
    """A chapter on one sheet."""
    rows = []
    for page in pages:
        three = (page.now, page.month_before, page.year_before)
        told = ["see its parts" if not page.has_headline else _brief(page, each) for each in three]
        beside = page.counterweight.sentence if page.counterweight else "nothing"
        rows.append(row(page.title, *told, _target(page), beside, href=f"{page.id}.html"))
    headings = ("Figure", "Now", "Last month", "Same month last year", "Target", "Read beside it")
    return Sheet(caption, headings, tuple(rows), (1, 2, 3), "glance")


def _brief(page: IndicatorPage, reading: Reading | None) -> str:
    if reading is None:
        return "no record"
    share = page.value_kind in ("percent", "mix") and reading.value is not None
    of = f" ({reading.of.replace(' ', UNBROKEN)})" if share else ""
    told = reading.written + of + (" (provisional)" if reading.is_provisional else "")
    return told if reading.definition_version == page.now.definition_version else f"{told} ({sentences.EARLIER})"


def _target(page: IndicatorPage) -> str:
    if page.target is None:
        return "none set"
    state = {"met": "met", "within_tolerance": "missed within tolerance", "missed": "missed"}
    return f"{page.target.written}, {state.get(page.target.judgement, 'not judged')}"


def sources(found: Sequence[Source]) -> Sheet:
    rows = [
        row(
            source.name,
            words.day(source.runs_to) if source.runs_to else "not received",
            words.day(source.received) if source.received else "not known" if source.runs_to else "not received",
            source.words,
        )
        for source in found
    ]
    headings = ("Records", "Run to", "Last received", "Complete?")
    return Sheet("Records received for this edition", headings, tuple(rows), css="dates")


def deliveries(found: Sequence[Delivery]) -> Sheet:
    rows = [
        row(
            each.file_name,
            each.source_format,
            words.day(each.received_on),
            words.number(each.read),
            words.number(each.kept),
            words.number(each.rejected),
        )
        for each in reversed(found)
    ]
    headings = ("Delivery", "Format", "Received", "Rows read", "Kept", "Not kept")
    return Sheet("Deliveries, newest first", headings, tuple(rows), (3, 4, 5))


def unlisted(found: Sequence[Unlisted], caption: str, heading: str) -> Sheet:
    rows = [row(each.name, words.number(each.rows)) for each in found]
    return Sheet(caption, (heading, "Rows"), tuple(rows), (1,))


def excluded(page: IndicatorPage) -> Sheet:
    rows = [row(words.upper_first(reason), words.number(count)) for reason, count in page.now.excluded.items()]
    return Sheet(f"Left out of {words.month(page.now.period)}", ("Reason", "How many"), tuple(rows), (1,))


def built_from(edition: Edition) -> str:
    """One sentence on the deliveries; '' when none is known."""
    if not edition.deliveries:
        return "The deliveries behind this edition are not listed."
    first, last = edition.deliveries[0].received_on, edition.deliveries[-1].received_on
    many = words.plural(len(edition.deliveries), "delivery", "deliveries")
    return f"{many}, received from {words.day(first)} to {words.day(last)}."


def assumptions(claim: SavingsClaim) -> Sheet:
    """What a claim takes for granted, in the order of its calculation."""
    rows = tuple(
        row(each.says, each.value, each.enters, each.running or "none", each.source, each.shown)
        for each in claim.assumptions
    )
    headings = ("Assumption", "Value", "In the sum", "Sum so far", "Where it comes from", "What the record shows")
    return Sheet(f"{claim.title}: what was assumed, and what the record shows", headings, rows, (3,))


def claimed_months(claim: SavingsClaim) -> Sheet:
    """Each month for which a saving was claimed, beside the same month before the change."""
    rows = tuple(
        row(
            words.month(each.month),
            "not recorded" if each.before is None else words.money(each.before),
            words.money(each.after),
            "not known" if each.fall is None else words.money(each.fall),
        )
        for each in claim.months
    )
    headings = ("Month", "Cost of the same month before", "Cost of the month", "Less by")
    return Sheet(f"{claim.title}: cost before and since", headings, rows, (1, 2, 3))
