"""Words about a child, wherever they were typed, are in no message: not in the ledger's own words, not on a screen."""

from __future__ import annotations

import json
import re

import pytest

from compendium.commands.load import describe
from compendium.errors import DeliveryError
from compendium.record.codes import codes
from compendium.record.tables import TABLES, Column, Table
from compendium.sources.annex_a_lists import LISTS, ListColumn
from compendium.sources.cin_elements import UNITS, leaf_readings
from compendium.sources.load import LoadReport
from tests.sources.desk import Desk, census, workbook

PLANTED = [
    "Jane Smithson disclosed bruising at Acacia Avenue",
    "5 Marchbank 2105",  # nearly a date
    "N1 Smithson, of Acacia Avenue",  # nearly a code
    "Smithson" * 9,
]
WORDS = re.compile("jane|smithson|disclosed|bruising|acacia|avenue|marchbank", re.IGNORECASE)


def check(report: LoadReport) -> None:
    said = [describe(report), json.dumps(report.as_json())]
    said += [f"{finding.what} {finding.remedy} {finding.in_words()}" for finding in report.findings]
    assert [each for each in said if WORDS.search(each)] == []
    assert any(finding.severity != "noted" for finding in report.findings), "nothing was told: nothing was tried"


PROPER = {
    "date": "2017-01-03", "timestamp": "2017-01-03 09:00", "integer": "1", "flag": "1", "pence": "1",
    "hundredths": "1", "day": "2017-01-03", "birth": "2010-05-04", "id": "c1", "whole": "1", "age": "6",
}  # fmt: skip


def proper(column: Column | ListColumn) -> str:
    kind = column.type if isinstance(column, Column) else column.kind
    return next(iter(codes(kind.removeprefix("code:")))) if kind.startswith("code:") else PROPER.get(kind, "words")


def spoilt(columns: tuple[Column, ...] | tuple[ListColumn, ...], planted: str) -> list[list[str]]:
    """A row for each column: proper but for the words in that column."""
    row = [proper(column) for column in columns]
    return [[planted if place == at else cell for place, cell in enumerate(row)] for at in range(len(row))]


@pytest.mark.parametrize("planted", PLANTED)
def test_a_local_table(desk: Desk, planted: str) -> None:
    for table in TABLES.values():
        if not _only_words(table):
            lines = [table.column_names, *spoilt(table.columns, planted), [planted] * 99]
            text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
            check(desk.load(f"{table.name}.csv", f"# {planted}\n{text}\n"))
            with pytest.raises(DeliveryError) as refusal:
                desk.load(f"{table.name}.csv", f"# complete: {planted}\n{text}\n")
            assert not WORDS.search(str(refusal.value))


@pytest.mark.parametrize("planted", ["AMY", "Li", "4711", "QUUX", "O'Dea", "731984", "Ng7"])
def test_a_short_name_or_id_in_a_column_that_has_shifted(desk: Desk, planted: str) -> None:
    columns = "person_id,contact_date,source_code,outcome,decision_date"
    proper = ["c1", "2017-01-03", "1A", "nfa", "2017-01-03"]
    rows = [",".join(planted if at == wrong else cell for at, cell in enumerate(proper)) for wrong in range(1, 5)]
    report = desk.load("contact.csv", "\n".join([columns, *rows]))
    said = [describe(report), json.dumps(report.as_json()), *(finding.in_words() for finding in report.findings)]
    assert [each for each in said if re.search(rf"\b{re.escape(planted)}\b", each)] == []
    assert sum(finding.column is not None for finding in report.findings) == 4


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("9Z", "'9Z' is not a code of referral source"),  # of the form of its codes
        ("WBRI", "'WBRI' is not a code of referral source"),  # a code of another set
        ("2017-01-03", "'2017-01-03' is not a code of referral source"),  # a day
        ("AMYS", "what stands there (4 letters) is not a code of referral source"),
        ("4711", "what stands there (4 digits) is not a code of referral source"),
        ("c-17", "what stands there (4 letters, digits and signs) is not a code of referral source"),
    ],
)
def test_what_is_no_code_is_shown_where_it_cannot_be_a_name_or_id(desk: Desk, cell: str, told: str) -> None:
    report = desk.load("contact.csv", f"person_id,contact_date,source_code\nc1,2017-01-03,{cell}\n")
    (finding,) = [each for each in report.findings if each.column == "source_code"]
    assert finding.what.startswith(told)


def _only_words(table: Table) -> bool:
    return all(column.type in ("text", "team", "worker") for column in table.columns)


