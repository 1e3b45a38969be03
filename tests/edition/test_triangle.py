"""The triangle of an indicator: what was known of each month at each age, and whether its verdict still stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from compendium.calendar.months import add_months, month_end, month_ends
from compendium.edition.build import build_edition
from compendium.edition.plain import as_plain, from_plain
from compendium.edition.revised import MonthRevised, RevisionHistory, Verdicts
from compendium.edition.revision_words import DEFINITION, why
from compendium.edition.triangle import history
from compendium.edition.vintages import Past
from compendium.indicators.figures import Figure
from compendium.indicators.row_changes import RowChanges
from compendium.indicators.shape import Change
from tests.edition.drawn import JANUARY, DrawnFigures, catalogue, snapshot, workspace
from tests.edition.test_words_of_an_edition import NEEDS_A_TEST, texts, too_long

CUT = date(2017, 3, 3)
ICPC = catalogue()["icpc_15wd"]
Shares = Mapping[str, Mapping[str, int]]  # day -> month -> how many of 120 conferences were in time


def known(day: str, shares: Mapping[str, int], status: str = "ok") -> DrawnFigures:
    """The figures on a day: 84 of 120 (70%) in every month over by then, but for those given."""

    def drawn(figure: Figure) -> Figure:
        number = shares.get(f"{figure.period:%Y-%m}", 84 + figure.period.month % 2)
        there = status if figure.period == JANUARY else "ok"
        return replace(figure, numerator=number, denominator=120, value=Decimal(number) / 120 * 100, status=there)

    made = DrawnFigures(date.fromisoformat(day), drawn)
    made.months = list(month_ends(date(2013, 2, 28), month_end(made.as_at, -1)))
    return made


def triangle(shares: Shares, status: str = "ok") -> RevisionHistory:
    states = [known(day, told, status) for day, told in shares.items()]
    found = history(ICPC, Past.of(ICPC, states), JANUARY)
    assert found is not None
    return found


def of(found: RevisionHistory, month: str) -> MonthRevised:
    return next(each for each in found.months if f"{each.month:%Y-%m}" == month)


DRAWN: Shares = {
    "2016-12-03": {"2016-11": 60},
    "2017-01-03": {"2016-11": 66, "2016-12": 60},
    "2017-02-03": {"2016-11": 66, "2016-12": 60, "2017-01": 96},
    "2017-03-03": {"2016-11": 72, "2016-12": 60, "2017-01": 84},
}


def test_a_month_is_told_as_first_published_and_at_each_age_that_has_come() -> None:
    found = triangle(DRAWN)
    november, december, january = (of(found, month) for month in ("2016-11", "2016-12", "2017-01"))
    assert (november.first_on, november.at_ages, november.now) == (
        date(2016, 12, 3),
        ("50.0%", "55.0%", "60.0%", ""),
        "60.0%",
    )
    assert (december.at_ages, december.is_revised) == (("50.0%", "50.0%", "", ""), False)
    assert (january.at_ages, january.is_revised) == (("80.0%", "70.0%", "", ""), True)
    assert [each.month for each in found.months] == sorted((each.month for each in found.months), reverse=True)


def test_a_month_that_came_with_a_backlog_tells_nothing_of_what_is_usual() -> None:
    found = triangle(DRAWN)
    assert {f"{each.month:%Y-%m}" for each in found.months if not each.is_late} == {
        "2016-10", "2016-11", "2016-12", "2017-01",
    }  # fmt: skip
    assert [each.months for each in found.usual] == [4, 2]


def test_a_day_between_two_deliveries_knows_what_the_one_before_it_told() -> None:
    shares = {"2017-02-03": {"2017-01": 60}, "2017-02-20": {"2017-01": 66}, "2017-03-10": {"2017-01": 72}}
    january = of(triangle(shares), "2017-01")
    assert (january.at_ages, january.now) == (("50.0%", "55.0%", "", ""), "60.0%")


def test_a_verdict_that_no_longer_stands_is_found_with_its_month() -> None:
    """About 70% always: 84 to 85 of 120. At first January's 108 looked far better than usual."""
    found = triangle({"2017-02-03": {"2017-01": 108}, "2017-03-03": {}})
    (flip,) = found.flipped
    assert flip.month == JANUARY
    assert flip.verdicts == Verdicts("Signal: better than usual", "Within usual range")
    assert of(found, "2016-12").verdicts == Verdicts("Within usual range", "Within usual range")


