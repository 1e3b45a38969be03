"""The Annex A workbook: where its lists are found, how its cells are read, and what each list feeds."""

# ruff: noqa: E501  the headers are Ofsted's, and as long as Ofsted makes them

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from compendium.errors import DeliveryError
from compendium.record.deliveries import Record
from compendium.sources.load import LoadReport
from tests.sources.desk import Desk, workbook

CHILD = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
WHO = ["c1", "b) Female", "a) WBRI", date(2010, 5, 4), 6]
CONTACTS = [*CHILD, "Date of Contact", "Contact Source"]
REFERRALS = [
    *CHILD, "Date of referral", "Referral Source", "Referral NFA?", "Number of Referrals in Last 12 Months",
    "Allocated Team", "Allocated Worker",
]  # fmt: skip
NAME = "annex_a_2017-02-03.xlsx"
EXTRACT = "2017-02-03"

Rows = Sequence[Sequence[Any]]


def deliver(desk: Desk, name: str = NAME, **sheets: Rows) -> LoadReport:
    """Loads a workbook; List_1=[...] is the sheet 'List 1'."""
    workbook(desk.folder / name, {sheet.replace("_", " "): rows for sheet, rows in sheets.items()})
    return desk.load(name)


def contact(day: Any = date(2017, 1, 9), source: Any = "q) 6: Police", who: Sequence[Any] = WHO) -> list[Any]:
    return [*who, day, source]


@pytest.mark.parametrize("sheet", ["List 1", "List_1", "List1", "LIST 01", "List 1 - Contacts", "list-1"])
def test_a_list_is_known_by_its_sheets_name_however_written(desk: Desk, sheet: str) -> None:
    workbook(desk.folder / NAME, {"Front_Sheet": [["Ofsted"]], sheet: [CONTACTS, contact()]})
    desk.load(NAME)
    assert desk.rows("contact", "person_id, contact_date, source_code") == [("c1", "2017-01-09", "6")]


def test_list_10_is_not_taken_for_list_1(desk: Desk) -> None:
    header = [
        "Child Unique ID",
        "Family identifier",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Date the Child Entered Care",
    ]
    deliver(desk, List_10=[header, ["c1", "f1", "a) Male", "a) WBRI", date(2010, 5, 4), date(2016, 1, 5)]])
    assert desk.rows("adoption", "person_id, entered_care, family_id") == [("c1", "2016-01-05", "f1")]
    assert desk.rows("contact") == []


def test_a_sheet_of_another_name_is_known_by_its_headers(desk: Desk) -> None:
    workbook(desk.folder / NAME, {"Contacts in period": [CONTACTS, contact()], "Codes": [CHILD]})
    desk.load(NAME)
    assert len(desk.rows("contact")) == 1


def test_the_header_is_found_below_titles_and_rows_are_counted_from_the_sheets_top(desk: Desk) -> None:
    report = deliver(desk, List_1=[["List 1: Contacts"], [], CONTACTS, contact(), contact(day="31/02/2017")])
    assert len(desk.rows("contact")) == 1
    assert [(finding.sheet, finding.row) for finding in desk.ledger("rejected", report)] == [("List 1", 5)]


def test_a_workbook_with_two_header_rows_is_read_from_the_first_and_the_second_is_no_row_of_data(desk: Desk) -> None:
    report = deliver(desk, List_1=[CONTACTS, CONTACTS, contact()])
    assert len(desk.rows("contact")) == 1
    count = report.units["List 1: Contacts"]
    assert (count.read, count.kept, count.rejected) == (2, 1, 1)
    assert desk.ledger("rejected", report)[0].what == "it repeats the header row"


HEADERS = [
    [header.upper() for header in CONTACTS],
    [f" {header} " for header in CONTACTS],
    ["ChildUniqueID", "Gender", "Ethnicity", "DateOfBirth", "Age", "DateOfContact", "ContactSource"],
    [header + "?" for header in CONTACTS],
]


@pytest.mark.parametrize(
    "header", HEADERS, ids=["capitals", "spaces", "export of the safeguarding dataset", "punctuation"]
)
def test_headers_are_compared_by_letters_and_digits(desk: Desk, header: list[str]) -> None:
    deliver(desk, List_1=[header, contact()])
    assert len(desk.rows("contact")) == 1


