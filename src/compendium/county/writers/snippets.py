"""Deliveries from the snippets of a rule's examples: the few values that matter, written out as whole files.

CIN census: child id -> element -> value, a mapping for a block, a list for what repeats. SSDA903: file -> drawn
table. Annex A: sheet -> drawn table under Ofsted's headings. Local tables: table -> drawn table, which may open with
a line `# complete: 2016-04-01 to 2017-03-31`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from compendium.calendar.years import financial_year
from compendium.county.writers.codes import AUTHORITY
from compendium.county.writers.workbook import Workbook
from compendium.engine.drawn import read_drawn
from compendium.errors import ComputeError

OF_A_CHILD = ("Ethnicity", "Disabilities", "CINdetails")  # all else that a census says of a child identifies it


def write_snippet(source_format: str, snippet: Any, reference: date, received: date, folder: Path) -> list[Path]:
    """The files of one delivery. ComputeError when the snippet is not of its format's form."""
    if not isinstance(snippet, Mapping):
        raise ComputeError(f"the {source_format} of the example is not a list of names and what stands under them")
    match source_format:
        case "CIN census":
            return [_census(snippet, reference, received, folder)]
        case "SSDA903":
            return [_ssda903(snippet, reference, folder)]
        case "Annex A":
            return [_annex_a(snippet, received, folder)]
    return [_table(folder / f"{name}.csv", drawing, f"# authority: {AUTHORITY}") for name, drawing in snippet.items()]


def _census(children: Mapping[Any, Any], reference: date, received: date, folder: Path) -> Path:
    body = "\n".join(_child(str(identity), about or {}) for identity, about in children.items())
    path = folder / f"cin_census_{reference:%Y}.xml"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>'
        f"<Year>{financial_year(reference)}</Year><ReferenceDate>{reference}</ReferenceDate></CollectionDetails>"
        f"<Source><LEA>{AUTHORITY}</LEA><DateTime>{received}T10:00:00</DateTime></Source></Header>"
        f"<Children>\n{body}\n</Children></Message>\n",
        encoding="utf-8",
    )
    return path


def _child(identity: str, about: Mapping[str, Any]) -> str:
    identifiers = "".join(_element(name, value) for name, value in about.items() if name not in OF_A_CHILD)
    given = {name: "".join(_element(name, about[name])) for name in OF_A_CHILD if name in about}
    cases = given.pop("CINdetails", "")
    return (
        f"<Child><ChildIdentifiers><LAchildID>{escape(identity)}</LAchildID>{identifiers}</ChildIdentifiers>"
        f"<ChildCharacteristics>{''.join(given.values())}</ChildCharacteristics>{cases}</Child>"
    )


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, each) for each in value)
    within = "".join(_element(*each) for each in value.items()) if isinstance(value, Mapping) else None
    return f"<{name}>{escape('' if value is None else str(value)) if within is None else within}</{name}>"


def _ssda903(tables: Mapping[Any, Any], reference: date, folder: Path) -> Path:
    year = financial_year(reference)
    within = folder / f"SSDA903 {year}"
    within.mkdir()
    for name, drawing in tables.items():
        _table(within / f"SSDA903_{year}_{name}.csv", drawing)
    return within


def _annex_a(sheets: Mapping[Any, Any], received: date, folder: Path) -> Path:
    path = folder / f"annex_a_{received}.xlsx"
    with Workbook(path) as book:
        for name, drawing in sheets.items():
            lines = list(_lines(str(name), str(drawing)))
            book.sheet(str(name), [lines[0]], "s" * len(lines[0]), lines[1:])
    return path


def _table(path: Path, drawing: Any, *first: str) -> Path:
    """A drawn table as CSV; what stands on top of it behind a # stays as it is."""
    drawn = [line.strip() for line in str(drawing).splitlines()]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in (*first, *(line for line in drawn if line.startswith("#"))))
        out = csv.writer(file, lineterminator="\n")
        out.writerows(_lines(path.name, "\n".join(line for line in drawn if not line.startswith("#"))))
    return path


def _lines(name: str, drawing: str) -> Iterator[list[str]]:
    rows, wrong = read_drawn(drawing)
    if wrong or not rows:
        raise ComputeError(f"{name} of the example: {wrong or 'there is no row under the headings'}")
    yield list(rows[0])
    yield from ([value or "" for value in row.values()] for row in rows)
