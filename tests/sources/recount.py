"""Independent counts of what a delivery holds: other parsers, and none of the readers' code."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

UNITS = (
    "Child", "Disability", "CINdetails", "Assessments", "AssessmentFactors", "CINPlanDates", "Section47",
    "DateOfInitialCPC", "ChildProtectionPlans", "CPPreviewDate", "PreProceedingsandFGDM",
)  # fmt: skip
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FIRST_HEADERS = ("child unique id", "individual adopter identifier")

Cells = list[str]


def elements(content: bytes) -> dict[str, int]:
    """Census elements of each kind, anywhere in the document."""
    names = Counter(element.tag.rpartition("}")[2] for element in ElementTree.fromstring(content).iter())
    return {unit: names[unit] for unit in UNITS}


def list_rows(path: Path) -> dict[int, int]:
    """Annex A: the number of a list -> its rows below the header that are not blank."""
    counted: dict[int, int] = {}
    for name, rows in sheets(path):
        if found := re.match(r"\s*list[ _-]*(\d+)", name, re.IGNORECASE):
            filled = [[cell.strip() for cell in cells] for cells in rows]
            header = next(at for at, cells in enumerate(filled) if cells and cells[0].lower() in FIRST_HEADERS)
            counted[int(found[1])] = sum(any(cells) for cells in filled[header + 1 :])
    return counted


def sheets(path: Path) -> Iterator[tuple[str, list[Cells]]]:
    """Every sheet with its name, from the XML of the .xlsx package, or else by calamine."""
    return _xlsx(path) if path.suffix == ".xlsx" else _xls(path)


def _xls(path: Path) -> Iterator[tuple[str, list[Cells]]]:
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        yield name, [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]


def _xlsx(path: Path) -> Iterator[tuple[str, list[Cells]]]:
    """From the package's own XML."""
    with zipfile.ZipFile(path) as package:
        files = package.namelist()
        shared: list[str] = []
        if "xl/sharedStrings.xml" in files:
            strings = ElementTree.fromstring(package.read("xl/sharedStrings.xml"))
            shared = ["".join(part.text or "" for part in item.iter(f"{SHEET}t")) for item in strings]
        related = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        targets = {each.attrib["Id"]: each.attrib["Target"].removeprefix("/xl/") for each in related}
        for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{SHEET}sheet"):
            content = ElementTree.fromstring(package.read(f"xl/{targets[sheet.attrib[RELATION]]}"))
            rows = [[_cell(cell, shared) for cell in row.iter(f"{SHEET}c")] for row in content.iter(f"{SHEET}row")]
            yield sheet.attrib["name"], rows


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{SHEET}v") or ""
    if cell.attrib.get("t") == "s":
        return shared[int(value)]
    return value or "".join(part.text or "" for part in cell.iter(f"{SHEET}t"))
