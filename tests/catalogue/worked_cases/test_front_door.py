"""E1 to E3: re-referrals, assessments within 45 working days, and what clearing a backlog does to their share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from compendium.calendar.months import parse_month
from compendium.words import rounded
from tests.catalogue.county import figures, share
from tests.catalogue.naive.history import Row


def rereferred(*referrals: str, month: str, **rules: str) -> tuple[int | None, int | None]:
    """Re-referrals and referrals of a month; a line is 'day [closed] [nfa] [child]', of child A unless it says so."""
    rows: list[Row] = []
    for line in referrals:
        day, closed, nfa, child = [*line.split(), *("-", "-", "A")[len(line.split()) - 1 :]]
        rows.append(
            {"person_id": child, "referral_date": day, "close_date": None if closed == "-" else closed,
             "nfa": None if nfa == "-" else int(nfa)}
        )  # fmt: skip
    return share("rereferrals_12m", month, referral=rows, rules=rules)


@pytest.mark.parametrize(
    ("prior", "this", "calendar", "days_365"),
    [
        ("2023-03-10", "2024-03-10", 1, 0),  # a leap year lies between: 366 days
        ("2023-03-01", "2024-03-01", 1, 0),
        ("2024-03-10", "2025-03-10", 1, 1),
        ("2024-02-29", "2025-02-28", 1, 1),
        ("2024-02-29", "2025-03-01", 0, 0),
        ("2023-02-28", "2024-02-29", 0, 0),
        ("2025-01-01 2025-12-20", "2026-01-05", 0, 0),  # 16 days after closing, but past the anniversary
    ],
)
def test_e1_the_anniversary_of_the_referral_counts(prior: str, this: str, calendar: int, days_365: int) -> None:
    assert rereferred(prior, this, month=this[:7]) == (calendar, 1)
    assert rereferred(prior, this, month=this[:7], rereferral_rule="365_days") == (days_365, 1)


def test_e1_since_closing_is_another_figure_beside_it() -> None:
    rows = [{"person_id": "A", "referral_date": "2025-01-01", "close_date": "2025-12-20"},
            {"person_id": "A", "referral_date": "2026-01-05"}]  # fmt: skip
    assert share("rereferrals_12m_after_closing", "2026-01", referral=rows) == (1, 1)


@pytest.mark.parametrize("settled", ["2026-01-05 2026-01-05", "2026-01-05 - 1"])
def test_e1_after_one_settled_that_day_the_second_is_a_rereferral(settled: str) -> None:
    assert rereferred(settled, "2026-01-05", month="2026-01") == (1, 2)


def test_e1_two_left_open_on_a_day_are_one_referral_and_so_are_doubles() -> None:
    assert rereferred("2026-01-05", "2026-01-05 2026-02-01", month="2026-01") == (0, 1)
    assert rereferred("2026-01-05", "2026-01-05", month="2026-01") == (0, 1)


def test_e1_three_referrals_in_a_year_are_two_rereferrals_of_one_child() -> None:
    days = ("2025-02-03", "2025-06-02", "2025-11-03")
    rows = [{"person_id": "A", "referral_date": day} for day in days]
    names = ("rereferrals_12m", "rereferrals_12m_children")
    found = figures({"referral": rows}, "2025-12", *names)
    events, children = (found.one(name, date(2025, 12, 31), "rolling_12_months") for name in names)
    assert (events.numerator, events.denominator) == (2, 3)
    assert (children.numerator, children.denominator) == (1, 1)


def test_e1_referred_eleven_months_ago_and_thirteen_months_ago_was_referred_again() -> None:
    assert rereferred("2024-12-10", "2025-02-10", month="2025-02") == (1, 1)


def test_e1_a_sibling_newly_referred_is_no_rereferral() -> None:
    assert rereferred("2025-06-02", "2025-11-03 - - B", month="2025-11") == (0, 1)


@pytest.mark.parametrize(
    ("start", "in_time", "late"),
    [
        ("2025-12-01", "2026-02-05", "2026-02-06"),
        ("2026-03-28", "2026-06-04", "2026-06-05"),  # a Saturday is day 0 too
        ("2026-01-05", "2026-03-09", "2026-03-10"),
        ("2025-12-01", "2025-12-01", "2026-02-06"),  # the day it began is day 0
    ],
)
def test_e2_45_working_days(start: str, in_time: str, late: str) -> None:
    def authorised(day: str) -> tuple[int | None, int | None]:
        return share(
            "assessments_45wd", day[:7], assessment=[{"person_id": "A", "start_date": start, "auth_date": day}]
        )

    assert authorised(in_time) == (1, 1)
    assert authorised(late) == (0, 1)


def test_e2_the_days_themselves_are_those_of_the_calendar() -> None:
    rows = [
        {"person_id": "A", "start_date": "2026-03-28", "auth_date": "2026-06-04"},
        {"person_id": "B", "start_date": "2026-06-04", "auth_date": "2026-06-04"},
    ]
    found = figures({"assessment": rows}, "2026-06", "assessment_median_days")
    assert dict(found.amounts("assessment_median_days", date(2026, 6, 30))) == {0: 1, 45: 1}


def test_e2_47_days_from_the_referral_and_45_from_the_start_are_both_printed() -> None:
    row: Row = {"person_id": "A", "referral_date": "2025-12-01", "start_date": "2025-12-03", "auth_date": "2026-02-09"}
    names = ("assessments_45wd", "assessments_45wd_from_referral")
    found = figures({"assessment": [row]}, "2026-02", *names)
    both = [found.one(name, parse_month("2026-02")) for name in names]
    assert [(each.numerator, each.denominator) for each in both] == [(1, 1), (0, 1)]


IN_TIME, LATE, JANUARY = date(2017, 1, 3), date(2016, 10, 3), date(2017, 1, 31)


def assessments(in_time: int, late: int, authorised: date | None = JANUARY) -> list[Row]:
    return [
        {"person_id": f"{authorised}-{number}", "start_date": start, "auth_date": authorised}
        for number, start in enumerate([IN_TIME] * in_time + [LATE] * late)
    ]


def test_e3_clearing_overdue_assessments_lowers_the_share_in_time_and_empties_the_backlog() -> None:
    names = ("assessments_45wd", "assessments_open_over_45wd_count")
    left = figures({"assessment": assessments(85, 15) + assessments(0, 40, None)}, "2017-01", *names)
    cleared = figures({"assessment": assessments(85, 55)}, "2017-01", *names)
    shares = [each.one(names[0], JANUARY) for each in (left, cleared)]
    assert [(each.numerator, each.denominator) for each in shares] == [(85, 100), (85, 140)]
    assert [rounded(each.value or Decimal(0), 1) for each in shares] == [Decimal("85.0"), Decimal("60.7")]
    assert [each.one(names[1], JANUARY).numerator for each in (left, cleared)] == [40, 0]


def test_e3_the_backlog_is_always_shown_beside_it() -> None:
    catalogue = figures({}, "2017-01", "assessments_45wd").catalogue
    assert catalogue["assessments_45wd"].counterweight == "assessments_open_over_45wd"
