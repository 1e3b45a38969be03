"""Each comparison of a page is tested on its own and says so: what may be named a rise, and what may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from compendium.calendar.months import month_end, months_between
from compendium.edition.build import build_edition
from compendium.edition.comparison import Comparison
from compendium.edition.comparison_words import SAME_CASES
from compendium.edition.differences import Differences
from compendium.edition.edition import Band, Edition, IndicatorPage, Judged
from compendium.edition.reach import reach
from compendium.edition.reading import reading
from compendium.indicators.figures import Figure
from compendium.indicators.loading import Catalogue
from compendium.indicators.shape import Comparator
from compendium.publish.html.pages import pages
from compendium.signals.intervals import byar, newcombe, wilson
from compendium.workspace import Target
from tests.edition.drawn import JANUARY, DrawnFigures, catalogue, changed, snapshot, workspace

DECEMBER, YEAR_BEFORE = date(2016, 12, 31), date(2016, 1, 31)


def edition_with(name: str, pairs: dict[date, tuple[int, int]], basis: str = "month") -> Edition:
    """The drawn county, in which these months of an indicator have these numerators and denominators."""

    def drawn(figure: Figure) -> Figure:
        if figure.period not in pairs or figure.basis != basis or figure.area or figure.team or figure.breakdown:
            return figure
        numerator, denominator = pairs[figure.period]
        value = Decimal(100 * numerator) / denominator
        return replace(figure, numerator=numerator, denominator=denominator, value=value)

    return build_edition(DrawnFigures(change=changed(**{name: drawn})), workspace(), JANUARY, snapshot())


def page_with(pairs: dict[date, tuple[int, int]]) -> IndicatorPage:
    return edition_with("assessments_45wd", pairs).page("assessments_45wd")


def cell(page: IndicatorPage, name: str) -> Comparison:
    return next(each for each in page.comparisons if each.name == name)


WORKED = {JANUARY: (929, 1129), DECEMBER: (859, 987), YEAR_BEFORE: (639, 1062)}


def test_down_on_the_month_before_and_up_on_the_year_before_are_two_statements() -> None:
    page = page_with(WORKED)
    before, year = cell(page, "Last month"), cell(page, "Same month last year")
    assert (before.headline, before.badge) == ("Lower by 4.7 points", "Clear: worse")
    assert before.sentences[:2] == (
        "87.0% (859 of 987) in December 2016.",
        "The fall is likely to be between 1.7 and 7.8 points.",
    )
    assert (year.headline, year.badge) == ("Higher by 22.1 points", "Clear: better")
    assert year.sentences[1] == "The rise is likely to be between 18.4 and 25.8 points."
    assert all(each.sentences[2].startswith("One month against one month is a weak test") for each in (before, year))


def test_the_page_has_two_tests_with_a_badge_each() -> None:
    first, second = page_with(WORKED).tests
    assert (first.name, first.against) == ("Test 1", "its own usual range")
    assert (first.found, first.sentences) == (page_with(WORKED).judged.badge, page_with(WORKED).judged.sentences)
    assert second.badge == "Test 2, clear: better than January 2016"
    assert second.sentences[0] == "22.1 points higher (60.2% then)."


def test_what_is_not_clear_gives_both_figures_and_no_verb() -> None:
    page = page_with({JANUARY: (654, 800), YEAR_BEFORE: (640, 800)})
    year = cell(page, "Same month last year")
    low, high = newcombe((654, 800), (640, 800))
    assert low < 0 < high
    assert (year.headline, year.badge, year.answer) == ("No clear change", "", "no_clear_change")
    assert year.sentences[0] == "81.8% (654 of 800) in January 2017, 80.0% (640 of 800) in January 2016."
    assert year.sentences[1] == "The difference is likely to be between 2.1 points lower and 5.6 points higher."
    second = page.tests[1]
    assert second.badge == "Test 2, no clear change" and second.sentences[0] == "No clear change."


@pytest.mark.parametrize("now", range(600, 701, 10))
def test_a_change_is_clear_exactly_where_newcombes_interval_excludes_nought(now: int) -> None:
    low, high = newcombe((now, 800), (650, 800))
    found = cell(page_with({JANUARY: (now, 800), YEAR_BEFORE: (650, 800)}), "Same month last year")
    assert found.is_clear == (low > 0 or high < 0)
    assert found.sense == ("neither" if not found.is_clear else "better" if low > 0 else "worse")


def test_a_neutral_count_is_higher_and_neither_better_nor_worse(drawn_edition: Edition) -> None:
    contacts = cell(drawn_edition.page("contacts"), "Same month last year")
    assert (contacts.badge, contacts.sense) == ("Clear: higher", "neither")
    assert contacts.headline == "Higher by 87%"
    last = cell(drawn_edition.page("contacts"), "Last month")
    assert last.sentences[-1] == "Part of it may be the season."


def test_a_count_is_tested_against_how_much_its_own_months_differ() -> None:
    def doubled(swing: int) -> Callable[[Figure], Figure]:
        def counted(figure: Figure) -> Figure:
            if figure.basis != "month":
                return figure
            at = figure.period.month % 2
            number = 1120 if figure.period == JANUARY else 900 + swing * at
            return replace(figure, numerator=number, value=Decimal(number))

        return counted

    def year(swing: int) -> Comparison:
        edition = build_edition(
            DrawnFigures(change=changed(referrals=doubled(swing))), workspace(), JANUARY, snapshot()
        )
        return cell(edition.page("referrals"), "Same month last year")

    assert year(20).answer == "higher"
    assert year(200).answer == "no_clear_change"


def test_means_and_medians_are_plain_differences(drawn_edition: Edition) -> None:
    found = cell(drawn_edition.page("sw_caseload_avg"), "Same month last year")
    assert (found.answer, found.badge) == ("", "")
    assert found.sentences[-1].endswith("plain difference, not tested.")
    assert drawn_edition.page("sw_caseload_avg").tests[1].badge == ""


def of_days(drift: int) -> IndicatorPage:
    """Early help cases open at each month's end: so many more with each month, or up and down round 2,400."""

    def drawn(figure: Figure) -> Figure:
        if figure.area or figure.team or figure.breakdown:
            return figure
        back = months_between(figure.period, JANUARY)
        number = 2400 - drift * back + 60 * (back % 2)
        return replace(figure, numerator=number, value=Decimal(number), rate=Decimal(number) / 26)

    figures = DrawnFigures(change=changed(eh_open=drawn))
    indicator = replace(figures.catalogue["eh_open"], rate="per_10000_children",
                        comparator=Comparator("referrals_rate", "snapshot"))  # fmt: skip
    figures.catalogue = Catalogue({indicator.id: indicator}, figures.catalogue.views, figures.catalogue.rules)
    return build_edition(figures, workspace(targets={}), JANUARY, snapshot()).page("eh_open")


