"""The dated examples of the counting rules (E1 to E12), with their very dates, as far as a calendar answers them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from compendium.calendar.ages import age_at, birthday
from compendium.calendar.months import add_months, within_months
from compendium.calendar.working_days import due_day, earliest_in_time, elapsed


def day(text: str) -> date:
    """'10 Mar 2023'."""
    number, month, year = text.split()
    return date(int(year), "JanFebMarAprMayJunJulAugSepOctNovDec".index(month) // 3 + 1, int(number))


REFERRALS = """
    prior         this          within 12 months   within 365 days
    10 Mar 2023   10 Mar 2024   yes                no
     1 Mar 2023    1 Mar 2024   yes                no
    10 Mar 2024   10 Mar 2025   yes                yes
    29 Feb 2024   28 Feb 2025   yes                yes
    29 Feb 2024    1 Mar 2025   no                 no
    28 Feb 2023   29 Feb 2024   no                 no
     1 Jan 2025    5 Jan 2026   no                 no
"""


def rows(drawn: str) -> list[list[str]]:
    """A drawn table without its heading; columns part at two or more spaces."""
    lines = [line.strip() for line in drawn.strip().splitlines()[1:]]
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines]


@pytest.mark.parametrize(("prior", "this", "by_months", "by_days"), rows(REFERRALS))
def test_e1_a_rereferral_is_within_twelve_calendar_months_anniversary_included(
    prior: str, this: str, by_months: str, by_days: str
) -> None:
    assert within_months(day(prior), day(this), 12) == (by_months == "yes")
    # The other method in use, to show where the two part.
    assert ((day(this) - day(prior)).days <= 365) == (by_days == "yes")


def test_e1_the_leap_year_limits() -> None:
    assert (day("10 Mar 2024") - day("10 Mar 2023")).days == 366
    assert day("1 Mar 2023") + timedelta(days=365) == day("29 Feb 2024")
    assert add_months(day("29 Feb 2024"), 12) == day("28 Feb 2025")
    # Taking twelve months off the later date is another rule, and the wrong one.
    assert add_months(day("29 Feb 2024"), -12) <= day("28 Feb 2023")
    assert not within_months(day("28 Feb 2023"), day("29 Feb 2024"), 12)


def test_e1_sixteen_days_after_closing_but_twelve_months_and_four_days_after_the_referral() -> None:
    referred, closed, again = day("1 Jan 2025"), day("20 Dec 2025"), day("5 Jan 2026")
    assert (again - closed).days == 16
    assert again == add_months(referred, 12) + timedelta(days=4)


def test_e1_a_child_referred_eleven_months_ago_and_thirteen_months_ago() -> None:
    # The latest referral is judged against the one before it, not against today.
    assert within_months(day("10 Dec 2023"), day("10 Feb 2024"), 12)


CLOCKS = """
    start         working days   due
    1 Dec 2025    45             5 Feb 2026
    28 Mar 2026   45             4 Jun 2026
    5 Jan 2026    45             9 Mar 2026
    2 Apr 2026    15             27 Apr 2026
    11 Apr 2025   15             7 May 2025
    17 Dec 2026   15             12 Jan 2027
    1 Dec 2025    20             31 Dec 2025
