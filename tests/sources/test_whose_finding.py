"""The ledger knows which child an entry is about, and what kind of fault it is, for those who may see both."""

from __future__ import annotations

import pytest

from tests.sources.desk import Desk, case, census, child, workbook

FACTORS = (
    "<Assessments><AssessmentActualStartDate>2016-05-05</AssessmentActualStartDate><FactorsIdentifiedAtAssessment>"
    "<AssessmentFactors>99Z</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>"
)


def test_a_census_names_the_child_of_each_entry(desk: Desk) -> None:
    desk.load(
        "cin.xml",
        census(
            child(case(FACTORS), identity="a1", about="<Sex>Q</Sex>"),
            child(case(referred="2016-02-31"), identity="b2"),
            child(case(), identity="c3") + "loose",
            child(case(), identity=""),
        ),
    )
    told = {(each.unit, each.kind, each.person_id) for each in desk.ledger("rejected") + desk.ledger("changed")}
    assert told == {
        ("Child", "unknown_code", "a1"),
        ("AssessmentFactors", "unknown_code", "a1"),
        ("CINdetails", "unreadable", "b2"),
        ("Child", "misplaced", "c3"),
        ("Child", "missing", None),
        ("CINdetails", "misplaced", None),
    }


def test_annex_a_names_the_child_of_each_entry(desk: Desk) -> None:
    header: list[object] = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
    header += ["Date of Contact", "Contact Source"]
    rows: list[list[object]] = [
        header,
        ["a1", "a) Male", "a) WBRI", "01/02/2010", 6, "03/01/2017", "q) 6: Police"],
        ["b2", "z) Elephant", "a) WBRI", "01/02/2010", 6, "03/01/2017", "q) 6: Police"],
        ["c3", "a) Male", "a) WBRI", "01/02/2010", 6, "", "q) 6: Police"],
    ]
    path = workbook(desk.folder / "annex_a_2017-01-04.xlsx", {"List 1": rows})
    desk.load(path.name)
    told = {(each.severity, each.kind, each.person_id) for each in desk.ledger("rejected") + desk.ledger("changed")}
    assert told == {("changed", "unknown_code", "b2"), ("rejected", "missing", "c3")}


def test_a_local_table_names_the_child_of_each_entry(desk: Desk) -> None:
    desk.load("contact.csv", "person_id,contact_date,source_code\na1,2017-01-03,6\nb2,x,6\nc3,2017-01-04,77\n")
    told = {(each.severity, each.kind, each.person_id) for each in desk.ledger("rejected") + desk.ledger("changed")}
    assert told == {("rejected", "unreadable", "b2"), ("changed", "unknown_code", "c3")}


@pytest.mark.parametrize("severity", ["rejected", "changed"])
def test_no_entry_shows_a_child_in_words(desk: Desk, severity: str) -> None:
    desk.load("contact.csv", "person_id,contact_date,source_code\nsecret1,x,6\nsecret2,2017-01-04,77\n")
    assert not any("secret" in each.in_words() for each in desk.ledger(severity))