def test_a_column_that_is_not_known_is_named_with_the_nearest(desk: Desk) -> None:
    deliver(desk, List_1=[[*CONTACTS[:-1], "Contact Sauce"], contact()])
    noted = [finding.in_words() for finding in desk.ledger("noted")]
    assert any("'Contact Sauce' is not known" in each and "did you mean 'Contact Source'?" in each for each in noted)
    assert desk.rows("contact", "contact_date, source_code") == [("2017-01-09", None)]


DAYS: list[tuple[Any, str | None, str]] = [
    (date(2017, 1, 9), "2017-01-09", ""),
    ("09/01/2017", "2017-01-09", ""),
    ("2017-01-09", "2017-01-09", ""),
    ("2017-01-09 00:00:00", "2017-01-09", ""),
    ("9 January 2017", "2017-01-09", ""),
    (42744, "2017-01-09", "changed"),
    ("42744", "2017-01-09", "changed"),
    ("31/02/2017", None, "rejected"),
    ("soon", None, "rejected"),
    ("", None, "rejected"),
    ("#N/A", None, "rejected"),
    (3, None, "rejected"),
]


@pytest.mark.parametrize(("written", "read", "told"), DAYS, ids=[str(each[0]) for each in DAYS])
def test_days(desk: Desk, written: Any, read: str | None, told: str) -> None:
    report = deliver(desk, List_1=[CONTACTS, contact(day=written), contact(who=["c2", *WHO[1:]])])
    found = desk.rows("contact", "contact_date")
    assert found == sorted([("2017-01-09",)] + ([(read,)] if read else []))
    assert [finding.severity for finding in report.findings if finding.severity != "noted"] == [told] * bool(told)


CODES: list[tuple[Any, str | None]] = [
    ("q) 6: Police", "6"), ("p1) 5D: LA services", "5D"), ("POLICE", "6"), ("School", "2A"), (6, "6"), ("10", "10"),
    ("u) 10: Unknown", "10"), ("1a", "1A"), ("Health", None), ("z) 99: Elsewhere", None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "read"), CODES)
def test_codes_are_read_past_their_letter_and_an_unknown_one_is_set_aside(
    desk: Desk, written: Any, read: str | None
) -> None:
    report = deliver(desk, List_1=[CONTACTS, contact(source=written)])
    assert desk.rows("contact", "source_code") == [(read,)]
    assert [finding.value for finding in desk.ledger("changed", report)] == ([] if read else [str(written)])


@pytest.mark.parametrize(
    ("number", "gender", "sex"),
    [
        (1, "c) Not stated/recorded", "U"),
        (1, "d) Neither", "U"),
        (11, "c) Neither", "U"),
        (11, "d) Not stated/recorded", "U"),
        (1, "a) Male", "M"),
        (11, "b) Female", "F"),
    ],
)
def test_gender_is_read_by_its_words_for_list_11_gives_its_letters_otherwise(
    desk: Desk, number: int, gender: str, sex: str
) -> None:
    if number == 1:
        deliver(desk, List_1=[CONTACTS, contact(who=["c1", gender, *WHO[2:]])])
        assert desk.rows("person", "sex") == [(sex,)]
    else:
        header = [
            "Individual adopter identifier",
            "Family identifier",
            "Gender",
            "Ethnicity",
            "Disability",
            "Date enquiry received",
        ]
        deliver(desk, List_11=[header, ["a1", "f1", gender, "a) WBRI", "b) No", date(2016, 3, 1)]])
        assert desk.rows("adopter", "sex") == [(sex,)]


IDS = [(1001.0, "1001", 0), (" c1", "c1", 1), ("c1\u00a0", "c1", 1), ("c 1", "c 1", 1), ("0012", "0012", 0)]


@pytest.mark.parametrize(("written", "read", "told"), IDS)
def test_a_child_id_with_spaces(desk: Desk, written: Any, read: str, told: int) -> None:
    report = deliver(desk, List_1=[CONTACTS, contact(who=[written, *WHO[1:]])])
    assert desk.rows("contact", "person_id") == [(read,)]
    assert len(desk.ledger("changed", report)) == told
    assert all(read not in finding.in_words() for finding in desk.ledger("changed", report))