def test_a_provisional_month_is_not_judged_and_has_no_verdict_to_flip() -> None:
    found = triangle({"2017-02-03": {"2017-01": 108}, "2017-03-03": {}}, "provisional")
    assert of(found, "2017-01").verdicts is None


def test_a_month_that_was_provisional_then_was_not_judged_though_its_figure_is_the_same() -> None:
    states = [known("2017-02-03", {"2017-01": 108}, "provisional"), known("2017-03-03", {"2017-01": 108})]
    found = history(ICPC, Past.of(ICPC, states), JANUARY)
    assert found is not None
    assert (of(found, "2017-01").is_revised, of(found, "2017-01").verdicts) == (False, None)


def many(moves: list[int]) -> Shares:
    """A delivery on the third of every month: each month is known as 84 of 120 at first, and a month later as so many
    more. The newest has only just come."""
    shares: dict[str, dict[str, int]] = {}
    ends = list(month_ends(month_end(JANUARY, -len(moves)), JANUARY))
    for at, end in enumerate(ends):
        day = add_months(date(end.year, end.month, 3), 1)
        before = {f"{each:%Y-%m}": 84 + move for each, move in zip(ends[:at], moves, strict=False)}
        shares[day.isoformat()] = before | {f"{end:%Y-%m}": 84}
    return shares


def test_a_month_that_has_only_just_come_is_drawn_with_where_months_as_young_have_ended_up() -> None:
    found = triangle(many([6, -3, 12, 0, 0, 6]))
    (still,) = found.still_to_come
    assert (still.period, still.low, still.high) == (JANUARY, Decimal("67.5"), Decimal("80"))
    assert triangle(many([6, -3, 12, 0])).still_to_come == (), "five months, one of them unmoved, are too few to say"


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        ([6, 12] * 6, "Yes: higher later, more than by chance"),
        ([-6, -12] * 6, "Yes: lower later, more than by chance"),
        ([6, -6] * 6, "No more than by chance"),
        ([6, 12] * 5, "Cannot tell: fewer than 12 months"),
    ],
)
def test_only_a_test_says_that_figures_go_one_way(moves: list[int], told: str) -> None:
    assert triangle(many(moves)).usual[0].told == told


def test_what_is_usual_is_told_in_points() -> None:
    """Twelve months, of which the last is moved by 12 of 120."""
    found = triangle(many([0] * 11 + [12]))
    one = found.usual[0]
    assert (one.months, one.mean, one.either_way, one.lowest, one.highest) == (
        12, "0.8 points higher", "0.8 points", "the same", "10.0 points higher",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moves", "newest", "told"),
    [
        ([6, -3, 0, 3, 0, 6], 12, (
            "The 7 months before it moved by 2.1 points on average within a month of being published.",
            "They moved by anything from 2.5 points lower to 5.0 points higher.",
            "This month has moved further than any of them.",
        )),
        ([6, -3, 0, 3, 0, 6], 6, (
            "The 7 months before it moved by 2.1 points on average within a month of being published.",
            "They moved by anything from 2.5 points lower to 5.0 points higher.",
        )),
        ([0] * 6, 6, (
            "None of the 7 months before it moved within a month of being published.",
            "This month has moved further than any of them.",
        )),
        ([6, -3], 6, ("Too few months have been published long enough to say how far a figure usually moves.",)),
    ],
)  # fmt: skip
def test_a_month_is_set_against_how_far_the_months_before_it_moved(
    moves: list[int], newest: int, told: tuple[str, ...]
) -> None:
    """The first delivery tells of a month more, which moves no more."""
    shares = many(moves)
    after = {"2017-03-03": {f"{month}": number for month, number in moved(moves).items()} | {"2017-01": 84 + newest}}
    assert triangle({**shares, **after}).sentences == told


