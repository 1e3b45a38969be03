"""What made the difference, on the page of each figure that is out of the usual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compendium.edition import driver_words
from compendium.edition.build import build_edition
from compendium.edition.driver_search import Search
from compendium.edition.edition import Edition
from compendium.edition.judging import chart_of
from compendium.edition.reading import reading
from compendium.edition.split import Split
from compendium.indicators.figures import Figure
from tests.edition.drawn import AREAS, JANUARY, SHARES, DrawnFigures, changed, snapshot, workspace

OUT_OF_THE_USUAL = ("signal", "worth_a_look")
EXPECTED, CAME = 3366, 5600  # contacts of January
SOURCES = {"Police": 40, "Schools": 25, "Health services": 20, "Anyone else, such as neighbours and relatives": 15}


def built(contacts: Callable[[Figure], Figure]) -> Edition:
    return build_edition(DrawnFigures(change=changed(contacts=contacts)), workspace(), JANUARY, snapshot())


def of_contacts(edition: Edition) -> Split:
    found = edition.page("contacts").drivers
    assert found is not None
    return found


def all_from(area: str, source: str) -> Callable[[Figure], Figure]:
    """Everything that was not expected of January comes from one area and one source; the others are 5 above usual."""

    def part(figure: Figure) -> Figure:
        if figure.period != JANUARY or figure.basis != "month" or figure.team is not None:
            return figure
        usual = {place: EXPECTED * share // 100 + 5 for place, share in SHARES.items()}
        named, own = figure.area, area
        if figure.breakdown is not None and figure.breakdown[0] == "source":
            usual = {place: EXPECTED * share // 100 + 5 for place, share in SOURCES.items()}
            named, own = figure.breakdown[1], source
        if named is None:
            return figure
        rest = sum(number for place, number in usual.items() if place != own)
        number = CAME - rest if named == own else usual[named]
        return replace(figure, numerator=number, value=Decimal(number))

    return part


def test_what_went_up_alike_everywhere_has_no_driver_and_says_so(drawn_edition: Edition) -> None:
    """The largest source makes 40% of the difference, as it makes 40% of all contacts."""
    split = of_contacts(drawn_edition)
    assert split.sentences == ("No one area, source, age or team accounts for it.",)
    assert not any(part.is_main for part in split.parts) and split.alone == ""
    assert split.sure[0] == "We looked at 20 parts, in 4 ways of splitting this figure."
    finding = next(each for each in drawn_edition.findings if each.indicator == "contacts")
    assert not any("came from" in sentence for sentence in finding.sentences)


def test_the_driver_is_named_with_its_part_of_what_was_not_expected() -> None:
    edition = built(all_from("SE", "Police"))
    split = of_contacts(edition)
    assert (split.expected_written, split.received_written, split.written) == ("3,366", "5,600", "+2,234")
    main = next(part for part in split.parts if part.is_main)
    assert (main.name, main.now) == ("South East", "3,226")  # 5,600 less what came of the others
    number = main.written.removeprefix("+")
    assert split.alone == f"{number} of the 2,234 that were not expected came from the South East."
    finding = next(each for each in edition.findings if each.indicator == "contacts")
    assert split.alone in finding.sentences
    assert any(figure.name == "Made the difference: South East" for figure in edition.points[0].figures)


def test_shown_parts_add_up_to_the_shown_difference(drawn_edition: Edition) -> None:
    found = [page for page in drawn_edition.pages if page.drivers is not None and page.drivers.parts]
    assert {page.value_kind for page in found} == {"count", "percent"}
    for page in found:
        split = page.drivers
        assert split is not None and page.judged.strength in OUT_OF_THE_USUAL
        assert sum(part.difference for part in split.parts) == split.received - split.expected
        assert split.received_written == page.now.written


def test_what_is_within_its_usual_range_has_none(drawn_edition: Edition) -> None:
    for page in drawn_edition.pages:
        if page.judged.strength not in OUT_OF_THE_USUAL or not page.has_headline:
            assert page.drivers is None


def test_of_a_share_what_came_of_the_rate_and_what_of_the_mix_add_up_too(drawn_edition: Edition) -> None:
    split = drawn_edition.page("assessments_45wd").drivers
    assert split is not None and split.parts
    for part in split.parts:
        mix, rate = (_number(text) for text in (part.mix, part.rate))
        assert mix + rate == part.difference
    assert split.sentences[-1] == driver_words.mix_and_rate(split.mix, split.rate)
    assert _number(split.mix) + _number(split.rate) == _number(split.written) == split.received - split.expected


def _number(text: str) -> Decimal:
    return Decimal(text.removesuffix(" points").replace("−", "-"))


@settings(max_examples=20)
@given(numbers=st.fixed_dictionaries({area: st.integers(0, 9) for area in ("SW", "countywide")}))
def test_parts_with_fewer_than_five_are_told_with_others_only(numbers: dict[str, int]) -> None:
    """Two areas have next to none. What is told is of none or of five and more, all others together included."""
    of_areas = {"NE": 875, "NW": 807, **numbers, "SE": CAME - 875 - 807 - sum(numbers.values())}

    def drawn(figure: Figure) -> Figure:
        if figure.area is None or figure.period != JANUARY or figure.basis != "month":
            return figure
        return replace(figure, numerator=of_areas[figure.area], value=Decimal(of_areas[figure.area]))

    split = of_contacts(built(drawn))
    assert split.title == "From expected to actual, by area"
    shown = {part.name: int(part.now.replace(",", "")) for part in split.parts}
    assert sum(shown.values()) == CAME
    assert all(number == 0 or number >= 5 for number in shown.values())
    for area, number in of_areas.items():
        assert shown.get(AREAS[area], number) == number


@pytest.mark.parametrize(("countywide", "is_tried"), [(168, True), (169, False)])
def test_parts_that_hold_more_than_the_whole_are_no_split(countywide: int, is_tried: bool) -> None:
    """The other areas are 97% of 5,600, which leaves 168."""

    def more(figure: Figure) -> Figure:
        if figure.area != "countywide" or figure.period != JANUARY or figure.basis != "month":
            return figure
        return replace(figure, numerator=countywide)

    figures = DrawnFigures(change=changed(contacts=more))
    indicator = figures.catalogue["contacts"]
    months = [reading(indicator, each) for each in figures.series("contacts")]
    search = Search.of(indicator, chart_of(indicator, months, ()), figures)
    assert (("area",) in [each.dimensions for each in search.tried]) == is_tried


def test_the_words_name_a_place_and_never_a_cause() -> None:
    where = driver_words.where
    assert where("source", "Police", "South East") == "the police in the South East"
    assert where("source", "Health services") == "health services"
    assert where("area", "Countywide teams") == "Countywide teams"
    assert where("team", "Duty", "") == "the team Duty"
    assert where("sex", "Female", "North") == "those recorded as “Female” in the North"
    assert driver_words.main_below("the North", "30", "50") == (
        "30 of the 50 by which it is below what was expected are in the North."
    )
    assert driver_words.main_beyond("the police", "60", "10", 1) == (
        "The police: 60 above what was expected.",
        "All others together are 10 below it.",
    )
    assert driver_words.no_driver(["area", "age_band", "domestic_abuse"]) == (
        "No one area, age or domestic abuse accounts for it."
    )
