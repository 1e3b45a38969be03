"""The census: what each element becomes, and that every element is kept or in the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from tests.sources.desk import TODAY, Desk, case, census, child

PLAN = "<CPPstartDate>2016-06-20</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"


def plan(reviews: str) -> str:
    return f"<ChildProtectionPlans>{PLAN}{reviews}</ChildProtectionPlans>"


def counts(desk: Desk) -> dict[str, tuple[int, int, int]]:
    """Units that were read at all -> read, kept, rejected."""
    units = desk.record.deliveries()[-1].units
    return {unit: (each.read, each.kept, each.rejected) for unit, each in units.items() if each.read}


def test_a_child_with_all_that_can_follow_a_referral(desk: Desk) -> None:
    desk.load(
        "cin.xml",
        census(
            child(
                case(
                    "<CINclosureDate>2016-12-01</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>",
                    "<Assessments><AssessmentActualStartDate>2016-05-05</AssessmentActualStartDate>"
                    "<AssessmentInternalReviewDate>2016-05-20</AssessmentInternalReviewDate>"
                    "<AssessmentAuthorisationDate>2016-06-15</AssessmentAuthorisationDate>"
                    "<FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors>"
                    "<AssessmentFactors>20</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>",
                    "<CINPlanDates><CINPlanStartDate>2016-06-16</CINPlanStartDate></CINPlanDates>",
                    "<Section47><S47ActualStartDate>2016-06-01</S47ActualStartDate>"
                    "<InitialCPCtarget>2016-06-22</InitialCPCtarget><DateOfInitialCPC>2016-06-20</DateOfInitialCPC>"
                    "<ICPCnotRequired>false</ICPCnotRequired></Section47>",
                    plan(
                        "<CPPendDate>2016-11-30</CPPendDate><LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>"
                        "<NumberOfPreviousCPP>1</NumberOfPreviousCPP>"
                        "<Reviews><CPPreviewDate>2016-09-12</CPPreviewDate></Reviews>"
                    ),
                ),
                about="<UPN>A123456789123</UPN><Sex>F</Sex>",
                more="<Disabilities><Disability>AUT</Disability><Disability>LD</Disability></Disabilities>",
            )
        ),
    )
    assert desk.rows("person") == [("a1", "F", "WBRI", "2010-05-04", None, None, 1, None, None)]
    assert desk.rows("person_disability") == [("a1", "AUT"), ("a1", "LD")]
    assert desk.rows("referral", "referral_date, source_code, primary_need_code, nfa, close_date, close_reason") == [
        ("2016-05-04", "6", "N1", 0, "2016-12-01", "RC7")
    ]
    assert desk.rows("assessment", "start_date, referral_date, internal_review_date, auth_date") == [
        ("2016-05-05", "2016-05-04", "2016-05-20", "2016-06-15")
    ]
    assert desk.rows("assessment_factor") == [("a1", "2016-05-05", "20"), ("a1", "2016-05-05", "3B")]
    assert desk.rows("cin_plan", "start_date, end_date, referral_date") == [("2016-06-16", None, "2016-05-04")]
    assert desk.rows("s47", "start_date, icpc_target, icpc_not_required") == [("2016-06-01", "2016-06-22", 0)]
    assert desk.rows("icpc", "icpc_date, s47_start_date, outcome_cp_plan") == [("2016-06-20", "2016-06-01", 1)]
    assert desk.rows("cp_plan", "start_date, end_date, initial_category, latest_category, previous_plans") == [
        ("2016-06-20", "2016-11-30", "NEG", "EMO", 1)
    ]
    assert desk.rows("cp_review", "plan_start_date, review_date") == [("2016-06-20", "2016-09-12")]
    assert not desk.ledger("rejected") and not desk.ledger("changed")


@pytest.mark.parametrize(
    "reviews",
    [
        "<Reviews><CPPreviewDate>2016-09-12</CPPreviewDate><CPPreviewDate>2017-02-01</CPPreviewDate></Reviews>",
        "<Reviews><CPPreviewDate>2016-09-12</CPPreviewDate></Reviews>"
        "<Reviews><CPPreviewDate>2017-02-01</CPPreviewDate></Reviews>",
        "<Reviews><Reviews><CPPreviewDate>2016-09-12</CPPreviewDate></Reviews>"
        "<CPPreviewDate>2017-02-01</CPPreviewDate></Reviews>",
        "<CPPreviewDate>2016-09-12</CPPreviewDate><CPPreviewDate>2017-02-01</CPPreviewDate>",
    ],
    ids=["many in one block", "one block each", "blocks within blocks", "no block"],
)
def test_every_review_date_is_kept_however_the_blocks_repeat(desk: Desk, reviews: str) -> None:
    desk.load("cin.xml", census(child(case(plan(reviews)))))
    assert [row[2] for row in desk.rows("cp_review")] == ["2016-09-12", "2017-02-01"]
    assert counts(desk)["CPPreviewDate"] == (2, 2, 0)


def test_order_namespaces_and_booleans_do_not_matter(desk: Desk) -> None:
    jumbled = (
        "<x:Child xmlns:x='urn:x'><x:CINdetails><x:Section47><x:ICPCnotRequired>true</x:ICPCnotRequired>"
        "<x:S47ActualStartDate>2016-06-01</x:S47ActualStartDate></x:Section47><x:ReferralNFA>1</x:ReferralNFA>"
        "<x:CINreferralDate>2016-05-04</x:CINreferralDate></x:CINdetails><x:ChildCharacteristics>"
        "<x:Disabilities><x:Disability>NONE</x:Disability></x:Disabilities></x:ChildCharacteristics>"
        "<x:ChildIdentifiers><x:GenderCurrent>2</x:GenderCurrent><x:LAchildID>a1</x:LAchildID></x:ChildIdentifiers>"
        "</x:Child>"
    )
    desk.load("cin.xml", census(jumbled))
    assert desk.rows("person", "person_id, sex, is_disabled") == [("a1", "F", 0)]
    assert desk.rows("referral", "referral_date, nfa") == [("2016-05-04", 1)]
    assert desk.rows("s47", "start_date, referral_date, icpc_not_required") == [("2016-06-01", "2016-05-04", 1)]


def test_an_unborn_child_has_an_expected_date_of_birth_and_no_other(desk: Desk) -> None:
    about = "<ExpectedPersonBirthDate>2017-05-01</ExpectedPersonBirthDate><Sex>U</Sex>"
    desk.load("cin.xml", census(child(case(), born="", about=about)))
    assert desk.rows("person", "sex, dob, expected_dob") == [("U", None, "2017-05-01")]


def test_stray_text_is_ignored_and_told(desk: Desk) -> None:
    about = "<UPNunknown>UN3</UPNunknown>PersonBirthDate\n<Sex>M</Sex>"
    desk.load("cin.xml", census(child(case(), about=about)))
    assert desk.rows("person", "sex, upn_unknown") == [("M", "UN3")]
    assert [(finding.what, finding.value) for finding in desk.ledger("changed")] == [
        ("stray text after 'UPNunknown' was ignored", "PersonBirthDate")
    ]


def test_stray_text_after_a_child_is_told_as_of_that_child(desk: Desk) -> None:
    desk.load("cin.xml", census(child(case()) + "loose", child(case(), identity="b2") + "words"))
    told = [(finding.person_id, finding.value) for finding in desk.ledger("changed")]
    assert told == [("a1", "loose"), ("b2", "words")]
    assert counts(desk)["Child"] == (2, 2, 0)


CONFERENCES = """
    on CINdetails   on Section47    conferences kept                                     rejected
    -               2016-06-20      2016-06-20 of the enquiry                            0
    2016-06-20      2016-06-20      2016-06-20 of the enquiry                            1
    2016-07-01      2016-06-20      2016-06-20 of the enquiry, 2016-07-01 of no enquiry  0
    2016-07-01      -               2016-07-01 of no enquiry                             0
