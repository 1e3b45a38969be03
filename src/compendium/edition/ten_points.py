"""The ten points of the board's mission and its recommendation: the figure for each, or what is still to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from compendium import words
from compendium.edition import practice_words, year_before_words
from compendium.edition.differences import true_share
from compendium.edition.edition import Delivery, IndicatorPage, Part, Point, PointFigure, Reading, Revision, Stand
from compendium.edition.moves import FLOOR
from compendium.edition.point_table import PointTable
from compendium.edition.trust import Trust

RECOMMENDATION = "Recommendation"
Stands = Callable[[str, str, str], Stand | None]
_POOR = ("requires_improvement", "inadequate")


@dataclass(frozen=True)
class _Known:
    """What the points draw on."""

    pages: dict[str, IndicatorPage]
    revisions: dict[str, Revision]
    deliveries: Sequence[Delivery]
    cut: date
    first_cut: date | None
    stands: Stands
    trust: Trust | None


def ten_points(
    pages: Sequence[IndicatorPage],
    revisions: Sequence[Revision],
    deliveries: Sequence[Delivery],
    cut: date,
    first_cut: date | None,
    tables: Mapping[str, tuple[PointTable, ...]],
    stands: Stands,
    trust: Trust | None = None,
) -> tuple[Point, ...]:
    """tables: those that answer a point, by its number. stands: how a part of a figure stands to the same month a year
    before, by the ids of the figure, of the breakdown and of the part. trust: what the data-quality rules say."""
    by_id = {page.id: page for page in pages}
    known = _Known(by_id, {each.indicator: each for each in revisions}, deliveries, cut, first_cut, stands, trust)
    return tuple(
        Point(number, title, found, tables.get(number, ()), to_come or (() if found else (practice_words.NONE,)))
        for number, title, figures, to_come in _POINTS
        for found in [_answers(known, figures)]
    )


def _answers(known: _Known, figures: Callable[[_Known], list[PointFigure]]) -> tuple[PointFigure, ...]:
    found = figures(known)
    return tuple(found if figures is _examples else [*found, *_came_of(known, found)])


def _came_of(known: _Known, figures: Sequence[PointFigure]) -> list[PointFigure]:
    """What was done about the figures of a point, what was expected of them, and what came of it."""
    shown = [known.pages[name] for name in dict.fromkeys(each.indicator for each in figures) if name in known.pages]
    return [each for page in shown for each in (*_impacts(page), *_expectations(page))]


def _impacts(page: IndicatorPage) -> list[PointFigure]:
    found = page.practice.impacts if page.practice else ()
    return [PointFigure(page.id, f"{each.title}: {page.title}", each.badge, each.brief) for each in found]


def _expectations(page: IndicatorPage) -> list[PointFigure]:
    found = page.practice.expectations if page.practice else ()
    return [PointFigure(page.id, each.heading, each.badge, " ".join(each.sentences)) for each in found]


def _examples(known: _Known) -> list[PointFigure]:
    """Every action on every figure, effect or none alike."""
    return [each for page in known.pages.values() for each in _impacts(page)]


def _headline(known: _Known, *indicators: str) -> list[PointFigure]:
    """The month's figure of each, beside the same month a year before."""
    return [_against_last_year(known.pages[name]) for name in indicators if name in known.pages]


def _against_last_year(page: IndicatorPage) -> PointFigure:
    return _figure(page, page.title, page.now, page.year_before, page.stands)


def _part_against_last_year(known: _Known, page: IndicatorPage, dimension: str, part: Part) -> PointFigure:
    found = known.stands(page.id, dimension, part.id)
    return _figure(page, f"{page.title}: {part.name}", part.now, part.year_before, found)


def _figure(page: IndicatorPage, name: str, now: Reading, before: Reading | None, found: Stand | None) -> PointFigure:
    told = [now.of] if now.of else []
    if found is not None and before is not None:
        told.append(year_before_words.stands(found.words, found.is_tested, before.period, before.written))
    return PointFigure(page.id, name, now.written, "; ".join(told))


def _by_area(known: _Known, indicator: str, title: str) -> list[PointFigure]:
    page = known.pages.get(indicator)
    parts = page.areas if page else ()
    return [PointFigure(indicator, f"{title}: {part.name}", part.now.written, part.now.of) for part in parts]


def _part(known: _Known, indicator: str, dimension: str, holds: str) -> list[PointFigure]:
    """The parts of a breakdown whose name holds a word."""
    page = known.pages.get(indicator)
    if page is None:
        return []
    parts = [part for part in _parts(page, dimension) if holds in part.name.lower()]
    return [_part_against_last_year(known, page, dimension, part) for part in parts]


def _parts(page: IndicatorPage, dimension: str) -> tuple[Part, ...]:
    return next((each.parts for each in page.breakdowns if each.name == dimension), ())