@pytest.mark.parametrize(("drift", "is_tested"), [(30, False), (0, True)])
def test_two_days_of_a_count_that_mostly_carries_over_are_no_two_samples(drift: int, is_tested: bool) -> None:
    """As of a share: one rule for both."""
    page = of_days(drift)
    for name in ("Last month", "Same month last year"):
        found = cell(page, name)
        assert bool(found.answer) is is_tested
        assert (found.sentences[-1] == SAME_CASES) is not is_tested


def test_a_stock_is_tested_beside_another_place_whose_cases_are_others() -> None:
    """And the cell of two days says why the one is tested and not the other."""
    page = of_days(30)
    england = cell(page, "England")
    low, high = (each / 26 for each in byar(2400.0))
    assert f"Ours is likely to be between {low:.1f} and {high:.1f}." in england.sentences
    assert england.answer == "lower"
    assert "which two places do not" in cell(page, "Same month last year").sentences[-1]


@pytest.mark.parametrize(("drift", "is_tested"), [(3, False), (0, True)])
def test_two_days_of_a_share_that_mostly_carries_over_are_no_two_samples(drift: int, is_tested: bool) -> None:
    """Else a page could call a step a signal, and say of the same two days that there is no clear change."""
    months = [month_end(JANUARY, -back) for back in range(48)]
    pairs = {each: (720 - drift * back + 12 * (back % 2), 1000) for back, each in enumerate(months)}
    page = edition_with("cp_visits_10wd", pairs, "snapshot").page("cp_visits_10wd")
    assert (page.now.written, page.judged.method.startswith("Most of it carries over")) == ("72.0%", not is_tested)
    for name in ("Last month", "Same month last year"):
        found = cell(page, name)
        assert bool(found.answer) is is_tested
        assert ("not tested" in found.sentences[-1]) is not is_tested


