"""Dates: what an event may be dated, how far back a birth may lie, and the ways of writing a day."""

from __future__ import annotations

import pytest

from tests.sources.desk import Desk, case, census, child

CONTACTS = "person_id,contact_date,outcome,decision_date\n"
BEYOND = ["1900-01-01", "1994-12-31", "2105-01-01"]  # of the calendar of working days, 1995 to 2031


@pytest.mark.parametrize("day", BEYOND)
def test_an_event_beyond_the_calendar_costs_the_row(desk: Desk, day: str) -> None:
    report = desk.load("contact.csv", CONTACTS + f"c1,{day},nfa,\nc2,2017-01-03,nfa,\n")
    assert desk.rows("contact", "person_id") == [("c2",)]
    (finding,) = desk.ledger("rejected", report)
    assert finding.what == f"{day} lies outside 1995 to 2031" and finding.value == day
    assert (finding.row, finding.column) == (2, "contact_date")


@pytest.mark.parametrize("day", BEYOND)
def test_a_day_beyond_the_calendar_that_is_not_required_is_set_aside(desk: Desk, day: str) -> None:
    report = desk.load("contact.csv", CONTACTS + f"c1,2017-01-03,nfa,{day}\n")
    assert desk.rows("contact", "contact_date, decision_date") == [("2017-01-03", None)]
    assert [(finding.what, finding.value) for finding in desk.ledger("changed", report)] == [
        (f"{day} lies outside 1995 to 2031; it was set aside", day)
    ]


@pytest.mark.parametrize("day", BEYOND)
def test_the_same_of_a_census(desk: Desk, day: str) -> None:
    enquiry = f"<Section47><S47ActualStartDate>{day}</S47ActualStartDate></Section47>"
    closed = f"<CINclosureDate>{day}</CINclosureDate>"
    report = desk.load("cin.xml", census(child(case(enquiry, closed))))
    assert desk.rows("referral", "referral_date, close_date") == [("2016-05-04", None)] and not desk.rows("s47")
    assert [finding.value for finding in desk.ledger("rejected", report)] == [day]
    assert [finding.value for finding in desk.ledger("changed", report)] == [day]


def test_a_birth_before_the_calendar_is_kept(desk: Desk) -> None:
    report = desk.load("cin.xml", census(child(case(), born="1990-05-04")))
    assert desk.rows("person", "dob") == [("1990-05-04",)]
    assert not desk.ledger("rejected", report) and not desk.ledger("changed", report)


def test_a_worker_who_began_before_the_calendar_is_kept(desk: Desk) -> None:
    report = desk.load("worker.csv", "worker_id,role,team_id,fte,start_date\n77,case_holder,t1,0.8,1985-04-01\n")
    assert desk.rows("worker", "start_date") == [("1985-04-01",)]
    assert not desk.ledger("rejected", report) and not desk.ledger("changed", report)


# written -> read, of an event and of a birth; '!' where the ledger tells of it
WAYS = """
    5-Jan-17      2017-01-05!  2017-01-05!
    5 January 17  2017-01-05!  2017-01-05!
    05/01/17      2017-01-05!  2017-01-05!
    05.01.17      2017-01-05!  2017-01-05!
    20170105      2017-01-05   2017-01-05
    5-Sept-2017   2017-09-05   2017-09-05
    5-Jan-98      !            1998-01-05!
    05/01/31      2031-01-05!  2031-01-05!
    05/01/69      !            !
    05/01/70      !            1970-01-05!
    17-01-05      !            !
    31/02/17      !            !
    20170231      !            !
    5 Marchbank 17  !          !
"""


@pytest.mark.parametrize(
    ("written", "event", "birth"),
    [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in WAYS.strip().splitlines()],
)
def test_ways_of_writing_a_day(desk: Desk, written: str, event: str, birth: str) -> None:
    closed = f"<CINclosureDate>{written}</CINclosureDate>"
    report = desk.load("cin.xml", census(child(case(closed), born=written)))
    assert desk.rows("referral", "close_date") == [(event.strip("!") or None,)]
    assert desk.rows("person", "dob") == [(birth.strip("!") or None,)]
    told = {finding.column: finding for finding in desk.ledger("changed", report)}
    assert set(told) == {
        name for name, read in (("CINclosureDate", event), ("PersonBirthDate", birth)) if read.endswith("!")
    }
    assert all(finding.value == written for finding in told.values())
    if event.endswith("!") and event != "!":
        assert told["CINclosureDate"].what == f"its year has two digits; it was read as {event.strip('!')}"


def test_a_time_keeps_its_clock_where_its_year_has_two_digits(desk: Desk) -> None:
    desk.load("mash_enquiry.csv", "enquiry_id,person_id,opened_on,opened_at\ne1,c1,05/01/17,05/01/17 09:05\n")
    assert desk.rows("mash_enquiry", "opened_on, opened_at") == [("2017-01-05", "2017-01-05 09:05:00")]