"""


@pytest.mark.parametrize(
    ("on_case", "on_enquiry", "kept", "rejected"),
    [tuple(part.strip() for part in line.split("  ") if part.strip()) for line in CONFERENCES.strip().splitlines()[1:]],
)
def test_a_conference_given_twice_is_one_conference(
    desk: Desk, on_case: str, on_enquiry: str, kept: str, rejected: str
) -> None:
    def day(written: str) -> str:
        return "" if written == "-" else f"<DateOfInitialCPC>{written}</DateOfInitialCPC>"

    enquiry = f"<Section47><S47ActualStartDate>2016-06-01</S47ActualStartDate>{day(on_enquiry)}</Section47>"
    desk.load("cin.xml", census(child(case(day(on_case), enquiry))))
    said = [
        f"{held} of {'the enquiry' if start else 'no enquiry'}"
        for held, start in desk.rows("icpc", "icpc_date, s47_start_date")
    ]
    assert ", ".join(said) == kept
    assert len(desk.ledger("rejected")) == int(rejected)


def test_an_unknown_code_is_set_aside_and_named_and_the_row_is_kept(desk: Desk) -> None:
    about = "<Sex>1</Sex>"
    referral = case().replace("<PrimaryNeedCode>N1<", "<PrimaryNeedCode>N77<")
    desk.load("cin.xml", census(child(referral, about=about)))
    assert desk.rows("person", "person_id, sex") == [("a1", None)]
    assert desk.rows("referral", "primary_need_code") == [(None,)]
    assert [(finding.column, finding.value) for finding in desk.ledger("changed")] == [
        ("Sex", "1"),
        ("PrimaryNeedCode", "N77"),
    ]


def test_a_factor_that_is_nothing_but_an_unknown_code_is_rejected(desk: Desk) -> None:
    factors = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in ("99Z", "1A", "1A"))
    assessment = (
        "<Assessments><AssessmentActualStartDate>2016-05-05</AssessmentActualStartDate>"
        f"<FactorsIdentifiedAtAssessment>{factors}</FactorsIdentifiedAtAssessment></Assessments>"
    )
    desk.load("cin.xml", census(child(case(assessment))))
    assert desk.rows("assessment_factor", "factor_code") == [("1A",)]
    assert counts(desk)["AssessmentFactors"] == (3, 1, 2)
    assert "'99Z' is not a code of assessment factor" in desk.ledger("rejected")[0].what


def test_an_impossible_day_costs_the_row_only_where_the_row_is_nothing_without_it(desk: Desk) -> None:
    desk.load(
        "cin.xml",
        census(
            child(
                case("<CINclosureDate>2017-02-31</CINclosureDate>"),
                case(
                    "<Section47><S47ActualStartDate>2016-06-31</S47ActualStartDate></Section47>", referred="2017-02-29"
                ),
            )
        ),
    )
    assert desk.rows("referral", "referral_date, close_date") == [("2016-05-04", None)]
    assert counts(desk)["CINdetails"] == (2, 1, 1) and counts(desk)["Section47"] == (1, 0, 1)
    assert [finding.column for finding in desk.ledger("rejected")] == ["CINreferralDate", "S47ActualStartDate"]
    assert [finding.column for finding in desk.ledger("changed")] == ["CINclosureDate"]
    assert all(finding.row for finding in desk.ledger("rejected"))


def test_what_ends_before_it_begins_is_kept_as_delivered(desk: Desk) -> None:
    desk.load("cin.xml", census(child(case(plan("<CPPendDate>2016-06-01</CPPendDate>")))))
    assert desk.rows("cp_plan", "start_date, end_date") == [("2016-06-20", "2016-06-01")]


def test_a_child_without_an_id_takes_everything_within_it_into_the_ledger(desk: Desk) -> None:
    nobody = child(case(plan("<Reviews><CPPreviewDate>2016-09-12</CPPreviewDate></Reviews>"))).replace(
        "<LAchildID>a1</LAchildID>", ""
    )
    desk.load("cin.xml", census(nobody, child(case(), identity="b2")))
    assert desk.rows("person", "person_id") == [("b2",)]
    assert counts(desk) == {
        "Child": (2, 1, 1),
        "CINdetails": (2, 1, 1),
        "ChildProtectionPlans": (1, 0, 1),
        "CPPreviewDate": (1, 0, 1),
    }


def test_what_stands_in_no_child_is_counted_too(desk: Desk) -> None:
    desk.load("cin.xml", census(child(case()), extra=case("<Section47/>")))
    assert counts(desk)["CINdetails"] == (2, 1, 1) and counts(desk)["Section47"] == (1, 0, 1)


def test_pre_proceedings_of_the_returns_from_2027(desk: Desk) -> None:
    block = (
        "<PreProceedingsandFGDM><PPStartDate>2026-09-09</PPStartDate><LBPSentDate>2026-09-20</LBPSentDate>"
        "<FGDMMeetingOffer>1</FGDMMeetingOffer><ReviewMeetingsCount>3</ReviewMeetingsCount><PPOutcome>A</PPOutcome>"
        "</PreProceedingsandFGDM>"
    )
    desk.load("cin.xml", census(child(case(block)), reference="2027-03-31"))
    columns = "start_date, letter_sent_date, fgdm_offered, review_meetings, outcome"
    assert desk.rows("pre_proceedings", columns) == [("2026-09-09", "2026-09-20", 1, 3, "A")]


def test_the_return_is_complete_for_its_collection_year_whatever_its_year_element_says(desk: Desk) -> None:
    content = census(child(case()), reference="2022-03-31").replace("<Year>2022<", "<Year>2021<")
    desk.load("cin.xml", content, today=date(2022, 8, 1))
    snapshot = desk.record.as_at()
    assert snapshot.coverage("referral") == [(date(2021, 4, 1), date(2022, 3, 31))]
    assert snapshot.covers("cin_plan", date(2021, 4, 1), date(2022, 3, 31))  # asked for since 2021-22
    assert any("Year '2021'" in finding.what for finding in desk.ledger("noted"))
    delivery = desk.record.deliveries()[0]
    assert (delivery.la_code, delivery.reference_date, delivery.received_on) == (
        "999",
        date(2022, 3, 31),
        date(2022, 7, 3),
    )


def test_child_in_need_plans_were_not_asked_for_before_2021_22(desk: Desk) -> None:
    desk.load("cin.xml", census(child(case())))
    assert desk.record.as_at().coverage("cin_plan") == []


def test_a_return_made_in_the_future_is_received_today(desk: Desk) -> None:
    report = desk.load("cin.xml", census(child(case())).replace("2017-07-03T", "2071-07-03T"))
    assert report.received_on == TODAY
    assert any("2071-07-03, as its content says, is still to come" in each.what for each in desk.ledger("noted"))