"""


@pytest.mark.parametrize(("start", "limit", "due"), rows(CLOCKS))
def test_e2_e4_e10_the_last_day_in_time(start: str, limit: str, due: str) -> None:
    assert due_day(day(start), int(limit)) == day(due)
    assert elapsed(day(start), day(due)) == int(limit)
    assert elapsed(day(start), day(due) - timedelta(days=1)) == int(limit) - 1


def test_e2_authorised_on_the_forty_fifth_day_is_in_time_and_on_the_day_itself_counts_nought() -> None:
    start = day("1 Dec 2025")
    assert elapsed(start, day("5 Feb 2026")) == 45
    assert elapsed(start, day("6 Feb 2026")) == 46
    assert elapsed(start, start) == 0


def test_e2_a_weekend_start_is_day_nought_too() -> None:
    start = day("28 Mar 2026")
    assert start.strftime("%A") == "Saturday"
    assert elapsed(start, day("30 Mar 2026")) == 1
    assert elapsed(start, day("4 Jun 2026")) == 45  # a half-open count from the Saturday would say 44


def test_e2_two_clocks_from_referral_and_from_the_start_of_the_assessment() -> None:
    referral, start, authorised = day("1 Dec 2025"), day("3 Dec 2025"), day("9 Feb 2026")
    assert elapsed(referral, authorised) == 47
    assert elapsed(start, authorised) == 45


def test_e4_the_first_strategy_discussion_keeps_the_clock() -> None:
    first, second = day("2 Apr 2026"), day("9 Apr 2026")
    assert due_day(first, 15) == day("27 Apr 2026") < due_day(second, 15)


def test_e4_booked_for_day_14_and_held_on_day_19_is_late() -> None:
    discussion = day("2 Apr 2026")
    booked, held = due_day(discussion, 14), due_day(discussion, 19)
    assert (elapsed(discussion, booked), elapsed(discussion, held)) == (14, 19)
    assert elapsed(discussion, held) > 15


@pytest.mark.parametrize(
    ("snapshot", "opens"),
    [
        ("31 Jan 2026", "16 Jan 2026"),
        ("31 Dec 2025", "15 Dec 2025"),
        ("30 Apr 2026", "16 Apr 2026"),
        ("31 May 2026", "14 May 2026"),
    ],
)
def test_e5_a_visit_within_ten_working_days_of_the_snapshot(snapshot: str, opens: str) -> None:
    assert earliest_in_time(day(snapshot), 10) == day(opens)
    assert elapsed(day(opens), day(snapshot)) == 10
    assert elapsed(day(opens) - timedelta(days=1), day(snapshot)) == 11


def test_e5_counting_the_first_day_makes_the_same_visit_late() -> None:
    visit, snapshot = day("16 Jan 2026"), day("31 Jan 2026")
    assert elapsed(visit, snapshot) == 10
    # "From and including the day of the visit" is the clock started the day before.
    assert elapsed(visit - timedelta(days=1), snapshot) == 11


def test_e5_four_weeks_are_not_twenty_working_days() -> None:
    snapshot = day("31 May 2026")
    assert snapshot - timedelta(days=28) == day("3 May 2026")
    assert earliest_in_time(snapshot, 20) == day("29 Apr 2026")


@pytest.mark.parametrize(
    ("held", "months", "due", "days", "by_days"),
    [("30 Nov 2025", 3, "28 Feb 2026", 91, "1 Mar 2026"), ("31 Aug 2025", 6, "28 Feb 2026", 183, "2 Mar 2026")],
)
def test_e6_a_review_is_due_in_calendar_months(held: str, months: int, due: str, days: int, by_days: str) -> None:
    assert add_months(day(held), months) == day(due)
    assert day(held) + timedelta(days=days) == day(by_days)


def test_e7_a_plan_within_two_years_of_the_end_of_the_one_before() -> None:
    ended = day("14 Jan 2024")
    assert within_months(ended, day("14 Jan 2026"), 24)
    assert not within_months(ended, day("15 Jan 2026"), 24)


def test_e8_two_years_on_a_plan_both_days_counted() -> None:
    snapshot = day("31 Mar 2026")
    assert (snapshot - day("1 Apr 2024")).days == 729  # 730 with both days: counts
    assert (snapshot - day("2 Apr 2024")).days == 728  # 729: does not
    # The anniversary itself would miss the first of the two.
    assert not add_months(day("1 Apr 2024"), 24) <= snapshot


def test_e9_fifteen_years_and_364_days_is_in_and_sixteen_today_is_out() -> None:
    snapshot = day("31 Mar 2026")
    assert age_at(day("1 Apr 2010"), snapshot) == 15
    assert (birthday(day("1 Apr 2010"), 16) - snapshot).days == 1
    assert age_at(day("31 Mar 2010"), snapshot) == 16


def test_e10_visits_and_reviews_of_a_looked_after_child() -> None:
    assert day("5 Jan 2026") + timedelta(days=7) == day("12 Jan 2026")
    assert day("9 Jan 2026") + timedelta(days=42) == day("20 Feb 2026")
    assert day("28 Jan 2026") + timedelta(days=7) == day("4 Feb 2026") > day("31 Jan 2026")
    assert due_day(day("1 Dec 2025"), 20) == day("31 Dec 2025")
    assert add_months(day("29 Dec 2025"), 3) == day("29 Mar 2026")
    assert add_months(day("29 Mar 2026"), 6) == day("29 Sep 2026")


def test_e11_from_entering_care_to_placed_for_adoption() -> None:
    assert (day("1 Dec 2024") - day("1 Mar 2023")).days == 641
    assert (day("1 Jun 2023") - day("1 Mar 2023")).days == 92


def test_e12_the_window_around_a_nineteenth_birthday() -> None:
    nineteenth = birthday(day("10 Jun 2006"), 19)
    assert nineteenth == day("10 Jun 2025")
    opens, closes = add_months(nineteenth, -3), add_months(nineteenth, 1)
    assert (opens, closes) == (day("10 Mar 2025"), day("10 Jul 2025"))
    contact = day("20 Jul 2025")
    assert contact <= day("31 Jul 2025")  # in touch at the snapshot
    assert not opens <= contact <= closes  # and not in the birthday cohort