@pytest.mark.parametrize("planted", PLANTED)
def test_every_list_of_annex_a(desk: Desk, planted: str) -> None:
    sheets = {}
    for shape in LISTS:
        header = [column.headers[0] for column in shape.columns]
        rows = [[*row, "words"] for row in spoilt(shape.columns, planted)]
        sheets[f"List {shape.number}"] = [[planted], [*header, planted], *rows]
    workbook(desk.folder / "annex_a_2017-02-03.xlsx", sheets)
    check(desk.load("annex_a_2017-02-03.xlsx"))


BLOCKS = """
    <Disabilities><Disability>AUT</Disability></Disabilities>
    <Assessments><AssessmentActualStartDate>2016-05-05</AssessmentActualStartDate><FactorsIdentifiedAtAssessment>
      <AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
    <Section47><S47ActualStartDate>2016-06-01</S47ActualStartDate><DateOfInitialCPC>2016-06-20</DateOfInitialCPC></Section47>
    <CINPlanDates><CINPlanStartDate>2016-06-20</CINPlanStartDate></CINPlanDates>
    <ChildProtectionPlans><CPPstartDate>2016-06-20</CPPstartDate>
      <Reviews><CPPreviewDate>2016-09-12</CPPreviewDate></Reviews></ChildProtectionPlans>
    <PreProceedingsandFGDM><PPStartDate>2016-06-20</PPStartDate></PreProceedingsandFGDM>
    <Unheard>of</Unheard>
"""


@pytest.mark.parametrize("planted", PLANTED)
def test_every_element_of_a_census(desk: Desk, planted: str) -> None:
    """One child for each element: its text is the words; another for the words after it."""
    leaves = "".join(f"<{name}>1</{name}>" for name in leaf_readings() if name not in ("LAchildID", "CINreferralDate"))
    case = f"<CINdetails><CINreferralDate>2016-05-04</CINreferralDate>{leaves}{BLOCKS}</CINdetails>"
    whole = f"<Child><ChildIdentifiers><LAchildID>c1</LAchildID></ChildIdentifiers>{BLOCKS}{case}</Child>"
    opened, closed = list(re.finditer(r"<(\w+)>", whole)), list(re.finditer(r"</(\w+)>", whole))
    assert {found[1] for found in opened} >= {*UNITS, *leaf_readings()}
    children = []
    for found in opened:
        rest = re.sub(r"^[^<]*", "", whole[found.end() :])
        children.append(whole[: found.end()] + planted + rest)
    children += [whole[: found.end()] + planted + whole[found.end() :] for found in closed]
    strange = re.sub(r"\W", "", planted) * 4
    children.append(whole.replace("Unheard", f"Q{strange}"))
    check(desk.load("cin.xml", census(*children)))


@pytest.mark.parametrize("planted", PLANTED)
def test_a_header_that_is_refused(desk: Desk, planted: str) -> None:
    with pytest.raises(DeliveryError, match="number 4") as refusal:
        desk.load("contact.csv", f'person_id,contact_date,outcome,"{planted}"\nc1,2017-01-03,nfa,1\n')
    assert not WORDS.search(str(refusal.value))


def test_a_surname_where_a_header_was_lost(desk: Desk) -> None:
    """A header is shown where it is near to one that is known, and otherwise by its number."""
    with pytest.raises(DeliveryError, match="number 4") as refusal:
        desk.load("contact.csv", "person_id,contact_date,outcom,Zebedee\nc1,2017-01-03,nfa,1\n")
    assert "'outcom'" in str(refusal.value) and "Zebedee" not in str(refusal.value)
    with pytest.raises(DeliveryError, match="of its column 4 stands twice") as refusal:
        desk.load("ssd.csv", "cont_contact_id,cont_person_id,Zebedee,zebedee,cont_contact_date\n1,a1,,,2015-07-04\n")
    assert "ebedee" not in str(refusal.value)
    sheet = [[*(column.headers[0] for column in LISTS[0].columns), "Zebedee"], ["c1"]]
    workbook(desk.folder / "annex_a_2017-02-03.xlsx", {"List 1": sheet})
    assert "Zebedee" not in json.dumps(desk.load("annex_a_2017-02-03.xlsx").as_json())
    header = "CHILD,SEX,DOB,DECOM,RNE,LS,CIN,PLACE,Zebedee"
    (desk.folder / "return").mkdir()
    desk.write("return/episodes.csv", f"{header}\n101,1,04/05/2010,31/05/2015,S,C2,N1,U1,x\n")
    assert "Zebedee" not in json.dumps(desk.load("return").as_json())
