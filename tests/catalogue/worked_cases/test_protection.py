"""E4 to E8: conferences, visits, reviews, and how often and how long children are on a protection plan."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.calendar.months import parse_month
from tests.catalogue.county import figures, share
from tests.catalogue.naive.history import Row


def held(day: str, *enquiries: str | None, **more: int) -> tuple[int | None, int | None]:
    rows = [{"person_id": "A", "icpc_date": day, "s47_start_date": start, **more} for start in enquiries]
    return share("icpc_15wd", day[:7], icpc=rows)


@pytest.mark.parametrize(
    ("discussion", "in_time", "late"),
    [
        ("2026-04-02", "2026-04-27", "2026-04-28"),  # Good Friday and Easter Monday
        ("2025-04-11", "2025-05-07", "2025-05-08"),
        ("2026-12-17", "2027-01-12", "2027-01-13"),
    ],
)
def test_e4_15_working_days_from_the_strategy_discussion(discussion: str, in_time: str, late: str) -> None:
    assert held(in_time, discussion) == (1, 1)
    assert held(late, discussion) == (0, 1)


def test_e4_a_second_discussion_does_not_move_the_due_date() -> None:
    assert held("2026-04-27", "2026-04-02", "2026-04-09") == (1, 1)
    assert held("2026-04-28", "2026-04-02", "2026-04-09") == (0, 1)


def test_e4_booked_for_day_14_and_held_on_day_19_is_late() -> None:
    # Day 14 was 24 April: that conference was not held, so the record has the one of day 19 alone.
    assert held("2026-05-01", "2026-04-02") == (0, 1)


def test_e4_before_the_enquiry_is_not_in_time_and_still_counts() -> None:
    assert held("2026-04-01", "2026-04-02") == (0, 1)


def test_e4_a_child_who_moved_in_on_a_plan_has_no_clock_and_is_told_apart() -> None:
    rows: list[Row] = [{"person_id": "A", "icpc_date": "2026-04-27", "transfer_in": 1}]
    found = figures({"icpc": rows}, "2026-04", "icpc_15wd", "icpc_held")
    timely = found.one("icpc_15wd", date(2026, 4, 30))
    assert (timely.numerator, timely.denominator, sum(timely.excluded.values())) == (0, 0, 1)
    assert found.one("icpc_held", date(2026, 4, 30)).numerator == 1


def test_e4_twins_are_two_and_an_enquiry_without_a_conference_is_none() -> None:
    conferences = [{"person_id": twin, "icpc_date": "2026-04-27", "s47_start_date": "2026-04-02"} for twin in "AB"]
    enquiries = [{"person_id": child, "start_date": "2026-04-02"} for child in "ABC"]
    assert share("icpc_15wd", "2026-04", icpc=conferences, s47=enquiries) == (2, 2)


def seen(day: str, month: str, begun: str = "2025-06-02", indicator: str = "cp_visits_10wd", **rules: int) -> int:
    plan, visit = [{"person_id": "A", "start_date": begun}], {"person_id": "A", "kind": "cp", "seen": 1}
    numerator, denominator = share(indicator, month, cp_plan=plan, visit=[{**visit, "visit_date": day}], rules=rules)
    assert denominator == 1
    return numerator or 0


@pytest.mark.parametrize(
    ("month", "opens", "before"),
    [
        ("2026-01", "2026-01-16", "2026-01-15"),
        ("2025-12", "2025-12-15", "2025-12-12"),
        ("2026-04", "2026-04-16", "2026-04-15"),
        ("2026-05", "2026-05-14", "2026-05-13"),
    ],
)
def test_e5_the_window_of_ten_working_days(month: str, opens: str, before: str) -> None:
    assert (seen(opens, month), seen(before, month)) == (1, 0)


def test_e5_counting_the_first_day_makes_the_same_visit_late() -> None:
    assert seen("2026-01-16", "2026-01", count_first_day=1) == 0
    assert seen("2026-01-19", "2026-01", count_first_day=1) == 1


def test_e5_four_weeks_are_not_twenty_working_days() -> None:
    four_weeks = [seen(day, "2026-05", indicator="cp_visits_4wk") for day in ("2026-05-03", "2026-05-02")]
    twenty_days = [seen(day, "2026-05", cp_visit_days=20) for day in ("2026-04-29", "2026-04-28")]
    assert (four_weeks, twenty_days) == ([1, 0], [1, 0])


def test_e5_new_plans_failed_visits_and_plans_that_ended_that_day() -> None:
    tables = {
        "cp_plan": """
            person_id  start_date  end_date
            new        2026-01-20  -
            unseen     2025-06-02  -
            ended      2025-06-02  2026-01-31
        """,
        "visit": """
            person_id  kind  visit_date  seen
            unseen     cp    2026-01-30  0
            ended      cp    2026-01-30  1
        """,
    }
    figure = figures(tables, "2026-01", "cp_visits_10wd").one("cp_visits_10wd", parse_month("2026-01"))
    assert (figure.numerator, figure.denominator, figure.excluded) == (0, 1, {"not yet due": 1})


def test_e5_a_visit_about_an_unborn_child_counts_when_it_is_recorded_as_seen() -> None:
    people = [{"person_id": "A", "expected_dob": "2026-05-01"}]
    plan = [{"person_id": "A", "start_date": "2025-12-01"}]
    for recorded, counted in ((1, 1), (0, 0)):
        visit = [{"person_id": "A", "kind": "cp", "visit_date": "2026-01-30", "seen": recorded}]
        assert share("cp_visits_10wd", "2026-01", person=people, cp_plan=plan, visit=visit) == (counted, 1)


def reviewed(begun: str, *days: str, month: str, **rules: str) -> tuple[int | None, int | None]:
    plan = [{"person_id": "A", "start_date": begun}]
    reviews = [{"person_id": "A", "plan_start_date": begun, "review_date": day} for day in days]
    return share("rcpc_timely", month, cp_plan=plan, cp_review=reviews, rules=rules, as_at=date(2026, 12, 31))


def test_e6_the_first_review_is_due_after_three_calendar_months() -> None:
    assert reviewed("2025-11-30", "2026-02-28", month="2026-02") == (1, 1)
    assert reviewed("2025-11-30", "2026-03-01", month="2026-02") == (0, 1)
    assert reviewed("2025-11-30", "2026-03-01", month="2026-03", review_rule="91_183") == (1, 1)


def test_e6_the_next_after_six_from_the_one_that_was_held() -> None:
    assert reviewed("2025-05-31", "2025-08-31", "2026-02-28", month="2026-02") == (1, 1)
    assert reviewed("2025-05-31", "2025-08-31", "2026-03-01", month="2026-02") == (0, 1)
    assert reviewed("2025-05-31", "2025-08-31", "2026-03-02", month="2026-03", review_rule="91_183") == (1, 1)


def test_e6_held_early_the_next_runs_from_the_day_it_was_held() -> None:
    assert reviewed("2025-11-30", "2026-02-10", "2026-08-10", month="2026-08") == (1, 1)
    assert reviewed("2025-11-30", "2026-02-10", "2026-08-11", month="2026-08") == (0, 1)


def test_e6_a_review_on_the_first_day_of_the_plan_is_none() -> None:
    assert reviewed("2025-11-30", "2025-11-30", month="2026-02") == (0, 1)


def again(*spans: str, month: str, **last: int) -> tuple[tuple[int | None, int | None], ...]:
    """Second or later plans ever, and within two years; spans are 'start end', the last one without an end."""
    rows: list[Row] = [
        dict(zip(("person_id", "start_date", "end_date"), ("A", *span.split(), None), strict=False)) for span in spans
    ]
    rows[-1].update(last)
    found = figures({"cp_plan": rows}, month, "cp_repeat_ever", "cp_repeat_2yrs")
    both = [found.one(name, parse_month(month)) for name in ("cp_repeat_ever", "cp_repeat_2yrs")]
    return tuple((each.numerator, each.denominator) for each in both)


def test_e7_a_plan_of_long_ago_counts_ever_and_not_within_two_years() -> None:
    assert again("2012-03-01 2013-03-01", "2026-01-14", month="2026-01") == ((1, 1), (0, 1))


def test_e7_the_anniversary_of_the_end_is_within_two_years() -> None:
    assert again("2023-06-01 2024-01-14", "2026-01-14", month="2026-01") == ((1, 1), (1, 1))
    assert again("2023-06-01 2024-01-14", "2026-01-15", month="2026-01") == ((1, 1), (0, 1))


def test_e7_the_recorded_number_counts_what_the_extract_no_longer_holds() -> None:
    assert again("2026-01-14", month="2026-01", previous_plans=1)[0] == (1, 1)
    assert again("2026-01-14", month="2026-01", previous_plans=0)[0] == (0, 1)


def test_e7_without_that_number_the_figure_is_told_to_be_a_floor() -> None:
    rows: list[Row] = [{"person_id": "A", "start_date": "2026-01-14"}]
    found = figures({"cp_plan": rows}, "2026-01", "cp_repeat_ever")
    parts = found.by("cp_repeat_ever", parse_month("2026-01"), "number_known")
    assert [each.breakdown for each in parts] == [("number_known", "Earlier plans counted from this record only")]


def test_e7_a_plan_held_for_another_council_is_no_plan_and_one_that_moved_in_is() -> None:
    other: list[Row] = [{"person_id": "A", "start_date": "2025-01-06", "end_date": "2025-06-02", "other_la": 1},
             {"person_id": "A", "start_date": "2026-01-14"}]  # fmt: skip
    assert share("cp_repeat_ever", "2026-01", cp_plan=other) == (0, 1)
    moved_in = [{"person_id": "A", "icpc_date": "2026-01-14", "transfer_in": 1}]
    plan = [{"person_id": "A", "start_date": "2026-01-14"}]
    assert share("cp_repeat_ever", "2026-01", cp_plan=plan, icpc=moved_in) == (0, 1)


def test_e8_two_years_with_both_days_counted() -> None:
    for begun, counted in (("2024-04-01", 1), ("2024-04-02", 0)):
        plan = [{"person_id": "A", "start_date": begun}]
        assert share("cp_open_2yrs", "2026-03", cp_plan=plan) == (counted, 1)
