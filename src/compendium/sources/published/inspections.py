"""Ofsted's inspections of local authority children's services, from its annual workbook (.ods or .xlsx).

Three sheets: judgements as they stand, inspections and visits of the year, and the history since 2018. An
inspection that stands in several is one row. Ofsted; Open Government Licence v3.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from compendium.record.intake import Intake
from compendium.sources.cells import Odd, code, day
from compendium.sources.delivered import DeliveredFile
from compendium.sources.published import places
from compendium.sources.published.sheets import SheetTable, plain, tables

HEADER = frozenset({"Local authority area code", "Publication date", "Overall effectiveness"})
DAYS = ("Inspection date", "Inspection/Visit date")
KINDS = ("Inspection type", "Inspection/Visit type")
NAMES = {
    "ILACS Standard Inspection": "standard", "ILACS Short Inspection": "short",
    "ILACS Focused Visit": "focused_visit", "LA Monitoring visit": "monitoring_visit",
}  # fmt: skip
GRADES = {
    "overall": "Overall effectiveness",
    "leadership": "The impact of leaders on social work practice with children and families",
    "help_protection": "The experiences and progress of children who need help and protection",
    "in_care": "The experiences and progress of children in care",
    "care_leavers": "The experiences and progress of care leavers",
}
GOOD_ENOUGH = "Requires improvement to be good"  # Ofsted's words for what everyone calls requires improvement
COLUMNS = (
    "authority_code", "inspected_on", "kind", "published_on", *GRADES, "theme", "source",
)  # fmt: skip


def recognises(delivered: DeliveredFile) -> bool:
    return delivered.kind == "workbook" and next(tables(delivered, HEADER), None) is not None


def dated(delivered: DeliveredFile) -> date | None:
    """The first day on which any report of it was published."""
    days = [
        date.fromisoformat(read)
        for table in tables(delivered, HEADER)
        for _, row in table.rows()
        if isinstance(read := day(row["Publication date"]), str)
    ]
    return min(days, default=None)


def read(delivered: DeliveredFile, intake: Intake) -> None:
    kinds = _kinds(delivered)
    add = intake.appender("inspection_outcome", COLUMNS)
    for table in tables(delivered, HEADER):
        for number, row in table.rows():
            intake.count(table.sheet, read=1)
            made = _row(table, number, row, kinds, intake)
            if isinstance(made, str):
                intake.count(table.sheet, rejected=1)
                intake.reject(table.sheet, number, None, made, sheet=table.sheet, kind="malformed")
            else:
                intake.count(table.sheet, kept=1)
                add((number, *made, row.get("Visit Theme") or None, f"Ofsted: {delivered.name}"))


def _kinds(delivered: DeliveredFile) -> Mapping[tuple[str, str], str]:
    """(authority, day) -> the kind of inspection: the sheet of judgements does not say, the history does."""
    found = {}
    for table in tables(delivered, HEADER):
        for _, row in table.rows():
            kind, on = _first(row, KINDS), day(_first(row, DAYS))
            if kind in NAMES and isinstance(on, str):
                found[plain(row["Local authority area code"]), on] = NAMES[kind]
    return found


def _row(
    table: SheetTable, number: int, row: Mapping[str, Any], kinds: Mapping[tuple[str, str], str], intake: Intake
) -> tuple[Any, ...] | str:
    """The row's values up to the grades, or why it cannot be kept."""
    area = plain(row["Local authority area code"])
    place = places.of_ons_code(area)
    if place is None or place.kind != "authority":
        return "its area code is of no authority with children's services"
    on = day(_first(row, DAYS))
    if not isinstance(on, str):
        return "it has no day of inspection"
    kind = kinds.get((area, on))
    if kind is None:
        return "it is of no kind of inspection or visit that is known"
    published = day(row["Publication date"])
    grades = [_grade(table, number, row.get(name), name, intake) for name in GRADES.values()]
    return (place.code, on, kind, published if isinstance(published, str) else None, *grades)


def _grade(table: SheetTable, number: int, cell: Any, column: str, intake: Intake) -> str | None:
    written = plain(cell)
    grade = code("audit_grade")("Requires improvement" if written == GOOD_ENOUGH else written)
    if isinstance(grade, Odd):
        what = "it is none of Ofsted's grades"
        intake.change(table.sheet, number, column, what, value=written, sheet=table.sheet, kind="unknown_code")
        return None
    return None if grade is None else str(grade)


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if name in row), None)
