"""What each authority spent on children's social care: the ministry's revenue outturn RO3 (.ods or .xlsx).

One line an authority, in thousands of pounds, and seven columns a service: employees, running expenses,
their total, charges, other income, their total, and what remains. Adult social care and public health
stand in the same sheet and are left. Ministry of Housing, Communities and Local Government; Open
Government Licence v3.0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from compendium.record.intake import Intake
from compendium.sources.cells import day, squeezed
from compendium.sources.delivered import DeliveredFile
from compendium.sources.published import places, symbols
from compendium.sources.published.edition import FINANCIAL, published
from compendium.sources.published.sheets import DEEPEST, plain, tables
from compendium.words import plural, rounded

HEADER = frozenset({"E-code", "ONS Code", "Local authority", "Certification"})
YEAR = re.compile(r"\((RO)\) (\d{4})-(\d\d)")
UPDATED = re.compile(r"Last updated: (\d{1,2} \w+ \d{4})")
SYMBOL = re.compile(r"\[(\w{1,8})\]")
KINDS = {
    "C1": "employees", "C2": "running", "C3": "gross", "C4": "charges", "C5": "other_income", "C6": "income",
    "C7": "net",
}  # fmt: skip
KIND = re.compile(r"\s*-\s[^-]*\((C[1-7])\b[^()]*\)$")
AGENCY = "TOTAL CHILDREN SOCIAL CARE - Children's Social Care - agency staff cost memorandum item"
# A line's name, in letters only and without "children's social care" before it -> what Compendium calls it.
LINES: Mapping[str, str] = {
    "surestartchildrenscentresandearlyyears": "sure_start",
    "childrenlookedafter": "looked_after",
    "childrenlookedafterofwhichresidentialcare": "residential",
    "childrenlookedafterofwhichfosteringservices": "fostering",
    "childrenlookedafterofwhichasylumseekingchildrenwhoarelookedafter": "looked_after_asylum_seeking",
    "childrenlookedafterofwhichother": "looked_after_other",
    "otherchildrensandfamiliesservices": "other_family",
    "familysupportservices": "family_support",
    "youthjustice": "youth_justice",
    "safeguardingchildrenandyoungpeoplesservices": "safeguarding",
    "asylumseekers": "asylum_seekers",
    "servicesforyoungpeople": "young_people",
    "totalchildrensocialcare": "total",
}
CHILDREN = "childrenssocialcare"
COLUMNS = ("year", "geography_code", "line", "kind", "amount_pence", "symbol", "known_from", "source")
THOUSAND_POUNDS = 100_000  # in pence


def recognises(delivered: DeliveredFile) -> bool:
    return delivered.kind == "workbook" and next(tables(delivered, HEADER), None) is not None


def dated(delivered: DeliveredFile) -> date | None:
    """The day it was last updated, as it says; else when such figures come out."""
    if found := UPDATED.search(_opening(delivered)):
        read = day(found[1])
        if isinstance(read, str):
            return date.fromisoformat(read)
    year = _year(delivered)
    return published(FINANCIAL, year) if year else None


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """One row for each line and column of an authority; other authorities are counted by class."""
    year = _year(delivered)
    if year is None:
        raise delivered.refused(
            "nothing says of which year this outturn is",
            expected="a title such as 'Revenue Outturn (RO) 2024-25'",
            remedy="load the workbook as the ministry publishes it",
        )
    known = (dated(delivered) or published(FINANCIAL, year)).isoformat()
    add = intake.appender("outturn", COLUMNS)
    table = next(tables(delivered, HEADER))
    wanted = {name: of for name in table.header if (of := _line(name))}
    source, unit = f"Revenue outturn RO3: {delivered.name}", table.sheet
    left: Counter[str] = Counter()
    for number, row in table.rows():
        intake.count(unit, read=1)
        place = places.of_ons_code(plain(row["ONS Code"]))
        if place is None:
            left[plain(row["Detailed Class"]) if "Detailed Class" in row else ""] += 1
            continue
        for name, (line, kind) in wanted.items():
            amount, symbol = _amount(row.get(name))
            if amount is None and symbol is None:
                intake.change(unit, number, name, "it is no amount", value=row.get(name), sheet=unit, kind="unreadable")
                continue
            add((number, year, place.code, line, kind, amount, symbol, known, source))
        intake.count(unit, kept=1)
        intake.breathe()
    for what, count in sorted(left.items()):
        text = f"{plural(count, 'row')} of class '{what}': no authority with children's services"
        intake.count(unit, rejected=count)
        intake.reject(unit, None, None, text, sheet=unit, kind="unused", rows=count)
    others = len([name for name in table.header if name]) - len(wanted)
    intake.note(
        f"of {plural(len(table.header), 'column')}, {others} are not about children's social care and were left"
    )


def _line(header: str) -> tuple[str, str] | None:
    """(line, kind of amount) of a column about children; None for any other."""
    if header == AGENCY:
        return "total", "agency"
    if not (found := KIND.search(header)):
        return None
    named = squeezed(header[: found.start()]).removeprefix(CHILDREN)
    if named not in LINES or not squeezed(header).startswith((CHILDREN, "totalchildren")):
        return None
    return LINES[named], KINDS[found[1]]


def _amount(cell: Any) -> tuple[int | None, str | None]:
    """(pence, None), or (None, the symbol without its brackets)."""
    written = plain(cell)
    if found := SYMBOL.fullmatch(written):
        return None, found[1]
    if written.startswith("[note"):
        return None, written.strip("[]")
    value = symbols.decimal(written)
    return (int(rounded(value * Decimal(THOUSAND_POUNDS))), None) if value is not None else (None, None)


def _opening(delivered: DeliveredFile) -> str:
    """The titles and notes of its sheets."""
    return "\n".join(
        plain(cell)
        for name in delivered.workbook.sheet_names
        for row in delivered.sheet(name)[:DEEPEST]
        for cell in row[:1]
    )


def _year(delivered: DeliveredFile) -> int | None:
    found = YEAR.search(_opening(delivered))
    return int(found[2]) + 1 if found and (int(found[2]) + 1) % 100 == int(found[3]) else None