def test_the_year_to_date_is_tested_against_the_same_months_a_year_before(drawn_edition: Edition) -> None:
    found = cell(drawn_edition.page("assessments_45wd"), "Year to date")
    page = drawn_edition.page("assessments_45wd")
    assert page.year_to_date is not None
    assert found.sentences[0].startswith("April 2016 to January 2017: ")
    assert found.sentences[1].startswith("The same months a year before: ")
    assert (found.answer, found.badge) == ("higher", "Clear: better")


def test_months_that_both_periods_hold_make_no_test() -> None:
    indicator, figures = catalogue()["contacts"], DrawnFigures()
    months = [reading(indicator, figures.one("contacts", month_end(JANUARY, -back))) for back in range(24, 0, -1)]

    def against(back: int) -> bool:
        two = (
            reading(indicator, figures.one("contacts", month_end(JANUARY, -each), "rolling_12_months"))
            for each in (0, back)
        )
        tested = Differences(indicator, months).between(*two)
        assert tested.difference is not None or "share months" in tested.why
        return tested.difference is not None

    assert [against(back) for back in (1, 11, 12)] == [False, False, True]


def test_england_is_named_higher_or_lower_only_where_our_own_interval_excludes_it() -> None:
    def beside(numerator: int) -> Comparison:
        edition = edition_with("rereferrals_12m", {JANUARY: (numerator, 10_000)}, "rolling_12_months")
        return cell(edition.page("rereferrals_12m"), "England")  # England: 22.3%

    for numerator in (2100, 2160, 2230, 2300, 2320, 2400):
        low, high = wilson(numerator, 10_000)
        found = beside(numerator)
        assert found.is_clear == (not low <= 0.223 <= high), numerator
    assert beside(2400).badge == "Ours is higher: worse"
    assert beside(2400).sentences[2:] == (
        "Ours is likely to be between 23.2% and 24.8%.",
        "That is higher than England.",
    )
    assert beside(2230).badge == "" and beside(2230).sentences[-1] == "That is not clearly different from England."


def test_a_rate_is_beside_england_by_the_interval_of_the_number_behind_it(drawn_edition: Edition) -> None:
    page = drawn_edition.page("referrals")
    found = cell(page, "England")
    year = page.rolling_12_months
    assert year is not None and year.rate is not None and year.numerator is not None
    low, high = (float(year.rate / year.numerator) * each for each in byar(float(year.numerator)))
    told = found.sentences[2].removeprefix("Ours is likely to be between ").removesuffix(".").split(" and ")
    assert float(told[0]) <= round(low, 1) + 0.05 and float(told[1]) >= round(high, 1) - 0.05  # at least as wide
    assert (found.sense, found.badge) == ("neither", "Ours is lower")


# What the limits say of a target ----------------------------------------------------------------------------------


def judged(strength: str = "usual", badge: str = "Within usual range") -> Judged:
    """Usual from 60 to 87, and nearly never below 50 or above 92."""
    band = Band(JANUARY, Decimal(50), Decimal(60), Decimal(87), Decimal(92))
    return Judged(strength, "neither", badge, (), "", Decimal(0), Decimal(0), bands=(band,))


