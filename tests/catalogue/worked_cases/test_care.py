"""E9 and E10: moves between placements, visits and reviews of children looked after."""

from __future__ import annotations

from datetime import date

from compendium.calendar.months import parse_month
from tests.catalogue.county import Rows, figures, share

IN_CARE = [{"person_id": "A", "start_date": "2024-01-08", "legal_status": "C2"}]
TEENAGER = [{"person_id": "A", "dob": "2012-05-05"}]


def moved_often(placements: str) -> int:
    """Whether a child looked after on 31 March 2026 had three placements or more in the year."""
    numerator, denominator = share(
        "cla_3plus_placements", "2026-03", person=TEENAGER, lac_period=IN_CARE, placement=placements
    )
    assert denominator == 1
    return numerator or 0


def test_e9_foster_home_hospital_home_and_foster_are_three_placements() -> None:
    placements = """
        person_id  start_date  end_date    type  carer_id
        A          2024-01-08  2025-06-10  U6    A
        A          2025-06-10  2025-06-12  K2    B
        A          2025-06-12  2025-06-15  T0    -
        A          2025-06-15  2025-11-01  K2    B
        A          2025-11-01  -           U6    C
    """
    assert moved_often(placements) == 1
    without_the_last = "\n".join(placements.rstrip().splitlines()[:-1]).replace("2025-11-01", "-         ")
    assert moved_often(without_the_last) == 0


def test_e9_a_change_of_legal_status_and_adoption_by_the_same_carers_are_no_moves() -> None:
    split = """
        person_id  start_date  end_date    type  carer_id
        A          2024-01-08  2025-06-10  U6    A
        A          2025-06-10  2025-11-01  U6    A
        A          2025-11-01  2026-01-05  A5    -
        A          2026-01-05  -           U6    B
    """
    assert moved_often(split) == 0


def test_e9_back_to_the_first_carers_is_a_third_placement_and_so_is_a_return_home() -> None:
    there_and_back = """
        person_id  start_date  end_date    type  carer_id
        A          2024-01-08  2025-06-10  U6    A
        A          2025-06-10  2025-11-01  {between}    {carer}
        A          2025-11-01  -           U6    A
    """
    assert moved_often(there_and_back.format(between="U6", carer="B")) == 1
    assert moved_often(there_and_back.format(between="P1", carer="-")) == 1


def settled(born: str, *periods: str) -> tuple[int | None, int | None]:
    """Of children in care for two and a half years on 31 March 2026, those two years in one placement."""
    spans = [(*each.split(), None)[:2] for each in periods]
    rows = [{"person_id": "A", "start_date": begun, "end_date": ended} for begun, ended in spans]
    placed = [{"person_id": "A", "start_date": spans[-1][0], "type": "U4"}]
    people = [{"person_id": "A", "dob": born}]
    return share("cla_long_term_stability", "2026-03", person=people, lac_period=rows, placement=placed)


def test_e9_under_sixteen_at_the_snapshot() -> None:
    assert settled("2010-04-01", "2023-09-30") == (1, 1)  # 15 years and 364 days
    assert settled("2010-03-31", "2023-09-30") == (0, 0)  # 16 today


def test_e9_one_night_out_of_care_begins_the_two_and_a_half_years_anew() -> None:
    assert settled("2012-05-05", "2020-01-06 2023-10-02", "2023-10-03") == (0, 0)
    assert settled("2012-05-05", "2020-01-06") == (1, 1)


def visited(month: str, *days: str, begun: str = "2026-01-05", long_term: int = 0, more: str = "") -> tuple[int, int]:
    period = [{"person_id": "A", "start_date": begun, "legal_status": "C2"}]
    starts = [begun, *more.split()]
    placements = [
        {"person_id": "A", "start_date": start, "type": "U4", "is_long_term": long_term, "carer_id": start,
         "end_date": following}
        for start, following in zip(starts, [*starts[1:], None], strict=True)
    ]  # fmt: skip
    visits = [{"person_id": "A", "kind": "lac", "visit_date": day, "seen": 1} for day in days]
    tables: dict[str, Rows] = {"person": TEENAGER, "lac_period": period, "placement": placements, "visit": visits}
    figure = figures(tables, month, "cla_visits_timely").one("cla_visits_timely", parse_month(month))
    assert sum(figure.excluded.values()) + (figure.denominator or 0) == 1
    return figure.numerator or 0, figure.denominator or 0


def test_e10_a_first_visit_in_a_week_and_then_every_42_days() -> None:
    assert visited("2026-01") == (0, 1)  # due by 12 January
    assert visited("2026-01", begun="2026-01-24") == (0, 1)  # due by 31 January, whose night it is (R2)
    assert visited("2026-01", "2026-01-31", begun="2026-01-24") == (1, 1)
    assert visited("2026-01", begun="2026-01-25") == (0, 0)  # inside the first interval, seen or not
    assert visited("2026-01", "2026-01-26", begun="2026-01-25") == (0, 0)
    assert visited("2026-01", "2026-01-09") == (1, 1)
    assert visited("2026-02", "2026-01-09") == (0, 1)  # the next was due by 20 February
    assert visited("2026-02", "2026-01-17") == (1, 1)  # by 28 February
    assert visited("2026-02", "2026-01-16") == (0, 1)


def test_e10_a_new_placement_begins_a_new_clock() -> None:
    assert visited("2026-01", "2026-01-09", more="2026-01-28") == (0, 0)
    assert visited("2026-02", "2026-01-09", more="2026-01-28") == (0, 1)


def test_e10_three_months_in_a_placement_meant_to_last_after_its_first_year() -> None:
    assert visited("2026-03", "2025-12-31", begun="2024-12-31", long_term=1) == (1, 1)
    assert visited("2026-03", "2025-12-30", begun="2024-12-31", long_term=1) == (0, 1)  # the first year was not over
    assert visited("2026-03", "2025-12-30", begun="2024-12-30", long_term=1) == (0, 1)
    assert visited("2026-03", "2025-12-31", begun="2024-12-31", long_term=0) == (0, 1)


def reviewed(month: str, *days: str) -> tuple[int | None, int | None]:
    period = [{"person_id": "A", "start_date": "2025-12-01"}]
    reviews = [{"person_id": "A", "review_date": day} for day in days]
    return share("cla_reviews_timely", month, as_at=date(2026, 12, 31), lac_period=period, lac_review=reviews)


def test_e10_reviews_after_20_working_days_three_months_and_six() -> None:
    assert reviewed("2025-12", "2025-12-31") == (1, 1)
    assert reviewed("2025-12", "2026-01-01") == (0, 1)
    assert reviewed("2026-03", "2025-12-29", "2026-03-29") == (1, 1)
    assert reviewed("2026-03", "2025-12-29", "2026-03-30") == (0, 1)
    assert reviewed("2026-09", "2025-12-29", "2026-03-29", "2026-09-29") == (1, 1)
    assert reviewed("2026-09", "2025-12-29", "2026-03-29", "2026-09-30") == (0, 1)