UNBORN = """
    born         age   sex                     of birth     expected
    2017-03-01   -1    c) Not stated/recorded  -            2017-03-01
    2017-03-01   -     a) Male                 -            2017-03-01
    2017-01-20   0     a) Male                 2017-01-20   -
    2017-01-20   -     a) Male                 -            2017-01-20
    2017-01-20   0     c) Not stated/recorded  -            2017-01-20
    2010-05-04   6.8   a) Male                 2010-05-04   -
    -            -1    c) Not stated/recorded  -            -
"""


@pytest.mark.parametrize(
    ("born", "age", "gender", "dob", "expected"),
    [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in UNBORN.strip().splitlines()[1:]],
)
def test_a_birth_still_to_come_is_an_expected_one(
    desk: Desk, born: str, age: str, gender: str, dob: str, expected: str
) -> None:
    birth = None if born == "-" else date.fromisoformat(born)
    deliver(desk, List_1=[CONTACTS, contact(who=["c1", gender, "a) WBRI", birth, None if age == "-" else float(age)])])
    assert desk.rows("person", "dob, expected_dob") == [
        (None if dob == "-" else dob, None if expected == "-" else expected)
    ]


def test_a_referral_of_list_3_and_its_case_in_list_6_are_one_referral(desk: Desk) -> None:
    deliver(
        desk,
        List_3=[REFERRALS, [*WHO, date(2017, 1, 9), "e) 2A: Schools", "b) No", 2, "Assessment 1", "A.\u00a0One"]],
        List_6=[
            [*CHILD, "Does the Child have a Disability", "CIN Start Date", "Primary Need Code", "CIN Closure Date",
             "Reason for Closure", "Case Status", "Allocated Team", "Allocated Worker"],
            [*WHO, "a) Yes", date(2017, 1, 9), "N1 - Abuse or neglect", None, None, "c) Child in need plan", "Support 2", "B. Two"],
        ],
    )  # fmt: skip
    columns = "referral_date, source_code, primary_need_code, nfa, case_status, team_id, reported_referrals_12m"
    assert desk.rows("referral", columns) == [("2017-01-09", "2A", "N1", 0, "Child in need plan", "Assessment 1", 2)]
    assert desk.rows("person", "person_id, is_disabled") == [("c1", 1)]
    ((child, as_at, team, worker),) = desk.rows("allocation_seen")
    assert (child, as_at, team) == ("c1", EXTRACT, "Support 2") and worker.startswith("w_")


def test_a_closed_case_is_held_by_nobody(desk: Desk) -> None:
    header = [*CHILD, "CIN Start Date", "CIN Closure Date", "Reason for Closure", "Allocated Team", "Allocated Worker"]
    rows = [[*WHO, date(2016, 9, 1), date(2017, 1, 2), "RC8 - Case closed after assessment", "Support 2", "B. Two"]]
    deliver(desk, List_6=[header, *rows])
    assert desk.rows("referral", "close_date, close_reason") == [("2017-01-02", "RC8")]
    assert desk.rows("allocation_seen") == []


