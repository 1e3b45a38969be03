"""Whatever happens to a small good file: it is refused by name, or every row of it is accounted for."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.sources.annex_a_lists import LISTS
from compendium.sources.cells import squeezed
from tests.sources import recount
from tests.sources.desk import case, census, child, workbook
from tests.sources.mutation import Good, prove
from tests.sources.mutators import TABLE, WORKBOOK, XML

IDS = ("Q77001", "Q77002", "Q77003")
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
        identity="Q77001",
        more="<Disabilities><Disability>AUT</Disability></Disabilities>",
    ),
    child(case(), identity="Q77002"),
)
CONTACTS = (
    "# complete: 2017-01-01 to 2017-01-31\nperson_id,contact_date,source_code,outcome\nQ77001,2017-01-03,6,nfa\n"
    '"Q77002",2017-01-04,2A,referral\nQ77003,2017-01-05,,\n'
)
PROPER: dict[str, Any] = {
    "day": date(2017, 1, 9), "birth": date(2010, 5, 4), "id": "Q77001", "whole": 1, "age": 6, "flag": "a) Yes",
    "code:sex": "b) Female", "code:ethnicity": "a) WBRI", "code:referral_source": "q) 6: Police",
    "code:primary_need": "N1 - Abuse or neglect", "code:abuse_category": "a) Neglect", "worker": "A. One",
}  # fmt: skip


def annex_a(folder: Path) -> bytes:
    """A workbook of every list, three rows each."""
    sheets = {}
    for shape in LISTS:
        row = [PROPER.get(column.kind, "x") for column in shape.columns]
        title, header = [f"List {shape.number}: {shape.title}"], [column.headers[0] for column in shape.columns]
        sheets[f"List_{shape.number}"] = [title, header, row, ["Q77002", *row[1:]], ["Q77003", *row[1:]]]
    return workbook(folder / "made.xlsx", sheets).read_bytes()


def elements(path: Path) -> dict[str, int] | None:
    """Elements of the census; None where the other parser minds an encoding that is not the one declared."""
    try:
        return recount.elements(path.read_bytes())
    except (ElementTree.ParseError, ValueError, LookupError):
        return None


def lines(path: Path) -> dict[str, int] | None:
    """Rows below the header of a CSV; None where Python's own decoder or parser cannot tell."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "\0" in text[:200]:
        return None  # taken for UTF-16
    drawn = list(io.StringIO(text, newline=""))
    while drawn and (drawn[0].lstrip('"').startswith("#") or not drawn[0].strip()):
        drawn.pop(0)
    delimiter = max(",;\t|", key=drawn[0].count)
    rows = [row for row in list(csv.reader(drawn, delimiter=delimiter))[1:] if any(cell.strip() for cell in row)]
    return {path.name: len(rows)}


def list_rows(path: Path) -> dict[str, int] | None:
    """Rows below the header of each list, from the package's XML; None where a sheet has lost its name or its parts."""
    counted: dict[str, int] = {}
    try:
        sheets = list(recount.sheets(path))
    except (ElementTree.ParseError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, EOFError, OSError):
        return None
    for name, rows in sheets:
        found = re.match(r"List_(\d+)$", name)
        if not found or not 1 <= int(found[1]) <= len(LISTS):
            return None
        shape = LISTS[int(found[1]) - 1]
        known = {squeezed(header) for column in shape.columns for header in column.headers}
        known |= {each.removesuffix("yn") for each in known}
        for at, row in enumerate(rows[:10]):
            if len({squeezed(cell) for cell in row} & known) >= 5:
                counted[shape.unit] = sum(any(cell.strip() for cell in each) for each in rows[at + 1 :])
                break
    return counted


def test_whatever_happens_to_a_census(tmp_path: Path, seed: int, full_counts: bool) -> None:
    prove(Good({"cin.xml": CENSUS.encode()}, XML, secrets=IDS), tmp_path, seed, full_counts, elements)


@pytest.mark.slow
def test_whatever_happens_to_a_workbook(tmp_path: Path, seed: int, full_counts: bool) -> None:
    good = Good({"annex_a_2017-02-03.xlsx": annex_a(tmp_path)}, WORKBOOK, secrets=IDS)
    prove(good, tmp_path, seed, full_counts, list_rows)


def test_whatever_happens_to_a_local_table(tmp_path: Path, seed: int, full_counts: bool) -> None:
    prove(Good({"contact.csv": CONTACTS.encode()}, TABLE, secrets=IDS), tmp_path, seed, full_counts, lines)