# The points -----------------------------------------------------------------------------------------------------


def _contacts_by_area(known: _Known) -> list[PointFigure]:
    page = known.pages.get("contacts")
    return [_part_against_last_year(known, page, "area", part) for part in page.areas] if page else []


def _main_driver(known: _Known, indicator: str) -> list[PointFigure]:
    """The part that made the difference, where there is one."""
    page = known.pages.get(indicator)
    if page is None or page.drivers is None:
        return []
    of = f"of {page.drivers.written} against what was expected"
    return [
        PointFigure(indicator, f"Made the difference: {part.name}", part.written, of)
        for part in page.drivers.parts
        if part.is_main
    ]


def _contacts(known: _Known) -> list[PointFigure]:
    by_police = _part(known, "contacts", "source", "police")
    return [
        *_headline(known, "contacts"),
        *by_police,
        *_main_driver(known, "contacts"),
        *_contacts_by_area(known),
        *_headline(known, "referrals", "rereferrals_12m"),
    ]


def _revised(known: _Known) -> list[PointFigure]:
    page, revision = known.pages.get("icpc_15wd"), known.revisions.get("icpc_15wd")
    if page is None:
        return []
    if revision is None or known.first_cut is None:
        return [PointFigure(page.id, page.title, page.now.written, page.now.of)]
    first, now = revision.first, revision.now
    figures = [
        PointFigure(
            page.id, "Conferences in time, as first published", first.written, _received(first, known.first_cut)
        ),
        PointFigure(page.id, "The same month, as revised", now.written, _received(now, known.cut)),
    ]
    if first.denominator is not None and now.denominator is not None and now.denominator > first.denominator:
        more = words.number(now.denominator - first.denominator)
        since = f"not known on {words.day(known.first_cut)}"
        figures.append(PointFigure(page.id, "Conferences recorded late", more, since))
    if revision.verdicts is not None:
        then = f"as first published: {revision.verdicts.then}"
        figures.append(PointFigure(page.id, "The verdict on the month", revision.verdicts.now, then))
    return figures


def _received(reading: Reading, cut: date) -> str:
    return f"{reading.of}; records received by {words.day(cut)}"


def _visits(known: _Known) -> list[PointFigure]:
    page = known.pages.get("cp_visits_10wd")
    if page is None or page.now.numerator is None or page.now.denominator is None:
        return _headline(known, "cp_visits_10wd")
    overdue = page.now.denominator - page.now.numerator
    figures = [
        PointFigure(page.id, "Children whose visit was due", words.number(page.now.denominator), ""),
        PointFigure(page.id, "Visited in time", page.now.written, page.now.of),
        PointFigure(page.id, "Overdue", words.number(overdue), f"of {words.number(page.now.denominator)}"),
    ]
    for reason, count in page.now.excluded.items():
        figures.append(PointFigure(page.id, words.upper_first(reason), words.number(count), "not counted"))
    aims = [cell for cell in page.comparisons if cell.name == "Target" and cell.is_there]
    return [*figures, *(PointFigure(page.id, "Target", cell.headline, cell.sentences[-1]) for cell in aims)]


def _caseloads(known: _Known) -> list[PointFigure]:
    above = [*_headline(known, "sw_high_caseload"), *_by_area(known, "sw_high_caseload", "Above the ceiling")]
    return [*_headline(known, "sw_caseload_avg"), *_by_area(known, "sw_caseload_avg", "Caseload"), *above]


def _dataset(known: _Known) -> list[PointFigure]:
    read, kept = sum(each.read for each in known.deliveries), sum(each.kept for each in known.deliveries)
    rules = _rules(known.trust) if known.trust else []
    if not read:
        return rules
    return [
        PointFigure(None, "Deliveries received", words.number(len(known.deliveries)), ""),
        PointFigure(None, "Rows kept", words.number(kept), f"of {words.number(read)} read"),
        PointFigure(None, "Rows not kept", words.number(read - kept), "each is in the ledger with its reason"),
        *rules,
    ]


def _rules(trust: Trust) -> list[PointFigure]:
    results = (("passed", trust.passed), ("flagged", len(trust.at_fault)), ("could not run", trust.could_not_run))
    of = f"of {words.number(trust.rules)}"
    return [PointFigure(None, f"Data-quality rules: {name}", words.number(count), of) for name, count in results]