@pytest.mark.parametrize(
    ("indicator", "target", "says"),
    [
        ("cp_visits_10wd", 95, "The usual range ends at 87.0%, so the target will not be met by waiting."),
        ("cp_visits_10wd", 90, "The usual range ends at 87.0%, so few months will meet the target by chance."),
        ("cp_visits_10wd", 80, "The target lies within its usual range: it will be met in some months and not in"
                               " others, by chance."),
        ("cp_visits_10wd", 55, "The usual range begins at 60.0%, so few months will miss the target by chance."),
        ("cp_visits_10wd", 45, "The usual range begins at 60.0%, so the target is always met unless things change."),
        ("rereferrals_12m", 45, "The usual range begins at 60.0%, so the target will not be met by waiting."),
        ("rereferrals_12m", 70, "The target lies within its usual range: it will be met in some months and not in"
                                " others, by chance."),
        ("rereferrals_12m", 95, "The usual range ends at 87.0%, so the target is always met unless things change."),
    ],
)  # fmt: skip
def test_what_the_limits_say_of_ever_reaching_a_target(indicator: str, target: int, says: str) -> None:
    assert reach(catalogue()[indicator], judged(), Decimal(target)) == says


def test_limits_that_the_newest_month_has_left_say_nothing_of_a_target() -> None:
    signal = judged("signal", "Signal: better than usual")
    assert reach(catalogue()["cp_visits_10wd"], signal, Decimal(95)).startswith("The newest month is a signal")
    unknown = replace(judged("too_few", ""), bands=())
    assert reach(catalogue()["cp_visits_10wd"], unknown, Decimal(95)).startswith("Its usual range is not known")


@pytest.mark.parametrize(("drift", "says"), [(3, "the range of one month cannot say"), (0, "not be met by waiting")])
def test_the_range_of_one_step_says_nothing_of_ever_reaching_a_target(drift: int, says: str) -> None:
    """A stock that has come from 58% to 72% by small steps may well reach 95% by as small ones."""
    months = [month_end(JANUARY, -back) for back in range(48)]
    pairs = {each: (720 - drift * back + 12 * (back % 2), 1000) for back, each in enumerate(months)}
    page = edition_with("cp_visits_10wd", pairs, "snapshot").page("cp_visits_10wd")
    assert page.target is not None and page.target.written == "95%" and not page.judged.is_signal
    assert page.judged.by_steps is bool(drift)
    assert says in cell(page, "Target").sentences[-1]


def test_the_target_cell_ends_with_what_the_limits_say(drawn_edition: Edition) -> None:
    page = drawn_edition.page("cp_visits_10wd")
    usual = page.judged.sentences[0].rpartition(" to ")[2].rstrip(".")
    told = f"The usual range ends at {usual}, so the target will not be met by waiting."
    assert cell(page, "Target").sentences[-1] == told
    aimed = build_edition(
        DrawnFigures(), workspace(targets={"cp_visits_10wd": Target(Decimal(79), Decimal(2), "us", date(2015, 4, 1))}),
        JANUARY, snapshot(),
    )  # fmt: skip
    assert "in some months and not in others" in cell(aimed.page("cp_visits_10wd"), "Target").sentences[-1]


# On the pages -----------------------------------------------------------------------------------------------------


def test_both_tests_stand_under_the_figure_and_in_the_tenth_point() -> None:
    edition = edition_with("assessments_45wd", WORKED)
    written = dict(pages(edition))
    for name in ("assessments_45wd.html", "ten-points.html"):
        for said in (
            "Test 1, against its own usual range",
            "Test 2, against January 2016",
            "22.1 points higher (60.2% then).",
        ):
            assert said in written[name], (name, said)
    assert "Test 2, clear: better than January 2016" in written["assessments_45wd.html"]
    assert Edition.from_json(edition.to_json()) == edition


