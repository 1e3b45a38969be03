"""Whatever happens to a small good file: it is refused by name, or every row of it is accounted for."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.errors import DeliveryError
from tests.sources import recount
from tests.sources.desk import Desk, case, census, child

CENSUS = census(
    child(
        case(
            "<Assessments><AssessmentActualStartDate>2016-05-05</AssessmentActualStartDate><FactorsIdentifiedAtAssessment>"
            "<AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>",
            "<Section47><S47ActualStartDate>2016-06-01</S47ActualStartDate>"
            "<DateOfInitialCPC>2016-06-20</DateOfInitialCPC></Section47>",
            "<ChildProtectionPlans><CPPstartDate>2016-06-20</CPPstartDate>"
            "<Reviews><CPPreviewDate>2016-09-12</CPPreviewDate></Reviews></ChildProtectionPlans>",
        ),
        more="<Disabilities><Disability>AUT</Disability></Disabilities>",
    ),
    child(case(), identity="b2"),
)
CONTACTS = (
    'person_id,contact_date,source_code,outcome\nc1,2017-01-03,6,nfa\n"c2",2017-01-04,2A,referral\nc3,2017-01-05,,\n'
)
TREE = list(ElementTree.fromstring(CENSUS).iter())

letters = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=6) | st.sampled_from(
    ["<", ">", "&", '"', ",", "\n", "\0", "</Child>", "<Child>", "<!--", "<![CDATA[", "<Section47/>", "#", "2016-02-31"]
)
edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), letters), min_size=1, max_size=4)


def edited(text: str, changes: list[tuple[float, int, str]]) -> bytes:
    """Cuts some letters out, somewhere, and puts others in their place."""
    for where, length, inserted in changes:
        at = int(where * len(text))
        text = text[:at] + inserted + text[at + length :]
    return text.encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module", autouse=True)
def no_key_from_outside() -> None:
    pytest.MonkeyPatch().delenv("COMPENDIUM_KEY_FILE", raising=False)


def loaded(name: str, content: bytes) -> tuple[Desk, bool]:
    """A desk with the file loaded, and whether it was; any exception but a refusal by name is a failure."""
    desk = Desk(Path(tempfile.mkdtemp()))
    try:
        desk.load(name, content)
    except DeliveryError as refusal:
        assert refusal.what and refusal.remedy and refusal.where.file == name
        assert not desk.record.deliveries()
        return desk, False
    return desk, True


def check(desk: Desk, counted: dict[str, int]) -> None:
    (delivery,) = desk.record.deliveries()
    rejected = [finding.unit for finding in desk.ledger("rejected")]
    for unit, count in delivery.units.items():
        assert count.read == counted.get(unit, 0), unit
        assert count.rejected == rejected.count(unit) and count.read == count.kept + count.rejected


@given(edits)
def test_an_edited_census(changes: list[tuple[float, int, str]]) -> None:
    content = edited(CENSUS, changes)
    desk, taken = loaded("cin.xml", content)
    if taken:
        check(desk, recount.elements(content))
    shutil.rmtree(desk.folder)


@given(st.lists(st.tuples(st.integers(1, len(TREE) - 1), st.integers(0, len(TREE) - 1)), min_size=1, max_size=5))
def test_a_census_whose_elements_are_moved_copied_and_nested(moves: list[tuple[int, int]]) -> None:
    root = ElementTree.fromstring(CENSUS)
    for what, where in moves:
        elements = list(root.iter())
        copied = ElementTree.fromstring(ElementTree.tostring(elements[what % len(elements)]))
        if copied.tag != "Message":
            elements[where % len(elements)].append(copied)
    content = ElementTree.tostring(root)
    desk, taken = loaded("cin.xml", content)
    assert taken
    check(desk, recount.elements(content))
    shutil.rmtree(desk.folder)


@given(edits)
def test_an_edited_local_table(changes: list[tuple[float, int, str]]) -> None:
    content = edited(CONTACTS, changes)
    desk, taken = loaded("contact.csv", content)
    if taken:
        lines = list(io.StringIO(content.decode(), newline=""))
        while lines and (lines[0].startswith("#") or not lines[0].strip()):
            lines.pop(0)
        delimiter = max(",;\t|", key=lines[0].count)
        rows = [row for row in list(csv.reader(lines, delimiter=delimiter))[1:] if any(cell.strip() for cell in row)]
        (unit,) = desk.record.deliveries()[0].units  # an edited header may be another table's
        check(desk, {unit: len(rows)})
    shutil.rmtree(desk.folder)