def _audits(known: _Known) -> list[PointFigure]:
    """The audited assessments, then every grade."""
    figures = []
    page = known.pages.get("audit_good_or_better")
    for part in _parts(page, "theme") if page else ():
        if part.id.lower().startswith("assessment") and part.now.denominator:
            poor = replace(part.now, numerator=part.now.denominator - (part.now.numerator or 0))
            name = "Audited assessments that require improvement or are inadequate"
            figures.append(PointFigure("audit_good_or_better", name, *_together([poor])))
    page = known.pages.get("audit_grade_mix")
    grades = _parts(page, "category") if page else ()
    poor_grades = [part.now for part in grades if part.id in _POOR]
    if poor_grades:
        figures.append(
            PointFigure("audit_grade_mix", "All audits: requires improvement or inadequate", *_together(poor_grades))
        )
    figures += [PointFigure("audit_grade_mix", part.name, part.now.written, part.now.of) for part in grades]
    return [*figures, *_practice(known), *_headline(known, "audits_completed")]


def _practice(known: _Known) -> list[PointFigure]:
    """How cases were chosen, and each area of practice of those chosen at random."""
    figures = []
    sampled = known.pages.get("audit_good_or_better")
    for part in _parts(sampled, "sampling") if sampled else ():
        if part.now.denominator:
            number = words.number(part.now.denominator)
            figures.append(PointFigure("audit_good_or_better", f"Cases chosen: {part.name.lower()}", number, ""))
    page = known.pages.get("audit_practice_below_good")
    for part in _parts(page, "practice") if page else ():
        name = f"Below good: {part.name}"
        figures.append(PointFigure("audit_practice_below_good", name, part.now.written, part.now.of))
    return figures


def _together(readings: list[Reading]) -> tuple[str, str]:
    """The share of several parts of one whole, and x of n; of few, within what it is likely to lie."""
    some = sum((each.numerator or Decimal(0) for each in readings), Decimal(0))
    whole = readings[0].denominator
    if not whole:
        return "none", ""
    told = f"{words.number(some)} of {words.number(whole)}"
    if whole < FLOOR and (likely := true_share(some, whole)):
        told = f"{told}. {likely}"
    return words.percent(some / whole * 100, 0 if whole < 100 else 1), told


def _posts(known: _Known) -> list[PointFigure]:
    return _headline(
        known, "sw_vacancy_rate", "sw_agency_rate", "sw_turnover", "sw_agency_bookings", "sw_academy_on_programme"
    )


def _early_help(known: _Known) -> list[PointFigure]:
    """Cost never without what came of it."""
    of_help = ("eh_open", "eh_cost_per_closed_family", "eh_closed_needs_met", "eh_rereferral_after_closure")
    return _headline(known, *of_help, "mash_savings_claimed", "mash_savings_realised")


def _resources(known: _Known) -> list[PointFigure]:
    of_hub = ("mash_timeliness", "partner_mash_info_time", "mash_running_cost", "mash_cost_per_contact")
    return [*_by_area(known, "resource_by_quadrant", "Cases against workers"), *_headline(known, *of_hub)]


def _assessments(known: _Known) -> list[PointFigure]:
    """The month in two statements, each on a test of its own, and beside the month before."""
    page = known.pages.get("assessments_45wd")
    told = []
    if page is not None:
        for each in page.tests:
            name = f"{each.name}, against {each.against}"
            told.append(PointFigure(page.id, name, each.found or "Not made", " ".join(each.sentences)))
        told += [
            PointFigure(
                page.id, f"Against {words.month(page.month_before.period)}", cell.headline, " ".join(cell.sentences)
            )
            for cell in page.comparisons[:1]
            if page.month_before is not None
        ]
    return [
        *_headline(known, "assessments_45wd"), *told, *_headline(known, "assessments_open_over_45wd"),
    ]  # fmt: skip


_POINTS: tuple[tuple[str, str, Callable[[_Known], list[PointFigure]], tuple[str, ...]], ...] = (
    (
        "1",
        "Contacts and re-referrals, and the audit of re-referrals that was promised",
        _contacts,
        ("The audit of why children are referred again: its findings, owner and date.",),
    ),
    (
        "2",
        "Figures that arrive after an edition: conferences as first published and as revised",
        _revised,
        (),
    ),
    (
        "3",
        "Child protection visits due and overdue",
        _visits,
        ("What is being done.",),
    ),
    (
        "4",
        "The workforce and how much each worker carries",
        _caseloads,
        (),
    ),
    (
        "5",
        "The dataset itself, reviewed, and how far it can be trusted",
        _dataset,
        (),
    ),
    (
        "6",
        "What audits say of the quality of our work",
        _audits,
        (),
    ),
    (
        "7",
        "Vacancies, agency workers, the academy and the freeze on agency recruitment",
        _posts,
        (),
    ),
    (
        "8",
        "Early help: what it costs and what it is worth; savings claimed for the hub",
        _early_help,
        (),
    ),
    (
        "9",
        "Resources in each area, and work brought together in the safeguarding hub",
        _resources,
        (),
    ),
    (
        "10",
        "Assessments within 45 working days",
        _assessments,
        (),
    ),
    (
        RECOMMENDATION,
        "Examples of where use of this data has improved practice",
        _examples,
        (),
    ),
)