def test_list_4_and_list_5(desk: Desk) -> None:
    yes, no = "a) Yes", "b) No"
    deliver(
        desk,
        List_4=[
            [*CHILD, "Continuous Assessment Start Date", "Child Seen During Continuous Assessment",
             "Continuous Assessment Date of Authorisation",
             "Was the child assessed as requiring LA children’s social care support", "Allocated Team"],
            [*WHO, date(2016, 12, 1), yes, date(2017, 1, 20), no, "Assessment 1"],
        ],
        List_5=[
            [*CHILD, "Strategy discussion initiating Section 47 Enquiry Start Date",
             "Was an Initial Child Protection Conference deemed unnecessary?", "Date of Initial Child Protection Conference",
             "Did the Initial Child Protection Conference Result in a Child Protection Plan",
             "Number of Section 47 Enquiries in the last 12 months", "Allocated Team"],
            [*WHO, date(2016, 12, 5), no, date(2016, 12, 20), yes, 0, "Assessment 1"],
            ["c2", *WHO[1:], date(2016, 12, 6), yes, "#N/A", None, 1, "Assessment 1"],
            ["c3", *WHO[1:], None, None, date(2016, 12, 21), yes, 0, "Assessment 1"],
        ],
    )  # fmt: skip
    assert desk.rows("assessment", "start_date, auth_date, child_seen, needs_support, team_id") == [
        ("2016-12-01", "2017-01-20", 1, 0, "Assessment 1")
    ]
    assert desk.rows("s47", "person_id, start_date, icpc_not_required, reported_s47_12m") == [
        ("c1", "2016-12-05", 0, 0),
        ("c2", "2016-12-06", 1, 1),
    ]
    assert desk.rows("icpc", "person_id, icpc_date, s47_start_date, outcome_cp_plan") == [
        ("c1", "2016-12-20", "2016-12-05", 1),
        ("c3", "2016-12-21", None, 1),
    ]


def test_list_7_gives_a_plan_its_last_visit_and_its_latest_review(desk: Desk) -> None:
    header = [
        *CHILD, "Child Protection Plan Start Date", "Initial Category of Abuse", "Latest Category of Abuse",
        "Date of the Last Statutory Visit", "Was the Child Seen Alone?", "Date of latest review conference",
        "Child Protection Plan End Date", "Number of Previous Child Protection Plans", "Allocated Team", "Allocated Worker",
    ]  # fmt: skip
    plan = [*WHO, date(2016, 9, 1), "a) Neglect", "e) Multiple/not recommended", date(2017, 1, 30), "a) Yes"]
    deliver(desk, List_7=[header, [*plan, date(2016, 11, 25), None, 0.0, "Support 2", "B. Two"]])
    assert desk.rows("cp_plan", "start_date, end_date, initial_category, latest_category, previous_plans, team_id") == [
        ("2016-09-01", None, "NEG", "MUL", 0, "Support 2")
    ]
    assert desk.rows("visit", "kind, visit_date, seen, seen_alone") == [("cp", "2017-01-30", 1, 1)]
    assert desk.rows("cp_review", "plan_start_date, review_date") == [("2016-09-01", "2016-11-25")]


def test_list_8_gives_a_period_a_placement_a_review_and_a_visit_and_no_postcode(desk: Desk) -> None:
    header = [
        *CHILD, "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))", "Date Started to be Looked After",
        "Child's Category of Need", "Start date of current legal status", "Child's Legal Status",
        "Date of Latest Statutory Review", "Date of Last Social Work Visit", "What is the permanence plan for this child?",
        "Number of Placements in the Last 12 months", "Date Ceased to be Looked After ", "Reason Ceased to be Looked After",
        "Start Date of Most Recent Placement", "Placement Type", "Placement Provider", "Placement postcode",
        "Placement Location", "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
    ]  # fmt: skip
    row = [
        *WHO, "b) No", date(2015, 3, 1), "N1 - Abuse or neglect", date(2015, 9, 1), "C2: FCO", date(2016, 12, 1),
        date(2017, 1, 11), "f) Long-term fostering", 2, date(2017, 1, 31), "k) E47: Special Guardianship Orders",
        date(2016, 5, 1), "f) U6: Foster placement - not FFA", "e) PR4 - Private provision", "ZZ9 9ZZ", "b) Out", 3,
    ]  # fmt: skip
    deliver(desk, List_8=[header, row])
    columns = (
        "start_date, end_date, end_reason, need_code, legal_status, permanence_plan, is_uasc, reported_missing_12m"
    )
    assert desk.rows("lac_period", columns) == [
        ("2015-03-01", "2017-01-31", "E47", "N1", "C2", "Long-term fostering", 0, 3)
    ]
    assert desk.rows("placement", "start_date, type, provider, location") == [("2016-05-01", "U6", "PR4", "outside")]
    assert desk.rows("lac_review", "review_date") == [("2016-12-01",)]
    assert desk.rows("visit", "kind, visit_date, seen") == [("lac", "2017-01-11", None)]


