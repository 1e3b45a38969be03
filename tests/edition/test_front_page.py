"""What matters this month: what is out of the usual, and missed targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from compendium.calendar.months import month_end, month_ends
from compendium.edition.build import build_edition
from compendium.edition.edition import Edition, Judged, Reading
from compendium.edition.judging import drawn_since, judged
from compendium.edition.moves import move
from compendium.edition.revisions import first_cut_of
from compendium.indicators.figures import Figure
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.record.coverage import Coverage
from compendium.record.delivery import DeliveryInfo
from compendium.workspace import Rebasing
from tests.edition.drawn import JANUARY, DrawnFigures, catalogue, changed, snapshot, workspace


def built(**of: object) -> Edition:
    return build_edition(DrawnFigures(change=changed(**of)), workspace(), JANUARY, snapshot())  # type: ignore[arg-type]


def reading(value: str | None, denominator: int | None = None) -> Reading:
    whole = None if denominator is None else Decimal(denominator)
    return Reading(JANUARY, "month", "ok", "", "", None, whole, None if value is None else Decimal(value))


def test_signals_come_first_and_then_missed_targets_and_none_twice(drawn_edition: Edition) -> None:
    """New ones before long-standing ones; the two targets are missed and no worse than usual."""
    found = [(each.indicator, each.is_signal, each.misses_target) for each in drawn_edition.findings]
    assert found == [
        ("contacts", True, False),
        ("assessments_45wd", True, False),
        ("cp_visits_10wd", False, True),
        ("sw_vacancy_rate", False, True),
    ]
    assert drawn_edition.by_chance == "2 of 9 figures judged are signals; chance alone would make less than one."


def test_a_signal_says_what_was_expected_and_what_chance_would_not_do(drawn_edition: Edition) -> None:
    contacts = drawn_edition.page("contacts").judged
    assert (contacts.strength, contacts.sense, contacts.badge) == ("signal", "neither", "Signal: higher than usual")
    assert contacts.sentences == (
        "We expected about 3,366 for a January.",
        "Chance alone would hardly ever take it above 4,210.",
    )
    assessments = drawn_edition.page("assessments_45wd").judged
    assert (assessments.sense, assessments.badge) == ("better", "Signal: better than usual")
    assert assessments.sentences[0] == "Its usual range is 68.6% to 74.9%."


def test_what_is_usual_comes_of_the_two_financial_years_drawn_before_this_one(drawn_edition: Edition) -> None:
    page = drawn_edition.page("assessments_45wd")
    assert (page.series[0].period, page.series[23].period) == (date(2014, 4, 30), date(2016, 3, 31))
    assert "Its limits come from April 2014 to March 2016." in page.judged.method
    two_years = [(each.numerator, each.denominator) for each in page.series[:24]]
    share = sum(x or 0 for x, _ in two_years) / sum(n or 0 for _, n in two_years)
    newest = next(band for band in page.judged.bands if band.period == JANUARY)
    assert float(newest.low + newest.high) / 2 == pytest.approx(100 * float(share))


def test_in_april_what_is_usual_moves_on_by_a_year_which_is_no_news() -> None:
    assert drawn_since(date(2017, 3, 31)) == date(2014, 4, 1) and drawn_since(date(2017, 4, 30)) == date(2015, 4, 1)
    assessments = load_catalogue([SHIPPED])["assessments_45wd"]
    shares = [*[(66 + at % 3, 100) for at in range(12)], *[(84 + at % 3, 100) for at in range(25)]]
    ends = month_ends(date(2014, 4, 1), date(2017, 4, 30))
    months = [
        Reading(end, "month", "ok", "", "", Decimal(x), Decimal(n), Decimal(x))
        for end, (x, n) in zip(ends, shares, strict=True)
    ]
    march, april = judged(assessments, months[:-1]), judged(assessments, months)
    assert (march.strength, march.is_new) == ("signal", False)  # higher for two years than in the year before them
    assert (april.strength, april.is_new) == ("usual", False)


def test_a_rebasing_is_told_with_its_author_and_counts_from_the_day_it_was_decided() -> None:
    """Assessments in time have been beyond their old limits for long: one team since October 2015, somebody decides."""
    since = Rebasing(date(2015, 10, 1), "One team assesses since then.", "the head of performance", date(2017, 2, 1))

    def of(decided: date) -> Judged:
        settings = workspace(rebased={"assessments_45wd": (replace(since, on=decided),)})
        return build_edition(DrawnFigures(), settings, JANUARY, snapshot()).page("assessments_45wd").judged

    told = "They were set anew from October 2015 by the head of performance on 1 February 2017: One team assesses"
    now, too_late = of(date(2017, 2, 1)), of(date(2017, 3, 4))
    assert now.strength != "signal" and told in now.method and "come from October 2015 to January 2017" in now.method
    assert too_late.strength == "signal" and "set anew" not in too_late.method.replace("may be set anew", "")
    middles = {each.period: each.low + each.high for each in now.bands}
    assert middles[date(2014, 4, 30)] == middles[date(2015, 9, 30)] < middles[date(2015, 10, 31)], "the old stay drawn"


def test_a_signal_that_was_one_the_month_before_is_long_standing(drawn_edition: Edition) -> None:
    """Contacts leapt in January; assessments in time have been beyond their old limits since the summer."""
    new = {each.indicator: each.is_new for each in drawn_edition.findings if each.is_signal}
    assert new == {"contacts": True, "assessments_45wd": False}


def test_what_may_be_chance_says_so_and_what_is_usual_says_that(drawn_edition: Edition) -> None:
    conferences = drawn_edition.page("icpc_15wd").judged
    assert conferences.badge == "Worth a look: may be better"
    assert conferences.sentences == ("That is high: 64.6% to 80.9% is usual. It may still be chance.",)
    assert drawn_edition.page("referrals").judged.badge == "Within usual range"


def test_what_cannot_be_judged_has_no_badge_and_says_why(drawn_edition: Edition) -> None:
    mix = drawn_edition.page("audit_grade_mix").judged
    assert (mix.badge, mix.bands, mix.sentences) == ("", (), ("It has no one figure that could be judged.",))
    late = built(contacts=lambda figure: replace(figure, status="provisional")).page("contacts").judged
    assert (late.badge, late.sentences) == ("", ("It is provisional, so it is not judged yet.",))


def test_a_target_missed_within_its_tolerance_is_no_exception(drawn_edition: Edition) -> None:
    page = drawn_edition.page("assessments_45wd")  # 82.5% against 83% with a tolerance of 3 points
    assert page.target is not None
    assert page.target.judgement == "within_tolerance"
    assert page.target.sentences[1] == "It is missed by 0.5 points, within the tolerance of 3 points."


def test_a_provisional_month_is_not_held_against_its_target() -> None:
    edition = built(cp_visits_10wd=lambda figure: replace(figure, status="provisional"))
    target = edition.page("cp_visits_10wd").target
    assert target is not None
    assert target.judgement == "not_judged"
    assert "cp_visits_10wd" not in [finding.indicator for finding in edition.findings]


def test_a_lower_is_better_target_is_missed_from_above() -> None:
    def vacancies(share: int) -> Edition:
        return built(sw_vacancy_rate=lambda figure: replace(figure, value=Decimal(share)))

    judgements = [vacancies(share).page("sw_vacancy_rate").target for share in (15, 17, 18)]
    assert [target and target.judgement for target in judgements] == ["met", "within_tolerance", "missed"]


@pytest.mark.parametrize(
    ("kind", "now", "before", "unit", "words"),
    [
        ("percent", "81.3", "77.2", "points", "4.1 points higher"),
        ("percent", "50", "51", "points", "1.0 point lower"),
        ("percent", "50.04", "50", "points", "the same"),
        ("count", "150", "100", "per_cent", "50% higher"),
        ("count", "98", "100", "per_cent", "2.0% lower"),
        ("ratio", "15", "20", "per_cent", "25% lower"),
        ("median", "30", "30", "per_cent", "the same"),
    ],
)
def test_a_percentage_moves_in_points_and_anything_else_in_per_cent(
    kind: str, now: str, before: str, unit: str, words: str
) -> None:
    found = move(kind, reading(now), reading(before))
    assert found is not None
    assert (found.unit, found.words) == (unit, words)


def test_what_is_missing_or_was_nothing_has_no_move() -> None:
    assert move("count", reading("5"), None) is None
    assert move("count", reading("5"), reading(None)) is None
    assert move("count", reading("5"), reading("0")) is None


def test_the_rule_is_printed_in_words(drawn_edition: Edition) -> None:
    assert "hardly to be explained by chance" in " ".join(drawn_edition.rule)


def test_a_large_revision_is_told_first_and_a_small_one_only_listed(drawn_edition: Edition) -> None:
    def fewer(figure: Figure) -> Figure:
        return replace(figure, numerator=(figure.numerator or 0) - 1, value=Decimal((figure.numerator or 0) - 1))

    first = DrawnFigures(change=changed(referrals=fewer))
    edition = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot(), first_known=first)
    assert [(each.indicator, each.is_large) for each in edition.revisions] == [("referrals", False)]
    assert [(each.indicator, each.is_large) for each in drawn_edition.revisions] == [("icpc_15wd", True)]


def revised(now: str, first: str | None) -> Edition:
    """January's conferences in time: a percentage now, and as first known (None: no source yet)."""

    def given(value: str | None):  # type: ignore[no-untyped-def]
        figure = Decimal(value) if value is not None else None
        return changed(icpc_15wd=lambda each: replace(each, value=figure, status="ok" if value else "no_source"))

    figures, known = DrawnFigures(change=given(now)), DrawnFigures(change=given(first))
    return build_edition(figures, workspace(), JANUARY, snapshot(), first_known=known)