def moved(moves: list[int]) -> dict[str, int]:
    """What `many` has moved its months to."""
    ends = month_ends(month_end(JANUARY, -len(moves)), month_end(JANUARY, -1))
    return {f"{end:%Y-%m}": 84 + move for end, move in zip(ends, moves, strict=True)}


def test_its_words_are_short_and_claim_nothing() -> None:
    for moves in ([6, 12] * 6, [0, 6, -3, 4, 0, 1], [1]):
        found = triangle(many(moves))
        told = [text for _, text in texts(found)]
        assert [part for text in told for part in too_long(text)] == []
        assert [text for text in told if NEEDS_A_TEST.search(text)] == []
        assert from_plain(RevisionHistory, as_plain(found)) == found


def test_a_figure_that_was_never_revised_says_so_and_has_no_table_of_noughts() -> None:
    found = triangle({"2017-02-03": {}, "2017-03-03": {}})
    assert not found.was_revised and (found.usual, found.still_to_come) == ((), ())
    assert found.sentences == ("None of its 13 months to January 2017 was revised after it was first published.",)
    assert len(found.months) == 13 and found.months[0].verdicts is not None, "its verdicts are held all the same"


def test_one_that_went_and_came_back_was_revised() -> None:
    found = triangle({"2017-02-03": {"2017-01": 96}, "2017-03-03": {"2017-01": 84}, "2017-04-03": {"2017-01": 96}})
    assert found.was_revised and not of(found, "2017-01").is_revised


def test_each_month_that_changed_tells_by_what_and_all_together_are_counted() -> None:
    states = [known(day, told) for day, told in DRAWN.items()]
    past = replace(
        Past.of(ICPC, states),
        why={date(2016, 11, 30): RowChanges(late=2, corrected=3), JANUARY: RowChanges(corrected=12, deleted=1)},
    )
    found = history(ICPC, past, JANUARY)
    assert found is not None
    assert [why(of(found, month)) for month in ("2016-11", "2016-12", "2017-01")] == [
        "2 records late, 3 corrected", "", "12 records corrected, 1 deleted",
    ]  # fmt: skip
    assert found.sentences[-1] == "2 months changed: 2 records late, 15 corrected, 1 deleted."


@pytest.mark.parametrize(
    ("on", "since", "months"),
    [
        (date(2017, 1, 10), None, {"2016-11", "2016-12"}),  # told on 3 December and on 3 January
        (date(2017, 1, 10), date(2016, 12, 1), {"2016-12"}),
        (date(2017, 2, 10), None, {"2016-11", "2016-12", "2017-01"}),
        (date(2016, 12, 1), None, set()),
        (date(2017, 3, 10), None, set()),  # after the cut
    ],
)
def test_a_month_published_before_its_definition_changed_is_told_as_that(
    on: date, since: date | None, months: set[str]
) -> None:
    anew = replace(ICPC, changes=(Change(2, on, "counts each once", since, ICPC if since else None),))
    found = history(anew, Past.of(ICPC, [known(day, told) for day, told in DRAWN.items()]), JANUARY)
    assert found is not None
    later = {f"{each.month:%Y-%m}" for each in found.months if each.is_redefined and each.month > date(2016, 10, 31)}
    assert later == months
    assert {why(each) for each in found.months if each.is_redefined} <= {DEFINITION}


@pytest.mark.parametrize("first", [known("2017-02-03", {"2017-01": 60}), None])
def test_an_edition_draws_the_triangle_of_all_that_is_judged_on_a_chart(first: DrawnFigures | None) -> None:
    """The figures of earlier days are asked for by name; the first edition of a month asks as well."""
    asked: list[str] = []

    def earlier(names: list[str]) -> Mapping[str, Past]:
        asked.extend(names)
        states = [known("2017-02-03", {"2017-01": 60}), known("2017-03-03", {"2017-01": 96})]
        return {name: Past.of(catalogue()[name], states) for name in names}

    edition = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot(), first_known=first, earlier=earlier)  # type: ignore[arg-type]
    charted = {page.id for page in edition.pages if page.has_headline and page.judged.badge}
    assert set(asked) == charted and len(charted) > 5
    assert {page.id for page in edition.pages if page.history is not None} == charted
    assert all(page.history is None or page.history.months[0].verdicts for page in edition.pages)