def test_each_list_of_children_in_care_adds_its_latest_checks_to_those_told_before(desk: Desk) -> None:
    header = [
        *CHILD, "Date Started to be Looked After", "Child's Legal Status", "Date of Last Health Assessment",
        "Date of Last Dental Check",
    ]  # fmt: skip
    deliver(desk, List_8=[header, [*WHO, date(2015, 3, 1), "C2", date(2016, 6, 1), date(2016, 5, 4)]])
    again = [*WHO, date(2015, 3, 1), "C2", date(2016, 12, 1), date(2016, 5, 4)]
    deliver(desk, "annex_a_2017-03-03.xlsx", List_8=[header, again])
    assert desk.rows("health_check", "kind, check_date") == [
        ("dental", "2016-05-04"), ("review", "2016-06-01"), ("review", "2016-12-01"),
    ]  # fmt: skip
    known = desk.record.as_at()
    assert known.covers("health_check", date(2017, 2, 28), date(2017, 2, 28), "check_date", "latest")
    assert not known.covers("health_check", date(2016, 11, 30), date(2016, 11, 30), "check_date", "latest")
    assert not known.covers("health_check", date(2017, 2, 1), date(2017, 2, 28), "check_date", "events")


LEAVERS = """
    in touch   accommodation            suitability    in touch  exclusion      letter  suitable  beyond it
    a) Yes     U: Independent living    a) Suitable    1         -              U       1         -
    b) No      R: Residence not known   -              0         -              R       -         residence_unknown
    c) Died    -                        -              -         died           -       -         -
    d) Refu    Y: Other accommodation   b) Unsuitable  0         -              Y       0         -
    e) NREQ    G: Abroad                -              0         -              G       -         abroad
    f) Rhom    B: Parents/relatives     a) Suitable    -         returned_home  B       1         -
"""


@pytest.mark.parametrize(
    "drawn",
    [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in LEAVERS.strip().splitlines()[1:]],
    ids=lambda drawn: drawn[0],
)
def test_list_9_says_what_is_known_of_a_care_leaver_on_the_day(desk: Desk, drawn: list[str]) -> None:
    header = [
        *CHILD,
        "Eligibility Category",
        "LA In Touch ",
        "Type of Accommodation",
        "Suitability of Accommodation",
        "Activity Status",
    ]
    cells = [None if cell == "-" else cell for cell in drawn]
    deliver(
        desk,
        List_9=[header, [*WHO, "b) Former relevant child", *cells[:3], "G5: Not in education, employment or training"]],
    )
    columns = "as_at, eligibility, activity, in_touch, exclusion, accommodation, is_suitable, accommodation_exclusion"
    ((as_at, eligibility, activity, *found),) = desk.rows("care_leaver_status", columns)
    assert (as_at, eligibility, activity) == (EXTRACT, "former_relevant", "G5")
    assert ["-" if each is None else str(each) for each in found] == drawn[3:]


def test_no_name_of_a_worker_reaches_the_record(desk: Desk) -> None:
    header = [
        *CHILD,
        "Eligibility Category",
        "LA in Touch",
        "Allocated Team",
        "Allocated Worker",
        "Allocated Personal Advisor",
    ]
    deliver(
        desk,
        List_9=[header, [*WHO, "b) Former relevant child", "a) Yes", "Leaving Care", "Wendy Worker", "Percy Adviser"]],
    )
    assert all(b"Percy" not in content and b"Wendy" not in content for content in desk.files().values())
    ((worker,),) = desk.rows("care_leaver_status", "worker_id")
    assert worker.startswith("w_")


def test_the_lists_are_trusted_for_six_months_and_list_9_for_its_day(desk: Desk) -> None:
    leavers: Rows = [[*CHILD, "Eligibility Category", "LA in Touch"], [*WHO, "a) Relevant child", "a) Yes"]]
    deliver(desk, List_1=[CONTACTS, contact()], List_3=[REFERRALS], List_9=leavers)
    snapshot = desk.record.as_at()
    assert snapshot.coverage("contact") == [(date(2016, 8, 3), date(2017, 2, 3))]
    assert snapshot.coverage("care_leaver_status") == [(date(2017, 2, 3), date(2017, 2, 3))]
    assert snapshot.coverage("referral") == []  # an empty list does not say that nothing happened