def test_what_was_not_known_then_was_not_revised() -> None:
    assert revised("81.3", None).revisions == ()


@pytest.mark.parametrize(("now", "is_changed"), [("81.34", False), ("81.44", True)])
def test_a_figure_changed_only_when_it_is_written_otherwise(now: str, is_changed: bool) -> None:
    edition = revised(now, "81.3")
    assert bool(edition.revisions) is is_changed


def delivered(day: str, *tables: str, until: str = "2017-02-28") -> DeliveryInfo:
    coverage = tuple(Coverage(table, date(2016, 4, 1), date.fromisoformat(until), "event") for table in tables)
    received = date.fromisoformat(day)
    return DeliveryInfo(day, 1, "drawn", "drawn", "", None, None, received, None, None, None, {}, coverage, {}, {})


def test_a_month_is_first_known_when_half_of_what_speaks_of_it_has_come() -> None:
    """A list that comes before the others makes no edition, and neither does what ends within the month."""
    ahead, half = delivered("2017-02-02", "placement"), delivered("2017-02-03", "contact", "icpc")
    short = delivered("2017-02-01", "visit", "s47", "audit", until="2017-01-30")
    late = delivered("2017-03-01", "visit", "s47")
    assert first_cut_of([ahead, short, half, late], JANUARY, date(2017, 3, 3)) == date(2017, 2, 3)
    assert first_cut_of([ahead, half], JANUARY, date(2017, 2, 3)) is None, "the cut is the first day itself"
    assert first_cut_of([], JANUARY, date(2017, 3, 3)) is None


def test_hours_of_posts_have_a_decimal_in_their_usual_range() -> None:
    """Of posts in hundredths, mean 259.1 and moving range 0.6: '258 to 260' would say too little."""
    posts = replace(catalogue().require("eh_open"), scale=(100, 1))
    values = [Decimal("258.8"), Decimal("259.4")] * 12
    ends = [month_end(JANUARY, at + 1 - len(values)) for at in range(len(values))]
    series = [Reading(end, "snapshot", "ok", "", "", each, None, each) for end, each in zip(ends, values, strict=True)]
    assert judged(posts, series).sentences == ("That is within its usual range, 258.1 to 260.1.",)
