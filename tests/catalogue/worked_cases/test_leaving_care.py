"""E11 and E12: the way to adoption, and young people who have left care."""

from __future__ import annotations

from datetime import date

from tests.catalogue.county import figures


def adopted(indicator: str, **days: str) -> tuple[int | None, int | None]:
    way = {"person_id": "A", "entered_care": "2023-03-01", "adopted_by_carer": 1, "carer_date": "2023-06-01",
           "placed_date": "2024-12-01", "order_date": "2025-06-02", **days}  # fmt: skip
    figure = figures({"adoption": [way]}, "2025-06", indicator).one(indicator, date(2025, 6, 30), "rolling_36_months")
    return figure.numerator, figure.denominator


def test_e11_641_days_to_moving_in_and_92_where_the_foster_carers_adopt() -> None:
    assert adopted("adopt_a1") == (641, 1)
    assert adopted("adopt_a10") == (92, 1)


def test_e11_a_match_before_the_placement_order_took_no_days() -> None:
    assert adopted("adopt_a2", placement_order="2024-06-03", matched_date="2024-05-01") == (0, 1)


def test_e11_it_is_given_for_three_years_and_never_for_a_month() -> None:
    catalogue = figures({}, "2025-06", "adopt_a10", "adopt_a2").catalogue
    assert {each.bases for each in catalogue.values()} == {("rolling_36_months",)}


NINETEEN = [{"person_id": "A", "dob": "2006-06-10"}]


def test_e12_contact_after_the_window_is_in_touch_at_the_month_s_end_and_not_at_the_birthday() -> None:
    # Born 10 June 2006: the window around the 19th birthday is from 10 March to 10 July 2025; the contact, 20 July.
    status = [
        {"person_id": "A", "as_at": "2025-07-31", "eligibility": "former_relevant", "in_touch": 1,
         "last_contact_date": "2025-07-20"},
        {"person_id": "A", "as_at": "2025-07-05", "eligibility": "former_relevant", "in_touch": 0},
    ]  # fmt: skip
    found = figures(
        {"person": NINETEEN, "care_leaver_status": status}, "2025-07", "cl_in_touch", "cl_in_touch_birthday"
    )
    now = found.one("cl_in_touch", date(2025, 7, 31))
    cohort = found.one("cl_in_touch_birthday", date(2025, 7, 31), "year_to_date")
    assert (now.numerator, now.denominator) == (1, 1)
    assert (cohort.numerator, cohort.denominator) == (0, 1)


LEAVERS = """
    person_id  as_at       eligibility      activity  in_touch  is_suitable  exclusion      accommodation_exclusion
    working    2025-07-31  former_relevant  F5        1         1            -              -
    idle       2025-07-31  former_relevant  G5        1         1            -              -
    unknown    2025-07-31  former_relevant  -         0         -            -              -
    dead       2025-07-31  former_relevant  -         -         -            died           -
    home       2025-07-31  former_relevant  F5        1         1            returned_home  -
    moved      2025-07-31  former_relevant  F5        1         1            transferred    -
    abroad     2025-07-31  former_relevant  F5        1         1            -              abroad
    deported   2025-07-31  former_relevant  -         -         -            -              deported
    nowhere    2025-07-31  former_relevant  -         -         -            -              residence_unknown
"""


def test_e12_not_known_stays_in_and_the_two_denominators_differ() -> None:
    people = [{"person_id": line.split()[0], "dob": "2005-03-01"} for line in LEAVERS.strip().splitlines()[1:]]
    names = ("cl_eet", "cl_neet", "cl_suitable_accom")
    found = figures({"person": people, "care_leaver_status": LEAVERS}, "2025-07", *names)
    eet, neet, suitable = (found.one(name, date(2025, 7, 31)) for name in names)
    assert (eet.numerator, neet.numerator, eet.denominator, neet.denominator) == (2, 1, 6, 6)
    assert (suitable.numerator, suitable.denominator) == (2, 3)
