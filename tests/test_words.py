"""How numbers, dates and plurals are written."""

from datetime import date
from decimal import Decimal

import pytest

from compendium import words


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (5619, 0, "5,619"),
        (Decimal("62.5"), 0, "63"),  # half away from zero, as a reader with a calculator finds
        (Decimal("-62.5"), 0, "−63"),
        (Decimal("81.25"), 1, "81.3"),
        (2.675, 2, "2.68"),  # as written, not as the binary fraction below it
        (Decimal("-0.04"), 1, "0.0"),  # what rounds to nothing has no sign
    ],
)
def test_number(value: Decimal | float | int, decimals: int, written: str) -> None:
    assert words.number(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "written"), [(78, "78"), (340.2, "340.2"), (Decimal("340.0"), "340"), (Decimal("-0.5"), "−0.5"), (0, "0")]
)
def test_an_amount_has_a_decimal_only_where_it_needs_one(value: Decimal | float | int, written: str) -> None:
    assert words.amount(value) == written


def test_a_percentage_has_one_decimal_and_a_difference_of_percentages_is_in_points() -> None:
    assert words.percent(Decimal(40) / 60 * 100) == "66.7%"
    assert words.points(Decimal("-14.58")) == "14.6 points"
    assert words.points(1) == "1.0 point"


def test_money_is_whole_pounds_unless_asked() -> None:
    assert words.money(Decimal("1500.50")) == "£1,501"
    assert words.money(Decimal("-1500.50"), 2) == "−£1,500.50"


def test_dates_are_written_in_full() -> None:
    assert words.day(date(2017, 3, 3)) == "3 March 2017"
    assert words.month(date(2017, 1, 31)) == "January 2017"
    assert words.short_month(date(2016, 4, 1)) == "Apr 2016"


@pytest.mark.parametrize(("count", "written"), [(0, "0 deliveries"), (1, "1 delivery"), (1200, "1,200 deliveries")])
def test_plurals(count: int, written: str) -> None:
    assert words.plural(count, "delivery", "deliveries") == written


@pytest.mark.parametrize(
    ("items", "written"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listing(items: list[str], written: str) -> None:
    assert words.listing(items) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (1_449_999, "1.4 MB"),
        (2_500_000_000, "2.5 GB"),
    ],
)
def test_size(count: int, written: str) -> None:
    assert words.size(count) == written


def test_a_number_stands_apart_from_its_words() -> None:
    assert words.counted(1, "row", "to mend") == ("1", "row to mend")
    assert words.counted(1200, "row", "to mend") == ("1,200", "rows to mend")


@pytest.mark.parametrize(
    ("text", "upper", "lower"),
    [("the NSPCC", "The NSPCC", "the NSPCC"), ("Clear: better", "Clear: better", "clear: better"), ("", "", "")],
)
def test_only_the_first_letter_changes(text: str, upper: str, lower: str) -> None:
    assert (words.upper_first(text), words.lower_first(text)) == (upper, lower)