def test_a_workbook_whose_lists_have_no_row_is_empty(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="none of its lists has a row"):
        deliver(desk, List_1=[CONTACTS], List_3=[REFERRALS])
    assert desk.record.deliveries() == []


def test_a_workbook_whose_name_has_a_day_to_come_is_not_dated_by_it(desk: Desk) -> None:
    report = deliver(desk, name="annex_a_2071-02-03.xlsx", List_1=[CONTACTS, contact(day=date(2017, 7, 20))])
    assert report.received_on == desk.record.deliveries()[0].extracted_on == date(2017, 8, 1)  # today


def test_without_a_date_in_its_name_a_stale_workbook_is_dated_by_what_is_newest_in_it(desk: Desk) -> None:
    report = deliver(desk, name="annex.xlsx", List_1=[CONTACTS, contact(), contact(day=date(2016, 11, 1))])
    assert report.received_on == date(2017, 8, 1)  # today
    assert desk.record.deliveries()[0].extracted_on == date(2017, 1, 9)
    assert any("extracted on 2017-01-09" in finding.what for finding in desk.ledger("noted", report))


def test_a_later_list_without_an_event_withdraws_it(desk: Desk) -> None:
    deliver(desk, List_1=[CONTACTS, contact(), contact(who=["c2", *WHO[1:]])])
    deliver(desk, name="annex_a_2017-03-03.xlsx", List_1=[CONTACTS, contact()])
    assert desk.rows("contact", "person_id") == [("c1",)]
    assert desk.rows("contact", "person_id", as_at=date(2017, 2, 3)) == [("c1",), ("c2",)]
    assert isinstance(desk.record, Record)


def test_a_row_whose_day_cannot_be_read_withdraws_nothing_of_its_child(desk: Desk) -> None:
    deliver(desk, List_1=[CONTACTS, contact(), *(contact(who=[each, *WHO[1:]]) for each in ("c2", "c3"))])
    odd = contact(day="09/01/20177", who=["c2", *WHO[1:]])
    deliver(desk, name="annex_a_2017-03-03.xlsx", List_1=[CONTACTS, contact(), odd])
    assert desk.rows("contact", "person_id") == [("c1",), ("c2",)]


@pytest.mark.parametrize(("child", "stand"), [("c2", ["c1", "c2"]), (None, ["c1", "c2", "c3"])])
def test_a_plan_whose_start_cannot_be_read_a_month_later_is_open_still(
    desk: Desk, child: str | None, stand: list[str]
) -> None:
    """c3's is not listed again, so it never was; where a row does not say whose it is, it may be hers."""
    header = [*CHILD, "Child Protection Plan Start Date", "Child Protection Plan End Date"]
    plans = [[each, *WHO[1:], date(2016, 10, 3), None] for each in ("c1", "c2", "c3")]
    deliver(desk, List_7=[header, *plans])
    odd = [child, *WHO[1:], "03/10/20166", None]
    deliver(desk, name="annex_a_2017-03-03.xlsx", List_7=[header, plans[0], odd])
    assert desk.rows("cp_plan", "person_id, end_date") == [(each, None) for each in stand]


def test_a_conference_whose_day_cannot_be_read_beside_its_enquiry_is_not_withdrawn(desk: Desk) -> None:
    """The row is kept for the enquiry, and its conference set aside."""
    header = [*CHILD, "Strategy discussion initiating Section 47 Enquiry Start Date",
              "Date of Initial Child Protection Conference"]  # fmt: skip
    held = [[each, *WHO[1:], date(2016, 12, 5), date(2016, 12, 20)] for each in ("c1", "c2", "c3")]
    deliver(desk, List_5=[header, *held])
    odd = [[*held[1][:-1], "20/12/20166"], [*held[2][:-1], None]]
    deliver(desk, name="annex_a_2017-03-03.xlsx", List_5=[header, held[0], *odd])
    assert desk.rows("icpc", "person_id") == [("c1",), ("c2",)]
    assert len(desk.rows("s47")) == 3
