"""What the department's XML returns have in common: their header, their names, and what is said of a broken one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from lxml import etree

from compendium.errors import DeliveryError
from compendium.record.intake import Intake
from compendium.sources.cells import day, text
from compendium.sources.delivered import DeliveredFile

MADE_ON = re.compile(r"<(?:\w+:)?DateTime>\s*(\d{4}-\d\d-\d\d)")


def made_on(delivered: DeliveredFile) -> date | None:
    """The day of the header's DateTime, from the opening of the file; None when it gives no day."""
    found = MADE_ON.search(delivered.opening)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def local_name(tag: str) -> str:
    """An element's name without its namespace, or without a prefix that stands for none."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def header_of(element: Any) -> dict[str, str]:
    """Element name -> its text, of all in a Header."""
    return {local_name(one.tag): one.text or "" for one in element.iter() if isinstance(one.tag, str)}


def take_header(header: Mapping[str, str], intake: Intake) -> None:
    """Whose the return is, its reference date, and what made it when. header: element name -> its text."""
    if not header:
        intake.note("the return has no Header: it says neither whose it is nor for which year")
    authority = text(header.get("LEA"))
    if isinstance(authority, str) and re.fullmatch(r"\d{3}", authority):
        intake.head.la_code = authority
    elif authority is not None:
        intake.note("the LEA of the Header is not a number of three digits; it was set aside")
    intake.head.reference_date = _day(header.get("ReferenceDate"))
    intake.head.extracted_on = _day((header.get("DateTime") or "")[:10])
    parts = (text(header.get("SoftwareCode")), text(header.get("Release")))
    intake.head.software = " ".join(str(part) for part in parts if isinstance(part, str)) or None


def malformed(delivered: DeliveredFile, fault: etree.XMLSyntaxError, root: str) -> DeliveryError:
    """In our own words: the parser's may quote what stands in the file. root: the name of its first element."""
    line = f"line {fault.lineno}" if fault.lineno else "its end"
    closed = delivered.closing.rstrip(b"\0 \t\r\n").endswith((b">", b">\0"))
    ended = not closed or "Premature end" in str(fault) or "EndTag" in str(fault)
    if ended:
        return delivered.refused(
            f"the XML stops in the middle, at {line}",
            expected=f"a file that ends with the closing tag of its first element, </{root}>",
            remedy="the file was cut off on its way; ask for it again. Nothing of it was loaded",
        )
    return delivered.refused(
        f"the XML is not well formed, at {line}",
        expected="every element closed in the order it was opened",
        remedy="export the return again from the case system. Nothing of it was loaded",
    )


def _day(written: str | None) -> date | None:
    read = day(written)
    return date.fromisoformat(read) if isinstance(read, str) else None
