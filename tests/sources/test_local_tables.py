"""Local tables in CSV: recognised by their headers, every row kept or in the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.errors import DeliveryError
from tests.sources.desk import Desk

CONTACTS = "person_id,contact_date,source_code,outcome,decision_date\n"


def test_a_table_by_its_headers_in_any_order_whatever_the_files_name(desk: Desk) -> None:
    report = desk.load("export 7.csv", "outcome,Contact Date,person_id\nnfa,03/01/2017,c1\nreferral,2017-01-04,c2\n")
    assert report.source_format == "local table"
    assert desk.rows("contact", "person_id, contact_date, outcome") == [
        ("c1", "2017-01-03", "nfa"),
        ("c2", "2017-01-04", "referral"),
    ]


def test_where_headers_fit_several_tables_the_name_decides(desk: Desk) -> None:
    rows = "person_id,start_date,end_date\nc1,2017-01-03,\n"
    with pytest.raises(DeliveryError, match="fit more than one table") as refusal:
        desk.load("periods.csv", rows)
    assert "a file name that contains the name of its table" in str(refusal.value)
    desk.load("2017-02-03_cin_plan.csv", rows)
    assert desk.rows("cin_plan", "person_id, start_date") == [("c1", "2017-01-03")]


def test_a_strange_header_is_refused_with_the_nearest_table_and_column(desk: Desk) -> None:
    with pytest.raises(DeliveryError) as refusal:
        desk.load("contact.csv", "person_id,contact_date,outcom,decision_date\nc1,2017-01-03,nfa,\n")
    assert "the nearest is the local table contact" in str(refusal.value)
    assert "'outcom' (did you mean outcome?)" in str(refusal.value)


@pytest.mark.parametrize("again", ["outcome", "Outcome", "OUTCOME "])
def test_a_header_that_stands_twice_is_refused_by_name(desk: Desk, again: str) -> None:
    with pytest.raises(DeliveryError, match=f"the header '{again.strip()}' stands twice") as refusal:
        desk.load("contact.csv", f"person_id,contact_date,outcome,{again}\nc1,2017-01-03,nfa,referral\n")
    assert "take one of the two out" in refusal.value.remedy


def test_two_headers_for_one_column_are_refused_by_name(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="'fte_hundredths' stands twice: it names the same column as 'fte'"):
        desk.load("worker.csv", "worker_id,fte,fte_hundredths,start_date\n77,0.8,80,2016-01-01\n")


def test_full_time_equivalents_and_pounds_become_hundredths_and_pence(desk: Desk) -> None:
    desk.load("worker.csv", "worker_id,role,team_id,fte,start_date\n77,case_holder,t1,0.8,2016-01-01\n")
    desk.load(
        "establishment.csv",
        "month_end,team_id,role,establishment_fte,agency,sickness_days\n2017-01-31,t1,social_worker,12.5,2,7.25\n",
    )
    desk.load(
        "service_spend.csv", "month_end,area_id,service,kind,partner,amount_gbp\n2017-01-31,NE,mash,actual,,1200.50\n"
    )
    assert desk.rows("worker", "fte_hundredths") == [(80,)]
    assert desk.rows("establishment", "establishment_hundredths, agency_hundredths, sickness_days_hundredths") == [
        (1250, 200, 725)
    ]
    assert desk.rows("service_spend", "amount_pence") == [(120050,)]


def test_hundredths_themselves_must_be_whole(desk: Desk) -> None:
    report = desk.load("worker.csv", "worker_id,fte_hundredths,start_date\n77,80.5,2016-01-01\n")
    assert desk.rows("worker", "fte_hundredths") == [(None,)]
    assert "is not a whole number" in desk.ledger("changed", report)[0].what


def test_times_flags_and_pseudonyms(desk: Desk) -> None:
    desk.load(
        "mash_enquiry.csv",
        "enquiry_id,person_id,opened_on,opened_at,closed_at,rating\n"
        "e1,c1,2017-01-03,2017-01-03T09:05,03/01/2017 17:30:20,amber\n",
    )
    desk.load("visit.csv", "person_id,kind,visit_date,seen,worker_id\nc1,cp,2017-01-05,yes,SW123\n")
    assert desk.rows("mash_enquiry", "opened_at, closed_at") == [("2017-01-03 09:05:00", "2017-01-03 17:30:20")]
    ((seen, worker),) = desk.rows("visit", "seen, worker_id")
    assert seen == 1 and worker.startswith("w_")


def test_a_row_with_too_many_or_too_few_fields_goes_to_the_ledger_with_its_line(desk: Desk) -> None:
    report = desk.load(
        "contact.csv",
        "# synthetic: of no council\n" + CONTACTS + 'c1,2017-01-03,6,nfa,\nc2,2017-01-03,6\n"c3",2017-01-03,6,nfa,,,\n',
    )
    assert desk.rows("contact", "person_id") == [("c1",)]
    assert [(finding.row, finding.what) for finding in desk.ledger("rejected", report)] == [
        (4, "the row has 3 fields, the header 5"),
        (5, "the row has 7 fields, the header 5"),
    ]


def test_a_value_that_is_required_costs_the_row_and_another_is_set_aside(desk: Desk) -> None:
    report = desk.load("contact.csv", CONTACTS + "c1,2017-01-03,6,maybe,\nc2,31/02/2017,6,nfa,\n,2017-01-03,6,nfa,\n")
    assert desk.rows("contact", "person_id, outcome") == [("c1", None)]
    assert [finding.column for finding in desk.ledger("rejected", report)] == ["contact_date", "person_id"]
    assert [finding.value for finding in desk.ledger("changed", report)] == ["maybe"]
    count = report.units["contact.csv"]
    assert (count.read, count.kept, count.rejected) == (3, 1, 2)


def test_a_file_says_for_which_days_it_is_complete(desk: Desk) -> None:
    desk.load(
        "contact.csv", "# complete: 2012-04-01 to 2017-02-02\n# authority: 999\n" + CONTACTS + "c1,2017-01-03,6,nfa,\n"
    )
    assert desk.record.as_at().coverage("contact") == [(date(2012, 4, 1), date(2017, 2, 2))]
    assert desk.record.deliveries()[0].la_code == "999"


def test_without_that_the_months_that_have_an_event_are_covered_up_to_the_last(desk: Desk) -> None:
    desk.load("contact.csv", CONTACTS + "c1,2016-10-20,6,nfa,\nc1,2016-12-20,6,nfa,\nc1,2017-01-03,6,nfa,\n")
    # November may be a month without a record: it has no source, and is not nought.
    assert desk.record.as_at().coverage("contact") == [
        (date(2016, 10, 1), date(2016, 10, 31)),
        (date(2016, 12, 1), date(2017, 1, 3)),
    ]
    (told,) = (finding for finding in desk.ledger("noted") if "taken as complete for the 3 months" in finding.what)
    assert "# complete: 2016-10-01 to 2017-01-03" in told.remedy


@pytest.mark.parametrize(
    "line",
    [
        "# complete: 2017-01-01 to 2017-01-31,,,,",
        '"# complete: 01/01/2017 to 31/01/2017"',
        "#complete: 2017-01-01 to 2017-01-31",
    ],
)
def test_a_line_that_a_spreadsheet_has_saved_is_still_read(desk: Desk, line: str) -> None:
    desk.load("contact.csv", f"{line}\n{CONTACTS}c1,2017-01-03,6,nfa,\n")
    assert desk.record.as_at().coverage("contact") == [(date(2017, 1, 1), date(2017, 1, 31))]


@pytest.mark.parametrize("line", ["# complete", "# complete: January", "# complete: 2017-01-31 to 2017-01-01"])
def test_a_line_that_cannot_be_read_refuses_the_file(desk: Desk, line: str) -> None:
    with pytest.raises(DeliveryError, match="cannot be read"):
        desk.load("contact.csv", f"{line}\n{CONTACTS}c1,2017-01-03,6,nfa,\n")
    assert desk.record.deliveries() == []


PARTS = [
    ("contact_NE.csv", "c1,2017-01-03,6,nfa,\nc2,2017-01-20,6,nfa,\n"),
    ("contact_SW.csv", "c3,2017-01-09,6,nfa,\nc4,2017-01-25,6,nfa,\n"),
]


def test_two_part_files_add_up(desk: Desk) -> None:
    for name, rows in PARTS:
        desk.load(name, CONTACTS + rows)
    assert desk.rows("contact", "person_id") == [("c1",), ("c2",), ("c3",), ("c4",)]
    assert desk.record.as_at().coverage("contact") == [(date(2017, 1, 1), date(2017, 1, 25))]


def test_a_later_file_that_says_it_is_complete_withdraws_what_it_does_not_have(desk: Desk) -> None:
    (first, one), (second, other) = PARTS
    desk.load(first, CONTACTS + one)
    desk.load(second, "# complete: 2017-01-01 to 2017-01-19\n" + CONTACTS + other)
    assert desk.rows("contact", "person_id") == [("c2",), ("c3",), ("c4",)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", True), ("utf-16-le", True), ("cp1252", True)],
)
def test_encodings_and_delimiters(desk: Desk, encoding: str, told: bool, delimiter: str) -> None:
    text = "person_id,start_date,organisation\nc1,2017-01-03,Café – Zoë’s\n".replace(",", delimiter)
    report = desk.load("early_help_episode.csv", text.encode(encoding))
    assert desk.rows("early_help_episode", "organisation") == [("Café – Zoë’s",)]
    assert any(encoding[:6] in finding.what for finding in desk.ledger("noted", report)) is told


def test_a_field_may_hold_line_ends_and_rows_keep_their_line(desk: Desk) -> None:
    report = desk.load(
        "audit_action.csv",
        'action_id,audit_id,agreed_on,what\na1,u1,2017-01-03,"two\nlines"\na2,u1,,none\n',
    )
    assert desk.rows("audit_action", "what") == [("two lines",)]
    assert desk.ledger("rejected", report)[0].row == 4


def test_a_field_may_be_very_long(desk: Desk) -> None:
    words = "word " * 30_000
    desk.load("audit_action.csv", f'action_id,audit_id,agreed_on,what\na1,u1,2017-01-03,"{words}"\n')
    assert desk.rows("audit_action", "what") == [(words.strip(),)]


RECEIVED = [
    ("contact.csv", date(2017, 3, 3), date(2017, 3, 3), "--received"),
    ("contact_2017-02-03.csv", None, date(2017, 2, 3), "file's name"),
    ("contact_2017-08-02.csv", None, date(2017, 8, 1), "2017-08-02, as the file's name says, is still to come"),
    ("contact_2017-02-31.csv", None, date(2017, 8, 1), "the day it was loaded"),
]


def test_nothing_is_received_in_the_future(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="received in the future: 2 August 2017") as refusal:
        desk.load("contact.csv", CONTACTS + "c1,2017-01-03,6,nfa,\n", received=date(2017, 8, 2))
    assert "--received" in refusal.value.remedy and not desk.record.deliveries()


@pytest.mark.parametrize(("name", "given", "received", "why"), RECEIVED)
def test_the_day_received(desk: Desk, name: str, given: date | None, received: date, why: str) -> None:
    report = desk.load(name, CONTACTS + "c1,2017-01-03,6,nfa,\n", received=given)
    assert report.received_on == received
    assert any(why in finding.what for finding in desk.ledger("noted", report))
