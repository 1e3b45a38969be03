"""What an extract of the Standard Safeguarding Dataset is complete for, and what follows from what it no longer has."""

from __future__ import annotations

from datetime import date

import pytest

from tests.sources.desk import Desk
from tests.sources.ssd import lay, load

CONTACTS = "cont_contact_id | cont_person_id | cont_contact_date\n"
REFERRALS = "cine_referral_id | cine_person_id | cine_referral_date | cine_close_date\n"
PLANS = "cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date\n"
VISITS = {
    "ssd_cp_visits": "cppv_cp_visit_id | cppv_person_id | cppv_cp_visit_date\n1 | a1 | 2017-06-30",
    "ssd_cin_visits": "cinv_cin_visit_id | cinv_person_id | cinv_cin_visit_date\n1 | a1 | 2017-06-29",
    "ssd_cla_visits": "clav_cla_visit_id | clav_person_id | clav_cla_visit_date\n1 | a1 | 2017-06-28",
}


def monthly(first: str, last: str = "2017-07-01") -> str:
    """Contacts: one on the first day, one on the first of every month after it, and one on the last day."""
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    months = range(begins.year * 12 + begins.month, ends.year * 12 + ends.month)
    days = sorted({first, *(date(month // 12, month % 12 + 1, 1).isoformat() for month in months), last})
    return "\n".join(f"{number} | a1 | {day}" for number, day in enumerate(days, 1))


EARLY = monthly("2010-01-01")


def covered(desk: Desk, table: str, asked: str = "anything") -> list[tuple[date, date]]:
    return desk.record.as_at().coverage(table, asked=asked)  # type: ignore[arg-type]


def test_a_table_is_complete_for_six_years(desk: Desk) -> None:
    load(desk, ssd_contacts=CONTACTS + EARLY)
    assert covered(desk, "contact") == [(date(2011, 7, 3), date(2017, 7, 3))]


def test_or_from_its_own_first_row_where_that_is_later(desk: Desk) -> None:
    load(desk, ssd_contacts=CONTACTS + EARLY, ssd_cp_plans=PLANS + "1 | a1 | 2015-05-05 | ")
    assert covered(desk, "cp_plan") == [(date(2015, 5, 5), date(2017, 7, 3))]


def test_a_shorter_window_shows_in_the_first_contact_whatever_was_still_open_before(desk: Desk) -> None:
    load(
        desk,
        ssd_contacts=CONTACTS + monthly("2014-07-03"),
        ssd_cp_plans=PLANS + "1 | a1 | 2012-05-05 | 2015-01-01\n2 | b1 | 2016-05-05 |",
    )
    assert covered(desk, "cp_plan", "events") == [(date(2014, 7, 3), date(2017, 7, 3))]


def test_a_table_without_rows_or_without_one_of_its_kinds_says_nothing(desk: Desk) -> None:
    load(desk, ssd_contacts=CONTACTS + EARLY, ssd_cp_plans=PLANS, ssd_cp_visits=VISITS["ssd_cp_visits"])
    assert covered(desk, "cp_plan") == covered(desk, "visit") == covered(desk, "s47") == []
    noted = [each.what for each in desk.ledger("noted")]
    assert "ssd_cp_plans has no row to keep: taken as not supplied, not as nothing having happened" in noted
    assert any(each.startswith("visits are not taken as complete") for each in noted)


def test_visits_are_complete_when_all_kinds_have_rows(desk: Desk) -> None:
    load(desk, **VISITS)
    assert covered(desk, "visit") == [(date(2017, 6, 28), date(2017, 7, 3))]


def test_an_event_that_vanishes_from_covered_days_was_withdrawn_and_one_before_the_window_stays(desk: Desk) -> None:
    others = monthly("2011-07-04", "2017-06-01")
    load(desk, "ssd_2017-06-03", ssd_contacts=CONTACTS + f"{others}\n901|b1|2011-06-20\n902|b1|2015-01-20")
    load(desk, "ssd_2017-07-03", ssd_contacts=CONTACTS + f"{others}\n903|b1|2011-07-05")
    now, before = (desk.rows("contact", "person_id, contact_date", day) for day in (None, date(2017, 6, 30)))
    assert [day for person, day in now if person == "b1"] == ["2011-06-20", "2011-07-05"]
    assert [day for person, day in before if person == "b1"] == ["2011-06-20", "2015-01-20"]


def told_before(desk: Desk) -> None:
    """What another source tells of two years before the dataset begins."""
    rows = "a1,2012-05-01\na1,2013-05-01"
    told = f"# complete: 2012-01-01 to 2014-12-31\nperson_id,contact_date\n{rows}\n"
    desk.load("contact.csv", told, received=date(2017, 6, 1))


@pytest.mark.parametrize(
    "mistyped",
    ["2007-03-02", "2012-06-02", "2014-02-02", "2007-03-02 2012-06-02 2013-01-02 2014-02-02", "2071-03-02"],
)
def test_a_mistyped_day_decides_nothing_and_withdraws_nothing(desk: Desk, mistyped: str) -> None:
    told_before(desk)
    wrong = "".join(f"\n9{at} | z9 | {day}" for at, day in enumerate(mistyped.split()))
    desk.load(lay(desk, {"ssd_contacts": CONTACTS + monthly("2015-07-04") + wrong}), received=date(2017, 7, 3))
    assert covered(desk, "contact") == [(date(2012, 1, 1), date(2014, 12, 31)), (date(2015, 7, 4), date(2017, 7, 3))]
    assert {("a1", "2012-05-01"), ("a1", "2013-05-01")} <= set(desk.rows("contact", "person_id, contact_date"))


def test_months_with_a_handful_of_rows_before_hundreds_are_no_beginning(desk: Desk) -> None:
    """Where a case system began in July 2016, and a few old contacts were brought over."""
    busy = "\n".join(f"{day}-{at} | a{at} | {day}" for day in ("2016-07-05", "2016-08-05") for at in range(30))
    busy += "\n" + "\n".join(f"{month}-{at} | a{at} | 2017-0{month}-05" for month in range(1, 7) for at in range(30))
    busy += "\n" + "\n".join(f"b{month}-{at} | a{at} | 2016-{month}-05" for month in (10, 11, 12) for at in range(30))
    load(desk, ssd_contacts=CONTACTS + f"{busy}\n9{monthly('2015-01-05', '2016-06-05')}")
    assert covered(desk, "contact") == [(date(2016, 7, 5), date(2017, 7, 3))]


def test_nor_does_a_mistyped_day_of_another_table(desk: Desk) -> None:
    """Plans are there since May 2015: one of 2012 that is out on its own is not their beginning."""
    plans = "\n".join(f"{day} | a{day} | 2015-05-{day:02} |" for day in range(5, 30))
    load(desk, ssd_contacts=CONTACTS + EARLY, ssd_cp_plans=PLANS + f"99 | z9 | 2012-02-01 |\n{plans}")
    assert covered(desk, "cp_plan", "events") == [(date(2015, 5, 5), date(2017, 7, 3))]


def test_one_closed_referral_that_is_mistyped_does_not_hide_that_they_are_cut_off(desk: Desk) -> None:
    kept = "\n".join(f"{at} | a{at} | 2010-01-{at:02} |" for at in range(1, 31))
    load(desk, ssd_contacts=CONTACTS + EARLY, ssd_cin_episodes=REFERRALS + f"{kept}\n99 | z9 | 2001-05-05 | 2016-01-01")
    assert covered(desk, "referral", "states") == [(date(2017, 5, 29), date(2017, 7, 3))]


def test_where_what_closed_is_cut_off_what_was_open_is_known_of_the_last_weeks_only(desk: Desk) -> None:
    """The published SQL leaves out a referral begun before the window once it is closed."""
    kept = "1 | a1 | 2009-01-01 | \n2 | b1 | 2012-01-01 | 2013-01-01\n3 | c1 | 2017-06-30 |"
    load(desk, ssd_contacts=CONTACTS + EARLY, ssd_cin_episodes=REFERRALS + kept)
    assert covered(desk, "referral", "events") == [(date(2011, 7, 3), date(2017, 7, 3))]
    assert covered(desk, "referral", "states") == [(date(2017, 5, 29), date(2017, 7, 3))]
    assert any("what was open on a day is known for the last 35 days" in each.what for each in desk.ledger("noted"))


def test_where_closed_ones_from_before_are_there_what_was_open_is_known_throughout(desk: Desk) -> None:
    kept = "1 | a1 | 2009-01-01 | 2012-01-01\n2 | b1 | 2012-01-01 | 2013-01-01"
    load(desk, ssd_contacts=CONTACTS + EARLY, ssd_cin_episodes=REFERRALS + kept)
    assert covered(desk, "referral", "states") == [(date(2011, 7, 3), date(2017, 7, 3))]


def test_what_was_open_and_is_no_longer_there_has_ended(desk: Desk) -> None:
    old, other = "1 | a1 | 2009-01-01 | ", "2 | b1 | 2009-02-01 | \n3 | c1 | 2016-06-30 |"
    load(desk, "ssd_2017-06-03", ssd_contacts=CONTACTS + EARLY, ssd_cin_episodes=REFERRALS + f"{old}\n{other}")
    load(desk, "ssd_2017-07-03", ssd_contacts=CONTACTS + EARLY, ssd_cin_episodes=REFERRALS + other)
    closed = dict(desk.rows("referral", "person_id, close_date"))
    assert closed["a1"] is not None and "2017-06-03" <= closed["a1"] <= "2017-07-03"
    assert closed["b1"] is closed["c1"] is None


@pytest.mark.parametrize(("folder", "extracted"), [("export", date(2017, 7, 1)), ("ssd_2017-07-20", date(2017, 7, 20))])
def test_the_day_of_the_extract_is_named_or_else_shown_by_what_is_newest(
    desk: Desk, folder: str, extracted: date
) -> None:
    load(desk, folder, ssd_contacts=CONTACTS + EARLY + "\n3 | a1 | 2018-01-01")
    assert desk.record.deliveries()[0].extracted_on == extracted
    assert covered(desk, "contact")[0][1] == extracted
