"""Who is who: the department's list of authorities, and which authority has a district's children.

The list is the workbook of the Local Authority Interactive Tool; the lookups are the Office for National
Statistics', as CSV or as the JSON that other programs carry. Open Government Licence v3.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from compendium.record.intake import Intake
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import DeliveredFile
from compendium.sources.published import places
from compendium.sources.published.interactive import AREAS
from compendium.sources.published.sheets import plain, tables

LIST = frozenset({"LA Number", "LA Name", "Region", "Type"})
LOOKUP = re.compile(r"LTLA(\d\d)CD")
LISTED = (
    "authority_code", "authority_name", "ons_code", "region_code", "region", "kind", "last_year", "succeeded_by",
)  # fmt: skip
LOOKED_UP = ("as_of", "district_code", "district_name", "authority_code")
DISCONTINUED = 1000  # the list's own number for England as it was


def recognises(delivered: DeliveredFile) -> bool:
    if delivered.kind == "workbook":
        return next(tables(delivered, LIST), None) is not None
    return _lookup(delivered) is not None


def dated(delivered: DeliveredFile) -> date | None:
    """Of a lookup, the April of its boundaries; the list of authorities says nothing of its day."""
    year = None if delivered.kind == "workbook" else _lookup(delivered)
    return date(2000 + year, 4, 1) if year is not None else None


def read(delivered: DeliveredFile, intake: Intake) -> None:
    if delivered.kind == "workbook":
        _list(delivered, intake)
    else:
        _districts(delivered, intake)


def _list(delivered: DeliveredFile, intake: Intake) -> None:
    add = intake.appender("authority", LISTED)
    unit = delivered.name
    for number, row in next(tables(delivered, LIST)).rows():
        intake.count(unit, read=1)
        code, name = plain(row["LA Number"]), plain(row["LA Name"])
        if not code.isdigit() or int(code) in AREAS or int(code) == DISCONTINUED:
            what, kind = ("it is England or a region, which is no authority", "unused") if code.isdigit() else (
                "it has no number of an authority", "malformed"
            )  # fmt: skip
            intake.count(unit, rejected=1)
            intake.reject(unit, number, "LA Number", what, kind=kind)  # type: ignore[arg-type]
            continue
        known = places.authorities().get(code)
        if known is None:
            intake.change(unit, number, "LA Number", f"{code} is not among the authorities since 2013")
        add((
            number, code, name, known and known.ons_codes[0], known and known.region_code, plain(row["Region"]) or None,
            plain(row["Type"]) or None, known and known.last_year, known and (" ".join(known.succeeded_by) or None),
        ))  # fmt: skip
        intake.count(unit, kept=1)


def _lookup(delivered: DeliveredFile) -> int | None:
    """The year, in two digits, of a lookup of districts; None for anything else."""
    if delivered.kind == "text":
        names = Delimited(delivered).header
    elif delivered.kind == "json" and "LTLA" in delivered.opening:
        records = _records(delivered)
        names = list(records[0]) if records else []
    else:
        return None
    years = {int(found[1]) for name in names if (found := LOOKUP.fullmatch(name))}
    year = years.pop() if len(years) == 1 else None
    return year if year is not None and f"UTLA{year:02}CD" in names else None


def _districts(delivered: DeliveredFile, intake: Intake) -> None:
    year = _lookup(delivered)
    add = intake.appender("district", LOOKED_UP)
    unit = delivered.name
    for number, get in _rows(delivered):
        intake.count(unit, read=1)
        district, name, upper = (get(f"{column}{year:02}{of}") for column, of in
                                 (("LTLA", "CD"), ("LTLA", "NM"), ("UTLA", "CD")))  # fmt: skip
        place = places.of_ons_code(upper)
        if place is None or place.kind != "authority" or not district:
            abroad = upper[:1] in ("W", "S", "N")
            what = "it is not in England" if abroad else "it has no district, or no authority that is known"
            intake.count(unit, rejected=1)
            intake.reject(unit, number, None, what, kind="unused" if abroad else "malformed")
            continue
        add((number, 2000 + (year or 0), district, name or None, place.code))
        intake.count(unit, kept=1)


def _rows(delivered: DeliveredFile) -> Iterator[tuple[int, Callable[[str], str]]]:
    """(row, how to ask it for a column) of every row of a lookup."""
    if delivered.kind == "json":
        for number, record in enumerate(_records(delivered), start=1):
            yield number, lambda name, record=record: str(record.get(name) or "").strip()  # type: ignore[misc]
        return
    lines = Delimited(delivered)
    for number, fields in lines.rows():
        row = dict(zip(lines.header, map(str.strip, fields), strict=False))
        yield number, lambda name, row=row: row.get(name, "")  # type: ignore[misc]


def _records(delivered: DeliveredFile) -> list[dict[str, Any]]:
    """Of a JSON list of objects; empty for anything else. What is no object in it is an object without columns."""
    try:
        held = json.loads(delivered.text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(held, list):
        return []
    return [each if isinstance(each, dict) else {} for each in held]