def test_a_heading_says_higher_than_a_year_before_only_where_that_is_clear() -> None:
    """Of a missed target; the tenth point's headline likewise."""

    def heading(now: int) -> str:
        edition = edition_with("assessments_45wd", {JANUARY: (now, 800), YEAR_BEFORE: (500, 800)})
        detail = next(each.detail for each in edition.points[9].figures if each.indicator == "assessments_45wd")
        (found,) = [each for each in edition.findings if each.indicator == "assessments_45wd"]
        told = found.heading.partition(", ")[2]
        assert told in detail
        return told

    assert heading(600) == "12.5 points higher than in January 2016"
    assert heading(510) == "no clear change from January 2016"


@pytest.mark.parametrize(("month", "is_compared"), [(date(2016, 12, 31), False), (date(2016, 3, 31), True)])
def test_a_part_of_a_year_is_not_compared_with_a_whole_one(month: date, is_compared: bool) -> None:
    """An indicator that is held against a published year since 1 April: only March's is a year."""
    indicator = replace(catalogue()["rereferrals_12m"], comparator=Comparator("rereferrals_percent", "year_to_date"))
    figures = DrawnFigures()
    figures.catalogue = Catalogue({indicator.id: indicator}, figures.catalogue.views, figures.catalogue.rules)
    edition = build_edition(figures, workspace(targets={}), month, snapshot())
    found = cell(edition.page(indicator.id), "England")
    assert found.headline == "22.3%"
    assert ("That is a part of a year, so it is not compared with a whole one." in found.sentences) is not is_compared
    assert bool(found.answer) is is_compared and bool(found.alone) is is_compared


@pytest.mark.parametrize(("now", "before", "is_few"), [((0, 5), (5, 5), True), ((6, 6), (0, 6), False)])
def test_of_fewer_than_six_cases_nothing_is_said(now: tuple[int, int], before: tuple[int, int], is_few: bool) -> None:
    page = page_with({JANUARY: now, YEAR_BEFORE: before})
    found = cell(page, "Same month last year")
    assert (found.headline == "Too few to say") is is_few
    assert ("These are too few to say whether it has changed." in found.sentences) is is_few
    assert (page.tests[1].badge == "") is is_few


def test_none_then_and_none_now_is_not_called_too_few() -> None:
    def none(figure: Figure) -> Figure:
        return replace(figure, numerator=0, value=Decimal(0)) if figure.period in (JANUARY, YEAR_BEFORE) else figure

    edition = build_edition(DrawnFigures(change=changed(referrals=none)), workspace(), JANUARY, snapshot())
    found = cell(edition.page("referrals"), "Same month last year")
    assert (found.headline, found.answer) == ("0", "")
    assert found.sentences == ("0 in January 2016.", "There were none, then or now.")


@pytest.mark.parametrize(("now", "before", "is_few"), [(0, 9, True), (0, 10, False)])
def test_of_fewer_than_ten_events_together_nothing_is_said(now: int, before: int, is_few: bool) -> None:
    def few(figure: Figure) -> Figure:
        number = now if figure.period == JANUARY else before if figure.period == YEAR_BEFORE else 5
        return replace(figure, numerator=number, value=Decimal(number)) if figure.basis == "month" else figure

    edition = build_edition(DrawnFigures(change=changed(referrals=few)), workspace(), JANUARY, snapshot())
    found = cell(edition.page("referrals"), "Same month last year")
    assert (found.headline == "Too few to say") is is_few
    assert found.is_clear is not is_few


@pytest.mark.parametrize(
    ("now", "says"), [(510, "no clear change from a year before"), (600, "12.5 points higher than a year before")]
)
def test_what_is_read_beside_another_figure_is_called_higher_only_where_that_is_clear(now: int, says: str) -> None:
    edition = edition_with("rereferrals_12m", {JANUARY: (now, 800), YEAR_BEFORE: (500, 800)})
    beside = edition.page("referrals").counterweight
    assert beside is not None
    share = f"{Decimal(now) / 8:.1f}%"
    assert beside.sentence == f"Re-referrals within 12 months: {share}, {says}."
